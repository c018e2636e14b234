"""OpenRefine's own reconciliation client and data extension on a running server."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING
from urllib.request import ProxyHandler, build_opener

import pytest

from tests.conftest import PROJECT
from tests.jvm.program import told
from tests.running import running, told_port

if TYPE_CHECKING:
    from pathlib import Path

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
        asked = [service, *spaces, manifest["defaultTypes"][0]["id"], "broadMatch"]
        lines = told("openrefine", PROGRAM, asked, CELLS, 120)
    cells = {cell: tuple(rest) for cell, *rest in lines[: len(CELLS)]}
    assert cells == CELLS
    extended = {tuple(line) for line in lines[len(CELLS) :]}
    assert {"MILIA_0000001", "MILIA_0000006", "MILIA_0000200"} >= {term for term, *_ in extended}
    assert ("MILIA_0000006", "broadMatch", "ICD10CM:L72.0") in extended
