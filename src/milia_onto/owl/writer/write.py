"""Logical axioms as triples: one writer for each axiom of Table 1."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Triple

from .. import axioms as ax
from .. import vocabulary as v
from ..signature import parts
from .terms import Terms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_PAIR = 2

_DECLARING = {
    ax.EntityKind.CLASS: v.OWL_CLASS,
    ax.EntityKind.DATATYPE: v.RDFS_DATATYPE,
    ax.EntityKind.OBJECT_PROPERTY: v.OBJECT_PROPERTY,
    ax.EntityKind.DATA_PROPERTY: v.DATATYPE_PROPERTY,
    ax.EntityKind.ANNOTATION_PROPERTY: v.ANNOTATION_PROPERTY,
    ax.EntityKind.NAMED_INDIVIDUAL: v.NAMED_INDIVIDUAL,
}
_LINKING: dict[type, str] = {
    ax.SubClassOf: v.SUB_CLASS_OF,
    ax.SubDataPropertyOf: v.SUB_PROPERTY_OF,
    ax.InverseObjectProperties: v.INVERSE_OF,
    ax.ObjectPropertyDomain: v.DOMAIN,
    ax.DataPropertyDomain: v.DOMAIN,
    ax.ObjectPropertyRange: v.RANGE,
    ax.DataPropertyRange: v.RANGE,
    ax.DatatypeDefinition: v.EQUIVALENT_CLASS,
}
_TYPING: dict[type, str] = {
    ax.FunctionalObjectProperty: v.FUNCTIONAL_PROPERTY,
    ax.FunctionalDataProperty: v.FUNCTIONAL_PROPERTY,
    ax.InverseFunctionalObjectProperty: v.INVERSE_FUNCTIONAL_PROPERTY,
    ax.ReflexiveObjectProperty: v.REFLEXIVE_PROPERTY,
    ax.IrreflexiveObjectProperty: v.IRREFLEXIVE_PROPERTY,
    ax.SymmetricObjectProperty: v.SYMMETRIC_PROPERTY,
    ax.AsymmetricObjectProperty: v.ASYMMETRIC_PROPERTY,
    ax.TransitiveObjectProperty: v.TRANSITIVE_PROPERTY,
}
_EQUATING: dict[type, str] = {
    ax.EquivalentClasses: v.EQUIVALENT_CLASS,
    ax.EquivalentObjectProperties: v.EQUIVALENT_PROPERTY,
    ax.EquivalentDataProperties: v.EQUIVALENT_PROPERTY,
    ax.SameIndividual: v.SAME_AS,
}
_SEPARATING: dict[type, tuple[str, str]] = {
    ax.DisjointClasses: (v.DISJOINT_WITH, v.ALL_DISJOINT_CLASSES),
    ax.DisjointObjectProperties: (v.PROPERTY_DISJOINT_WITH, v.ALL_DISJOINT_PROPERTIES),
    ax.DisjointDataProperties: (v.PROPERTY_DISJOINT_WITH, v.ALL_DISJOINT_PROPERTIES),
    ax.DifferentIndividuals: (v.DIFFERENT_FROM, v.ALL_DIFFERENT),
}


def to_triples(axioms: Iterable[ax.Axiom]) -> list[Triple]:
    """The triples of logical axioms and declarations, in the order of the axioms.

    Reading them back gives the same axioms, except that the mapping writes n-ary equivalences
    and equalities as pairs, and that annotations, which a reasoner does not need, are left out.
    Blank nodes are numbered in order, so the same axioms give the same triples. Properties must
    be declared among the axioms if the triples are to be read again.

    Raises TypeError for an annotation axiom.
    """
    axioms = list(axioms)
    taken = {
        part.value.value
        for axiom in axioms
        for part in parts(axiom)
        if isinstance(part.value, BlankNode)
    }
    terms = Terms(taken)
    for axiom in axioms:
        write = _AXIOMS.get(type(axiom))
        if write is None:
            raise TypeError(f"{type(axiom).__name__} is not a logical axiom")
        write(terms, axiom)
    return terms.triples


def _link(terms: Terms, axiom: ax.Axiom) -> None:
    subject, value = axiom.arguments
    terms.add(subject, _LINKING[type(axiom)], value)


def _type(terms: Terms, axiom: ax.Axiom) -> None:
    (subject,) = axiom.arguments
    terms.add(subject, v.RDF_TYPE, _TYPING[type(axiom)])


def _equate(terms: Terms, axiom: ax.Axiom) -> None:
    (operands,) = axiom.arguments
    nodes = [terms.term(operand) for operand in operands]
    for first, second in pairwise(nodes):
        terms.add(first, _EQUATING[type(axiom)], second)


def _separate(terms: Terms, axiom: ax.Axiom) -> None:
    (operands,) = axiom.arguments
    predicate, kind = _SEPARATING[type(axiom)]
    if len(operands) == _PAIR:
        terms.add(operands[0], predicate, operands[1])
        return
    node = terms.blank()
    terms.add(node, v.RDF_TYPE, kind)
    terms.add(node, v.MEMBERS, terms.list(operands))


def _sub_object_property(terms: Terms, axiom: ax.SubObjectPropertyOf) -> None:
    if isinstance(axiom.sub_property, ax.ObjectPropertyChain):
        steps = terms.list(axiom.sub_property.properties)
        terms.add(axiom.super_property, v.PROPERTY_CHAIN_AXIOM, steps)
    else:
        terms.add(axiom.sub_property, v.SUB_PROPERTY_OF, axiom.super_property)


def _declare(terms: Terms, axiom: ax.Declaration) -> None:
    terms.add(axiom.iri, v.RDF_TYPE, _DECLARING[axiom.kind])


def _disjoint_union(terms: Terms, axiom: ax.DisjointUnion) -> None:
    terms.add(axiom.union, v.DISJOINT_UNION_OF, terms.list(axiom.operands))


def _key(terms: Terms, axiom: ax.HasKey) -> None:
    names = terms.list((*axiom.object_properties, *axiom.data_properties))
    terms.add(axiom.key_class, v.HAS_KEY, names)


def _class_assertion(terms: Terms, axiom: ax.ClassAssertion) -> None:
    terms.add(axiom.individual, v.RDF_TYPE, axiom.class_expression)


def _object_assertion(terms: Terms, axiom: ax.ObjectPropertyAssertion) -> None:
    if isinstance(axiom.property, str):
        terms.add(axiom.source, axiom.property, axiom.target)
    else:
        terms.add(axiom.target, axiom.property.object_property, axiom.source)


def _data_assertion(terms: Terms, axiom: ax.DataPropertyAssertion) -> None:
    terms.add(axiom.source, axiom.property, axiom.target)


def _negative_assertion(
    terms: Terms,
    axiom: ax.NegativeObjectPropertyAssertion | ax.NegativeDataPropertyAssertion,
) -> None:
    on_data = isinstance(axiom, ax.NegativeDataPropertyAssertion)
    node = terms.blank()
    terms.add(node, v.RDF_TYPE, v.NEGATIVE_PROPERTY_ASSERTION)
    terms.add(node, v.SOURCE_INDIVIDUAL, axiom.source)
    terms.add(node, v.ASSERTION_PROPERTY, axiom.property)
    terms.add(node, v.TARGET_VALUE if on_data else v.TARGET_INDIVIDUAL, axiom.target)


_AXIOMS: dict[type, Callable[[Terms, Any], None]] = {
    **dict.fromkeys(_LINKING, _link),
    **dict.fromkeys(_TYPING, _type),
    **dict.fromkeys(_EQUATING, _equate),
    **dict.fromkeys(_SEPARATING, _separate),
    ax.Declaration: _declare,
    ax.DisjointUnion: _disjoint_union,
    ax.SubObjectPropertyOf: _sub_object_property,
    ax.HasKey: _key,
    ax.ClassAssertion: _class_assertion,
    ax.ObjectPropertyAssertion: _object_assertion,
    ax.DataPropertyAssertion: _data_assertion,
    ax.NegativeObjectPropertyAssertion: _negative_assertion,
    ax.NegativeDataPropertyAssertion: _negative_assertion,
}
