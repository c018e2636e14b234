"""Evidence lines of a claim, and the rule that derives its confidence from them.

Nobody types a confidence. The rule: **high** with one source of tier A or two of tier B;
**medium** with one of tier B or two of tier C; else **low**. Statements without traceable support
(ECO:0000034) and what a program found (ECO:0000501) count for nothing in this. A mere mention
(``MENTIONS``: a name in a list, a copied record, a silence) counts one tier lower, and neither it
nor what rests on few published patients (``CASES``) counts for high; against a claim, patients
count in full, as a few are enough to refute. A claim whose verdict is not at least partly
supported is low; a claim that is disputed by evidence as strong as its own falls one step.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milia_onto.stages.tables import Row

# The tiers of sources, most reliable first, and the strength that each gives to a line.
STRENGTH = {"A": "strong", "B": "moderate", "C": "weak", "D": "veryWeak", "S": "veryWeak"}
LEVELS = ("lowConfidence", "mediumConfidence", "highConfidence")
WEIGHTLESS = ("ECO:0000034", "ECO:0000501")
MENTIONS = ("ECO:0000035", "ECO:0000204", "ECO:0000311")
CASES = ("ECO:0006016", "ECO:0006017")
CAPPED = ("contradicted", "unsupported", "marketing")


@dataclass(frozen=True, slots=True)
class Line:
    """One evidence line: its direction, evidence type, source and the source's tier."""

    direction: str
    eco: str
    source: str
    tier: str

    @property
    def strength(self) -> str:
        """The strength that the kind of source gives the line."""
        return STRENGTH[self.tier]

    @property
    def counts(self) -> bool:
        """Whether the line bears on the confidence at all."""
        return self.eco not in WEIGHTLESS


def lines_of(row: Row, rows: Mapping[str, Row], tiers: Mapping[str, str]) -> list[Line]:
    """The claim's own sources support it; the claims it names support or dispute it.

    One line a direction and source, in the order of the table. A negative claim that supports
    or disputes another does so by its own sources, like any other.
    """
    found = {("supporting", slug): row["evidence"] for slug in row.many("source")}
    for column, direction in (("supported_by", "supporting"), ("disputed_by", "disputing")):
        for name in row.many(column):
            other = rows.get(name)
            for slug in other.many("source") if other else ():
                found.setdefault((direction, slug), other["evidence"] if other else "")
    return [
        Line(direction, eco, slug, tiers[slug])
        for (direction, slug), eco in found.items()
        if slug in tiers
    ]


def _level(lines: Sequence[Line], direction: str) -> int:
    counted = [line for line in lines if line.direction == direction and line.counts]
    few = CASES if direction == "supporting" else ()
    shown = Counter(line.tier for line in counted if line.eco not in MENTIONS + few)
    if shown["A"] or shown["B"] > 1:
        return 2
    cases = Counter(line.tier for line in counted if line.eco in few)
    named = Counter(line.tier for line in counted if line.eco in MENTIONS)
    enough = shown["B"] + cases["A"] + cases["B"] + named["A"]
    return 1 if enough or shown["C"] + cases["C"] + named["B"] > 1 else 0


def confidence(row: Row, lines: Sequence[Line]) -> str:
    """The name of the grade in the claims vocabulary, by the rule at the head of this module."""
    if row["verdict"] in CAPPED:
        return LEVELS[0]
    level = _level(lines, "supporting")
    disputed = any(line.direction == "disputing" for line in lines)
    if disputed and _level(lines, "disputing") >= level:
        level -= 1
    return LEVELS[max(level, 0)]
