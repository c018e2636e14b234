"""The tree of the classes, below its roots."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from milia_onto.site.book import Book

ROOT = "MILIA:0000001"


class Branch(NamedTuple):
    """A class at one of its places in the tree; where it stood before, its kinds are left out.

    ``size`` counts all that is below it, a class with several parents once.
    """

    id: str
    size: int
    again: bool
    kinds: tuple[Branch, ...]


def roots(book: Book) -> list[str]:
    """The classes without a parent, in the order of their labels."""
    found = [id_ for id_ in book.classes if not book.parents(id_) and not book.is_withdrawn(id_)]
    return sorted(found, key=book.sort_key)


def branch(book: Book, id_: str, seen: set[str]) -> Branch:
    """The tree below a class. ``seen`` collects what was shown, so that no part is shown twice."""
    again = id_ in seen
    seen.add(id_)
    below = [] if again else book.children.get(id_, [])
    kinds = tuple(branch(book, kind, seen) for kind in below)
    return Branch(id_, len(descendants(book, id_)), again, kinds)


def descendants(book: Book, id_: str) -> set[str]:
    """Every class below a class, near and far."""
    found: set[str] = set()
    waiting = [id_]
    while waiting:
        fresh = [kind for kind in book.children.get(waiting.pop(), ()) if kind not in found]
        found.update(fresh)
        waiting += fresh
    return found - {id_}


def forest(book: Book) -> list[Branch]:
    """Milia first, then every other tree."""
    seen: set[str] = set()
    first = [branch(book, ROOT, seen)] if ROOT in book.nodes else []
    return [*first, *(branch(book, id_, seen) for id_ in roots(book) if id_ != ROOT)]


def opened(book: Book) -> set[str]:
    """Where the tree stands open at first: milia and their main kinds."""
    return {ROOT, *book.children.get(ROOT, ())}


def trail(book: Book, id_: str) -> list[str]:
    """One way from the top down to a class, along its own terms where there is a choice."""
    way: list[str] = []
    here = id_
    while here:
        above = [p for p in book.parents(here) if p not in way]
        here = above[0] if above else ""
        way += [here] if here else []
    return way[::-1]
