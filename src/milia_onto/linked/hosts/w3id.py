"""The ``.htaccess`` that w3id.org keeps: it negotiates, whatever the host of the files can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.linked import table
from milia_onto.linked.hosts import accept, parts, rewrite
from milia_onto.linked.hosts.rewrite import condition, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.linked.site import Site


def htaccess(site: Site, host: str) -> str:
    """The file for the folder ``milia`` of w3id.org; the documents are below ``host``."""
    found = accept.candidates(site.default)
    there = {
        table.SSSOM: [condition("%{ENV:STEM}", "^mappings/")],
        table.SPARQL: [condition("%{ENV:STEM}", "^queries/")],
    }
    lines = [
        "# Milia Ontology, https://w3id.org/milia: things are redirected to their documents.",
        "# Made by milia-onto site.",
        "Options -MultiViews",
        f'ErrorDocument 406 "{parts.NOT_ACCEPTABLE}"',
        "RewriteEngine On",
        *_thing(),
        *rewrite.asked(found),
        *rewrite.weights(found),
        *rewrite.best(found, there),
        *rewrite.rest_of_query(),
        *rewrite.see_other(f"{host}/"),
        "# What is no thing is a document, or the host knows.",
        rule("R=303", "NE", "L", where="^(.*)$", to=f"{host}/$1"),
        "Header always set Access-Control-Allow-Origin *",
        "Header always set Vary Accept env=STEM",
    ]
    return "\n".join(lines) + "\n"


def _thing() -> Iterator[str]:
    """Things by the form of their names: no suffix, or a part of something."""
    yield rule("E=STEM:milia", "E=PAGE:index", where="^$")
    known = "MILIA_[0-9]{7}|(?:claim|source|mappings|vocab|queries|shapes)/[^/.]+|shapes|project"
    versions = r"(?:releases/[0-9-]+/)?(?:base|skos)|releases/[0-9-]+"
    yield rule("E=STEM:$1", "E=PAGE:$1", where=f"^({known}|{versions})$")
    yield rule("E=STEM:$1", "E=PAGE:$1", "E=PART:#$2", where=f"^({parts.WHOLES})/([^/]+)$")
