"""The graphs of a release, ready to be asked what is said of a thing and by what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from milia_onto.model import namespaces as ns
from milia_onto.model.errors import damaged
from milia_onto.model.layout import NTRIPLES
from milia_onto.stages import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from milia_onto.model.values import Release

SHAPES = "milia.shapes.ttl"
QUERIES = "queries/"


class Index:
    """The full graph of a release together with its shapes and queries."""

    def __init__(self, release: Release) -> None:
        self.store = ox.Store()
        # The labels of blank nodes are kept: they are made of content and the same in every build.
        self._add(parsed(release, NTRIPLES))
        for path in release.files:
            if path == SHAPES or (path.startswith(QUERIES) and path.endswith(".ttl")):
                self._add(parsed(release, path))
        self.labels = {
            t.subject.value: t.object.value
            for t in self.match(None, ns.RDFS_LABEL, None)
            if isinstance(t.subject, NamedNode)
            and isinstance(t.object, Literal)
            and t.object.language in {None, "en"}
        }

    def _add(self, triples: Iterable[Triple]) -> None:
        self.store.bulk_extend(Quad(t.subject, t.predicate, t.object) for t in triples)

    def match(
        self,
        subject: NamedNode | BlankNode | None,
        predicate: NamedNode | None,
        value: NamedNode | BlankNode | Literal | None,
    ) -> Iterator[Triple]:
        """The triples that fit the pattern."""
        for quad in self.store.quads_for_pattern(subject, predicate, value):
            yield quad.triple

    def about(self, node: NamedNode | BlankNode) -> list[Triple]:
        """What is said of a node, down to the blank nodes it is said with."""
        found: list[Triple] = []
        waiting, seen = [node], {node}
        while waiting:
            for triple in self.match(waiting.pop(), None, None):
                found.append(triple)
                value = triple.object
                if isinstance(value, BlankNode) and value not in seen:
                    seen.add(value)
                    waiting.append(value)
        return found

    def loose(self, node: NamedNode) -> list[BlankNode]:
        """The blank nodes nobody owns that name the node: annotations of axioms, disjointness."""
        found = []
        for triple in self.match(None, None, node):
            root = triple.subject
            while isinstance(root, BlankNode):
                above = next(self.match(None, None, root), None)
                if above is None:
                    found.append(root)
                    break
                root = above.subject
        return found

    def subjects(self, predicate: NamedNode, value: NamedNode) -> list[NamedNode]:
        """The named subjects that have the value, in order."""
        nodes = {t.subject for t in self.match(None, predicate, value)}
        return sorted((n for n in nodes if isinstance(n, NamedNode)), key=lambda n: n.value)

    def objects(self, subject: NamedNode, predicate: NamedNode) -> list[NamedNode]:
        """The named values, in order."""
        nodes = {t.object for t in self.match(subject, predicate, None)}
        return sorted((n for n in nodes if isinstance(n, NamedNode)), key=lambda n: n.value)


def held(release: Release, path: str) -> bytes:
    """A file of a release. Raises ContentError where it is missing."""
    data = release.files.get(path)
    if data is None:
        raise damaged(path, "the release lacks the file")
    return data


def parsed(release: Release, path: str) -> tuple[Triple, ...]:
    """The triples of a release file, sorted, with stable blank nodes.

    Raises ContentError where the file is missing or damaged.
    """
    data = held(release, path)
    nt = path.endswith(".nt")
    syntax = ox.RdfFormat.N_TRIPLES if nt else ox.RdfFormat.TURTLE
    try:
        triples = [quad.triple for quad in ox.parse(data, format=syntax)]
    except (SyntaxError, ValueError):
        raise damaged(path) from None
    return tuple(triples) if nt else canonical.relabel(triples)
