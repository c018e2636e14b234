"""What the page of a term tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from milia_onto.publish.lookup import SYNONYMS
from milia_onto.site.texts import ids, texts

if TYPE_CHECKING:
    from milia_onto.site.book import Book, Node

SCOPES = {
    "exactSynonym": "same meaning",
    "broadSynonym": "also used more widely",
    "narrowSynonym": "used more narrowly",
    "relatedSynonym": "related",
}
PROPERTIES = {
    "exactSynonym": "oboInOwl:hasExactSynonym",
    "broadSynonym": "oboInOwl:hasBroadSynonym",
    "narrowSynonym": "oboInOwl:hasNarrowSynonym",
    "relatedSynonym": "oboInOwl:hasRelatedSynonym",
    "prefLabel": "skos:prefLabel",
    "altLabel": "skos:altLabel",
    "hiddenLabel": "skos:hiddenLabel",
}
USES = {"prefLabel": "main name", "altLabel": "other name", "hiddenLabel": "search form"}
LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "la": "Latin",
    "pt": "Portuguese",
    "ru": "Russian",
    "zh": "Chinese",
}
MATCH_WORDS = {
    "exactMatch": "exact",
    "closeMatch": "close",
    "broadMatch": "broader",
    "narrowMatch": "narrower",
    "relatedMatch": "related",
}


JUSTIFICATIONS = {
    "ManualMappingCuration": "curated by hand",
    "LexicalMatching": "matched by name",
}


class Name(NamedTuple):
    """A name of a term: how it is used, of what type it is, who uses it."""

    text: str
    language: str
    use: str
    types: tuple[str, ...]
    sources: tuple[str, ...]


class Link(NamedTuple):
    """The direct edges of one kind, derived from claims."""

    relation: str
    targets: tuple[str, ...]


def synonyms(node: Node) -> list[Name]:
    """The synonyms, those of the same meaning first."""
    return [name for key in SYNONYMS for name in _names(node, key, SCOPES[key])]


def translations(node: Node) -> dict[str, list[Name]]:
    """The names in other languages, by the name of the language."""
    found: dict[str, list[Name]] = {}
    for key, use in USES.items():
        for name in _names(node, key, use):
            found.setdefault(LANGUAGES.get(name.language, name.language), []).append(name)
    return dict(sorted(found.items()))


def _names(node: Node, key: str, use: str) -> list[Name]:
    notes = [n for n in node.get("annotations", ()) if n["annotatedProperty"] == PROPERTIES[key]]
    found = []
    for text, language in texts(node.get(key)):
        own = [n for n in notes if _said(n.get("annotatedTarget")) == (text, language)]
        types = tuple(type_ for note in own for type_ in ids(note.get("synonymType")))
        sources = tuple(source for note in own for source in ids(note.get("sources")))
        found.append(Name(text, language, use, types, sources))
    return found


def _said(value: Any) -> tuple[str, str]:
    return next(((text, language) for text, language in texts(value)), ("", ""))


def edges(book: Book, id_: str) -> list[Link]:
    """The direct edges of a term by their kind."""
    node = book.nodes[id_]
    kinds = [e for p in book.predicates for e in ids(book.nodes[p].get("vocab:derivesEdge"))]
    found = []
    for edge in dict.fromkeys(kinds):
        key = edge.partition(":")[2]
        targets = ids(node.get(key if key in node else edge))
        if targets:
            found.append(Link(edge, tuple(sorted(targets, key=book.sort_key))))
    return found


def codes(book: Book, id_: str) -> list[tuple[str, str]]:
    """The nearest match in each vocabulary."""
    nearest: dict[str, tuple[str, str]] = {}
    for relation, code in book.mapped_codes(id_):
        nearest.setdefault(code.partition(":")[0], (relation, code))
    return list(nearest.values())


def justified(row: Node) -> str:
    """How a mapping row was arrived at, and how sure it is."""
    name = str(row.get("mapping_justification", "")).partition(":")[2]
    # Names of SSSOM that are not in the table are told apart by their capitals.
    how = JUSTIFICATIONS.get(name) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()
    sure = str(row.get("mapping_confidence", ""))
    return f"{how}, confidence {sure}" if sure else how


def mappings(book: Book, id_: str) -> list[Node]:
    """The mapping rows of a term: matches from near to far, then what must not be confused."""
    order = list(MATCH_WORDS)
    rows = [book.nodes[row] for row in book.rows_about.get(id_, ())]

    def rank(row: Node) -> tuple[bool, int, str]:
        name = str(row.get("predicate_id", "")).partition(":")[2]
        at = order.index(name) if name in order else len(order)
        return "predicate_modifier" in row, at, str(row.get("object_id", ""))

    return sorted(rows, key=rank)
