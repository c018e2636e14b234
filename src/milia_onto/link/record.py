"""What a reader of a vocabulary yields, and what the matcher makes of it."""

from __future__ import annotations

from typing import NamedTuple


class Name(NamedTuple):
    """A name of a term: its text, its scope (``label``, ``exact`` …) and its language."""

    text: str
    scope: str
    language: str = ""


class Record(NamedTuple):
    """A term of another vocabulary. ``id`` and ``xrefs`` are CURIEs, ``line`` where it begins.

    What follows ``line`` only an OBO file tells: what to consider instead, the identifiers of
    terms that were merged into it, and its parents. All that names other terms is CURIEs, too.
    """

    id: str
    names: tuple[Name, ...]
    xrefs: tuple[str, ...] = ()
    deprecated: bool = False
    replaced_by: tuple[str, ...] = ()
    note: str = ""
    line: int = 0
    consider: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The first label; empty where the term has none."""
        return next((name.text for name in self.names if name.scope == "label"), "")


class Candidate(NamedTuple):
    """One proposed mapping, from the foreign term to the term of the release."""

    subject: str
    subject_label: str
    predicate: str
    object: str
    object_label: str
    justification: str
    confidence: float
    subject_field: str = ""
    object_field: str = ""
    match: str = ""
    similarity: float = 0.0
    comment: str = ""


class Linked(NamedTuple):
    """What became of one record: candidates, and those refused, each with its reason."""

    candidates: tuple[Candidate, ...] = ()
    refused: tuple[Candidate, ...] = ()


NOTHING = Linked()
