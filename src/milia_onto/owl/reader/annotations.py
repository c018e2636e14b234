"""Annotations of axioms and of annotations (Mapping to RDF, 3.2.2 and 3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from ..axioms import Annotation, AnnotationValue
from ..vocabulary import (
    ANNOTATED_PROPERTY,
    ANNOTATED_SOURCE,
    ANNOTATED_TARGET,
    ANNOTATION,
    AXIOM,
    RDF_TYPE,
)
from .errors import NestingError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .declarations import Vocabulary
    from .graph import Graph, Node

MAX_DEPTH = 100
"""Nesting beyond this is refused: hand-written ontologies stay under ten."""


class Annotations:
    """The annotation nodes of a graph, found by the triple they annotate."""

    def __init__(self, graph: Graph, vocabulary: Vocabulary) -> None:
        self._graph = graph
        self._vocabulary = vocabulary
        self._of: dict[int, list[Node]] = {}
        self.nodes: set[Node] = set()
        for node in graph.about:
            if any(graph.objects[at] in (AXIOM, ANNOTATION) for at in graph.said(node, RDF_TYPE)):
                self.nodes.add(node)
                target = self._target(node)
                if target is not None:
                    self._of.setdefault(target, []).append(node)

    def _target(self, node: Node) -> int | None:
        """The number of the asserted triple that the node is about, if there is exactly one."""
        ends = []
        for predicate in (ANNOTATED_SOURCE, ANNOTATED_PROPERTY, ANNOTATED_TARGET):
            said = self._graph.said(node, predicate)
            if len(said) != 1:
                return None
            ends.append(self._graph.triples[said[0]].object)
        source, name, target = ends
        if isinstance(source, Literal | Triple) or not isinstance(name, NamedNode):
            return None
        return self._graph.position.get(Triple(source, name, target))

    def sets(self, at: int, trail: list[int]) -> list[tuple[Annotation, ...]]:
        """One set of annotations for each node about the triple, their triples on the trail.

        Two nodes about one triple are two axioms that differ in their annotations.
        """
        if at not in self._of:
            return []
        return [self.of_node(node, trail) for node in self._of[at]]

    def of_node(self, node: Node, trail: list[int], depth: int = 0) -> tuple[Annotation, ...]:
        """What the annotation properties say about a blank node; its own shape on the trail.

        Raises NestingError where annotations of annotations are too deep.
        """
        if depth > MAX_DEPTH:
            raise NestingError(f"annotations nested more than {MAX_DEPTH} deep at {node}")
        found = []
        for at in self._graph.about[node]:
            value = self._graph.objects[at]
            predicate = self._graph.predicates[at]
            if predicate in self._vocabulary.annotation and not isinstance(value, Triple):
                nested = self._nested(at, trail, depth)
                found.append(Annotation(predicate, value, tuple(nested)))
                trail.append(at)
            elif node in self.nodes and _is_shape(predicate, value):
                trail.append(at)
        return tuple(found)

    def _nested(self, at: int, trail: list[int], depth: int) -> Iterable[Annotation]:
        for node in self._of.get(at, ()):
            yield from self.of_node(node, trail, depth + 1)

    def annotation(self, at: int, value: AnnotationValue, trail: list[int]) -> Annotation:
        """The triple as an annotation of an ontology, with its own annotations."""
        return Annotation(self._graph.predicates[at], value, tuple(self._nested(at, trail, 0)))


def _is_shape(predicate: str, value: Node) -> bool:
    if predicate == RDF_TYPE:
        return value in (AXIOM, ANNOTATION)
    return predicate in (ANNOTATED_SOURCE, ANNOTATED_PROPERTY, ANNOTATED_TARGET)
