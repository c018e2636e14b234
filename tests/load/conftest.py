"""Two small releases, and the command line as a process with an environment of its own."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

import pytest

from milia_onto.edges.files import write_release
from tests.load.releases import NEW, OLD, small_release
from tests.running import command_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.running import Result


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
def cli(environment: dict[str, str]) -> Callable[..., Result]:
    def call(*arguments: object, **secrets: str) -> Result:
        return command_line(*arguments, environment=environment | secrets)

    return call
