"""The index of all names and codes: for the A to Z page, and for the search script."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from milia_onto.publish.lookup import NAMES
from milia_onto.site.texts import first, texts
from milia_onto.site.tree import descendants

if TYPE_CHECKING:
    from milia_onto.site.book import Book
    from milia_onto.site.links import Places

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# What statements are made of, not what they are about: evidence, claims, and how HPO says how
# often, from when and by what inheritance.
MODEL = "model"
MODEL_PREFIXES = ("BFO", "ECO", "IAO", "SEPIO", "foaf", "sssom", "vocab")
MODEL_ROOTS = ("HP:0000005", "HP:0003674", "HP:0040279")
CODES = {
    "exactMatch": "code",
    "closeMatch": "close code",
    "broadMatch": "broader code",
    "narrowMatch": "narrower code",
    "relatedMatch": "related code",
}
APART = "not the code"


class Entry(NamedTuple):
    """A name of a term: the text, its language, what kind of name it is, the term."""

    name: str
    language: str
    kind: str
    id: str


def entries(book: Book) -> list[Entry]:
    """Every name of every class, own and imported; a name once a term."""
    found: dict[tuple[str, str], Entry] = {}
    for id_ in [*book.classes]:
        for key, kind in NAMES.items():
            for text, language in texts(book.nodes[id_].get(key)):
                found.setdefault((text, id_), Entry(text, language, kind, id_))
    return list(found.values())


def letter(name: str) -> str:
    """Under which letter a name is found: A to Z without accents, else "#" ."""
    plain = unicodedata.normalize("NFKD", name.strip())[:1].upper()
    return plain if plain and plain in LETTERS else "#"


def alphabet(book: Book) -> dict[str, list[Entry]]:
    """The entries by letter, in alphabetical order; at the end those of the model."""
    found: dict[str, list[Entry]] = {sign: [] for sign in [*LETTERS, "#", MODEL]}
    roots = [root for root in MODEL_ROOTS if root in book.nodes]
    model = {id_ for id_ in book.classes if id_.partition(":")[0] in MODEL_PREFIXES}
    model = model.union(roots, *(descendants(book, root) for root in roots))
    for entry in sorted(entries(book), key=lambda e: (e.name.casefold(), e.name, e.id)):
        found[MODEL if entry.id in model else letter(entry.name)].append(entry)
    return {sign: listed for sign, listed in found.items() if listed}


def index(book: Book, places: Places) -> bytes:
    """``search.json``: the pages, and which names and codes lead to them.

    ``pages`` holds [address, label, id, definition], ``kinds`` the kinds of names, ``names`` holds
    [name, number of the page, number of the kind], codes among them; those of negative mappings
    hold the reason too.
    """
    kinds = [*dict.fromkeys(NAMES.values()), *CODES.values(), APART, "identifier"]
    number: dict[str, int] = {}
    pages: list[list[str]] = []
    for id_ in book.classes:
        number[id_] = len(pages)
        pages.append(
            [places.page(id_), book.label(id_), id_, first(book.nodes[id_].get("definition"))]
        )
    names: list[list[Any]] = [[e.name, number[e.id], kinds.index(e.kind)] for e in entries(book)]
    for id_, at in number.items():
        names.append([id_, at, kinds.index("identifier")])
        names += [[code, at, kinds.index(CODES[r])] for r, code in book.mapped_codes(id_)]
    for id_, rows in book.rows_about.items():
        apart = [book.nodes[row] for row in rows if "predicate_modifier" in book.nodes[row]]
        names += [
            [row["object_id"], number[id_], kinds.index(APART), first(row.get("comment"))]
            for row in apart
            if id_ in number
        ]
    value = {"kinds": kinds, "pages": pages, "names": names}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
