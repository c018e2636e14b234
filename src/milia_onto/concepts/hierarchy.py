"""What stands above what, over direct parents; a circle does no harm."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from milia_onto.owl.closure import reachable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Names with their direct parents; a name without parents may be missing."""

    parents: Mapping[str, tuple[str, ...]]

    def ancestors(self, name: str) -> set[str]:
        """Everything above ``name``, without itself."""
        return reachable(self.parents.get(name, ()), self.parents) - {name}

    def nearest(self, name: str, wanted: Callable[[str], bool]) -> tuple[str, ...]:
        """The wanted names above that have no other wanted name between, sorted."""
        found: set[str] = set()
        seen: set[str] = set()
        waiting = [*self.parents.get(name, ())]
        while waiting:
            above = waiting.pop()
            if above in seen or above == name:
                continue
            seen.add(above)
            if wanted(above):
                found.add(above)
            else:
                waiting += self.parents.get(above, ())
        covered = {far for near in found for far in self.ancestors(near) & found}
        return tuple(sorted(found - covered))

    def levels(self, name: str) -> dict[str, tuple[int, int]]:
        """For each ancestor the fewest and the most steps up to it; ``name`` itself is 0 steps.

        The most steps are counted along an order in which each name stands before its parents,
        so the work grows with the links above ``name`` and not with the paths.
        """
        near = {name: 0}
        queue = deque([name])
        while queue:
            below = queue.popleft()
            for above in self.parents.get(below, ()):
                if above not in near:
                    near[above] = near[below] + 1
                    queue.append(above)
        far = dict.fromkeys(near, 0)
        for below in self._upwards(name):
            for above in self.parents.get(below, ()):
                far[above] = max(far[above], far[below] + 1)
        return {above: (near[above], max(near[above], far[above])) for above in near}

    def _upwards(self, name: str) -> list[str]:
        """``name`` and all above it, each before its parents (depth-first, no recursion)."""
        done: set[str] = set()
        order: list[str] = []
        stack = [(name, False)]
        while stack:
            here, is_left = stack.pop()
            if is_left:
                order.append(here)
            elif here not in done:
                done.add(here)
                stack.append((here, True))
                stack += [(above, False) for above in self.parents.get(here, ())]
        return order[::-1]
