"""The release that a command uses where none is named, and what it reads of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from milia_onto.edges.locate import find_release, mapping_rows
from milia_onto.model.errors import ContentError
from milia_onto.model.layout import FULL, MANIFEST, MAPPING_COLUMNS

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


HEADER = "\t".join(sorted(MAPPING_COLUMNS)).encode()
DAMAGED = {
    "no text": b"\xff",
    "nothing": b"",
    "no comment": HEADER.replace(b"comment", b"remark") + b"\n" + b"x\t" * 9 + b"x\n",
    "a short row": HEADER + b"\nx\tx\n",
    "a long row": HEADER + b"\n" + b"x\t" * 10 + b"x\n",
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_mapping_set_is_named(tmp_path: Path, name: str) -> None:
    assert len(DAMAGED) == 5
    path = tmp_path / "mappings/icd10cm.sssom.tsv"
    path.parent.mkdir()
    path.write_bytes(b"# of a set\n" + HEADER + b"\n" + b"x\t" * 9 + b"x\n")
    assert mapping_rows(tmp_path) == [dict.fromkeys(MAPPING_COLUMNS, "x")]
    path.write_bytes(DAMAGED[name])
    with pytest.raises(ContentError, match="the file is damaged") as caught:
        mapping_rows(tmp_path)
    assert caught.value.place == str(path)
