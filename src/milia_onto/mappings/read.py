"""Any SSSOM/TSV set as mappings (SSSOM 1.1): header in the file or beside it, any order of columns.

The curated sets of the project are read more strictly by ``stages.sssom``; the YAML of the header
is read by the same code.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from milia_onto.mappings.model import ABSENT, Mapping, MappingSet
from milia_onto.model.errors import ContentError
from milia_onto.model.values import Place
from milia_onto.stages.sssom import header_length, parse_header

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

# Prefixes that need no declaration (SSSOM 1.1, "Built-in prefixes").
BUILT_IN = {
    "sssom": "https://w3id.org/sssom/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "linkml": "https://w3id.org/linkml/",
}
NEEDED = ("predicate_id", "object_id", "mapping_justification")
INHERITED = ("subject_type", "object_type", "predicate_type")
NO_CURIE = ("rdfs literal", "composed entity expression")
VERSIONS = ("1.0", "1.1")
FORMULA_STARTS = ("=", "@", "+", "-")
# A minus before a chemical name is none.
FORMULA = re.compile(r"[=@]|[+-](?:\s*\w+\s*[(|!]|[^(|]*(?:[A-Z]{2}\(|\|.*!))", re.DOTALL)
NUMBER = re.compile(r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would run the cell when the table is opened."""
    return cell[:1] in FORMULA_STARTS and FORMULA.match(cell[:200]) is not None


def read_set(name: str, text: str, beside: str = "") -> MappingSet:
    """The mappings of an SSSOM/TSV text; ``beside`` is its external metadata, where it has any.

    Raises ContentError for what SSSOM does not allow, with the line.
    """
    # A line ends at a line feed alone: U+2028 and the like stand in labels.
    lines = list(io.StringIO(text.removeprefix("\ufeff"), newline="\n"))
    length = header_length(lines)
    block = [line[1:].rstrip("\r\n") for line in lines[:length]] or beside.split("\n")
    header, findings = parse_header(name, block)
    if findings:
        line = findings[0].place.line if findings[0].place else 1
        raise ContentError(findings[0].message, place=f"{name}:{line}", fix=findings[0].fix)
    version = str(header.get("sssom_version", "1.0"))
    if version not in VERSIONS:
        told = f"is of SSSOM {version[:20]}, and this program reads {' and '.join(VERSIONS)}"
        raise ContentError(told, place=name)
    prefixes = _prefixes(name, header)
    rows = tuple(_rows(name, lines[length:], length, header, prefixes))
    return MappingSet(name, rows, prefixes)


def _prefixes(name: str, header: dict[str, Any]) -> dict[str, str]:
    found = header.get("curie_map", {})
    if not isinstance(found, dict) or not all(
        isinstance(part, str) for pair in found.items() for part in pair
    ):
        fix = "write a line “PREFIX: namespace” for each prefix below it"
        raise ContentError("curie_map is not a map of prefixes", place=name, fix=fix)
    for prefix, namespace in BUILT_IN.items():
        if found.get(prefix, namespace) != namespace:
            raise ContentError(f"the built-in prefix {prefix} means {namespace}", place=name)
    return {**found, **BUILT_IN}


def _rows(
    name: str, lines: Sequence[str], above: int, header: dict[str, Any], prefixes: dict[str, str]
) -> Iterator[Mapping]:
    table = csv.reader(lines, delimiter="\t", strict=True)
    try:
        columns = next(table, [])
        _check_columns(Place(name, above + 1), columns)
        for cells in table:
            place = Place(name, above + table.line_num)
            if not any(cells):
                continue
            if len(cells) > len(columns):
                told = f"{len(cells)} cells where the header has {len(columns)}"
                raise ContentError(told, place=str(place), fix="give every column one cell")
            inherited = {slot: str(header[slot]) for slot in INHERITED if slot in header}
            row = inherited | dict(zip(columns, cells, strict=False))
            found = _mapping(place, row, prefixes)
            if found:
                yield found
    except csv.Error as error:
        place = Place(name, above + table.line_num)
        raise ContentError(f"is no TSV: {error}", place=str(place)) from None


def _check_columns(place: Place, columns: Sequence[str]) -> None:
    missing = [slot for slot in NEEDED if slot not in columns]
    if not {"subject_id", "subject_label"} & set(columns):
        missing.insert(0, "subject_id")
    if missing:
        fix = "an SSSOM table is separated by tabs and names its slots in the first row"
        raise ContentError(f"has no column {', '.join(missing)}", place=str(place), fix=fix)
    if len(set(columns)) != len(columns):
        raise ContentError("has two columns of one name", place=str(place))


def _mapping(place: Place, row: dict[str, str], prefixes: dict[str, str]) -> Mapping | None:
    """A row as a mapping; None for one that says that nothing was found."""
    for column, cell in row.items():
        if is_formula(cell):
            where = str(place._replace(column=column))
            raise ContentError("the cell is a spreadsheet formula", place=where, fix="delete it")
    for slot in ("subject_id", "predicate_id", "object_id", "mapping_justification"):
        _check_curie(place._replace(column=slot), row, slot, prefixes)
    if row.get("predicate_modifier", "") not in {"", "Not"}:
        where = str(place._replace(column="predicate_modifier"))
        raise ContentError("the modifier is not “Not”", place=where)
    if row.get("subject_id") in ABSENT or row["object_id"] in ABSENT:
        return None
    return Mapping(
        place,
        row.get("subject_id", ""),
        row.get("subject_label", ""),
        row["predicate_id"],
        row.get("predicate_modifier") == "Not",
        row["object_id"],
        row.get("object_label", ""),
        _confidence(place._replace(column="confidence"), row.get("confidence", "")),
    )


def _check_curie(place: Place, row: dict[str, str], slot: str, prefixes: dict[str, str]) -> None:
    kind = row.get(slot.replace("_id", "_type"), "")
    text = row.get(slot, "")
    if kind in NO_CURIE and (text or row.get(slot.replace("_id", "_label"))):
        return
    prefix, colon, local = text.partition(":")
    if not colon or not local:
        raise ContentError(f"“{text[:60]}” is no CURIE", place=str(place), fix="write PREFIX:local")
    if prefix not in prefixes:
        fix = f"declare {prefix[:40]} in the curie_map of the header"
        raise ContentError(f"the prefix {prefix[:40]} is not declared", place=str(place), fix=fix)


def _confidence(place: Place, text: str) -> float | None:
    if not text:
        return None
    if not NUMBER.fullmatch(text) or float(text) > 1:
        raise ContentError(f"“{text[:40]}” is not a number from 0 to 1", place=str(place))
    return float(text)
