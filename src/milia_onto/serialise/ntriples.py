"""N-Triples: sorted lines, so that a diff shows what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple


def ntriples(triples: Iterable[Triple]) -> bytes:
    """The graph as N-Triples, one sorted line a triple (RDF 1.1 N-Triples)."""
    return "".join(sorted(f"{triple} .\n" for triple in triples)).encode()
