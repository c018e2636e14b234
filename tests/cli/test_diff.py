"""``diff`` on the command line: forms, levels, exit codes, and folders that hold no release."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from milia_onto.edges.files import read_release, write_release
from milia_onto.stages.release import MANIFEST, SUMS, sums

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result


@pytest.fixture(scope="module")
def newer(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release with one definition in other words and one synonym less, sums and all."""
    files = dict(read_release(project / "build").files)
    lines = files["milia.nt"].splitlines(keepends=True)
    own = [line for line in lines if line.startswith(b"<https://w3id.org/milia/MILIA_")]
    name = next(line for line in own if b"#hasExactSynonym> " in line)
    words = next(line for line in own if b"/obo/IAO_0000115> " in line)
    kept = b"".join(line for line in lines if line != name)
    files["milia.nt"] = kept.replace(words, words.replace(b'."@en', b' indeed."@en'))
    manifest = json.loads(files[MANIFEST]) | {"version": "2027-01-01"}
    digest = hashlib.sha256(files["milia.nt"]).hexdigest()
    manifest["files"]["milia.nt"] |= {"sha256": digest, "bytes": len(files["milia.nt"])}
    files[MANIFEST] = json.dumps(manifest).encode()
    files[SUMS] = sums({path: data for path, data in files.items() if path != SUMS})
    folder = tmp_path_factory.mktemp("newer") / "release"
    write_release(folder, files)
    return folder


def test_what_breaks_users_is_told_with_exit_code_1(
    milia_onto: Callable[..., Result], project: Path, newer: Path
) -> None:
    result = milia_onto("diff", project / "build", newer)
    assert result.code == 1
    first, *rest = result.out.splitlines()
    assert first.startswith("breaking: ")
    assert first.endswith("is no longer found by this name")
    assert any(line.startswith("editorial: ") and "other words" in line for line in rest)
    version = json.loads((project / "build" / MANIFEST).read_bytes())["version"]
    assert result.err == (
        f"{version} → 2027-01-01: 1 breaking, 0 changed, 0 additive, 1 editorial; "
        "users of the older one must look at what is breaking\n"
    )


@pytest.mark.parametrize(
    ("least", "levels"), [("breaking", ["breaking"]), ("editorial", ["breaking", "editorial"])]
)
def test_a_tool_reads_the_changes_from_a_level_up(
    milia_onto: Callable[..., Result], project: Path, newer: Path, least: str, levels: list[str]
) -> None:
    call = ("diff", project / "build", newer, "--least", least, "--format")
    records = json.loads(milia_onto(*call, "json").out)
    assert [record["level"] for record in records] == levels
    assert all(record["thing"].startswith("MILIA:") and record["label"] for record in records)
    header, *rows = (line.split("\t") for line in milia_onto(*call, "tsv").out.splitlines())
    assert header == ["level", "kind", "thing", "label", "respect", "before", "after"]
    assert rows == [[record[name] for name in header] for record in records]


def test_a_release_beside_itself_breaks_nobody(
    milia_onto: Callable[..., Result], project: Path
) -> None:
    result = milia_onto("diff", project / "build", project / "build")
    assert (result.code, result.out) == (0, "")
    assert result.err.endswith("0 breaking, 0 changed, 0 additive, 0 editorial; breaks nobody\n")


def test_a_damaged_release_is_not_compared(
    milia_onto: Callable[..., Result], project: Path, newer: Path, tmp_path: Path
) -> None:
    files = dict(read_release(newer).files)
    write_release(tmp_path / "torn", {k: v for k, v in files.items() if k != "void.ttl"})
    result = milia_onto("diff", project / "build", tmp_path / "torn")
    assert (result.code, result.out) == (1, "")
    assert f"{tmp_path / 'torn'}: is no intact release: SHA256SUMS: the sums are not" in result.err
    assert milia_onto("diff", project / "build", tmp_path / "nowhere").code == 3
