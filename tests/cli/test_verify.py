"""``verify``: an intact release passes; whatever was done to it is found."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from milia_onto.edges.files import write_release
from milia_onto.model.values import Release
from milia_onto.publish.verify import verify
from milia_onto.stages.release import FULL, MANIFEST, SUMS, sums

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result


def test_an_intact_release_passes(
    milia_onto: Callable[..., Result], home: Path, made: Release
) -> None:
    result = milia_onto("verify", home / "build")
    assert (result.code, result.out) == (0, "")
    assert result.err == f"{home / 'build'}: intact, {len(made.files)} files\n"


def test_the_release_of_the_folder_we_are_in_is_the_default(
    milia_onto: Callable[..., Result], at_home: Path
) -> None:
    assert milia_onto("verify").err.startswith("build: intact")


@pytest.fixture(scope="module")
def small(made: Release) -> Release:
    """All files of the release, cut short, with a manifest and sums that are true of them."""
    files = {path: data[:300] for path, data in made.files.items()}
    listed = {
        path: {"sha256": hashlib.sha256(data).hexdigest()}
        for path, data in files.items()
        if path not in {MANIFEST, SUMS}
    }
    manifest = json.loads(made.files[MANIFEST]) | {"files": listed}
    files[MANIFEST] = json.dumps(manifest).encode()
    files[SUMS] = sums({path: data for path, data in files.items() if path != SUMS})
    assert verify(Release(files), graphs=False) == []
    return Release(files)


def test_a_changed_byte_is_found_in_every_file(small: Release) -> None:
    assert len(small.files) > 30
    for path, data in small.files.items():
        middle = len(data) // 2
        spoilt = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
        findings = verify(Release({**small.files, path: spoilt}))
        named = {finding.place.file for finding in findings if finding.place}
        # Whoever changes the manifest or the sums is seen in them, not in the files they name.
        assert named & ({SUMS, MANIFEST} if path in {SUMS, MANIFEST} else {path}), path


def test_a_missing_file_is_found_whichever_it_is(small: Release) -> None:
    for path in small.files:
        rest = {name: data for name, data in small.files.items() if name != path}
        findings = verify(Release(rest))
        assert ("missing-file", path) in {(f.check, f.place.file) for f in findings if f.place}


def test_an_extra_file_is_found(made: Release) -> None:
    findings = verify(Release({**made.files, "mappings/mine.sssom.tsv": b"x"}))
    assert ("extra-file", "mappings/mine.sssom.tsv") in {
        (f.check, f.place.file) for f in findings if f.place
    }


DAMAGE = ("changed-file", "missing-file", "extra-file")


@pytest.mark.parametrize("check", DAMAGE)
def test_damage_on_the_disk_is_exit_code_1_and_names_the_file(
    milia_onto: Callable[..., Result], made: Release, tmp_path: Path, check: str
) -> None:
    assert len(DAMAGE) == 3
    folder = tmp_path / "build"
    write_release(folder, made.files)
    path = folder / "queries" / "why-here.ttl"
    if check == "changed-file":
        path.write_bytes(path.read_bytes().replace(b"a", b"b", 1))
    elif check == "missing-file":
        path.unlink()
    else:
        path = folder / "queries" / "mine.ttl"
        path.write_text("")
    result = milia_onto("verify", folder, "--format", "json")
    assert result.code == 1
    records = json.loads(result.out)
    assert (check, f"queries/{path.name}") in {(r["check"], r["place"]) for r in records}
    assert all(record["why"] and record["fix"] for record in records)
    assert "wrong with this release" in result.err


def test_findings_as_text_and_tsv(
    milia_onto: Callable[..., Result], made: Release, tmp_path: Path
) -> None:
    folder = tmp_path / "build"
    write_release(folder, {**made.files, "extra.txt": b""})
    text = milia_onto("verify", folder).out
    assert "extra.txt: violation: the file is not part of the release [extra-file]\n" in text
    header, *lines = milia_onto("verify", folder, "--format", "tsv").out.splitlines()
    assert header.split("\t")[:3] == ["severity", "check", "place"]
    assert len(lines) == 2


def forged(
    made: Release, changes: dict[str, Any], files: dict[str, bytes] | None = None
) -> Release:
    """A release whose manifest says something else and whose sums are right all the same."""
    content = {**made.files, **(files or {})}
    manifest = json.loads(content[MANIFEST]) | changes
    for path, entry in manifest.get("files", {}).items() if files else ():
        entry["sha256"] = hashlib.sha256(content[path]).hexdigest()
    content[MANIFEST] = json.dumps(manifest).encode()
    content[SUMS] = sums({path: data for path, data in content.items() if path != SUMS})
    return Release(content)


def checks_of(release: Release) -> set[str]:
    return {finding.check for finding in verify(release)}


def test_a_manifest_of_another_graph_is_found(made: Release) -> None:
    graph = json.loads(made.files[MANIFEST])["graph"] | {"sha256": "0" * 64}
    assert checks_of(forged(made, {"graph": graph})) == {"other-graph"}


def test_a_manifest_of_another_version_is_found(made: Release) -> None:
    assert checks_of(forged(made, {"versionIRI": "urn:other"})) == {"version"}


@pytest.mark.parametrize("path", FULL)
def test_a_full_file_that_holds_another_graph_is_found(made: Release, path: str) -> None:
    assert len(FULL) == 4
    old, new = b"Epidermoid cysts of the skin", b"Epidermoid cysts of the sky!"
    assert old in made.files[path]
    spoilt = made.files[path].replace(old, new)
    findings = verify(forged(made, {}, {path: spoilt}))
    assert {(f.check, f.place.file) for f in findings if f.place} == {("other-graph", path)}


def test_a_full_file_that_cannot_be_read_is_found(made: Release) -> None:
    findings = verify(forged(made, {}, {"milia.ttl": b"<urn:a> <urn:b> "}))
    assert {(f.check, f.place.file) for f in findings if f.place} == {("syntax", "milia.ttl")}


NO_MANIFESTS = {
    "empty": b"",
    "binary junk": b"\x00\xff\xfe",
    "not JSON": b"<html>",
    "a list": b"[]",
    "a number": b"5",
    "no files": b"{}",
    "files a list": b'{"files": []}',
    "entries texts": b'{"files": {"milia.ttl": "x"}}',
    "deep": b"[" * 100_000,
}


@pytest.mark.parametrize("name", NO_MANIFESTS)
def test_what_is_no_manifest_is_said_so(made: Release, name: str) -> None:
    assert len(NO_MANIFESTS) == 9
    content = {**made.files, MANIFEST: NO_MANIFESTS[name]}
    content[SUMS] = sums({path: data for path, data in content.items() if path != SUMS})
    assert checks_of(Release(content)) == {"manifest"}


GRAPHS = [5, None, [], "x", {}]


@pytest.mark.parametrize("graph", GRAPHS, ids=repr)
def test_a_manifest_that_says_nothing_of_the_graph_is_found(made: Release, graph: Any) -> None:
    assert len(GRAPHS) == 5
    assert checks_of(forged(made, {"graph": graph})) & {"manifest", "other-graph"}


SURROUNDINGS = ("none", "file", "empty")


@pytest.mark.parametrize("name", SURROUNDINGS)
def test_a_folder_that_holds_no_release_is_said_so(
    milia_onto: Callable[..., Result], tmp_path: Path, name: str
) -> None:
    assert len(SURROUNDINGS) == 3
    (tmp_path / "file").write_text("")
    (tmp_path / "empty").mkdir()
    result = milia_onto("verify", tmp_path / name)
    assert result.code == (1 if name == "empty" else 3)
    assert result.err
    assert "Traceback" not in result.err
