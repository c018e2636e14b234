"""Constraints on all value nodes of a focus node together: 4.2, 4.4.5, 4.5, 4.8.1 and 4.8.2."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from milia_onto.shacl import vocabulary as v
from milia_onto.shacl.data import holding
from milia_onto.shacl.graph import refuse
from milia_onto.shacl.model import Failure
from milia_onto.shacl.paths import Predicate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from milia_onto.shacl.model import Context, Term
    from milia_onto.shacl.reader import Reader

ORDERS = {"lessThan": "?v0 < ?v1", "lessThanOrEquals": "?v0 <= ?v1"}


@dataclass(frozen=True, slots=True)
class Count:
    """sh:minCount (4.2.1) and sh:maxCount (4.2.2)."""

    component: str
    least: int = 0
    most: int | None = None

    def failures(self, context: Context) -> Iterator[Failure]:
        """Each focus node with too few or too many value nodes."""
        groups, most = context.values.groups, self.most
        if self.least and len(groups) < len(context.focus):
            yield from (Failure(focus) for focus in context.focus if focus not in groups)
        for focus, group in groups.items():
            if len(group) < self.least or (most is not None and len(group) > most):
                yield Failure(focus)


@dataclass(frozen=True, slots=True)
class UniqueLang:
    """sh:uniqueLang (4.4.5)."""

    component: str = "UniqueLangConstraintComponent"

    def failures(self, context: Context) -> Iterator[Failure]:
        """Each focus node, once for each language that two of its value nodes share."""
        for focus, group in context.values.groups.items():
            tags = Counter(
                value.language.lower()
                for value in group
                if isinstance(value, ox.Literal) and value.language
            )
            yield from (Failure(focus) for count in tags.values() if count > 1)


@dataclass(frozen=True, slots=True)
class HasValue:
    """sh:hasValue (4.8.2)."""

    value: Term
    component: str = "HasValueConstraintComponent"

    def failures(self, context: Context) -> Iterator[Failure]:
        """Each focus node that has not the value among its value nodes."""
        groups = context.values.groups
        for focus in context.focus:
            if self.value not in groups.get(focus, ()):
                yield Failure(focus)


@dataclass(frozen=True, slots=True)
class Equals:
    """sh:equals (4.5.1)."""

    other: ox.NamedNode
    component: str = "EqualsConstraintComponent"

    def failures(self, context: Context) -> Iterator[Failure]:
        """Each value that only one of the two properties has."""
        others = Predicate(self.other).follow(context.focus, context.data)
        groups = context.values.groups
        for focus in context.focus:
            differing = set(groups.get(focus, ())) ^ set(others.get(focus, ()))
            yield from (Failure(focus, value) for value in differing)


@dataclass(frozen=True, slots=True)
class Disjoint:
    """sh:disjoint (4.5.2)."""

    other: ox.NamedNode
    component: str = "DisjointConstraintComponent"

    def failures(self, context: Context) -> Iterator[Failure]:
        """Each value that both properties have."""
        others = Predicate(self.other).follow(context.focus, context.data)
        for focus, group in context.values.groups.items():
            if focus in others:
                yield from (Failure(focus, x) for x in set(group).intersection(others[focus]))


@dataclass(frozen=True, slots=True)
class Less:
    """sh:lessThan (4.5.3) and sh:lessThanOrEquals (4.5.4)."""

    component: str
    other: ox.NamedNode
    expression: str

    def failures(self, context: Context) -> Iterator[Failure]:
        """Each value node, once for each value of the other property that it is not less than."""
        others = Predicate(self.other).follow(context.focus, context.data)
        rows = [
            (focus, value, other)
            for focus, value in context.values.pairs()
            for other in others.get(focus, ())
        ]
        pairs = sorted(
            {(a, b) for _, a, b in rows if isinstance(a, ox.Literal) and isinstance(b, ox.Literal)},
            key=str,
        )
        held = {pairs[number] for number in holding(self.expression, pairs)}
        yield from (Failure(focus, a) for focus, a, b in rows if (a, b) not in held)


@dataclass(frozen=True, slots=True)
class Closed:
    """sh:closed with sh:ignoredProperties (4.8.1)."""

    allowed: Set[Term]
    component: str = "ClosedConstraintComponent"

    def failures(self, context: Context) -> Iterator[Failure]:
        """Each value of a property that is not allowed, with that property as the path."""
        found: dict[Term, list[tuple[Term, str]]] = {}
        for node in context.values.distinct:
            for predicate, value in context.data.properties(node):
                if predicate not in self.allowed:
                    found.setdefault(node, []).append((value, predicate.value))
        for focus, node in context.values.pairs() if found else ():
            yield from (Failure(focus, value, path) for value, path in found.get(node, ()))


def read_counts(reader: Reader, shape: Term) -> Iterable[Count]:
    """The constraints of sh:minCount and sh:maxCount."""
    least = reader.graph.integer(shape, "minCount")
    most = reader.graph.integer(shape, "maxCount")
    if least is not None:
        yield Count("MinCountConstraintComponent", least=least)
    if most is not None:
        yield Count("MaxCountConstraintComponent", most=most)


def read_unique_lang(reader: Reader, shape: Term) -> Iterable[UniqueLang]:
    """The constraint of sh:uniqueLang where it is true."""
    if reader.graph.boolean(shape, "uniqueLang"):
        yield UniqueLang()


def read_has_value(reader: Reader, shape: Term) -> Iterable[HasValue]:
    """One constraint a value of sh:hasValue."""
    return map(HasValue, reader.graph.values(shape, "hasValue"))


def read_equals(reader: Reader, shape: Term) -> Iterable[Equals]:
    """One constraint a value of sh:equals."""
    return map(Equals, reader.graph.iris(shape, "equals"))


def read_disjoint(reader: Reader, shape: Term) -> Iterable[Disjoint]:
    """One constraint a value of sh:disjoint."""
    return map(Disjoint, reader.graph.iris(shape, "disjoint"))


def read_less(reader: Reader, shape: Term) -> Iterable[Less]:
    """One constraint a value of sh:lessThan or sh:lessThanOrEquals."""
    for parameter, expression in ORDERS.items():
        component = f"{parameter[0].upper()}{parameter[1:]}ConstraintComponent"
        for other in reader.graph.iris(shape, parameter):
            yield Less(component, other, expression)


def read_closed(reader: Reader, shape: Term) -> Iterable[Closed]:
    """The constraint of sh:closed where it is true (4.8.1).

    Raises ContentError where it is no boolean or an ignored property is no IRI.
    """
    graph = reader.graph
    head = graph.one(shape, "ignoredProperties")
    ignored = graph.items(shape, head) if head is not None else []
    if not all(isinstance(term, ox.NamedNode) for term in ignored):
        raise refuse(shape, "has an sh:ignoredProperties with a member that is no IRI")
    if graph.boolean(shape, "closed"):
        paths = (graph.one(prop, "path") for prop in graph.objects(shape, v.sh("property")))
        yield Closed(frozenset((*ignored, *(path for path in paths if path is not None))))
