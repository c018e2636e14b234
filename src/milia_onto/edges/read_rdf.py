"""RDF files of users: their triples, and the line a finding speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from milia_onto.edges.locate import rdf_file
from milia_onto.edges.wellformed import check_complete
from milia_onto.model.errors import ContentError
from milia_onto.model.values import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from milia_onto.model.values import Finding

PREFIX = re.compile(
    r"(?:@prefix|PREFIX)\s+([\w-]*):\s*<([^>]*)>|\"([\w-]+)\":\s*\"(\w+://[^\"]*)\""
)


@dataclass(frozen=True, slots=True)
class Lines:
    """The text of each file, and the prefixes it declares."""

    text: Mapping[str, list[str]]
    prefixes: Mapping[str, list[tuple[str, str]]]

    def _spellings(self, file: str, iri: str) -> Iterator[str]:
        yield iri
        for name, namespace in self.prefixes[file]:
            if iri.startswith(namespace) and len(iri) > len(namespace):
                yield f"{name}:{iri[len(namespace) :]}"

    def find(self, entity: str, value: str) -> Place | None:
        """The first line that writes ``entity``, or below it the line that writes ``value``."""
        for file, lines in self.text.items():
            words = tuple(self._spellings(file, entity)) if entity else ()
            start = next((n for n, line in enumerate(lines) if any(w in line for w in words)), None)
            if start is None:
                continue
            wanted = [w for w in self._spellings(file, value) if w] if value else []
            for number in range(start, len(lines)):
                if any(word in lines[number] for word in wanted):
                    return Place(file, number + 1)
            return Place(file, start + 1)
        return None

    def locate(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings, each with its place."""
        return [replace(f, place=self.find(f.entity, f.value)) for f in findings]


def read_graph(paths: Iterable[str]) -> tuple[list[ox.Triple], Lines]:
    """The triples of all files (named graphs are merged) and their lines.

    Raises UsageError where a suffix tells no syntax, ContentError where a file is not in it,
    SurroundingsError where it cannot be read.
    """
    triples: list[ox.Triple] = []
    text: dict[str, list[str]] = {}
    prefixes: dict[str, list[tuple[str, str]]] = {}
    for path in paths:
        _, data, entry = rdf_file(path)
        check_complete(path, data, entry)
        form = ox.RdfFormat.from_media_type(entry.media_type)
        try:
            quads = ox.parse(data, format=form, rename_blank_nodes=True)
            triples += [quad.triple for quad in quads]
        except SyntaxError as error:
            line = f":{error.lineno}" if error.lineno else ""
            message = f"not {entry.name}: {error.msg}"
            raise ContentError(message, place=f"{path}{line}", fix="correct it there") from None
        lines = data.decode("utf-8", "replace").split("\n")
        text[path] = lines
        found = [match for line in lines for match in PREFIX.finditer(line)]
        prefixes[path] = [(m[1] or m[3] or "", m[2] or m[4]) for m in found]
    return triples, Lines(text, prefixes)
