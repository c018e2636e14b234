"""Transitive closure, the one walk that hierarchies of every sort share."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

__all__ = ["reachable"]

_Node = TypeVar("_Node")


def reachable(starts: Iterable[_Node], above: Mapping[_Node, Collection[_Node]]) -> set[_Node]:
    """The starts and all that is above them, near or far; cycles do no harm."""
    found = set(starts)
    waiting = list(found)
    while waiting:
        fresh = [node for node in above.get(waiting.pop(), ()) if node not in found]
        found.update(fresh)
        waiting += fresh
    return found
