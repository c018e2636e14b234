"""The table of mappings to other vocabularies, with bare codes to join data on."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from milia_onto.model import namespaces as ns
from milia_onto.tables.schema import Column, Table, number, one

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.tables.graph import Graph, Node

OBJECT, MODIFIER = ns.named("sssom:object_id"), ns.named("sssom:predicate_modifier")


def _mappings(graph: Graph) -> Iterator[Node]:
    return graph.nodes(ns.named("sssom:Mapping"))


def _target(node: Node) -> tuple[str, str]:
    prefix, _, code = (node.one(OBJECT) or "").partition(":")
    return prefix, code


def _vocabulary(node: Node) -> str:
    return _target(node)[0]


def _code(node: Node) -> str:
    return _target(node)[1]


def _negative(node: Node) -> bool:
    return node.one(MODIFIER) == "Not"


MAPPINGS = Table(
    "mappings",
    "Matches of terms with codes of other vocabularies (SSSOM), and codes that must not be used.",
    ("mapping",),
    (
        Column("mapping", "string", "CURIE of the mapping", attrgetter("curie")),
        one("subject", "sssom:subject_id", "the term", "terms.term"),
        one(
            "predicate",
            "sssom:predicate_id",
            "`skos:exactMatch`, `skos:broadMatch` (the code is wider than the term) and so on",
        ),
        Column("negative", "boolean", "true: the match does **not** hold, do not use", _negative),
        one("object", "sssom:object_id", "the code as CURIE"),
        Column("vocabulary", "string", "prefix of the code's vocabulary, as `SCTID`", _vocabulary),
        Column("code", "string", "the code as it stands in data, for example `L72.0`", _code),
        one("object_label", "sssom:object_label", "the name of the code"),
        one("justification", "sssom:mapping_justification", "how the match was found"),
        number("confidence", "sssom:confidence", "from 0 to 1"),
        one("comment", "rdfs:comment", "why it is so"),
        one("mapping_set", "dcterms:isPartOf", "the mapping set it stands in"),
    ),
    _mappings,
)
