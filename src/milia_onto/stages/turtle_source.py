"""Authored Turtle to triples, with the lines each subject is described in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from milia_onto.model.values import Block, Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from milia_onto.model.prefixes import Prefixes

PREFIX_LINE = re.compile(r"@prefix\s+([\w-]*):\s*<([^>]*)>")
SUBJECT_LINE = re.compile(r"(?:<([^>]*)>|([\w-]+):([\w.-]+))(?=\s|$)")


def parse(file: str, data: bytes) -> tuple[list[ox.Triple], list[Finding]]:
    """The triples of a Turtle file; a syntax error is a finding with its line."""
    try:
        quads = ox.parse(data, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
        return [quad.triple for quad in quads], []
    except SyntaxError as error:
        place = Place(file, error.lineno or 1)
        why = "A file that cannot be read adds nothing to the release."
        fix = "correct the Turtle at that line"
        message = f"not Turtle: {error.msg}"
        return [], [Finding("syntax", "violation", message, why=why, fix=fix, place=place)]


def check_prefixes(file: str, lines: Iterable[str], prefixes: Prefixes) -> list[Finding]:
    """A finding for each prefix that is not declared as in ``ontology/prefixes.tsv``."""
    findings = []
    for number, line in enumerate(lines, 1):
        match = PREFIX_LINE.match(line)
        row = prefixes.by_name.get(match[1]) if match else None
        if match and (row is None or row.namespace != match[2]):
            findings.append(
                Finding(
                    "prefix",
                    "violation",
                    f"prefix {match[1]}: is not declared as in ontology/prefixes.tsv",
                    why="One prefix with two meanings makes two terms out of one.",
                    fix="write it as there, or add it there",
                    place=Place(file, number),
                )
            )
    return findings


def blocks(file: str, lines: list[str], prefixes: Prefixes) -> list[tuple[str, Block]]:
    """Each subject written at the start of a line, with the lines up to the next one."""
    starts = []
    for number, line in enumerate(lines, 1):
        match = SUBJECT_LINE.match(line)
        if match:
            iri = match[1] or prefixes.expand(f"{match[2]}:{match[3]}")
            if iri:
                starts.append((iri, number))
    if not starts:
        return []
    ends = [number - 1 for _, number in starts[1:]] + [len(lines)]
    return [
        (iri, Block(file, first, last)) for (iri, first), last in zip(starts, ends, strict=True)
    ]
