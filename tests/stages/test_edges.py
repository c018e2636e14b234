"""Direct edges: only from supported, affirming claims, and each names the claims it came from."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from pyoxigraph import Literal, NamedNode, Triple

from milia_onto.model import namespaces as ns
from milia_onto.model.namespaces import vocab
from milia_onto.stages.claims import POLARITIES, VERDICTS
from milia_onto.stages.edges import edges
from milia_onto.stages.predicates import PREDICATES, read_predicates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milia_onto.model.values import Release, Sources

MILIA, BURN = ns.named("MILIA:0000001"), ns.named("MILIA:0000321")
CAUSE = vocab("reportedCause")
EDGE_OF = {"follows": CAUSE, "caused-by": CAUSE, "feature-of": vocab("featureOf")}
LITERATURE, SEED = NamedNode(ns.SOURCE + "a-1"), NamedNode(ns.SOURCE + "seed-001")
TRACEABLE, LISTED = ns.named("ECO:0000033"), ns.named("ECO:0000204")
TIER, DISEASE = ns.named("MILIA:0000913"), ns.named("MILIA:0000300")
BACKGROUND = [
    Triple(LITERATURE, TIER, Literal("A")),
    Triple(SEED, TIER, Literal("S")),
    Triple(DISEASE, ns.named("oboInOwl:inSubset"), vocab("groupingTerm")),
]
SLOTS = {
    "subject": MILIA,
    "predicate": vocab("follows"),
    "object": BURN,
    "polarity": vocab("positive"),
    "verdict": vocab("supported"),
}


def claim(name: str = "r-001", **slots: NamedNode | Literal | None) -> list[Triple]:
    node = NamedNode(ns.CLAIM + name)
    found = SLOTS | slots
    told = [Triple(node, vocab(slot), value) for slot, value in found.items() if value is not None]
    return [*told, *line(name, 1)]


def line(
    name: str,
    number: int,
    source: NamedNode = LITERATURE,
    eco: NamedNode = TRACEABLE,
    direction: str = "supporting",
) -> list[Triple]:
    node = NamedNode(f"{ns.CLAIM}{name}/evidence-{number}")
    return [
        Triple(NamedNode(ns.CLAIM + name), vocab("evidenceLine"), node),
        Triple(node, vocab("direction"), vocab(direction)),
        Triple(node, vocab("evidenceType"), eco),
        Triple(node, ns.DCTERMS_SOURCE, source),
    ]


def derived(*claims: list[Triple]) -> dict[tuple[NamedNode, NamedNode, NamedNode], list[str]]:
    """The claims that each edge names."""
    predicates = [Triple(vocab(name), vocab("derivesEdge"), edge) for name, edge in EDGE_OF.items()]
    found = list(
        edges([*BACKGROUND, *predicates, *(triple for triples in claims for triple in triples)])
    )
    support = claims_of(found)
    plain = {tuple(t) for t in found if isinstance(t.subject, NamedNode)}
    assert plain == set(support), "every edge is annotated, every annotated axiom is there"
    return support


def claims_of(
    triples: list[Triple],
) -> dict[tuple[NamedNode, NamedNode, NamedNode], list[str]]:
    about: dict[object, dict[object, list[NamedNode]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        about[triple.subject][triple.predicate].append(triple.object)  # type: ignore[arg-type]
    axioms = (said for said in about.values() if vocab("derivedFrom") in said)
    parts = (ns.OWL_ANNOTATED_SOURCE, ns.OWL_ANNOTATED_PROPERTY, ns.OWL_ANNOTATED_TARGET)
    return {
        tuple(said[part][0] for part in parts): [  # type: ignore[misc]
            node.value.removeprefix(ns.CLAIM) for node in said[vocab("derivedFrom")]
        ]
        for said in axioms
    }


JUDGED = list(product(POLARITIES, VERDICTS))


@pytest.mark.parametrize(("polarity", "verdict"), JUDGED)
def test_only_a_supported_and_affirming_claim_gives_an_edge(polarity: str, verdict: str) -> None:
    assert len(JUDGED) == 10
    found = derived(claim(polarity=vocab(polarity), verdict=vocab(verdict)))
    gives = (polarity, verdict) == ("positive", "supported")
    assert found == ({(MILIA, CAUSE, BURN): ["r-001"]} if gives else {})


NO_EDGE = {
    "a co-mention": {"predicate": vocab("co-mentioned-with")},
    "a suspicion": {"predicate": vocab("suspected-risk-factor")},
    "no predicate": {"predicate": None},
    "no object": {"object": None},
    "a value": {"object": None, "value": Literal("a burn", language="en")},
    "an object in words": {"object": Literal("a burn")},
}


@pytest.mark.parametrize("name", NO_EDGE)
def test_what_gives_no_edge(name: str) -> None:
    assert len(NO_EDGE) == 6
    assert derived(claim(**NO_EDGE[name])) == {}


LINES = {
    "literature": (True, [(LITERATURE, TRACEABLE, "supporting")]),
    "a name in a list": (True, [(LITERATURE, LISTED, "supporting")]),
    "a seed that the literature supports": (
        True,
        [(SEED, TRACEABLE, "supporting"), (LITERATURE, TRACEABLE, "supporting")],
    ),
    "nothing": (False, []),
    "a seed alone": (False, [(SEED, TRACEABLE, "supporting")]),
    "no traceable support": (False, [(LITERATURE, ns.named("ECO:0000034"), "supporting")]),
    "a program": (False, [(LITERATURE, ns.named("ECO:0000501"), "supporting")]),
    "a dispute": (False, [(LITERATURE, TRACEABLE, "disputing")]),
}


@pytest.mark.parametrize("name", LINES)
def test_an_edge_needs_more_than_a_seed_behind_it(name: str) -> None:
    assert len(LINES) == 8
    gives, lines = LINES[name]
    bare = [t for t in claim() if t.predicate.value.removeprefix(ns.VOCAB) in SLOTS]
    found = derived([*bare, *(t for n, told in enumerate(lines) for t in line("r-001", n, *told))])
    assert found == ({(MILIA, CAUSE, BURN): ["r-001"]} if gives else {})


def test_no_edge_leads_to_a_term_that_only_groups() -> None:
    assert derived(claim(object=DISEASE), claim("r-002")) == {(MILIA, CAUSE, BURN): ["r-002"]}
    assert derived(claim(subject=DISEASE)) == {(DISEASE, CAUSE, BURN): ["r-001"]}


def test_an_edge_names_every_claim_that_carries_it_and_no_other() -> None:
    against = vocab("contradicted")
    found = derived(
        claim("r-002"),
        claim("r-001", predicate=vocab("caused-by")),
        claim("r-003", verdict=against),
        claim("r-004", predicate=vocab("feature-of")),
        claim("r-005", subject=BURN, object=MILIA),
    )
    assert found == {
        (MILIA, CAUSE, BURN): ["r-001", "r-002"],
        (MILIA, vocab("featureOf"), BURN): ["r-004"],
        (BURN, CAUSE, MILIA): ["r-005"],
    }


def test_a_denial_beside_a_supported_claim_takes_nothing_away_and_adds_nothing() -> None:
    found = derived(claim("r-001"), claim("r-002", polarity=vocab("negative")))
    assert found == {(MILIA, CAUSE, BURN): ["r-001"]}


def test_the_order_of_the_claims_does_not_matter() -> None:
    claims = [claim("r-001"), claim("r-002", object=MILIA), claim("r-003")]
    assert list(derived(*claims)) == list(derived(*claims[::-1]))


# The release -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def triples(made: Release) -> list[Triple]:
    data = made.files["milia.nt"]
    return [quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)]


@pytest.fixture(scope="module")
def slots(triples: list[Triple]) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for triple in triples:
        subject = getattr(triple.subject, "value", "")
        if subject.startswith(ns.CLAIM) and triple.predicate.value.startswith(ns.VOCAB):
            name = triple.predicate.value.removeprefix(ns.VOCAB)
            found[subject.removeprefix(ns.CLAIM)][name] = str(triple.object.value)  # type: ignore[union-attr]
    return found


@pytest.fixture(scope="module")
def edge_of(sources: Sources) -> dict[str, str]:
    predicates, _ = read_predicates(PREDICATES, sources.files[PREDICATES])
    return {p.name: p.edge.removeprefix("vocab:") for p in predicates.values() if p.edge}


def test_every_edge_of_the_release_rests_on_claims_that_carry_it(
    triples: list[Triple], slots: Mapping[str, Mapping[str, str]], edge_of: dict[str, str]
) -> None:
    support = claims_of(triples)
    assert len(support) > 200
    for (subject, edge, obj), names in support.items():
        assert names
        for said in (slots[name] for name in names):
            assert said["verdict"] == ns.VOCAB + "supported"
            assert said["polarity"] == ns.VOCAB + "positive"
            assert said["subject"] == subject.value
            assert said["object"] == obj.value
            assert edge.value == ns.VOCAB + edge_of[said["predicate"].removeprefix(ns.VOCAB)]


def test_every_edge_of_the_release_is_annotated(
    triples: list[Triple], edge_of: dict[str, str]
) -> None:
    properties = {vocab(edge) for edge in edge_of.values()}
    assert len(properties) == 7
    plain = {tuple(t) for t in triples if t.predicate in properties}
    assert plain == set(claims_of(triples))


def test_every_claim_of_the_release_that_can_carry_an_edge_does(
    triples: list[Triple], slots: Mapping[str, Mapping[str, str]], edge_of: dict[str, str]
) -> None:
    named = {name for names in claims_of(triples).values() for name in names}
    tiers = {t.subject: t.object.value for t in triples if t.predicate == TIER}  # type: ignore[union-attr]
    sources = {t.subject: t.object for t in triples if t.predicate == ns.DCTERMS_SOURCE}
    groupings = {t.subject.value for t in triples if t.object == vocab("groupingTerm")}  # type: ignore[union-attr]
    assert len(groupings) == 16
    vouched = {
        name.partition("/")[0]
        for name, said in slots.items()
        if said.get("direction") == ns.VOCAB + "supporting"
        and not said["evidenceType"].endswith(("ECO_0000034", "ECO_0000501"))
        and tiers[sources[NamedNode(ns.CLAIM + name)]] != "S"  # type: ignore[index]
    }
    able = {
        name
        for name, said in slots.items()
        if name in vouched
        and said.get("object") not in groupings
        and said.get("verdict") == ns.VOCAB + "supported"
        and said.get("polarity") == ns.VOCAB + "positive"
        and said.get("predicate", "").removeprefix(ns.VOCAB) in edge_of
        and "object" in said
    }
    assert named == able


def test_no_edge_is_a_logical_property(triples: list[Triple], edge_of: dict[str, str]) -> None:
    annotation = ns.named("owl:AnnotationProperty")
    properties = {vocab(edge) for edge in edge_of.values()}
    types = {t.subject: t.object for t in triples if t.predicate == ns.RDF_TYPE}
    assert {types[edge] for edge in properties} == {annotation}
