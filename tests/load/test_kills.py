"""`load` or the store is killed at any moment: the old release is there or the new, and load works."""

from __future__ import annotations

import random
import signal
import time
from typing import TYPE_CHECKING

import pytest

from milia_onto.edges.files import write_release
from tests.load.releases import NEW, OLD, small_release
from tests.load.stores import (
    GRAPHS,
    finish,
    fuseki,
    held,
    kill,
    released,
    select,
    start,
)

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.alone

GRAPH = "urn:milia"
LOAD_KILLS, STORE_KILLS = 50, 5
SEED = 20260101


class Two:
    """Two releases that take turns."""

    def __init__(self, folder: Path) -> None:
        self.releases = [small_release(OLD, 300), small_release(NEW, 400)]
        self.folders = [folder / "first", folder / "second"]
        for path, release in zip(self.folders, self.releases, strict=True):
            write_release(path, release.files)
        self.digests = [released(release) for release in self.releases]

    def load(self, address: str, turn: int) -> int:
        """Begin to load the release whose turn it is."""
        return start("load", address, "--release", self.folders[turn % 2], "--graph", GRAPH)


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Two:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.delenv("NETRC", raising=False)
    return Two(tmp_path)


def loaded_twice(two: Two, address: str) -> float:
    """How long the slower of two loads takes."""
    times = []
    for turn in (0, 1):
        begun = time.monotonic()
        assert finish(two.load(address, turn)) == 0
        times.append(time.monotonic() - begun)
    return max(times)


@pytest.mark.needs("fuseki")
@pytest.mark.timeout(1200)
def test_load_is_killed(two: Two, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    seen: list[bool] = []
    with fuseki(tmp_path) as (address, _):
        loaded_twice(two, address)
        longest = loaded_twice(two, address)
        for turn in range(LOAD_KILLS):
            child = two.load(address, turn)
            time.sleep(chance.uniform(0, longest))
            kill(child)
            there = held(address, GRAPH)
            assert there in two.digests, f"half a graph after kill {turn}"
            seen.append(there == two.digests[turn % 2])
            assert finish(two.load(address, turn)) == 0
            assert held(address, GRAPH) == two.digests[turn % 2]
            assert select(address, GRAPHS) == [GRAPH]
    assert len(seen) == LOAD_KILLS
    # The moments lie on both sides of the switch, or nothing would have been tested.
    assert 5 <= sum(seen) <= LOAD_KILLS - 5


@pytest.mark.needs("fuseki")
@pytest.mark.timeout(1200)
def test_the_store_is_killed(two: Two, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    with fuseki(tmp_path) as (address, _):
        loaded_twice(two, address)
        longest = loaded_twice(two, address)
    for turn in range(STORE_KILLS):
        with fuseki(tmp_path) as (address, server):
            child = two.load(address, turn)
            time.sleep(chance.uniform(0, longest))
            server.send_signal(signal.SIGKILL)
            server.wait()
            code = finish(child)
            assert code in {0, 3}
        with fuseki(tmp_path) as (address, _):
            there = held(address, GRAPH)
            assert there in two.digests, f"half a graph after kill {turn}"
            assert code == 3 or there == two.digests[turn % 2]
            assert finish(two.load(address, turn)) == 0
            assert held(address, GRAPH) == two.digests[turn % 2]
            assert select(address, GRAPHS) == [GRAPH]
