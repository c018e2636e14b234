"""A test that lacks something is skipped and says why; in CI it fails by name."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = """
import pytest
from tests.conftest import beside

@pytest.mark.needs("sh", "no-such-tool")
def test_of_a_tool():
    pass

def test_of_a_folder():
    beside("no-such-folder", "the documents")
"""
TOLD = re.compile(
    r"^(SKIPPED|ERROR|FAILED) (?:\[1\] )?\S*?(?:py:\d+:|::(\w+) - Failed:) (.*)$", re.MULTILINE
)
NO_FOLDER = "the documents (../shared/no-such-folder) do not lie beside the project"
SKIPPED_TOOL = ("SKIPPED", "", "not installed: no-such-tool")
FAILED_TOOL = ("ERROR", "test_of_a_tool", "CI lacks no-such-tool")
SKIPPED_FOLDER = ("SKIPPED", "", NO_FOLDER)
FAILED_FOLDER = ("FAILED", "test_of_a_folder", NO_FOLDER)
# What the environment says, and what is told of the two tests
CASES = {
    "elsewhere": ({}, {SKIPPED_TOOL, SKIPPED_FOLDER}),
    "in CI": ({"CI": "true"}, {FAILED_TOOL, FAILED_FOLDER}),
    "in CI that is to do without it": (
        {"CI": "true", "MILIA_ONTO_CI_WITHOUT": "jena,no-such-tool"},
        {SKIPPED_TOOL, FAILED_FOLDER},
    ),
    "in CI that is to do without another": (
        {"CI": "true", "MILIA_ONTO_CI_WITHOUT": "jena"},
        {FAILED_TOOL, FAILED_FOLDER},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_missing_is_told(name: str, tmp_path: Path) -> None:
    assert len(CASES) == 4
    given, expected = CASES[name]
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    (tmp_path / "test_sample.py").write_text(SAMPLE, encoding="utf-8")
    others = {k: v for k, v in os.environ.items() if k not in {"CI", "MILIA_ONTO_CI_WITHOUT"}}
    plugins = ["-p", "tests.conftest", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-ra", "-c", tmp_path / "pytest.ini", *plugins, tmp_path],
        cwd=PROJECT,
        env={**others, "COLUMNS": "200", **given},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert set(TOLD.findall(done.stdout)) == expected, done.stdout
