"""A file is written as a whole, where it was meant to be, with the rights that any new file gets."""

from __future__ import annotations

import os
import stat
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milia_onto.edges.write_whole import whole, write_whole
from milia_onto.model.errors import SurroundingsError
from tests.link import vocabularies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.conftest import Result


@pytest.fixture
def umask() -> Iterator[Callable[[int], int]]:
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def write(path: Path, fails: bool) -> None:
    with whole(path) as sink:
        sink.write(b"whole")
        if fails:
            raise KeyError


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


@pytest.mark.parametrize(("mask", "wanted"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_mode_of_any_new_file(
    umask: Callable[[int], int], tmp_path: Path, mask: int, wanted: int
) -> None:
    umask(mask)
    write_whole(tmp_path / "new", b"x")
    assert mode(tmp_path / "new") == wanted


def test_a_file_keeps_its_mode(umask: Callable[[int], int], tmp_path: Path) -> None:
    path = tmp_path / "private"
    path.touch(0o600)
    write_whole(path, b"x")
    assert (path.read_bytes(), mode(path)) == (b"x", 0o600)


@pytest.mark.parametrize("before", [None, b"old"], ids=["dangling", "old"])
def test_a_symbolic_link_is_followed(tmp_path: Path, before: bytes | None) -> None:
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "target", tmp_path / "link"
    if before:
        target.write_bytes(before)
    link.symlink_to("there/target")
    write_whole(link, b"new")
    assert (link.is_symlink(), target.read_bytes()) == (True, b"new")
    assert {path.name for path in tmp_path.rglob("*")} == {"there", "target", "link"}


def test_a_circle_of_links_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(SurroundingsError, match=r"/a: cannot be written: .*symbolic links"):
        write_whole(tmp_path / "a", b"x")


def test_what_goes_wrong_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with pytest.raises(KeyError):
        write(path, fails=True)
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("file", b"old")]


# Who writes need not wait for it, nor it for who writes.
READ_NOW = os.O_RDONLY | os.O_NONBLOCK


def fifo(folder: Path) -> Path:
    os.mkfifo(folder / "fifo")
    return folder / "fifo"


def link_to_fifo(folder: Path) -> Path:
    (folder / "link").symlink_to(fifo(folder))
    return folder / "link"


@pytest.mark.parametrize("made", [fifo, link_to_fifo])
@pytest.mark.parametrize(("fails", "wanted"), [(False, b"whole"), (True, b"")])
def test_what_is_no_regular_file_is_written_to(
    tmp_path: Path, made: Callable[[Path], Path], fails: bool, wanted: bytes
) -> None:
    """Whoever reads it gets all or nothing, and learns that there is nothing."""
    path = made(tmp_path)
    with os.fdopen(os.open(path, READ_NOW), "rb") as reader:
        with pytest.raises(KeyError) if fails else nullcontext():
            write(path, fails)
        assert reader.read() == wanted
    assert (tmp_path / "fifo").is_fifo()


def test_an_open_descriptor_is_written_to() -> None:
    """A shell's >(…) is a path below /dev/fd."""
    reader, writer = os.pipe()
    write_whole(Path(f"/dev/fd/{writer}"), b"x")
    os.close(writer)
    with os.fdopen(reader, "rb") as handle:
        assert handle.read() == b"x"


SET = """#mapping_set_id: https://example.org/mappings
#mapping_set_version: 2026-09-14
#curie_map:
#  MILIA: "https://w3id.org/milia/MILIA_"
#  X: "https://example.org/x/"
#license: https://creativecommons.org/licenses/by/4.0/
subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label\tmapping_justification
MILIA:0000001\tmilia\tskos:exactMatch\tX:1\tmilia\tsemapv:ManualMappingCuration
"""
FILES = {
    "set.tsv": SET,
    "x.tsv": "id\tlabel\tobsolete\treplaced_by\nX:1\told\ttrue\tX:2\nX:2\tnew\tfalse\t\n",
    "ward.tsv": vocabularies.table("tsv"),
    "a.ttl": "<urn:a> <urn:b> <urn:c> .\n",
}
# The command, and how what it writes begins
WRITERS = [
    ("convert a.ttl --to nt --out OUT", b"<urn:a> <urn:b> <urn:c> .\n"),
    ("mappings check set.tsv --against x.tsv --proposals OUT", b"# mapping_set_id: "),
    ("link ward.tsv --prefix EX=https://example.org/ --review OUT", b"# "),
]


@pytest.mark.parametrize(("command", "start"), WRITERS, ids=["convert", "mappings", "link"])
def test_every_command_that_writes_a_file_writes_it_so(
    milia_onto: Callable[..., Result],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    project: Path,
    command: str,
    start: bytes,
) -> None:
    assert len(WRITERS) == 3
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    path = fifo(tmp_path)
    (tmp_path / "build").symlink_to(project / "build")
    monkeypatch.chdir(tmp_path)
    with os.fdopen(os.open(path, READ_NOW), "rb") as reader:
        answer = milia_onto(*command.replace("OUT", path.name).split())
        assert reader.read().startswith(start), answer.err
    assert path.is_fifo()
