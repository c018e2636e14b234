"""CSV and TSV with named columns: one row a term, lists joined by ``|``."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, NamedTuple

from milia_onto.edges.vocabulary.source import LINE_LIMIT, lines, malformed
from milia_onto.link.record import Name, Record
from milia_onto.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from milia_onto.edges.vocabulary.identifiers import Identifiers

# What a column may be called, in lower case without blanks and underscores.
NAMES = {
    "id": ("id", "code", "curie", "identifier", "notation", "conceptcode", "conceptid", "iri",
           "uri", "termid", "subjectid", "icd10code"),
    "label": ("label", "name", "title", "preflabel", "preferredlabel", "preferredterm", "display",
              "conceptname", "term", "description", "longdescription"),
    "synonyms": ("synonyms", "synonym", "altlabel", "altlabels", "aliases", "inclusionterms"),
    "xrefs": ("xrefs", "xref", "dbxrefs", "crossreferences", "hasdbxref"),
    "obsolete": ("obsolete", "deprecated", "isobsolete"),
    "replaced_by": ("replacedby",),
    "definition": ("definition", "def"),
}  # fmt: skip
NEEDED = ("id", "label")
YES = frozenset({"y", "yes", "true", "t", "1", "x", "obsolete", "deprecated"})
SEPARATORS = {"tsv": "\t", "csv": ","}


class Layout(NamedTuple):
    """Where each role stands in a row; how many cells a row has."""

    at: Mapping[str, int]
    width: int

    def record(self, cells: Sequence[str], ids: Identifiers, path: Path, line: int) -> Record:
        """The record of one row.

        Raises ContentError where the row has not as many cells as the header, UsageError
        where its identifier is none.
        """
        if len(cells) != self.width:
            message = f"the row has {len(cells)} cells, the header {self.width}"
            raise malformed(path, line, message)
        names = [Name(label, "label")] if (label := self._cell(cells, "label")) else []
        names += [Name(text, "synonym") for text in self._list(cells, "synonyms")]
        return Record(
            ids.curie(self._cell(cells, "id"), f"{path}:{line}"),
            tuple(names),
            tuple(ids.xref(code) for code in self._list(cells, "xrefs")),
            self._cell(cells, "obsolete").lower() in YES,
            tuple(ids.reference(code) for code in self._list(cells, "replaced_by")),
            self._cell(cells, "definition"),
            line,
        )

    def _cell(self, cells: Sequence[str], role: str) -> str:
        place = self.at.get(role)
        return "" if place is None else cells[place].strip()

    def _list(self, cells: Sequence[str], role: str) -> list[str]:
        text = self._cell(cells, role)
        return [part.strip() for part in text.split("|") if part.strip()] if text else []


def layout_of(header: Sequence[str], columns: Mapping[str, str], path: Path) -> Layout:
    """The roles of the columns, as the caller says or as their names tell.

    Raises UsageError where the caller names a column that is not there, or where no column holds
    identifiers or labels.
    """
    at: dict[str, int] = {}
    for role, wanted in columns.items():
        if role not in NAMES:
            fix = f"the roles are {', '.join(NAMES)}"
            raise UsageError(f"--columns: no role is called {role}", fix=fix)
        if wanted not in header:
            fix = f"its columns are {', '.join(header)[:300]}"
            raise UsageError(f"no column is called {wanted}", place=f"{path}:1", fix=fix)
        at[role] = header.index(wanted)
    plain = [name.lower().replace("_", "").replace(" ", "").strip('"') for name in header]
    for role, known in NAMES.items():
        found = next((plain.index(name) for name in known if name in plain), None)
        if role not in at and found is not None and found not in at.values():
            at[role] = found
    missing = [role for role in NEEDED if role not in at]
    if missing:
        fix = f"say --columns {','.join(f'{role}=NAME' for role in missing)}"
        raise UsageError(f"no column holds the {missing[0]}", place=f"{path}:1", fix=fix)
    return Layout(at, len(header))


def split(text: str, separator: str, path: Path, line: int) -> list[str]:
    """The cells of one line that is a row. Raises ContentError where the quotes are wrong."""
    if separator == "\t":
        return text.split("\t")
    try:
        return next(csv.reader([text], delimiter=separator, strict=True), [])
    except csv.Error as error:
        raise malformed(path, line, f"not CSV: {error}") from None


def read_table(
    path: Path, form: str, ids: Identifiers, columns: Mapping[str, str]
) -> Iterator[Record]:
    """The records of a table. A quoted cell of CSV may hold line ends; TSV knows no quotes.

    Raises SurroundingsError where the table is empty or malformed.
    """
    rows = _rows(path, form)
    first = next(rows, None)
    if first is None:
        raise malformed(path, 1, "the file is empty", "name a file with a header row")
    layout = layout_of(first[1], columns, path)
    for line, cells in rows:
        if cells and cells != [""]:
            yield layout.record(cells, ids, path, line)


def separator_of(header: str, form: str) -> str:
    """What stands between cells: a tab, or of comma and semicolon what the header has more of."""
    if form == "csv" and header.count(";") > header.count(","):
        return ";"
    return SEPARATORS[form]


def _rows(path: Path, form: str) -> Iterator[tuple[int, list[str]]]:
    source = lines(path)
    if form == "tsv":
        yield from ((number, text.split("\t")) for number, text in source)
        return
    first = next(source, (1, ""))
    csv.field_size_limit(LINE_LIMIT)
    text_lines = (f"{text}\n" for _, text in _chained(first, source))
    reader = csv.reader(text_lines, delimiter=separator_of(first[1], form), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise malformed(path, reader.line_num, f"not CSV: {error}") from None


def _chained(first: tuple[int, str], rest: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    yield first
    yield from rest
