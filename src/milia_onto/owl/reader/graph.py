"""The graph being read: triples by number, with a mark on those that became part of an axiom."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ..vocabulary import RDF_FIRST, RDF_LIST, RDF_NIL, RDF_REST, RDF_TYPE
from .errors import SharingError, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterable

Node: TypeAlias = str | BlankNode | Literal | Triple
"""A term as it stands in an axiom: IRIs are strings, everything else is left as it is."""


class Graph:
    """Triples as columns, indexed by number; blank nodes also by what is said about them."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.position = {triple: at for at, triple in enumerate(dict.fromkeys(triples))}
        self.triples = list(self.position)
        self.used = bytearray(len(self.triples))
        self.subjects: list[Node] = []
        self.predicates: list[str] = []
        self.objects: list[Node] = []
        self.about: dict[Node, list[int]] = {}
        # Reading every triple twice is plenty unless blank nodes are shared on purpose.
        self.budget = 2 * len(self.triples) + 1000
        self._index()

    def _index(self) -> None:
        iris: dict[object, str] = {}
        about = self.about
        for at, (subject, predicate, value) in enumerate(self.triples):
            node: Node
            if type(subject) is BlankNode:
                node = subject
                about.setdefault(node, []).append(at)
            else:
                node = iris.get(subject) or iris.setdefault(subject, subject.value)
            self.subjects.append(node)
            name = iris.get(predicate) or iris.setdefault(predicate, predicate.value)
            self.predicates.append(name)
            if type(value) is NamedNode:
                value = iris.get(value) or iris.setdefault(value, value.value)  # noqa: PLW2901
            self.objects.append(value)

    def said(self, node: Node, predicate: str) -> list[int]:
        """The numbers of the triples that say this about a blank node."""
        return [at for at in self.about.get(node, ()) if self.predicates[at] == predicate]

    def spend(self, amount: int) -> None:
        """Count nodes read, so that the axioms stay linear in the size of the graph.

        Raises SharingError where they would not.
        """
        self.budget -= amount
        if self.budget < 0:
            raise SharingError(
                "blank nodes are shared by so many expressions that the axioms would be larger "
                "than the graph; write shared expressions out, or name them as classes"
            )

    def items(self, head: Node, trail: list[int]) -> tuple[Node, ...]:
        """The members of an RDF list, its triples added to the trail (Mapping to RDF, Table 3).

        Raises UnreadableError when the list is malformed: forked, cyclic, open or not blank.
        """
        found: list[Node] = []
        seen: set[Node] = set()
        while head != RDF_NIL:
            first, rest = self.said(head, RDF_FIRST), self.said(head, RDF_REST)
            if len(first) != 1 or len(rest) != 1 or head in seen:
                raise UnreadableError
            seen.add(head)
            trail += (*first, *rest)
            trail.extend(at for at in self.said(head, RDF_TYPE) if self.objects[at] == RDF_LIST)
            found.append(self.objects[first[0]])
            head = self.objects[rest[0]]
        self.spend(len(found))
        return tuple(found)

    def mark(self, trail: list[int]) -> None:
        """Mark the triples as part of an axiom and empty the trail."""
        for at in trail:
            self.used[at] = 1
        trail.clear()

    def remainder(self) -> tuple[Triple, ...]:
        """The triples that are part of no axiom, in their order."""
        return tuple(t for t, used in zip(self.triples, self.used, strict=True) if not used)
