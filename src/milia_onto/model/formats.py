"""RDF serialisations and query result forms: name, suffix and media type, once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Format(NamedTuple):
    """One serialisation: the name used by ``--to`` and ``--format``, its suffixes, its type."""

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    holds: str


FORMATS = (
    Format("turtle", (".ttl", ".turtle"), "text/turtle", "graph"),
    Format("jsonld", (".jsonld",), "application/ld+json", "dataset"),
    Format("rdfxml", (".owl", ".rdf", ".xml"), "application/rdf+xml", "graph"),
    Format("nt", (".nt",), "application/n-triples", "graph"),
    Format("nquads", (".nq",), "application/n-quads", "dataset"),
    Format("trig", (".trig",), "application/trig", "dataset"),
    Format("n3", (".n3",), "text/n3", "graph"),
)
BY_NAME = {entry.name: entry for entry in FORMATS}
MEDIA_TYPES = {
    **{suffix: entry.media_type for entry in FORMATS for suffix in entry.suffixes},
    ".tsv": "text/tab-separated-values",
    # Only OMOP's tables end so; what OMOP calls csv has tabs between its cells.
    ".csv": "text/tab-separated-values",
    ".json": "application/json",
    ".md": "text/markdown",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".parquet": "application/vnd.apache.parquet",
    "": "text/plain",
}
# What a folder of the release holds, where the suffix alone does not say it.
FOLDER_TYPES = {("fhir", ".json"): "application/fhir+json"}


def media_type_of(path: str, types: Mapping[str, str] = MEDIA_TYPES) -> str | None:
    """The media type of a file by its folder and suffix, or None for a suffix not in ``types``."""
    folder, _, name = path.rpartition("/")
    suffix = "." + name.rsplit(".", 1)[1] if "." in name else ""
    kind = FOLDER_TYPES.get((folder.rpartition("/")[2], suffix))
    return kind or types.get(suffix)


def format_of_path(path: str) -> Format | None:
    """The serialisation a file name ends in, or None where the ending says nothing."""
    lower = path.lower()
    return next((f for f in FORMATS if lower.endswith(f.suffixes)), None)
