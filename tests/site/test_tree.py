"""The tree, its numbers and those of the start page, against a query of the graph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from milia_onto.model.namespaces import NAMESPACES
from milia_onto.site import tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from milia_onto.model.values import Release
    from milia_onto.site.pages import Pages
    from tests.site.reading import Page

COUNTS = """
SELECT ?class (COUNT(DISTINCT ?kind) AS ?kinds) {
  ?kind rdfs:subClassOf+ ?class FILTER(ISIRI(?class) && ISIRI(?kind) && ?kind != ?class)
} GROUP BY ?class
"""


@pytest.fixture(scope="module")
def counted(release: Release) -> dict[str, int]:
    """How many kinds each class has, by its IRI."""
    store = ox.Store()
    store.bulk_load(release.files["milia.nt"], format=ox.RdfFormat.N_TRIPLES)
    rows = store.query(COUNTS, prefixes={"rdfs": NAMESPACES["rdfs"]})
    assert isinstance(rows, ox.QuerySolutions)
    return {row["class"].value: int(row["kinds"].value) for row in rows}


def branches(found: Iterable[tree.Branch]) -> Iterator[tree.Branch]:
    for branch in found:
        yield branch
        yield from branches(branch.kinds)


def test_a_class_with_several_parents_is_counted_once(
    pages: Pages, counted: dict[str, int]
) -> None:
    book = pages.book
    shown = {branch.id: branch.size for branch in branches(tree.forest(book))}
    assert len(shown) > 700
    assert shown == {id_: counted.get(book.index.expanded(id_), 0) for id_ in shown}
    occurrences = sum(1 for _ in branches(tree.forest(book)))
    assert occurrences > len(shown), "no class has several parents, so nothing was tried"


def test_the_pages_say_what_is_counted(
    pages: Pages, counted: dict[str, int], read_pages: dict[str, Page]
) -> None:
    kinds = counted[pages.book.index.expanded(tree.ROOT)]
    start, whole = (
        " ".join(read_pages[p].held["main"][0].split()) for p in ("index.html", "tree.html")
    )
    assert f"kinds of milia{kinds}" in start
    assert f"terms in all{len(pages.book.terms)}" in start
    label = pages.book.label(tree.ROOT)
    assert re.search(rf"\b{re.escape(label)} {kinds} kinds in all", whole)
