"""Every example of CONTRIBUTING.md is run, in a fresh copy of the sources."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

PROJECT = Path(__file__).resolve().parents[2]
EXPECTED = 10
# Strict, so that whoever mends the project has to take the entry away.
MARKED = re.compile(r"^<!-- try: ([^\n]*?) -->\n```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    """A script of the document, and how it has to end."""

    name: str
    script: str
    exit: int = 0
    says: str = ""


def read_examples() -> list[Example]:
    text = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    examples = []
    for head, script in MARKED.findall(text):
        name, *options = shlex.split(head)
        expected = dict(option.split("=", 1) for option in options)
        code = int(expected.pop("exit", "0"))
        examples.append(Example(name, script, code, expected.pop("says", "")))
        assert not expected, f"{name}: unknown options {expected}"
    return examples


EXAMPLES = read_examples()


def test_all_examples_are_found():
    text = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert len(EXAMPLES) == text.count("<!-- try:") == EXPECTED
    assert len({example.name for example in EXAMPLES}) == EXPECTED


def blocking(told: str) -> list[str]:
    """What was said but for the findings of severity info."""
    paragraphs = re.split(r"\n(?! )", told)
    return [part for part in paragraphs if ": info: " not in part]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_example(example: Example, copy_of_project: Path):
    own = Path(sys.executable).parent
    done = subprocess.run(
        ["/bin/sh", "-euc", example.script],
        cwd=copy_of_project,
        env={**os.environ, "PATH": f"{own}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    told = done.stdout + done.stderr
    assert done.returncode == example.exit, "\n".join(blocking(told))
    assert example.says in told
    assert (copy_of_project / "ontology").is_dir()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_example_changes_the_sources(example: Example):
    assert re.search(r"(>>?|\bmv \S+|put) +\"?(\$|ontology/|shapes/)", example.script)
