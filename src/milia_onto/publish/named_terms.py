"""What a release says of the terms that somebody else's data names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from pyoxigraph import NamedNode

from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from collections.abc import Iterable

TOLD = {ns.RDF_TYPE, ns.RDFS_LABEL, ns.OWL_DEPRECATED}


def named_terms(data: Iterable[ox.Triple], release: bytes) -> list[ox.Triple]:
    """Type, label and deprecation of each term of the release that ``data`` names as an object.

    ``release`` is its ``milia.nt``. Without them a parent or a mapped term would look unknown.
    """
    named = {t.object for t in data if isinstance(t.object, NamedNode)}
    quads = ox.parse(release, format=ox.RdfFormat.N_TRIPLES)
    return [q.triple for q in quads if q.predicate in TOLD and q.subject in named]


def placed_terms(release: bytes) -> set[str]:
    """The IRIs of the classes in the tree of a release: every term but those it only speaks with.

    ``release`` is its ``milia.nt``.
    """
    quads = ox.parse(release, format=ox.RdfFormat.N_TRIPLES)
    pairs = ((q.subject, q.object) for q in quads if q.predicate == ns.RDFS_SUBCLASSOF)
    return {node.value for pair in pairs for node in pair if isinstance(node, NamedNode)}
