"""Reads sources and releases; replaces a release as a whole."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from milia_onto.edges.locate import read_bytes
from milia_onto.model import layout
from milia_onto.model.errors import SurroundingsError, UsageError
from milia_onto.model.values import Release, Sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

RENAME_EXCHANGE = 2
AT_FDCWD = -100
# Made from the release by later commands and never part of it.
DERIVED = {"site"}
READ_ATTEMPTS = 100


def read_sources(project: str | Path) -> Sources:
    """Every authored file of a project. Raises UsageError where the folder is no project."""
    project = Path(project)
    for folder in layout.SOURCE_FOLDERS:
        if not (project / folder).is_dir():
            fix = "name the project's folder with --project"
            raise UsageError(f"has no folder {folder}/", place=str(project), fix=fix)
    files = {}
    for folder in layout.SOURCE_FOLDERS:
        for path in sorted((project / folder).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                files[path.relative_to(project).as_posix()] = read_bytes(path)
    return Sources(files)


def read_release(folder: str | Path) -> Release:
    """The files of a release folder. Raises SurroundingsError where there is none.

    All files come from the one folder that had the name from the first to the last read, so a
    build that replaces it meanwhile cannot mix two releases: then reading starts again.
    """
    folder = Path(folder)
    for _ in range(READ_ATTEMPTS):
        _restore_unless_written(folder)
        try:
            found = _read_folder(folder)
        except FileNotFoundError:
            continue
        except OSError as error:
            fix = "check the path and its rights"
            message = f"cannot be read: {error.strerror}"
            raise SurroundingsError(message, place=str(folder), fix=fix) from None
        if found is not None:
            return Release(found)
    raise SurroundingsError("no release is there", place=str(folder), fix="run `make build`")


def _read_folder(folder: Path) -> dict[str, bytes] | None:
    """The files below ``folder``, or None where another folder took its name meanwhile."""
    found = {}
    root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for above, below, names, here in os.fwalk(".", dir_fd=root):
            if above == ".":
                for inside in (below, names):
                    inside[:] = [name for name in inside if not _is_derived(name)]
            for name in names:
                path = Path(above, name).as_posix()
                with open(os.open(name, os.O_RDONLY, dir_fd=here), "rb") as handle:  # noqa: PTH123
                    found[path] = handle.read()
        if not os.path.samestat(os.fstat(root), folder.stat()):
            return None
    finally:
        os.close(root)
    return dict(sorted(found.items()))


def _is_derived(name: str) -> bool:
    """Whether it was made from the release, or helps to replace what was: ``.site.lock``."""
    return name in DERIVED or any(name.startswith(f".{derived}.") for derived in DERIVED)


def refuse_foreign(folder: Path, what: str = "release", mark: str = "manifest.json") -> None:
    """Raise UsageError where ``folder`` holds something that is no release (or site) of ours."""
    where = str(folder)
    if folder.exists() and not folder.is_dir():
        raise UsageError("is a file, not a folder", place=where, fix="name another --out")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / mark).is_file():
        fix = "name an empty or a new folder with --out"
        raise UsageError(f"holds something that is no {what}", place=where, fix=fix)


def write_release(folder: str | Path, files: Mapping[str, bytes]) -> None:
    """Replace the release in ``folder`` as a whole: a reader sees the old one or the new one.

    The files are written into a sibling folder, flushed to the disk, and the two folders change
    names in one step. Raises SurroundingsError where the disk does not let us.
    """
    _replace(folder, files.items(), "release", flush=True)


def write_site(folder: str | Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Replace the site in ``folder`` likewise, each file as it comes.

    It is not flushed: what a power cut takes is made again from the release.
    """
    _replace(folder, files, "site", flush=False)


def _replace(
    folder: str | Path, files: Iterable[tuple[str, bytes]], what: str, *, flush: bool
) -> None:
    folder = Path(folder).absolute()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _lock(folder):
            _restore(folder)
            _sweep(folder)
            fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.new-", dir=folder.parent))
            _write_all(fresh, files, flush=flush)
            _put_in_place(fresh, folder)
    except OSError as error:
        raise SurroundingsError(
            f"the {what} cannot be written: {error.strerror}",
            place=str(folder),
            fix=f"check space and rights; the previous {what} is untouched",
        ) from None


def _write_all(folder: Path, files: Iterable[tuple[str, bytes]], *, flush: bool) -> None:
    # The same modes whatever the umask: the bytes and the tree are what is promised.
    folder.chmod(0o755)
    for name, data in files:
        path = folder / name
        for above in reversed(path.relative_to(folder).parents[:-1]):
            (folder / above).mkdir(exist_ok=True)
            (folder / above).chmod(0o755)
        with path.open("wb") as handle:
            handle.write(data)
            if flush:
                handle.flush()
                os.fsync(handle.fileno())
        path.chmod(0o644)


def _put_in_place(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        fresh.rename(folder)
    elif _exchange(fresh, folder):
        shutil.rmtree(fresh, ignore_errors=True)
    else:
        # Two renames: a kill in between leaves the old release under this name for _restore.
        old = _old(folder)
        shutil.rmtree(old, ignore_errors=True)
        folder.rename(old)
        fresh.rename(folder)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step (Linux renameat2); False where the system cannot."""
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    names = (os.fsencode(one), os.fsencode(other))
    if libc.renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in {errno.ENOSYS, errno.EINVAL, errno.EXDEV, errno.EOPNOTSUPP}:
        return False
    raise OSError(code, os.strerror(code))


def _restore(folder: Path) -> None:
    """Undo a replacement that was killed between its two renames; called under the lock."""
    if _is_half_replaced(folder):
        _old(folder).rename(folder)


def _restore_unless_written(folder: Path) -> None:
    """Undo one that was killed, not one that is under way: it ends while we wait for the lock."""
    if _is_half_replaced(folder):
        # Where a reader may not write, that is left to those who may.
        with suppress(OSError), _lock(folder):
            _restore(folder)


def _is_half_replaced(folder: Path) -> bool:
    return _old(folder).is_dir() and not folder.exists()


def _old(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")


def _sweep(folder: Path) -> None:
    """Remove what killed builds left; called under the lock, so nobody is using it."""
    for left in folder.parent.glob(f".{folder.name}.new-*"):
        shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Hold the lock of a release folder; a second build waits for the first to finish writing."""
    with (folder.parent / f".{folder.name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def read_stamp(project: Path, name: str) -> str:
    """A stamp of the cache, or "" where there is none."""
    path = project / layout.CACHE / name
    return path.read_text() if path.is_file() else ""


def write_stamp(project: Path, name: str, text: str) -> None:
    """Keep a stamp in the cache; a cache that cannot be written is no error."""
    path = project / layout.CACHE / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    except OSError:
        return


def package_files() -> dict[str, bytes]:
    """The publisher's own code, by path: part of what a release depends on."""
    package = Path(__file__).resolve().parent.parent
    return {
        path.relative_to(package).as_posix(): path.read_bytes()
        for path in sorted(package.rglob("*.py"))
    }
