"""Each competency query over HTTP, uncached, beside a warmed Apache Jena Fuseki on the same data.

One client asks both in turn, so that what else the machine does falls on both.

    python -m benchmarks.endpoint_fuseki --jar jena-fuseki-server-5.6.0.jar
"""

from __future__ import annotations

import argparse
import http.client
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from benchmarks.endpoint_load import competency
from tests.serve.running import Running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Ask = Callable[[str], float]

WAIT = 60
HEADERS = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Accept": "application/sparql-results+json",
}


def asking(port: int, path: str) -> Ask:
    """How many seconds a query takes, over one connection that is kept."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(query: str) -> float:
        start = time.perf_counter()
        line.request("POST", path, urlencode({"query": query}).encode(), HEADERS)
        reply = line.getresponse()
        body = reply.read()
        if reply.status != 200:
            raise SystemExit(f"{port}: {reply.status} {body[:300]!r}")
        return time.perf_counter() - start

    return ask


@contextmanager
def fuseki(jar: Path, data: Path) -> Iterator[Ask]:
    """A Fuseki with the data in memory."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    arguments = ["--localhost", "--port", str(port), "--file", str(data.absolute()), "/ds"]
    command = ["java", "-Xmx2g", "-jar", str(jar.absolute()), *arguments]
    with tempfile.TemporaryDirectory() as folder:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(command, cwd=folder, **quiet)
        try:
            for _ in range(10 * WAIT):
                try:
                    asking(port, "/ds/sparql")("ASK {}")
                    break
                except OSError:
                    time.sleep(0.1)
            yield asking(port, "/ds/sparql")
        finally:
            process.kill()
            process.wait()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--jar", type=Path, required=True, help="of jena-fuseki-server")
    parser.add_argument("--release", type=Path, default=Path("build"))
    parser.add_argument("--warm-up", type=int, default=10, help="rounds before (default: 10)")
    parser.add_argument("--runs", type=int, default=25, help="of each query (default: 25)")
    args = parser.parse_args()
    queries = competency()
    rows = []
    with (
        Running("--release", args.release, "--seconds", 60) as server,
        fuseki(args.jar, args.release / "milia.nt") as theirs,
    ):
        ours = asking(int(server.url.rpartition(":")[2]), "/sparql")
        for _ in range(args.warm_up):
            for query in queries.values():
                ours(query)
                theirs(query)
        for name, query in queries.items():
            # A remark makes it another query each time, so nothing comes from a cache.
            pairs = [(ours(f"{query}#{n}"), theirs(f"{query}#{n}")) for n in range(args.runs)]
            mine, other = zip(*pairs, strict=True)
            times = [
                1000 * figure for figure in (min(mine), min(other), median(mine), median(other))
            ]
            rows.append((*times, name))
    rows.sort(key=lambda row: -row[0] / row[1])
    out = [f"{'least, ms':>18}  {'median, ms':>16}  least, ours / Fuseki"]
    out += [
        f"{a:8.2f} {b:8.2f}   {c:8.2f} {d:8.2f}  {a / b:5.2f} {name}" for a, b, c, d, name in rows
    ]
    total = [sum(row[at] for row in rows) for at in range(4)]
    slower = sum(row[0] > row[1] for row in rows)
    out.append(
        f"{total[0]:8.0f} {total[1]:8.0f}   {total[2]:8.0f} {total[3]:8.0f}  all {len(rows)}"
    )
    out.append(f"slower than Fuseki: {slower}")
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
