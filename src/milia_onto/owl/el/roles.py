"""Object properties as numbers: hierarchy, composition, domains and ranges."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ..closure import reachable
from ..vocabulary import BOTTOM_OBJECT_PROPERTY

if TYPE_CHECKING:
    from collections.abc import Iterable

BOTTOM_ROLE = 0


class Roles:
    """What is known about the object properties; filled first, asked afterwards."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {BOTTOM_OBJECT_PROPERTY: BOTTOM_ROLE}
        self._told: dict[int, list[int]] = {BOTTOM_ROLE: []}
        self._chains: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        self._domains: defaultdict[int, list[int]] = defaultdict(list)
        self._ranges: defaultdict[int, list[int]] = defaultdict(list)
        self._firsts: set[int] = set()
        self._supers: dict[int, frozenset[int]] = {}
        self._composed: dict[tuple[int, int], tuple[int, ...]] = {}
        self._all_domains: dict[int, frozenset[int]] = {}
        self._all_ranges: dict[int, frozenset[int]] = {}

    def role(self, iri: str) -> int:
        """The number of a property."""
        found = self._ids.get(iri)
        if found is None:
            found = self._ids[iri] = self._fresh()
        return found

    def _fresh(self) -> int:
        fresh = len(self._told)
        self._told[fresh] = []
        return fresh

    def include(self, lower: int, upper: int) -> None:
        """Tell that one property is below the other."""
        self._told[lower].append(upper)

    def chain(self, steps: list[int], upper: int) -> None:
        """Tell that a composition is below a property; longer ones are cut into pairs."""
        first, *others = steps
        for following in others[:-1]:
            joint = self._fresh()
            self._chains[first, following].append(joint)
            first = joint
        self._chains[first, others[-1]].append(upper)

    def domain(self, role: int, concept: int) -> None:
        """Tell what every source of the property is."""
        self._domains[role].append(concept)

    def range(self, role: int, concept: int) -> None:
        """Tell what every target of the property is."""
        self._ranges[role].append(concept)

    def supers(self, role: int) -> frozenset[int]:
        """The property and all above it."""
        found = self._supers.get(role)
        if found is None:
            found = self._supers[role] = frozenset(reachable([role], self._told))
        return found

    def domains(self, role: int) -> frozenset[int]:
        """What every source of the property is, by its own domains and those above."""
        found = self._all_domains.get(role)
        if found is None:
            uppers = self.supers(role)
            found = frozenset(c for upper in uppers for c in self._domains.get(upper, ()))
            self._all_domains[role] = found
        return found

    def ranges(self, role: int) -> frozenset[int]:
        """What every target of the property is, by its own ranges and those above."""
        found = self._all_ranges.get(role)
        if found is None:
            uppers = self.supers(role)
            found = frozenset(c for upper in uppers for c in self._ranges.get(upper, ()))
            self._all_ranges[role] = found
        return found

    def expect(self, sought: Iterable[int]) -> None:
        """Leave out compositions that nothing can follow from, given the properties sought.

        Without this a transitive property that no definition mentions would be closed for
        nothing, at quadratic cost. Called once, when all axioms are in.
        """
        needed = set(sought)
        waiting = {(pair, upper) for pair, uppers in self._chains.items() for upper in uppers}
        while True:
            useful = {
                (pair, upper)
                for pair, upper in waiting
                if not needed.isdisjoint(self.supers(upper))
                or not self.domains(upper) <= self.domains(pair[0])
            }
            if not useful:
                break
            waiting -= useful
            needed.update(step for pair, _ in useful for step in pair)
        for pair, upper in waiting:
            self._chains[pair].remove(upper)
        self._firsts = {first for (first, _), uppers in self._chains.items() if uppers}

    def leads(self, role: int) -> bool:
        """Whether a step of the property can begin a composition."""
        return not self._firsts.isdisjoint(self.supers(role))

    def composed(self, first: int, second: int) -> tuple[int, ...]:
        """The properties that hold across a step of the first and one of the second."""
        found = self._composed.get((first, second))
        if found is None:
            uppers = {
                upper
                for one in self.supers(first)
                for two in self.supers(second)
                for upper in self._chains.get((one, two), ())
            }
            found = self._composed[first, second] = tuple(sorted(uppers))
        return found
