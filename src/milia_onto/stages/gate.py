"""The gate: findings and waivers in, ``Validated`` or ``GateClosedError`` out.

``Validated`` can be made nowhere else (its constructor asks for this module's key), so what
comes after the gate cannot be reached around it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milia_onto.model.errors import GateClosedError
from milia_onto.stages.tables import Column, complain, date, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from milia_onto.model.prefixes import Prefixes
    from milia_onto.model.values import Finding, Merged, Place, Reasoned

WAIVERS = "shapes/waivers.tsv"
_KEY = object()


@dataclass(frozen=True, slots=True)
class Validated:
    """A reasoned ontology that passed every check."""

    reasoned: Reasoned
    key: object

    def __post_init__(self) -> None:
        if self.key is not _KEY:
            raise TypeError("only the gate makes a Validated")


@dataclass(frozen=True, slots=True)
class Waiver:
    """One accepted finding: which, whose decision, why, and the last day it holds."""

    finding: str
    entity: str
    last_day: str
    place: Place


def _read_waivers(data: bytes) -> tuple[list[Waiver], list[Finding]]:
    """The waivers of ``shapes/waivers.tsv``; a project without the table has none."""
    if not data:
        return [], []
    names = ("finding", "entity", "owner", "reason", "last_day")
    columns = [Column(name, test=date if name == "last_day" else None) for name in names]
    rows, findings = read_table(WAIVERS, data, columns)
    waivers = [Waiver(r["finding"], r["entity"], r["last_day"], r.place) for r in rows]
    return waivers, findings


def _apply_waivers(
    findings: Iterable[Finding], waivers: Iterable[Waiver], day: str, prefixes: Prefixes
) -> list[Finding]:
    """The findings that no waiver covers; a stale or an unused waiver is a finding itself.

    ``day`` is the version date of the ontology, never today's: a rebuild judges as the build did.
    """
    kept = list(findings)
    for waiver in waivers:
        named = {waiver.entity, prefixes.expand(waiver.entity)}
        covered = [f for f in kept if f.check == waiver.finding and f.entity in named]
        if waiver.last_day < day:
            message = f"the waiver for {waiver.finding} ended on {waiver.last_day}"
            kept.append(complain(waiver.place, message, "mend the finding or renew the waiver"))
        elif not covered:
            message = f"the waiver for {waiver.finding} covers nothing"
            kept.append(complain(waiver.place, message, "delete the row"))
        else:
            kept = [finding for finding in kept if finding not in covered]
    return kept


def judge(merged: Merged, findings: Iterable[Finding], waivers: bytes) -> tuple[Finding, ...]:
    """What stands of the findings on ``merged`` under the waivers table, in reading order."""
    known, wrong = _read_waivers(waivers)
    kept = [*_apply_waivers(findings, known, merged.header.version, merged.prefixes), *wrong]
    return tuple(sorted(kept, key=lambda finding: finding.sort_key))


def decide(reasoned: Reasoned, findings: Iterable[Finding], waivers: bytes) -> Validated:
    """Open the gate.

    Raises GateClosedError, which carries all findings, where one of them is a violation.
    """
    standing = judge(reasoned.merged, findings, waivers)
    if any(finding.severity == "violation" for finding in standing):
        raise GateClosedError(standing, reasoned.merged)
    return Validated(reasoned, _KEY)
