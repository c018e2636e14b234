"""Why something is entailed: a smallest set of axioms that is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .axioms import Axiom

__all__ = ["NotEntailedError", "justification"]


class NotEntailedError(ValueError):
    """There is nothing to justify: the axioms do not entail it."""


def justification(
    axioms: Sequence[Axiom], entails: Callable[[Sequence[Axiom]], bool]
) -> tuple[Axiom, ...]:
    """A minimal set of axioms that entails something, in their order.

    Without any one of them it would no longer follow; another justification may exist, and the
    same axioms in the same order always give the same one. The oracle must be monotone. It is
    asked about `k · log(n / k)` times for a justification of k among n axioms (QuickXplain;
    Junker, 2004), so a slow reasoner is bearable.

    Raises NotEntailedError when all axioms together are not enough.
    """
    candidates = list(axioms)
    if entails(()):
        return ()
    if not entails(candidates):
        raise NotEntailedError("the axioms do not entail what is to be justified")
    places = _explain([], list(range(len(candidates))), False, candidates, entails)
    return tuple(candidates[at] for at in sorted(places))


def _explain(
    background: list[int],
    places: list[int],
    grown: bool,
    candidates: Sequence[Axiom],
    entails: Callable[[Sequence[Axiom]], bool],
) -> list[int]:
    """The places that are needed on top of the background, which may just have grown enough."""
    if grown and entails([candidates[at] for at in sorted(background)]):
        return []
    if len(places) == 1:
        return places
    half = len(places) // 2
    left, right = places[:half], places[half:]
    needed = _explain(background + left, right, True, candidates, entails)
    return needed + _explain(background + needed, left, bool(needed), candidates, entails)
