"""Tell what changed between two releases, and whether it breaks those who use them.

Breaking is what takes away an identifier, a name, a placement, a mapping, a column or a file, or
lets it mean another thing. Changed is what a statement says; additive what is new; editorial the
words alone. Exit code 1 where anything is breaking.

Examples:
  milia-onto diff releases/old build
  milia-onto diff old new --least breaking --format tsv
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from milia_onto.cli.records import as_json, as_tsv
from milia_onto.model.layout import JSONLD, MANIFEST
from milia_onto.publish.manifest import stated

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence

    from milia_onto.model.values import Release
    from milia_onto.publish.diff import Change
    from milia_onto.publish.lookup import Index

COLUMNS = ("level", "kind", "thing", "label", "respect", "before", "after")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``diff``."""
    from milia_onto.publish.diff.changes import LEVELS

    add = parser.add_argument
    add("old", type=Path, metavar="OLD", help="the folder of the older release")
    add("new", type=Path, metavar="NEW", help="the folder of the newer one")
    add("--least", choices=LEVELS, default=LEVELS[-1], help="list nothing below (default: all)")
    add("--format", choices=("text", "tsv", "json"), default="text", help="the form of the list")


def run(args: argparse.Namespace) -> int:
    """Print the changes; 1 where any is breaking."""
    from milia_onto.publish.diff import diff
    from milia_onto.publish.diff.changes import LEVELS

    old, new = _read(args.old), _read(args.new)
    changes = diff(old, new)
    listed = [c for c in changes if LEVELS.index(c.level) <= LEVELS.index(args.least)]
    indexes = _indexes(old, new)
    records = [_record(change, indexes) for change in listed]
    sys.stdout.write(_FORMS[args.format](records))
    counts = [f"{sum(c.level == level for c in changes)} {level}" for level in LEVELS]
    versions = " → ".join(map(_version, (old, new)))
    breaks = any(change.level == LEVELS[0] for change in changes)
    told = "users of the older one must look at what is breaking" if breaks else "breaks nobody"
    sys.stderr.write(f"{versions}: {', '.join(counts)}; {told}\n")
    return 1 if breaks else 0


def _read(folder: Path) -> Release:
    """A release whose files are those of its manifest. Raises ContentError, SurroundingsError."""
    from milia_onto.edges.files import read_release
    from milia_onto.model.errors import ContentError
    from milia_onto.publish.verify import verify

    release = read_release(folder)
    if found := verify(release, graphs=False):
        told = f"is no intact release: {found[0].place}: {found[0].message}"
        raise ContentError(told, place=str(folder), fix="see all of it with milia-onto verify")
    return release


def _version(release: Release) -> str:
    return stated(release.files[MANIFEST], "version")


def _indexes(old: Release, new: Release) -> list[Index]:
    """The terms of both releases, of the newer one first."""
    from milia_onto.publish.lookup import index_of

    return [index_of(release.files[JSONLD]) for release in (new, old)]


def _record(change: Change, indexes: Sequence[Index]) -> dict[str, str]:
    def short(text: str) -> str:
        return " ".join(map(indexes[0].compressed, text.split(" ")))

    thing = short(change.thing)
    labels = (index.label(thing) for index in indexes)
    return {
        "level": change.level,
        "kind": change.kind,
        "thing": thing,
        "label": next((label for label in labels if label and label != thing), ""),
        "respect": short(change.respect),
        "before": short(change.before),
        "after": short(change.after),
        "message": change.message,
    }


def _as_text(records: Iterable[dict[str, str]]) -> str:
    return "".join(map(_lines, records))


def _lines(record: dict[str, str]) -> str:
    label = f" “{record['label']}”" if record["label"] else ""
    respect = f" · {record['respect']}" if record["respect"] else ""
    lines = [f"{record['level']}: {record['thing']}{label}{respect}: {record['message']}"]
    lines += [f"    - {record['before']}"] if record["before"] else []
    lines += [f"    + {record['after']}"] if record["after"] else []
    return "\n".join(lines) + "\n"


_FORMS: dict[str, Callable[[Sequence[dict[str, str]]], str]] = {
    "text": _as_text,
    "tsv": partial(as_tsv, COLUMNS),
    "json": as_json,
}
