"""The tables of terms and their names."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from milia_onto.model import namespaces as ns
from milia_onto.tables.schema import Column, Table, field, many, one

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.tables.graph import Graph, Node

KINDS = {
    ns.OWL_CLASS: "class",
    ns.named("owl:ObjectProperty"): "object property",
    ns.named("owl:AnnotationProperty"): "annotation property",
    ns.vocab("ClaimPredicate"): "claim predicate",
    ns.vocab("ClaimValue"): "claim value",
}
NAMES = {
    ns.RDFS_LABEL: "label",
    ns.named("skos:prefLabel"): "preferred",
    ns.named("oboInOwl:hasExactSynonym"): "exact",
    ns.named("oboInOwl:hasBroadSynonym"): "broad",
    ns.named("oboInOwl:hasNarrowSynonym"): "narrow",
    ns.named("oboInOwl:hasRelatedSynonym"): "related",
    ns.named("skos:altLabel"): "alternative",
    ns.named("skos:hiddenLabel"): "hidden",
}
SYNONYM_TYPE = ns.named("oboInOwl:hasSynonymType")


def _terms(graph: Graph) -> Iterator[Node]:
    return graph.nodes(*KINDS)


def _iri(node: Node) -> str:
    return node.name.value


def _kind(node: Node) -> str:
    return next(KINDS[kind] for kind in node.objects(ns.RDF_TYPE) if kind in KINDS)  # type: ignore[index]


def _vocabulary(node: Node) -> str:
    return node.curie.partition(":")[0]


def _own(node: Node) -> bool:
    return node.name.value.startswith(ns.OWN)


def _definition(node: Node) -> str | None:
    # Names of the claims vocabulary are explained by a comment.
    comments = node.many(ns.RDFS_COMMENT) if node.curie.startswith("vocab:") else []
    return node.one(ns.DEFINITION) or " ".join(comments) or None


def _deprecated(node: Node) -> bool:
    return node.one(ns.OWL_DEPRECATED) == "true"


TERMS = Table(
    "terms",
    "Classes, properties and words of the claims, own ones and those of other vocabularies.",
    ("term",),
    (
        Column("term", "string", "CURIE, for example `MILIA:0000006`", attrgetter("curie")),
        Column("iri", "string", "the full IRI", _iri),
        Column("kind", "string", f"one of {', '.join(KINDS.values())}", _kind),
        Column("vocabulary", "string", "prefix of the vocabulary that the term is of", _vocabulary),
        Column("own", "boolean", "whether the term is the Milia Ontology's own", _own),
        one("label", "rdfs:label", "English name"),
        one("singular", "MILIA:0000910", "name of one lesion; own classes of lesions only"),
        one("plural", "MILIA:0000911", "name of several lesions; own classes of lesions only"),
        Column("definition", "string", "English definition", _definition),
        many("definition_sources", "IAO:0000119", "what the definition rests on"),
        many("subsets", "oboInOwl:inSubset", "subsets that the term belongs to"),
        Column("deprecated", "boolean", "whether the term is no longer to be used", _deprecated),
        many("replaced_by", "IAO:0100001", "what to use instead", "terms.term"),
    ),
    _terms,
)


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a term."""

    term: str
    name: str
    language: str
    kind: str
    types: list[str]
    sources: list[str]


def _names(graph: Graph) -> Iterator[Name]:
    for node in _terms(graph):
        about = graph.subjects[node.name]
        for predicate in about.keys() & NAMES.keys():
            for text in about[predicate]:
                if isinstance(text, Literal):
                    note = graph.note(node.name, predicate, text)
                    yield Name(
                        node.curie,
                        text.value,
                        text.language or "",
                        NAMES[predicate],
                        sorted(map(graph.short, note.get(SYNONYM_TYPE, ()))),
                        sorted(map(graph.short, note.get(ns.DCTERMS_SOURCE, ()))),
                    )


SYNONYMS = Table(
    "synonyms",
    "Every name of every term, in all languages.",
    ("term", "name", "language", "kind"),
    (
        field("term", "the term", "terms.term"),
        field("name", "a name of it"),
        field("language", "language tag, for example `en`; empty where none is given"),
        field("kind", f"one of {', '.join(NAMES.values())}; label is the one of `terms`"),
        field("types", "what sort of name it is, for example a lay name (`OMO:…`)", kind="list"),
        field("sources", "where the name was read", "sources.source", kind="list"),
    ),
    _names,
)
