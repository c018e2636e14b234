"""Finds the release and reads one file: all a quick command needs, and quick to import."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

from milia_onto.model import layout
from milia_onto.model.errors import ContentError, SurroundingsError, UsageError, damaged
from milia_onto.model.formats import format_of_path

if TYPE_CHECKING:
    from milia_onto.model.formats import Format


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises SurroundingsError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise SurroundingsError(
            f"cannot be read: {error.strerror}",
            place=str(path),
            fix="check the path and its rights",
        ) from None


def rdf_syntax(name: str, fix: str = "rename or convert it") -> Format:
    """The syntax of an RDF file, by its suffix. Raises UsageError where that tells none."""
    found = format_of_path(name)
    if found is None:
        raise UsageError("the suffix tells no RDF syntax", place=name, fix=fix)
    return found


def rdf_file(name: str) -> tuple[str, bytes, Format]:
    """The name, the bytes and the syntax of an RDF file.

    Raises UsageError where its suffix tells no syntax, SurroundingsError where it cannot be read.
    """
    syntax = rdf_syntax(name)
    return name, read_bytes(Path(name)), syntax


def mapping_rows(folder: Path) -> list[dict[str, str]]:
    """The rows of all mapping sets of a release, by column.

    Raises SurroundingsError where one cannot be read, ContentError where one is damaged.
    """
    return [
        row for path in sorted((folder / "mappings").glob("*.sssom.tsv")) for row in _rows(path)
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        lines = read_bytes(path).decode().split("\n")
        columns, *rows = [line.split("\t") for line in lines if line and line[0] != "#"]
        if not {*columns} >= {*layout.MAPPING_COLUMNS}:
            raise ValueError(columns)
        return [dict(zip(columns, row, strict=True)) for row in rows]
    except ValueError:
        raise damaged(str(path)) from None


def find_release() -> Path:
    """The folder of the release to use: of the folder we are in, else of this installation."""
    here = Path(layout.BUILD)
    package = Path(__file__).resolve().parent.parent
    for folder in (here, package / "release", package.parent.parent / layout.BUILD):
        # The manifest of a web application has the same name, and often the same folder.
        if (folder / layout.MANIFEST).is_file() and any(map(os.path.isfile, _full(folder))):
            return folder
    return here


def _full(folder: Path) -> list[Path]:
    return [folder / name for name in layout.FULL]


def find_scripts() -> dict[str, bytes]:
    """The scripts of the site by name, of this installation; none where they were not built."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "scripts", package.parent.parent / layout.SCRIPTS):
        if folder.is_dir():
            return {path.name: read_bytes(path) for path in sorted(folder.iterdir())}
    return {}


def standard_input() -> IO[bytes]:
    """The bytes of standard input. Raises SurroundingsError where it was closed."""
    if sys.stdin is None:
        fix = "give it with < or a pipe, or name a file"
        raise SurroundingsError("cannot be read: it is closed", place="standard input", fix=fix)
    return sys.stdin.buffer


def _read_input() -> bytes:
    try:
        return standard_input().read()
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise SurroundingsError(message, place="standard input", fix="name a file") from None


def read_text(path: str) -> str:
    """The text of a file, of standard input for ``-``; without a byte order mark.

    Raises SurroundingsError where it cannot be read, ContentError where it is not UTF-8.
    """
    data = _read_input() if path == "-" else read_bytes(Path(path))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ContentError("is not UTF-8 text", place=path, fix="save it as UTF-8") from None
