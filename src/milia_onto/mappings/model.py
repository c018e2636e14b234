"""What the care of mappings speaks of: a mapping, an entry of an authority, a verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping as Map

    from milia_onto.model.values import Place

NOTHING_FOUND = "sssom:NoTermFound"
# The second is what it was called in the drafts of SSSOM.
ABSENT = (NOTHING_FOUND, "sssom:NoMapping")
# What may be said of a mapping's target; all but the first two are stale.
STATES = {
    "same": "lives, and is called so",
    "uncovered": "no table tells of it",
    "relabelled": "has another label",
    "replaced": "is obsolete, with a replacement",
    "obsolete": "is obsolete, without a replacement",
    "split": "is obsolete, and several terms replace it",
    "merged": "was merged into a term that holds more than it did",
    "gone": "is not in the table that should hold it",
}
GOOD = ("same", "uncovered")


@dataclass(frozen=True, slots=True)
class Mapping:
    """One row of an SSSOM set, with the slots of the header it inherits."""

    place: Place
    subject: str
    subject_label: str
    predicate: str
    negated: bool
    object: str
    object_label: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class MappingSet:
    """The rows of a set and its prefixes."""

    name: str
    rows: tuple[Mapping, ...]
    prefixes: Map[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """What an authority says of an identifier."""

    id: str
    label: str = ""
    synonyms: tuple[str, ...] = ()
    xrefs: tuple[str, ...] = ()
    obsolete: bool = False
    replaced_by: tuple[str, ...] = ()
    consider: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()


class Link(NamedTuple):
    """What a third party says: ``subject`` ``predicate`` ``object``, as it calls the object."""

    subject: str
    predicate: str
    object: str
    object_label: str
    table: str


@dataclass(frozen=True, slots=True)
class Table:
    """An authority's table: its entries; whether an identifier that is not in it may exist."""

    name: str
    entries: tuple[Entry, ...]
    partial: bool = False
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the target of a mapping fares: its state, its label now, what may take its place."""

    mapping: Mapping
    state: str
    label: str = ""
    instead: tuple[Entry, ...] = field(default=())
    reason: str = ""
