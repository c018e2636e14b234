"""Two reasoners, held side by side; what clashes is named by label and source line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milia_onto.model import namespaces as ns
from milia_onto.model.errors import ContentError
from milia_onto.model.values import Place
from milia_onto.stages import reason
from milia_onto.stages.merge import merge
from milia_onto.stages.profiles import EL_EXCEPTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from milia_onto.model.values import Finding, Merged, Reasoned, Sources

KINDS = "ontology/modules/kinds.ttl"
THING = "http://www.w3.org/2002/07/owl#Thing"
MILIA, PRIMARY, SECONDARY = (f"{ns.TERM}000000{n}" for n in (1, 2, 3))
DEFINED = """
MILIA:0000003
    a owl:Class ;
    rdfs:label "secondary milia"@en ;
    owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( MILIA:0000001 [ a owl:Restriction ;
        owl:onProperty MILIA:0000900 ; owl:someValuesFrom MILIA:0000004 ] ) ] ;
    .

MILIA:0000004
    a owl:Class ;
    rdfs:label "trigger"@en ;
    .

MILIA:0000005
    a owl:Class ;
    rdfs:label "milia after a burn"@en ;
    owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( MILIA:0000001 [ a owl:Restriction ;
        owl:onProperty MILIA:0000900 ; owl:someValuesFrom MILIA:0000006 ] ) ] ;
    .

MILIA:0000006
    a owl:Class ;
    rdfs:label "burn"@en ;
    rdfs:subClassOf MILIA:0000004 ;
    .

MILIA:0000900
    a owl:ObjectProperty ;
    rdfs:label "follows"@en ;
    .
"""
BURN = f"{ns.TERM}0000005"


@pytest.fixture
def merged_with(tiny: Callable[..., Sources]) -> Callable[[str], Merged]:
    def make(more: str) -> Merged:
        merged = merge(tiny({KINDS: tiny().files[KINDS].decode() + more}))
        assert not merged.findings
        return merged

    return make


def draft(merged: Merged, exceptions: bytes | None = None) -> Reasoned:
    return reason.draft(merged, reason.read(merged), exceptions)


def settle(drafted: Reasoned, **answer: object) -> Reasoned:
    """The draft with an answer of the second reasoner that agrees, unless ``answer`` says other."""
    parents: Mapping[str, tuple[str, ...]] = {
        name: tuple(above) for name, above in drafted.taxonomy.subsumers.items()
    }
    said = {"consistent": True, "unsatisfiable": (), "parents": parents} | answer
    return reason.settle(drafted, "other", said["consistent"], said["unsatisfiable"], said["parents"])  # type: ignore[arg-type]  # fmt: skip


def named(findings: tuple[Finding, ...], check: str) -> list[Finding]:
    return [finding for finding in findings if finding.check == check]


def test_a_defined_class_is_placed(merged_with: Callable[[str], Merged]) -> None:
    assert (BURN, SECONDARY) in draft(merged_with(DEFINED)).inferred


def test_what_was_asserted_is_not_inferred(merged_with: Callable[[str], Merged]) -> None:
    drafted = draft(merged_with(DEFINED))
    assert (PRIMARY, MILIA) not in drafted.inferred
    assert (BURN, MILIA) not in drafted.inferred, "only direct superclasses are published"


def test_two_reasoners_that_agree_say_nothing(merged_with: Callable[[str], Merged]) -> None:
    settled = settle(draft(merged_with(DEFINED)))
    assert settled.findings == ()
    assert settled.verdict.reasoner == "other"
    assert settled.verdict.profiles == {"OWL 2 DL": True, "OWL 2 EL": True}
    assert (BURN, SECONDARY) in settled.inferred


def test_what_only_the_second_reasoner_finds_is_named(
    merged_with: Callable[[str], Merged],
) -> None:
    drafted = draft(merged_with(DEFINED))
    parents = dict(drafted.taxonomy.subsumers) | {PRIMARY: (MILIA, SECONDARY)}
    (finding,) = named(settle(drafted, parents=parents).findings, "reasoners-disagree")
    assert "only HermiT" in finding.message
    assert (finding.entity, finding.value) == (PRIMARY, SECONDARY)


def test_what_only_the_first_reasoner_finds_is_named(merged_with: Callable[[str], Merged]) -> None:
    drafted = draft(merged_with(DEFINED))
    parents = dict(drafted.taxonomy.subsumers) | {BURN: (MILIA,)}
    (finding,) = named(settle(drafted, parents=parents).findings, "reasoners-disagree")
    assert "only the EL classifier" in finding.message
    assert (finding.entity, finding.value) == (BURN, SECONDARY)


IMPOSSIBLE = (
    DEFINED
    + """
MILIA:0000007
    a owl:Class ;
    rdfs:label "impossible milia"@en ;
    rdfs:subClassOf MILIA:0000002 ;
    rdfs:subClassOf MILIA:0000005 ;
    .

MILIA:0000008
    a owl:Class ;
    rdfs:label "no milia"@en ;
    rdfs:subClassOf MILIA:0000004 ;
    owl:disjointWith MILIA:0000006 ;
    .
"""
)


def test_an_unsatisfiable_class_is_named_with_a_minimal_clash(
    merged_with: Callable[[str], Merged],
) -> None:
    disjoint = IMPOSSIBLE.replace('rdfs:label "trigger"@en ;', 'rdfs:label "trigger"@en ;').replace(
        '"secondary milia"@en ;', '"secondary milia"@en ; owl:disjointWith MILIA:0000002 ;'
    )
    drafted = draft(merged_with(disjoint))
    name = f"{ns.TERM}0000007"
    assert drafted.taxonomy.unsatisfiable == {name}
    (finding,) = named(settle(drafted, unsatisfiable=(name,)).findings, "unsatisfiable")
    assert finding.entity == name
    assert finding.place
    assert finding.place.file == KINDS
    assert "“impossible milia” is unsatisfiable" in finding.message
    for part in ("primary milia", "secondary milia", "milia after a burn", "burn", f"({KINDS}:"):
        assert part in finding.message
    assert "no milia" not in finding.message, "the set of clashing axioms is minimal"


INCONSISTENT = """
MILIA:0000002 owl:disjointWith MILIA:0000003 .

MILIA:0000003
    a owl:Class ;
    rdfs:label "secondary milia"@en ;
    .

<https://w3id.org/milia/source/case>
    a owl:NamedIndividual , MILIA:0000002 , MILIA:0000003 ;
    rdfs:label "case"@en ;
    .
"""


def test_an_inconsistent_ontology_is_named_with_its_clash(tiny: Callable[..., Sources]) -> None:
    merged = merge(tiny({KINDS: tiny().files[KINDS].decode() + INCONSISTENT}))
    drafted = draft(merged)
    assert not drafted.verdict.consistent
    (finding,) = named(settle(drafted, consistent=False, parents={}).findings, "inconsistent")
    assert "the ontology is inconsistent" in finding.message
    assert "case" in finding.message
    assert f"({KINDS}:" in finding.message


def test_the_reasoner_is_handed_logic_only(merged_with: Callable[[str], Merged]) -> None:
    merged = merged_with(DEFINED)
    logic = reason.logic(reason.read(merged)).decode()
    assert "0000900> <http" in logic
    for absent in ('"', "owl#Ontology", "owl#imports", "owl#Axiom", "broadMatch> <https"):
        assert absent not in logic


OUTSIDE_EL = """
MILIA:0000900
    a owl:ObjectProperty ;
    rdfs:label "follows"@en ;
    .

MILIA:0000003
    a owl:Class ;
    rdfs:label "only so"@en ;
    rdfs:subClassOf [ a owl:Restriction ; owl:onProperty MILIA:0000900 ;
        owl:allValuesFrom MILIA:0000001 ] ;
    .
"""


def test_an_axiom_outside_el_is_named(merged_with: Callable[[str], Merged]) -> None:
    drafted = draft(merged_with(OUTSIDE_EL))
    (finding,) = named(drafted.findings, "owl-el")
    assert finding.entity == SECONDARY
    assert finding.place
    assert finding.place.file == KINDS
    assert EL_EXCEPTIONS in finding.fix
    assert drafted.verdict.profiles == {"OWL 2 DL": True, "OWL 2 EL": False}


def test_a_listed_exception_lets_it_pass(merged_with: Callable[[str], Merged]) -> None:
    merged = merged_with(OUTSIDE_EL)
    rule = named(draft(merged).findings, "owl-el")[0].value
    table = f"rule\tsubject\treason\n{rule}\t{SECONDARY}\tit is only so\n"
    assert draft(merged, table.encode()).findings == ()


def test_an_exception_that_nothing_needs_is_named(merged_with: Callable[[str], Merged]) -> None:
    merged = merged_with(OUTSIDE_EL)
    rule = named(draft(merged).findings, "owl-el")[0].value
    rows = [(rule, SECONDARY), (rule, BURN), ("no-such-rule", SECONDARY)]
    table = "rule\tsubject\treason\n" + "".join(f"{r}\t{s}\tit is so\n" for r, s in rows)
    found = draft(merged, table.encode()).findings
    assert [(f.check, f.severity) for f in found] == [("table-row", "violation")] * 2
    assert [f.place for f in found] == [Place(EL_EXCEPTIONS, line) for line in (3, 4)]
    assert [f.message for f in found] == [
        f"no axiom of {BURN} breaks the rule “{rule}”",
        f"no axiom of {SECONDARY} breaks the rule “no-such-rule”",
    ]


def test_an_exception_given_twice_is_named(merged_with: Callable[[str], Merged]) -> None:
    merged = merged_with(OUTSIDE_EL)
    rule = named(draft(merged).findings, "owl-el")[0].value
    table = "rule\tsubject\treason\n" + f"{rule}\t{SECONDARY}\tit is so\n" * 2
    (finding,) = draft(merged, table.encode()).findings
    assert finding.place == Place(EL_EXCEPTIONS, 3)
    assert "was already given in line 2" in finding.message


def test_an_exception_without_a_reason_is_wrong(merged_with: Callable[[str], Merged]) -> None:
    merged = merged_with(OUTSIDE_EL)
    rule = named(draft(merged).findings, "owl-el")[0].value
    table = f"rule\tsubject\treason\n{rule}\t{SECONDARY}\t\n"
    places = [f.place for f in draft(merged, table.encode()).findings if f.check == "table-row"]
    assert [(p.file, p.line) for p in places if p] == [(EL_EXCEPTIONS, 2)]


OUTSIDE_DL = """
MILIA:0000900
    a owl:ObjectProperty , owl:TransitiveProperty , owl:AsymmetricProperty ;
    rdfs:label "follows"@en ;
    .
"""


def test_an_axiom_outside_dl_is_named(merged_with: Callable[[str], Merged]) -> None:
    found = named(draft(merged_with(OUTSIDE_DL)).findings, "owl-dl")
    assert found
    assert {finding.entity for finding in found} == {f"{ns.TERM}0000900"}


# What leaves OWL 2 DL or EL under a blank node: name, source, the entity, a part of the message
BLANK = [
    ("in an expression", "MILIA:0000003 a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty MILIA:0000900 ] .", SECONDARY, "the triple [] <http://www.w3.org/2002/07/owl#onProperty> "),
    ("without an owner", "[] MILIA:0000901 [] .", "", "the triple [] <https://w3id.org/milia/MILIA_0000901> [] says nothing in OWL"),
    ("an anonymous individual", "[] a MILIA:0000003 .", SECONDARY, ", said of a blank node ("),
]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "entity", "message"), [pytest.param(*rest, id=name) for name, *rest in BLANK]
)
def test_a_finding_under_a_blank_node_is_the_same_at_every_run(
    merged_with: Callable[[str], Merged], more: str, entity: str, message: str
) -> None:
    assert len(BLANK) == 3
    found, again = (draft(merged_with(f"\n{more}\n")).findings for _ in range(2))
    assert any(f.entity == entity and message in f.message for f in found)
    assert sorted(found, key=lambda f: f.sort_key) == sorted(again, key=lambda f: f.sort_key)
    assert not any("_:" in f.message + f.entity for f in found)


def test_expressions_deeper_than_anybody_writes_are_an_error(
    merged_with: Callable[[str], Merged],
) -> None:
    start = "[ a owl:Restriction ; owl:onProperty MILIA:0000900 ; owl:someValuesFrom "
    deep = start * 3000 + "owl:Thing" + " ]" * 3000
    more = f"\nMILIA:0000900\n    a owl:ObjectProperty .\n\nMILIA:0000003 a owl:Class ; rdfs:subClassOf {deep} .\n"
    with pytest.raises(ContentError) as stopped:
        reason.read(merged_with(more))
    assert stopped.value.fix
