"""Why a term stands where it stands: a minimal set of axioms for each inferred parent."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from milia_onto.model import namespaces as ns
from milia_onto.owl import axioms as ax
from milia_onto.owl.closure import reachable
from milia_onto.owl.el import entails_subsumption
from milia_onto.owl.justify import NotEntailedError, justification
from milia_onto.owl.locality import Modules
from milia_onto.owl.manchester import render
from milia_onto.owl.reader import read_axioms
from milia_onto.owl.signature import entities

if TYPE_CHECKING:
    from collections.abc import Iterable

    from milia_onto.publish.lookup import Index

BEYOND = "inferred by more than OWL 2 EL, so no short reason is known"
FACTS = (
    ax.ClassAssertion,
    ax.ObjectPropertyAssertion,
    ax.NegativeObjectPropertyAssertion,
    ax.DataPropertyAssertion,
    ax.NegativeDataPropertyAssertion,
    ax.SameIndividual,
    ax.DifferentIndividuals,
)


class Placement(NamedTuple):
    """One direct parent of a class: stated, or following from these axioms.

    What follows by more than OWL 2 EL has no axioms: the oracle cannot see why.
    """

    parent: str
    inferred: bool
    axioms: tuple[ax.Axiom, ...]


class Logic:
    """The logic of a release: what it says of each class, and why each stands where it stands.

    ``ntriples`` is its ``milia.nt``. What is common to all classes is worked out once.
    """

    def __init__(self, ntriples: bytes) -> None:
        self._triples = [q.triple for q in ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES)]
        self._inferred = _inferred(self._triples)

    @cached_property
    def axioms(self) -> tuple[ax.Axiom, ...]:
        """The logical axioms, without the placements that the release marks as inferred."""
        stated = (
            t
            for t in self._triples
            if t.predicate != ns.RDFS_SUBCLASSOF or _pair(t) not in self._inferred
        )
        return _for_classes(read_axioms(list(stated)).logical)

    @cached_property
    def _parents(self) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for triple in self._triples:
            if triple.predicate == ns.RDFS_SUBCLASSOF and isinstance(triple.object, ox.NamedNode):
                sub, parent = _pair(triple)
                found[sub].append(parent)
        return found

    @cached_property
    def _modules(self) -> Modules:
        return Modules(self.axioms)

    @cached_property
    def _about(self) -> dict[str, list[int]]:
        """Where each class is described; under "" the axioms that describe no class by name."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for at, axiom in enumerate(self.axioms):
            for name in _subjects(axiom) or [""]:
                found[name].append(at)
        return found

    def about(self, iri: str) -> list[ax.Axiom]:
        """What is stated of a class: what it is under, equal to, disjoint with."""
        return [self.axioms[at] for at in self._about.get(iri, ())]

    def placements(self, iri: str) -> list[Placement]:
        """Each direct parent of a class, with a smallest set of axioms where it was inferred."""
        found = []
        for parent in sorted(self._parents.get(iri, ())):
            inferred = (iri, parent) in self._inferred
            found.append(Placement(parent, inferred, self.why(iri, parent) if inferred else ()))
        return found

    def ancestors(self, iri: str) -> set[str]:
        """All classes that a class stands under by name, near or far, and itself."""
        return reachable([iri], self._parents)

    def is_stated(self, iri: str, parent: str) -> bool:
        """Whether the one was written to be under the other, and did not have to be inferred."""
        return parent in self._parents.get(iri, ()) and (iri, parent) not in self._inferred

    def why(self, iri: str, parent: str) -> tuple[ax.Axiom, ...]:
        """A smallest set of axioms by which the one is under the other, near or far.

        None where it is not, or follows by more than OWL 2 EL.
        """
        for some in (self._near, self._relevant):
            try:
                return justification(
                    some(iri, parent), lambda axioms: entails_subsumption(axioms, iri, parent)
                )
            except NotEntailedError:
                continue
        return ()

    def _relevant(self, iri: str, _parent: str) -> tuple[ax.Axiom, ...]:
        return self._modules.relevant(iri)

    def _near(self, iri: str, parent: str) -> tuple[ax.Axiom, ...]:
        """The axioms about the two, what these axioms name, and all that stands above.

        Where the parents are those of EL, a proof needs no other: each class on the way stands
        above one that was named. It is a few dozen axioms in an ontology of any size.
        """
        chosen = set(self._about.get("", ()))
        reached = {iri, parent}
        waiting = [iri, parent]
        while waiting:
            name = waiting.pop()
            named = set(self._parents.get(name, ()))
            for at in self._about.get(name, ()):
                chosen.add(at)
                named.update(self.axioms[at].iris)
            waiting += named - reached
            reached |= named
        return tuple(self.axioms[at] for at in sorted(chosen))


def placements(ntriples: bytes, index: Index, term: str) -> list[str]:
    """Lines that say for each inferred direct parent of ``term`` what it follows from.

    ``term`` is the id of a class in the index; what was asserted needs no reason.
    """
    iri = index.expanded(term)
    lines = []
    for parent, inferred, axioms in Logic(ntriples).placements(iri):
        if inferred:
            names = f"{index.label(term)} is a kind of {_label(index, parent)}"
            lines.append(f"{names}, inferred from:" if axioms else f"{names}, {BEYOND}")
            lines += [f"  {render(a, lambda name: _label(index, name))}" for a in axioms]
    return lines


def subsumption(ntriples: bytes, index: Index, term: str, above: str) -> list[str]:
    """Lines that say why ``term`` is a kind of ``above``, both ids in the index; none if it is not.

    The two need not be neighbours: what stands between them is among the axioms.
    """
    iri, parent = index.expanded(term), index.expanded(above)
    logic = Logic(ntriples)
    if iri == parent or parent not in logic.ancestors(iri):
        return []
    told = f"{index.label(term)} is a kind of {index.label(above)}"
    if logic.is_stated(iri, parent):
        return [f"{told}, as stated"]
    axioms = logic.why(iri, parent)
    head = f"{told}, inferred from:" if axioms else f"{told}, {BEYOND}"
    return [head, *(f"  {render(a, lambda name: _label(index, name))}" for a in axioms)]


def _label(index: Index, iri: str) -> str:
    return index.label(index.compressed(iri))


def _for_classes(axioms: Iterable[ax.Axiom]) -> tuple[ax.Axiom, ...]:
    """Without the facts about individuals, unless a class is described by an individual."""
    every = tuple(axioms)
    schema = tuple(axiom for axiom in every if not isinstance(axiom, FACTS))
    named = any(
        entity.kind is ax.EntityKind.NAMED_INDIVIDUAL
        for axiom in schema
        for entity in entities(axiom)
    )
    return every if named else schema


def _subjects(axiom: ax.Axiom) -> list[str]:
    if isinstance(axiom, ax.SubClassOf):
        return [axiom.sub_class] if isinstance(axiom.sub_class, str) else []
    if isinstance(axiom, ax.EquivalentClasses | ax.DisjointClasses):
        return [operand for operand in axiom.operands if isinstance(operand, str)]
    return []


def _pair(triple: ox.Triple) -> tuple[str, str]:
    return (
        str(getattr(triple.subject, "value", "")),
        str(getattr(triple.object, "value", "")),
    )


def _inferred(triples: list[ox.Triple]) -> set[tuple[str, str]]:
    """The (sub, super) pairs that the release marks as inferred."""
    marked = {t.subject for t in triples if t.predicate == ns.IS_INFERRED}
    ends: dict[object, dict[ox.NamedNode, str]] = {node: {} for node in marked}
    for triple in triples:
        if triple.subject in marked:
            ends[triple.subject][triple.predicate] = _pair(triple)[1]
    return {(e[ns.OWL_ANNOTATED_SOURCE], e[ns.OWL_ANNOTATED_TARGET]) for e in ends.values()}
