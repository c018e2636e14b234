"""The claim book of a release: who says so, who disagrees, how each source fares."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from milia_onto.publish.claims import ClaimBook, verdict_counts
from milia_onto.publish.lookup import Index, index_of
from milia_onto.stages.claims import VERDICTS

if TYPE_CHECKING:
    from milia_onto.model.values import Release

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "modelling-claims.md"
SEEDS = ("seed-000", "seed-001", "seed-002", "seed-003", "seed-004")


def claim(id_: str, says: str, **slots: Any) -> dict[str, Any]:
    return {
        "id": f"claim:{id_}",
        "type": ["Claim", "NamedIndividual"],
        "label": f"{id_}: {says}",
        "sources": ["source:seed-001"],
        "subject": "MILIA:0000001",
        "predicate": "vocab:follows",
        "object": "MILIA:0000321",
        "polarity": "vocab:positive",
        "verdict": "vocab:supported",
        "confidence": "vocab:highConfidence",
        "evidenceType": "ECO:0000034",
        **slots,
    }


DISPUTED = {"verdict": "vocab:contradicted", "reason": "No count says so.", "qualifier": "often"}
GRAPH: list[dict[str, Any]] = [
    {"id": "MILIA:0000001", "type": "Class", "label": "milia"},
    {"id": "MILIA:0000321", "type": "Class", "label": "burn"},
    {"id": "ECO:0000034", "type": "Class", "label": "author statement"},
    {
        "id": "vocab:follows",
        "type": ["NamedIndividual", "vocab:ClaimPredicate"],
        "label": "occurs following (claim predicate)",
    },
    {
        "id": "source:seed-001",
        "type": ["MILIA:0000930", "NamedIndividual"],
        "label": "Types and removal",
        "comment": {"en": "001_abc.txt"},
    },
    {"id": "source:berk-2008", "type": ["MILIA:0000930"], "label": "Milia: a review"},
    claim("r-001", "milia occurs following burn", sources=["source:berk-2008"]),
    claim("r-002", "a burn is red", subject="MILIA:0000321", object="MILIA:0000700"),
    claim("r-003", "said of milia as object", subject="MILIA:0000321", object="MILIA:0000001"),
    claim(
        "s001-001",
        "milia has size large",
        predicate="vocab:has-size",
        object=None,
        value="large",
        sourceLine=["9", "87"],
        supportedBy=["claim:r-002"],
        disputedBy=["claim:r-001", "claim:x-999"],
        **DISPUTED,
    ),
    claim("s001-002", "milia occurs following burn", disputedBy="claim:s001-001"),
]


@pytest.fixture(scope="module")
def book() -> ClaimBook:
    return ClaimBook(Index({"@context": {}, "@graph": GRAPH}))


def ids(found: list[Any]) -> list[str]:
    return [statement.id.removeprefix("claim:") for statement in found]


def test_a_term_is_found_as_subject_and_as_object(book: ClaimBook) -> None:
    assert ids(book.about("MILIA:0000001")) == ["r-001", "r-003", "s001-001", "s001-002"]
    assert ids(book.about("MILIA:0000700")) == ["r-002"]
    assert book.about("MILIA:0000999") == []


def test_a_predicate_and_an_object_narrow_and_the_link_reads_both_ways(book: ClaimBook) -> None:
    there = book.about("MILIA:0000001", "vocab:follows", "MILIA:0000321")
    back = book.about("MILIA:0000321", "vocab:follows", "MILIA:0000001")
    assert ids(there) == ids(back) == ["r-001", "r-003", "s001-002", "s001-001"]
    assert book.about("MILIA:0000001", "vocab:has-size", "MILIA:0000321") == []


def test_what_supports_or_disputes_follows_once_and_only_with_an_object(book: ClaimBook) -> None:
    assert "s001-001" in ids(book.about("MILIA:0000001", "vocab:follows", "MILIA:0000321"))
    assert ids(book.about("MILIA:0000001", "vocab:has-size")) == ["s001-001"]
    assert "r-002" not in ids(book.about("MILIA:0000001"))


def test_a_statement_is_the_claim_in_words(book: ClaimBook) -> None:
    (statement,) = book.about("MILIA:0000001", "vocab:has-size")
    assert statement.says == "milia has size large"
    assert statement.qualifier == "often"
    assert (statement.verdict, statement.confidence) == ("contradicted", "high")
    assert statement.reason == "No count says so."
    assert statement.sources == ("Types and removal",)
    assert statement.evidence == "author statement"
    assert statement.lines == ("9", "87")
    assert statement.supported_by == ("r-002: a burn is red (Types and removal)",)


def test_a_claim_that_is_not_there_is_told_by_its_id(book: ClaimBook) -> None:
    (statement,) = book.about("MILIA:0000001", "vocab:has-size")
    assert statement.disputed_by == (
        "r-001: milia occurs following burn (Milia: a review)",
        "claim:x-999",
    )


def test_a_claim_without_qualifier_reason_or_lines_says_so_by_empty_slots(book: ClaimBook) -> None:
    statement = book.statement("claim:r-001")
    assert (statement.qualifier, statement.reason, statement.lines) == ("", "", ())
    assert statement.supported_by == statement.disputed_by == ()


def test_a_source_says_its_claims_in_order_and_those_that_cite_it_last(book: ClaimBook) -> None:
    assert ids(book.of_source("source:seed-001")) == ["s001-001", "r-002", "r-003", "s001-002"]
    assert ids(book.of_source("source:berk-2008")) == ["r-001"]
    assert book.of_source("source:nobody") == []


def test_sources_are_known_by_slug_title_and_file_name(book: ClaimBook) -> None:
    known = book.sources()
    assert known["seed 001"] == known["types and removal"] == known["001 abc.txt"]
    assert set(known.values()) == {"source:seed-001", "source:berk-2008"}


def test_predicates_are_known_by_name_and_label(book: ClaimBook) -> None:
    assert book.predicates() == {
        "follows": "vocab:follows",
        "occurs following": "vocab:follows",
    }


def test_verdicts_are_counted(book: ClaimBook) -> None:
    counts = verdict_counts(book.of_source("source:seed-001"))
    assert counts == {"supported": 3, "contradicted": 1}


def test_a_release_without_claims_has_none() -> None:
    empty = ClaimBook(Index({"@context": {}, "@graph": GRAPH[:3]}))
    assert empty.about("MILIA:0000001") == []
    assert empty.sources() == empty.predicates() == {}


# The release -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def published(made: Release) -> ClaimBook:
    return ClaimBook(index_of(made.files["milia.jsonld"]))


def test_every_claim_of_the_release_can_be_told(published: ClaimBook) -> None:
    told = [published.statement(id_) for id_ in published.claims]
    assert len(told) > 1000
    for statement in told:
        assert statement.says
        assert statement.sources
        assert not statement.evidence.startswith("ECO:"), "evidence types are told by their label"
        assert statement.verdict == "supported" or statement.reason
        assert statement.verdict != "contradicted" or statement.disputed_by


def test_every_seed_makes_claims_at_lines(published: ClaimBook) -> None:
    for seed in SEEDS:
        found = published.of_source(f"source:{seed}")
        own = [s for s in found if s.id.startswith(f"claim:s{seed[-3:]}-")]
        assert len(own) > 30
        assert all(statement.lines for statement in own)


def counted(published: ClaimBook) -> dict[str, Counter[str]]:
    return {seed: verdict_counts(published.of_source(f"source:{seed}")) for seed in SEEDS}


def test_the_guide_counts_the_claims_of_each_seed_as_the_release_does(
    published: ClaimBook,
) -> None:
    text = GUIDE.read_text(encoding="utf-8")
    before, opening, rest = text.partition("<!-- generated: counts -->\n")
    found, closing, after = rest.partition("<!-- /generated -->\n")
    assert opening
    assert closing
    wanted = table(counted(published))
    if os.environ.get("MILIA_ONTO_REWRITE") == "1":
        GUIDE.write_text(f"{before}{opening}{wanted}{closing}{after}", encoding="utf-8")
    else:
        assert found == wanted, "run with MILIA_ONTO_REWRITE=1"


def table(counts: dict[str, Counter[str]]) -> str:
    lines = [f"| source | {' | '.join(VERDICTS)} | all |", "|---|" + "---:|" * 6]
    for name, count in {**counts, "all five": sum(counts.values(), Counter())}.items():
        cells = [*(count[verdict] for verdict in VERDICTS), count.total()]
        lines.append(f"| {name} | {' | '.join(map(str, cells))} |")
    return "\n".join(lines) + "\n"
