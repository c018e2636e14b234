"""Work in a forked process: what comes back, and what happens when it fails."""

from __future__ import annotations

import os
import time

import pytest

from milia_onto.edges.beside import Beside
from milia_onto.model.errors import ContentError, SurroundingsError

HERE = os.getpid()


def test_the_result_comes_from_another_process() -> None:
    with Beside(os.getpid) as other:
        assert other.result() not in {0, HERE}


def test_a_result_larger_than_a_pipe_arrives_whole() -> None:
    with Beside(lambda: b"x" * 5_000_000) as other:
        assert other.result() == b"x" * 5_000_000


def test_what_is_wrong_with_the_content_is_raised_here() -> None:
    def work() -> None:
        raise ContentError("is empty", place="a.ttl", fix="fill it")

    with Beside(work) as other, pytest.raises(ContentError, match=r"^a\.ttl: is empty; fill it$"):
        other.result()


def test_a_process_that_died_is_said_to_have_died() -> None:
    with Beside(lambda: os._exit(1)) as other, pytest.raises(SurroundingsError, match="died"):
        other.result()


def test_the_work_sees_what_was_there_at_the_start() -> None:
    seen = [1]
    with Beside(lambda: list(seen)) as other:
        seen.append(2)
        assert other.result() == [1]


def test_without_fork_the_work_is_done_here_and_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    seen = [os.getpid()]
    with Beside(lambda: list(seen)) as other:
        seen.append(2)
        assert other.result() == [HERE]


def test_work_that_nobody_asks_for_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    forked, fork = [], os.fork

    def noted() -> int:
        forked.append(fork())
        return forked[-1]

    monkeypatch.setattr(os, "fork", noted)
    start = time.monotonic()
    with Beside(lambda: time.sleep(60)):
        assert len(forked) == 1
    assert time.monotonic() - start < 30
    with pytest.raises(ProcessLookupError):
        os.kill(forked[0], 0)
