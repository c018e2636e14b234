"""Figures as a Markdown table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.measure import Run


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column is text and whose other columns are figures."""
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, rule, *rows]) + "\n"


def figure(value: float) -> str:
    """Three digits that mean something."""
    if value >= 100:
        return f"{value:.0f}"
    if value >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def ratio(value: float, against: float) -> str:
    return f"{figure(value / against)} x" if against else ""


def megabytes(memory: float) -> str:
    return f"{memory / 1e6:.0f}"


def taken(run: Run) -> list[str]:
    """Wall and CPU seconds and memory of a run; where it was cut, they are only begun."""
    mark = "> " if run.cut else ""
    return [mark + figure(run.wall), mark + figure(run.cpu), mark + megabytes(run.memory)]
