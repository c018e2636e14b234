"""Rows to Parquet, the same bytes for the same rows and the same version of pyarrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milia_onto.tables.schema import Cell, Table


def parquet(table: Table, rows: Sequence[Sequence[Cell]]) -> bytes:
    """A Parquet 2.6 file with one row group, compressed by zstd.

    Columns of the key and lists are never null. The meaning of each column goes along as its
    metadata. Nothing in the file tells the time or the machine.
    """
    import pyarrow as pa  # type: ignore[import-untyped]
    from pyarrow import parquet as pq

    types = {
        "string": pa.string(),
        "integer": pa.int32(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "list": pa.list_(pa.field("element", pa.string(), nullable=False)),
    }
    fields = [
        pa.field(
            column.name,
            types[column.kind],
            nullable=column.name not in table.key and column.kind not in {"boolean", "list"},
            metadata={"description": column.meaning},
        )
        for column in table.columns
    ]
    columns = zip(*rows, strict=True) if rows else ((),) * len(fields)
    arrays = [pa.array(cells, each.type) for cells, each in zip(columns, fields, strict=True)]
    sink = pa.BufferOutputStream()
    content = pa.Table.from_arrays(arrays, schema=pa.schema(fields))
    pq.write_table(content, sink, compression="zstd", version="2.6", row_group_size=1 << 20)
    return bytes(sink.getvalue())
