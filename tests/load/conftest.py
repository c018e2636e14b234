"""Two small releases, and the command line as a process with an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from milia_onto.edges.files import write_release
from tests.load.releases import NEW, OLD, small_release

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Ran(NamedTuple):
    """What a process did."""

    code: int
    out: str
    err: str


class Small(NamedTuple):
    """The folders of two releases."""

    old: Path
    new: Path


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    folder = tmp_path_factory.mktemp("small")
    for name, version in (("old", OLD), ("new", NEW)):
        write_release(folder / name, small_release(version).files)
    return Small(folder / "old", folder / "new")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A home without a netrc file, and no secrets."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MILIA_")}
    kept.pop("NETRC", None)
    return kept | {"HOME": str(tmp_path), "NO_PROXY": "*"}


@pytest.fixture
def cli(environment: dict[str, str]) -> Callable[..., Ran]:
    def call(*arguments: object, **secrets: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "milia_onto", *map(str, arguments)],
            env=environment | secrets,
            capture_output=True,
            timeout=120,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call
