"""Work in a forked process: it ends when nobody waits for it, and what is cut is no answer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milia_onto.edges import forked
from milia_onto.edges.beside import Beside
from milia_onto.edges.forked import HEAD, Forked
from milia_onto.edges.isolated import isolated
from milia_onto.model.errors import LimitError, SurroundingsError
from tests.serve.running import children, gone, is_alive

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = os.getpid()
ENDLESS = """
import milia_onto.edges.{module} as edge
from milia_onto.edges import forked
def work():
    while True:
        pass
{before}
{call}
"""
ISOLATED = "edge.isolated(work, {})"
BESIDE = "edge.Beside(work).result()"
# What the kernel does not tell a child on other systems
UNTOLD = "forked.die_with_parent = lambda parent: None"
# Who does the work, what came before, the call, the seconds within which the child ends
LEFT = [
    ("isolated", "", ISOLATED.format(60), 5),
    ("beside", "", BESIDE, 5),
    ("isolated", UNTOLD, ISOLATED.format(1), 8),
]


@pytest.mark.parametrize(
    ("module", "before", "call", "seconds"), LEFT, ids=["isolated", "beside", "untold"]
)
def test_a_child_ends_when_its_parent_is_killed(
    module: str, before: str, call: str, seconds: float
) -> None:
    assert len(LEFT) == 3
    code = ENDLESS.format(module=module, before=before, call=call)
    with subprocess.Popen([sys.executable, "-c", code]) as parent:
        end = time.monotonic() + 20
        while not (family := children(parent.pid)):
            assert time.monotonic() < end
            time.sleep(0.01)
        # It is at work, not on its way there.
        while processor_time(family[0]) < 0.1:
            assert time.monotonic() < end
            time.sleep(0.01)
        parent.kill()
    try:
        assert gone(family, seconds)
    finally:
        for pid in filter(is_alive, family):
            os.kill(pid, signal.SIGKILL)


def processor_time(pid: int) -> float:
    """Seconds that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


SIZE = 300_000


def answered(work: Callable[[], bytes]) -> bytes:
    return isolated(work, 30)


def beside(work: Callable[[], bytes]) -> bytes:
    with Beside(work) as other:
        return other.result()


DOERS = {
    "isolated": (answered, LimitError, r"^the query engine died \(9\)"),
    "beside": (beside, SurroundingsError, "^a process that did part of the work died"),
}


@pytest.mark.parametrize("sent", [0, 3, HEAD.size, 100_000, SIZE])
@pytest.mark.parametrize("doer", DOERS)
def test_an_answer_that_was_cut_is_none(
    monkeypatch: pytest.MonkeyPatch, doer: str, sent: int
) -> None:
    """The process is killed once it has sent so many bytes, none of them the last."""
    assert len(DOERS) == 2
    whole, left = os.write, [sent]

    def cut(descriptor: int, data: memoryview) -> int:
        if os.getpid() == HERE:
            return whole(descriptor, data)
        written = whole(descriptor, data[: left[0]])
        left[0] -= written
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return written

    monkeypatch.setattr(forked.os, "write", cut)
    do, kind, message = DOERS[doer]
    with pytest.raises(kind, match=message):
        do(lambda: b"x" * SIZE)


@pytest.mark.parametrize("doer", DOERS)
def test_a_fault_in_the_work_is_told_as_one(doer: str) -> None:
    empty: dict[str, bytes] = {}
    do, _, _ = DOERS[doer]
    message = r"^a fault of this program, please report it: KeyError: 'no\\nsuch'$"
    with pytest.raises(SurroundingsError, match=message):
        do(lambda: empty["no\nsuch"])


@pytest.mark.parametrize("doer", DOERS)
def test_a_process_that_cannot_be_started_is_told(
    monkeypatch: pytest.MonkeyPatch, doer: str
) -> None:
    def refused() -> int:
        raise OSError(12, "Cannot allocate memory")

    before = open_descriptors()
    monkeypatch.setattr(forked.os, "fork", refused)
    do, _, _ = DOERS[doer]
    with pytest.raises(SurroundingsError, match="no process can be started: Cannot allocate"):
        do(lambda: b"")
    assert open_descriptors() == before


def test_nothing_is_left_open() -> None:
    before = open_descriptors(), children(HERE)
    child = Forked(lambda: (b"+", b"done"))
    assert child.answer(30) == (b"+", b"done")
    assert child.stop() == child.stop()
    assert (open_descriptors(), children(HERE)) == before


def open_descriptors() -> set[str]:
    return {path.name for path in Path("/proc/self/fd").iterdir()}
