"""Constraints that ask whether value nodes conform to other shapes: 4.6 and 4.7."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from milia_onto.shacl.graph import refuse
from milia_onto.shacl.model import Failure, NodeShape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from milia_onto.shacl.model import Context, PropertyShape, Term
    from milia_onto.shacl.reader import Reader

# 4.6: to how many shapes of a list of n a value node has to conform, from and to.
LISTS = {"and": (None, None), "or": (1, None), "xone": (1, 1)}


@dataclass(frozen=True, slots=True)
class Conforming:
    """sh:not (4.6.1), sh:and, sh:or, sh:xone (4.6.2 to 4.6.4) and sh:node (4.7.1).

    They differ in the number of shapes that a value node has to conform to.
    """

    component: str
    shapes: tuple[NodeShape | PropertyShape, ...]
    least: int
    most: int

    def failures(self, context: Context) -> Iterator[Failure]:
        """Each value node that conforms to too few or too many of the shapes."""
        values = context.values.distinct
        counts: Counter[Term] = Counter()
        for shape in self.shapes:
            counts.update(context.conforming(shape, values))
        wrong = {node for node in values if not self.least <= counts[node] <= self.most}
        if wrong:
            pairs = context.values.pairs()
            yield from (Failure(node, value) for node, value in pairs if value in wrong)


@dataclass(frozen=True, slots=True)
class Qualified:
    """sh:qualifiedValueShape with the counts and the sibling shapes (4.7.3)."""

    component: str
    shape: NodeShape | PropertyShape
    siblings: tuple[NodeShape | PropertyShape, ...]
    least: int = 0
    most: int | None = None

    def failures(self, context: Context) -> Iterator[Failure]:
        """Each focus node too few or too many of whose value nodes conform to the shape alone."""
        values = context.values.distinct
        counted = set(context.conforming(self.shape, values))
        for sibling in self.siblings if counted else ():
            counted -= context.conforming(sibling, values)
        groups = context.values.groups
        for node in context.focus:
            count = sum(value in counted for value in groups.get(node, ()))
            if count < self.least or (self.most is not None and count > self.most):
                yield Failure(node)


def read_not(reader: Reader, shape: Term) -> Iterable[Conforming]:
    """One constraint a value of sh:not."""
    for node in reader.graph.values(shape, "not"):
        yield Conforming("NotConstraintComponent", (reader.shape(node),), 0, 0)


def read_lists(reader: Reader, shape: Term) -> Iterable[Conforming]:
    """One constraint a list of sh:and, sh:or or sh:xone."""
    for parameter, (least, most) in LISTS.items():
        for head in reader.graph.values(shape, parameter):
            shapes = tuple(map(reader.shape, reader.graph.items(shape, head)))
            every = len(shapes)
            yield Conforming(
                f"{parameter.capitalize()}ConstraintComponent",
                shapes,
                every if least is None else least,
                every if most is None else most,
            )


def read_node(reader: Reader, shape: Term) -> Iterable[Conforming]:
    """One constraint a value of sh:node (4.7.1).

    Raises ContentError where one is a property shape.
    """
    for node in reader.graph.values(shape, "node"):
        inner = reader.shape(node)
        if not isinstance(inner, NodeShape):
            raise refuse(shape, f"has {node} as sh:node, which is a property shape")
        yield Conforming("NodeConstraintComponent", (inner,), 1, 1)


def read_qualified(reader: Reader, shape: Term) -> Iterable[Qualified]:
    """The constraints of sh:qualifiedMinCount and sh:qualifiedMaxCount (4.7.3).

    Raises ContentError where there is a shape to count and no count.
    """
    graph = reader.graph
    node = graph.one(shape, "qualifiedValueShape")
    least = graph.integer(shape, "qualifiedMinCount")
    most = graph.integer(shape, "qualifiedMaxCount")
    disjoint = graph.boolean(shape, "qualifiedValueShapesDisjoint")
    if node is None:
        return
    if least is None and most is None:
        raise refuse(shape, "has an sh:qualifiedValueShape without a count", "add one")
    inner = reader.shape(node)
    siblings = tuple(map(reader.shape, _siblings(reader, shape, node))) if disjoint else ()
    if least is not None:
        yield Qualified("QualifiedMinCountConstraintComponent", inner, siblings, least=least)
    if most is not None:
        yield Qualified("QualifiedMaxCountConstraintComponent", inner, siblings, most=most)


def _siblings(reader: Reader, shape: Term, own: Term) -> list[Term]:
    graph = reader.graph
    found = {
        value
        for parent in graph.about
        if shape in (properties := graph.values(parent, "property"))
        for sibling in properties
        for value in graph.values(sibling, "qualifiedValueShape")
    }
    return sorted(found - {own}, key=str)
