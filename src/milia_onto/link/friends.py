"""False friends: names and codes that look like milia and are not.

Two sources. The negative mappings of the release refuse a code, and whatever bears that code's
name, for one term. The table ``false_friends.tsv`` beside this module refuses names, words of a
definition and vocabularies for a term and everything below it; each row has reason and source.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from milia_onto.link.normalise import exact, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from milia_onto.link.record import Record


class Friend(NamedTuple):
    """One row of the table: where to look, what for, the refused term, why, who says so."""

    match: str
    pattern: re.Pattern[str]
    refused: str
    reason: str
    source: str


def read_friends(text: str) -> tuple[Friend, ...]:
    """The rows of ``false_friends.tsv``."""
    rows = [line.split("\t") for line in text.rstrip("\n").split("\n")[1:]]
    return tuple(
        Friend(match, re.compile(pattern, re.IGNORECASE), refused, reason, source)
        for match, pattern, refused, reason, source in rows
    )


class Friends:
    """Why a record, or one name of it, must not be linked to a term."""

    def __init__(
        self,
        table: Iterable[Friend],
        negative: Iterable[Mapping[str, str]],
        below: Callable[[str], Iterable[str]],
    ) -> None:
        """``negative`` are rows of mapping sets with the modifier Not, ``below`` the kinds."""
        self.table = tuple(table)
        self.kinds = {term: frozenset(below(term)) for term in {row.refused for row in self.table}}
        self._vocabularies = {row.pattern: row for row in self.table if row.match == "vocabulary"}
        self.codes: dict[tuple[str, str], str] = {}
        self.names: dict[tuple[str, tuple[str, ...]], str] = {}
        for row in negative:
            self.codes[row["subject_id"], row["object_id"]] = row["comment"]
            if row["object_label"]:
                self.names[row["subject_id"], words(row["object_label"])] = row["comment"]
        self._any_name = re.compile(
            "|".join(f"(?:{r.pattern.pattern})" for r in self.table if r.match == "name")
        )

    def of_record(self, record: Record) -> Friend | None:
        """The row of the table that the label, definition or vocabulary of a record meets."""
        if row := self.named(record.label):
            return row
        prefix = record.id.partition(":")[0]
        for pattern, row in self._vocabularies.items():
            if pattern.fullmatch(prefix):
                return row
        said = f"{record.label} {record.note}"
        found = (r for r in self.table if r.match == "context" and r.pattern.search(said))
        return next(found, None)

    def named(self, label: str) -> Friend | None:
        """The row of the table whose name this is."""
        text = exact(label)
        if not self._any_name.fullmatch(text):
            return None
        return next(r for r in self.table if r.match == "name" and r.pattern.fullmatch(text))

    def of_name(self, term: str, name: str) -> str:
        """Why a name is no evidence for a term; empty where it may be."""
        if reason := self.names.get((term, words(name))):
            return reason
        text = exact(name)
        for row in self.table:
            refused = row.match == "name" and term in self.kinds[row.refused]
            if refused and row.pattern.fullmatch(text):
                return row.reason
        return ""

    def of_code(self, term: str, codes: Iterable[str]) -> str:
        """Why one of these codes keeps a term away; empty where none does."""
        return next((self.codes[term, c] for c in codes if (term, c) in self.codes), "")
