"""Typed links (RFC 8288) between things, documents and versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.linked import table
from milia_onto.linked.site import address
from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.linked.resources import Resource
    from milia_onto.linked.site import Document, Site


def of_thing(thing: Resource, site: Site) -> str:
    """The Link header of the answer of a thing: where it is described, and its other versions."""
    links = [
        f'</{address(thing, v)}>; rel="describedby"; type="{v.media_type}"'
        for v in site.variants(thing)
    ]
    return ", ".join([*links, *versions(thing, site)])


def of_document(document: Document, site: Site) -> str:
    """The Link header of a document (RFC 6892 describes, RFC 6596 canonical, RFC 6906 profile)."""
    license_ = f'<{table.LICENSE}>; rel="license"'
    if document.about is None or document.variant is None:
        return license_
    thing, variant = document.about, document.variant
    links = [
        f'<{ns.OWN}{address(thing, variant)}>; rel="canonical"',
        f'<{thing.iri}>; rel="describes"',
        *(
            f'</{address(thing, v)}>; rel="alternate"; type="{v.media_type}"'
            for v in site.variants(thing)
            if v != variant
        ),
        license_,
    ]
    profile = profile_of(thing, variant)
    if profile:
        links.append(f'<{table.PROFILES[profile]}>; rel="profile"')
    return ", ".join([*links, *versions(thing, site)])


def profile_of(thing: Resource, variant: table.Variant) -> str:
    """The name of the profile that a document keeps to, "" for none."""
    if variant == table.SSSOM:
        return "sssom"
    if variant not in table.RDF or thing.kind in {"shape", "query"}:
        return ""
    return "skos" if thing.path.rsplit("/", 1)[-1] == "skos" else "owl"


def versions(thing: Resource, site: Site) -> Iterator[str]:
    """Where the versions before and after are (RFC 5829), and what replaces a withdrawn thing."""
    if thing.kind == "version":
        product = "/".join(thing.path.split("/")[2:])
        yield f'<{ns.OWN + product if product else ns.BASE}>; rel="latest-version"'
        before, after = site.neighbours(thing)
        if before:
            yield f'<{ns.OWN}{before}>; rel="predecessor-version"'
        if after:
            yield f'<{ns.OWN}{after}>; rel="successor-version"'
    elif thing.deprecated and thing.replaced_by:
        yield f'<{thing.replaced_by}>; rel="successor-version"'
