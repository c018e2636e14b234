"""Records for tools: as JSON, and as TSV without blanks that would break a line or a cell."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def as_json(value: Any) -> str:
    """A value as the JSON that commands print: indented, with letters of all scripts as such."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def as_tsv(columns: Sequence[str], records: Iterable[Mapping[str, str]]) -> str:
    """A line with the columns, and one a record. Runs of blanks become one blank."""
    rows = [columns, *([record[column] for column in columns] for record in records)]
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)
