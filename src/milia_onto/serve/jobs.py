"""What a worker is asked, what it answers, and how that travels between two processes."""

from __future__ import annotations

import json
import struct
from typing import Literal, NamedTuple

Why = Literal["syntax", "form", "time", "memory", "size", "crash", "busy"]


class Job(NamedTuple):
    """A query and the media type of its answer; or no query: a whole graph.

    ``default_graphs`` and ``named_graphs`` are the data set that was asked for; both None where
    nothing was said. In a whole graph ``default_graphs`` names it, () being the default graph.
    """

    query: str
    media_type: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


class Answer(NamedTuple):
    """The bytes of an answer and the hash of them."""

    body: bytes
    digest: str


class JobError(Exception):
    """A job that has no answer: why in one word, what to tell, and the place in the query."""

    def __init__(self, why: Why, detail: str, line: int = 0, column: int = 0) -> None:
        super().__init__(detail)
        self.why = why
        self.detail = detail
        self.line = line
        self.column = column


# Kind, whether the worker ends after it, size of what follows, hash of what follows.
HEAD = struct.Struct("!c?Q16s")
GOOD, BAD = b"+", b"-"
ASKED = struct.Struct("!I")


def pack_job(job: Job) -> bytes:
    """A job as it goes to a worker."""
    data = json.dumps(job).encode()
    return ASKED.pack(len(data)) + data


def unpack_job(data: bytes) -> Job:
    """The job that ``pack_job`` packed, without its size."""
    query, media_type, default, named = json.loads(data)
    return Job(
        query,
        media_type,
        None if default is None else tuple(default),
        None if named is None else tuple(named),
    )


def pack_error(error: JobError) -> bytes:
    """The payload that tells of a job without an answer."""
    return json.dumps([error.why, error.detail, error.line, error.column]).encode()


def unpack(kind: bytes, digest: bytes, payload: bytes) -> Answer:
    """What a worker answered. Raises JobError."""
    if kind == BAD:
        raise JobError(*json.loads(payload))
    return Answer(payload, digest.hex())
