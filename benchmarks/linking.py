"""`milia-onto link` on the authorities' tables: right, complete, fast, beside gilda.

``python -m benchmarks.linking [--vocabularies DIR] [--gilda PYTHON] [--rows N]`` prints Markdown.
The tables are not part of the repository; they are looked for beside it, in ``shared/vocab``.
``--gilda`` names the Python of an environment with benchmarks/requirements-matchers.txt;
``--rows`` also links a vocabulary of so many rows, made on the fly.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.linking_key import OTHERS, PROJECT, TABLES, Keys, Score
from benchmarks.measure import run
from benchmarks.tables import figure, load, machine, markdown, megabytes
from milia_onto.link.xrefs import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from benchmarks.measure import Run

OURS = [sys.executable, "-m", "milia_onto", "link"]
PREFIXES = [f"{name}=http://purl.obolibrary.org/obo/{name}_" for name in ("GO", "PR", "RO")]
GIVEN = [part for prefix in PREFIXES for part in ("--prefix", prefix)]
HEAD = ["table", "terms", "key", "found", "strict", "compared", "judged", "recall", "false friends"]
ALL = "all"
EXTRA = ["near found", "wider reached", "s", "CPU s", "MB"]


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    beside = PROJECT.parent / "shared" / "vocab"
    parser.add_argument("--vocabularies", type=Path, default=beside)
    parser.add_argument("--gilda", type=Path)
    parser.add_argument("--rows", type=int, default=0)
    args = parser.parse_args()
    sys.stdout.write(f"{machine()}; {load()} at the start.\n\n")
    # Measured first: what a child took is never told less than what its parent had.
    taken = {
        table: run([*OURS, args.vocabularies / f"{table}.tsv.gz", *GIVEN], folder=PROJECT)
        for table in (*TABLES, *OTHERS)
    }
    growth = _growth(args.rows) if args.rows else ""
    keys = Keys(PROJECT / "build", args.vocabularies, imported=False)
    sys.stdout.write("## Own terms\n\n" + _ours(keys, [*TABLES, *OTHERS], taken) + "\n")
    wide = Keys(PROJECT / "build", args.vocabularies, imported=True)
    tables = [table for table in TABLES if table != "mondo"]
    sys.stdout.write("## With imported terms\n\n" + _ours(wide, tables, {}) + "\n")
    if args.gilda:
        sys.stdout.write("## Gilda, own terms\n\n" + _gilda(keys, args.gilda) + "\n")
    if growth:
        sys.stdout.write("## Growth\n\n" + growth + "\n")


def _cells(score: Score) -> list[str]:
    return [
        score.table,
        f"{score.terms}",
        f"{len(score.key)}",
        f"{len(score.found)}",
        f"{score.strict:.3f}",
        f"{score.compared:.3f}" if score.table != ALL else "",
        "" if score.unjudged else f"{score.precision:.3f}",
        f"{score.recall:.3f}" if score.key else "",
        f"{len(score.friends)}",
    ]


def _sum(scores: Iterable[Score]) -> Score:
    total = Score(ALL)
    for score in scores:
        total.terms += score.terms
        for name in ("key", "near", "found", "known", "right", "wrong", "friends"):
            setattr(total, name, getattr(total, name) | getattr(score, name))
    return total


def _ours(keys: Keys, tables: Iterable[str], taken: Mapping[str, Run]) -> str:
    rows, scores = [], []
    for table in tables:
        score = keys.ours(table)
        near = f"{len(score.near & score.found)}/{len(score.near)}"
        took = taken.get(table)
        costs = [figure(took.wall), figure(took.cpu), megabytes(took.memory)] if took else [""] * 3
        rows.append([*_cells(score), near, f"{score.reached}/{score.wider}", *costs])
        scores.append(score)
    rows.append([*_cells(_sum(scores)), *[""] * len(EXTRA)])
    return markdown([*HEAD, *EXTRA], rows)


def _gilda(keys: Keys, python: Path) -> str:
    rows, scores = [], []
    with tempfile.TemporaryDirectory() as folder:
        names, out = Path(folder, "names.tsv"), Path(folder, "out.tsv")
        for table in TABLES:
            # What our matcher has at this table: the same names, without the same mappings.
            entries = [e for bag in keys.index_for(table).bags.values() for e in bag]
            status = {"label": "name", "exact": "synonym"}
            lines = [f"{e.term}\t{e.text}\t{status[e.scope]}" for e in entries if e.scope in status]
            names.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")
            script = Path(__file__).with_name("linking_gilda.py")
            path = keys.vocabularies / f"{table}.tsv.gz"
            took = run([python, script, names, path, out])
            found = [line.split("\t") for line in out.read_text().splitlines()]
            costs = [figure(took.wall), figure(took.cpu), megabytes(took.memory)]
            score = keys.score(table, ((canonical(code), term) for code, term in found))
            rows.append([*_cells(score), "", "", *costs])
            scores.append(score)
    rows.append([*_cells(_sum(scores)), *[""] * len(EXTRA)])
    return markdown([*HEAD, *EXTRA], rows)


def _growth(most: int) -> str:
    """Time and memory for generated vocabularies of growing size, some of it milia."""
    rows = []
    for size in (most // 100, most // 10, most):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "generated.tsv")
            _generate(path, size)
            took = run([*OURS, path, "--prefix", "EX=https://example.org/ex/"], folder=PROJECT)
            found = sum(line.startswith(b"EX:") for line in took.out.splitlines())
            megs = f"{path.stat().st_size / 1e6:.0f}"
            costs = [figure(took.wall), figure(took.cpu), megabytes(took.memory)]
            rows.append([f"{size:,}", megs, f"{found}", *costs])
    return markdown(["rows", "MB of file", "candidates", "s", "CPU s", "MB"], rows)


def _generate(path: Path, size: int) -> None:
    chance = random.Random(7)
    syllables = [a + b for a in "klmtdnrsvp" for b in "aeio"]
    words = ["".join(chance.choices(syllables, k=chance.randint(2, 5))) for _ in range(50_000)]
    with path.open("w", encoding="utf-8") as out:
        out.write("id\tlabel\tsynonyms\n")
        for number in range(size):
            label = " ".join(chance.choices(words, k=chance.randint(1, 5)))
            synonym = " ".join(chance.choices(words, k=3))
            label = "Milia en plaque" if number % 100_000 == 99 else label
            out.write(f"EX:{number}\t{label}\t{synonym}\n")


if __name__ == "__main__":
    main()
