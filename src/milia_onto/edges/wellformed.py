"""Catches input that the RDF parser would take for complete though it is cut or empty."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from milia_onto.model.errors import ContentError

if TYPE_CHECKING:
    from milia_onto.model.formats import Format

NEEDS_CONTENT = ("rdfxml", "jsonld")


def check_complete(place: str, data: bytes, form: Format) -> None:
    """Raise ContentError where RDF/XML is not well-formed XML, or JSON-LD holds nothing.

    pyoxigraph reads RDF/XML as a stream and ends quietly where the file ends.
    """
    if form.name in NEEDS_CONTENT and not data.strip():
        raise ContentError(f"not {form.name}: the file is empty", place=place, fix="fill it")
    if form.name != "rdfxml":
        return
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError as error:
        message = f"not {form.name}: {expat.ErrorString(error.code)}"
        fix = "correct it there"
        raise ContentError(message, place=f"{place}:{error.lineno}", fix=fix) from None
