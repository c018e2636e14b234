"""Restrictions on anonymous individuals (Structural Specification, 11.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode

from .. import axioms as ax
from .. import expressions as ex
from ..signature import parts
from .violation import SYNTAX, Violation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NAMED_ONLY = (
    ax.SameIndividual,
    ax.DifferentIndividuals,
    ax.NegativeObjectPropertyAssertion,
    ax.NegativeDataPropertyAssertion,
    ex.ObjectOneOf,
    ex.ObjectHasValue,
)


def anonymous_individuals(axioms: Iterable[ax.Axiom]) -> Iterator[Violation]:
    """Anonymous individuals where only named ones may stand, and loops between them."""
    links: list[tuple[ax.Axiom, BlankNode, BlankNode]] = []
    for axiom in axioms:
        for _, node in parts(axiom):
            if isinstance(node, _NAMED_ONLY) and _mentions_anonymous(node):
                yield Violation(
                    "anonymous-individual",
                    f"{SYNTAX}, 11.2",
                    axiom.subject,
                    f"an individual in {type(node).__name__} needs a name",
                    axiom,
                )
        if isinstance(axiom, ax.ObjectPropertyAssertion):
            source, target = axiom.source, axiom.target
            if isinstance(source, BlankNode) and isinstance(target, BlankNode):
                links.append((axiom, source, target))
    yield from _loops(links)


def _mentions_anonymous(node: object) -> bool:
    for name in type(node).__match_args__:  # type: ignore[attr-defined]
        value = getattr(node, name)
        members = value if isinstance(value, tuple) else (value,)
        if any(isinstance(member, BlankNode) for member in members):
            return True
    return False


def _loops(links: Iterable[tuple[ax.Axiom, BlankNode, BlankNode]]) -> Iterator[Violation]:
    """Assertions that close a loop: the anonymous individuals must form a forest."""
    leader: dict[BlankNode, BlankNode] = {}

    def find(node: BlankNode) -> BlankNode:
        while node in leader:
            # Halving the path keeps long chains of individuals linear.
            leader[node] = leader.get(leader[node], leader[node])
            node = leader[node]
        return node

    for axiom, source, target in links:
        one, other = find(source), find(target)
        if one == other:
            yield Violation(
                "anonymous-individual",
                f"{SYNTAX}, 11.2",
                axiom.subject,
                "the anonymous individuals are connected in a loop; name one of them",
                axiom,
            )
        else:
            leader[one] = other
