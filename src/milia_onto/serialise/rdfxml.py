"""RDF/XML: what the OWL API family and the OBO tools read first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Triple

    from milia_onto.model.prefixes import Prefixes


def rdfxml(triples: Sequence[Triple], prefixes: Prefixes) -> bytes:
    """The graph as RDF/XML, grouped by subject in the order of ``triples`` (stable if that is)."""
    names = {row.name: row.namespace for row in prefixes.rows}
    return ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=names) or b""
