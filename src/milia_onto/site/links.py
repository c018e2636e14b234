"""Where everything has its page, and links from one page to another."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from milia_onto.linked.answer import NOT_FOUND_PAGE
from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from milia_onto.site.book import Book

RDF = (
    (".ttl", "Turtle", "text/turtle"),
    (".jsonld", "JSON-LD", "application/ld+json"),
    (".owl", "RDF/XML", "application/rdf+xml"),
    (".nt", "N-Triples", "application/n-triples"),
)
IMPORTED = "imported/"
# Hosts show this page at whatever address nothing is at.
SAFE = "/:@!$&'()*+,;=-._~#"


class Places:
    """The page of each node: the path of its IRI below the base, with ``.html``.

    Parts of a claim and rows of a mapping set are fragments of the page they stand on. Imported
    classes have no document of ours; their pages lie in a folder of their own.
    """

    def __init__(self, book: Book) -> None:
        self._book = book

    @cached_property
    def _whole(self) -> dict[str, str]:
        book = self._book
        own = [*book.terms, *book.vocabulary, *book.claims, *book.sources, *book.mapping_sets]
        project = [f"{ns.BASE}/project"] if f"{ns.BASE}/project" in book.nodes else []
        found = {id_: self.resource(id_) + ".html" for id_ in [*own, *project]}
        found |= {id_: f"{IMPORTED}{id_.replace(':', '_')}.html" for id_ in book.imported}
        return found | {str(book.ontology["id"]): "index.html"}

    @cached_property
    def _parts(self) -> dict[str, str]:
        book = self._book
        found = {}
        owners = [(id_, key) for id_ in book.claims for key in ("evidenceLine", "quantity")]
        for owner, key in owners:
            for part in book.nodes[owner].get(key, ()):
                found[part] = f"{self._whole[owner]}#{part.removeprefix(owner + '/')}"
        for owner, rows in book.rows_of_set.items():
            for row in rows:
                found[row] = f"{self._whole[owner]}#{row.removeprefix(owner + '/')}"
        return found

    def resource(self, id_: str) -> str:
        """The path of an own IRI below the base."""
        return self._book.index.expanded(id_).removeprefix(ns.OWN)

    def page(self, id_: str) -> str:
        """The page of a node, with its fragment; "" where it has none."""
        return self._whole.get(id_) or self._parts.get(id_, "")

    def pages(self) -> dict[str, str]:
        """The node of each page."""
        return {path: id_ for id_, path in self._whole.items()}


class Links:
    """Links as they are written on one page: relative, so that any folder will do.

    Those of the page that is shown where nothing is are from the root, as its address is unknown.
    """

    def __init__(self, book: Book, places: Places, page: str) -> None:
        self.book = book
        self.places = places
        self.page = page
        self.root = "/" if page == NOT_FOUND_PAGE else "../" * page.count("/")

    def url(self, target: str) -> str:
        """The address of a file of the site, seen from this page."""
        return (self.root + quote(target, safe=SAFE)) or "./"

    def ref(self, id_: str, text: str | None = None) -> Markup:
        """A link to what an id names: its page, else the IRI of its owner."""
        shown = self.book.label(id_) if text is None else text
        page = self.places.page(id_)
        if page:
            css = ' class="gone"' if self.book.is_withdrawn(id_) else ""
            link = Markup('<a href="{}"' + css + "><bdi>{}</bdi></a>")
            return link.format(self.url(page), shown)
        iri = self.book.index.expanded(id_) if not is_web(id_) else id_
        return self.out(iri, shown)

    def out(self, iri: str, text: str | None = None) -> Markup:
        """A link that leaves the site; no more than the text where the IRI is no web address."""
        shown = iri if text is None else text
        if not is_web(iri):
            return Markup("<bdi>{}</bdi>").format(shown)
        link = Markup('<a class="out" rel="external" href="{}"><bdi>{}</bdi></a>')
        return link.format(quote(iri, safe=SAFE + "%?[]"), shown)


def breakable(iri: str) -> Markup:
    """An IRI that may go on in the next line after a slash or before the name of a term."""
    parts = re.split(r"(?<=[^/][/#])(?=[^/])|(?=MILIA_)", iri)
    return Markup("<wbr>").join(part for part in parts if part)


def is_web(iri: str) -> bool:
    """Whether an IRI is an address that a reader may follow."""
    return iri.startswith(("https://", "http://"))
