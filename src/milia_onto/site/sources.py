"""Sources for a reader: short names, kinds in words, what the tiers are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from milia_onto.site.texts import first

if TYPE_CHECKING:
    from milia_onto.site.book import Book

TIERS = {
    "A": "a review, a cohort, a curated ontology or annotation",
    "B": "a clinical reference work, a chapter of a textbook",
    "C": "a case report, a small series, a laboratory study",
    "D": "a page for consumers, a page of unknown authorship",
    "S": "one of the web pages that the work began with, partly written to sell",
}
FOUNDING = "S"


def short_names(book: Book) -> dict[str, str]:
    """Each source by the beginning of its label, as much as tells it from the others.

    No name is that of a term, and a founding page says what it is.
    """
    founding = {id_ for id_ in book.sources if tier(book, id_) == FOUNDING}
    taken = {book.label(id_).casefold() for id_ in book.classes}
    found: dict[str, str] = {}
    for commas in (1, 2):
        short = {id_: _beginning(book.label(id_), commas) for id_ in book.sources}
        often = Counter(short.values())
        free = {i: s for i, s in short.items() if often[s] == 1 and s.casefold() not in taken}
        found |= {i: s for i, s in free.items() if i not in found and i not in founding}
    return {id_: found.get(id_, book.label(id_)) for id_ in book.sources}


def _beginning(label: str, commas: int) -> str:
    return ", ".join(label.split(", ")[:commas]).partition(" (")[0]


def tier(book: Book, id_: str) -> str:
    """The letter of the tier of a source, or ""."""
    return first(book.nodes.get(id_, {}).get("tier"))


def kind(book: Book, id_: str) -> str:
    """The kind of a source in words."""
    written = first(book.nodes[id_].get("sourceKind")).replace("_", " ")
    return "founding web page" if tier(book, id_) == FOUNDING else written


def by_kind(book: Book) -> dict[str, list[str]]:
    """The sources by their kind, the most numerous kind first."""
    found: dict[str, list[str]] = {}
    for id_ in sorted(book.sources, key=book.sort_key):
        found.setdefault(kind(book, id_), []).append(id_)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))
