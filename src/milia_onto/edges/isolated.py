"""Work in a forked process that may be stopped or may die: limits on time, memory and sockets.

Five kilobytes of nested braces kill an unprotected SPARQL engine, and an engine has no time limit:
the child works under limits and cannot open a socket; the parent reads.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from typing import TYPE_CHECKING

from milia_onto.edges.confine import confine
from milia_onto.model.errors import ContentError, LimitError, MiliaError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

GIGABYTE = 1024**3
MEMORY_LIMIT = 8 * GIGABYTE
CHUNK = 1 << 20
NO_DESCRIPTOR = -1
# What Rust says when it aborts for want of memory; Python raises MemoryError.
OUT_OF_MEMORY = b"memory allocation of"


def isolated(work: Callable[[], bytes], limit: float) -> bytes:
    """The bytes of ``work`` done in a forked child, or an error.

    Raises LimitError after ``limit`` seconds, or where the child ran out of memory or died;
    UsageError with the child's message where the query was wrong.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    reader, writer = os.pipe()
    # What an engine says while it dies is for us, not for the terminal.
    last_words = os.memfd_create("stderr")
    child = os.fork()
    if child == 0:
        os.close(reader)
        os.dup2(last_words, 2)
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
        said = os.pread(last_words, CHUNK, 0)
        os.close(last_words)
    return _judge(data, status, said)


def _judge(data: bytes, status: int, said: bytes) -> bytes:
    if data[:1] == b"+":
        return data[1:]
    if data[:1] == b"?":
        raise UsageError(data[1:].decode())
    if data[:1] == b"!":
        message, place, fix = json.loads(data[1:])
        raise ContentError(message, place=place, fix=fix)
    if data[:1] == b"#" or OUT_OF_MEMORY in said:
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
        confine(MEMORY_LIMIT, NO_DESCRIPTOR)
        out = b"+" + work()
    except ContentError as error:
        out = b"!" + json.dumps([error.message, error.place, error.fix]).encode()
    except (SyntaxError, ValueError, OSError, RuntimeError, MiliaError) as error:
        out = b"?" + _one_line(error).encode()
    except MemoryError:
        out = b"#"
    # A panic of the engine or Ctrl-C must end the child, or it would go on as a second parent.
    except BaseException:
        os._exit(1)
    view = memoryview(out)
    while view:
        view = view[os.write(writer, view) :]
    os._exit(0)


def _one_line(error: BaseException) -> str:
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    return " ".join(text.split())
