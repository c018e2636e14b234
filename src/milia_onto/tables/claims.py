"""The tables of claims, their figures, their evidence, and the sources."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from milia_onto.model import namespaces as ns
from milia_onto.tables.graph import Node
from milia_onto.tables.schema import Column, Table, many, number, one, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.tables.graph import Graph

CLAIM, SOURCE = ns.named("SEPIO:0000001"), ns.named("MILIA:0000930")
CURIE = attrgetter("curie")


def _claims(graph: Graph) -> Iterator[Node]:
    return graph.nodes(CLAIM)


CLAIMS = Table(
    "claims",
    "Who says what: statements that need not hold always, each with our verdict.",
    ("claim",),
    (
        Column("claim", "string", "CURIE of the claim", CURIE),
        one("label", "rdfs:label", "the claim in words"),
        one("subject", "vocab:subject", "the term it is about", "terms.term"),
        one("predicate", "vocab:predicate", "what is said of it", "terms.term"),
        one(
            "object",
            "vocab:object",
            "the other term; empty where a value is stated",
            "terms.term",
        ),
        one("value", "vocab:value", "the value in words, where no term is the object"),
        one("qualifier", "vocab:qualifier", "when, where or in whom it is said to hold"),
        word("polarity", "vocab:polarity", "positive, or negative: the source denies it"),
        word(
            "verdict",
            "vocab:verdict",
            "our judgement, for example `supported`; each word is a term `vocab:…`",
        ),
        word("confidence", "vocab:confidence", "computed from the evidence"),
        one("reason", "vocab:reason", "on what the verdict rests"),
        one("evidence_type", "vocab:evidenceType", "the source's own evidence (ECO)", "terms.term"),
        many("sources", "dcterms:source", "who says so", "sources.source"),
        many("source_lines", "vocab:sourceLine", "where in the document it stands"),
        one("source_wording", "vocab:sourceWording", "the word that the document uses, if garbled"),
        many("supported_by", "vocab:supportedBy", "claims that agree", "claims.claim"),
        many("disputed_by", "vocab:disputedBy", "claims that disagree", "claims.claim"),
    ),
    _claims,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A node that belongs to a claim: an evidence line or a figure."""

    claim: str
    node: Node


def _parts(graph: Graph, predicate: NamedNode) -> Iterator[Part]:
    for claim in _claims(graph):
        for obj in claim.objects(predicate):
            if isinstance(obj, NamedNode):
                yield Part(claim.curie, Node(graph, obj))


def _lines(graph: Graph) -> Iterator[Part]:
    return _parts(graph, ns.vocab("evidenceLine"))


def _figures(graph: Graph) -> Iterator[Part]:
    return _parts(graph, ns.vocab("quantity"))


def _of_node(column: Column) -> Column:
    """The column, read from the node of a part."""

    def cell(part: Part) -> object:
        return column.cell(part.node)

    return Column(column.name, column.kind, column.meaning, cell, column.refers)  # type: ignore[arg-type]


OF_CLAIM = Column("claim", "string", "the claim it belongs to", attrgetter("claim"), "claims.claim")

EVIDENCE = Table(
    "evidence",
    "What speaks for or against each claim, one line a source and type of evidence.",
    ("evidence",),
    (
        _of_node(Column("evidence", "string", "CURIE of the evidence line", CURIE)),
        OF_CLAIM,
        *map(
            _of_node,
            (
                word("direction", "vocab:direction", "whether it supports or disputes the claim"),
                word("strength", "vocab:strength", "how much the type of evidence weighs"),
                one("evidence_type", "vocab:evidenceType", "type of evidence (ECO)", "terms.term"),
                one("source", "dcterms:source", "where it was read", "sources.source"),
            ),
        ),
    ),
    _lines,
)

QUANTITIES = Table(
    "quantities",
    "The figures that claims state, as numbers.",
    ("quantity",),
    (
        _of_node(Column("quantity", "string", "CURIE of the figure", CURIE)),
        OF_CLAIM,
        *map(
            _of_node,
            (
                word("kind", "vocab:quantityKind", "what is counted or measured"),
                number("low", "vocab:low", "lower end; empty where only an upper end is stated"),
                number("high", "vocab:high", "upper end; empty where only a lower end is stated"),
                one("unit", "vocab:unit", "unit, for example `mm` or `%`"),
                number("numerator", "vocab:numerator", "people with it, where they were counted"),
                number("denominator", "vocab:denominator", "people looked at"),
                one("population", "vocab:population", "who was looked at"),
                one("age_window", "vocab:ageWindow", "at what age"),
                word("design", "vocab:design", "how the figure came about"),
                one("place", "vocab:place", "where"),
                one("year", "vocab:year", "when"),
            ),
        ),
    ),
    _figures,
)


def _sources(graph: Graph) -> Iterator[Node]:
    return graph.nodes(SOURCE)


SOURCES = Table(
    "sources",
    "What was read: articles, databases, code books and the seed documents.",
    ("source",),
    (
        Column("source", "string", "CURIE of the source", CURIE),
        one("title", "dcterms:title", "title"),
        one("kind", "MILIA:0000912", "what sort of source it is"),
        one("tier", "MILIA:0000913", "how reliable: A is best, S is a seed document"),
        many("addresses", "rdfs:seeAlso", "where it can be read"),
        many("comments", "rdfs:comment", "what else is to be known"),
    ),
    _sources,
)
