"""RDF files of users: their triples, and the line a finding speaks of."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from milia_onto.edges.locate import rdf_file
from milia_onto.edges.wellformed import check_complete
from milia_onto.model.errors import ContentError
from milia_onto.model.tokens import spellings, tokens
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

    def locate(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings, each with its place.

        It is the first line that writes the entity, or below it the line that writes the value.
        """
        found = list(findings)
        nodes = {node for f in found for node in (f.entity, f.value) if node}
        written = {file: self._index(file, nodes) for file in self.text}
        return [replace(f, place=_place(written, f.entity, f.value)) for f in found]

    def _index(self, file: str, nodes: Iterable[str]) -> dict[str, list[int]]:
        """The lines of a file, in order, that write each of ``nodes``."""
        meant = defaultdict(list)
        for node in nodes:
            for spelling in self._spellings(file, node):
                meant[spelling].append(node)
        lines = defaultdict(list)
        for number, line in enumerate(self.text[file], 1):
            for node in (node for token in tokens(line) for node in meant.get(token, ())):
                lines[node].append(number)
        return lines

    def _spellings(self, file: str, node: str) -> Iterator[str]:
        yield from spellings(node)
        for name, namespace in self.prefixes[file]:
            if node.startswith(namespace) and len(node) > len(namespace):
                yield f"{name}:{node[len(namespace) :]}"


def _place(written: Mapping[str, dict[str, list[int]]], entity: str, value: str) -> Place | None:
    for file, lines in written.items():
        if entity in lines:
            first = lines[entity][0]
            below = [number for number in lines.get(value, ()) if number >= first]
            return Place(file, below[0] if below else first)
    return None


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
