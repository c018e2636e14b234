"""The tables of edges between terms and of all ancestors."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode

from milia_onto.model import namespaces as ns
from milia_onto.tables.schema import Table, field
from milia_onto.tables.terms import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from milia_onto.tables.graph import Graph, Object, Properties

LOGICAL = {
    ns.RDFS_SUBCLASSOF,
    ns.named("owl:equivalentClass"),
    ns.named("owl:disjointWith"),
    ns.named("rdfs:subPropertyOf"),
    ns.named("rdfs:domain"),
    ns.named("rdfs:range"),
}
ENTAILING = (ns.RDFS_SUBCLASSOF, ns.named("owl:equivalentClass"))
INTERSECTION, FIRST, REST = (
    ns.named(curie) for curie in ("owl:intersectionOf", "rdf:first", "rdf:rest")
)
ON_PROPERTY, FILLER = ns.named("owl:onProperty"), ns.named("owl:someValuesFrom")
DIFFERENTIA, DERIVED_FROM = ns.vocab("differentia"), ns.vocab("derivedFrom")
CLAIM_PREDICATE, DERIVES = ns.vocab("ClaimPredicate"), ns.vocab("derivesEdge")


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge between two terms."""

    subject: str
    predicate: str
    object: str
    kind: str
    claims: list[str]


def _edges(graph: Graph) -> Iterator[Edge]:
    derived = {
        edge for node in graph.nodes(CLAIM_PREDICATE) for edge in node.about.get(DERIVES, ())
    }
    for node in graph.nodes(*KINDS):
        subject, about = node.name, node.about
        for predicate in about.keys() & LOGICAL:
            for obj in about[predicate]:
                if isinstance(obj, NamedNode):
                    mark = graph.note(subject, predicate, obj).get(ns.IS_INFERRED)
                    yield _edge(graph, subject, predicate, obj, "inferred" if mark else "asserted")
        for predicate, obj in dict.fromkeys(_restrictions(graph, about)):
            yield _edge(graph, subject, predicate, obj, "restriction")
        for obj in about.get(DIFFERENTIA, ()):
            yield _edge(graph, subject, DIFFERENTIA, obj, "differentia")
        for predicate in about.keys() & derived:
            for obj in about[predicate]:
                yield _edge(graph, subject, predicate, obj, "derived")


def _edge(graph: Graph, subject: NamedNode, predicate: NamedNode, obj: Object, kind: str) -> Edge:
    claims = graph.note(subject, predicate, obj).get(DERIVED_FROM, ())
    return Edge(
        graph.short(subject),
        graph.short(predicate),
        graph.short(obj),
        kind,
        sorted(map(graph.short, claims)),
    )


def _restrictions(graph: Graph, about: Properties) -> Iterator[tuple[NamedNode, NamedNode]]:
    """Property and named filler of each existential restriction above a class."""
    above = [each for predicate in ENTAILING for each in about.get(predicate, ())]
    for expression in above:
        for part in (expression, *_operands(graph, expression)):
            said = graph.subjects.get(part, {}) if isinstance(part, BlankNode) else {}
            for filler in said.get(FILLER, ()):
                (relation,) = said[ON_PROPERTY]
                if isinstance(filler, NamedNode) and isinstance(relation, NamedNode):
                    yield relation, filler


def _operands(graph: Graph, expression: Object) -> Iterator[Object]:
    said = graph.subjects.get(expression, {}) if isinstance(expression, BlankNode) else {}
    for cell in said.get(INTERSECTION, ()):
        while isinstance(cell, BlankNode):
            yield graph.subjects[cell][FIRST][0]
            cell = graph.subjects[cell][REST][0]  # noqa: PLW2901


EDGES = Table(
    "edges",
    "Edges between terms: the hierarchy, what every instance stands in, and what is reported.",
    ("subject", "predicate", "object"),
    (
        field("subject", "the term the edge starts at", "terms.term"),
        field("predicate", "the relation; a term, or a name of RDFS or OWL"),
        field("object", "the term the edge leads to, or a datatype"),
        field(
            "kind",
            "asserted (an axiom that was written), inferred (a direct subclass axiom that the "
            "reasoner found), restriction (every instance of the subject has the relation to some "
            "instance of the object), differentia (the definition of the subject names the "
            "object), derived (reported: at least one claim with literature behind it says so, "
            "which never means every case)",
        ),
        field("claims", "claims that a derived edge rests on", "claims.claim", kind="list"),
    ),
    _edges,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A class, one that is the same or above it, and how far."""

    term: str
    ancestor: str
    distance: int


def _pairs(graph: Graph) -> Iterator[Pair]:
    above = {
        node.name: [o for o in node.objects(ns.RDFS_SUBCLASSOF) if isinstance(o, NamedNode)]
        for node in graph.nodes(ns.OWL_CLASS)
    }
    for name in above:
        for ancestor, distance in distances(name, above).items():
            yield Pair(graph.short(name), graph.short(ancestor), distance)


def distances(
    start: NamedNode, above: Mapping[NamedNode, Iterable[NamedNode]]
) -> dict[NamedNode, int]:
    """All that is above ``start`` with the fewest steps to it; itself with 0."""
    found = {start: 0}
    waiting: dict[int, list[NamedNode]] = defaultdict(list, {0: [start]})
    step = 0
    while waiting[step]:
        for node in waiting[step]:
            for parent in above.get(node, ()):
                if parent not in found:
                    found[parent] = step + 1
                    waiting[step + 1].append(parent)
        step += 1
    return found


CLOSURE = Table(
    "closure",
    "Each class with itself and every class above it; one join instead of a recursive query.",
    ("term", "ancestor"),
    (
        field("term", "a class", "terms.term"),
        field("ancestor", "the same class, or one above it", "terms.term"),
        field(
            "distance",
            "fewest direct subclass steps, asserted or inferred; 0 is the class itself",
            kind="integer",
        ),
    ),
    _pairs,
)
