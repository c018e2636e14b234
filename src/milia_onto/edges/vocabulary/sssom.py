"""SSSOM mapping sets as vocabularies: both ends of each row are terms with a label.

A row with an exact match makes each end a cross-reference of the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from milia_onto.edges.vocabulary.source import lines, malformed
from milia_onto.link.record import Name, Record
from milia_onto.model.errors import UsageError
from milia_onto.stages.sssom import Plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from milia_onto.edges.vocabulary.identifiers import Identifiers

HEADER_LIMIT = 1 << 20
NEEDED = ("subject_id", "predicate_id", "object_id")
SAME = "skos:exactMatch"


def read_sssom(path: Path, ids: Identifiers) -> Iterator[Record]:
    """The terms at both ends of the rows of a mapping set.

    Raises ContentError where the header is not plain YAML or a row is short, UsageError
    where a column is missing or a prefix is not in the curie_map.
    """
    header: list[str] = []
    size = 0
    columns: list[str] = []
    for number, text in lines(path):
        if not columns and text.startswith("#"):
            header.append(text[1:])
            size += len(text)
            if size > HEADER_LIMIT:
                raise malformed(path, number, f"the header is longer than {HEADER_LIMIT} bytes")
        elif not columns:
            _declare(header, path, ids)
            columns = text.split("\t")
            for name in NEEDED:
                if name not in columns:
                    fix = f"its columns are {', '.join(columns)[:300]}"
                    raise UsageError(f"no column {name}", place=f"{path}:{number}", fix=fix)
        elif text:
            yield from _ends(columns, text.split("\t"), ids, path, number)
    if not columns:
        raise malformed(path, 1, "the mapping set has no rows", "name a file with a header row")


def _declare(header: list[str], path: Path, ids: Identifiers) -> None:
    try:
        said = yaml.load("\n".join(header), Plain)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it cannot be read"
        line = mark.line + 1 if mark else 1
        raise malformed(path, line, f"the header is not plain YAML: {problem}") from None
    prefixes = said.get("curie_map") if isinstance(said, dict) else None
    for prefix, namespace in (prefixes if isinstance(prefixes, dict) else {}).items():
        ids.declare(str(prefix), str(namespace))


def _ends(
    columns: list[str], cells: list[str], ids: Identifiers, path: Path, number: int
) -> Iterator[Record]:
    if len(cells) != len(columns):
        message = f"the row has {len(cells)} cells, the header {len(columns)}"
        raise malformed(path, number, message)
    row = dict(zip(columns, cells, strict=True))
    place = f"{path}:{number}"
    subject, object_ = ids.curie(row["subject_id"], place), ids.curie(row["object_id"], place)
    same = row["predicate_id"] == SAME and not row.get("predicate_modifier")
    for end, other, label in (
        (subject, object_, "subject_label"),
        (object_, subject, "object_label"),
    ):
        names = (Name(row[label], "label"),) if row.get(label) else ()
        yield Record(end, names, (other,) if same else (), line=number)
