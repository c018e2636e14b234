"""SHACL property paths (2.3.1), each followed from a whole set of nodes at once."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import pyoxigraph as ox

    from milia_onto.shacl.data import Data
    from milia_onto.shacl.model import Term

    Groups = Mapping[Term, Collection[Term]]


class Path(Protocol):
    """A property path."""

    @property
    def iri(self) -> str:
        """The IRI of a path that is one predicate, "" for any other."""

    def follow(self, nodes: Collection[Term], data: Data) -> Groups:
        """The values of each node, each once; nodes without values are left out."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate path (2.3.1.1)."""

    predicate: ox.NamedNode

    @property
    def iri(self) -> str:
        """The predicate."""
        return self.predicate.value

    def follow(self, nodes: Collection[Term], data: Data) -> Groups:
        """The objects of each node."""
        return _picked(nodes, data.objects(self.predicate))


@dataclass(frozen=True, slots=True)
class Inverse:
    """An inverse path (2.3.1.4) of one predicate; the reader brings all others to this form."""

    predicate: ox.NamedNode
    iri: str = ""

    def follow(self, nodes: Collection[Term], data: Data) -> Groups:
        """The subjects of each node."""
        return _picked(nodes, data.subjects(self.predicate))


@dataclass(frozen=True, slots=True)
class Sequence:
    """A sequence path (2.3.1.2)."""

    steps: tuple[Path, ...]
    iri: str = ""

    def follow(self, nodes: Collection[Term], data: Data) -> Groups:
        """The values at the end of all steps."""
        groups = self.steps[0].follow(nodes, data)
        for step in self.steps[1:]:
            further = step.follow(_members(groups.values()), data)
            groups = {
                node: _members(further.get(value, ()) for value in values)
                for node, values in groups.items()
            }
        return {node: values for node, values in groups.items() if values}


@dataclass(frozen=True, slots=True)
class Alternative:
    """An alternative path (2.3.1.3)."""

    paths: tuple[Path, ...]
    iri: str = ""

    def follow(self, nodes: Collection[Term], data: Data) -> Groups:
        """The values of all paths."""
        parts = [path.follow(nodes, data) for path in self.paths]
        found = _members(parts)
        return {node: _members(part.get(node, ()) for part in parts) for node in found}


@dataclass(frozen=True, slots=True)
class Optional:
    """A zero-or-one path (2.3.1.7)."""

    path: Path
    iri: str = ""

    def follow(self, nodes: Collection[Term], data: Data) -> Groups:
        """Each node itself and its values."""
        groups = self.path.follow(nodes, data)
        return {node: _members(((node,), groups.get(node, ()))) for node in nodes}


@dataclass(frozen=True, slots=True)
class Repeated:
    """A zero-or-more (2.3.1.5) or one-or-more path (2.3.1.6)."""

    path: Path
    with_itself: bool
    iri: str = ""

    def follow(self, nodes: Collection[Term], data: Data) -> Groups:
        """All that is reached by steps along the path."""
        edges: dict[Term, Collection[Term]] = {}
        frontier: Collection[Term] = nodes
        while frontier:
            found = self.path.follow(frontier, data)
            edges |= {node: found.get(node, ()) for node in frontier}
            frontier = [node for node in _members(found.values()) if node not in edges]
        groups = {node: self._reached(node, edges) for node in nodes}
        return {node: values for node, values in groups.items() if values}

    def _reached(self, start: Term, edges: Groups) -> Collection[Term]:
        reached = dict.fromkeys([start] if self.with_itself else edges[start])
        waiting = list(reached)
        while waiting:
            for node in edges[waiting.pop()]:
                if node not in reached:
                    reached[node] = None
                    waiting.append(node)
        return reached


def _picked(nodes: Collection[Term], relation: Groups) -> Groups:
    if len(nodes) > len(relation):
        wanted = nodes if isinstance(nodes, set | frozenset | dict) else frozenset(nodes)
        return {node: values for node, values in relation.items() if node in wanted}
    return {node: relation[node] for node in nodes if node in relation}


def _members(groups: Iterable[Iterable[Term]]) -> dict[Term, None]:
    """Each member of the groups once; a dict because its order does not change between runs."""
    return dict.fromkeys(chain.from_iterable(groups))
