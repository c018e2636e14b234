"""What XML cannot say, found in an answer that was written as XML."""

from __future__ import annotations

from xml.parsers import expat

# XML 1.0, 2.2: the other controls are no characters at all, nor are U+FFFE and U+FFFF.
CONTROLS = bytes(set(range(32)) - {9, 10, 13})
NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
# How an element begins or ends whose name has nothing after its prefix.
NAMELESS = (b":>", b": xmlns", b": xml:lang=", b": rdf:")


class UnwritableError(Exception):
    """An answer that XML cannot say: why."""


def checked(data: bytes) -> bytes:
    """The same in well-formed XML: a carriage return is written so that it stays one (2.11).

    Raises UnwritableError where there is a character, or a property, that XML has no way to write.
    """
    is_clean = len(data.translate(None, CONTROLS)) == len(data)
    if not is_clean or any(each in data for each in NO_CHARACTERS):
        raise UnwritableError("a text in it has a character that XML does not have")
    if any(each in data for each in NAMELESS) and not _is_well_formed(data):
        raise UnwritableError("the IRI of a property in it ends in what is no XML name")
    return data.replace(b"\r", b"&#xD;") if b"\r" in data else data


def _is_well_formed(data: bytes) -> bool:
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
    except expat.ExpatError:
        return False
    return True
