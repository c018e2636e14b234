"""How far a long command is: told at a terminal, in one line that is gone at the end."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result

BACK = "\r\x1b[2K"


def at_terminal(folder: Path, *call: object) -> str:
    """What a command says whose standard error is a terminal; it has to end well."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "milia_onto", *map(str, call)],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        cwd=folder,
    ) as process:
        os.close(theirs)
        said = b""
        try:
            while part := os.read(ours, 1 << 16):
                said += part
        except OSError:  # How Linux says that the other side is closed
            pass
        os.close(ours)
        assert process.wait(300) == 0
    return said.decode()


# What is told on the way, and the words with which the command ends
TOLD = {
    "build": ("read: done", "merge: done", "wait for HermiT: done", "write: done"),
    "validate": ("merge: done", "validate (SHACL): done", "wait for HermiT: done"),
    "site": ("100 files written", "200 files written"),
}


@pytest.mark.parametrize("command", TOLD)
def test_long_work_tells_how_far_it_is(
    project: Path, tmp_path: Path, copy_of_project: Path, command: str
) -> None:
    assert len(TOLD) == 3
    if command == "site":
        said = at_terminal(project, "site", "--out", tmp_path / "site")
    else:
        said = at_terminal(project, command, "--project", copy_of_project)
    steps = said.split(BACK)
    assert [step for step in steps if step in TOLD[command]] == list(TOLD[command])
    # The last line is wiped before the result is told.
    assert steps[-2]
    assert steps[-1].count("\n") == 1
    assert "done" not in steps[-1]


def test_nothing_is_told_elsewhere(
    milia_onto: Callable[..., Result], copy_of_project: Path
) -> None:
    result = milia_onto("validate", "--project", copy_of_project)
    assert (result.code, result.err) == (0, result.err.splitlines()[-1] + "\n")
