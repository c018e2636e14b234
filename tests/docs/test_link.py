"""The scripts of ``docs/how-to/link.md`` run, and print what the page says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PAGE = PROJECT / "docs" / "how-to" / "link.md"
MARKED = re.compile(r"^<!-- try: (\w[\w-]*) -->\n```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SCRIPTS = dict(MARKED.findall(PAGE.read_text("utf-8")))
FINDS = {
    "table": (
        "WARD:W1\tNeonatal milia\tskos:exactMatch\tMILIA:0000004",
        "WARD:W2\tVulvar milia\tskos:exactMatch\tMILIA:0000019",
        "WARD:W4\tColloid milium\tskos:exactMatch\tMILIA:0000204",
        "WARD:W5\tPlaques, milia en\tskos:exactMatch\tMILIA:0000006",
        "WARD:W6\tFamilial multple eruptive milia\tskos:exactMatch\tMILIA:0000015",
        "WARD:W3\tMiliaria\tskos:exactMatch\tMILIA:0000001\tNot\tMiliaria (prickly heat)",
    ),
    "columns": ("ICD10CM:L72.0\tEpidermal cyst\tskos:narrowMatch\tMILIA:0000001",),
}


def test_all_scripts_are_found():
    assert set(SCRIPTS) == set(FINDS)
    assert PAGE.read_text("utf-8").count("```sh") == 3  # the third needs a cluster: test_spark.py


@pytest.mark.parametrize("name", FINDS)
def test_script(name: str, tmp_path: Path):
    (tmp_path / "build").symlink_to(PROJECT / "build")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["/bin/sh", "-euc", SCRIPTS[name]],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for line in FINDS[name]:
        assert line in done.stdout
