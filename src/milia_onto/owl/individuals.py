"""Individuals that cannot change what an ontology entails."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .axioms import Axiom, ClassAssertion, EntityKind
from .signature import entities

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["without_lone_individuals"]


def without_lone_individuals(axioms: Iterable[Axiom]) -> list[Axiom]:
    """The axioms without the type of every individual of which nothing else is said.

    Such an individual (a mapping, a source, a claim) is an instance of one named class and occurs
    in no other axiom, so a model of the rest has one as soon as its class is satisfiable: it
    neither adds nor removes an entailment between classes. Reasoners that test individuals one
    by one pay dearly for thousands of them. A class that such an individual would make
    inconsistent is unsatisfiable, and is reported as that.
    """
    held = list(axioms)
    uses: Counter[str] = Counter()
    for axiom in held:
        uses.update({name for kind, name in entities(axiom) if kind is EntityKind.NAMED_INDIVIDUAL})
    return [
        axiom
        for axiom in held
        if not (
            isinstance(axiom, ClassAssertion)
            and isinstance(axiom.class_expression, str)
            and isinstance(axiom.individual, str)
            and uses[axiom.individual] == 1
        )
    ]
