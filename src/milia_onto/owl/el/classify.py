"""From axioms to a taxonomy by the EL calculus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..taxonomy import Taxonomy
from ..vocabulary import NOTHING, THING
from .concepts import BOTTOM
from .index import Index
from .saturation import Saturation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..axioms import Axiom


def classify(axioms: Sequence[Axiom]) -> Taxonomy:
    """The subsumptions between the named classes, complete for the axioms not in `ignored`.

    Covers OWL 2 EL (Profiles, 2.2) without nominals, self restrictions, reflexive properties,
    keys and data properties: an axiom with one of these, or outside EL, is in `ignored`, and what
    can safely be used of it is used. Individuals count as classes with one instance, so their
    assertions decide `consistent`. Annotation axioms are skipped.

    >>> from milia_onto.owl.axioms import SubClassOf
    >>> taxonomy = classify([SubClassOf("urn:a", "urn:b"), SubClassOf("urn:b", "urn:c")])
    >>> sorted(taxonomy.subsumers["urn:a"])
    ['urn:b', 'urn:c']
    """
    index = Index(axioms)
    subsumers = Saturation(index, (*index.existing, *index.classes)).subsumers
    named = {number: iri for number, iri in index.classes.items() if iri not in (THING, NOTHING)}
    found: dict[str, frozenset[str]] = {}
    for number, iri in named.items():
        above = subsumers[number]
        if BOTTOM in above:
            found[iri] = frozenset()
        else:
            found[iri] = frozenset([named[a] for a in above if a in named and a != number])
    return Taxonomy(
        subsumers=found,
        unsatisfiable=frozenset(i for n, i in named.items() if BOTTOM in subsumers[n]),
        consistent=_is_consistent(index, subsumers),
        ignored=tuple(index.ignored),
    )


def entails_subsumption(axioms: Sequence[Axiom], sub_class: str, super_class: str) -> bool:
    """Whether the axioms entail the subsumption, as far as the EL calculus sees.

    With owl:Nothing above it asks whether the class is unsatisfiable. Faster than to classify,
    because only what the one class leads to is worked out.
    """
    index = Index(axioms)
    lower, upper = index.concepts.numbered(sub_class), index.concepts.numbered(super_class)
    subsumers = Saturation(index, (*index.existing, lower)).subsumers
    if not _is_consistent(index, subsumers):
        return True
    return upper in subsumers[lower] or BOTTOM in subsumers[lower]


def _is_consistent(index: Index, subsumers: Mapping[int, set[int]]) -> bool:
    return not any(BOTTOM in subsumers[number] for number in index.existing)
