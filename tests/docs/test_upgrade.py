"""The page about newer releases lists every kind of change, and its commands work."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from milia_onto.edges.files import write_release
from milia_onto.publish.diff.changes import KINDS, LEVELS
from tests.docs.scripts import run
from tests.docs.test_reference import compare

if TYPE_CHECKING:
    from milia_onto.model.values import Release

PAGE = Path(__file__).resolve().parents[2] / "docs/how-to/upgrade.md"
TRIED = re.compile(r"<!-- try -->\n```sh\n(.*?)^```", re.M | re.S)


def test_every_kind_of_change_is_listed() -> None:
    rows = sorted((LEVELS.index(level), kind, says) for kind, (level, says) in KINDS.items())
    table = "| level | kind | says |\n|---|---|---|\n" + "".join(
        f"| {LEVELS[level]} | `{kind}` | {says} |\n" for level, kind, says in rows
    )
    compare(PAGE, "<!-- generated: kinds -->", "<!-- /generated -->", f"\n{table}\n")


def test_its_commands_work(made: Release, tmp_path: Path) -> None:
    blocks = TRIED.findall(PAGE.read_text(encoding="utf-8"))
    assert len(blocks) == 2
    for folder in ("before", "build"):
        write_release(tmp_path / folder, made.files)
    for block in blocks:
        run("sh", block, tmp_path)
    head, *changes = (tmp_path / "changes.tsv").read_text(encoding="utf-8").splitlines()
    assert head.startswith("level\tkind\tthing\t")
    assert changes == []
