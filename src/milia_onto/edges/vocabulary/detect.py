"""Which format a file is in, by its first bytes and its name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from milia_onto.edges.vocabulary.source import head
from milia_onto.model.errors import UsageError
from milia_onto.model.formats import format_of_path

if TYPE_CHECKING:
    from pathlib import Path

RDF = ("turtle", "rdfxml", "jsonld", "nt", "nquads", "trig", "n3")
FORMATS = ("tsv", "csv", "sssom", "obo", "obograph", "fhir", *RDF)
SSSOM = re.compile(rb"^(?:#.*\r?\n)*(?:.*\t)?subject_id\t", re.MULTILINE)
FHIR, GRAPH = re.compile(rb'"resourceType"'), re.compile(rb'"graphs"\s*:')
TURTLE = re.compile(rb"^\s*(?:@prefix|@base|PREFIX|BASE)\b", re.MULTILINE | re.IGNORECASE)
JSON = re.compile(rb"\{|\[\s*[\[{\"\]]")
OBO = re.compile(rb"^(?:format-version:|\[Term\])", re.MULTILINE)


def format_of(path: Path) -> str:
    """The name of the format. Raises UsageError where neither content nor name tells it."""
    start = head(path).lstrip(b"\xef\xbb\xbf \t\r\n")
    name = path.name.lower().removesuffix(".gz")
    by_name = format_of_path(name)
    if JSON.match(start):
        return _json(path, start, jsonld=bool(by_name and by_name.name == "jsonld"))
    if start.startswith((b"Prefix(", b"Ontology(")):
        fix = "convert it to RDF, for instance with ROBOT"
        raise UsageError("OWL functional syntax is not read", place=str(path), fix=fix)
    found = _text(start, name, by_name.name if by_name else "")
    if not found:
        fix = f"say --format {{{','.join(FORMATS)}}}"
        raise UsageError("the format cannot be told", place=str(path), fix=fix)
    return found


def _text(start: bytes, name: str, rdf: str) -> str:
    """The format of what is no JSON: by content where it tells, else by name, else by the row."""
    first = start.split(b"\n", 1)[0]
    signs = (
        ("" if rdf in {"nt", "nquads", "turtle", "trig"} else "rdfxml", start.startswith(b"<")),
        ("obo", OBO.search(start) or name.endswith(".obo")),
        ("sssom", SSSOM.search(start) or name.endswith(".sssom.tsv")),
        (rdf, True),
        ("turtle", TURTLE.search(start)),
        (name[-3:], name.endswith((".tsv", ".csv"))),
        ("tsv", b"\t" in first),
        ("csv", b"," in first or b";" in first),
    )
    return next((form for form, sign in signs if form and sign), "")


def _json(path: Path, start: bytes, *, jsonld: bool) -> str:
    if jsonld or b'"@context"' in start or b'"@graph"' in start:
        return "jsonld"
    if GRAPH.search(start):
        return "obograph"
    # A FHIR resource may say what it is behind its text.
    if FHIR.search(start) or FHIR.search(head(path, 1 << 20)):
        return "fhir"
    fix = "say --format obograph, fhir or jsonld"
    raise UsageError("which JSON this is cannot be told", place=str(path), fix=fix)
