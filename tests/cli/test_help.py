"""Every command explains itself; a wrong call is one line and exit code 2."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milia_onto import __version__
from milia_onto.cli.arguments import seconds
from milia_onto.cli.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Result


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_has_an_example(
    milia_onto: Callable[..., Result], command: str
) -> None:
    assert len(COMMANDS) == 13
    result = milia_onto(command, "--help")
    assert (result.code, result.err) == (0, "")
    assert re.search(rf"^Examples?:\n  milia-onto {command}\b", result.out, re.MULTILINE)


def test_help_names_every_command_and_every_exit_code(milia_onto: Callable[..., Result]) -> None:
    result = milia_onto("--help")
    assert result.code == 0
    for command, does in COMMANDS.items():
        assert f"  {command}" in result.out
        assert does in result.out
    assert "example:\n  milia-onto lookup L72.0" in result.out
    codes = "0 good, 1 the content has blocking findings, 2 called wrongly, 3 the surroundings failed, 4 cut"
    assert codes in " ".join(result.out.split())


def test_the_version_is_that_of_the_package(
    milia_onto: Callable[..., Result], spawn: Callable[..., Result]
) -> None:
    result = milia_onto("--version")
    assert (result.code, result.out) == (0, f"milia-onto {__version__}\n")
    assert spawn("--version") == (0, f"milia-onto {__version__}\n", "")


# What writes a result: by one command or another, by argparse, before it
WRITERS = [
    ["lookup", "milia"],
    ["convert", "build/milia.nt"],
    ["query", "ASK {}"],
    ["verify", "build", "--format", "json"],
    ["--version"],
    ["--help"],
    ["lookup", "--help"],
]


@pytest.mark.parametrize("call", WRITERS, ids=" ".join)
def test_a_result_that_cannot_be_written_is_one_line_and_exit_code_3(
    home: Path, call: list[str]
) -> None:
    assert len(WRITERS) == 7
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "milia_onto", *call],
            stdout=full,
            stderr=subprocess.PIPE,
            env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
            cwd=home,
            text=True,
            timeout=60,
            check=False,
        )
    command = "" if call[0].startswith("-") else f" {call[0]}"
    # What verify found it has said before.
    *_, last = done.stderr.splitlines()
    assert last == f"milia-onto{command}: cannot write the result: No space left on device"
    assert (done.returncode, "Exception" in done.stderr) == (3, False)


def test_a_file_that_fails_us_unforeseen_is_named(
    milia_onto: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_text: str) -> None:
        raise PermissionError(13, "Permission denied", "some/file")

    monkeypatch.setattr("milia_onto.edges.locate.read_bytes", fails)
    result = milia_onto("lookup", "milia")
    assert (result.code, result.out) == (3, "")
    assert result.err == "milia-onto lookup: some/file: Permission denied\n"


LONG = "x" * 300
FOLDERS = (
    ["validate", "--project", LONG],
    ["build", "--out", LONG],
    ["site", "--out", LONG],
    ["verify", LONG],
    ["serve", "--port", "0", "--release", LONG],
)


@pytest.mark.parametrize("call", FOLDERS, ids=" ".join)
def test_a_folder_that_the_system_does_not_let_us_read_is_exit_code_3(
    milia_onto: Callable[..., Result],
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    call: list[str],
) -> None:
    """Nobody has a right to such a name, not even who may read everything."""
    assert len(FOLDERS) == 5
    monkeypatch.chdir(project)
    result = milia_onto(*call)
    assert (result.code, result.out) == (3, "")
    place = LONG + ("/ontology" if call[0] == "validate" else "")
    told = f"milia-onto {call[0]}: {place}: cannot be read: File name too long; check "
    assert result.err.startswith(told)
    assert result.err.count("\n") == 1


WRONG_CALLS = [
    [],
    ["fly"],
    ["--fly"],
    ["build", "--fly"],
    ["build", "somewhere"],
    ["build", "--time-limit", "soon"],
    ["build", "--time-limit", "nan"],
    ["build", "--time-limit", "inf"],
    ["build", "--time-limit", "-1"],
    ["validate", "--format", "xml"],
    ["validate", "--time-limit", "nan"],
    ["validate", "data.docx"],
    ["validate", "--shapes", "build/milia.shapes.ttl"],
    ["validate", "build/void.ttl", "--project", "."],
    ["mappings", "check", "--proposals", "-"],
    ["explain", "milia", "--source", "seed-000"],
    ["serve", "--graph", "a: b=build/void.ttl"],
    ["query"],
    ["query", "ASK {}", "--format", "yaml"],
    ["query", "ASK {}", "--time-limit", "nan"],
    ["query", "ASK {}", "--time-limit", "inf"],
    ["query", "ASK {}", "--time-limit", "-1"],
    ["query", "ASK {}", "--data", "data.docx"],
    ["query", "ASK {}", "--data"],
    ["query", "--data", "build/void.ttl", "ASK {}"],
    ["query", "ASK {}", "--list"],
    ["lookup"],
    ["lookup", "milia", "--format", "turtle"],
    ["lookup", "milia", "cyst"],
    ["lookup", ""],
    ["lookup", " \t\n"],
    ["lookup", "\u200b“”"],
    ["convert"],
    ["convert", "data.docx"],
    ["convert", "-"],
    ["convert", "a.ttl", "--to", "docx"],
    ["convert", "a.ttl", "--from", "docx"],
    ["convert", "build/void.ttl", "--out", "a.docx"],
    ["verify", "--format", "turtle"],
    ["verify", "one", "two"],
]


@pytest.mark.parametrize("call", WRONG_CALLS, ids=" ".join)
def test_a_wrong_call_is_one_line_and_exit_code_2(
    spawn: Callable[..., Result], call: list[str]
) -> None:
    assert len(WRONG_CALLS) == 40
    result = spawn(*call)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("milia-onto")
    assert result.err.count("\n") == 1
    assert ("--time-limit" in result.err) == ("--time-limit" in call)


LIMITED = (
    ["query", "ASK {}", "--time-limit", "1e300"],
    ["query", "ASK {}", "--time-limit", "1e10", "--data", "build/void.ttl"],
)


@pytest.mark.parametrize("call", LIMITED, ids=" ".join)
def test_a_limit_of_any_length_is_one(spawn: Callable[..., Result], call: list[str]) -> None:
    assert len(LIMITED) == 2
    assert spawn(*call) == (0, "yes\n", "")


def test_the_system_can_wait_for_the_longest_limit() -> None:
    assert seconds("1e10") == seconds("2000000")
    done = subprocess.run([sys.executable, "-c", ""], timeout=seconds("1e10"), check=False)
    assert done.returncode == 0
    subprocess.run(
        [sys.executable, "-c", ""], timeout=seconds("1e10"), capture_output=True, check=True
    )


def test_a_query_that_data_took_is_told(milia_onto: Callable[..., Result], at_home: Path) -> None:
    told = "nothing to ask: --data takes all that follows, also “ASK {}”; say the query before"
    assert told in milia_onto("query", "--data", "build/void.ttl", "ASK {}").err
    for call in (["ASK {}", "--data"], ["--data", "build/milia.nt", "--data"]):
        last = [] if call[0] == "ASK {}" else ["--", "ASK {}"]
        result = milia_onto("query", *call, "build/void.ttl", "build/milia.ttl", *last)
        assert (result.code, result.out, result.err) == (0, "yes\n", "")


# A file that is not in its format, one that is not there, and a call with a wrong option
READERS = (
    ["convert", "{}", "--to", "nt"],
    ["validate", "{}"],
    ["query", "ASK {{}}", "--data", "{}"],
    ["validate", "build/void.ttl", "--shapes", "{}"],
    ["link", "{}"],
    ["mappings", "check", "--against", "{}"],
)


@pytest.mark.parametrize("call", READERS, ids=" ".join)
def test_every_command_tells_bad_content_from_a_missing_file(
    spawn: Callable[..., Result], tmp_path: Path, call: list[str]
) -> None:
    assert len(READERS) == 6
    (tmp_path / "bad.ttl").write_text("<urn:a> <urn:b>\n")
    for name, code in (("bad.ttl", 1), ("none.ttl", 3)):
        result = spawn(*(part.format(tmp_path / name) for part in call))
        assert (result.code, result.out, result.err.count("\n")) == (code, "", 1)
        assert f"{tmp_path / name}:" in result.err
