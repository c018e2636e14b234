"""``Merged`` to ``Reasoned``: two reasoners classify, and what they say is held side by side.

The EL classifier answers at once; HermiT decides all of OWL 2 DL. What is published is HermiT's
hierarchy; a difference between the two is a finding.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from milia_onto.model import namespaces as ns
from milia_onto.model.errors import ContentError
from milia_onto.model.values import Finding, Reasoned, Verdict
from milia_onto.owl.axioms import EntityKind, SubClassOf
from milia_onto.owl.el import classify
from milia_onto.owl.individuals import without_lone_individuals
from milia_onto.owl.justify import justification
from milia_onto.owl.locality import relevant
from milia_onto.owl.manchester import render
from milia_onto.owl.reader import ReadError, read_axioms
from milia_onto.owl.signature import entities
from milia_onto.owl.taxonomy import compare, direct_superclasses, from_pairs
from milia_onto.owl.writer import to_triples
from milia_onto.serialise.ntriples import ntriples
from milia_onto.stages.edges import edges
from milia_onto.stages.profiles import judge_profiles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from milia_onto.model.values import Merged
    from milia_onto.owl.axioms import Axiom
    from milia_onto.owl.ontology import Axioms
    from milia_onto.owl.taxonomy import Taxonomy

CLASH_WHY = "Nothing can be an instance: every query about it answers nonsense."


def read(merged: Merged) -> Axioms:
    """The axioms of the merged graph. Raises ContentError where it is too deep to be read."""
    try:
        return read_axioms(merged.origin.everything)
    except ReadError as error:
        raise ContentError(str(error), fix="write simpler class expressions") from None


def logic(axioms: Axioms) -> bytes:
    """The logical axioms and class and property declarations as N-Triples: all a reasoner needs.

    No annotation, no import, no ontology header, no individual that cannot matter.
    """
    logical = without_lone_individuals(axioms.logical)
    individuals = {
        name
        for axiom in logical
        for kind, name in entities(axiom)
        if kind is EntityKind.NAMED_INDIVIDUAL
    }
    declarations = [
        axiom
        for axiom in axioms.declarations
        if axiom.entity.kind is not EntityKind.NAMED_INDIVIDUAL or axiom.entity.iri in individuals
    ]
    return ntriples(to_triples([*declarations, *logical]))


def draft(merged: Merged, axioms: Axioms, exceptions: bytes | None) -> Reasoned:
    """What the EL classifier and the profile checks find, before HermiT has answered."""
    taxonomy = classify(without_lone_individuals(axioms.logical))
    profiles, findings = judge_profiles(merged, axioms, exceptions)
    verdict = Verdict(
        "EL classifier", taxonomy.consistent, tuple(sorted(taxonomy.unsatisfiable)), profiles
    )
    return Reasoned(
        merged,
        axioms,
        taxonomy,
        _inferred(taxonomy, axioms),
        tuple(edges(merged.origin.everything)),
        verdict,
        tuple(findings),
    )


def settle(
    drafted: Reasoned,
    reasoner: str,
    consistent: bool,
    unsatisfiable: Iterable[str],
    parents: Mapping[str, Iterable[str]],
) -> Reasoned:
    """The draft with the second reasoner's answer: its hierarchy, its verdict, its objections.

    ``parents`` are direct superclasses and equivalents by class.
    """
    axioms, merged = drafted.axioms, drafted.merged
    pairs = [(below, above) for below, all_above in parents.items() for above in all_above]
    taxonomy = from_pairs(parents, pairs, unsatisfiable, consistent)
    verdict = replace(
        drafted.verdict,
        reasoner=reasoner,
        consistent=consistent,
        unsatisfiable=tuple(sorted(taxonomy.unsatisfiable)),
    )
    findings = [*drafted.findings, *_clashes(taxonomy, axioms.logical, merged)]
    if consistent and not drafted.taxonomy.ignored:
        findings += _disagreements(drafted.taxonomy, taxonomy)
    return replace(
        drafted,
        taxonomy=taxonomy,
        inferred=_inferred(taxonomy, axioms),
        verdict=verdict,
        findings=tuple(findings),
    )


def _inferred(taxonomy: Taxonomy, axioms: Axioms) -> tuple[tuple[str, str], ...]:
    """The direct subclass pairs between named classes that nobody asserted, sorted."""
    asserted = {
        (axiom.sub_class, axiom.super_class)
        for axiom in axioms.logical
        if isinstance(axiom, SubClassOf)
    }
    return tuple(
        (below, above)
        for below, all_above in sorted(direct_superclasses(taxonomy).items())
        for above in all_above
        if (below, above) not in asserted
    )


def _clashes(taxonomy: Taxonomy, axioms: Sequence[Axiom], merged: Merged) -> Iterator[Finding]:
    if not taxonomy.consistent:
        yield _clash("inconsistent", "", axioms, merged)
        return
    for name in sorted(taxonomy.unsatisfiable):
        yield _clash("unsatisfiable", name, axioms, merged)


def _clash(check: str, name: str, axioms: Sequence[Axiom], merged: Merged) -> Finding:
    """The class, and a minimal set of axioms that clash, by label and source file."""
    label = merged.labels.get(name, name)

    def entails(some: Sequence[Axiom]) -> bool:
        found = classify(some)
        return not found.consistent if check == "inconsistent" else name in found.unsatisfiable

    candidates = axioms if check == "inconsistent" else relevant(axioms, name)
    told = (
        [_told(axiom, merged) for axiom in justification(candidates, entails)]
        if entails(candidates)
        else []
    )
    what = (
        "the ontology is inconsistent" if check == "inconsistent" else f"“{label}” is unsatisfiable"
    )
    clash = "; ".join(told) or "the clash lies outside OWL 2 EL, so no minimal set was found"
    return Finding(
        check,
        "violation",
        f"{what}: these axioms clash: {clash}",
        name,
        why=CLASH_WHY,
        fix="remove or weaken one of these axioms",
        place=merged.places.find(name) if name else None,
    )


def _told(axiom: Axiom, merged: Merged) -> str:
    place = merged.places.find(axiom.subject)
    words = render(
        axiom, lambda iri: merged.labels.get(iri) or merged.prefixes.compress(iri) or iri
    )
    return f"{words} ({place.file}:{place.line})" if place else words


def _disagreements(el: Taxonomy, dl: Taxonomy) -> Iterator[Finding]:
    difference = compare(el, dl)
    for only, who in (
        (difference.only_left, "the EL classifier"),
        (difference.only_right, "HermiT"),
    ):
        for below, above in only:
            yield Finding(
                "reasoners-disagree",
                "violation",
                f"only {who} says that the one is a kind of the other",
                below,
                ns.RDFS_SUBCLASSOF.value,
                above,
                "One of two reasoners is wrong, so neither can be trusted here.",
                "report it, with both classes",
            )
