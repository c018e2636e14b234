"""How long the pages take, and how that grows with the terms."""

from __future__ import annotations

import re
import shutil
import sys
from typing import TYPE_CHECKING

from benchmarks import measure
from benchmarks.blow_up import blow_up_release
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
    release: Path, work: Path, sizes: Sequence[int], limit: float, say: Callable[[str], None]
) -> str:
    """A table with a row for each size, one run each, of a release that grows by copies."""
    rows = []
    first = 0.0
    for times in sizes:
        grown, pages = work / f"release-{times}", work / f"site-{times}"
        blow_up_release(release, grown, times)
        say(f"{times} times: the release is there")
        run = measure.run([*TOOL, "site", "--release", grown, "--out", pages], limit=limit)
        say(f"{times} times: the site is written in {run.wall:.0f} s, exit {run.code}")
        if run.code and not run.cut:
            raise SystemExit(run.err)
        files = WRITTEN.search(run.err)
        first = first or run.cpu
        rows.append(
            [
                "as it is" if times == 1 else f"{times} times",
                str(len(terms((grown / "milia.nt").read_bytes()))),
                str(sum(1 for _ in (grown / "milia.nt").open("rb"))),
                files[1] if files else "",
                *taken(run),
                f"{figure(run.cpu / first)} x",
            ]
        )
        # A hundred times as large it is a million files in 30 GB.
        shutil.rmtree(pages, ignore_errors=True)
        shutil.rmtree(grown)
    head = ["", "terms", "triples", "files", "wall, s", "CPU, s", "peak memory, MB", "CPU"]
    return markdown(head, rows)
