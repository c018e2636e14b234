"""Work in a forked process that may be stopped or may die: limits on time, memory and sockets.

Five kilobytes of nested braces kill an unprotected SPARQL engine, and an engine has no time limit:
the child works under limits and cannot open a socket; the parent reads.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import TYPE_CHECKING

from milia_onto.edges.confine import confine
from milia_onto.edges.forked import Forked
from milia_onto.model.errors import ContentError, LimitError, MiliaError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

GIGABYTE = 1024**3
MEMORY_LIMIT = 8 * GIGABYTE
LAST_WORDS = 1 << 20
NO_DESCRIPTOR = -1
GOOD, WRONG, BAD, FULL = b"+", b"?", b"!", b"#"
# What Rust says when it aborts for want of memory; Python raises MemoryError.
OUT_OF_MEMORY = b"memory allocation of"


def isolated(work: Callable[[], bytes], limit: float) -> bytes:
    """The bytes of ``work`` done in a forked child, or an error.

    Raises LimitError after ``limit`` seconds, or where the child ran out of memory or died;
    UsageError with the child's message where the query was wrong, ContentError where the content
    was; SurroundingsError where the system starts no process, or the work is at fault.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    # What an engine says while it dies is for us, not for the terminal.
    last_words = os.memfd_create("stderr")

    def confined() -> tuple[bytes, bytes]:
        os.dup2(last_words, 2)
        # Should nobody be left to stop it, the kernel ends this process.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, limit + 2)
        return _outcome(work)

    try:
        child = Forked(confined)
        try:
            told = child.answer(limit)
        except TimeoutError:
            fix = "make the query narrower, or allow more time with --time-limit"
            raise LimitError(f"no answer within {limit:g} s", fix=fix) from None
        finally:
            status = child.stop()
        said = os.pread(last_words, LAST_WORDS, 0)
    finally:
        os.close(last_words)
    kind, data = told or (b"", b"")
    if kind == GOOD:
        return data
    raise _error(kind, data, status, said)


def _error(kind: bytes, data: bytes, status: int, said: bytes) -> MiliaError:
    if kind == WRONG:
        return UsageError(data.decode())
    if kind == BAD:
        message, place, fix = json.loads(data)
        return ContentError(message, place=place, fix=fix)
    if kind == FULL or OUT_OF_MEMORY in said:
        return LimitError("the query ran out of memory", fix="make it narrower")
    died = os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    return LimitError(f"the query engine died ({died})", fix="make the query simpler")


def _outcome(work: Callable[[], bytes]) -> tuple[bytes, bytes]:
    try:
        confine(MEMORY_LIMIT, NO_DESCRIPTOR)
        return GOOD, work()
    except ContentError as error:
        return BAD, json.dumps([error.message, error.place, error.fix]).encode()
    except (SyntaxError, ValueError, OSError, RuntimeError, MiliaError) as error:
        return WRONG, _one_line(error).encode()
    except MemoryError:
        return FULL, b""


def _one_line(error: BaseException) -> str:
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    return " ".join(text.split())
