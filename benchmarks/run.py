"""Compare our build with a plain script and with ROBOT, and our start-up with a bare interpreter.

Everything happens in one run on one copy of the sources. Figures are medians, ratios are against
what the row names. Times of day are no concern of the tests: nothing fails for being slow.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks import start_up
from benchmarks.chains import TOOL, VoidError, copy_of
from benchmarks.compare import Plan, compare
from benchmarks.growth import grow
from benchmarks.measure import adopt_orphans
from benchmarks.tables import figure, load, machine, markdown, publish, ratio

JARS = Path(".cache/jvm/robot")
START_UP_AIMS = {"milia-onto --version": 2.0, "milia-onto lookup L72.0": 6.0}
EPILOG = """examples:
  make bench
  make bench ARGS='--runs 1 --without script'
  make bench ARGS='--parts growth --growth 10 30'
"""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--project", type=Path, default=Path(), help="the project to build (default: this one)")
    parts = ("build", "start-up", "growth")
    add("--parts", nargs="+", choices=parts, help="only these (growth: where --growth is given)")
    add("--runs", type=int, default=3, help="runs of each build (default: 3)")
    add("--start-ups", type=int, default=41, help="runs of each quick command (default: 41)")
    add("--growth", type=int, nargs="+", default=[], metavar="N", help="N times as large, too")
    add("--limit", type=float, default=900.0, help="seconds a build may take (default: 900)")
    tools = ("script", "robot")
    add("--without", nargs="+", choices=tools, default=[], help="leave out these alternatives")
    add("--canonical", action="store_true", help="the script with rdflib's to_canonical_graph, too")
    add("--out", type=Path, help="write the tables to this file, too")
    return parser.parse_args()


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def _start_up(repeats: int) -> str:
    found = start_up.measure(TOOL.parent, repeats)
    bare_wall, bare_cpu = found[start_up.BARE]
    rows = []
    for name, (wall, cpu) in found.items():
        aim = START_UP_AIMS.get(name)
        met = wall / bare_wall <= aim if aim else None
        told = "" if aim is None else f"≤ {aim:g}: {'met' if met else 'missed'}"
        times = [figure(1000 * wall), figure(1000 * cpu)]
        rows.append([name, *times, ratio(wall, bare_wall), ratio(cpu, bare_cpu), told])
    head = ["", "wall, ms", "CPU, ms", f"/ {start_up.BARE}, wall", "CPU", "aim"]
    return f"Medians of {repeats} runs.\n\n{markdown(head, rows)}"


def main() -> None:
    args = _arguments()
    adopt_orphans()
    jars = JARS.absolute()
    missing = "" if any(jars.glob("*.jar")) else f"ROBOT is left out: no jars in {JARS}.\n"
    robot = None if missing or "robot" in args.without else jars
    plan = Plan(args.runs, robot, "script" not in args.without, args.canonical, _say)
    parts = args.parts or ["build", "start-up", *(["growth"] if args.growth else [])]
    page = [f"{machine()}; at the start {load()}.\n"]
    page += [missing] if missing else []
    try:
        with tempfile.TemporaryDirectory(prefix="milia-bench-") as name:
            work = Path(name)
            project = copy_of(args.project, work / "project", args.limit)
            if "start-up" in parts:
                page.append(f"## Start-up\n\n{_start_up(args.start_ups)}")
            if "build" in parts:
                page.append(f"## Build\n\n{compare(project, plan)}")
            if "growth" in parts:
                sizes = sorted({1, *args.growth})
                page.append(f"## Growth\n\n{grow(project.folder, work, sizes, args.limit, plan)}")
    except VoidError as error:
        sys.exit(f"the comparison is void: {error}")
    page.append(f"At the end {load()}.\n")
    publish(page, args.out)


if __name__ == "__main__":
    main()
