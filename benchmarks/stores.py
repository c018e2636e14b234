"""Stores beside each other: how long each takes to load the release, and to answer all queries.

Loading is measured twice into an empty store: by ``milia-onto load``, which verifies the release,
stages it, reads it back, compares it and switches, and by the store's own fastest way, which does
none of that. The competency queries are asked one after the other over one connection, the first
round (cold) and the best of the next ones (warm). A store that is not installed is left out.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.tables import load, machine, markdown, publish
from tests.conftest import is_installed, java
from tests.running import DIRECT, ServerError, run
from tests.stores.answers import RefusedError, ask, client, queries
from tests.stores.servers import CACHE, KINDS

if TYPE_CHECKING:
    from tests.stores.servers import Kind, Store

EPILOG = """examples:
  python -m benchmarks.stores
  python -m benchmarks.stores --only fuseki virtuoso --rounds 1
"""


class Figures(NamedTuple):
    """What was measured of one store; None where it has no such way."""

    name: str
    version: str
    ours: float | None
    own: float | None
    loader: str
    cold: float
    warm: float


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--release", type=Path, default=Path("build"), help="the release (default: build)")
    add("--only", nargs="+", choices=KINDS, default=list(KINDS), help="these stores only")
    add("--rounds", type=int, default=3, help="of all queries on each store (default: 3)")
    return parser.parse_args()


def _by_milia_onto(store: Store, release: Path) -> float:
    command = [sys.executable, "-m", "milia_onto", "load", store.endpoint, "--release"]
    command += [str(release), *(["--user", store.user] if store.user else [])]
    environment = {**os.environ, **DIRECT, "MILIA_ONTO_PASSWORD": store.password}
    start = time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode:
        raise ServerError(f"{store.name}: {done.stderr.strip()[-300:]}")
    return seconds


def _loads(kind: Kind, release: Path) -> tuple[float | None, float | None]:
    """Seconds by ``milia-onto load`` and by the store's own way, each into an empty store."""
    if not kind.load:
        return None, None
    with tempfile.TemporaryDirectory() as folder, kind.start(Path(folder)) as store:
        ours = _by_milia_onto(store, release)
    with tempfile.TemporaryDirectory() as folder, kind.start(Path(folder)) as store:
        start = time.perf_counter()
        kind.load(store, release / "milia.nt")
        return ours, time.perf_counter() - start


def _measure(kind: Kind, release: Path, rounds: int) -> Figures:
    ours, own = _loads(kind, release)
    every = queries()
    with (
        tempfile.TemporaryDirectory() as folder,
        kind.start(Path(folder), release / "milia.nt") as store,
        client() as line,
    ):
        taken = []
        for _ in range(rounds):
            start = time.perf_counter()
            for query in every:
                ask(line, store, query.text)
            taken.append(time.perf_counter() - start)
    warm = min(taken[1:] or taken)
    return Figures(store.name, store.version, ours, own, kind.loader, taken[0], warm)


def _tdbloader(release: Path) -> str:
    """How long Jena's offline loader takes, its start included."""
    (jar,) = (CACHE / "jvm" / "fuseki").glob("*.jar")
    with tempfile.TemporaryDirectory() as folder:
        command = [java(), "-Xmx2g", "-cp", jar, "tdb2.tdbloader", "--loc", "tdb2"]
        start = time.perf_counter()
        run([*command, (release / "milia.nt").absolute()], Path(folder))
        return f"`tdb2.tdbloader`, offline, takes {time.perf_counter() - start:.1f} s.\n"


def _seconds(value: float | None) -> str:
    return f"{value:.2f}" if value is not None else ""


def _tables(found: list[Figures]) -> list[str]:
    loads = [
        [f.name, _seconds(f.ours), _seconds(f.own), f"{f.ours / f.own:.1f} x", f.loader]
        for f in found
        if f.ours and f.own
    ]
    best = min(f.warm for f in found)
    suites = [
        [f"{f.name} {f.version}", f"{f.cold:.2f}", f"{f.warm:.2f}", f"{f.warm / best:.1f} x"]
        for f in found
    ]
    head = ["", "milia-onto load, s", "own way, s", "ratio", "own way"]
    return [
        f"\n## Loading\n\n{markdown(head, loads)}",
        "\n## All competency queries\n\n"
        + markdown(["", "first round, s", "best of the next, s", "fastest = 1"], suites),
    ]


def main() -> None:
    """Measure, and write the page to standard output."""
    args = _arguments()
    before = load()
    found = []
    for name in args.only:
        if all(map(is_installed, KINDS[name].needs)):
            print(f"measuring {name}", file=sys.stderr)
            try:
                found.append(_measure(KINDS[name], args.release, args.rounds))
            except (ServerError, RefusedError) as error:
                sys.exit(f"the comparison is void: {name}: {error}")
        else:
            print(f"{name} is left out: not installed", file=sys.stderr)
    page = [
        "# Stores, beside each other\n",
        f"What `python -m benchmarks.stores` printed, one run. {machine()}; "
        f"{before} before and {load()} after, all servers included.",
        *_tables(found),
    ]
    if "fuseki" in args.only and is_installed("fuseki"):
        page.append(_tdbloader(args.release))
    publish(page, None)


if __name__ == "__main__":
    main()
