"""How the names and codes that people type are compared with those of a release.

Only the standard library: a lookup answers before a graph library would be imported.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Direction marks, zero-width blanks and the like come along when text is copied. Joiners change
# the look of a word and not the word; Unicode leaves them out of comparisons too (NFKC_Casefold).
INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
HYPHENS = re.compile("[-\u2010-\u2015_]")
QUOTES = " \t\r\n\"'`\u00b4\u2018\u2019\u201a“”„«»"
# Haemangioma, oedema, tumour, keratinised: both sides of a comparison are rewritten.
SPELLINGS = (
    (re.compile(r"[ao]e"), "e"),
    (re.compile(r"our\b"), "or"),
    (re.compile(r"is(?=(?:e[ds]?|ing|ation)\b)"), "iz"),
)


def plain(text: str) -> str:
    """What a user typed or pasted, without quotes around it and marks that nobody sees."""
    return INVISIBLE.sub("", text).strip(QUOTES)


def normal(text: str) -> str:
    """How names are compared: case, hyphens, runs of blanks and British spelling do not count."""
    return normals([text])[0]


def normals(texts: Sequence[str]) -> list[str]:
    """The same of many names, in their order.

    They are rewritten as the lines of one text: to begin a pattern costs more than to apply it.
    """
    if not texts:
        return []
    lines = INVISIBLE.sub("", "\n".join(text.replace("\n", " ") for text in texts)).split("\n")
    words = HYPHENS.sub(" ", "\n".join(line.strip(QUOTES) for line in lines)).casefold()
    for british, american in SPELLINGS:
        words = british.sub(american, words)
    return [" ".join(line.split()) for line in words.split("\n")]


def spellings(code: str) -> set[str]:
    """How users write a code: with its prefix, without it, and without the point."""
    local = code.partition(":")[2]
    return {one.casefold() for one in (code, local, local.replace(".", ""))}
