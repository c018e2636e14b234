"""Reads the files of ``mappings check``, line by line, however large or broken they are."""

from __future__ import annotations

import gzip
import os
import tempfile
import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from milia_onto.edges.locate import read_bytes
from milia_onto.mappings.read import read_set
from milia_onto.mappings.tables import read
from milia_onto.model.errors import SurroundingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from milia_onto.mappings.model import MappingSet, Table

MOST_LINE = 1 << 20
MOST_BYTES = 1 << 30


def lines_of(path: Path) -> Iterator[str]:
    """The lines of a UTF-8 file, unpacked where its name ends in .gz, without their ends.

    Raises SurroundingsError where it cannot be read, is not UTF-8 or holds a line no text has.
    """
    try:
        with path.open("rb") as plain:
            if path.suffix == ".gz":
                with gzip.open(plain) as packed:
                    yield from _lines(path, packed)  # type: ignore[arg-type]
            else:
                yield from _lines(path, plain)
    except OSError as error:
        told = f"cannot be read: {error.strerror or error}"
        raise SurroundingsError(
            told, place=str(path), fix="check the path and its rights"
        ) from None
    except (EOFError, zlib.error):
        raise SurroundingsError("is a damaged gzip file", place=str(path)) from None


def _lines(path: Path, data: BinaryIO) -> Iterator[str]:
    number = size = 0
    while raw := data.readline(MOST_LINE + 1):
        number += 1
        size += len(raw)
        place = f"{path}:{number}"
        if len(raw) > MOST_LINE or size > MOST_BYTES:
            told = "the line is" if len(raw) > MOST_LINE else "the file is"
            most = MOST_LINE if len(raw) > MOST_LINE else MOST_BYTES
            raise SurroundingsError(f"{told} longer than {most >> 20} MiB", place=place)
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise SurroundingsError("is not UTF-8", place=place, fix="save it as UTF-8") from None
        if "\0" in text:
            raise SurroundingsError("holds a NUL byte: it is no text", place=place)
        yield text.rstrip("\r\n")


def read_table(path: Path) -> Table:
    """An authority's table, an OBO file or a third party's mapping set."""
    name = path.name.removesuffix(".gz").removesuffix(".tsv")
    lines = lines_of(path)
    try:
        return read(name, lines)
    finally:
        lines.close()  # type: ignore[attr-defined]


def read_mappings(path: Path) -> MappingSet:
    """A mapping set; where its table has no header, with the metadata in the .yml beside it."""
    lines = list(lines_of(path))
    beside = path.with_suffix(".yml")
    external = ""
    if lines and not lines[0].startswith("#") and beside.is_file():
        external = read_bytes(beside)[:MOST_LINE].decode("utf-8", "replace")
    return read_set(str(path), "\n".join(lines) + "\n", external)


def write_whole(path: Path, data: bytes) -> None:
    """A file that holds all of ``data`` or stays as it was. Raises SurroundingsError."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        told = f"cannot be written: {error.strerror}"
        raise SurroundingsError(told, place=str(path), fix="check the folder") from None
    try:
        with os.fdopen(handle, "wb") as sink:
            sink.write(data)
        fresh = Path(name)
        fresh.chmod(0o666 & ~_umask())
        fresh.replace(path)
    except OSError as error:
        with suppress(OSError):
            Path(name).unlink()
        told = f"cannot be written: {error.strerror}"
        raise SurroundingsError(told, place=str(path)) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
