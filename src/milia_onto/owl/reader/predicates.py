"""Axioms whose main triple is known by its predicate (Mapping to RDF, 3.2.5, Tables 16 and 18)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, Triple

from .. import axioms as ax
from .. import vocabulary as v
from .errors import UnreadableError
from .expressions import Expressions
from .graph import Node

if TYPE_CHECKING:
    from ..expressions import ObjectPropertyExpression

MIN_OPERANDS = 2


def _sub_class(read: Expressions, subject: Node, value: Node) -> ax.Axiom:
    return ax.SubClassOf(read.class_expression(subject), read.class_expression(value))


def _equivalent_class(read: Expressions, subject: Node, value: Node) -> ax.Axiom:
    if isinstance(subject, str) and read.is_range(subject):
        return ax.DatatypeDefinition(subject, read.data_range(value))
    return ax.EquivalentClasses((read.class_expression(subject), read.class_expression(value)))


def _disjoint_with(read: Expressions, subject: Node, value: Node) -> ax.Axiom:
    return ax.DisjointClasses((read.class_expression(subject), read.class_expression(value)))


def _disjoint_union(read: Expressions, subject: Node, value: Node) -> ax.Axiom:
    return ax.DisjointUnion(read.iri(subject), read.class_expressions(value))


def _named_connective(predicate: str) -> Handler:
    def read_definition(read: Expressions, subject: Node, value: Node) -> ax.Axiom:
        return ax.EquivalentClasses((read.iri(subject), read.connected(predicate, value)))

    return read_definition


def _has_key(read: Expressions, subject: Node, value: Node) -> ax.Axiom:
    key_class = read.class_expression(subject)
    items = read.items(value)
    data = tuple(read.data_property(item) for item in items if item in read.vocabulary.data)
    objects = [item for item in items if item not in read.vocabulary.data]
    return ax.HasKey(key_class, tuple(map(read.object_property, objects)), data)


def _is_object(read: Expressions, *nodes: Node) -> bool:
    return any(isinstance(n, BlankNode) or n in read.vocabulary.objects for n in nodes)


def _is_data(read: Expressions, *nodes: Node) -> bool:
    return any(node in read.vocabulary.data for node in nodes)


def _objects(
    read: Expressions, first: Node, second: Node
) -> tuple[ObjectPropertyExpression, ObjectPropertyExpression]:
    return read.object_property(first), read.object_property(second)


def _annotation_property(read: Expressions, node: Node) -> str:
    if node not in read.vocabulary.annotation:
        raise UnreadableError
    return read.iri(node)


def _sub_property(read: Expressions, subject: Node, value: Node) -> ax.Axiom:
    if _is_object(read, subject, value):
        return ax.SubObjectPropertyOf(*_objects(read, subject, value))
    if _is_data(read, subject, value):
        return ax.SubDataPropertyOf(read.data_property(subject), read.data_property(value))
    names = (_annotation_property(read, subject), _annotation_property(read, value))
    return ax.SubAnnotationPropertyOf(*names)


def _chain(read: Expressions, subject: Node, value: Node) -> ax.Axiom:
    steps = tuple(map(read.object_property, read.items(value)))
    if len(steps) < MIN_OPERANDS:
        raise UnreadableError
    return ax.SubObjectPropertyOf(ax.ObjectPropertyChain(steps), read.object_property(subject))


def _equivalent_property(read: Expressions, subject: Node, value: Node) -> ax.Axiom:
    if _is_object(read, subject, value):
        return ax.EquivalentObjectProperties(_objects(read, subject, value))
    names = (read.data_property(subject), read.data_property(value))
    return ax.EquivalentDataProperties(names)


def _disjoint_property(read: Expressions, subject: Node, value: Node) -> ax.Axiom:
    if _is_object(read, subject, value):
        return ax.DisjointObjectProperties(_objects(read, subject, value))
    names = (read.data_property(subject), read.data_property(value))
    return ax.DisjointDataProperties(names)


def _inverse(read: Expressions, subject: Node, value: Node) -> ax.Axiom:
    # A blank subject is an inverse property expression, not an axiom (Table 11).
    return ax.InverseObjectProperties(*_objects(read, read.iri(subject), value))


def _domain(read: Expressions, subject: Node, value: Node) -> ax.Axiom:
    if _is_object(read, subject):
        return ax.ObjectPropertyDomain(read.object_property(subject), read.class_expression(value))
    if _is_data(read, subject):
        return ax.DataPropertyDomain(read.data_property(subject), read.class_expression(value))
    return ax.AnnotationPropertyDomain(_annotation_property(read, subject), read.iri(value))


def _range(read: Expressions, subject: Node, value: Node) -> ax.Axiom:
    if _is_object(read, subject):
        return ax.ObjectPropertyRange(read.object_property(subject), read.class_expression(value))
    if _is_data(read, subject):
        return ax.DataPropertyRange(read.data_property(subject), read.data_range(value))
    return ax.AnnotationPropertyRange(_annotation_property(read, subject), read.iri(value))


def _same(read: Expressions, subject: Node, value: Node) -> ax.Axiom:
    return ax.SameIndividual((read.individual(subject), read.individual(value)))


def _different(read: Expressions, subject: Node, value: Node) -> ax.Axiom:
    return ax.DifferentIndividuals((read.individual(subject), read.individual(value)))


def assertion(read: Expressions, subject: Node, predicate: str, value: Node) -> ax.Axiom:
    """What a property of the ontology says about a node, by the kind of the property.

    Raises UnreadableError where the property is not declared: it says nothing in OWL.
    """
    if not isinstance(subject, str | BlankNode) or isinstance(value, Triple):
        raise UnreadableError
    vocabulary = read.vocabulary
    if predicate in vocabulary.annotation:
        return ax.AnnotationAssertion(predicate, subject, value)
    if isinstance(value, Literal):
        if predicate in vocabulary.data:
            return ax.DataPropertyAssertion(predicate, subject, value)
    elif predicate in vocabulary.objects:
        return ax.ObjectPropertyAssertion(predicate, subject, value)
    raise UnreadableError


Handler = Callable[[Expressions, Node, Node], ax.Axiom]

HANDLERS: dict[str, Handler] = {
    v.SUB_CLASS_OF: _sub_class,
    v.EQUIVALENT_CLASS: _equivalent_class,
    v.DISJOINT_WITH: _disjoint_with,
    v.DISJOINT_UNION_OF: _disjoint_union,
    v.HAS_KEY: _has_key,
    v.SUB_PROPERTY_OF: _sub_property,
    v.PROPERTY_CHAIN_AXIOM: _chain,
    v.EQUIVALENT_PROPERTY: _equivalent_property,
    v.PROPERTY_DISJOINT_WITH: _disjoint_property,
    v.INVERSE_OF: _inverse,
    v.DOMAIN: _domain,
    v.RANGE: _range,
    v.SAME_AS: _same,
    v.DIFFERENT_FROM: _different,
    **{
        predicate: _named_connective(predicate)
        for predicate in (v.INTERSECTION_OF, v.UNION_OF, v.COMPLEMENT_OF, v.ONE_OF)
    },
}
"""Readers of axioms by the predicate of their main triple."""
