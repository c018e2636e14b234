"""The forms an answer may take, and which one a client is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.linked.negotiate import EXPANDED, choose
from milia_onto.publish.sparql_text import GRAPH_FORMS

if TYPE_CHECKING:
    from collections.abc import Mapping

JSON, XML = "application/json", "application/xml"
# Media types that may be asked for, best first, and the one that the engine writes for them.
SOLUTIONS = {
    "application/sparql-results+json": "application/sparql-results+json",
    "application/sparql-results+xml": "application/sparql-results+xml",
    "text/csv": "text/csv",
    "text/tab-separated-values": "text/tab-separated-values",
    JSON: "application/sparql-results+json",
    XML: "application/sparql-results+xml",
}
GRAPHS = {
    "text/turtle": "text/turtle",
    "application/ld+json": "application/ld+json",
    "application/rdf+xml": "application/rdf+xml",
    "application/n-triples": "application/n-triples",
    "text/n3": "text/turtle",
    "application/trig": "text/turtle",
    "application/n-quads": "application/n-triples",
    JSON: "application/ld+json",
    XML: "application/rdf+xml",
}
# What `format=` and `output=` may say, beside a media type.
NAMES = {
    "json": ("application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv", ""),
    "tsv": ("text/tab-separated-values", ""),
    "turtle": ("", "text/turtle"),
    "ttl": ("", "text/turtle"),
    "n3": ("", "text/n3"),
    "jsonld": ("", "application/ld+json"),
    "json-ld": ("", "application/ld+json"),
    "rdf": ("", "application/rdf+xml"),
    "rdfxml": ("", "application/rdf+xml"),
    "rdf+xml": ("", "application/rdf+xml"),
    "nt": ("", "application/n-triples"),
    "ntriples": ("", "application/n-triples"),
}


def offered(query_form: str) -> Mapping[str, str]:
    """The media types for an answer to a query of this form ("SELECT", "CONSTRUCT", …)."""
    return GRAPHS if query_form in GRAPH_FORMS else SOLUTIONS


def media_type(asked: str, accept: str | None, types: Mapping[str, str]) -> str | None:
    """The media type to answer with: what a parameter asks for, else by Accept; None for a 406."""
    if asked:
        # Unescaped in an address, the plus sign of a media type reads as a blank.
        name = asked.strip().lower().replace(" ", "+")
        name = NAMES.get(name, (name, name))[types is GRAPHS]
        return name if name in types else None
    return choose(accept, tuple(types), next(iter(types)), EXPANDED)
