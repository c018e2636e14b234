"""What changed between two releases, and whether it breaks those who use them.

``changes`` has the words for it, ``files`` compares what a release is made of, ``graph`` what its
full graph says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.publish.diff.changes import Change
from milia_onto.publish.diff.files import file_changes
from milia_onto.publish.diff.graph import graph_changes

if TYPE_CHECKING:
    from milia_onto.model.values import Release

__all__ = ["Change", "diff"]


def diff(old: Release, new: Release) -> list[Change]:
    """Every change from one release to another, those that break something first, then by thing.

    Raises ContentError where a file of either cannot be read.
    """
    return sorted({*file_changes(old, new), *graph_changes(old, new)}, key=Change.sort_key)
