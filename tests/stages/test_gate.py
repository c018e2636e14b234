"""The gate: what blocks, what a waiver may do, and that nothing comes around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milia_onto.model.errors import GateClosedError
from milia_onto.model.values import Finding, Place, Reasoned, Verdict
from milia_onto.owl.reader import read_axioms
from milia_onto.owl.taxonomy import Taxonomy
from milia_onto.stages.gate import WAIVERS, Validated, decide, judge
from milia_onto.stages.merge import merge

if TYPE_CHECKING:
    from collections.abc import Callable

    from milia_onto.model.values import Severity, Sources

HEADER = "finding\tentity\towner\treason\tlast_day\n"
A, B = "urn:a", "urn:b"


def finding(check: str = "c", entity: str = A, severity: Severity = "violation") -> Finding:
    return Finding(check, severity, "m", entity)


def waivers(*rows: str) -> bytes:
    return (HEADER + "".join(f"{row}\n" for row in rows)).encode()


@pytest.fixture
def reasoned(tiny: Callable[..., Sources]) -> Reasoned:
    merged = merge(tiny())
    taxonomy = Taxonomy({}, frozenset())
    verdict = Verdict("nobody", True, (), {})
    return Reasoned(merged, read_axioms([]), taxonomy, (), (), verdict, ())


def test_no_finding_opens_the_gate(reasoned: Reasoned) -> None:
    assert decide(reasoned, [], waivers()).reasoned is reasoned
    assert judge(reasoned.merged, [], waivers()) == ()


@pytest.mark.parametrize("severity", ["warning", "info"])
def test_what_does_not_block_is_told(reasoned: Reasoned, severity: Severity) -> None:
    remark = finding(severity=severity)
    assert decide(reasoned, [remark], waivers()).reasoned is reasoned
    assert judge(reasoned.merged, [remark], waivers()) == (remark,)


def test_violations_close_the_gate_and_are_carried_in_order(reasoned: Reasoned) -> None:
    found = [finding("c", severity="info"), finding("b"), finding("a"), finding("d", B)]
    with pytest.raises(GateClosedError, match="3 blocking findings; no release") as closed:
        decide(reasoned, found, waivers())
    assert [f.check for f in closed.value.findings] == ["a", "b", "d", "c"]
    assert [f.check for f in closed.value.blocking] == ["a", "b", "d"]
    assert closed.value.merged is reasoned.merged
    assert closed.value.exit_code == 1


def test_a_waiver_covers_one_check_of_one_entity(reasoned: Reasoned) -> None:
    table = waivers("c\turn:a\tme\twhy\t2027-01-01")
    assert decide(reasoned, [finding()], table).reasoned is reasoned
    assert judge(reasoned.merged, [finding()], table) == ()
    with pytest.raises(GateClosedError):
        decide(reasoned, [finding(), finding(entity=B)], table)


def test_a_waiver_holds_to_the_end_of_its_last_day(reasoned: Reasoned) -> None:
    day = reasoned.merged.header.version
    assert decide(reasoned, [finding()], waivers(f"c\turn:a\tme\twhy\t{day}"))


def test_a_waiver_may_name_its_entity_by_curie(reasoned: Reasoned) -> None:
    milia = reasoned.merged.prefixes.expand("MILIA:0000001")
    table = waivers("c\tMILIA:0000001\tme\twhy\t2027-01-01")
    assert milia
    assert judge(reasoned.merged, [finding(entity=milia)], table) == ()


def test_a_stale_waiver_covers_nothing_and_is_named(reasoned: Reasoned) -> None:
    kept = judge(reasoned.merged, [finding()], waivers("c\turn:a\tme\twhy\t2026-01-01"))
    assert [f.check for f in kept] == ["c", "table-row"]
    assert kept[1].message == "the waiver for c ended on 2026-01-01"
    assert kept[1].place == Place(WAIVERS, 2)


def test_an_unused_waiver_is_named(reasoned: Reasoned) -> None:
    kept = judge(reasoned.merged, [finding()], waivers("c\turn:b\tme\twhy\t2027-01-01"))
    assert kept[1].message == "the waiver for c covers nothing"
    assert kept[1].place == Place(WAIVERS, 2)


WRONG_TABLES = [
    ("wrong header", b"finding\tentity\n", 1),
    ("no owner", waivers("c\turn:a\t\twhy\t2027-01-01"), 2),
    ("no reason", waivers("c\turn:a\tme\t\t2027-01-01"), 2),
    ("no last day", waivers("c\turn:a\tme\twhy\t"), 2),
    ("last day no date", waivers("c\turn:a\tme\twhy\tnever"), 2),
]


@pytest.mark.parametrize(
    ("table", "line"), [pytest.param(*rest, id=name) for name, *rest in WRONG_TABLES]
)
def test_a_wrong_waiver_table_closes_the_gate(reasoned: Reasoned, table: bytes, line: int) -> None:
    assert len(WRONG_TABLES) == 5
    with pytest.raises(GateClosedError) as closed:
        decide(reasoned, [finding(severity="info")], table)
    place = closed.value.findings[0].place
    assert place
    assert (place.file, place.line) == (WAIVERS, line)


def test_no_waiver_table_means_no_waivers(reasoned: Reasoned) -> None:
    assert judge(reasoned.merged, [], b"") == ()


def test_nothing_but_the_gate_makes_a_validated(reasoned: Reasoned) -> None:
    with pytest.raises(TypeError, match="only the gate"):
        Validated(reasoned, object())
