"""Ontology headers (Mapping to RDF, 3.1.2, Table 4, and 3.2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Triple

from ..ontology import OntologyHeader
from ..vocabulary import IMPORTS, ONTOLOGY, RDF_TYPE, VERSION_IRI

if TYPE_CHECKING:
    from .annotations import Annotations
    from .declarations import Vocabulary
    from .graph import Graph, Node


def read_headers(
    graph: Graph, vocabulary: Vocabulary, notes: Annotations
) -> tuple[OntologyHeader, ...]:
    """One header for each node typed as an ontology; the triples it takes are marked.

    What is said about the node with properties that do not annotate is left for the axioms.
    """
    about: dict[Node, list[int]] = {
        graph.subjects[at]: []
        for at, value in enumerate(graph.objects)
        if value == ONTOLOGY and graph.predicates[at] == RDF_TYPE
    }
    if about:
        for at, subject in enumerate(graph.subjects):
            if subject in about:
                about[subject].append(at)
    return tuple(_header(graph, vocabulary, notes, said) for said in about.values())


def _header(
    graph: Graph, vocabulary: Vocabulary, notes: Annotations, said: list[int]
) -> OntologyHeader:
    versions: list[str] = []
    imports: list[str] = []
    annotations = []
    trail: list[int] = []
    for at in said:
        predicate, value = graph.predicates[at], graph.objects[at]
        if predicate == IMPORTS and isinstance(value, str):
            imports.append(value)
        elif predicate == VERSION_IRI and isinstance(value, str) and not versions:
            versions.append(value)
        elif predicate in vocabulary.annotation and not isinstance(value, Triple):
            annotations.append(notes.annotation(at, value, trail))
        elif predicate != RDF_TYPE or value != ONTOLOGY:
            continue
        trail.append(at)
    graph.mark(trail)
    node = graph.subjects[said[0]]
    return OntologyHeader(
        iri=node if isinstance(node, str) else None,
        version_iri=next(iter(versions), None),
        imports=tuple(imports),
        annotations=tuple(annotations),
    )
