"""The parts of the pool by themselves: the cache, the line to a worker, jobs on their way."""

from __future__ import annotations

import asyncio

import pytest

from milia_onto.serve.cache import Cache
from milia_onto.serve.jobs import (
    ASKED,
    BAD,
    GOOD,
    HEAD,
    Answer,
    Job,
    JobError,
    pack_error,
    pack_job,
    unpack_job,
)
from milia_onto.serve.line import Line, LineClosedError
from milia_onto.serve.pool import Lane

pytestmark = pytest.mark.alone

JOBS = [
    Job("ASK {}", "text/csv"),
    Job("ASK { ?s ?p 'é \ud800 \x00' }", "text/csv", (), ("urn:a",)),
    Job("", "text/turtle", ("urn:a", "urn:b"), None),
]


@pytest.mark.parametrize("job", JOBS, ids=["plain", "odd", "graph"])
def test_a_job_arrives_as_it_was_sent(job: Job) -> None:
    assert len(JOBS) == 3
    data = pack_job(job)
    assert ASKED.unpack_from(data) == (len(data) - ASKED.size,)
    assert unpack_job(data[ASKED.size :]) == job


def job(name: object) -> Job:
    return Job(f"ASK {{}} # {name}", "text/csv")


def test_the_cache_keeps_what_was_asked_for_last() -> None:
    cache = Cache(limit=10_000)
    for number in range(20):
        cache.put(job(number), Answer(b"x" * 500, str(number)))
        assert cache.get(job(0)) == Answer(b"x" * 500, "0")
        assert cache.size <= 10_000
    kept = [number for number in range(20) if cache.get(job(number))]
    assert kept == [0, *range(kept[1], 20)]
    assert len(kept) == 9


def test_the_cache_takes_nothing_that_would_drive_out_the_rest() -> None:
    cache = Cache(limit=10_000)
    cache.put(job("small"), Answer(b"", ""))
    size = cache.size
    cache.put(job("large"), Answer(b"x" * 2500, ""))
    cache.put(job("small"), Answer(b"", ""))
    assert cache.get(job("large")) is None
    assert cache.size == size


def reply(kind: bytes, payload: bytes, last: bool = False) -> bytes:
    return HEAD.pack(kind, last, len(payload), b"0123456789abcdef") + payload


@pytest.mark.parametrize("piece", [1, 2, 25, 26, 27, 1000])
def test_an_answer_may_come_in_pieces(piece: int) -> None:
    """Head and body need not arrive as they were sent; two answers never mix."""

    async def main() -> None:
        line = Line(0)
        line.connection_made(_Sink())
        for body, last in ((b"first", False), (b"", False), (b"third" * 20, True)):
            begun = line.ask(job("x"))
            data = reply(GOOD, body, last)
            for start in range(0, len(data), piece):
                assert not begun.done()
                line.data_received(data[start : start + piece])
            assert await begun == Answer(body, b"0123456789abcdef".hex())
            assert line.is_reusable() is not last

    asyncio.run(main())


def test_an_error_comes_as_one() -> None:
    async def main() -> None:
        line = Line(0)
        line.connection_made(_Sink())
        begun = line.ask(job("x"))
        line.data_received(reply(BAD, pack_error(JobError("syntax", "no", 2, 3))))
        with pytest.raises(JobError) as caught:
            await begun
        assert (caught.value.why, caught.value.line, caught.value.column) == ("syntax", 2, 3)

    asyncio.run(main())


def test_a_line_that_closes_is_told_to_who_waits() -> None:
    async def main() -> None:
        line = Line(0)
        line.connection_made(_Sink())
        begun = line.ask(job("x"))
        line.connection_lost(None)
        with pytest.raises(LineClosedError):
            await begun
        with pytest.raises(LineClosedError):
            await line.ask(job("y"))
        assert not line.is_reusable()

    asyncio.run(main())


class _Sink(asyncio.Transport):
    def write(self, data: object) -> None:
        pass


def test_a_lane_lets_in_as_many_as_it_has_places_and_turns_away_who_waits_too_long() -> None:
    async def main() -> None:
        lane = Lane(2, patience=0.05)
        order = []

        async def stay(name: str, seconds: float) -> None:
            async with lane:
                order.append(name)
                await asyncio.sleep(seconds)

        stays = [asyncio.create_task(stay(name, 0.02)) for name in "abc"]
        await asyncio.sleep(0.01)
        assert (order, lane.is_full()) == (["a", "b"], True)
        await asyncio.gather(*stays)
        assert (order, lane.is_full()) == (["a", "b", "c"], False)
        stays = [asyncio.create_task(stay(name, 1)) for name in "de"]
        await asyncio.sleep(0)
        with pytest.raises(JobError) as caught:
            await stay("f", 0)
        assert caught.value.why == "busy"
        for each in stays:
            each.cancel()
        await asyncio.gather(*stays, return_exceptions=True)
        assert not lane.is_full()

    asyncio.run(main())


def test_a_lane_has_no_endless_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> None:
        monkeypatch.setattr("milia_onto.serve.pool.QUEUE", 2)
        lane = Lane(1, patience=10)
        async with lane:
            waiting = [asyncio.create_task(lane.__aenter__()) for _ in range(2)]
            await asyncio.sleep(0)
            with pytest.raises(JobError, match="too many queries are waiting"):
                await lane.__aenter__()
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for each in waiting:
            each.cancel()

    asyncio.run(main())
