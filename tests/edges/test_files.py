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
from typing import TYPE_CHECKING

import pytest

from milia_onto.edges import files
from milia_onto.model.errors import SurroundingsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.alone

KILLS = 50
READS = 200
# Writes two releases in turn, for ever: every file of one holds its letter.
WRITER = """
import sys
from pathlib import Path
from milia_onto.edges.files import write_release
names = [f"{n}.txt" for n in range(12)] + ["deep/inside.txt"]
while True:
    for letter in "ab":
        write_release(Path(sys.argv[1]), {name: letter.encode() * 5000 for name in names})
"""


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
                found = files.read_release(target).files
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
    monkeypatch.setattr(files, "_exchange", lambda *_: False)
    files.write_release(target, {"one.txt": b"1"})
    files.write_release(target, {"two.txt": b"2"})
    assert set(files.read_release(target).files) == {"two.txt"}
    target.rename(tmp_path / ".build.old")
    assert set(files.read_release(target).files) == {"two.txt"}


def test_a_reader_does_not_undo_a_replacement_that_is_under_way(tmp_path: Path) -> None:
    target, fresh = tmp_path / "build", tmp_path / "fresh"
    files.write_release(target, {"one.txt": b"1"})
    files.write_release(fresh, {"two.txt": b"2"})
    with ThreadPoolExecutor(1) as pool:
        with files._lock(target):
            target.rename(tmp_path / ".build.old")
            read = pool.submit(files.read_release, target)
            # Between the two renames of a writer that holds the lock.
            time.sleep(0.3)
            fresh.rename(target)
        assert set(read.result(10).files) == {"two.txt"}


def test_a_reader_that_may_not_write_is_told_that_there_is_no_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file system is read-only, and whoever may write has not yet come back."""
    files.write_release(tmp_path / "build", {"one.txt": b"1"})
    (tmp_path / "build").rename(tmp_path / ".build.old")

    def refused(*_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(files, "_lock", refused)
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
    release, halves = tmp_path / "build", {"one.txt": b"1", "deep/two.txt": b"2", ".site": b"3"}
    files.write_release(release, halves)

    def seen_while_written() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"<!doctype html>"
        assert [path.name for path in release.glob(".site.new-*")]
        assert dict(files.read_release(release).files) == halves

    files.write_site(release / "site", seen_while_written())
    assert (release / "site/index.html").is_file()
    assert dict(files.read_release(release).files) == halves
