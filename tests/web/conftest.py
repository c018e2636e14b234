"""The scripts built once, two hosts that serve them, and Node to drive Chromium."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from milia_onto.edges.files import read_release
from milia_onto.edges.locate import find_scripts
from milia_onto.site.pages import Pages
from tests.web.host import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from milia_onto.model.values import Release

PROJECT = Path(__file__).resolve().parents[2]
WEB = PROJECT / "web"


@pytest.fixture(scope="session")
def release() -> Release:
    return read_release(PROJECT / "build")


@pytest.fixture(scope="session")
def scripts() -> dict[str, bytes]:
    """web/dist, built from the sources as they are; a server of this checkout finds it there."""
    subprocess.run(["node", WEB / "build.mjs"], check=True, cwd=WEB)
    return find_scripts()


@pytest.fixture(scope="session")
def store(release: Release) -> ox.Store:
    store = ox.Store()
    store.bulk_load(release.files["milia.nt"], format=ox.RdfFormat.N_TRIPLES)
    return store


class Site:
    """All files of a site, each page made when it is first asked for."""

    def __init__(self, release: Release, scripts: dict[str, bytes]) -> None:
        self.release, self.pages = release, Pages(release, scripts)
        self.made: dict[str, bytes | None] = {}

    def get(self, path: str) -> bytes | None:
        if path not in self.made:
            self.made[path] = self.pages.render(path) or self.release.files.get(path)
        return self.made[path]


@pytest.fixture(scope="session")
def site(release: Release, scripts: dict[str, bytes]) -> Site:
    return Site(release, scripts)


@pytest.fixture(scope="session")
def server(scripts: dict[str, bytes]) -> Iterator[str]:
    """``milia-onto serve`` on the committed release."""
    command = [sys.executable, "-m", "milia_onto", "serve", "--port", "0", "--release", "build"]
    with subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            said = process.stderr.readline()
            assert " at http://" in said, said
            yield said.split(" at ")[1].strip().rstrip("/")
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def plain_host(site: Site) -> Iterator[str]:
    """A host of files alone."""
    with serving(site) as origin:
        yield origin


@pytest.fixture(scope="session")
def node() -> Callable[..., Any]:
    """Run a script of web/test with these arguments and this input; what it says, as JSON."""

    def run(script: str, *arguments: object, given: str = "") -> Any:
        command = ["node", str(WEB / "test" / script), *map(str, arguments)]
        done = subprocess.run(
            command, check=False, input=given, capture_output=True, text=True, timeout=240
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout)

    return run
