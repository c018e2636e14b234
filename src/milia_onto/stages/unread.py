"""Authored files that nobody reads: what they say would be lost without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.model import layout
from milia_onto.model.values import Finding, Place
from milia_onto.stages.gate import WAIVERS
from milia_onto.stages.profiles import EL_EXCEPTIONS

if TYPE_CHECKING:
    from milia_onto.model.values import Sources

# What others read than the merge: the file itself, or all below a folder by its suffix.
FILES = (layout.LOGO, WAIVERS, EL_EXCEPTIONS)
FOLDERS = (
    (layout.QUERIES, ".ttl"),
    (layout.CHECKS, ".rq"),
    (layout.GATE_SHAPES, ".ttl"),
    (layout.PUBLIC_SHAPES, ".ttl"),
)
FOR_PEOPLE = "README.md"


def unread(sources: Sources, merged: set[str]) -> list[Finding]:
    """A blocking finding for each file that is neither in ``merged`` nor read by another stage.

    A ``README.md`` is for people.
    """
    known = merged.union(FILES, *(sources.under(*each) for each in FOLDERS))
    return [
        Finding(
            "unread-file",
            "violation",
            "nobody reads a file of this name",
            value=path,
            why="A misnamed file takes what it says out of the release without a word.",
            fix="name it as docs/reference/files.md says, or remove it",
            place=Place(path),
        )
        for path in sorted(sources.files)
        if path not in known and path.rsplit("/", 1)[-1] != FOR_PEOPLE
    ]
