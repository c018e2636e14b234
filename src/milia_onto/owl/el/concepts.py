"""Class expressions as numbers, with the rules their occurrences ask for (normalisation).

An expression on the left of a subsumption must be recognised, one on the right taken apart, so
rules are made by polarity. Equal expressions share a number, which keeps the rules linear in the
size of the ontology.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from .. import expressions as ex
from ..vocabulary import NOTHING, THING, TOP_OBJECT_PROPERTY
from .roles import BOTTOM_ROLE, Roles

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

TOP = 0
BOTTOM = 1


class Concepts:
    """The numbered concepts and the rules about them."""

    def __init__(self, roles: Roles) -> None:
        self.roles = roles
        self.ids: dict[Hashable, int] = {THING: TOP, NOTHING: BOTTOM}
        self.told: list[list[int]] = [[], []]
        """What each concept is directly subsumed by."""
        self.joins: defaultdict[int, dict[int, int]] = defaultdict(dict)
        """For a concept: the other conjunct, and the conjunction of both."""
        self.links: dict[int, tuple[int, int]] = {}
        """For an existential on the right: its property and filler."""
        self.seekers: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        """For the filler of an existential on the left: the property and the existential."""
        self.partial = False
        """Set when an expression outside EL was met."""
        self._pairs: dict[int, tuple[int, int]] = {}
        self._somes: dict[int, tuple[int, int]] = {}
        self._left: set[int] = set()
        self._right: set[int] = set()
        roles.domain(BOTTOM_ROLE, BOTTOM)

    def concept(self, expression: ex.ClassExpression) -> int:
        """The number of an expression; one outside EL is a name without meaning of its own."""
        if isinstance(expression, str):
            return self.numbered(expression)
        if isinstance(expression, ex.ObjectIntersectionOf):
            return self.conjunction(map(self.concept, expression.operands))
        if isinstance(expression, ex.ObjectSomeValuesFrom) and isinstance(expression.property, str):
            return self.existential(expression.property, self.concept(expression.filler))
        self.partial = True
        if isinstance(expression, ex.ObjectHasValue) and isinstance(expression.property, str):
            return self.existential(expression.property, self.individual(expression.individual))
        if isinstance(expression, ex.ObjectOneOf) and len(expression.individuals) == 1:
            return self.individual(expression.individuals[0])
        return self.numbered(expression)

    def individual(self, individual: ex.Individual) -> int:
        """The number of an individual, which is treated as a class with one instance."""
        return self.numbered((individual, "individual"))

    def numbered(self, key: Hashable) -> int:
        """The number of a name or a structure, a new one at the first asking."""
        found = self.ids.get(key)
        if found is None:
            found = self.ids[key] = len(self.told)
            self.told.append([])
        return found

    def conjunction(self, members: Iterable[int]) -> int:
        """The number of an intersection, cut into pairs."""
        distinct = sorted(set(members) - {TOP})
        if not distinct:
            return TOP
        joint = distinct[0]
        for member in distinct[1:]:
            pair = (joint, member)
            joint = self.numbered((pair, "and"))
            self._pairs[joint] = pair
        return joint

    def existential(self, iri: str, filler: int) -> int:
        """The number of an existential restriction."""
        if iri == TOP_OBJECT_PROPERTY:
            self.partial = True
        some = (self.roles.role(iri), filler)
        found = self.numbered((some, "some"))
        self._somes[found] = some
        return found

    def left(self, concept: int) -> int:
        """The concept, after making the rules that recognise it."""
        waiting = [concept]
        while waiting:
            at = waiting.pop()
            if at in self._left:
                continue
            self._left.add(at)
            if at in self._pairs:
                one, two = self._pairs[at]
                self.joins[one][two] = self.joins[two][one] = at
                waiting += (one, two)
            elif at in self._somes:
                role, filler = self._somes[at]
                if filler == TOP:
                    self.roles.domain(role, at)
                else:
                    self.seekers[filler].append((role, at))
                    waiting.append(filler)
        return concept

    def right(self, concept: int) -> int:
        """The concept, after making the rules that take it apart."""
        waiting = [concept]
        while waiting:
            at = waiting.pop()
            if at in self._right:
                continue
            self._right.add(at)
            if at in self._pairs:
                self.told[at] += self._pairs[at]
                waiting += self._pairs[at]
            elif at in self._somes:
                self.links[at] = self._somes[at]
                waiting.append(self._somes[at][1])
        return concept

    def include(self, lower: int, upper: int) -> None:
        """Make the rules of one subsumption."""
        self.told[self.left(lower)].append(self.right(upper))

    def eliminate_ranges(self) -> None:
        """Move the range of each property into the fillers of its existentials.

        Then a range needs no rule of its own. Called once, when all axioms are in.
        """
        for some, (role, filler) in list(self.links.items()):
            self.links[some] = (role, self.ranged(role, filler))

    def ranged(self, role: int, filler: int) -> int:
        """The filler as it is at the end of the property."""
        ranges = self.roles.ranges(role) - {filler}
        if not ranges:
            return filler
        found = self.numbered(((filler, ranges), "ranged"))
        if not self.told[found]:
            self.told[found] += (filler, *sorted(ranges))
        return found
