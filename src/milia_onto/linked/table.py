"""The one table: the documents a thing has, their media types, the headers they are sent with.

The server, the rules for Apache, nginx and static hosts, and the tests are all made from it.
"""

from __future__ import annotations

from typing import NamedTuple

from milia_onto.model.formats import MEDIA_TYPES, media_type_of


class Variant(NamedTuple):
    """One form of a document: its suffix, its media type, and the types that also ask for it."""

    suffix: str
    media_type: str
    also: tuple[str, ...] = ()


RDFXML = Variant(".owl", "application/rdf+xml")
# A Turtle document is also a TriG and a Notation3 document, N-Triples are N-Quads, JSON-LD is JSON.
TURTLE = Variant(".ttl", "text/turtle", ("application/trig", "text/n3"))
JSONLD = Variant(".jsonld", "application/ld+json", ("application/json",))
NTRIPLES = Variant(".nt", "application/n-triples", ("application/n-quads",))
HTML = Variant(".html", "text/html", ("application/xhtml+xml",))
SSSOM = Variant(".sssom.tsv", "text/tab-separated-values")
SPARQL = Variant(".rq", "application/sparql-query")

RDF = (RDFXML, TURTLE, JSONLD, NTRIPLES)
# In the order of preference where a client has none. A browser states text/html; a client that
# names RDF and HTML alike can read RDF.
VARIANTS = (*RDF, SSSOM, SPARQL, HTML)
BY_SUFFIX = {variant.suffix: variant for variant in VARIANTS}
EXTRA = {"mappings": SSSOM, "query": SPARQL}
FORMATS = {
    "rdfxml": RDFXML,
    "turtle": TURTLE,
    "jsonld": JSONLD,
    "nt": NTRIPLES,
    "html": HTML,
}

MOMENT = "public, max-age=300"
DAY = "public, max-age=86400"
FOREVER = "public, max-age=31536000, immutable"
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
PROFILES = {
    "owl": "http://www.w3.org/ns/owl-profile/EL",
    "skos": "http://www.w3.org/2004/02/skos/core",
    "sssom": "https://w3id.org/sssom/",
}
CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
# A worker has the policy of its own answer: the query engine alone may compile WebAssembly.
ENGINE = "assets/engine.js"
ENGINE_CSP = "default-src 'none'; script-src 'wasm-unsafe-eval'; connect-src 'self'"
# What every answer carries. Scripts of other origins may read all of it (Fetch standard, CORS).
ALWAYS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Location, ETag, Link, Location, Retry-After, Vary",
    "Content-Security-Policy": CSP,
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
ALLOW = "GET, HEAD, OPTIONS"
PREFLIGHT = {
    "Allow": ALLOW,
    "Access-Control-Allow-Methods": ALLOW,
    "Access-Control-Allow-Headers": "Accept, If-Match, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
# Below a path of its own, so that a file of the site never shadows a resource.
WELL_KNOWN = {".well-known/void": "void.ttl"}
_OTHER_TYPES = {
    ".css": "text/css",
    ".html": HTML.media_type,
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".map": "application/json",
    ".png": "image/png",
    ".rq": SPARQL.media_type,
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
SUFFIX_TYPES = {**MEDIA_TYPES, **_OTHER_TYPES}


def content_type(path: str) -> str:
    """The Content-Type of a file by its suffix; text says that it is UTF-8 (RFC 9110, 8.3)."""
    return with_charset(media_type_of(path, SUFFIX_TYPES) or "application/octet-stream")


def with_charset(media_type: str) -> str:
    """A media type with its charset parameter where the type has one."""
    is_text = media_type.startswith("text/") or media_type == SPARQL.media_type
    return f"{media_type}; charset=utf-8" if is_text else media_type
