"""``ontology/prefixes.tsv`` as a prefix map."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from milia_onto.model.prefixes import Prefixes, prefixes_from_rows
from milia_onto.stages.tables import Column, out_of_order, read_table, repeated

if TYPE_CHECKING:
    from milia_onto.model.values import Finding

LONE_BRACE = re.compile(r"\{(?!\d+(?:,\d*)?\})")


def read_prefixes(file: str, data: bytes) -> tuple[Prefixes, list[Finding]]:
    """The prefix map of ``ontology/prefixes.tsv``; of rows that clash the first is taken."""
    columns = [
        Column("prefix"),
        Column("namespace", test=_namespace),
        Column("pattern", required=False, test=_pattern),
        Column("title"),
    ]
    rows, findings = read_table(file, data, columns)
    findings += out_of_order(rows, "prefix")
    findings += [*repeated(rows, "prefix"), *repeated(rows, "namespace")]
    names = {row["prefix"]: row for row in reversed(rows)}
    spaces = {row["namespace"]: row for row in reversed(list(names.values()))}
    cells = ((r["prefix"], r["namespace"], r["pattern"], r["title"]) for r in spaces.values())
    return prefixes_from_rows(cells), findings


def _namespace(text: str) -> str:
    fits = re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", text)
    return "" if fits else f"“{text}” is no address of a namespace"


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        return f"the pattern is not a regular expression: {error}"
    # Taken for itself, and then no identifier fits.
    return "the pattern has a brace that is no repetition" if LONE_BRACE.search(text) else ""
