"""Codes that must not be used for a term, out of the negative rows of SSSOM mapping sets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from milia_onto.publish.names import spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Apart(NamedTuple):
    """A code with its label, the term that it does not mean, and why."""

    code: str
    code_label: str
    term: str
    term_label: str
    why: str


def apart(rows: Iterable[Mapping[str, str]], wanted: set[str]) -> Iterator[Apart]:
    """The negative rows whose code is ``wanted``, which ``Index.wanted`` gives."""
    for row in rows:
        code = row["object_id"]
        if row.get("predicate_modifier") == "Not" and not wanted.isdisjoint(spellings(code)):
            label = row["object_label"]
            yield Apart(code, label, row["subject_id"], row["subject_label"], row["comment"])
