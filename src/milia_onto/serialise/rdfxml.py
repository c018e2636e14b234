"""RDF/XML: what the OWL API family and the OBO tools read first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Triple

    from milia_onto.model.prefixes import Prefixes

ROOT = re.compile(rb"<rdf:RDF((?: xmlns:[\w-]+=\"[^\"]*\")*)>")
DECLARATION = re.compile(rb" xmlns:[\w-]+=\"[^\"]*\"")


def rdfxml(triples: Sequence[Triple], prefixes: Prefixes) -> bytes:
    """The graph as RDF/XML, grouped by subject in the order of ``triples`` (stable if that is)."""
    names = {row.name: row.namespace for row in prefixes.rows}
    data = ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=names) or b""
    return ROOT.sub(_in_order, data, count=1).rstrip(b"\n") + b"\n"


def _in_order(match: re.Match[bytes]) -> bytes:
    # The library keeps prefixes in a hash map, so their order changes from run to run.
    declarations = sorted(DECLARATION.findall(match[1]))
    return b"<rdf:RDF" + b"".join(declarations) + b">"
