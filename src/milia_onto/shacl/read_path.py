"""Nodes of a shapes graph to property paths (2.3.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from milia_onto.shacl import vocabulary as v
from milia_onto.shacl.graph import refuse
from milia_onto.shacl.paths import Alternative, Inverse, Optional, Predicate, Repeated, Sequence

if TYPE_CHECKING:
    from milia_onto.model.errors import ContentError
    from milia_onto.shacl.graph import ShapesGraph
    from milia_onto.shacl.model import Term
    from milia_onto.shacl.paths import Path


def read_path(graph: ShapesGraph, shape: Term) -> Path | None:
    """The path of a property shape, None for a node shape. Raises ContentError if ill-formed."""
    node = graph.one(shape, "path")
    return None if node is None else _PathReader(graph, shape).path(node, (), inverse=False)


class _PathReader:
    def __init__(self, graph: ShapesGraph, shape: Term) -> None:
        self._graph = graph
        self._shape = shape

    def path(self, node: Term, above: tuple[Term, ...], *, inverse: bool) -> Path:
        """The path of a node, walked backwards where ``inverse``; ``above`` must not come again."""
        if isinstance(node, ox.NamedNode) and node != v.NIL:
            return Inverse(node) if inverse else Predicate(node)
        if isinstance(node, ox.Literal) or node in above:
            raise self._ill_formed(node)
        inside = (*above, node)
        is_list = bool(self._graph.objects(node, v.FIRST))
        rules = [(kind, inner) for kind in v.PATHS for inner in self._graph.values(node, kind)]
        # A node that can be read in two ways satisfies not "exactly one" of the rules.
        if len(rules) + is_list != 1:
            raise self._ill_formed(node)
        if is_list:
            steps = self._members(node, inside, inverse=inverse)
            return Sequence(steps[::-1] if inverse else steps)
        kind, inner = rules[0]
        if kind == "alternativePath":
            return Alternative(self._members(inner, inside, inverse=inverse))
        if kind == "inversePath":
            return self.path(inner, inside, inverse=not inverse)
        path = self.path(inner, inside, inverse=inverse)
        if kind == "zeroOrOnePath":
            return Optional(path)
        return Repeated(path, with_itself=kind == "zeroOrMorePath")

    def _members(self, head: Term, inside: tuple[Term, ...], *, inverse: bool) -> tuple[Path, ...]:
        members = self._graph.items(self._shape, head)
        if len(members) < 2:
            raise self._ill_formed(head)
        return tuple(self.path(member, inside, inverse=inverse) for member in members)

    def _ill_formed(self, node: Term) -> ContentError:
        return refuse(self._shape, f"has a path that is not well-formed at {node}")
