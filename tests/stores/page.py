"""``docs/reference/stores.md``: which store answers which query as released, from two tables.

``differences.tsv`` holds what is known to differ and why, ``runs.tsv`` what the last run of each
store found; a run with MILIA_ONTO_REWRITE=1 writes its row and the page.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).resolve().parent
DIFFERENCES = HERE / "differences.tsv"
RUNS = HERE / "runs.tsv"
PAGE = HERE.parents[1] / "docs" / "reference" / "stores.md"
OPENING = """# Stores

The {count} [competency queries](queries.md) on real triple stores, each holding the release, as the
tests last ran them. An answer is *same* where its rows are those of the release, as a multiset: numbers
are compared by value, a literal without a datatype is an `xsd:string`, and language tags have no case.
How each store is set up: [Stores](../how-to/stores/index.md).

This page is written by the tests of `tests/stores/`.
"""


class Difference(NamedTuple):
    """A query that a store is known to answer otherwise."""

    store: str
    version: str
    query: str
    reason: str


class Run(NamedTuple):
    """What the last run of a store found."""

    store: str
    version: str
    queries: str
    same: str


def differences() -> list[Difference]:
    """The rows of differences.tsv."""
    return [Difference(*row) for row in _rows(DIFFERENCES)]


def runs() -> list[Run]:
    """The rows of runs.tsv."""
    return [Run(*row) for row in _rows(RUNS)]


def keep(run: Run) -> None:
    """Put the row of a store into runs.tsv."""
    kept = {each.store: each for each in runs()} | {run.store: run}
    lines = ["\t".join(row) for row in (Run._fields, *sorted(kept.values()))]
    RUNS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def page(queries: Iterable[Any], found: list[Run], known: list[Difference]) -> str:
    """The page: the runs, the differences, then the queries by theme."""
    listed = sorted(queries, key=lambda query: (query.theme, query.slug))
    lines = [
        OPENING.format(count=len(listed)),
        "| store | version | same answers |",
        "|---|---|---|",
    ]
    lines += [f"| {run.store} | {run.version} | {run.same} of {run.queries} |" for run in found]
    lines += ["", "## Differences", "", "| store | query | reason |", "|---|---|---|"]
    lines += [f"| {row.store} {row.version} | {row.query} | {row.reason} |" for row in known]
    differing = {(row.store, row.query) for row in known}
    head = [
        f"| query | {' | '.join(run.store for run in found)} |",
        "|---" * (len(found) + 1) + "|",
    ]
    for theme, some in groupby(listed, key=lambda query: query.theme):
        lines += ["", f"## {theme[0].upper()}{theme[1:]}", "", *head]
        for query in some:
            cells = ["**differs**" if (r.store, query.slug) in differing else "same" for r in found]
            lines.append(f"| {query.slug} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _rows(table: Path) -> list[list[str]]:
    return [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()[1:]]
