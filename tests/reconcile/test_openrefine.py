"""OpenRefine's own reconciliation client and data extension on a running server."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.request import ProxyHandler, build_opener

import pytest

from tests.conftest import PROJECT
from tests.stores.process import running
from tests.stores.servers import told_port

if TYPE_CHECKING:
    from pathlib import Path

JARS = PROJECT / ".cache" / "jvm" / "openrefine" / "*"
PROGRAM = PROJECT / "tests" / "reconcile" / "Refine.java"
# What OpenRefine decides by itself, and the term that it would offer first.
CELLS = {
    "milia": ("Matched", "MILIA_0000001", "MILIA_0000001"),
    "Milium": ("Matched", "MILIA_0000001", "MILIA_0000001"),
    "MILIA EN PLAQUE": ("Matched", "MILIA_0000006", "MILIA_0000006"),
    "mila en plaque": ("None", "", "MILIA_0000006"),
    "Epstein pearls": ("Matched", "MILIA_0000200", "MILIA_0000200"),
    "congenital “milia” & <b>co</b>\\": ("None", "", "MILIA_0000004"),
    "steatocystoma multiplex": ("None", "", ""),
}


@pytest.mark.needs("openrefine", "javac")
def test_openrefine_matches_what_is_certain_and_fetches_codes(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "milia_onto", "serve", "--release", PROJECT / "build"]
    with running([*command, "--port", 0], tmp_path / "stderr", PROJECT) as server:
        service = f"http://127.0.0.1:{told_port(server, tmp_path / 'stderr')}/reconcile"
        with build_opener(ProxyHandler({})).open(service) as reply:
            manifest = json.load(reply)
        spaces = [manifest["identifierSpace"], manifest["schemaSpace"]]
        told = refined(service, *spaces, manifest["defaultTypes"][0]["id"], "broadMatch")
    cells = {cell: tuple(rest) for cell, *rest in told[: len(CELLS)]}
    assert cells == CELLS
    extended = {tuple(line) for line in told[len(CELLS) :]}
    assert {"MILIA_0000001", "MILIA_0000006", "MILIA_0000200"} >= {term for term, *_ in extended}
    assert ("MILIA_0000006", "broadMatch", "ICD10CM:L72.0") in extended


def refined(*arguments: str) -> list[list[str]]:
    """The lines of the program for the cells: four values for each, then three a fetched value."""
    done = subprocess.run(
        ["java", "-cp", str(JARS), str(PROGRAM), *arguments],
        input="".join(f"{cell}\n" for cell in CELLS),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [line.split("\t") for line in done.stdout.splitlines()]
