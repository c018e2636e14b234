"""Own identifiers: inside a range, minted once, never used again."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, Triple

from milia_onto.model import namespaces as ns
from milia_onto.model.values import Block, Place
from milia_onto.stages.identifiers import check

FILE = "ontology/tables/id-ranges.tsv"
HEADER = "first\tlast\tholder\tpurpose\n"
RANGES = f"{HEADER}0000001\t0000999\tfounders\tfirst\n0001000\t0001999\teditors\tnew\n"
WRONG_RANGES = [
    ("six digits", "000001\t0000999\ta\tb\n", 2, "“000001” is not seven digits"),
    ("no number", "first\t0000999\ta\tb\n", 2, "“first” is not seven digits"),
    ("digits of another script", "000000²\t0000999\ta\tb\n", 2, "is not seven digits"),
    ("backwards", "0000999\t0000001\ta\tb\n", 2, "overlaps or runs backwards"),
    ("overlap", "0000001\t0000999\ta\tb\n0000999\t0001999\tc\td\n", 3, "overlaps or runs backwards"),
    ("unsorted", "0001000\t0001999\ta\tb\n0000001\t0000999\tc\td\n", 3, "overlaps or runs backwards"),
    ("no holder", "0000001\t0000999\t\tb\n", 2, "the cell is empty"),
]  # fmt: skip


def minted(*numbers: str) -> list[Triple]:
    return [Triple(ns.named(f"MILIA:{n}"), ns.RDF_TYPE, ns.OWL_CLASS) for n in numbers]


def written(*numbers: str) -> dict[str, list[Block]]:
    found: dict[str, list[Block]] = {}
    for line, number in enumerate(numbers, 10):
        found.setdefault(ns.TERM + number, []).append(Block("m.ttl", line, line))
    return found


@pytest.mark.parametrize(
    ("rows", "line", "message"), [pytest.param(*rest, id=name) for name, *rest in WRONG_RANGES]
)
def test_a_wrong_range_is_named_with_file_and_line(rows: str, line: int, message: str) -> None:
    assert len(WRONG_RANGES) == 7
    (finding,) = check((HEADER + rows).encode(), FILE, [], [], {})
    assert finding.place
    assert (finding.place.file, finding.place.line) == (FILE, line)
    assert message in finding.message


@pytest.mark.parametrize("number", ["0000001", "0000999", "0001000", "0001999"])
def test_the_ends_of_a_range_belong_to_it(number: str) -> None:
    assert check(RANGES.encode(), FILE, minted(number), [], written(number)) == []


@pytest.mark.parametrize("number", ["0000000", "0002000", "12", "00000001", "1e3", "000000²", ""])
def test_an_id_outside_every_range_is_named_with_its_place(number: str) -> None:
    (finding,) = check(RANGES.encode(), FILE, minted(number), [], written(number))
    assert finding.check == "id-range"
    assert finding.entity == ns.TERM + number
    assert finding.place == Place("m.ttl", 10)
    assert f"MILIA:{number} lies in no range" in finding.message


def test_an_id_described_twice_is_named_with_both_places() -> None:
    (finding,) = check(RANGES.encode(), FILE, minted("0000001"), [], written(*["0000001"] * 2))
    assert finding.check == "id-duplicate"
    assert finding.place == Place("m.ttl", 11)
    assert "m.ttl:10" in finding.fix


def test_a_retired_id_may_not_be_used_again() -> None:
    true = Literal("true")
    retired = [Triple(ns.named("MILIA:0000005"), ns.OWL_DEPRECATED, true)]
    (finding,) = check(RANGES.encode(), FILE, minted("0000005"), retired, written("0000005"))
    assert finding.check == "id-reuse"
    assert finding.place == Place("m.ttl", 10)
    assert "retired in ontology/tables/deprecations.tsv" in finding.message


def test_foreign_ids_are_nobody_s_business() -> None:
    foreign = [Triple(ns.named("IAO:0000115"), ns.RDF_TYPE, ns.named("owl:AnnotationProperty"))]
    assert check(RANGES.encode(), FILE, foreign, [], {}) == []
