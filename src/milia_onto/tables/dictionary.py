"""The data dictionary, for programs (Frictionless Data Package 2.0) and for people (Markdown).

Both are written from the definitions that write the tables, with examples out of their rows.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from milia_onto.tables.partitions import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milia_onto.model.values import Header
    from milia_onto.tables.schema import Cell, Column, Table

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TYPES = {"list": "array"}
IN_ENGINES = {
    "string": "string",
    "integer": "32-bit integer",
    "number": "double",
    "boolean": "boolean",
    "list": "list of strings",
}
HEAD = """# Tables of the Milia Ontology {version}

The release as Parquet files, for DuckDB, Spark, Polars, pandas and other engines. Terms are named
by CURIE; the prefixes are in `../context.jsonld`. Where nothing is known there is null, or a list
without elements; there are no blank nodes. `datapackage.json` says the same as this page for
programs (Frictionless Data Package).

`../triples/` holds the full graph as N-Triples, one folder a kind. No blank node stands in two of
them, so they can be loaded one by one.

"""


def example(table: Table, rows: Sequence[Sequence[Cell]], column: Column) -> Cell:
    """The first value of the column that says something, or None."""
    place = table.columns.index(column)
    return next((row[place] for row in rows if row[place] not in (None, [], "")), None)


def package(
    header: Header,
    tables: Mapping[Table, Sequence[Sequence[Cell]]],
    files: Mapping[str, bytes],
) -> dict[str, Any]:
    """The descriptor ``datapackage.json``; paths are relative to it."""
    return {
        "$schema": PROFILE,
        "name": "milia",
        "id": header.version_iri,
        "title": "Milia Ontology as tables",
        "version": header.version,
        "homepage": header.iri,
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "resources": [
            {
                "name": table.name,
                "path": f"{table.name}.parquet",
                "description": table.title,
                "format": "parquet",
                "mediatype": "application/vnd.apache.parquet",
                "bytes": len(files[table.name]),
                "hash": f"sha256:{hashlib.sha256(files[table.name]).hexdigest()}",
                "schema": _schema(table, rows),
            }
            for table, rows in tables.items()
        ],
    }


def _schema(table: Table, rows: Sequence[Sequence[Cell]]) -> dict[str, Any]:
    fields = []
    for column in table.columns:
        about: dict[str, Any] = {
            "name": column.name,
            "type": TYPES.get(column.kind, column.kind),
            "description": column.meaning,
        }
        if (value := example(table, rows, column)) is not None:
            about["example"] = value
        if column.name in table.key:
            about["constraints"] = {"required": True}
        fields.append(about)
    schema: dict[str, Any] = {"fields": fields, "primaryKey": list(table.key)}
    foreign = [
        _foreign_key(table, column)
        for column in table.columns
        # The standard knows no key for the elements of a list.
        if column.refers and column.kind != "list"
    ]
    return schema | ({"foreignKeys": foreign} if foreign else {})


def _foreign_key(table: Table, column: Column) -> dict[str, Any]:
    other, _, field = column.refers.partition(".")
    reference: dict[str, Any] = {"fields": [field]}
    if other != table.name:
        reference = {"resource": other, **reference}
    return {"fields": [column.name], "reference": reference}


def page(header: Header, tables: Mapping[Table, Sequence[Sequence[Cell]]]) -> bytes:
    """The dictionary as a page."""
    parts = [HEAD.format(version=header.version)]
    parts += ["| partition | holds |\n|---|---|\n"]
    parts += [f"| `kind={kind}` | {holds} |\n" for kind, holds in KINDS.items()]
    for table, rows in tables.items():
        key = ", ".join(f"`{name}`" for name in table.key)
        parts.append(f"\n## `{table.name}.parquet`\n\n{table.title}\n")
        parts.append(f"{len(rows)} rows; key: {key}.\n\n")
        parts.append("| column | type | meaning | refers to | example |\n|---|---|---|---|---|\n")
        for column in table.columns:
            cells = (
                f"`{column.name}`",
                IN_ENGINES[column.kind],
                column.meaning,
                f"`{column.refers}`" if column.refers else "",
                _shown(example(table, rows, column)),
            )
            parts.append(f"| {' | '.join(cells)} |\n")
    return "".join(parts).encode()


def _shown(value: Cell) -> str:
    if value is None:
        return ""
    texts = (
        value[:2] if isinstance(value, list) else [json.dumps(value, ensure_ascii=False).strip('"')]
    )
    return ", ".join(f"`{text.replace('|', '&#124;')}`" for text in texts)
