"""One door to all readers: a file in, records out, held to what may be written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from milia_onto.edges.vocabulary.detect import RDF, format_of
from milia_onto.edges.vocabulary.source import malformed
from milia_onto.mappings.read import is_formula
from milia_onto.model.formats import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from milia_onto.edges.vocabulary.identifiers import Identifiers
    from milia_onto.edges.vocabulary.rdf import Wanted
    from milia_onto.link.record import Record

# A call of a function or of another program. Vocabularies of chemicals have names such as =O and
# -C(O)NH2, which may be read, if not written.
CALL = re.compile(r"[=@]\s*(?:[A-Za-z]{3,}\w*\s*[(|!]|.*[|!])|[+\-]\s*\w+\s*[|!]")


class Asked(NamedTuple):
    """What the caller says of a file: its format, empty for ours to tell, and its columns."""

    path: Path
    form: str
    columns: Mapping[str, str]


def read_vocabulary(asked: Asked, ids: Identifiers, wanted: Wanted) -> Iterator[Record]:
    """The records of a file; of RDF only those that might link.

    Raises ContentError where the file is malformed or holds a formula, UsageError where the
    format, a column or a prefix is missing.
    """
    form = asked.form or format_of(asked.path)
    for record in _records(asked, form, ids, wanted):
        check(record, asked.path)
        yield record


def check(record: Record, path: Path, *, written: bool = False) -> None:
    """Raise ContentError where a name or identifier is a formula of a spreadsheet.

    In a record that is only read, and not ``written``, none but the dangerous ones are refused.
    """
    for text in (record.id, *(name.text for name in record.names)):
        if is_formula(text) if written else CALL.match(text):
            message = f"“{text[:40]}” is a formula of a spreadsheet, not a name"
            raise malformed(path, record.line, message, "remove it")


def _records(asked: Asked, form: str, ids: Identifiers, wanted: Wanted) -> Iterator[Record]:
    path = asked.path
    if form in RDF:
        from milia_onto.edges.vocabulary.rdf import read_rdf

        return read_rdf(path, BY_NAME[form], ids, wanted)
    if form in {"obograph", "fhir"}:
        from milia_onto.edges.vocabulary import json_stream

        read = json_stream.read_obograph if form == "obograph" else json_stream.read_codesystem
        return read(path, ids)
    if form == "sssom":
        from milia_onto.edges.vocabulary.sssom import read_sssom

        return read_sssom(path, ids)
    if form == "obo":
        from milia_onto.edges.vocabulary.obo import read_obo

        return read_obo(path, ids)
    from milia_onto.edges.vocabulary.tabular import read_table

    return read_table(path, form, ids, asked.columns)
