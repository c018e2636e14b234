"""A file as bytes or lines, decompressed on the way, with limits that a hostile file meets."""

from __future__ import annotations

import gzip
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

from milia_onto.model.errors import ContentError, SurroundingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# No vocabulary has a name or a definition of a mebibyte; a line of that size is no line of one.
LINE_LIMIT = 1 << 20
GZIP = b"\x1f\x8b"
UTF16 = (b"\xff\xfe", b"\xfe\xff")
BOM = b"\xef\xbb\xbf"


def malformed(path: Path, line: int, message: str, fix: str = "correct it there") -> ContentError:
    """The error for a file that is not what it should be, with the line where it shows."""
    place = f"{path}:{line}" if line else str(path)
    return ContentError(message, place=place, fix=fix)


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked if it is gzip.

    Raises SurroundingsError where it cannot be read, ContentError where the gzip is damaged or cut.
    """
    try:
        with path.open("rb") as plain:
            start = plain.read(2)
            plain.seek(0)
            if start == GZIP:
                with gzip.open(plain) as unpacked:
                    yield cast("IO[bytes]", unpacked)
            else:
                yield plain
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        message = f"the gzip is damaged or cut: {error}"
        raise malformed(path, 0, message, "fetch the file again") from None
    except OSError as error:
        message, fix = f"cannot be read: {error.strerror or error}", "check the path and its rights"
        raise SurroundingsError(message, place=str(path), fix=fix) from None


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Number and text of each line, without its end.

    Raises ContentError where a line is longer than a mebibyte, is not UTF-8, or is binary.
    """
    with opened(path) as stream:
        number = 0
        while data := stream.readline(LINE_LIMIT + 1):
            number += 1
            if len(data) > LINE_LIMIT:
                message = f"the line is longer than {LINE_LIMIT} bytes"
                raise malformed(path, number, message, "is this the right file?")
            if number == 1:
                if data.startswith(UTF16):
                    raise malformed(path, 1, "the text is UTF-16", "save it as UTF-8")
                data = data.removeprefix(BOM)
            yield number, decoded(path, number, data)


def decoded(path: Path, number: int, data: bytes) -> str:
    """One line as text without its end. Raises ContentError where it is no UTF-8 text."""
    if b"\0" in data:
        raise malformed(path, number, "the file is binary", "is this the right file?")
    try:
        return data.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        message = f"not UTF-8 at byte {error.start + 1} of the line"
        raise malformed(path, number, message, "save it as UTF-8") from None


def head(path: Path, size: int = 4096) -> bytes:
    """The first bytes of a file, unpacked if it is gzip."""
    with opened(path) as stream:
        return stream.read(size)
