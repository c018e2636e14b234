"""Replaces a folder as a whole: a reader sees the old one or the new one, whoever is killed."""

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

from milia_onto.model.errors import SurroundingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

RENAME_EXCHANGE = 2
AT_FDCWD = -100


def resolved(folder: str | Path) -> Path:
    """The absolute path of a folder, through links, so that it has a name and a parent.

    Raises SurroundingsError where the folder we are in is gone, or links go in a circle.
    """
    try:
        return Path(folder).resolve()
    except (OSError, RuntimeError):
        fix = "go to a folder that is there, and name it by its full path"
        raise SurroundingsError("leads nowhere", place=str(folder), fix=fix) from None


def replace(
    folder: str | Path, files: Iterable[tuple[str, bytes]], what: str, *, flush: bool
) -> None:
    """Replace ``folder`` by one that holds ``files``; ``what`` it is called in messages.

    With ``flush`` each file is on the disk before the folder changes its name. Raises
    SurroundingsError where the disk does not let us.
    """
    target = resolved(folder)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _lock(target):
            _restore(target)
            _sweep(target)
            fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}.new-", dir=target.parent))
            _write_all(fresh, files, flush=flush)
            _put_in_place(fresh, target)
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


def restore_unless_written(folder: Path) -> None:
    """Undo one that was killed, not one that is under way: it ends while we wait for the lock."""
    if _is_half_replaced(folder):
        # Where a reader may not write, that is left to those who may.
        with suppress(OSError), _lock(folder):
            _restore(folder)


def _is_half_replaced(folder: Path) -> bool:
    return _old(folder).is_dir() and not folder.exists()


def _old(folder: Path) -> Path:
    return folder.parent / f".{folder.name}.old"


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
