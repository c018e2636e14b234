"""How wide a text is in a drawing at most, and where its lines break."""

from __future__ import annotations

import re
from math import ceil

SIZE = 13
BOLD = 1.15
# Hundredths of the font size in DejaVu Sans, one of the widest that a reader may have.
WIDTHS = {
    "'ijlIJ": 30,
    " ,./:;\\|f-": 36,
    "!()[]tr": 41,
    'cszLF?"*_`': 58,
    "DGNOQH&w#+<=>^~": 84,
    "M": 90,
    "mW%@": 100,
}
HUNDREDTHS = {letter: width for letters, width in WIDTHS.items() for letter in letters}
SMALL, CAPITAL, BEYOND = 64, 74, 100


def width(text: str, *, bold: bool = False) -> int:
    """The pixels that a text takes at most."""
    return ceil(sum(map(_hundredths, text)) * SIZE / 100 * (BOLD if bold else 1))


def _hundredths(letter: str) -> int:
    plain = CAPITAL if letter.isupper() else SMALL
    return HUNDREDTHS.get(letter, plain if letter.isascii() else BEYOND)


def lines(text: str, room: float, *, bold: bool = False) -> list[str]:
    """A text in lines that fit into ``room``, broken at blanks and hyphens.

    A word that is wider stands on a line of its own, as wide as it is.
    """
    found = [""]
    for piece in re.findall(r"[^\s-]+-*|-+|\s+", text):
        if found[-1].strip() and width((found[-1] + piece).strip(), bold=bold) > room:
            found.append("")
        found[-1] += piece
    return [line.strip() for line in found if line.strip()] or [""]
