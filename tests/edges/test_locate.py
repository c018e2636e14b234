"""The release that a command uses where none is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from milia_onto.edges.locate import find_release
from milia_onto.model.layout import FULL, MANIFEST

# What is in build/ of the folder we are in, and whether that is our release
THERE = {
    "a release": ({MANIFEST, *FULL}, True),
    "a release that lacks files": ({MANIFEST, FULL[-1]}, True),
    "a web application": ({MANIFEST, "index.html"}, False),
    "a file of ours alone": ({FULL[0]}, False),
    "nothing": (set(), False),
}


@pytest.mark.parametrize("name", THERE)
def test_only_a_release_hides_the_one_of_the_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    assert len(THERE) == 5
    names, is_ours = THERE[name]
    (tmp_path / "build").mkdir()
    for each in names:
        (tmp_path / "build" / each).write_text('{"short_name": "App"}')
    monkeypatch.chdir(tmp_path)
    assert (find_release() == Path("build")) is is_ours
