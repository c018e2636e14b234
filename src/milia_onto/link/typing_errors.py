"""Typing errors: names that differ from one of ours by a letter or two of one word.

A name is compared only with names that share all its other words and the first letter of the
odd one, so the cost does not grow with the index. Words with digits, words that we know (they
are no errors) and pairs such as hypo-/hyper- are never taken for one another.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from milia_onto.link.index import Entry

# Words of at least so many letters may have so many errors; a word alone must be longer.
ONE_ERROR, TWO_ERRORS, ALONE = 6, 10, 8
# Beginnings that make another word: a difference in them is no typing error. Nor is one in the
# last letters, where words are derived from one another: exfoliation and exfoliatin.
BEGINNINGS = (
    ("hypo", "hyper"),
    ("ante", "anti"),
    ("intra", "inter"),
    ("infra", "intra"),
    ("macro", "micro"),
    ("endo", "ecto"),
    ("peri", "para"),
    ("pre", "pro"),
    ("sub", "supra"),
    ("mono", "poly"),
)
ENDING = 3


class Near(NamedTuple):
    """An entry that is spelt like a name, and how alike the two are, from 0 to 1."""

    entry: Entry
    similarity: float


class TypingErrors:
    """Finds the entries that a name may be a misspelling of."""

    def __init__(self, bags: Iterable[tuple[tuple[str, ...], list[Entry]]]) -> None:
        """``bags`` are the sorted words of names with their entries."""
        self.known: set[str] = set()
        self._by_rest: dict[tuple[tuple[str, ...], str], list[tuple[str, list[Entry]]]]
        self._by_rest = defaultdict(list)
        for bag, entries in bags:
            self.known.update(bag)
            for odd, rest in _leave_one_out(bag):
                if len(odd) >= (ONE_ERROR if rest else ALONE) and odd.isalpha():
                    self._by_rest[rest, odd[0]].append((odd, entries))

    def find(self, bag: tuple[str, ...]) -> Iterator[Near]:
        """The entries that differ from the sorted words ``bag`` in the spelling of one word."""
        for odd, rest in _leave_one_out(bag):
            if odd in self.known or len(odd) < (ONE_ERROR if rest else ALONE):
                continue
            for ours, entries in self._by_rest.get((rest, odd[0]), ()):
                limit = 2 if min(len(odd), len(ours)) >= TWO_ERRORS else 1
                errors = OSA.distance(odd, ours, score_cutoff=limit)
                if errors <= limit and odd.isalpha() and not _another_word(odd, ours):
                    length = sum(map(len, rest)) + max(len(odd), len(ours))
                    for entry in entries:
                        yield Near(entry, 1 - errors / length)


def _leave_one_out(bag: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for n, odd in enumerate(bag):
        yield odd, bag[:n] + bag[n + 1 :]


def _another_word(one: str, other: str) -> bool:
    return one[-ENDING:] != other[-ENDING:] or any(
        (one.startswith(a) and other.startswith(b)) or (one.startswith(b) and other.startswith(a))
        for a, b in BEGINNINGS
    )
