"""Logical axioms as text with links: Manchester Syntax, every name led to its page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from milia_onto.model import namespaces as ns
from milia_onto.owl import axioms as ax
from milia_onto.owl.manchester import render

if TYPE_CHECKING:
    from milia_onto.site.book import Book
    from milia_onto.site.links import Links

TOKEN = re.compile(r"""(?P<literal>"(?:[^"\\]|\\.)*")|'(?P<name>(?:[^'\\]|\\.)*)'""")
KEYWORD = re.compile(
    r"\b(SubClassOf|EquivalentTo|DisjointWith|DisjointClasses|Domain|Range|Transitive"
    r"|and|or|not|some|only|value|min|max|exactly|Self|inverse)\b"
)


class Stated(NamedTuple):
    """What is stated of a class: the relation, and what stands on its other side."""

    relation: str
    others: tuple[Markup, ...]


class Reason(NamedTuple):
    """A direct parent: its id, whether it was inferred, the axioms it follows from."""

    parent: str
    inferred: bool
    axioms: tuple[Markup, ...]


def linked(item: Any, links: Links) -> Markup:
    """An axiom or expression; names lead to their pages, keywords are marked."""
    text = render(item, lambda iri: iri)
    parts: list[Markup] = []
    at = 0
    for match in TOKEN.finditer(text):
        parts.append(_words(text[at : match.start()]))
        if match["name"] is None:
            parts.append(Markup("<q>{}</q>").format(match["literal"].strip('"')))
        else:
            iri = re.sub(r"\\(.)", r"\1", match["name"])
            parts.append(links.ref(links.book.index.compressed(iri)))
        at = match.end()
    return Markup("").join([*parts, _words(text[at:])])


def _words(text: str) -> Markup:
    pieces = KEYWORD.split(text)
    marked = Markup('<span class="kw">{}</span>')
    return Markup("").join(
        marked.format(p) if at % 2 else Markup.escape(p) for at, p in enumerate(pieces)
    )


def stated(book: Book, id_: str, links: Links) -> list[Stated]:
    """What is stated of a class beside its named parents, definitions first."""
    iri = book.index.expanded(id_)
    found: dict[str, list[Markup]] = {"is the same as": [], "every one": [], "is never": []}
    for axiom in book.logic.about(iri):
        if isinstance(axiom, ax.SubClassOf):
            if not isinstance(axiom.super_class, str):
                found["every one"].append(linked(axiom.super_class, links))
            continue
        relation = "is the same as" if isinstance(axiom, ax.EquivalentClasses) else "is never"
        others = [operand for operand in axiom.arguments[0] if operand != iri]
        found[relation] += [linked(operand, links) for operand in others]
    return [Stated(relation, tuple(sorted(set(told)))) for relation, told in found.items() if told]


def reasons(book: Book, id_: str, links: Links) -> list[Reason]:
    """The direct parents of a class, asserted ones first, each with its justification."""
    found = [
        Reason(
            book.index.compressed(placement.parent),
            placement.inferred,
            tuple(linked(axiom, links) for axiom in placement.axioms),
        )
        for placement in book.logic.placements(book.index.expanded(id_))
        if not placement.parent.startswith(ns.NAMESPACES["owl"])
    ]
    return sorted(found, key=lambda reason: (reason.inferred, book.sort_key(reason.parent)))
