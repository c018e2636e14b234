"""The conflict report: every disputing pair once, with both sides and how each fares."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from pyoxigraph import Literal, NamedNode, Triple

from milia_onto.model import namespaces as ns
from milia_onto.model.namespaces import vocab
from milia_onto.stages.conflicts import COLUMNS, SECOND, as_page, as_table, conflicts

if TYPE_CHECKING:
    from milia_onto.model.values import Release

MILIA, PRIMARY = ns.named("MILIA:0000001"), ns.named("MILIA:0000002")
SIZE, CAUSE = vocab("has-size"), vocab("caused-by")
NAMES = {
    MILIA: "milia",
    PRIMARY: "primary milia",
    SIZE: "has size (claim predicate)",
    CAUSE: "caused by (claim predicate)",
    NamedNode(ns.SOURCE + "seed-001"): "Types and removal of milia",
    NamedNode(ns.SOURCE + "berk-2008"): "Milia: a review",
}
LABELS = [Triple(node, ns.RDFS_LABEL, Literal(text, language="en")) for node, text in NAMES.items()]


def claim(
    name: str,
    *disputed_by: str,
    subject: NamedNode = MILIA,
    predicate: NamedNode = SIZE,
    source: str = "seed-001",
    reason: str = "",
    qualifier: str = "",
) -> list[Triple]:
    node = NamedNode(ns.CLAIM + name)
    found = [
        Triple(node, ns.RDFS_LABEL, Literal(f"{name}: it is so", language="en")),
        Triple(node, vocab("subject"), subject),
        Triple(node, vocab("predicate"), predicate),
        Triple(node, vocab("verdict"), vocab("contradicted" if reason else "supported")),
        *(Triple(node, ns.DCTERMS_SOURCE, NamedNode(ns.SOURCE + s)) for s in source.split("|")),
        *(Triple(node, vocab("disputedBy"), NamedNode(ns.CLAIM + other)) for other in disputed_by),
    ]
    for prop, text in (("reason", reason), ("qualifier", qualifier)):
        if text:
            found.append(Triple(node, vocab(prop), Literal(text, language="en")))
    return found


def test_a_pair_is_one_conflict_whoever_names_whom() -> None:
    both = conflicts([*claim("r-001", "s001-001"), *claim("s001-001", "r-001"), *LABELS])
    forth = conflicts([*claim("r-001", "s001-001"), *claim("s001-001"), *LABELS])
    back = conflicts([*claim("r-001"), *claim("s001-001", "r-001"), *LABELS])
    assert both == forth == back
    assert [(c.one.claim, c.other.claim) for c in both] == [("r-001", "s001-001")]


def test_claims_that_nobody_disputes_are_no_conflict() -> None:
    assert conflicts([*claim("r-001"), *claim("r-002"), *LABELS]) == []


def test_both_sides_say_what_who_and_how_they_fare() -> None:
    first = claim("r-001", "s001-001", source="seed-001|berk-2008")
    second = claim("s001-001", "r-001", reason="Too large.", qualifier="usually")
    (conflict,) = conflicts([*first, *second, *LABELS])
    assert conflict.topic == "milia: has size"
    assert conflict.one.cells() == (
        "r-001",
        "it is so",
        "Milia: a review; Types and removal of milia",
        "supported",
        "",
    )
    assert conflict.other.cells() == (
        "s001-001",
        "it is so (usually)",
        "Types and removal of milia",
        "contradicted",
        "Too large.",
    )


def test_conflicts_come_by_topic_then_claim_in_whatever_order_the_graph_is() -> None:
    graph = [
        *claim("r-001", "r-003", "r-002"),
        *claim("r-002", "r-001"),
        *claim("r-003", "r-001"),
        *claim("a-001", "a-002", subject=PRIMARY, predicate=CAUSE),
        *claim("a-002", "a-001", subject=PRIMARY, predicate=CAUSE),
        *LABELS,
    ]
    found = conflicts(graph)
    assert [(c.topic, c.one.claim, c.other.claim) for c in found] == [
        ("milia: has size", "r-001", "r-002"),
        ("milia: has size", "r-001", "r-003"),
        ("primary milia: caused by", "a-001", "a-002"),
    ]
    assert conflicts(graph[::-1]) == found


def test_the_page_has_one_heading_a_topic_and_one_pair_of_lines_a_conflict() -> None:
    graph = [
        *claim("r-001", "r-002", "r-003"),
        *claim("r-002"),
        *claim("r-003", reason="No."),
        *LABELS,
    ]
    page = as_page(conflicts(graph)).decode()
    assert re.findall(r"^## (.*)$", page, re.M) == ["milia: has size"]
    assert re.findall(r"\[(\w-\d{3});", page) == ["r-001", "r-002", "r-001", "r-003"]
    assert (
        "\n  against it is so [r-003; Types and removal of milia] **contradicted**: No.\n" in page
    )


def test_without_conflicts_the_table_is_a_header_and_the_page_a_title() -> None:
    assert as_table([]).decode() == "\t".join((*COLUMNS, *SECOND)) + "\n"
    assert as_page([]).decode().startswith("# Contradictions\n")


# The release -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pairs(made: Release) -> set[tuple[str, str]]:
    """The disputing pairs of the graph, counted without the report."""
    found = set()
    for quad in ox.parse(made.files["milia.nt"], format=ox.RdfFormat.N_TRIPLES):
        if quad.predicate == vocab("disputedBy"):
            ends = (quad.subject.value, quad.object.value)  # type: ignore[union-attr]
            one, other = sorted(str(end).removeprefix(ns.CLAIM) for end in ends)
            found.add((one, other))
    return found


def rows(made: Release) -> list[dict[str, str]]:
    text = made.files["conflicts.tsv"].decode()
    return list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_release_reports_every_dispute_once(made: Release, pairs: set[tuple[str, str]]) -> None:
    found = [(row["claim_a"], row["claim_b"]) for row in rows(made)]
    assert len(found) > 500
    assert len(found) == len(set(found))
    assert set(found) == pairs


def test_every_cell_of_the_report_but_the_reason_is_filled(made: Release) -> None:
    optional = {"a_reason", "b_reason"}
    for row in rows(made):
        assert [name for name, cell in row.items() if not cell and name not in optional] == []
        for side in "ab":
            assert row[f"{side}_verdict"] == "supported" or row[f"{side}_reason"]


def test_the_page_shows_as_many_pairs_as_the_table(made: Release) -> None:
    page = made.files["conflicts.md"].decode()
    against = re.findall(r"^  against .* \[([a-z]+\d*-\d{3}); .*\] \*\*\w+\*\*", page, re.M)
    assert against == [row["claim_b"] for row in rows(made)]


# What one seed says and another denies: two claims that must point at each other.
BETWEEN_SEEDS = [
    ("share of newborns", "s000-041", "s001-065"),
    ("steroid creams cause and treat", "s000-167", "s004-114"),
    ("steroid creams cause and treat, within one seed", "s004-042", "s004-114"),
    ("extraction treats and harms", "s000-189", "s002-029"),
    ("retinoids treat and cause", "s002-030", "s003-090"),
    ("laser treats and spreads", "s000-187", "s004-096"),
    ("exfoliation prevents and is warned against", "s002-033", "s003-118"),
    ("atrichia is inherited by another mode", "s000-151", "s003-068"),
    ("origin of primary milia", "s000-023", "s004-034"),
    ("class of newborn milia", "s000-033", "s004-099"),
    ("pain", "s001-044", "s004-018"),
    ("frequency as a drug effect", "s000-161", "s003-078"),
]


@pytest.mark.parametrize(
    ("one", "other"), [pytest.param(*rest, id=name) for name, *rest in BETWEEN_SEEDS]
)
def test_seeds_that_contradict_each_other_are_reported(
    pairs: set[tuple[str, str]], one: str, other: str
) -> None:
    assert len(BETWEEN_SEEDS) == 12
    assert (one, other) in pairs
