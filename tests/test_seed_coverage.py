"""No line of the founding documents was passed over: each makes claims, or none and says why."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PROJECT, beside

if TYPE_CHECKING:
    from pathlib import Path

CLAIMS = PROJECT / "ontology" / "claims"
SEEDS = ("seed-000", "seed-001", "seed-002", "seed-003", "seed-004")
Line = tuple[str, int]


def rows(path: Path) -> list[dict[str, str]]:
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    names = header.split("\t")
    return [dict(zip(names, line.split("\t"), strict=True)) for line in lines]


@pytest.fixture(scope="module")
def texts() -> dict[Line, str]:
    """The digest of every line that holds text."""
    found = {(r["source"], int(r["line"])): r["sha256"] for r in rows(CLAIMS / "seed-texts.tsv")}
    assert len(found) == len(rows(CLAIMS / "seed-texts.tsv"))
    return found


@pytest.fixture(scope="module")
def claimed() -> dict[Line, list[str]]:
    """The claims that each line makes."""
    found: dict[Line, list[str]] = defaultdict(list)
    for seed in SEEDS:
        for row in rows(CLAIMS / f"{seed}.tsv"):
            assert row["source"] == seed, row["claim"]
            assert row["claim"].startswith(f"s{seed[-3:]}-"), row["claim"]
            assert row["locator"], f"{row['claim']} names no line"
            for line in row["locator"].split("|"):
                found[seed, int(line)].append(row["claim"])
    return found


@pytest.fixture(scope="module")
def claimless() -> dict[Line, str]:
    """The lines that make no claim, each with its reason."""
    listed = [row for path in sorted(CLAIMS.glob("claimless*.tsv")) for row in rows(path)]
    found = {(row["source"], int(row["line"])): row["reason"] for row in listed}
    assert len(found) == len(listed)
    return found


def test_every_line_makes_a_claim_or_says_why_not(
    texts: dict[Line, str], claimed: dict[Line, list[str]], claimless: dict[Line, str]
) -> None:
    assert {source for source, _ in texts} == set(SEEDS)
    assert len(texts) == 325
    assert [line for line in texts if line not in claimed and line not in claimless] == []


def test_no_line_both_makes_a_claim_and_makes_none(
    claimed: dict[Line, list[str]], claimless: dict[Line, str]
) -> None:
    assert sorted(set(claimed) & set(claimless)) == []


def test_no_claim_names_a_line_that_is_not_there(
    texts: dict[Line, str], claimed: dict[Line, list[str]]
) -> None:
    assert {line: names for line, names in claimed.items() if line not in texts} == {}


def test_no_line_that_is_not_there_is_called_claimless(
    texts: dict[Line, str], claimless: dict[Line, str]
) -> None:
    assert sorted(set(claimless) - set(texts)) == []


def test_every_claimless_line_has_a_reason(claimless: dict[Line, str]) -> None:
    assert [line for line, reason in claimless.items() if len(reason) < 5] == []


def test_a_claim_names_each_of_its_lines_once() -> None:
    for seed in SEEDS:
        for row in rows(CLAIMS / f"{seed}.tsv"):
            lines = [int(line) for line in row["locator"].split("|")]
            assert lines == sorted(set(lines)), row["claim"]


def test_the_lines_are_listed_in_order(texts: dict[Line, str]) -> None:
    assert list(texts) == sorted(texts)
    assert {len(digest) for digest in texts.values()} == {64}


def test_the_digests_are_those_of_the_documents(texts: dict[Line, str]) -> None:
    """What was read is what the documents still say; they are not ours to publish."""
    found = {}
    for document in sorted(beside("seeds", "the founding documents").glob("*.txt")):
        lines = document.read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(lines, 1):
            if line.strip():
                digest = hashlib.sha256(line.removesuffix("\r").encode()).hexdigest()
                found[f"seed-{document.name[:3]}", number] = digest
    assert found == texts
