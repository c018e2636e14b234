"""``ontology/prefixes.tsv`` as a prefix map."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from milia_onto.model.prefixes import Prefixes, prefixes_from_rows
from milia_onto.stages.tables import Column, complain, out_of_order, read_table

if TYPE_CHECKING:
    from milia_onto.model.values import Finding


def read_prefixes(file: str, data: bytes) -> tuple[Prefixes, list[Finding]]:
    """The prefix map of ``ontology/prefixes.tsv``."""
    columns = [
        Column("prefix"),
        Column("namespace"),
        Column("pattern", required=False),
        Column("title"),
    ]
    rows, findings = read_table(file, data, columns)
    findings += out_of_order(rows, "prefix")
    for row in rows:
        try:
            re.compile(row["pattern"])
        except re.error as error:
            findings.append(
                complain(row.place, f"the pattern is not a regular expression: {error}", "mend it")
            )
    cells = ((r["prefix"], r["namespace"], r["pattern"], r["title"]) for r in rows)
    return prefixes_from_rows(cells), findings
