"""The words for changes: what each is called, and what it means for a user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar, get_args

from milia_onto.model.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")
Level = Literal["breaking", "changed", "additive", "editorial"]
LEVELS: tuple[Level, ...] = get_args(Level)
KINDS: dict[str, tuple[Level, str]] = {
    "file-gone": ("breaking", "the file is gone"),
    "file-new": ("additive", "a new file"),
    "column-gone": ("breaking", "the column is gone"),
    "column-changed": ("breaking", "the column has another type"),
    "column-new": ("additive", "a new column"),
    "context-gone": ("breaking", "the JSON-LD context has the name no more"),
    "context-changed": ("breaking", "the JSON-LD context reads the name otherwise"),
    "context-new": ("additive", "a new name of the JSON-LD context"),
    "shape-gone": ("changed", "the shape is gone: data may conform that did not"),
    "shape-changed": (
        "breaking",
        "the shape asks otherwise: data that conformed may do so no more",
    ),
    "shape-new": ("breaking", "a new shape: data that conformed may do so no more"),
    "query-changed": ("changed", "the query asks otherwise"),
    "entity-gone": ("breaking", "the identifier is gone"),
    "entity-new": ("additive", "a new identifier"),
    "import-gone": ("changed", "a term of another vocabulary that is not taken over any more"),
    "import-new": ("additive", "a term of another vocabulary that is taken over now"),
    "part-gone": ("changed", "a part of a statement is gone"),
    "part-new": ("additive", "a new part of a statement"),
    "deprecated": ("breaking", "withdrawn; use what replaces it"),
    "restored": ("changed", "no longer withdrawn"),
    "type-gone": ("breaking", "is no longer one of these"),
    "type-new": ("additive", "is one of these now"),
    "name-gone": ("breaking", "is no longer found by this name"),
    "name-new": ("additive", "a new name"),
    "label-changed": ("editorial", "has another label"),
    "ancestor-gone": ("breaking", "no longer a kind of it"),
    "ancestor-new": ("additive", "now a kind of it"),
    "axiom-gone": ("breaking", "the axiom is gone"),
    "axiom-new": ("additive", "a new axiom"),
    "constraint-new": ("breaking", "a new axiom that consistent data may contradict"),
    "mapping-gone": ("breaking", "the mapping is gone"),
    "mapping-changed": ("breaking", "the mapping says another relation"),
    "mapping-new": ("additive", "a new mapping"),
    "value-gone": ("changed", "says this no more"),
    "value-changed": ("changed", "says something else"),
    "value-new": ("additive", "says this, too"),
    "text-gone": ("editorial", "the text is gone"),
    "text-changed": ("editorial", "other words"),
    "text-new": ("editorial", "a new text"),
}


class Change(NamedTuple):
    """One change: its kind, of which thing (an IRI or a path), in what respect, before and after.

    ``respect`` is the IRI of a property, a name, or empty; ``before`` and ``after`` are texts,
    IRIs or axioms in Manchester Syntax, empty where there is none.
    """

    kind: str
    thing: str
    respect: str = ""
    before: str = ""
    after: str = ""

    @property
    def level(self) -> Level:
        """What the change means for a user: one of ``LEVELS``."""
        return KINDS[self.kind][0]

    @property
    def message(self) -> str:
        """The change in words."""
        return KINDS[self.kind][1]

    def sort_key(self) -> tuple[int, Change]:
        """Breaking changes first, then by kind, thing and what was changed."""
        return LEVELS.index(self.level), self


def by_name(prefix: str, old: dict[str, T], new: dict[str, T], place: str = "") -> Iterator[Change]:
    """What is gone, new or (where the values differ) changed among things with names.

    ``prefix`` begins the kinds; where it knows no ``-changed``, values are not compared. With
    ``place`` that is the thing, and the names are what was changed in it.
    """
    for name in sorted({*old, *new}):
        if name not in new:
            yield _change(f"{prefix}-gone", place, name)
        elif name not in old:
            yield _change(f"{prefix}-new", place, name)
        elif f"{prefix}-changed" in KINDS and old[name] != new[name]:
            yield _change(f"{prefix}-changed", place, name)


def _change(kind: str, place: str, name: str) -> Change:
    return Change(kind, place, name) if place else Change(kind, name)


def unreadable(path: str, error: Exception) -> ContentError:
    """The error that says that a file of a release cannot be read."""
    told = " ".join(str(error).split())
    return ContentError(
        f"cannot be read: {told}", place=path, fix="look at the release with milia-onto verify"
    )


def pairs(before: Iterable[str], after: Iterable[str]) -> tuple[list[str], list[str]]:
    """What only the first has, and what only the second has, both sorted."""
    old, new = set(before), set(after)
    return sorted(old - new), sorted(new - old)
