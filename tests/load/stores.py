"""Real stores with a database on disk, started on a free port and ended with the ``with`` block."""

from __future__ import annotations

import json
import os
import signal
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

import pyoxigraph as ox

from milia_onto.cli import run
from milia_onto.load.proof import in_one_spelling
from milia_onto.stages.canonical import digest
from tests.conftest import PROJECT, java
from tests.running import free_ports, running, wait_for
from tests.stores import servers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from milia_onto.model.values import Release
    from tests.running import Process

OPENER = build_opener(ProxyHandler({}))
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


@contextmanager
def fuseki(
    folder: Path, *, passwords: str = "", auth: str = "basic"
) -> Iterator[tuple[str, Process]]:
    """The address of a dataset of Apache Jena Fuseki in TDB2, and its process."""
    (jar,) = (PROJECT / ".cache" / "jvm" / "fuseki").resolve().glob("*.jar")
    (port,) = free_ports(1)
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
    with running(command, folder / "log", folder) as server:
        wait_for(server, f"{address}?query=ASK%7B%7D", folder / "log", is_guarded=bool(passwords))
        yield address, server


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """The SPARQL endpoint of Virtuoso as Debian has it, which gives few rows at a time."""
    with servers.virtuoso(folder, rows=100) as store:
        yield store.endpoint


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
