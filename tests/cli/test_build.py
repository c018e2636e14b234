"""``build``: a release where the gate opens, and nothing where it does not."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from milia_onto import pipeline
from milia_onto.edges.files import read_release
from milia_onto.model.errors import ContentError
from milia_onto.model.values import Sources
from milia_onto.stages.attachments import attachments

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from milia_onto.model.values import Release
    from tests.conftest import Result

CACHE = ".cache/milia-onto/build.json"
KINDS = "ontology/modules/kinds.ttl"


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch, made: Release) -> list[Sources]:
    """A build takes the release that was made already; the list holds what it was asked for."""
    asked: list[Sources] = []

    def make(sources: Sources, **_: object) -> Release:
        asked.append(sources)
        return made

    monkeypatch.setattr(pipeline, "make", make)
    return asked


@pytest.fixture
def built(copy_of_project: Path, ready: list[Sources]) -> Path:
    pipeline.build(copy_of_project)
    ready.clear()
    return copy_of_project


def test_a_build_writes_the_release_and_nothing_else(built: Path, made: Release) -> None:
    assert files_of(built / "build") == made.files
    names = [".build.lock", ".cache", "build", "ontology", "shapes"]
    assert sorted(path.name for path in built.iterdir()) == names


def test_the_message_tells_where_and_how_much(
    milia_onto: Callable[..., Result], copy_of_project: Path, ready: list[Sources], made: Release
) -> None:
    result = milia_onto("build", "--project", copy_of_project, "--timings")
    assert (result.code, result.out) == (0, "")
    assert f"{copy_of_project / 'build'}: {len(made.files)} files, " in result.err
    assert " s  write\n" in result.err


def test_nothing_changed_means_nothing_done(
    milia_onto: Callable[..., Result],
    built: Path,
    ready: list[Sources],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[Path] = []

    def reading(folder: Path) -> Release:
        read.append(folder)
        return read_release(folder)

    monkeypatch.setattr(pipeline.files, "read_release", reading)
    before = (built / "build").stat().st_ino
    result = milia_onto("build", "--project", built)
    assert (result.code, result.out) == (0, "")
    assert "nothing changed, the release is current" in result.err
    assert ready == []
    assert read == [built / "build"]
    assert (built / "build").stat().st_ino == before


# What was done to a built project that asks for a new build
CHANGES = (
    "source",
    "new source",
    "changed release file",
    "missing release file",
    "no release",
    "no stamp",
    "junk stamp",
    "list stamp",
    "stamp of a folder",
    "force",
)


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_asks_for_a_new_build(
    milia_onto: Callable[..., Result],
    built: Path,
    ready: list[Sources],
    made: Release,
    change: str,
) -> None:
    assert len(CHANGES) == 10
    if change == "source":
        path = built / "ontology/queries/why-here.ttl"
        path.write_text(path.read_text() + "# a comment\n")
    elif change == "new source":
        (built / "ontology/tables/more.tsv").write_text("")
    elif change == "changed release file":
        (built / "build/milia.nt").write_text("")
    elif change == "missing release file":
        (built / "build/milia.nt").unlink()
    elif change == "no release":
        shutil.rmtree(built / "build")
    elif change == "no stamp":
        (built / CACHE).unlink()
    elif change == "junk stamp":
        (built / CACHE).write_bytes(b"\x00\xff\xfe")
    elif change == "list stamp":
        (built / CACHE).write_text("[]")
    elif change == "stamp of a folder":
        (built / CACHE).unlink()
        (built / CACHE).mkdir()
    force = ["--force"] if change == "force" else []
    result = milia_onto("build", "--project", built, *force)
    assert result.code == 0
    assert len(ready) == 1
    assert files_of(built / "build") == made.files


def test_the_release_may_go_elsewhere(
    milia_onto: Callable[..., Result],
    built: Path,
    ready: list[Sources],
    made: Release,
    tmp_path: Path,
) -> None:
    out = tmp_path / "deep" / "release"
    assert milia_onto("build", "--project", built, "--out", out).code == 0
    assert files_of(out) == made.files


def test_a_release_elsewhere_is_not_current_for_another_folder(
    milia_onto: Callable[..., Result], built: Path, ready: list[Sources], tmp_path: Path
) -> None:
    for name in ("one", "two"):
        assert milia_onto("build", "--project", built, "--out", tmp_path / name).code == 0
    assert len(ready) == 2
    assert milia_onto("build", "--project", built, "--out", tmp_path / "two").code == 0
    assert len(ready) == 2


TARGETS = (
    "a file",
    "a folder of somebody",
    "a web application",
    "a release and a file of somebody",
    "the project",
    "the folder we are in",
)


@pytest.mark.parametrize("target", TARGETS)
def test_what_is_no_release_is_never_replaced(
    milia_onto: Callable[..., Result],
    built: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    target: str,
) -> None:
    assert len(TARGETS) == 6
    out = tmp_path / "out"
    if target == "a file":
        out.write_text("mine")
    elif target.startswith("a "):
        if "release" in target:
            shutil.copytree(built / "build", out)
        else:
            out.mkdir()
        if "web" in target:
            (out / "manifest.json").write_text('{"name": "my app"}')
        (out / "thesis.tex").write_text("mine")
    else:
        monkeypatch.chdir(built)
        out = built
    name = "." if target == "the folder we are in" else out
    before = out.read_bytes() if out.is_file() else files_of(out)
    result = milia_onto("build", "--project", built, "--out", name, "--force")
    assert result.code == 2
    assert result.err.startswith(f"milia-onto build: {name}: ")
    assert result.err.count("\n") == 1
    assert (out.read_bytes() if out.is_file() else files_of(out)) == before


def test_an_empty_folder_may_be_the_target(
    milia_onto: Callable[..., Result], built: Path, made: Release, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    assert milia_onto("build", "--project", built, "--out", tmp_path / "empty").code == 0
    assert files_of(tmp_path / "empty") == made.files


def test_a_place_that_cannot_be_written_is_exit_code_3(
    milia_onto: Callable[..., Result], built: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    out = tmp_path / "file" / "build"
    result = milia_onto("build", "--project", built, "--out", out)
    assert (result.code, result.out) == (3, "")
    assert f"{out}: the release cannot be written" in result.err
    assert result.err.count("\n") == 1


def test_a_source_that_cannot_be_read_is_exit_code_3(
    milia_onto: Callable[..., Result], copy_of_project: Path
) -> None:
    (copy_of_project / "ontology/broken.ttl").symlink_to("/proc/self/mem")
    result = milia_onto("build", "--project", copy_of_project)
    assert (result.code, result.out) == (3, "")
    assert "ontology/broken.ttl" in result.err


def test_a_folder_that_is_no_project_is_a_wrong_call(
    milia_onto: Callable[..., Result], tmp_path: Path
) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        result = milia_onto("build", "--project", folder)
        assert result.code == 2
        assert "has no folder ontology/" in result.err


def test_a_closed_gate_writes_nothing_and_names_culprit_file_and_line(
    milia_onto: Callable[..., Result], copy_of_project: Path
) -> None:
    path = copy_of_project / KINDS
    text = path.read_text()
    path.write_text(text.replace('rdfs:label "primary milia"@en', 'rdfs:label "milia"@en'))
    before = files_of(copy_of_project)
    result = milia_onto("build", "--project", copy_of_project)
    assert (result.code, result.out) == (1, "")
    line = text[: text.index('"primary milia"@en')].count("\n") + 1
    assert f"{KINDS}:{line}: violation: Two terms share a label [duplicate-label]" in result.err
    assert "no release was written" in result.err
    assert "Traceback" not in result.err
    assert files_of(copy_of_project) == before


LABELS = "ontology/tables/labels.tsv"
# What was done to a table, and the line and the words by which it is told
UNREADABLE: dict[str, tuple[Callable[[bytes], bytes], int, str]] = {
    "empty": (lambda _: b"", 1, "the header is not as expected"),
    "a column less": (lambda data: data.replace(b"\tsource\n", b"\n"), 1, "the header is not"),
    "a column more": (lambda data: data.replace(b"\n", b"\tx\n"), 1, "the header is not"),
    "byte order mark": (lambda data: b"\xef\xbb\xbf" + data, 1, "starts with a byte order mark"),
    "Latin-1": (lambda data: data.replace(b"\n", b"\n\xe9", 1), 2, "not UTF-8"),
    "a surrogate": (lambda data: data.replace(b"\n", b"\n\xed\xa0\x80", 1), 2, "not UTF-8"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_table_that_cannot_be_read_is_told_and_nothing_else(
    milia_onto: Callable[..., Result], copy_of_project: Path, name: str
) -> None:
    assert len(UNREADABLE) == 6
    spoil, line, message = UNREADABLE[name]
    path = copy_of_project / LABELS
    path.write_bytes(spoil(path.read_bytes()))
    result = milia_onto("validate", "--project", copy_of_project, "--format", "tsv")
    (_, told) = result.out.splitlines()
    assert (result.code, told.split("\t")[1:3]) == (1, ["table-form", f"{LABELS}:{line}"])
    assert f"\t{message}" in told


def test_a_pattern_that_nothing_fits_is_told_and_nothing_else(
    milia_onto: Callable[..., Result], copy_of_project: Path
) -> None:
    path = copy_of_project / "ontology/prefixes.tsv"
    text = path.read_text()
    line = text[: text.index("\nBFO\t") + 1].count("\n") + 1
    path.write_text(text.replace("obo/BFO_\t\\d{7}\t", "obo/BFO_\t\\d{7\t"))
    result = milia_onto("validate", "--project", copy_of_project)
    place = f"ontology/prefixes.tsv:{line} (pattern)"
    told = f"{place}: violation: the pattern has a brace that is no repetition [table-row]\n"
    assert (result.code, result.out.startswith(told)) == (1, True)
    assert result.err == "1 violation, 0 warnings, 0 info\n"


def test_a_query_that_is_not_sparql_closes_the_gate(
    milia_onto: Callable[..., Result], copy_of_project: Path
) -> None:
    path = copy_of_project / "ontology/queries/kinds-of-milia.ttl"
    text = path.read_text()
    path.write_text(text.replace("SELECT DISTINCT", "SELECT DISTINT"))
    result = milia_onto("build", "--project", copy_of_project)
    assert (result.code, result.out) == (1, "")
    line = text[: text.index("SELECT DISTINCT")].count("\n") + 1
    told = f"ontology/queries/kinds-of-milia.ttl:{line}: violation: not SPARQL: error at 3:16"
    assert result.err.startswith(told)


COMMANDS = ("build", "validate")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_syntax_error_is_named_at_once(
    milia_onto: Callable[..., Result], copy_of_project: Path, command: str
) -> None:
    assert len(COMMANDS) == 2
    path = copy_of_project / KINDS
    path.write_text(path.read_text() + "\nMILIA:0000999 a .\n")
    line = path.read_text().count("\n")
    result = milia_onto(command, "--project", copy_of_project)
    assert result.code == 1
    assert f"{KINDS}:{line}: violation: not Turtle" in result.out + result.err


NEEDED = (
    "ontology/milia.ttl",
    "ontology/prefixes.tsv",
    "ontology/tables/id-ranges.tsv",
    "ontology/tables/sources.tsv",
    "ontology/imports/vocabularies.tsv",
)


@pytest.mark.parametrize("path", NEEDED)
def test_a_missing_source_is_named(
    milia_onto: Callable[..., Result], copy_of_project: Path, path: str
) -> None:
    assert len(NEEDED) == 5
    (copy_of_project / path).unlink()
    result = milia_onto("build", "--project", copy_of_project)
    assert (result.code, result.out) == (1, "")
    assert result.err == f"milia-onto build: {path}: the file is missing; restore it\n"


SHIPPED = ("ontology/logo.svg", "shapes/public/milia.shapes.ttl")


@pytest.mark.parametrize("path", SHIPPED)
def test_a_missing_file_that_is_shipped_is_named(sources: Sources, path: str) -> None:
    assert len(SHIPPED) == 2
    rest = {name: data for name, data in sources.files.items() if name != path}
    with pytest.raises(ContentError, match="the file is missing") as stopped:
        attachments(Sources(rest))
    assert stopped.value.place == path
