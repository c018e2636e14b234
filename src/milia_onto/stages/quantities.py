"""The figures of claims: numbers with unit, population, age window and study design."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from milia_onto.model import namespaces as ns
from milia_onto.model.namespaces import vocab
from milia_onto.model.numbers import decimal
from milia_onto.stages.tables import Column, Row, complain, one_of, out_of_order, read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from milia_onto.model.values import Finding
    from milia_onto.stages.contribution import Contribution

NUMBERS = ("low", "high", "numerator", "denominator")
TEXTS = {"population": "population", "age_window": "ageWindow", "place": "place", "year": "year"}
KINDS = (
    "prevalence",
    "frequency",
    "size",
    "duration",
    "age",
    "ratio",
    "count",
    "interval",
    "dose",
)
DESIGNS = (
    "counted_survey",
    "review_statement",
    "reference_work",
    "chart_review",
    "case_report",
    "seed_statement",
    "curated_annotation",
)


def _number(text: str) -> str:
    return "" if re.fullmatch(r"\d+(\.\d+)?", text) else f"“{text}” is not a plain number"


def read_quantities(
    file: str, data: bytes, claim_id: re.Pattern[str]
) -> tuple[list[Row], list[Finding]]:
    """The rows of a table of quantities; units are UCUM codes."""

    def known(text: str) -> str:
        return "" if claim_id.fullmatch(text) else f"“{text}” is not the id of a claim"

    columns = [
        Column("claim", test=known),
        Column("quantity", test=one_of(*KINDS)),
        Column("low", required=False, test=_number),
        Column("high", required=False, test=_number),
        Column("unit"),
        Column("numerator", required=False, test=_number),
        Column("denominator", required=False, test=_number),
        Column("population", required=False),
        Column("age_window", required=False),
        Column("design", test=one_of(*DESIGNS)),
        Column("place", required=False),
        Column("year", required=False),
    ]
    rows, findings = read_table(file, data, columns)
    return rows, [*findings, *out_of_order(rows, "claim")]


def say_quantities(
    out: Contribution, rows: Iterable[Row], claims: Mapping[str, Row]
) -> list[Finding]:
    """Add each quantity to ``out`` below its claim; a finding where there is no such claim."""
    findings = []
    counts: Counter[str] = Counter()
    for row in rows:
        if row["claim"] not in claims:
            message = f"there is no claim {row['claim']}"
            findings.append(complain(row.place, message, "correct the id"))
            continue
        counts[row["claim"]] += 1
        _say(out, row, f"{row['claim']}/quantity-{counts[row['claim']]}")
    return findings


def _say(out: Contribution, row: Row, name: str) -> None:
    claim, node, place = NamedNode(ns.CLAIM + row["claim"]), NamedNode(ns.CLAIM + name), row.place
    out.say(place, claim, vocab("quantity"), node)
    out.say(place, node, ns.RDF_TYPE, ns.OWL_NAMED_INDIVIDUAL)
    out.say(place, node, ns.RDF_TYPE, vocab("Quantity"))
    out.say(place, node, ns.RDFS_LABEL, Literal(f"{name}: {row['quantity']}", language="en"))
    out.say(place, node, vocab("quantityKind"), vocab(row["quantity"]))
    out.say(place, node, vocab("unit"), Literal(row["unit"]))
    out.say(place, node, vocab("design"), vocab(row["design"]))
    for column in NUMBERS:
        if row[column]:
            out.say(place, node, vocab(column), decimal(row[column]))
    for column, prop in TEXTS.items():
        if row[column]:
            out.say(place, node, vocab(prop), Literal(row[column]))
