"""Figures as Markdown: tables, the machine they are of, the page they are on."""

from __future__ import annotations

import os
import platform
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

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


def machine() -> str:
    """What the figures were measured on."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def load() -> str:
    """How busy the machine has been for the last minute."""
    return f"load {os.getloadavg()[0]:.1f}"


def publish(page: Iterable[str], out: Path | None) -> None:
    """Write the page to standard output, and to the file where one is given."""
    text = "\n".join(page)
    sys.stdout.write(text)
    if out:
        out.write_text(text, encoding="utf-8")
