"""Reading single nodes: values, lists, individuals, literals and properties."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pyoxigraph import BlankNode, Literal

from .. import vocabulary as v
from ..ranges import Individual, ObjectInverseOf, ObjectPropertyExpression
from .errors import NestingError, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable

    from .declarations import Vocabulary
    from .graph import Graph, Node

MAX_DEPTH = 100
"""Nesting beyond this is refused: hand-written expressions stay under ten."""

_Expression = TypeVar("_Expression")


class Terms:
    """Reads nodes of a graph; the triples they took are on the trail.

    Each method raises UnreadableError when the node is not what is asked for.
    """

    def __init__(self, graph: Graph, vocabulary: Vocabulary) -> None:
        self.graph = graph
        self.vocabulary = vocabulary
        self.trail: list[int] = []
        self._open: list[Node] = []

    def take(self, node: Node, predicate: str) -> Node:
        """The one value of the predicate."""
        said = self.graph.said(node, predicate)
        if len(said) != 1:
            raise UnreadableError
        self.trail.append(said[0])
        return self.graph.objects[said[0]]

    def take_types(self, node: Node, required: str | None, allowed: frozenset[str]) -> None:
        """Put the type triples of a blank node on the trail; the required one must be there."""
        found = False
        for at in self.graph.said(node, v.RDF_TYPE):
            if self.graph.objects[at] in allowed:
                self.trail.append(at)
                found = found or required in (None, self.graph.objects[at])
        if not found:
            raise UnreadableError

    def items(self, head: Node) -> tuple[Node, ...]:
        """The members of a list."""
        return self.graph.items(head, self.trail)

    def iri(self, node: Node) -> str:
        """The node, which must be an IRI."""
        if not isinstance(node, str):
            raise UnreadableError
        return node

    def individual(self, node: Node) -> Individual:
        """An individual: any IRI or blank node."""
        if not isinstance(node, str | BlankNode):
            raise UnreadableError
        return node

    def literal(self, node: Node) -> Literal:
        """The node, which must be a literal."""
        if not isinstance(node, Literal):
            raise UnreadableError
        return node

    def object_property(self, node: Node) -> ObjectPropertyExpression:
        """A declared object property or the inverse of one (Table 11)."""
        if isinstance(node, str):
            if node not in self.vocabulary.objects:
                raise UnreadableError
            return node
        inverted = self.iri(self.take(node, v.INVERSE_OF))
        types = self.graph.said(node, v.RDF_TYPE)
        self.trail += (at for at in types if self.graph.objects[at] == v.OBJECT_PROPERTY)
        if inverted not in self.vocabulary.objects:
            raise UnreadableError
        return ObjectInverseOf(inverted)

    def data_property(self, node: Node) -> str:
        """A declared data property."""
        if node not in self.vocabulary.data:
            raise UnreadableError
        return self.iri(node)

    def enter(self, node: Node, read: Callable[[Node], _Expression]) -> _Expression:
        """Read a blank node that stands for an expression, inside those already open.

        Raises UnreadableError where it is open already or says nothing, NestingError where too
        many are open, SharingError where it was read too often.
        """
        if node not in self.graph.about or node in self._open:
            raise UnreadableError
        if len(self._open) >= MAX_DEPTH:
            raise NestingError(f"expressions nested more than {MAX_DEPTH} deep at {node}")
        self.graph.spend(1)
        self._open.append(node)
        try:
            return read(node)
        finally:
            self._open.pop()
