"""The confidence of a claim follows from its evidence lines, and from nothing else."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milia_onto.model.values import Place
from milia_onto.stages.claims import VERDICTS
from milia_onto.stages.evidence import (
    CAPPED,
    CASES,
    LEVELS,
    MENTIONS,
    STRENGTH,
    WEIGHTLESS,
    Line,
    confidence,
    lines_of,
)
from milia_onto.stages.tables import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

PROJECT = Path(__file__).resolve().parents[2]
TRACEABLE, UNTRACEABLE, TEXT_MINED = "ECO:0000033", "ECO:0000034", "ECO:0000501"
NOT_FOUND, LISTED, COPIED = "ECO:0000035", "ECO:0000204", "ECO:0000311"
PATIENTS, CURATED_PATIENTS = "ECO:0006016", "ECO:0006017"
LOW, MEDIUM, HIGH = LEVELS
COLUMNS = ("source", "evidence", "verdict", "supported_by", "disputed_by")


def row(**cells: str) -> Row:
    told = dict.fromkeys(COLUMNS, "") | {"evidence": TRACEABLE, "verdict": "supported"} | cells
    return Row(Place("ontology/claims/seed-001.tsv", 2), told)


def lines(text: str) -> list[Line]:
    """Lines written as tier and evidence: ``A B34 -C`` are A, an untraceable B, a disputing C."""
    types = {"": TRACEABLE, "34": UNTRACEABLE, "501": TEXT_MINED}
    types |= {"35": NOT_FOUND, "204": LISTED, "311": COPIED}
    types |= {"6016": PATIENTS, "6017": CURATED_PATIENTS}
    found = []
    for number, word in enumerate(text.split()):
        match = re.fullmatch(r"(-?)([ABCDS])(34|501|35|204|311|6016|6017|)", word)
        assert match, word
        direction = "disputing" if match[1] else "supporting"
        found.append(Line(direction, types[match[3]], f"source-{number}", match[2]))
    return found


# verdict, lines, confidence
RULE = [
    ("supported", "", LOW),
    ("supported", "A", HIGH),
    ("supported", "A A", HIGH),
    ("supported", "B", MEDIUM),
    ("supported", "B B", HIGH),
    ("supported", "B B B", HIGH),
    ("supported", "B C", MEDIUM),
    ("supported", "C", LOW),
    ("supported", "C C", MEDIUM),
    ("supported", "C C C", MEDIUM),
    ("supported", "C D", LOW),
    ("supported", "D", LOW),
    ("supported", "D D D D", LOW),
    ("supported", "S", LOW),
    ("supported", "S S D D", LOW),
    ("supported", "S A", HIGH),
    # What counts for nothing.
    ("supported", "A34", LOW),
    ("supported", "A501", LOW),
    ("supported", "A34 A501 B34", LOW),
    ("supported", "B B34", MEDIUM),
    ("supported", "B B501", MEDIUM),
    ("supported", "C C34", LOW),
    ("supported", "S34 A", HIGH),
    # A mere mention counts one tier lower, and never for high.
    ("supported", "A204", MEDIUM),
    ("supported", "A311", MEDIUM),
    ("supported", "A35", MEDIUM),
    ("supported", "A204 A204 A311", MEDIUM),
    ("supported", "B204", LOW),
    ("supported", "B204 B204", MEDIUM),
    ("supported", "B204 B204 B204 B204", MEDIUM),
    ("supported", "B204 C", MEDIUM),
    ("supported", "B B204", MEDIUM),
    ("supported", "B A204", MEDIUM),
    ("supported", "B B A204", HIGH),
    ("supported", "C204 C204 C204", LOW),
    ("supported", "C C204", LOW),
    ("supported", "D204 D204", LOW),
    ("supported", "A -A204", HIGH),
    ("supported", "B -A204", LOW),
    ("supported", "B -B204", MEDIUM),
    ("supported", "A204 -B", LOW),
    # Nor do few published patients, whoever tells of them.
    ("supported", "C C C C C C", MEDIUM),
    ("supported", "C6016", LOW),
    ("supported", "C6016 C6016 C6016", MEDIUM),
    ("supported", "B6016 B6016", MEDIUM),
    ("supported", "A6017 A6017", MEDIUM),
    ("supported", "B B6016", MEDIUM),
    ("supported", "A A6017", HIGH),
    ("supported", "C6016 B204", MEDIUM),
    ("supported", "A -A6017", MEDIUM),
    ("supported", "A -B6016", HIGH),
    ("supported", "A -B6016 -B", MEDIUM),
    ("supported", "B -B6016", LOW),
    # Verdicts that cap.
    ("partly", "A", HIGH),
    ("partly", "B", MEDIUM),
    ("contradicted", "A", LOW),
    ("contradicted", "A B B -A", LOW),
    ("unsupported", "A", LOW),
    ("marketing", "A A", LOW),
    # Disputes: as strong takes one step, weaker takes none.
    ("supported", "A -A", MEDIUM),
    ("supported", "A -B -B", MEDIUM),
    ("supported", "A -B", HIGH),
    ("supported", "A -C -C", HIGH),
    ("supported", "A -S34", HIGH),
    ("supported", "A -A34", HIGH),
    ("supported", "A -A501", HIGH),
    ("supported", "A A A -A", MEDIUM),
    ("supported", "B -A", LOW),
    ("supported", "B -B", LOW),
    ("supported", "B -C", MEDIUM),
    ("supported", "B -C -C", LOW),
    ("supported", "C C -B", LOW),
    ("supported", "C C -C", MEDIUM),
    ("supported", "C -C", LOW),
    ("supported", "S34 -S34", LOW),
    ("supported", "-A", LOW),
    ("partly", "B B -B -B", MEDIUM),
]


@pytest.mark.parametrize(
    ("verdict", "told", "expected"),
    [pytest.param(*case, id=f"{case[0]}: {case[1] or 'nothing'}") for case in RULE],
)
def test_the_confidence_follows_the_rule(verdict: str, told: str, expected: str) -> None:
    assert len(RULE) == 77
    assert confidence(row(verdict=verdict), lines(told)) == expected


def test_the_order_of_the_lines_does_not_matter() -> None:
    for _, told, expected in RULE:
        if told and expected != LOW:
            assert confidence(row(), lines(told)[::-1]) == expected


def test_more_support_never_lowers_and_more_dispute_never_raises() -> None:
    words = ["A", "B", "C", "D", "S", "A34", "B501", "A204", "B311", "C35", "B6016"]
    for size in range(3):
        for told in product(words, repeat=size):
            here = LEVELS.index(confidence(row(), lines(" ".join(told))))
            for word in words:
                more = confidence(row(), lines(" ".join([*told, word])))
                against = confidence(row(), lines(" ".join([*told, f"-{word}"])))
                assert LEVELS.index(more) >= here
                assert here - 1 <= LEVELS.index(against) <= here


def test_every_verdict_is_either_capped_or_weighed() -> None:
    assert [v for v in VERDICTS if v not in CAPPED] == ["supported", "partly"]
    assert WEIGHTLESS == (UNTRACEABLE, TEXT_MINED)
    assert MENTIONS == (NOT_FOUND, LISTED, COPIED)
    assert CASES == (PATIENTS, CURATED_PATIENTS)


def test_mentions_and_case_reports_never_make_a_claim_high() -> None:
    words = ["C", "D", "S", "A34", "B501"]
    words += [tier + eco for tier in STRENGTH for eco in ("35", "204", "311", "6016", "6017")]
    for size in range(3):
        for told in product(words, repeat=size):
            assert confidence(row(), lines(" ".join(told))) != HIGH


def test_case_reports_and_small_series_are_of_tier_c() -> None:
    table = (PROJECT / "ontology" / "tables" / "sources.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines()]
    kind, tier = rows[0].index("kind"), rows[0].index("tier")
    tiers = [row[tier] for row in rows if row[kind] in {"case_report", "case_series"}]
    assert len(tiers) > 30
    assert set(tiers) == {"C"}


def test_the_strength_of_a_line_is_the_tier_of_its_source() -> None:
    found: Sequence[Line] = lines("A B C D S")
    assert [line.strength for line in found] == [
        "strong",
        "moderate",
        "weak",
        "veryWeak",
        "veryWeak",
    ]
    assert list(STRENGTH) == ["A", "B", "C", "D", "S"]


# Which lines a claim has -------------------------------------------------------------------------

SOURCES = {"a-1": "A", "b-1": "B", "s-1": "S"}
ROWS = {
    "r-001": row(source="a-1|b-1"),
    "r-002": row(source="b-1", evidence=UNTRACEABLE),
    "r-003": row(source="s-1", evidence=TEXT_MINED),
}


def told(found: list[Line]) -> list[tuple[str, str, str]]:
    return [(line.direction, line.source, line.eco) for line in found]


def test_its_own_sources_support_a_claim() -> None:
    assert told(lines_of(ROWS["r-001"], ROWS, SOURCES)) == [
        ("supporting", "a-1", TRACEABLE),
        ("supporting", "b-1", TRACEABLE),
    ]


def test_named_claims_support_and_dispute_by_their_own_sources_and_evidence() -> None:
    claim = row(source="s-1", evidence=UNTRACEABLE, supported_by="r-001", disputed_by="r-002|r-003")
    assert told(lines_of(claim, ROWS, SOURCES)) == [
        ("supporting", "s-1", UNTRACEABLE),
        ("supporting", "a-1", TRACEABLE),
        ("supporting", "b-1", TRACEABLE),
        ("disputing", "b-1", UNTRACEABLE),
        ("disputing", "s-1", TEXT_MINED),
    ]


def test_a_source_is_one_line_in_each_direction_however_often_it_is_named() -> None:
    claim = row(source="b-1", supported_by="r-001|r-002", disputed_by="r-001|r-002")
    found = told(lines_of(claim, ROWS, SOURCES))
    assert found == [
        ("supporting", "b-1", TRACEABLE),
        ("supporting", "a-1", TRACEABLE),
        ("disputing", "a-1", TRACEABLE),
        ("disputing", "b-1", TRACEABLE),
    ]
    assert confidence(claim, lines_of(claim, ROWS, SOURCES)) == MEDIUM


def test_support_does_not_pass_on_through_a_second_claim() -> None:
    rows = ROWS | {"r-004": row(source="s-1", supported_by="r-001")}
    found = lines_of(row(source="s-1", supported_by="r-004"), rows, SOURCES)
    assert [line.source for line in found] == ["s-1"]


def test_unknown_claims_and_sources_give_no_line() -> None:
    claim = row(source="a-1|nobody", supported_by="r-999", disputed_by="r-998")
    assert [line.source for line in lines_of(claim, ROWS, SOURCES)] == ["a-1"]


def test_the_guide_states_the_rule_that_is_computed() -> None:
    guide = (PROJECT / "docs" / "modelling-claims.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| (high|medium|low) \| (.+?) \|$", guide, re.M)
    assert [level for level, _ in table] == ["high", "medium", "low"]
    assert [when for _, when in table] == [
        "one source of tier A, or two of tier B",
        "one source of tier B, or two of tier C",
        "all else",
    ]
