"""What a page is about, in the words of schema.org: one JSON-LD data block a page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from milia_onto.model import namespaces as ns
from milia_onto.site.texts import first, ids, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milia_onto.site.book import Book
    from milia_onto.site.questions import Question

SYNONYMS = ("exactSynonym", "broadSynonym", "narrowSynonym", "relatedSynonym", "plural", "singular")
RATING = {"contradicted": 1, "unsupported": 2, "marketing": 2, "partly": 3, "supported": 5}
# Inside a script element only these could end it or open a comment (HTML, 4.12.1.3).
ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def block(value: dict[str, Any]) -> Markup:
    """JSON that may stand inside a script element."""
    whole = {"@context": "https://schema.org", **value}
    return Markup(json.dumps(whole, ensure_ascii=False).translate(ESCAPES))


def term_set(book: Book) -> dict[str, Any]:
    """The ontology as the set that a term belongs to."""
    return {"@type": "DefinedTermSet", "@id": ns.BASE, "name": first(book.ontology.get("label"))}


def term(book: Book, id_: str, trail: Sequence[str] = ()) -> dict[str, Any]:
    """A term or a name of the vocabulary as a DefinedTerm."""
    node = book.nodes[id_]
    iri = book.index.expanded(id_)
    definition = first(node.get("definition")) or first(node.get("comment"))
    names = [text.text for key in SYNONYMS for text in texts(node.get(key))]
    same = [book.index.expanded(code) for code in ids(node.get("exactMatch"))]
    value: dict[str, Any] = {
        "@type": "DefinedTerm",
        "@id": iri,
        "name": book.label(id_),
        "termCode": id_,
        "inDefinedTermSet": term_set(book),
    }
    value |= {"description": definition} if definition else {}
    value |= {"alternateName": list(dict.fromkeys(names))} if names else {}
    value |= {"sameAs": same} if same else {}
    if trail:
        steps = [{"@id": book.index.expanded(p), "name": book.label(p)} for p in [*trail, id_]]
        value["subjectOf"] = {"@type": "WebPage", "breadcrumb": breadcrumb(steps)}
    return value


def breadcrumb(steps: Iterable[dict[str, str]]) -> dict[str, Any]:
    """The way from the top of the tree."""
    items = [
        {"@type": "ListItem", "position": at, "item": step} for at, step in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def claim(book: Book, id_: str) -> dict[str, Any]:
    """A claim with the verdict as its review."""
    node = book.nodes[id_]
    verdict = book.verdict(id_)
    iri = book.index.expanded(id_)
    review: dict[str, Any] = {
        "@type": "ClaimReview",
        "url": f"{iri}.html",
        "claimReviewed": book.says(id_),
        "author": {"@type": "Organization", "name": first(book.ontology.get("label"))},
        "itemReviewed": {"@id": iri},
        "reviewRating": {
            "@type": "Rating",
            "alternateName": verdict,
            "ratingValue": RATING.get(verdict, 2),
            "bestRating": 5,
            "worstRating": 1,
        },
    }
    review |= {"reviewBody": first(node["reason"])} if first(node.get("reason")) else {}
    return {
        "@type": "Claim",
        "@id": iri,
        "name": book.says(id_),
        "appearance": [source(book, one) for one in ids(node.get("sources")) if one in book.nodes],
        "subjectOf": review,
    }


def source(book: Book, id_: str) -> dict[str, Any]:
    """A source as a work that somebody made."""
    node = book.nodes[id_]
    value = {
        "@type": "CreativeWork",
        "@id": book.index.expanded(id_),
        "name": first(node.get("title")) or book.label(id_),
    }
    see = ids(node.get("seeAlso"))
    return value | ({"url": see[0]} if see else {})


def dataset(
    book: Book, iri: str, name: str, description: str, files: Sequence[str]
) -> dict[str, Any]:
    """A version, a product or a mapping set with its files as downloads."""
    version = str(book.manifest["versionIRI"])
    listed = book.manifest["files"]
    downloads = [
        {
            "@type": "DataDownload",
            "name": path,
            "contentUrl": f"{version}/{path}",
            "encodingFormat": listed[path]["mediaType"],
            "contentSize": f"{listed[path]['bytes']} B",
            "sha256": listed[path]["sha256"],
        }
        for path in files
        if path in listed
    ]
    value: dict[str, Any] = {
        "@type": "Dataset",
        "@id": iri,
        "name": name,
        "description": description,
        "license": str(book.manifest["license"]),
        "version": book.version,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": creator(book)},
    }
    return value | ({"distribution": downloads} if downloads else {})


def creator(book: Book) -> str:
    """Who made the ontology."""
    made = ids(book.ontology.get("creator"))
    return book.label(made[0]) if made else first(book.ontology.get("label"))


def question(book: Book, asked: Question) -> dict[str, Any]:
    """A competency question as a piece of code."""
    return {
        "@type": "SoftwareSourceCode",
        "@id": f"{ns.OWN}queries/{asked.name}",
        "name": asked.label,
        "description": asked.asks,
        "programmingLanguage": "SPARQL 1.1",
        "text": asked.text,
        "isPartOf": term_set(book),
    }


def page(book: Book, name: str, path: str) -> dict[str, Any]:
    """A page that lists or explains."""
    return {
        "@type": "WebPage",
        "@id": ns.OWN + path,
        "name": name,
        "isPartOf": {
            "@type": "WebSite",
            "@id": f"{ns.OWN}index.html",
            "name": first(book.ontology.get("label")),
        },
    }
