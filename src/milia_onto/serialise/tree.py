"""A graph as one tree a subject: what the Turtle and the JSON-LD writer walk.

Blank nodes hang below the one node that points to them; RDF lists become Python lists;
annotations of axioms (``owl:Axiom`` nodes) hang below the term they speak of.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import BlankNode, NamedNode

from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pyoxigraph import Literal, Triple

RDF_FIRST, RDF_REST, RDF_NIL = ns.named("rdf:first"), ns.named("rdf:rest"), ns.named("rdf:nil")

KINDS = (
    ns.OWL_ONTOLOGY,
    ns.named("owl:AnnotationProperty"),
    ns.named("owl:ObjectProperty"),
    ns.named("owl:DatatypeProperty"),
    ns.OWL_CLASS,
)


@dataclass(slots=True)
class Node:
    """A subject with its predicate-object pairs; ``name`` is its IRI, or None for a blank node."""

    name: NamedNode | None
    pairs: list[tuple[NamedNode, Value]] = field(default_factory=list)
    annotations: list[Node] = field(default_factory=list)

    def types(self) -> set[Value]:
        """What the node is said to be an instance of."""
        return {value for predicate, value in self.pairs if predicate == ns.RDF_TYPE}

    def __hash__(self) -> int:
        return id(self)


@dataclass(slots=True)
class ListValue:
    """An RDF list."""

    members: list[Value]

    def __hash__(self) -> int:
        return id(self)


Value: TypeAlias = "NamedNode | Literal | Node | ListValue"


@dataclass(frozen=True, slots=True)
class Forest:
    """All trees: named subjects in reading order, then blank nodes nobody points to."""

    named: list[Node]
    loose: list[Node]


def grow(triples: Iterable[Triple]) -> Forest:
    """The trees of a graph that went through ``canonical.relabel`` (no circles, one owner)."""
    outgoing: dict[NamedNode | BlankNode, list[Triple]] = defaultdict(list)
    owned: set[BlankNode] = set()
    for triple in triples:
        outgoing[triple.subject].append(triple)  # type: ignore[index]
        if isinstance(triple.object, BlankNode):
            owned.add(triple.object)
    nodes: dict[NamedNode | BlankNode, Node] = {}
    for subject in outgoing:
        nodes[subject] = Node(subject if isinstance(subject, NamedNode) else None)
    for subject, node in nodes.items():
        # The cells of a list are read with the list, once.
        if subject in owned and _is_cell(outgoing[subject]):
            continue
        for triple in outgoing[subject]:
            node.pairs.append((triple.predicate, _value(triple.object, nodes, outgoing)))
    loose = [
        node
        for subject, node in nodes.items()
        if isinstance(subject, BlankNode) and subject not in owned
    ]
    named = [node for node in nodes.values() if node.name is not None]
    by_name = {node.name: node for node in named}
    remaining: list[Node] = []
    for node in loose:
        source = next((v for p, v in node.pairs if p == ns.OWL_ANNOTATED_SOURCE), None)
        home = by_name.get(source) if isinstance(source, NamedNode) else None
        (home.annotations if home else remaining).append(node)
    return Forest(sorted(named, key=_reading_order), remaining)


def _value(
    obj: object,
    nodes: dict[NamedNode | BlankNode, Node],
    outgoing: dict[NamedNode | BlankNode, list[Triple]],
) -> Value:
    if obj == RDF_NIL:
        return ListValue([])
    if not isinstance(obj, BlankNode):
        return obj  # type: ignore[return-value]
    members: list[Value] = []
    cell: object = obj
    while isinstance(cell, BlankNode) and _is_cell(outgoing[cell]):
        first, rest = sorted(outgoing[cell], key=lambda t: t.predicate == RDF_REST)
        members.append(_value(first.object, nodes, outgoing))
        cell = rest.object
    if members and cell == RDF_NIL:
        return ListValue(members)
    return nodes[obj]


def _is_cell(triples: Sequence[Triple]) -> bool:
    return {t.predicate for t in triples} == {RDF_FIRST, RDF_REST} and len(triples) == 2


def _reading_order(node: Node) -> tuple[int, str]:
    types = node.types()
    rank = next((n for n, kind in enumerate(KINDS) if kind in types), len(KINDS))
    return rank, node.name.value if node.name else ""
