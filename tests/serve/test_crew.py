"""What the server does when the system starts no process for it, or the data does not load."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from milia_onto.model.errors import SurroundingsError
from milia_onto.serve import crew, nursery
from milia_onto.serve.jobs import Answer, Job, JobError
from milia_onto.serve.pool import Pool
from tests.serve.running import gone

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.alone

JOB = Job("ASK {}", "text/csv")
NO_MEMORY = OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))


async def answer_in_the_end(pool: Pool) -> Answer:
    """The answer, however often we are told to try again."""
    async with asyncio.timeout(20):
        while True:
            with suppress(JobError):
                return await pool.run(JOB)
            await asyncio.sleep(0.02)


def test_a_nursery_that_cannot_be_started_is_tried_again_after_growing_pauses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start, pids, refusals = nursery.start, [], [None, NO_MEMORY, NO_MEMORY, None, None]
    pauses = []

    def started(*arguments: Any) -> Any:
        if error := refusals.pop(0):
            raise error
        pids.append((found := start(*arguments))[0])
        return found

    async def main(pool: Pool) -> None:
        loop = asyncio.get_running_loop()
        later = loop.call_later

        def noted(pause: float, callback: Callable[..., Any], *arguments: Any) -> Any:
            if callback.__name__ == "_start_again":
                pauses.append(pause)
            return later(pause, callback, *arguments)

        monkeypatch.setattr(loop, "call_later", noted)
        async with pool:
            first = await pool.run(JOB)
            for _ in range(2):
                os.kill(pids[-1], signal.SIGKILL)
                assert gone(pids)
                # What was under way when it died is told so; it is the event loop that learns it.
                await asyncio.sleep(0.1)
                assert await answer_in_the_end(pool) == first

    monkeypatch.setattr(nursery, "start", started)
    pool = Pool(ox.Store, workers=1)
    pool.start()
    asyncio.run(main(pool))
    assert refusals == []
    # Once one has loaded the pauses are short again.
    assert pauses == [crew.PAUSE, 2 * crew.PAUSE, 4 * crew.PAUSE, crew.PAUSE]


NOT_STARTED = [
    ("the system starts no process", ox.Store, NO_MEMORY, "Cannot allocate memory"),
    ("it takes too long", lambda: time.sleep(60), None, "not done within 0.2 s"),
]


@pytest.mark.parametrize(
    ("load", "error", "told"), [pytest.param(*rest, id=name) for name, *rest in NOT_STARTED]
)
def test_a_server_that_cannot_load_says_so(
    monkeypatch: pytest.MonkeyPatch, load: Callable[[], ox.Store], error: OSError | None, told: str
) -> None:
    assert len(NOT_STARTED) == 2
    monkeypatch.setattr(crew, "PATIENCE", 0.2)
    forked, fork = [], os.fork

    def noted() -> int:
        if error:
            raise error
        forked.append(fork())
        return forked[-1]

    monkeypatch.setattr(os, "fork", noted)
    with pytest.raises(SurroundingsError, match=f"^the data cannot be loaded: {told}"):
        Pool(load, workers=1).start()
    assert gone(forked)
