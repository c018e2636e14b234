"""The lines of an authority's table or a mapping set as a ``Table``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from milia_onto.mappings.model import Entry, Link, Table
from milia_onto.mappings.read import is_formula, read_set
from milia_onto.model.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

COLUMNS = ("id", "label")
LISTS = ("synonyms", "xrefs", "replaced_by", "consider", "alt_ids", "parents")
YES_OR_NO = {"y": True, "true": True, "n": False, "false": False, "": False}
# Mondo's mapping sets in one table, as the authority tables of the project keep them.
PAIRS = ("mondo_id", "predicate", "object_id", "object_label")


def read(name: str, lines: Iterator[str]) -> Table:
    """The table in ``lines`` (without line ends); its form is told by its first line.

    Raises ContentError where it has none of the forms, or a row does not fit.
    """
    first = next(lines, "")
    partial = re.search(r"_slice\b", name) is not None
    columns = first.split("\t")
    if first.startswith("#") or "predicate_id" in columns:
        found = read_set(name, "\n".join((first, *lines)) + "\n")
        rows = [row for row in found.rows if row.subject and not row.negated]
        links = (Link(m.subject, m.predicate, m.object, m.object_label, name) for m in rows)
        return Table(name, (), partial, tuple(links))
    if tuple(columns) == PAIRS:
        pairs = (cells for _, cells in _cells(name, columns, lines))
        links = (Link(s, f"skos:{p}", o, label, name) for s, p, o, label in pairs)
        return Table(name, (), partial, tuple(links))
    missing = [column for column in COLUMNS if column not in columns]
    if missing:
        fix = "a table is tab-separated and has at least the columns id and label"
        raise ContentError(f"has no column {', '.join(missing)}", place=f"{name}:1", fix=fix)
    return Table(name, tuple(_entries(name, columns, lines)), partial)


def _cells(name: str, columns: list[str], lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(lines, 2):
        cells = line.split("\t")
        if cells == [""]:
            continue
        if len(cells) != len(columns):
            told = f"{len(cells)} cells where the header has {len(columns)}"
            raise ContentError(told, place=f"{name}:{number}", fix="give every column one cell")
        yield number, cells


def _entries(name: str, columns: list[str], lines: Iterable[str]) -> Iterator[Entry]:
    at = {column: number for number, column in enumerate(columns)}
    lists = [at.get(column, len(columns)) for column in LISTS]
    for number, cells in _cells(name, columns, lines):
        # What a table has no column for is empty.
        cells.append("")
        id_, label = cells[at["id"]], cells[at["label"]]
        obsolete = cells[at.get("obsolete", -1)]
        place = f"{name}:{number}"
        if ":" not in id_:
            raise ContentError(f"“{id_[:60]}” is no CURIE", place=place)
        if is_formula(label):
            raise ContentError("the label is a spreadsheet formula", place=place, fix="delete it")
        if obsolete not in YES_OR_NO:
            raise ContentError(f"obsolete is “{obsolete[:20]}”", place=place, fix="write y or n")
        synonyms, xrefs, *rest = (_many(cells[column]) for column in lists)
        yield Entry(id_, label, synonyms, xrefs, YES_OR_NO[obsolete], *rest)


def _many(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part) if cell else ()
