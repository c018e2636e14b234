"""What a line of RDF writes, in whatever syntax: its IRIs, CURIEs, texts and numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# A text may be left open at the end of the line: so no quote is tried twice.
TEXT = r'"((?:[^"\\]|\\.?)*)(?:"|$)'
IRI = r"<([^<>\"{}|^`\\\s]*)>"
TOKENS = (re.compile(TEXT), re.compile(IRI), re.compile(r">([^<>]+)<"))
# Outside of texts only, so where the syntax has other quotes it may find less than TOKENS.
WORDS = re.compile(rf"{TEXT}|{IRI}|'((?:[^'\\]|\\.?)*)(?:'|$)|([^\s<>\"'(){{}}\[\];,]+)")


def tokens(line: str) -> Iterator[str]:
    """What stands in the line between angle brackets, quotes, tags or blanks, without these.

    No token is a part of a word or of a text, so that ``ex:ab`` is not taken for ``ex:a``.
    """
    for pattern in TOKENS:
        for match in pattern.finditer(line):
            yield match[1]
    for match in WORDS.finditer(line):
        # The full stop after a word of Turtle is no part of it.
        yield match[match.lastindex or 0].rstrip("." if match[4] else "")


def spellings(value: str) -> tuple[str, ...]:
    """How a token may write ``value``: as it is, and with quotes and backslashes escaped."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return tuple(dict.fromkeys((value, escaped)))
