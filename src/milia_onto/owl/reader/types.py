"""Axioms whose main triple is an rdf:type (Mapping to RDF, 3.2.5, Table 16)."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import BlankNode, Literal

from .. import axioms as ax
from .. import vocabulary as v
from .declarations import DECLARING
from .errors import UnreadableError
from .expressions import Expressions
from .graph import Node
from .predicates import MIN_OPERANDS

_TRUE = Literal("true", datatype=Literal(True).datatype)

_OBJECT_CHARACTERISTICS: dict[str, type[ax.ObjectPropertyCharacteristic]] = {
    v.FUNCTIONAL_PROPERTY: ax.FunctionalObjectProperty,
    v.INVERSE_FUNCTIONAL_PROPERTY: ax.InverseFunctionalObjectProperty,
    v.REFLEXIVE_PROPERTY: ax.ReflexiveObjectProperty,
    v.IRREFLEXIVE_PROPERTY: ax.IrreflexiveObjectProperty,
    v.SYMMETRIC_PROPERTY: ax.SymmetricObjectProperty,
    v.ASYMMETRIC_PROPERTY: ax.AsymmetricObjectProperty,
    v.TRANSITIVE_PROPERTY: ax.TransitiveObjectProperty,
}


def typed(read: Expressions, subject: Node, value: Node) -> ax.Axiom | None:
    """The axiom that the type states, or None for a type that only repeats a declaration."""
    if not isinstance(value, str):
        return ax.ClassAssertion(read.class_expression(value), read.individual(subject))
    if value in _BY_TYPE:
        return _BY_TYPE[value](read, subject, value)
    if v.is_reserved(value) and value not in v.BUILT_IN_CLASSES:
        _require_repetition(read, subject, value)
        return None
    return ax.ClassAssertion(value, read.individual(subject))


def _declaration(read: Expressions, subject: Node, value: str) -> ax.Axiom:
    return ax.Declaration(DECLARING[value], read.iri(subject))


def _deprecation(read: Expressions, subject: Node, _value: str) -> ax.Axiom:
    return ax.AnnotationAssertion(v.DEPRECATED, read.iri(subject), _TRUE)


def _characteristic(read: Expressions, subject: Node, value: str) -> ax.Axiom:
    if value == v.FUNCTIONAL_PROPERTY and subject in read.vocabulary.data:
        return ax.FunctionalDataProperty(read.data_property(subject))
    return _OBJECT_CHARACTERISTICS[value](read.object_property(subject))


def _require_repetition(read: Expressions, subject: Node, value: str) -> None:
    """Let pass what OWL 1 documents add to a declaration (Table 5); refuse any other type."""
    known = read.vocabulary
    if value == v.RDFS_CLASS and (subject in known.classes or subject in known.datatypes):
        return
    properties = (known.objects, known.data, known.annotation)
    if value == v.RDF_PROPERTY and any(subject in names for names in properties):
        return
    if value == v.ONTOLOGY_PROPERTY:
        return
    raise UnreadableError


def _members(read: Expressions, node: Node, *predicates: str) -> tuple[Node, ...]:
    if not isinstance(node, BlankNode):
        raise UnreadableError
    for predicate in predicates:
        if read.graph.said(node, predicate):
            items = read.items(read.take(node, predicate))
            if len(items) >= MIN_OPERANDS:
                return items
    raise UnreadableError


def _all_disjoint_classes(read: Expressions, node: Node, _value: str) -> ax.Axiom:
    members = _members(read, node, v.MEMBERS)
    return ax.DisjointClasses(tuple(map(read.class_expression, members)))


def _all_disjoint_properties(read: Expressions, node: Node, _value: str) -> ax.Axiom:
    members = _members(read, node, v.MEMBERS)
    if members[0] in read.vocabulary.data:
        return ax.DisjointDataProperties(tuple(map(read.data_property, members)))
    return ax.DisjointObjectProperties(tuple(map(read.object_property, members)))


def _all_different(read: Expressions, node: Node, _value: str) -> ax.Axiom:
    members = _members(read, node, v.MEMBERS, v.DISTINCT_MEMBERS)
    return ax.DifferentIndividuals(tuple(map(read.individual, members)))


def _negative(read: Expressions, node: Node, _value: str) -> ax.Axiom:
    if not isinstance(node, BlankNode):
        raise UnreadableError
    name = read.take(node, v.ASSERTION_PROPERTY)
    source = read.individual(read.take(node, v.SOURCE_INDIVIDUAL))
    if read.graph.said(node, v.TARGET_VALUE):
        value = read.literal(read.take(node, v.TARGET_VALUE))
        return ax.NegativeDataPropertyAssertion(read.data_property(name), source, value)
    target = read.individual(read.take(node, v.TARGET_INDIVIDUAL))
    return ax.NegativeObjectPropertyAssertion(read.object_property(name), source, target)


_Reader = Callable[[Expressions, Node, str], ax.Axiom]

_BLANK_AXIOMS: dict[str, _Reader] = {
    v.ALL_DISJOINT_CLASSES: _all_disjoint_classes,
    v.ALL_DISJOINT_PROPERTIES: _all_disjoint_properties,
    v.ALL_DIFFERENT: _all_different,
    v.NEGATIVE_PROPERTY_ASSERTION: _negative,
}

BLANK_AXIOMS = frozenset(_BLANK_AXIOMS)
"""Types of blank nodes that are axioms, and so carry their annotations themselves."""

_BY_TYPE: dict[str, _Reader] = {
    **dict.fromkeys(DECLARING, _declaration),
    **dict.fromkeys(_OBJECT_CHARACTERISTICS, _characteristic),
    **dict.fromkeys((v.DEPRECATED_CLASS, v.DEPRECATED_PROPERTY), _deprecation),
    **_BLANK_AXIOMS,
}
