"""Catches input that the RDF parser would take for complete though it is cut, or die of."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast
from xml.parsers import expat

from milia_onto.model.errors import ContentError
from milia_onto.publish.nesting import Bounded, TooDeepError, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.model.formats import Format

NEEDS_CONTENT = ("rdfxml", "jsonld")
MARK = b"\xef\xbb\xbf"


def check_complete(place: str, data: bytes, form: Format) -> None:
    """Raise ContentError where RDF/XML is not well-formed XML, or JSON-LD holds nothing.

    pyoxigraph reads RDF/XML as a stream and ends quietly where the file ends. ContentError is
    raised, too, where triple terms (RDF 1.2) or elements nest too deep.
    """
    if form.name in NEEDS_CONTENT and not data.strip():
        raise ContentError(f"not {form.name}: the file is empty", place=place, fix="fill it")
    if form.name != "rdfxml":
        _refuse_mark(place, data)
    with bounded(place):
        try:
            check(data, form.name)
        except expat.ExpatError as error:
            message = f"not {form.name}: {expat.ErrorString(error.code)}"
            fix = "correct it there"
            raise ContentError(message, place=f"{place}:{error.lineno}", fix=fix) from None


def held_back(stream: IO[bytes], place: str, form: Format) -> IO[bytes]:
    """The stream, to be read within ``bounded``, of a form that is not read as a whole.

    Raises ContentError where it starts with a byte order mark.
    """
    if isinstance(stream, io.BufferedReader):
        _refuse_mark(place, stream.peek(len(MARK)))
    return cast("IO[bytes]", Bounded(stream, form.name))


def _refuse_mark(place: str, data: bytes) -> None:
    if data.startswith(MARK):
        message, fix = "starts with a byte order mark, which nobody sees", "save it without BOM"
        raise ContentError(f"not readable: it {message}", place=f"{place}:1", fix=fix)


@contextmanager
def bounded(place: str) -> Iterator[None]:
    """Raise ContentError where what is read of the file ``place`` nests too deep."""
    try:
        yield
    except TooDeepError as error:
        message, fix = f"not readable: {error}", "flatten it"
        raise ContentError(message, place=f"{place}:{error.line}", fix=fix) from None
