"""A release is replaced as a whole: old or new, never a mix, whoever is killed."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milia_onto.edges import files, held, replace
from milia_onto.model.errors import SurroundingsError, UsageError
from milia_onto.model.layout import SUMS
from milia_onto.model.values import Release
from milia_onto.stages.release import sums

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.alone

KILLS = 50
READS = 200
# Writes two releases in turn, for ever: every file of one, but for the sums, holds its letter.
WRITER = """
import hashlib
import sys
from pathlib import Path
from milia_onto.edges.files import write_release
names = [f"{n}.txt" for n in range(12)] + ["deep/inside.txt"]
while True:
    for letter in "ab":
        content = {name: letter.encode() * 5000 for name in names}
        listed = [f"{hashlib.sha256(data).hexdigest()}  {name}" for name, data in content.items()]
        write_release(Path(sys.argv[1]), content | {"SHA256SUMS": "\\n".join(listed).encode()})
"""


def with_sums(content: dict[str, bytes]) -> dict[str, bytes]:
    return {**content, SUMS: sums(content)}


def letters(folder: Path) -> set[bytes]:
    return {path.read_bytes()[:1] for path in folder.rglob("*.txt")}


def test_fifty_kills_leave_no_torn_release(tmp_path: Path) -> None:
    target = tmp_path / "build"
    files.write_release(target, {f"{n}.txt": b"a" for n in range(3)})
    chance = random.Random(20261121)
    seen: set[bytes] = set()
    for _ in range(KILLS):
        process = subprocess.Popen([sys.executable, "-c", WRITER, str(target)])
        time.sleep(0.15 + chance.random() * 0.15)
        process.send_signal(signal.SIGKILL)
        process.wait()
        found = letters(target)
        assert len(found) == 1, "a mix of two releases"
        assert len(list(target.rglob("*.txt"))) in {3, 13}
        seen |= found
    assert seen == {b"a", b"b"}, "the kills never hit while both releases were being written"
    files.write_release(target, {"last.txt": b"z"})
    assert sorted(path.name for path in tmp_path.iterdir()) == [".build.lock", "build"]


def test_two_builds_at_once_do_not_mix(tmp_path: Path) -> None:
    target = tmp_path / "build"
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(target)]) for _ in range(2)]
    seen: Counter[bytes] = Counter()
    deadline = time.monotonic() + 120
    try:
        while min(seen[b"a"], seen[b"b"]) < READS:
            assert time.monotonic() < deadline, f"not read often enough: {seen}"
            if target.exists():
                found = dict(files.read_release(target).files)
                del found[SUMS]
                held = {data[:1] for data in found.values()}
                assert (len(found), len(held)) == (13, 1)
                seen.update(held)
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()


def test_without_exchange_the_old_release_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "build"
    monkeypatch.setattr(replace, "_exchange", lambda *_: False)
    files.write_release(target, with_sums({"one.txt": b"1"}))
    files.write_release(target, with_sums({"two.txt": b"2"}))
    assert set(files.read_release(target).files) == {"two.txt", SUMS}
    target.rename(tmp_path / ".build.old")
    assert set(files.read_release(target).files) == {"two.txt", SUMS}


def test_a_reader_does_not_undo_a_replacement_that_is_under_way(tmp_path: Path) -> None:
    target, fresh = tmp_path / "build", tmp_path / "fresh"
    files.write_release(target, with_sums({"one.txt": b"1"}))
    files.write_release(fresh, with_sums({"two.txt": b"2"}))
    with ThreadPoolExecutor(1) as pool:
        with replace._lock(target):
            target.rename(tmp_path / ".build.old")
            read = pool.submit(files.read_release, target)
            # Between the two renames of a writer that holds the lock.
            time.sleep(0.3)
            fresh.rename(target)
        assert set(read.result(10).files) == {"two.txt", SUMS}


def test_a_reader_that_may_not_write_is_told_that_there_is_no_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file system is read-only, and whoever may write has not yet come back."""
    files.write_release(tmp_path / "build", with_sums({"one.txt": b"1"}))
    (tmp_path / "build").rename(tmp_path / ".build.old")

    def refused(*_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(replace, "_lock", refused)
    with pytest.raises(SurroundingsError, match="no release is there"):
        files.read_release(tmp_path / "build")


def test_modes_do_not_depend_on_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        files.write_release(tmp_path / "build", {"a/b.txt": b"x"})
    finally:
        os.umask(before)
    modes = {oct(p.stat().st_mode & 0o777) for p in (tmp_path / "build").rglob("*")}
    assert modes == {"0o755", "0o644"}


def test_a_folder_that_is_no_project_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--project"):
        files.read_sources(tmp_path)


def test_no_release_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError, match="make build"):
        files.read_release(tmp_path / "nothing")


def test_a_site_below_a_release_is_no_part_of_it(tmp_path: Path) -> None:
    release = tmp_path / "build"
    halves = with_sums({"one.txt": b"1", "deep/two.txt": b"2", ".site": b"3"})
    files.write_release(release, halves)

    def seen_while_written() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"<!doctype html>"
        assert [path.name for path in release.glob(".site.new-*")]
        assert files.read_release(release) == Release(halves)

    files.write_site(release / "site", seen_while_written())
    assert (release / "site/index.html").is_file()
    assert files.read_release(release) == Release(halves)


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def link_to_nothing(path: Path) -> None:
    path.symlink_to("nothing")


def link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def link_to_a_folder(path: Path) -> None:
    path.symlink_to("..", target_is_directory=True)


def write_letters(path: Path) -> None:
    path.write_bytes(b"x")


STRANGE = (make_pipe, link_to_nothing, link_to_itself, link_to_a_folder, write_letters)


@pytest.mark.parametrize("make", STRANGE)
def test_what_no_list_names_is_told_of_and_not_read(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    assert len(STRANGE) == 5
    content = with_sums({"deep/one.txt": b"1"})
    files.write_release(tmp_path / "build", content)
    make(tmp_path / "build/deep" / os.fsdecode(b"\xe9.txt"))
    assert files.read_release(tmp_path / "build") == Release(content, frozenset({r"deep/\xe9.txt"}))


@pytest.mark.parametrize("make", STRANGE[:4])
def test_a_listed_file_that_is_no_file_is_not_read(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    files.write_release(tmp_path / "build", with_sums({"one.txt": b"1"}))
    (tmp_path / "build/one.txt").unlink()
    make(tmp_path / "build/one.txt")
    found = files.read_release(tmp_path / "build")
    assert (set(found.files), found.others) == ({SUMS}, {"one.txt"})


def test_a_folder_without_manifest_and_sums_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "milia.nt").write_bytes(b"x")
    (tmp_path / "locked").mkdir()
    with pytest.raises(SurroundingsError, match="no release is there"):
        files.read_release(tmp_path)


NAMES = ("", ".", "./", "../build", "../link", "{}")


@pytest.mark.parametrize("name", NAMES)
def test_a_release_is_found_by_any_name_of_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    assert len(NAMES) == 6
    content = with_sums({"one.txt": b"1"})
    files.write_release(tmp_path / "build", content)
    (tmp_path / "link").symlink_to("build")
    monkeypatch.chdir(tmp_path / "build")
    assert files.read_release(name.format(tmp_path / "build")).files == content


def test_a_release_is_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    files.write_release(tmp_path / "link", {"one.txt": b"1"})
    assert sorted(path.name for path in tmp_path.iterdir()) == [".real.lock", "link", "real"]
    assert (tmp_path / "real/one.txt").read_bytes() == b"1"


def test_a_folder_that_is_gone_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    for call in (files.read_release, held.refuse_foreign):
        with pytest.raises(SurroundingsError, match="leads nowhere"):
            call(Path("build"))


STRANGE_SOURCES = {make_pipe: "is no regular file", link_to_nothing: "cannot be read: No such file"}


@pytest.mark.parametrize("make", STRANGE_SOURCES)
def test_a_source_that_is_no_file_is_named_and_not_waited_for(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    assert len(STRANGE_SOURCES) == 2
    for folder in ("ontology/modules", "shapes"):
        (tmp_path / folder).mkdir(parents=True)
    link_to_nothing(tmp_path / "ontology/.#editor")
    make(tmp_path / "ontology/modules/kinds.ttl")
    with pytest.raises(SurroundingsError, match=STRANGE_SOURCES[make]) as told:
        files.read_sources(tmp_path)
    assert told.value.place == str(tmp_path / "ontology/modules/kinds.ttl")
