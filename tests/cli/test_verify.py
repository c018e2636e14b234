"""``verify``: an intact release passes; whatever was done to it is found."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from milia_onto.edges.files import write_release
from milia_onto.model.layout import FULL, MANIFEST, SUMS
from milia_onto.model.values import Release
from milia_onto.publish.verify import verify
from milia_onto.stages.release import sums
from tests.load.releases import OLD, small_release

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
        path: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
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
    assert len(lines) == 1


def forged(
    made: Release, changes: dict[str, Any], files: dict[str, bytes] | None = None
) -> Release:
    """A release whose manifest says something else and whose sums are right all the same."""
    content = {**made.files, **(files or {})}
    manifest = json.loads(content[MANIFEST]) | changes
    for path, entry in manifest.get("files", {}).items() if files else ():
        entry |= {"bytes": len(content[path])}
        entry |= {"sha256": hashlib.sha256(content[path]).hexdigest()}
    content[MANIFEST] = json.dumps(manifest).encode()
    content[SUMS] = sums({path: data for path, data in content.items() if path != SUMS})
    return Release(content)


@pytest.fixture(scope="module")
def tiny() -> Release:
    """An intact release of a few triples."""
    release = small_release(OLD)
    assert verify(release) == []
    return release


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
    told = "cannot be read: Not a directory" if name == "file" else "no release is there"
    assert result.code == 3
    assert result.err.startswith(f"milia-onto verify: {tmp_path / name}: {told}; ")
    assert result.err.count("\n") == 1


ANOTHER = "2020-01-01"
# What the manifest says of the whole that is not so
LIES: dict[str, dict[str, Any]] = {
    "version": {"version": ANOTHER},
    "ontology": {"ontology": "http://example.org/milia"},
    "no ontology": {"ontology": None},
    "no version": {"version": None, "versionIRI": None},
    "version no IRI can have": {
        "version": "a b",
        "versionIRI": "https://w3id.org/milia/releases/a b",
    },
}


@pytest.mark.parametrize("name", LIES)
def test_a_manifest_that_contradicts_the_files_is_found(tiny: Release, name: str) -> None:
    assert len(LIES) == 5
    assert checks_of(forged(tiny, LIES[name])) == {"version"}


# A file, a text by which it states its version, and what stands there instead
STATING = (
    ("milia-base.ttl", "/2026-01-01/base>", "/2020-01-01/base>"),
    ("milia-base.ttl", "/2026-01-01/base>", "/2026-01-01/base>, <urn:other>"),
    ("milia-base.ttl", '"2026-01-01"', '"2020-01-01"'),
    ("milia-skos.ttl", "/2026-01-01>", "/2020-01-01>"),
    ("milia-skos.ttl", '"2026-01-01"', '"2026-01-01", "2020-01-01"'),
    ("void.ttl", '"2026-01-01"', '"2020-01-01"'),
    ("void.ttl", "/2026-01-01>", "/2020-01-01>"),
    ("void.ttl", "<https://w3id.org/milia> ;", "<urn:other> ;"),
)


@pytest.mark.parametrize(("path", "text", "instead"), STATING)
def test_a_file_that_states_another_version_or_none_is_found(
    tiny: Release, path: str, text: str, instead: str
) -> None:
    assert len(STATING) == 8
    assert tiny.files[path].count(text.encode()) == 1
    spoilt = tiny.files[path].replace(text.encode(), instead.encode())
    findings = verify(forged(tiny, {}, {path: spoilt}))
    assert {(f.check, str(f.place)) for f in findings} == {("version", path)}


@pytest.mark.parametrize("size", [0, "100", None])
def test_a_manifest_that_gives_another_size_is_found(tiny: Release, size: Any) -> None:
    listed = json.loads(tiny.files[MANIFEST])["files"]
    listed["void.ttl"]["bytes"] = size
    findings = verify(forged(tiny, {"files": listed}))
    assert [(f.check, str(f.place)) for f in findings] == [("manifest", "void.ttl")]


def test_a_manifest_that_counts_other_triples_is_found(tiny: Release) -> None:
    graph = json.loads(tiny.files[MANIFEST])["graph"]
    for triples in (graph["triples"] + 1, None):
        findings = verify(forged(tiny, {"graph": graph | {"triples": triples}}))
        assert {(f.check, str(f.place)) for f in findings} == {("manifest", path) for path in FULL}


NEEDED = (*FULL, "milia-base.ttl", "milia-skos.ttl", "void.ttl")


@pytest.mark.parametrize("path", NEEDED)
def test_a_manifest_that_leaves_a_file_out_or_spoils_it_is_found(tiny: Release, path: str) -> None:
    assert len(NEEDED) == 7
    listed = json.loads(tiny.files[MANIFEST])["files"]
    del listed[path]
    rest = {name: data for name, data in tiny.files.items() if name != path}
    without = verify(forged(Release(rest), {"files": listed}))
    assert [(f.check, str(f.place)) for f in without] == [("missing-file", path)]
    spoilt = verify(forged(tiny, {}, {path: b"\x00\xff"}))
    assert [(f.check, str(f.place)) for f in spoilt] == [("syntax", path)]


def test_names_that_are_no_text_are_told_and_pipes_are_not_read(
    milia_onto: Callable[..., Result], tiny: Release, tmp_path: Path
) -> None:
    folder = tmp_path / "build"
    write_release(folder, tiny.files)
    (folder / os.fsdecode(b"g\xe9.nt")).write_bytes(b"x")
    os.mkfifo(folder / "pipe")
    (folder / "link").symlink_to("..", target_is_directory=True)
    result = milia_onto("verify", folder, "--format", "tsv")
    told = [line.split("\t")[1:3] for line in result.out.splitlines()[1:]]
    assert (result.code, sorted(told)) == (
        1,
        [["extra-file", r"g\xe9.nt"], ["extra-file", "link"], ["extra-file", "pipe"]],
    )


DEEP = {
    "milia.nt": b"<urn:a> <urn:b> " + b"<<( <urn:a> <urn:b> " * 20_000,
    "milia.owl": b"<a>" * 20_000,
}


@pytest.mark.parametrize("path", DEEP)
def test_a_file_that_would_overflow_the_stack_is_a_finding(tiny: Release, path: str) -> None:
    assert len(DEEP) == 2
    findings = verify(forged(tiny, {}, {path: DEEP[path]}))
    assert [(f.check, str(f.place)) for f in findings] == [("syntax", path)]
    assert "nest deeper than" in findings[0].message
