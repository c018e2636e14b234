"""Real stores with a database on disk, started on a free port and ended with the ``with`` block."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

import pyoxigraph as ox

from milia_onto.cli import run
from milia_onto.load.proof import in_one_spelling
from milia_onto.stages.canonical import digest
from tests.conftest import PROJECT, java

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from milia_onto.model.values import Release

Process = subprocess.Popen[bytes]
OPENER = build_opener(ProxyHandler({}))
START = 120.0
GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { <https://w3id.org/milia> ?p ?o } }"
FUSEKI = """
@prefix fuseki: <http://jena.apache.org/fuseki#> .
@prefix tdb2: <http://jena.apache.org/2016/tdb#> .
[] a fuseki:Server ; fuseki:services ( <#service> ) .
<#service> a fuseki:Service ; fuseki:name "ds" ; fuseki:allowedUsers "curator" ;
  fuseki:endpoint [ fuseki:operation fuseki:query ] , [ fuseki:operation fuseki:update ] ,
    [ fuseki:operation fuseki:gsp-rw ] ;
  fuseki:dataset [ a tdb2:DatasetTDB2 ; tdb2:location "DATABASE" ] .
"""
VIRTUOSO = """[Database]
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
DefaultIsolation = 4
NumberOfBuffers = 10000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = 100
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def process(command: Sequence[object], folder: Path, probe: str) -> Iterator[Process]:
    """A server in ``folder``, from when it answers at ``probe`` until it is killed."""
    with (folder / "log").open("ab") as log:
        server = subprocess.Popen(list(map(str, command)), cwd=folder, stdout=log, stderr=log)
    try:
        end = time.monotonic() + START
        while not answers(probe):
            waits = server.poll() is None and time.monotonic() < end
            assert waits, (folder / "log").read_text()
            time.sleep(0.1)
        yield server
    finally:
        server.kill()
        server.wait()


def answers(address: str) -> bool:
    try:
        OPENER.open(f"{address}?{urlencode({'query': 'ASK {}'})}", timeout=10).close()
    except HTTPError as error:
        return error.code == 401
    except OSError:
        return False
    return True


@contextmanager
def fuseki(
    folder: Path, *, passwords: str = "", auth: str = "basic"
) -> Iterator[tuple[str, Process]]:
    """The address of a dataset of Apache Jena Fuseki in TDB2, and its process."""
    (jar,) = (PROJECT / ".cache" / "jvm" / "fuseki").resolve().glob("*.jar")
    port = free_port()
    command = [java(), "-Xmx512m", "-jar", jar, "--localhost", "--port", port]
    (folder / "db").mkdir(exist_ok=True)
    if passwords:
        (folder / "passwords").write_text(passwords, encoding="utf-8")
        config = FUSEKI.replace("DATABASE", str(folder / "db"))
        (folder / "config.ttl").write_text(config, encoding="utf-8")
        command += ["--passwd", folder / "passwords", "--auth", auth, "--config", "config.ttl"]
    else:
        command += ["--tdb2", "--update", "--loc", folder / "db", "/ds"]
    address = f"http://127.0.0.1:{port}/ds"
    with process(command, folder, address) as server:
        yield address, server


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """The SPARQL endpoint of Virtuoso as Debian has it, which gives few rows at a time."""
    http = free_port()
    ini = VIRTUOSO.format(folder=folder, http=http, sql=free_port())
    (folder / "virtuoso.ini").write_text(ini, encoding="utf-8")
    address = f"http://127.0.0.1:{http}/sparql"
    command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    with process(command, folder, address):
        yield address


def select(address: str, query: str) -> list[str]:
    """The values of the one variable of a query."""
    headers = {"Accept": "application/sparql-results+json"}
    body = urlencode({"query": query}).encode()
    with OPENER.open(Request(address, body, headers), timeout=60) as reply:
        rows = json.load(reply)["results"]["bindings"]
    return [cell["value"] for row in rows for cell in row.values()]


def count(address: str, graph: str) -> int:
    (number,) = select(address, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    return int(number)


def held(address: str, graph: str) -> str:
    """The digest of what a graph of a store holds, in one spelling of its values."""
    query = f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    headers = {"Accept": "application/n-triples"}
    with OPENER.open(Request(address, urlencode({"query": query}).encode(), headers)) as reply:
        return spelt(reply.read())


def released(release: Release) -> str:
    """What ``held`` must say of a release."""
    return spelt(release.files["milia.nt"])


def spelt(ntriples: bytes) -> str:
    quads = ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES)
    return digest(in_one_spelling(quad.triple for quad in quads))


def start(*arguments: object) -> int:
    """The command line in a forked process, so that all its time is spent on its work."""
    child = os.fork()
    if child == 0:
        code = 70
        with suppress(BaseException):
            nowhere = os.open(os.devnull, os.O_RDWR)
            for standard in (1, 2):
                os.dup2(nowhere, standard)
            code = run([str(argument) for argument in arguments])
        os._exit(code)
    return child


def finish(child: int) -> int:
    """The exit code of a forked process; minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def kill(child: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    finish(child)
