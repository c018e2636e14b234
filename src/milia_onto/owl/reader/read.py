"""From triples to axioms: the loop over the graph."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from .. import axioms as ax
from .. import vocabulary as v
from ..ontology import Axioms
from .annotations import Annotations
from .declarations import Vocabulary
from .errors import UnreadableError
from .expressions import Expressions
from .graph import Graph, Node
from .headers import read_headers
from .predicates import HANDLERS, assertion
from .types import BLANK_AXIOMS, typed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

_ANNOTATION_AXIOMS = (
    ax.AnnotationAssertion,
    ax.SubAnnotationPropertyOf,
    ax.AnnotationPropertyDomain,
    ax.AnnotationPropertyRange,
)


def read_axioms(triples: Iterable[Triple]) -> Axioms:
    """The axioms that the triples state, and the remainder (Mapping to RDF Graphs, 3).

    Repeated triples count once. A triple that no pattern of the mapping takes is in the
    remainder, together with the other triples of the axiom it would have been part of. Classes
    need no declaration to be read; properties do, because their kind decides the axiom.

    Raises NestingError or SharingError (both ReadError) on graphs made to be expensive.

    >>> from pyoxigraph import NamedNode, Triple
    >>> read_axioms([Triple(*map(NamedNode, ("urn:a", "urn:p", "urn:b")))]).remainder
    (<Triple ...>,)
    """
    return _Reading(Graph(triples)).result()


class _Reading:
    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.vocabulary = Vocabulary(graph)
        self.notes = Annotations(graph, self.vocabulary)
        self.headers = read_headers(graph, self.vocabulary, self.notes)
        self.read = Expressions(graph, self.vocabulary)
        # An axiom that is a blank node is annotated on that node, so what is said about it must
        # not be read as an annotation of an anonymous individual.
        self.blank_axioms = {
            node
            for node in graph.about
            if any(graph.objects[at] in BLANK_AXIOMS for at in graph.said(node, v.RDF_TYPE))
        }

    def result(self) -> Axioms:
        logical: list[ax.Axiom] = []
        annotations: list[ax.Axiom] = []
        declarations = list(self.vocabulary.implied)
        aside = self.notes.nodes | self.blank_axioms
        subjects, predicates = self.graph.subjects, self.graph.predicates
        for at, used in enumerate(self.graph.used):
            if used or (subjects[at] in aside and not self._is_blank_axiom(at)):
                continue
            for axiom in self._axioms(at, predicates[at]):
                if isinstance(axiom, ax.Declaration):
                    declarations.append(axiom)
                elif isinstance(axiom, _ANNOTATION_AXIOMS):
                    annotations.append(axiom)
                else:
                    logical.append(axiom)
        return Axioms(
            logical=tuple(logical),
            annotations=tuple(annotations),
            declarations=tuple(declarations),
            headers=self.headers,
            declared=self.vocabulary.declared,
            remainder=self.graph.remainder(),
        )

    def _is_blank_axiom(self, at: int) -> bool:
        return self.graph.objects[at] in BLANK_AXIOMS and self.graph.predicates[at] == v.RDF_TYPE

    def _axioms(self, at: int, predicate: str) -> list[ax.Axiom]:
        """The axioms whose main triple is the given one: one for each set of annotations."""
        trail = self.read.trail
        subject, value = self.graph.subjects[at], self.graph.objects[at]
        try:
            axiom = self._axiom(subject, predicate, value)
        except UnreadableError:
            trail.clear()
            return []
        trail.append(at)
        if axiom is None:
            self.graph.mark(trail)
            return []
        if subject in self.blank_axioms:
            sets = [self.notes.of_node(subject, trail)]
        else:
            sets = self.notes.sets(at, trail)
        self.graph.mark(trail)
        return [replace(axiom, annotations=found) for found in sets] or [axiom]

    def _axiom(self, subject: Node, predicate: str, value: Node) -> ax.Axiom | None:
        if predicate == v.RDF_TYPE:
            return typed(self.read, subject, value)
        handler = HANDLERS.get(predicate)
        if handler is not None:
            return handler(self.read, subject, value)
        return assertion(self.read, subject, predicate, value)
