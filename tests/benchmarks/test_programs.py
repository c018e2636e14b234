"""Each benchmark starts the way the Makefile and the pages start it."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.conftest import PROJECT

FOLDER = PROJECT / "benchmarks"
# The yardstick uses nothing of ours, its place in this repository included.
SCRIPTS = {"plain_script": [str(FOLDER / "plain_script.py")]}
# Runs in an environment of its own, which has gilda.
ELSEWHERE = {"linking_gilda"}
PROGRAMS = sorted(
    path.stem
    for path in FOLDER.glob("*.py")
    if "__main__" in path.read_text(encoding="utf-8") and path.stem not in ELSEWHERE
)
TARGET = re.compile(r"^bench[\w-]*:.*\n\t@\$\(BIN\)/python (.+) \$\(ARGS\)$", re.MULTILINE)


def call_of(program: str) -> list[str]:
    return SCRIPTS.get(program, ["-m", f"benchmarks.{program}"])


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_benchmark_starts_and_says_how_it_is_called(program: str) -> None:
    assert len(PROGRAMS) == 11
    done = subprocess.run(
        [sys.executable, *call_of(program), "--help"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert re.match(rf"usage: .*\b{program}\b", done.stdout)


def test_the_makefile_starts_modules() -> None:
    text = (PROJECT / "Makefile").read_text(encoding="utf-8")
    names = ("run", "http_rates", "stores", "linking")
    assert TARGET.findall(text) == [f"-m benchmarks.{name}" for name in names]
