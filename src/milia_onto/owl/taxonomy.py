"""The subsumptions between named classes, however they were found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .closure import reachable
from .vocabulary import NOTHING, THING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .axioms import Axiom

__all__ = [
    "Comparison",
    "Taxonomy",
    "compare",
    "direct_superclasses",
    "from_pairs",
]


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Every entailed subsumption between the named classes of an ontology."""

    subsumers: Mapping[str, frozenset[str]]
    """For each class the other classes it is subsumed by: equivalent ones too, owl:Thing not.

    Empty for an unsatisfiable class, which every class subsumes.
    """
    unsatisfiable: frozenset[str]
    consistent: bool = True
    """When false every subsumption is entailed; the rest tells what follows without individuals."""
    ignored: tuple[Axiom, ...] = ()
    """Axioms not used in full: subsumptions that follow from them may be missing."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Subsumptions that only one of two taxonomies has, as sorted (sub, super) pairs.

    An unsatisfiable class is the pair with owl:Nothing, and none of its others.
    """

    only_left: tuple[tuple[str, str], ...]
    only_right: tuple[tuple[str, str], ...]


def compare(left: Taxonomy, right: Taxonomy) -> Comparison:
    """The subsumptions in which two taxonomies of the same ontology differ.

    An inconsistent taxonomy is the pair (owl:Thing, owl:Nothing).
    """
    return Comparison(_difference(left, right), _difference(right, left))


def _difference(one: Taxonomy, other: Taxonomy) -> tuple[tuple[str, str], ...]:
    found = [
        (sub, above)
        for sub, supers in one.subsumers.items()
        if sub not in other.unsatisfiable
        for above in supers - other.subsumers.get(sub, frozenset())
    ]
    found += ((sub, NOTHING) for sub in one.unsatisfiable - other.unsatisfiable)
    if other.consistent and not one.consistent:
        found.append((THING, NOTHING))
    return tuple(sorted(found))


def direct_superclasses(taxonomy: Taxonomy) -> dict[str, tuple[str, ...]]:
    """For each class its direct superclasses, sorted: the transitive reduction.

    Equivalent classes have the same superclasses and are not among their own; all members of an
    equivalent group stand above its subclasses. Empty below owl:Thing and for unsatisfiable
    classes.
    """
    first = {name: _group(taxonomy, name)[0] for name in taxonomy.subsumers}
    above = {
        name: {first[s] for s in supers if first[s] != name}
        for name, supers in taxonomy.subsumers.items()
        if first[name] == name
    }
    direct = {name: _reduced(supers, above) for name, supers in above.items()}
    members: dict[str, list[str]] = {}
    for name in sorted(first):
        members.setdefault(first[name], []).append(name)
    return {
        name: tuple(sorted(member for s in direct[first[name]] for member in members[s]))
        for name in taxonomy.subsumers
    }


def _group(taxonomy: Taxonomy, name: str) -> tuple[str, ...]:
    subsumers = taxonomy.subsumers
    equal = [s for s in subsumers[name] if name in subsumers.get(s, ())]
    return tuple(sorted((name, *equal)))


def _reduced(supers: set[str], above: Mapping[str, set[str]]) -> set[str]:
    direct = set(supers)
    # Low classes first: they clear away most of what is above them, so few sets are subtracted.
    for candidate in sorted(supers, key=lambda name: -len(above[name])):
        if candidate in direct:
            direct -= above[candidate]
    return direct


def from_pairs(
    classes: Iterable[str],
    pairs: Iterable[tuple[str, str]],
    unsatisfiable: Iterable[str] = (),
    consistent: bool = True,
) -> Taxonomy:
    """The taxonomy that (sub, super) pairs span, by reflexive and transitive closure.

    For the answers of reasoners that report direct superclasses only.
    """
    empty = frozenset(unsatisfiable)
    told: dict[str, list[str]] = {name: [] for name in classes}
    for sub, above in pairs:
        if sub not in empty and above != THING:
            told.setdefault(sub, []).append(above)
            told.setdefault(above, [])
    subsumers = {name: frozenset(reachable([name], told)) - {name} for name in told}
    return Taxonomy({**subsumers, **dict.fromkeys(empty, frozenset())}, empty, consistent)
