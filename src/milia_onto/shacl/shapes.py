"""A shapes graph to shapes. Whatever of it would not be looked at is an error, never ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from milia_onto.model.errors import ContentError
from milia_onto.shacl import vocabulary as v
from milia_onto.shacl.graph import ShapesGraph, refuse
from milia_onto.shacl.model import Shapes
from milia_onto.shacl.reader import KNOWN, Reader
from milia_onto.shacl.registry import PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from milia_onto.shacl.model import Term

REFERRING = ("property", "node", "not", "qualifiedValueShape")
REFERRING_BY_LIST = ("and", "or", "xone")
ANYWHERE = KNOWN.union(v.PATHS, v.ELSEWHERE)


def read_shapes(triples: Iterable[ox.Triple]) -> Shapes:
    """The shapes of a shapes graph.

    Raises ContentError for a term of SHACL that does not exist or is not supported, an ill-formed
    or recursive shape, a shape that has no target and that no other refers to, and a graph
    without shapes.
    """
    graph = ShapesGraph(triples)
    _refuse_misspelt(graph)
    reader = Reader(graph)
    nodes, referred = _shape_nodes(graph)
    shapes = [reader.shape(node) for node in nodes]
    if not shapes:
        raise ContentError("the shapes graph holds no shape", fix="write one")
    for shape in shapes:
        if not shape.targets and shape.node not in referred:
            fix = "give it a target or delete it"
            raise refuse(shape.node, "has no target, and no shape refers to it", fix)
    return Shapes(tuple(shape for shape in shapes if shape.targets))


def parse_shapes(files: Mapping[str, bytes]) -> Shapes:
    """The shapes of Turtle files, by path, taken as one shapes graph.

    Raises ContentError as ``read_shapes`` does, for a file that is not Turtle or holds no
    sh:NodeShape, and without files.
    """
    if not files:
        raise ContentError("no shapes file was given", fix="name one")
    triples: list[ox.Triple] = []
    for path, data in sorted(files.items()):
        try:
            quads = list(ox.parse(data, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True))
        except SyntaxError as error:
            place = f"{path}:{error.lineno}" if error.lineno else path
            raise ContentError(f"not Turtle: {error.msg}", place=place, fix="correct it") from None
        if not any(q.predicate == v.TYPE and q.object == v.sh("NodeShape") for q in quads):
            fix = "write a shape or delete it"
            raise ContentError("holds no sh:NodeShape", place=path, fix=fix)
        triples += [quad.triple for quad in quads]
    return read_shapes(triples)


def _refuse_misspelt(graph: ShapesGraph) -> None:
    for node, properties in graph.about.items():
        for predicate, values in properties.items():
            name = predicate.value.removeprefix(v.SHACL)
            if name != predicate.value and name not in ANYWHERE:
                raise refuse(node, f"uses sh:{name}, which is misspelt or not supported")
            for term in values if predicate == v.TYPE else ():
                cls = getattr(term, "value", "")
                if cls.startswith(v.SHACL) and cls.removeprefix(v.SHACL) not in v.TYPES:
                    name = cls.removeprefix(v.SHACL)
                    raise refuse(node, f"is an sh:{name}, which is misspelt or not supported")


def _shape_nodes(graph: ShapesGraph) -> tuple[list[Term], set[Term]]:
    """The nodes that are shapes (2.1), sorted, and those that a shape refers to."""
    types = {v.sh(name) for name in v.SHAPE_TYPES}
    telling = {v.sh(name) for name in PARAMETERS.union(v.TARGETS)}
    nodes: set[Term] = set()
    referred: set[Term] = set()
    for node in graph.about:
        if not telling.isdisjoint(graph.about[node]) or not types.isdisjoint(graph.types(node)):
            nodes.add(node)
        for parameter in REFERRING:
            referred.update(graph.values(node, parameter))
        for parameter in REFERRING_BY_LIST:
            for head in graph.values(node, parameter):
                referred.update(graph.items(node, head))
    return sorted(nodes | referred, key=str), referred
