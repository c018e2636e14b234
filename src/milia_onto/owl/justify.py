"""Why something is entailed: a smallest set of axioms that is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from .el import entails_subsumption
from .locality import relevant
from .vocabulary import NOTHING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .axioms import Axiom

__all__ = [
    "NotEntailedError",
    "Oracle",
    "justification",
    "justify_subsumption",
    "justify_unsatisfiable",
    "relevant",
]

Oracle: TypeAlias = "Callable[[Sequence[Axiom], str, str], bool]"
"""Whether the axioms entail that the first class is under the second: any reasoner."""


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


def justify_subsumption(
    axioms: Sequence[Axiom],
    sub_class: str,
    super_class: str,
    oracle: Oracle = entails_subsumption,
) -> tuple[Axiom, ...]:
    """A minimal set of axioms from which one class is under the other, in their order.

    Raises NotEntailedError when it is not, as far as the oracle sees.
    """
    part = relevant(axioms, sub_class)
    return justification(part, lambda some: oracle(some, sub_class, super_class))


def justify_unsatisfiable(
    axioms: Sequence[Axiom], name: str, oracle: Oracle = entails_subsumption
) -> tuple[Axiom, ...]:
    """A minimal set of axioms from which the class can have no instance, in their order.

    Raises NotEntailedError when it can, as far as the oracle sees.
    """
    return justify_subsumption(axioms, name, NOTHING, oracle)
