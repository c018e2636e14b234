"""Tab-separated tables to rows. A bad row is a finding, never a guess."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from milia_onto.model.values import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

CHECK = "table-row"
# Of a table that has this, no row is read: what its rows would have said lacks everywhere.
UNREADABLE = "table-form"
WHY = "A table that is read differently from how its curator meant it loses facts silently."


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, whether a cell may be empty, and a test of the cell's text.

    ``test`` returns what is wrong with a cell, or an empty string.
    """

    name: str
    required: bool = True
    test: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its place and its cells by column name."""

    place: Place
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def many(self, column: str) -> list[str]:
        """The parts of a cell that holds a list joined by ``|``."""
        return [part for part in self.cells[column].split("|") if part]


def one_of(*choices: str) -> Callable[[str], str]:
    """A cell test: the text is one of ``choices``."""

    def test(text: str) -> str:
        return "" if text in choices else f"“{text}” is not one of {', '.join(choices)}"

    return test


def date(text: str) -> str:
    """What is wrong with a cell that holds a day (ISO 8601)."""
    # Alone, fromisoformat takes other forms of ISO 8601 too.
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return f"“{text}” is not YYYY-MM-DD"
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return f"“{text}” is no day of the calendar"
    return ""


def complain(place: Place, message: str, fix: str, check: str = CHECK) -> Finding:
    """A blocking finding about a table at ``place``."""
    return Finding(check, "violation", message, why=WHY, fix=fix, place=place)


def decode(file: str, data: bytes) -> tuple[list[str], list[Finding]]:
    """The lines of a UTF-8 text without their line ends; what is wrong with its encoding."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fix = "save the file as UTF-8"
        return [], [complain(Place(file, line), "not UTF-8", fix, UNREADABLE)]
    if text.startswith("\ufeff"):
        message, fix = "starts with a byte order mark", "save it without BOM"
        return [], [complain(Place(file, 1), message, fix, UNREADABLE)]
    return text.replace("\r\n", "\n").split("\n"), []


def read_table(
    file: str, data: bytes, columns: Sequence[Column], *, skip: int = 0
) -> tuple[list[Row], list[Finding]]:
    """The good rows of a table, and a finding for each row, cell or header that is not.

    ``skip`` lines before the header are passed over (the YAML block of an SSSOM set).
    """
    lines, findings = decode(file, data)
    names = [column.name for column in columns]
    if findings or len(lines) <= skip or lines[skip].split("\t") != names:
        if not findings:
            fix = f"write the header as: {' <tab> '.join(names)}"
            place, message = Place(file, skip + 1), "the header is not as expected"
            findings.append(complain(place, message, fix, UNREADABLE))
        return [], findings
    rows = []
    for number, line in enumerate(lines[skip + 1 :], skip + 2):
        if not line:
            continue
        row, wrong = _read_row(Place(file, number), line, columns)
        findings += wrong
        if not wrong:
            rows.append(row)
    return rows, findings


def _read_row(place: Place, line: str, columns: Sequence[Column]) -> tuple[Row, list[Finding]]:
    cells = line.split("\t")
    if len(cells) != len(columns):
        message = f"{len(cells)} cells where the header has {len(columns)}"
        return Row(place, {}), [complain(place, message, "give every column a cell, even if empty")]
    wrong = []
    for column, cell in zip(columns, cells, strict=True):
        problem, fix = _cell_problem(column, cell)
        if problem:
            wrong.append(complain(place._replace(column=column.name), problem, fix))
    names = (column.name for column in columns)
    return Row(place, dict(zip(names, cells, strict=True))), wrong


def _cell_problem(column: Column, cell: str) -> tuple[str, str]:
    if cell != cell.strip():
        return "the cell starts or ends with a blank", "delete the blank"
    if cell.startswith('"'):
        return "the cell is quoted", "write the text without quotation marks around it"
    if not cell:
        return ("the cell is empty", f"fill in “{column.name}”") if column.required else ("", "")
    problem = column.test(cell) if column.test else ""
    return problem, "correct the cell" if problem else ""


def out_of_order(rows: Sequence[Row], *columns: str) -> list[Finding]:
    """A finding for the first row that is not sorted by ``columns``."""
    keys = [tuple(row[column] for column in columns) for row in rows]
    for row, before, here in zip(rows[1:], keys, keys[1:], strict=False):
        if here < before:
            message = f"“{here[0]}” comes after “{before[0]}”: the rows are not sorted"
            return [complain(row.place, message, f"sort the rows by {', '.join(columns)}")]
    return []


def repeated(rows: Sequence[Row], column: str) -> Iterator[Finding]:
    """A finding for each row whose cell in ``column`` an earlier row has already."""
    first: dict[str, Row] = {}
    for row in rows:
        key = row[column]
        if key in first:
            message = f"“{key}” was already given in line {first[key].place.line}"
            yield complain(row.place._replace(column=column), message, "keep one of the two rows")
        first.setdefault(key, row)
