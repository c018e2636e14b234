"""A SPARQL query over files, in a forked process that may be stopped or may die.

Five kilobytes of nested braces kill an unprotected engine, and an engine has no time limit: the
child runs the query with limits on time and memory and cannot open a socket; the parent reads.
"""

from __future__ import annotations

import io
import json
import os
import select
import signal
import sys
import time
from typing import TYPE_CHECKING

import pyoxigraph as ox

from milia_onto.edges.confine import confine
from milia_onto.edges.wellformed import check_complete
from milia_onto.model.errors import ContentError, LimitError, MiliaError, UsageError
from milia_onto.model.formats import BY_NAME
from milia_onto.publish.lookup import prefixes_of
from milia_onto.publish.sparql_text import problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from milia_onto.model.formats import Format
    from milia_onto.model.values import Release

GIGABYTE = 1024**3
MEMORY_LIMIT = 8 * GIGABYTE
CHUNK = 1 << 20
OK, BAD_QUERY, OUT_OF_MEMORY = 0, 3, 4
SOLUTIONS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def load(
    files: Sequence[tuple[str, bytes, Format]],
    graphs: Sequence[tuple[str, tuple[str, bytes, Format]]] = (),
) -> ox.Store:
    """A store of the default graph of each file (name, bytes, syntax); ``graphs`` are named.

    Raises ContentError.
    """
    store = ox.Store()
    nodes: list[ox.DefaultGraph | ox.NamedNode] = [ox.DefaultGraph()] * len(files)
    nodes += [ox.NamedNode(iri) for iri, _ in graphs]
    for graph, (name, data, form) in zip(
        nodes, [*files, *(file for _, file in graphs)], strict=True
    ):
        check_complete(name, data, form)
        syntax = ox.RdfFormat.from_media_type(form.media_type)
        try:
            store.bulk_load(data, format=syntax, to_graph=graph)
        except SyntaxError as error:
            line = f":{error.lineno}" if error.lineno else ""
            message = f"cannot be read: {error.msg}"
            raise ContentError(message, place=f"{name}{line}", fix="correct it there") from None
    return store


def answer(
    store: ox.Store,
    query: str,
    form: str | None,
    prefixes: dict[str, str],
    table: Callable[[ox.QuerySolutions], str],
) -> bytes:
    """The result of a query in ``form``; None is a table, or Turtle for a graph.

    ``table`` renders solutions for people. Raises UsageError where the form does not fit the
    kind of query.
    """
    result = store.query(query, prefixes=prefixes)
    if isinstance(result, ox.QueryTriples):
        name = form or "turtle"
        if name not in GRAPHS:
            fix = f"use one of {', '.join(GRAPHS)}"
            raise UsageError(f"a graph cannot be written as {name}", fix=fix)
        named = prefixes if name in {"turtle", "rdfxml"} else None
        return ox.serialize(result, format=GRAPHS[name], prefixes=named) or b""
    if form is None or form == "table":
        if isinstance(result, ox.QueryBoolean):
            return b"yes\n" if result else b"no\n"
        return table(result).encode()
    if form not in SOLUTIONS:
        fix = f"use one of table, {', '.join(SOLUTIONS)}"
        raise UsageError(f"solutions cannot be written as {form}", fix=fix)
    sink = io.BytesIO()
    result.serialize(sink, format=SOLUTIONS[form])
    return sink.getvalue()


def ask(release: Release, query: str, *, limit: float = 60.0) -> list[dict[str, str]]:
    """The solutions of a SELECT query over a release: a value for each bound variable.

    IRIs and literals are given as their text. Raises UsageError for what is no SELECT query,
    LimitError where it takes longer than ``limit`` seconds.
    """
    data, prefixes = release.files["milia.nt"], prefixes_of(release.files["context.jsonld"])
    wrong = problem(query, prefixes)
    if wrong:
        raise UsageError(wrong, fix="ask a SPARQL 1.1 query")

    def work() -> bytes:
        store = load([("milia.nt", data, BY_NAME["nt"])])
        return answer(store, query, "json", prefixes, str)

    found = json.loads(isolated(work, limit))
    return [
        {name: cell["value"] for name, cell in row.items()}
        for row in found.get("results", {}).get("bindings", [])
    ]


def isolated(work: Callable[[], bytes], limit: float) -> bytes:
    """The bytes of ``work`` done in a forked child, or an error.

    Raises LimitError after ``limit`` seconds, or where the child ran out of memory or died;
    UsageError with the child's message where the query was wrong.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _work_in_child(work, writer)
    os.close(writer)
    try:
        data = _read(reader, time.monotonic() + limit)
        if data is None:
            fix = "make the query narrower, or allow more time with --time-limit"
            raise LimitError(f"no answer within {limit:g} s", fix=fix)
    finally:
        os.close(reader)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    return _judge(data, status)


def _judge(data: bytes, status: int) -> bytes:
    if data[:1] == b"+":
        return data[1:]
    if data[:1] == b"?":
        raise UsageError(data[1:].decode())
    if data[:1] == b"!":
        message, place, fix = json.loads(data[1:])
        raise ContentError(message, place=place, fix=fix)
    if data[:1] == b"#":
        raise LimitError("the query ran out of memory", fix="make it narrower")
    died = os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    raise LimitError(f"the query engine died ({died})", fix="make the query simpler")


def _read(reader: int, deadline: float) -> bytes | None:
    parts: list[bytes] = []
    while True:
        left = deadline - time.monotonic()
        ready, _, _ = select.select([reader], [], [], max(left, 0))
        if not ready:
            return None
        part = os.read(reader, CHUNK)
        if not part:
            return b"".join(parts)
        parts.append(part)


def _work_in_child(work: Callable[[], bytes], writer: int) -> None:
    try:
        confine(MEMORY_LIMIT, writer)
        out = b"+" + work()
    except ContentError as error:
        out = b"!" + json.dumps([error.message, error.place, error.fix]).encode()
    except (SyntaxError, ValueError, OSError, RuntimeError, MiliaError) as error:
        out = b"?" + _one_line(error).encode()
    except MemoryError:
        out = b"#"
    view = memoryview(out)
    while view:
        view = view[os.write(writer, view) :]
    os._exit(0)


def _one_line(error: BaseException) -> str:
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    return " ".join(text.split())
