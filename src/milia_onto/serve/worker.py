"""A worker: a forked process that answers queries over one store, one after the other.

It may be killed at any moment and may die by itself; whoever asked it sees its socket close.
"""

from __future__ import annotations

import hashlib
import io
import os
import resource
import signal
import sys
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from milia_onto.edges.confine import confine
from milia_onto.edges.query import run
from milia_onto.publish.sparql_errors import explained
from milia_onto.publish.sparql_text import RefusedError
from milia_onto.publish.sparql_xml import UnwritableError, checked
from milia_onto.serve.jobs import ASKED, BAD, GOOD, HEAD, JobError, pack_error, unpack_job

if TYPE_CHECKING:
    import socket
    from collections.abc import Mapping

    from typing_extensions import Buffer

    from milia_onto.serve.jobs import Job

SOLUTIONS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
}
XML = ("application/sparql-results+xml", "application/rdf+xml")
WITH_PREFIXES = ("text/turtle", "application/rdf+xml")
# More than this left behind by a query, and the next one gets a new process.
KEPT_GROWTH = 64 * 1024**2
KILOBYTE = 1 if sys.platform == "darwin" else 1024


class Limits(NamedTuple):
    """Seconds, bytes of memory beyond the data, and bytes of an answer, for one query."""

    seconds: float = 10.0
    memory: int = 512 * 1024**2
    answer: int = 64 * 1024**2


class _Sink(io.BytesIO):
    """Takes the bytes of an answer, up to a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self.limit = limit

    def write(self, data: Buffer, /) -> int:
        written = super().write(data)
        if self.tell() > self.limit:
            told = f"the answer is larger than {self.limit / 1e6:.0f} MB"
            raise JobError("size", f"{told}; ask for less, or with LIMIT and OFFSET")
        return written


def work(line: socket.socket, store: ox.Store, prefixes: Mapping[str, str], limits: Limits) -> None:
    """Answer jobs from ``line`` until it closes or this process has grown too large."""
    confine(limits.memory, line.fileno())
    before = _peak()
    while size := _receive(line, ASKED.size):
        job = unpack_job(_receive(line, *ASKED.unpack(size)))
        # Should nobody be left to stop it, the kernel ends this process: nothing catches SIGALRM.
        signal.setitimer(signal.ITIMER_REAL, limits.seconds + 2)
        sink = _Sink(limits.answer)
        try:
            _answer(store, job, prefixes, sink)
            kind, payload = GOOD, _written(job, sink.getvalue())
        except JobError as error:
            kind, payload = BAD, pack_error(error)
        digest = hashlib.blake2b(payload, digest_size=16).digest()
        signal.setitimer(signal.ITIMER_REAL, 0)
        last = _peak() - before > KEPT_GROWTH
        line.sendall(HEAD.pack(kind, last, len(payload), digest))
        line.sendall(payload)
        if last:
            return
        # Held no longer than needed: this process may now be idle for hours.
        del sink, payload


def _receive(line: socket.socket, size: int) -> bytes:
    """Exactly ``size`` bytes, or none where the line was closed."""
    parts = []
    while size:
        part = line.recv(size)
        if not part:
            return b""
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTE


def _answer(store: ox.Store, job: Job, prefixes: Mapping[str, str], sink: _Sink) -> None:
    """Write the answer of a job. Raises JobError."""
    known = dict(prefixes)
    try:
        if not job.query:
            _whole_graph(store, job, prefixes, sink)
            return
        # A data set that is stated consists of what it states, however little that is (13.2).
        is_stated = job.default_graphs is not None and job.named_graphs is not None
        default, named = (
            [ox.NamedNode(iri) for iri in graphs or ()] if is_stated else None
            for graphs in (job.default_graphs, job.named_graphs)
        )
        result = run(store, job.query, known, default, named)
        if isinstance(result, ox.QueryTriples):
            form = GRAPHS[job.media_type]
            shown = known if job.media_type in WITH_PREFIXES else None
            ox.serialize(result, sink, format=form, prefixes=shown)
        else:
            result.serialize(sink, format=SOLUTIONS[job.media_type])
    except MemoryError:
        raise JobError("memory", "the query ran out of memory; make it narrower") from None
    except RefusedError as refused:
        raise JobError("syntax", refused.detail, refused.line, refused.column) from None
    except (ValueError, OSError, RuntimeError) as error:
        raise JobError("syntax", explained(job.query, str(error)).detail) from None


def _written(job: Job, data: bytes) -> bytes:
    """The answer as it may be sent. Raises JobError for what its form cannot say."""
    if job.media_type not in XML:
        return data
    try:
        return checked(data)
    except UnwritableError as error:
        told = f"this answer has no form {job.media_type}: {error}; ask for another form"
        raise JobError("form", told) from None


def _whole_graph(store: ox.Store, job: Job, prefixes: Mapping[str, str], sink: _Sink) -> None:
    graph = ox.NamedNode(job.default_graphs[0]) if job.default_graphs else ox.DefaultGraph()
    named_prefixes = dict(prefixes) if job.media_type in WITH_PREFIXES else None
    form = GRAPHS[job.media_type]
    store.dump(sink, format=form, from_graph=graph, prefixes=named_prefixes)


def leave(code: int = 0) -> None:
    """End a forked process without running what its parent registered for its own end."""
    os._exit(code)
