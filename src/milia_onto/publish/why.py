"""Why a term stands where it stands: a minimal set of axioms for each inferred parent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from milia_onto.model import namespaces as ns
from milia_onto.owl.justify import justify_subsumption
from milia_onto.owl.manchester import render
from milia_onto.owl.reader import read_axioms

if TYPE_CHECKING:
    from milia_onto.publish.lookup import Index


def placements(ntriples: bytes, index: Index, term: str) -> list[str]:
    """Lines that say for each direct parent of ``term`` whether it was asserted or follows.

    ``term`` is the id of a class in the index; a parent that follows is told with its axioms.
    """
    iri = _expand(index, term)
    triples = [q.triple for q in ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES)]
    inferred = _inferred(triples)
    placed = {(s, o) for s, o in inferred}
    kept = [t for t in triples if _pair(t) not in placed or t.predicate != ns.RDFS_SUBCLASSOF]
    axioms = read_axioms(kept).logical
    lines = []
    for parent in sorted(o for s, o in inferred if s == iri):
        lines.append(f"{index.label(term)} is a kind of {_label(index, parent)}, inferred from:")
        for axiom in justify_subsumption(axioms, iri, parent):
            lines.append(f"  {render(axiom, lambda name: _label(index, name))}")
    return lines


def _expand(index: Index, curie: str) -> str:
    name, _, local = curie.partition(":")
    return index.prefixes.get(name, f"{name}:") + local


def _label(index: Index, iri: str) -> str:
    return index.label(index.compressed(iri))


def _pair(triple: ox.Triple) -> tuple[str, str]:
    return (
        str(getattr(triple.subject, "value", "")),
        str(getattr(triple.object, "value", "")),
    )


def _inferred(triples: list[ox.Triple]) -> set[tuple[str, str]]:
    """The (sub, super) pairs that the release marks as inferred."""
    marked = {t.subject for t in triples if t.predicate == ns.IS_INFERRED}
    ends: dict[object, dict[ox.NamedNode, str]] = {node: {} for node in marked}
    for triple in triples:
        if triple.subject in marked:
            ends[triple.subject][triple.predicate] = _pair(triple)[1]
    return {(e[ns.OWL_ANNOTATED_SOURCE], e[ns.OWL_ANNOTATED_TARGET]) for e in ends.values()}
