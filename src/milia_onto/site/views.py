"""What each kind of page shows: the values that its template is filled with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from milia_onto.model import namespaces as ns
from milia_onto.site import claims as told
from milia_onto.site import schema_org as schema
from milia_onto.site import terms, tree
from milia_onto.site import vocabulary as words
from milia_onto.site.diagram import drawing
from milia_onto.site.listings import LISTINGS, View, product, start, version
from milia_onto.site.logic import reasons, stated
from milia_onto.site.texts import first, ids, texts

if TYPE_CHECKING:
    from milia_onto.site.book import Book
    from milia_onto.site.links import Links


def term(book: Book, links: Links, id_: str) -> dict[str, Any]:
    """An own term, or an imported class."""
    node = book.nodes[id_]
    trail = tree.trail(book, id_)
    about = book.claims_about.get(id_, [])
    return {
        "title": book.label(id_),
        "node": node,
        "id": id_,
        "iri": book.index.expanded(id_),
        "trail": trail,
        "synonyms": terms.synonyms(node),
        "translations": terms.translations(node),
        "stated": stated(book, id_, links),
        "reasons": reasons(book, id_, links),
        "kinds": book.children.get(id_, []),
        "drawing": drawing(book, id_) if "Class" in ids(node["type"]) else None,
        "codes": terms.codes(book, id_),
        "edges": terms.edges(book, id_),
        "themes": told.themes(book, about),
        "about": about,
        "naming": told.ranked(book, book.claims_naming.get(id_, [])),
        "mappings": terms.mappings(book, id_),
        "match_words": terms.MATCH_WORDS,
        "justified": terms.justified,
        "notes": list(texts(node.get("editorNote"))) + list(texts(node.get("comment"))),
        "schema": schema.term(book, id_, trail),
    }


def vocabulary(book: Book, _links: Links, id_: str) -> dict[str, Any]:
    """A name of the claims vocabulary."""
    claims = told.ranked(book, book.claims_with.get(id_, []))
    return {
        "title": book.label(id_),
        "node": book.nodes[id_],
        "id": id_,
        "iri": book.index.expanded(id_),
        "claims": claims,
        "parts_with": len(book.parts_with.get(id_, [])),
        "values": words.values(book, id_),
        "schema": schema.term(book, id_),
    }


def claim(book: Book, _links: Links, id_: str) -> dict[str, Any]:
    """A claim."""
    node = book.nodes[id_]
    return {
        "title": book.says(id_),
        "node": node,
        "id": id_,
        "iri": book.index.expanded(id_),
        "evidence": told.evidence(book, id_),
        "figures": [book.nodes[one] for one in ids(node.get("quantity"))],
        "schema": schema.claim(book, id_),
    }


def source(book: Book, _links: Links, id_: str) -> dict[str, Any]:
    """A source: what it claims, and how that fares."""
    claims = book.claims_of.get(id_, [])
    return {
        "title": book.label(id_),
        "node": book.nodes[id_],
        "id": id_,
        "iri": book.index.expanded(id_),
        "claims": claims,
        "themes": told.themes(book, claims),
        "defines": sorted(book.defined_from.get(id_, []), key=book.sort_key),
        "schema": schema.source(book, id_),
    }


def mapping_set(book: Book, _links: Links, id_: str) -> dict[str, Any]:
    """A mapping set with its rows."""
    node = book.nodes[id_]
    name = id_.partition(":")[2]
    rows = [book.nodes[row] for row in book.rows_of_set.get(id_, [])]
    path = f"mappings/{name}.sssom.tsv"
    iri = book.index.expanded(id_)
    text = first(node.get("description"))
    return {
        "title": book.label(id_),
        "node": node,
        "id": id_,
        "iri": iri,
        "rows": sorted(rows, key=lambda row: (book.sort_key(row["subject_id"]), row["id"])),
        "match_words": terms.MATCH_WORDS,
        "justified": terms.justified,
        "schema": schema.dataset(book, iri, book.label(id_), text, [path]),
    }


def question(book: Book, _links: Links, name: str) -> dict[str, Any]:
    """A competency question with its answer."""
    asked = book.questions.by_name[name]
    return {
        "title": asked.asks,
        "question": asked,
        "iri": f"{ns.OWN}queries/{name}",
        "answer": book.questions.answer(name),
        "schema": schema.question(book, asked),
    }


def shape(book: Book, links: Links, name: str) -> dict[str, Any]:
    """A node shape with its checks."""
    found = book.shapes.by_name[name]
    title = found.label or name
    return {
        "title": title,
        "shape": found,
        "iri": f"{ns.SHAPES}{name}",
        "schema": schema.page(book, title, links.page),
    }


def check(book: Book, links: Links, name: str) -> dict[str, Any]:
    """One check of a shape."""
    shape, found = book.shapes.checks[name]
    return {
        "title": name,
        "shape": shape,
        "check": found,
        "iri": f"{ns.SHAPES}{name}",
        "schema": schema.page(book, name, links.page),
    }


def project(book: Book, _links: Links, id_: str) -> dict[str, Any]:
    """Who stands behind the ontology."""
    made = {"@type": "Organization", "@id": id_, "name": book.label(id_)}
    return {"title": book.label(id_), "id": id_, "iri": id_, "schema": made}


VIEWS: dict[str, View] = {
    "index": start,
    "term": term,
    "vocabulary": vocabulary,
    "claim": claim,
    "source": source,
    "mapping_set": mapping_set,
    "question": question,
    "shape": shape,
    "check": check,
    "product": product,
    "version": version,
    "project": project,
    **LISTINGS,
}
