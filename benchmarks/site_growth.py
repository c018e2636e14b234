"""How long the pages take, and how that grows with the terms."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from benchmarks import measure
from benchmarks.blow_up import blow_up
from benchmarks.tables import figure, markdown, taken

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

TERM = re.compile(rb"^<https://w3id\.org/milia/(MILIA_\d{7})> ", re.M)
TOOL = (sys.executable, "-m", "milia_onto")
WRITTEN = re.compile(r"(\d+) files in ")


def terms(data: bytes) -> list[str]:
    """The own terms of a release, in N-Triples, that say anything: their local names."""
    return sorted({name.decode() for name in TERM.findall(data)})


def site_growth(
    project: Path, work: Path, sizes: Sequence[int], limit: float, say: Callable[[str], None]
) -> str:
    """A table with a row for each size, one run each."""
    rows = []
    first = 0.0
    for times in sizes:
        folder = work / f"times-{times}"
        blow_up(project, folder, times)
        built = measure.run([*TOOL, "build", "--project", folder], limit=limit)
        say(f"{times} times: the release is built in {built.wall:.0f} s, exit {built.code}")
        name = "as it is" if times == 1 else f"{times} times"
        if built.code or built.cut:
            rows.append([name, "no release within the limit", *[""] * 6])
            continue
        release = folder / "build"
        run = measure.run(
            [*TOOL, "site", "--release", release, "--out", folder / "site"], limit=limit
        )
        say(f"{times} times: the site is written in {run.wall:.0f} s, exit {run.code}")
        if run.code and not run.cut:
            raise SystemExit(run.err)
        files = WRITTEN.search(run.err)
        first = first or run.cpu
        rows.append(
            [
                name,
                str(len(terms((release / "milia.nt").read_bytes()))),
                str(sum(1 for _ in (release / "milia.nt").open("rb"))),
                files[1] if files else "",
                *taken(run),
                f"{figure(run.cpu / first)} x",
            ]
        )
    head = ["", "terms", "triples", "files", "wall, s", "CPU, s", "peak memory, MB", "CPU"]
    return markdown(head, rows)
