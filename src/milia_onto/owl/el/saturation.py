"""The completion rules of EL, applied until nothing new follows.

CR1  C ⊑ A, A ⊑ B                            gives  C ⊑ B
CR2  C ⊑ A, C ⊑ B, A ⊓ B is sought           gives  C ⊑ A ⊓ B
CR3  C ⊑ A, C ⊑ B, A and B disjoint          gives  C ⊑ ⊥
CR4  D ⊑ A, ∃s.A is sought, r ⊑ s            gives  ∃r.D ⊑ ∃s.A
CR5  D ⊑ ⊥                                   gives  ∃r.D ⊑ ⊥
CR6  D ⊑ ∃s.E, r ∘ s ⊑ t                     gives  ∃r.D ⊑ ∃t.E
CR7  r has the domain A                      gives  ∃r.D ⊑ A

Existentials have subsumers of their own, so what follows from one is worked out once and taken
over as a set by every class below it. That, not single facts, is what makes Python fast enough.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING

from .concepts import BOTTOM, TOP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .index import Index


class Saturation:
    """The subsumers of the concepts asked for, and of all that they lead to."""

    def __init__(self, index: Index, asked: Iterable[int]) -> None:
        self._concepts = index.concepts
        self._roles = index.roles
        self._told = index.concepts.told
        self._links = index.concepts.links
        self._joins = dict(index.concepts.joins)
        self._seekers = dict(index.concepts.seekers)
        self._groups = dict(index.groups)
        self._sought = set(self._seekers)
        self._roles.expect({role for seen in self._seekers.values() for role, _ in seen})
        self._linked = set(self._links)
        self._ruled = {*self._joins, *self._groups}
        self.subsumers: dict[int, set[int]] = {}
        self._below: dict[int, list[int]] = {}
        """For each node: those that take over its subsumers."""
        self._uses: dict[int, list[int]] = {}
        """For each node: the existentials whose filler it is."""
        self._members: set[tuple[int, int]] = set()
        self._fresh: dict[int, set[int]] = {}
        self._ranks = _ranks(self._told, self._links)
        self._queue: list[tuple[int, int]] = []
        for concept in asked:
            self._open(concept)
        while self._queue:
            _, node = heappop(self._queue)
            self._spread(node, self._fresh.pop(node))

    def _open(self, node: int) -> None:
        if node not in self.subsumers:
            self.subsumers[node] = {node, TOP}
            self._wait(node, {node, TOP})
            self._below[node] = []
            self._uses[node] = []

    def _add(self, node: int, concepts: set[int]) -> None:
        known = self.subsumers[node]
        fresh = concepts - known
        if fresh:
            known |= fresh
            waiting = self._fresh.get(node)
            if waiting is None:
                self._wait(node, fresh)
            else:
                waiting |= fresh

    def _wait(self, node: int, fresh: set[int]) -> None:
        self._fresh[node] = fresh
        heappush(self._queue, (self._ranks[node], node))

    def _under(self, node: int, concept: int) -> None:
        """Put a node under a concept: it takes over what the concept has, now and later."""
        # A known subsumer came from a node that takes over from it already.
        if concept not in self.subsumers[node]:
            self._open(concept)
            self._below[concept].append(node)
            self._add(node, self.subsumers[concept])

    def _spread(self, node: int, fresh: set[int]) -> None:
        """What follows from the new subsumers of a node."""
        if node in fresh:
            self._begin(node)
        if BOTTOM in self.subsumers[node]:
            # What else an unsatisfiable class is under is of no use to anybody.
            fresh = fresh & {BOTTOM}
        for lower in self._below[node]:
            self._add(lower, fresh)
        for some in self._uses[node]:
            self._lift(some, fresh)
        for concept in fresh & self._ruled:
            self._join(node, self._joins.get(concept, {}))
            for group in self._groups.get(concept, ()):
                # A subsumer is new only once: a group met before was met by another member.
                if (node, group) in self._members:
                    self._add(node, {BOTTOM})
                self._members.add((node, group))

    def _begin(self, node: int) -> None:
        for above in self._told[node]:
            self._under(node, above)
        if self._told[TOP] and node != TOP:
            self._below[TOP].append(node)
            self._add(node, self.subsumers[TOP])
        if node in self._links:
            self._tie(node)

    def _tie(self, some: int) -> None:
        role, filler = self._links[some]
        self._open(filler)
        self._uses[filler].append(some)
        for concept in self._roles.domains(role):
            self._under(some, concept)
        self._lift(some, self.subsumers[filler])

    def _join(self, node: int, partners: dict[int, int]) -> None:
        known = self.subsumers[node]
        # A genus may be part of thousands of definitions: look from the smaller side.
        if len(partners) < len(known):
            found = [joint for other, joint in partners.items() if other in known]
        else:
            found = [partners[other] for other in known if other in partners]
        for joint in found:
            self._under(node, joint)

    def _lift(self, some: int, fresh: set[int]) -> None:
        """What an existential is under, by new subsumers of its filler."""
        role = self._links[some][0]
        if BOTTOM in fresh:
            self._add(some, {BOTTOM})
        supers = self._roles.supers(role)
        for concept in fresh & self._sought:
            for sought, above in self._seekers[concept]:
                if sought in supers:
                    self._under(some, above)
        if self._roles.leads(role):
            for concept in fresh & self._linked:
                following, end = self._links[concept]
                for joint in self._roles.composed(role, following):
                    self._under(some, self._link(joint, end))

    def _link(self, role: int, filler: int) -> int:
        """The existential over a composed property, which no axiom need mention."""
        some = self._concepts.numbered(((role, filler), "some"))
        if some == len(self._ranks):
            self._ranks.append(self._ranks[filler])
        if some not in self._links:
            self._links[some] = (role, filler)
            self._linked.add(some)
            if some in self.subsumers:
                self._tie(some)
        return some


def _ranks(told: list[list[int]], links: dict[int, tuple[int, int]]) -> list[int]:
    """For each concept a number above those of the concepts it takes subsumers from.

    Working from low to high, most nodes are met once, with all they will ever have. Cycles are
    cut anywhere: there the rank only costs another visit.
    """
    ranks = [-1] * len(told)
    count = 0
    for start in range(len(told)):
        path = [start]
        while path:
            at = path[-1]
            if ranks[at] == -1:
                ranks[at] = 0
                needed = [*told[at], links[at][1]] if at in links else told[at]
                path += [one for one in needed if ranks[one] == -1]
            else:
                path.pop()
                if ranks[at] == 0:
                    count += 1
                    ranks[at] = count
    return ranks
