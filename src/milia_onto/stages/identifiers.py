"""Own identifiers: inside a range that somebody holds, minted once, never used again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from milia_onto.model import namespaces as ns
from milia_onto.model.values import Finding, Place
from milia_onto.stages.tables import Column, complain, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Triple

    from milia_onto.model.values import Block

WHY = "An identifier that means two things, now or over time, corrupts the data that uses it."


def _number(text: str) -> str:
    return "" if re.fullmatch(r"[0-9]{7}", text) else f"“{text}” is not seven digits"


def check(
    ranges_file: bytes,
    ranges_path: str,
    modules: Iterable[Triple],
    tables: Iterable[Triple],
    blocks: Mapping[str, list[Block]],
) -> list[Finding]:
    """Findings on the range table, on ids outside every range, given twice, or used again."""
    columns = [
        Column("first", test=_number),
        Column("last", test=_number),
        Column("holder"),
        Column("purpose"),
    ]
    rows, findings = read_table(ranges_path, ranges_file, columns)
    spans = [(int(row["first"]), int(row["last"])) for row in rows]
    for row, span, before in zip(rows, spans, [(0, 0), *spans], strict=False):
        if span[0] > span[1] or span[0] <= before[1]:
            message = f"the range {row['first']} to {row['last']} overlaps or runs backwards"
            findings.append(complain(row.place, message, "give each holder a range of its own"))
    retired = {
        t.subject.value
        for t in tables
        if t.predicate == ns.OWL_DEPRECATED and isinstance(t.subject, NamedNode)
    }
    minted = {
        t.subject.value
        for t in modules
        if t.predicate == ns.RDF_TYPE
        and isinstance(t.subject, NamedNode)
        and t.subject.value.startswith(ns.TERM)
    }
    for iri in sorted(minted):
        findings += _check_one(iri, spans, retired, blocks.get(iri, []))
    return findings


def _check_one(
    iri: str, spans: list[tuple[int, int]], retired: set[str], written: list[Block]
) -> list[Finding]:
    local = iri.removeprefix(ns.TERM)
    place = Place(written[0].file, written[0].first) if written else None
    findings = []

    def say(check: str, message: str, fix: str, where: Place | None = place) -> None:
        findings.append(Finding(check, "violation", message, iri, why=WHY, fix=fix, place=where))

    if not any(_number(local) == "" and first <= int(local) <= last for first, last in spans):
        fix = "take the next free number of your range in ontology/tables/id-ranges.tsv"
        say("id-range", f"MILIA:{local} lies in no range that somebody holds", fix)
    if iri in retired:
        fix = "mint a new id; a retired one keeps its old meaning for ever"
        say("id-reuse", f"MILIA:{local} is retired in ontology/tables/deprecations.tsv", fix)
    if len(written) > 1:
        again = Place(written[1].file, written[1].first)
        first = f"{written[0].file}:{written[0].first}"
        fix = f"mint a new id for one of the two; the first is at {first}"
        say("id-duplicate", f"MILIA:{local} is described in two places", fix, again)
    return findings
