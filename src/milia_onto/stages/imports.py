"""The pinned slices of other vocabularies: ``ontology/imports/*.tsv``.

A slice names every foreign term the ontology stands on (``use`` term) and every code it maps to
(``use`` target), with the label its authority gives it and whether it is obsolete there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from milia_onto.model import namespaces as ns
from milia_onto.stages.contribution import Contribution
from milia_onto.stages.tables import Column, complain, one_of, out_of_order, read_table

if TYPE_CHECKING:
    from milia_onto.model.values import Finding, Place
    from milia_onto.stages.content import Reader


@dataclass(frozen=True, slots=True)
class Known:
    """What a slice knows of one foreign identifier."""

    label: str
    obsolete: bool
    replaced_by: str
    place: Place


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One row of ``vocabularies.tsv``: where a slice was taken from."""

    prefix: str
    title: str
    version: str
    home: str
    licence: str


def _address(text: str) -> str:
    fits = re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", text)
    return "" if fits else f"“{text}” is not the address of a page"


def read_vocabularies(file: str, data: bytes) -> tuple[dict[str, Vocabulary], list[Finding]]:
    """The vocabularies that slices were taken from, by prefix."""
    columns = [
        Column("prefix"),
        Column("title"),
        Column("version"),
        Column("home_page", test=_address),
        Column("licence"),
        Column("read_from"),
    ]
    rows, findings = read_table(file, data, columns)
    vocabularies = {
        row["prefix"]: Vocabulary(
            row["prefix"], row["title"], row["version"], row["home_page"], row["licence"]
        )
        for row in rows
    }
    return vocabularies, [*findings, *out_of_order(rows, "prefix")]


def read_slice(
    file: str, data: bytes, reader: Reader, vocabulary: Vocabulary | None
) -> tuple[Contribution, dict[str, Known]]:
    """A slice as class declarations, and all it knows by CURIE."""
    columns = [
        Column("id", test=reader.curie),
        Column("label", required=False),
        Column("parents", required=False, test=reader.curies),
        Column("obsolete", test=one_of("y", "n")),
        Column("replaced_by", required=False, test=reader.curies),
        Column("use", test=one_of("term", "target", "both")),
    ]
    rows, findings = read_table(file, data, columns)
    out = Contribution(findings=[*findings, *out_of_order(rows, "id")])
    known: dict[str, Known] = {}
    if vocabulary is None and rows:
        fix = "add its prefix to ontology/imports/vocabularies.tsv"
        out.findings.append(complain(rows[0].place, "nothing says which vocabulary this is", fix))
    for row in rows:
        if row["id"] in known:
            first = known[row["id"]].place.line
            message = f"“{row['id']}” was already given in line {first}"
            out.findings.append(complain(row.place, message, "keep one of the two rows"))
            continue
        obsolete = row["obsolete"] == "y"
        known[row["id"]] = Known(row["label"], obsolete, row["replaced_by"], row.place)
        if row["use"] == "target":
            continue
        if obsolete or not row["label"]:
            message = f"“{row['id']}” is used as a term but is obsolete or has no label"
            out.findings.append(complain(row.place, message, "use the term that replaces it"))
            continue
        node = reader.node(row["id"])
        out.say(row.place, node, ns.RDF_TYPE, ns.OWL_CLASS)
        out.say(row.place, node, ns.RDFS_LABEL, Literal(row["label"], language="en"))
        for parent in row.many("parents"):
            out.say(row.place, node, ns.RDFS_SUBCLASSOF, reader.node(parent))
        if vocabulary is not None:
            out.say(row.place, node, ns.RDFS_ISDEFINEDBY, NamedNode(vocabulary.home))
    return out, known
