"""Shapes as values, and what a constraint sees when it is evaluated."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Set

    from milia_onto.model.values import Finding, Severity
    from milia_onto.shacl.data import Data, Values
    from milia_onto.shacl.paths import Path
    from milia_onto.shacl.targets import Target

Term = ox.NamedNode | ox.BlankNode | ox.Literal


class Failure(NamedTuple):
    """One constraint that one focus node does not meet; ``path`` where it is not the shape's."""

    focus: Term
    value: Term | None = None
    path: str | None = None


class Constraint(Protocol):
    """One constraint of a shape (2.1.2): a component with its parameters."""

    @property
    def component(self) -> str:
        """The local name of the constraint component in the standard."""

    def failures(self, context: Context) -> Iterable[Failure]:
        """The focus nodes that do not meet it, with the value node where the standard names one."""


# Compared by identity: two shapes that say the same still give two results.
@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Shape:
    """What node shapes (2.2) and property shapes (2.3) have in common."""

    node: Term
    targets: tuple[Target, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    properties: tuple[PropertyShape, ...] = ()
    severity: Severity = "violation"
    message: str = ""
    why: str = ""
    fix: str = ""
    deactivated: bool = False

    @property
    def slug(self) -> str:
        """The local name of its IRI, "shape" for a blank node."""
        if not isinstance(self.node, ox.NamedNode):
            return "shape"
        return self.node.value.replace("#", "/").rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class NodeShape(Shape):
    """A shape whose value nodes are the focus nodes themselves (2.2)."""

    @property
    def path(self) -> None:
        """A node shape has none."""
        return None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class PropertyShape(Shape):
    """A shape whose value nodes are reached over a path (2.3)."""

    path: Path


@dataclass(frozen=True, slots=True)
class Shapes:
    """All shapes that have a target, each with those it refers to inside."""

    targeted: tuple[NodeShape | PropertyShape, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What a constraint sees: the focus nodes, their value nodes, and the graph to ask."""

    focus: Set[Term]
    values: Values
    data: Data
    conforming: Callable[[NodeShape | PropertyShape, Set[Term]], Set[Term]]


@dataclass(frozen=True, slots=True)
class Result:
    """One validation result (3.6.2); ``path`` is "" where it is not one predicate."""

    focus: Term
    path: str
    value: Term | None
    shape: NodeShape | PropertyShape
    component: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Sorted findings without places, the result each tells of, and how many nodes a shape saw."""

    findings: tuple[Finding, ...]
    results: tuple[Result, ...]
    focus: dict[str, int] = field(default_factory=dict)
