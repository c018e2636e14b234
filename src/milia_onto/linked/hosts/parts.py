"""What the rules of all hosts are made of, out of the table and the site."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from milia_onto.linked import links, table
from milia_onto.linked.answer import MEDIA_TYPE
from milia_onto.model.formats import FOLDER_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.linked.site import Site
    from milia_onto.linked.table import Variant

SUFFIXES = "|".join(re.escape(v.suffix) for v in table.VARIANTS)
# Things below these are told in the document of their whole.
WHOLES = r"(?:claim|mappings)/[^/]+"
# Files below a version that are no documents about a thing.
PLAIN_FILE = r"releases/[^/]+/(?!(?:base|skos)\.)"
# Pages are made anew with each release, also those about an old one.
NEVER_CHANGES = r"releases/.*(?:/SHA256SUMS|\.[a-z]+(?<!\.html))$"
# The rest of a query without the override: as it was, before and after it.
REST = (
    (rf"^{MEDIA_TYPE}=[^&]*&(.+)$", 1),
    (rf"^(.+)&{MEDIA_TYPE}=[^&]*$", 1),
    (rf"^(.+)&{MEDIA_TYPE}=[^&]*&(.+)$", 2),
)
_RDF = "|".join(re.escape(v.suffix) for v in table.RDF)
# "suffix:/stem" of a document to the profile it keeps to; the first that fits.
PROFILED = (
    (rf"~^{re.escape(table.SSSOM.suffix)}:", "sssom"),
    (rf"~^(?:{_RDF}):(?:/.*)?/skos$", "skos"),
    (rf"~^(?:{_RDF}):/(?!shapes|queries/)", "owl"),
)
NOT_ACCEPTABLE = "no form of this has a media type that was asked for; the Link header lists them"


def types() -> Iterator[tuple[str, str]]:
    """Suffix without its dot and media type of everything a site may hold."""
    known = {s: t for s, t in table.SUFFIX_TYPES.items() if s}
    known |= {v.suffix: v.media_type for v in table.VARIANTS}
    for suffix, media_type in sorted(known.items()):
        if suffix.count(".") == 1:
            yield suffix.removeprefix("."), media_type


def folder_types() -> Iterator[tuple[str, str]]:
    """How the path of a file ends whose folder says more than its suffix, and its media type."""
    for (folder, suffix), media_type in FOLDER_TYPES.items():
        yield rf"/{folder}/[^/]+{re.escape(suffix)}$", media_type


def has_charset(media_type: str) -> bool:
    """Whether the type is sent with its charset."""
    return table.with_charset(media_type) != media_type


def version_links(site: Site) -> Iterator[tuple[str, str]]:
    """IRI and links of each thing that has other versions or a replacement."""
    for thing in site.things.values():
        found = ", ".join(links.versions(thing, site))
        if found:
            yield thing.iri, found


def link(path: str, rel: str, variant: Variant) -> str:
    """A link to a form of a document."""
    return f'<{path}{variant.suffix}>; rel="{rel}"; type="{variant.media_type}"'


def quoted(text: str) -> str:
    """A text between double quotes, as both configuration languages write it."""
    escaped = text.replace('"', r"\"")
    return f'"{escaped}"'
