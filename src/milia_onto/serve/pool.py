"""Workers, and who may use them: nobody waits for a query that takes long but its own client.

A query starts in the quick lane. What is not done after a moment goes on in the slow lane, which
has its own few places, at a low priority and later at the lowest; the quick lane gets a new worker.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from milia_onto.serve.crew import Crew
from milia_onto.serve.jobs import JobError
from milia_onto.serve.line import LineClosedError
from milia_onto.serve.worker import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Self

    import pyoxigraph as ox

    from milia_onto.serve.jobs import Answer, Job, Why
    from milia_onto.serve.line import Line

# Seconds of processor time. Most queries need a few milliseconds. One that needs a tenth of a
# second must not starve beside a flood of those, nor may one that needs minutes slow them down.
MOMENT, WHILE = 0.05, 0.5
LOW, LOWEST = 5, 19
LEAST = 0.002
QUEUE = 200
UNTIL_TOLD = 5.0
NARROWER = "make the query narrower"
OUT_OF_MEMORY: tuple[Why, str] = ("memory", f"the query ran out of memory; {NARROWER}")
TOO_DEEP: tuple[Why, str] = ("crash", "the query nests too deep for the engine; make it simpler")
UNKNOWN_END: tuple[Why, str] = (
    "crash",
    "the query engine failed at this query; write it otherwise",
)
ENDED_BY: dict[int, tuple[Why, str]] = {
    signal.SIGABRT: OUT_OF_MEMORY,
    signal.SIGKILL: OUT_OF_MEMORY,
    signal.SIGSEGV: TOO_DEEP,
    signal.SIGBUS: TOO_DEEP,
}


class Lane:
    """A few places, and a queue for them that is bounded in length and in time."""

    def __init__(self, places: int, patience: float) -> None:
        self._places = asyncio.Semaphore(places)
        self._patience = patience
        self._waiting = 0

    def is_full(self) -> bool:
        """Whether who comes now has to wait."""
        return self._places.locked()

    async def __aenter__(self) -> None:
        if not self.is_full():
            await self._places.acquire()
            return
        if self._waiting >= QUEUE:
            raise JobError("busy", "too many queries are waiting; try again")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._places.acquire()
        except TimeoutError:
            raise JobError("busy", "too many queries are running; try again") from None
        finally:
            self._waiting -= 1

    async def __aexit__(self, *_: object) -> None:
        self._places.release()


class Pool:
    """Answers jobs in worker processes. ``start`` it, then use it as an async context manager."""

    def __init__(
        self,
        load: Callable[[], ox.Store],
        *,
        workers: int,
        limits: Limits | None = None,
        prefixes: Mapping[str, str] | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.workers = workers
        self._crew = Crew(load, prefixes or {}, self.limits)
        self._idle: list[Line] = []
        self._spares: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Load the data in a process of its own. Raises ContentError, SurroundingsError.

        It forks: to be called before the event loop and any thread is started.
        """
        self._crew.start()

    async def __aenter__(self) -> Self:
        self._quick = Lane(self.workers, self.limits.seconds)
        self._slow = Lane(self.workers, self.limits.seconds)
        self._crew.watch()
        self._refill()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._crew.stop()

    async def run(self, job: Job) -> Answer:
        """The answer to a job. Raises JobError; cancelled, it kills the worker that is at it."""
        try:
            async with self._quick:
                line = await self._take()
                begun = line.ask(job)
                if await self._done(line, begun, MOMENT, WHILE):
                    return await self._outcome(line, begun)
                # There is no waiting with half an answer in memory: it is begun anew.
                again = self._slow.is_full()
                if again:
                    self._crew.kill(line)
            async with self._slow:
                if again:
                    line = await self._crew.fork()
                    begun = line.ask(job)
                end = time.monotonic() + self.limits.seconds
                for niceness, work in ((LOW, WHILE), (LOWEST, self.limits.seconds)):
                    line.yield_to_others(niceness)
                    if await self._done(line, begun, work, end - time.monotonic()):
                        return await self._outcome(line, begun)
                self._crew.kill(line)
        except LineClosedError:
            raise JobError("busy", "the workers are being replaced; try again") from None
        told = f"no answer within {self.limits.seconds:g} s"
        raise JobError("time", f"{told}; {NARROWER}")

    async def _take(self) -> Line:
        """An idle worker, or else a new one."""
        while self._idle:
            line = self._idle.pop()
            if not line.closed:
                self._refill()
                return line
        self._refill()
        return await self._crew.fork()

    def _refill(self) -> None:
        """Have spare workers ready: a fork costs a few milliseconds that nobody has to wait for."""
        for _ in range(self.workers - len(self._idle) - len(self._spares)):
            spare = asyncio.ensure_future(self._add())
            self._spares.add(spare)
            spare.add_done_callback(self._spares.discard)

    async def _add(self) -> None:
        with suppress(LineClosedError):
            self._idle.append(await self._crew.fork())

    async def _done(
        self, line: Line, begun: asyncio.Future[Answer], work: float, seconds: float
    ) -> bool:
        """Whether the answer comes before so much processor time, or time, has gone by."""
        end, enough = time.monotonic() + seconds, line.spent() + work
        try:
            while not begun.done():
                left = min(end - time.monotonic(), enough - line.spent())
                if left <= 0:
                    break
                await asyncio.wait({begun}, timeout=max(left, LEAST))
        except asyncio.CancelledError:
            self._crew.kill(line)
            raise
        return begun.done()

    async def _outcome(self, line: Line, begun: asyncio.Future[Answer]) -> Answer:
        """The answer that has come, or what ended the worker; it may then answer the next job."""
        try:
            return begun.result()
        except LineClosedError:
            raise await self._cause(line) from None
        finally:
            if line.is_reusable() and len(self._idle) < 2 * self.workers:
                self._idle.append(line)
            else:
                self._crew.kill(line)

    async def _cause(self, line: Line) -> JobError | LineClosedError:
        try:
            status = await asyncio.wait_for(asyncio.shield(line.death), UNTIL_TOLD)
        except TimeoutError:
            status = None
        if status is None:
            return LineClosedError()
        number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        return JobError(*ENDED_BY.get(number, UNKNOWN_END))
