"""The publisher of the Milia Ontology: what the commands do, as typed functions.

>>> import milia_onto
>>> index = milia_onto.index_of(open("build/milia.jsonld", "rb").read())  # doctest: +SKIP
>>> index.search("L72.0").hits[0].label  # doctest: +SKIP
'milia'

Nothing is imported before it is asked for, so that a quick command stays quick.
"""

from __future__ import annotations

from importlib import import_module

from milia_onto._version import __version__

# Type checkers take this for true; importing `typing` would double the start-up of --version.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from milia_onto.edges.convert import convert
    from milia_onto.edges.files import read_release, read_sources, write_release
    from milia_onto.edges.query import ask
    from milia_onto.model.errors import (
        ContentError,
        GateClosedError,
        LimitError,
        MiliaError,
        SurroundingsError,
        UsageError,
    )
    from milia_onto.model.values import Finding, Release, Sources
    from milia_onto.pipeline import build, check, make
    from milia_onto.publish.diff import diff
    from milia_onto.publish.lookup import index_of
    from milia_onto.publish.verify import verify

__all__ = [
    "ContentError",
    "Finding",
    "GateClosedError",
    "LimitError",
    "MiliaError",
    "Release",
    "Sources",
    "SurroundingsError",
    "UsageError",
    "__version__",
    "ask",
    "build",
    "check",
    "convert",
    "diff",
    "index_of",
    "make",
    "read_release",
    "read_sources",
    "verify",
    "write_release",
]
_HOMES = {
    "milia_onto.edges.convert": ("convert",),
    "milia_onto.edges.files": ("read_release", "read_sources", "write_release"),
    "milia_onto.edges.query": ("ask",),
    "milia_onto.model.errors": (
        "ContentError",
        "GateClosedError",
        "LimitError",
        "MiliaError",
        "SurroundingsError",
        "UsageError",
    ),
    "milia_onto.model.values": ("Finding", "Release", "Sources"),
    "milia_onto.pipeline": ("build", "check", "make"),
    "milia_onto.publish.diff": ("diff",),
    "milia_onto.publish.lookup": ("index_of",),
    "milia_onto.publish.verify": ("verify",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """A public name, imported at first use (PEP 562)."""
    if name not in _HOME_OF:
        raise AttributeError(f"module milia_onto has no attribute {name}")
    return getattr(import_module(_HOME_OF[name]), name)
