"""The forms in which names are compared, from letter by letter to the bare set of words.

``exact``: Unicode NFKC, case and runs of blanks do not count. ``words``: nor do diacritics,
punctuation, plural, British spelling, abbreviations that are spelt out, and tags such as
``(disorder)``. The words sorted: nor does their order. Digits always count.
"""

from __future__ import annotations

import re
import unicodedata

from milia_onto.link.spelling import spelt_out, stem
from milia_onto.publish.names import INVISIBLE

# Latin, Greek and Cyrillic accents, Arabic vowel points. Not the vowel signs of Indian scripts.
MARKS = re.compile("[\u0300-\u036f\u064b-\u0652]")
SEPARATORS = re.compile(r"[\s!-/:-@\[-`{-~\u00a0-\u00bf\u2010-\u205e\u3000-\u303f\uff00-\uff0f]+")
POSSESSIVE = re.compile(r"['\u2019\u02bc]s\b|(?<=s)['\u2019](?=\s)")
TAG = re.compile(
    r"(?:\s*\((?:disorder|finding|disease|diagnosis|morphologic abnormality|procedure|substance|"
    r"body structure|product|situation|event|observable entity|qualifier value|nos)\)"
    r"|[,;]?\s+(?:nos|nec))$",
    re.IGNORECASE,
)
# Letters of Cyrillic that look like Latin ones: they come along from copied pages.
LOOK_ALIKE = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0458", "aeopcyxisj"
)
MIXED = re.compile(r"[a-zA-Z][\u0400-\u04ff]|[\u0400-\u04ff][a-zA-Z]")
SAID_BY_ORDER = frozenset({"of", "the", "a", "an", "and"})
PATH = " > "
GLOSS = re.compile(r"\s*(?:\[[^\[\]]+\]|\([A-Z][A-Za-z0-9-]{1,7}\))$")
IN_BRACKETS = re.compile(r"\s*\([^()]*\)")


def exact(text: str) -> str:
    """A name with case, width and runs of blanks taken out."""
    if not text.isascii():
        text = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(text.casefold().split())


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    if MIXED.search(text):
        text = text.casefold().translate(LOOK_ALIKE)
    text = MARKS.sub("", unicodedata.normalize("NFD", text.casefold()))
    return unicodedata.normalize("NFC", text)


def words(text: str) -> tuple[str, ...]:
    """The words of a name in one spelling, in their order; without those that say only order.

    Example:
        >>> words("Tumours of the eyelid (disorder)")
        ('tumor', 'eyelid')
    """
    if PATH in text:  # a path of an alphabetical index: head word > subterm
        text = IN_BRACKETS.sub("", text).replace(PATH, " ")
    text = TAG.sub("", spelt_out(text))
    text = POSSESSIVE.sub("", _folded(text))
    found = (stem(word) for word in SEPARATORS.split(text) if word)
    return tuple(word for word in found if word not in SAID_BY_ORDER)


def without_gloss(text: str) -> str:
    """A name without what stands behind it in brackets: ``Zoster [herpes zoster]`` is Zoster."""
    return GLOSS.sub("", text)


def is_abbreviation(text: str) -> bool:
    """Whether a name is an abbreviation, or too short to tell its meaning by itself."""
    return text.isascii() and (len(text) < 4 or (len(text) <= 6 and text.isupper()))
