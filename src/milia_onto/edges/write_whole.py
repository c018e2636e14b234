"""Writes one file as a whole: it holds all that was to be written, or stays as it was."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from milia_onto.model.errors import SurroundingsError

if TYPE_CHECKING:
    from collections.abc import Iterator

IN_MEMORY = 64 * 1024 * 1024


def write_whole(path: Path, data: bytes) -> None:
    """Write ``data`` as the file at ``path`` (see ``whole``). Raises SurroundingsError."""
    with whole(path) as sink:
        sink.write(data)


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """A sink; what is written to it is at ``path`` once the ``with`` block has ended well.

    A symbolic link is followed, a FIFO or a device is written to, and the mode is that of the file
    before or else of any new file. Raises SurroundingsError where it cannot be written.
    """
    try:
        if _is_special(path):
            # Opened first: who reads a FIFO then learns that nothing comes, if nothing does.
            with path.open("wb") as there, spooled(there) as sink:
                yield sink
        else:
            with _replacing(Path(os.path.realpath(path))) as sink:
                yield sink
    except OSError as error:
        fix = "check the folder, its rights and the space"
        told = f"cannot be written: {error.strerror}"
        raise SurroundingsError(told, place=str(path), fix=fix) from None


def _is_special(path: Path) -> bool:
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False


@contextmanager
def spooled(there: IO[bytes]) -> Iterator[IO[bytes]]:
    """A sink; what is written to it goes ``there`` once the ``with`` block has ended well."""
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        yield spool
        spool.seek(0)
        shutil.copyfileobj(spool, there)


@contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = fresh.open("xb")
    try:
        with handle:
            if path.exists():
                os.fchmod(handle.fileno(), stat.S_IMODE(path.stat().st_mode))
            yield handle
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
