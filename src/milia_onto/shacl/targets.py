"""Targets (2.1.3): which nodes a shape looks at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from milia_onto.shacl import vocabulary as v
from milia_onto.shacl.graph import refuse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from milia_onto.shacl.data import Data
    from milia_onto.shacl.graph import ShapesGraph
    from milia_onto.shacl.model import Term


class Target(Protocol):
    """One target of a shape."""

    def nodes(self, data: Data, /) -> Iterable[Term]:
        """The focus nodes; the same may come twice."""


@dataclass(frozen=True, slots=True)
class TargetNode:
    """sh:targetNode (2.1.3.1), whether it is in the data graph or not."""

    node: Term

    def nodes(self, _data: Data, /) -> Iterable[Term]:
        """The node."""
        return (self.node,)


@dataclass(frozen=True, slots=True)
class TargetClass:
    """sh:targetClass (2.1.3.2) and implicit class targets (2.1.3.3)."""

    cls: ox.NamedNode

    def nodes(self, data: Data, /) -> Iterable[Term]:
        """The SHACL instances of the class."""
        return data.instances(self.cls)


@dataclass(frozen=True, slots=True)
class TargetSubjectsOf:
    """sh:targetSubjectsOf (2.1.3.4)."""

    predicate: ox.NamedNode

    def nodes(self, data: Data, /) -> Iterable[Term]:
        """The subjects of the predicate."""
        return data.objects(self.predicate)


@dataclass(frozen=True, slots=True)
class TargetObjectsOf:
    """sh:targetObjectsOf (2.1.3.5)."""

    predicate: ox.NamedNode

    def nodes(self, data: Data, /) -> Iterable[Term]:
        """The objects of the predicate."""
        return data.subjects(self.predicate)


def read_targets(graph: ShapesGraph, shape: Term) -> Iterator[Target]:
    """All targets of a shape. Raises ContentError for one that is ill-formed."""
    for term in graph.values(shape, "targetNode"):
        if isinstance(term, ox.BlankNode):
            raise refuse(shape, "has a blank node as sh:targetNode", "give it an IRI")
        yield TargetNode(term)
    yield from map(TargetClass, graph.iris(shape, "targetClass"))
    if isinstance(shape, ox.NamedNode) and v.CLASS in graph.types(shape):
        yield TargetClass(shape)
    yield from map(TargetSubjectsOf, graph.iris(shape, "targetSubjectsOf"))
    yield from map(TargetObjectsOf, graph.iris(shape, "targetObjectsOf"))
