"""The data graph, one predicate at a time: each is read from the store once and remembered.

Asking by predicate, not by node or by shape, keeps the time linear in the graph: a store takes
microseconds for each term that it hands out, so no triple may be handed out twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from milia_onto.owl.closure import reachable
from milia_onto.shacl import vocabulary as v

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set

    from milia_onto.shacl.model import Term

    Groups = Mapping[Term, Collection[Term]]

GRAPH = ox.DefaultGraph()


@dataclass(frozen=True)
class Values:
    """The value nodes of focus nodes (2.1.1); a focus node without any is not in ``groups``."""

    groups: Groups

    @cached_property
    def distinct(self) -> Set[Term]:
        """Each value node once."""
        return frozenset(value for group in self.groups.values() for value in group)

    def pairs(self) -> Iterator[tuple[Term, Term]]:
        """Each focus node with each of its value nodes."""
        return ((focus, value) for focus, group in self.groups.items() for value in group)


class Data:
    """The default graph of a store. Nothing of it is changed, and it must not change meanwhile."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._objects: dict[ox.NamedNode, Groups] = {}
        self._subjects: dict[ox.NamedNode, Groups] = {}
        self._instances: dict[ox.NamedNode, Set[Term]] = {}

    def objects(self, predicate: ox.NamedNode) -> Groups:
        """The objects of a predicate by subject."""
        if predicate not in self._objects:
            quads = self._store.quads_for_pattern(None, predicate, None, GRAPH)
            self._objects[predicate] = _grouped((q.subject, q.object) for q in quads)
        return self._objects[predicate]

    def subjects(self, predicate: ox.NamedNode) -> Groups:
        """The subjects of a predicate by object."""
        if predicate not in self._subjects:
            groups = self.objects(predicate).items()
            pairs = ((value, subject) for subject, values in groups for value in values)
            self._subjects[predicate] = _grouped(pairs)
        return self._subjects[predicate]

    def properties(self, node: Term) -> Iterator[tuple[ox.NamedNode, Term]]:
        """The predicates and objects of a node."""
        if not isinstance(node, ox.Literal):
            for quad in self._store.quads_for_pattern(node, None, None, GRAPH):
                yield quad.predicate, quad.object  # type: ignore[misc]

    def instances(self, cls: ox.NamedNode) -> Set[Term]:
        """The SHACL instances of a class (1.4)."""
        if cls not in self._instances:
            below, typed = self.subjects(v.SUBCLASS_OF), self.subjects(v.TYPE)
            kinds = reachable([cls], below)
            self._instances[cls] = {node for kind in kinds for node in typed.get(kind, ())}
        return self._instances[cls]


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> Groups:
    groups: dict[Term, list[Term]] = {}
    for first, second in pairs:
        groups.setdefault(first, []).append(second)
    return groups


def holding(expression: str, rows: Sequence[Sequence[Term]]) -> Iterator[int]:
    """The numbers of the rows for which a SPARQL expression over ?v0, ?v1 … returns true.

    Comparison and regular expressions are defined by SPARQL, so SPARQL evaluates them. A row
    must not hold a blank node.
    """
    if not rows:
        return iter(())
    names = " ".join(f"?v{column}" for column in range(len(rows[0])))
    table = " ".join(f"({i} {' '.join(map(str, row))})" for i, row in enumerate(rows))
    query = f"SELECT ?i {{ VALUES (?i {names}) {{ {table} }} FILTER({expression}) }}"
    solutions = ox.Store().query(query)
    return (int(solution[0].value) for solution in solutions)  # type: ignore[union-attr]
