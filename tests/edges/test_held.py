"""What we did not write is never replaced; what we wrote is, spoilt or not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from milia_onto.edges.files import write_site
from milia_onto.edges.held import SITE_LIST, refuse_foreign
from milia_onto.model.errors import UsageError
from milia_onto.model.layout import FULL, MANIFEST, SUMS
from milia_onto.stages.release import sums

OURS = json.dumps({"ontology": "https://w3id.org/milia", "files": dict.fromkeys(FULL)}).encode()
FILES = {MANIFEST: OURS, **dict.fromkeys(FULL, b"x")}
RELEASE = {**FILES, SUMS: sums(FILES)}
CONFLICT = b"<<<<<<< ours\n=======\n>>>>>>> theirs\n"
OTHER = json.dumps({"name": "my app"}).encode()

REPLACED: dict[str, dict[str, bytes]] = {
    "nothing": {},
    "a release": RELEASE,
    "a release with a site": {**RELEASE, "site/index.html": b"x", ".site.lock": b""},
    "a release that lacks files": {MANIFEST: OURS, "milia.nt": b"changed"},
    "without sums": {path: data for path, data in RELEASE.items() if path != SUMS},
    "a manifest with a conflict": {**RELEASE, MANIFEST: CONFLICT},
    "sums with a conflict": {**RELEASE, SUMS: CONFLICT},
}
# What is there, and the file that is named because we did not write it
KEPT: dict[str, tuple[dict[str, bytes], str]] = {
    "a thesis": ({"thesis.tex": b"x"}, "thesis.tex"),
    "a web application": ({MANIFEST: OTHER, "thesis.txt": b"x"}, MANIFEST),
    "another manifest": ({**RELEASE, MANIFEST: OTHER, SUMS: b""}, SUMS),
    "a release and more": ({**RELEASE, "queries/mine.ttl": b"x"}, "queries/mine.ttl"),
    "a release and a hidden file": ({**RELEASE, ".git/config": b"x"}, ".git/config"),
    "a site": ({SITE_LIST: b"index.html\n", "index.html": b"x"}, SITE_LIST),
}


def lay_out(folder: Path, content: dict[str, bytes]) -> None:
    folder.mkdir()
    for name, data in content.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


@pytest.mark.parametrize("name", REPLACED)
def test_a_release_of_ours_may_be_replaced(tmp_path: Path, name: str) -> None:
    assert len(REPLACED) == 7
    lay_out(tmp_path / "out", REPLACED[name])
    refuse_foreign(tmp_path / "out")


@pytest.mark.parametrize("name", KEPT)
def test_what_we_did_not_write_is_named_and_kept(tmp_path: Path, name: str) -> None:
    assert len(KEPT) == 6
    content, foreign = KEPT[name]
    lay_out(tmp_path / "out", content)
    with pytest.raises(UsageError) as refused:
        refuse_foreign(tmp_path / "out")
    assert refused.value.message == f"holds {foreign}, which is no file of a release of ours"
    assert refused.value.place == str(tmp_path / "out")


LINKS = ("a folder", "nothing", "itself")


@pytest.mark.parametrize("target", LINKS)
def test_a_link_that_we_did_not_write_is_kept(tmp_path: Path, target: str) -> None:
    assert len(LINKS) == 3
    lay_out(tmp_path / "out", RELEASE)
    there = {"a folder": tmp_path, "nothing": tmp_path / "none", "itself": "mine"}
    (tmp_path / "out/mine").symlink_to(there[target])
    with pytest.raises(UsageError, match="holds mine, which"):
        refuse_foreign(tmp_path / "out")


def test_a_site_of_ours_may_be_replaced_and_another_may_not(tmp_path: Path) -> None:
    out = tmp_path / "site"
    write_site(out, iter([("index.html", b"x"), ("site/_headers", b"/*")]))
    refuse_foreign(out, "site")
    (out / "CNAME").write_text("example.org")
    with pytest.raises(UsageError, match="holds CNAME, which is no file of a site of ours"):
        refuse_foreign(out, "site")
    lay_out(tmp_path / "other", {"_headers": b"/*", "index.html": b"x"})
    with pytest.raises(UsageError, match="holds _headers, which is no file of a site of ours"):
        refuse_foreign(tmp_path / "other", "site")


def test_the_folder_we_are_in_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out/deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "out/deep")
    for folder in (".", "..", tmp_path / "out"):
        with pytest.raises(UsageError, match="cannot be replaced while you are in it"):
            refuse_foreign(Path(folder))
    refuse_foreign(Path("new"))
