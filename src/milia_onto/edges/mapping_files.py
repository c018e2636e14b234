"""Reads the files of ``mappings check``, line by line, however large or broken they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.edges.locate import read_bytes
from milia_onto.edges.vocabulary.detect import format_of
from milia_onto.edges.vocabulary.identifiers import Identifiers
from milia_onto.edges.vocabulary.reading import Asked, read_vocabulary
from milia_onto.edges.vocabulary.source import lines, malformed
from milia_onto.mappings.model import Entry, Table
from milia_onto.mappings.read import read_set
from milia_onto.mappings.tables import read
from milia_onto.model.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from milia_onto.link.record import Record
    from milia_onto.mappings.model import MappingSet

MOST_LETTERS = 1 << 30
MOST_BESIDE = 1 << 20


def _texts(path: Path) -> Iterator[str]:
    """The lines of a file. Raises ContentError where it is no text, or without end."""
    size = 0
    for number, text in lines(path):
        size += len(text)
        if size > MOST_LETTERS:
            raise malformed(path, number, f"the file is longer than {MOST_LETTERS >> 20} MiB")
        yield text


def read_table(path: Path) -> Table:
    """An authority's table, a whole vocabulary, or a third party's mapping set.

    Raises ContentError for a file that is none, SurroundingsError where it cannot be read.
    """
    form = format_of(path)
    name = path.name.removesuffix(".gz").removesuffix(".tsv")
    if form in {"tsv", "sssom"}:
        return read(name, _texts(path))
    if form == "csv":
        fix = "separate the columns by tabs"
        raise ContentError("a table with commas is not read", place=str(path), fix=fix)
    asked = Asked(path, form, {})
    records = read_vocabulary(asked, Identifiers({}), _Everything())
    return Table(name, tuple(map(_entry, records)))


class _Everything:
    """Every term is wanted, whether it might link or not."""

    def touches(self, _text: str) -> bool:
        return True

    def knows(self, _code: str) -> bool:
        return True


def _entry(record: Record) -> Entry:
    return Entry(
        record.id,
        record.label,
        tuple(name.text for name in record.names if name.scope != "label"),
        record.xrefs,
        record.deprecated,
        record.replaced_by,
        record.consider,
        record.alternatives,
        record.parents,
    )


def read_mappings(path: Path) -> MappingSet:
    """A mapping set; where its table has no header, with the metadata in the .yml beside it."""
    found = list(_texts(path))
    beside = path.with_suffix(".yml")
    external = ""
    if found and not found[0].startswith("#") and beside.is_file():
        external = read_bytes(beside)[:MOST_BESIDE].decode("utf-8", "replace")
    return read_set(str(path), "\n".join(found) + "\n", external)
