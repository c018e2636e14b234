"""Ordinary clients go on undisturbed while others ask what is meant to hurt."""

from __future__ import annotations

import threading
from statistics import quantiles

import pytest

from benchmarks.endpoint_load import Attacker, ordinary_for, sleep_for
from milia_onto.serve.cache import KEPT
from tests.serve.hostile import KINDS, hostile
from tests.serve.running import PROJECT, Running, gone

pytestmark = pytest.mark.alone

NUMBER, CLIENTS, ATTACKERS = 116, 8, 4
# A figure for a machine that does other work, too; the benchmark says what it is on a quiet one.
LONGEST_P99 = 0.25


def test_every_kind_comes_in_several_sizes() -> None:
    drawn = list(hostile(NUMBER))
    assert len(KINDS) == 29
    assert {query.kind for query in drawn} == {kind.__name__ for kind in KINDS}
    assert len({query.query for query in drawn}) > 2.5 * len(KINDS)
    assert drawn == list(hostile(NUMBER))


def test_ordinary_queries_are_answered_beside_hostile_ones() -> None:
    limits = ("--seconds", 1.5, "--megabytes", 256, "--workers", 4)
    with Running("--release", PROJECT / "build", *limits) as server:
        idle, wrong = ordinary_for(server, CLIENTS, sleep_for(4))
        before = server.resident()
        stream, lock = hostile(NUMBER), threading.Lock()
        attackers = [Attacker(server, stream, lock) for _ in range(ATTACKERS)]

        def attack() -> None:
            for each in attackers:
                each.start()
            for each in attackers:
                each.join(120)

        busy, more = ordinary_for(server, CLIENTS, attack)
        assert [*wrong, *more, *(w for each in attackers for w in each.wrong)] == []
        assert sum(each.seen.total() for each in attackers) == NUMBER
        assert len(busy) > len(idle)
        assert p99(busy) < max(3 * p99(idle), LONGEST_P99)
        sleep_for(2)()
        # Beside what is left behind, the cache of answers may have filled up.
        assert server.resident() < before + KEPT + 64 * 2**20
        family = server.family()
    assert gone(family)


def p99(times: list[float]) -> float:
    return quantiles(times, n=100)[98]
