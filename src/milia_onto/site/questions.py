"""The competency questions of a release, and what they answer."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import pyoxigraph as ox

from milia_onto.model import namespaces as ns
from milia_onto.model.errors import damaged
from milia_onto.model.layout import NTRIPLES
from milia_onto.publish.sparql_exists import with_exists_ordered
from milia_onto.publish.stored_query import stored_query

if TYPE_CHECKING:
    from collections.abc import Mapping

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
FOLDER = "queries/"
SCHEMA = "https://schema.org/"
SHOWN = 200


class Question(NamedTuple):
    """A stored query: ``sh:SPARQLExecutable`` with what it asks, in words."""

    name: str
    label: str
    asks: str
    theme: str
    keywords: str
    text: str


class Table(NamedTuple):
    """The answer: the head, the first rows (None is unbound), how many rows there are in all."""

    head: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    total: int


class Questions:
    """All questions, by name, asked of ``milia.nt`` when their answer is wanted."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        paths = sorted(p for p in files if p.startswith(FOLDER) and p.endswith(".ttl"))
        found = [_read(path, files[path]) for path in paths]
        self.by_name = {question.name: question for question in found}

    @cached_property
    def _store(self) -> ox.Store:
        store = ox.Store()
        store.load(self._files[NTRIPLES], format=ox.RdfFormat.N_TRIPLES)
        return store

    def by_theme(self) -> dict[str, list[Question]]:
        """The questions of each theme; themes and questions in alphabetical order."""
        themes: dict[str, list[Question]] = {}
        for question in sorted(self.by_name.values(), key=lambda q: (q.theme, q.asks)):
            themes.setdefault(question.theme, []).append(question)
        return themes

    def answer(self, name: str) -> Table:
        """The answer to a question of this release."""
        results = self._store.query(with_exists_ordered(self.by_name[name].text))
        if isinstance(results, ox.QuerySolutions):
            head = tuple(variable.value for variable in results.variables)
            rows = [tuple(solution[at] for at in range(len(head))) for solution in results]
            return Table(head, tuple(rows[:SHOWN]), len(rows))
        if isinstance(results, ox.QueryBoolean):
            return Table(("answer",), ((ox.Literal(bool(results)),),), 1)
        triples = [(t.subject, t.predicate, t.object) for t in results]
        return Table(("subject", "predicate", "object"), tuple(triples[:SHOWN]), len(triples))


def _read(path: str, data: bytes) -> Question:
    triples = read_turtle(path, data)
    text, prefixes = stored_query(triples, path)
    said = {t.predicate.value: str(getattr(t.object, "value", "")) for t in triples}
    return Question(
        name=path.removeprefix(FOLDER).removesuffix(".ttl"),
        label=said.get(ns.RDFS_LABEL.value, ""),
        asks=said.get(ns.RDFS_COMMENT.value, ""),
        theme=said.get(f"{SCHEMA}about", "other"),
        keywords=said.get(f"{SCHEMA}keywords", ""),
        text="".join(f"PREFIX {p}: <{iri}>\n" for p, iri in sorted(prefixes.items())) + text,
    )


def read_turtle(path: str, data: bytes) -> list[ox.Triple]:
    """The triples of a file of the release. Raises ContentError where it is no Turtle."""
    try:
        return [quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise damaged(path, f"cannot be read: {error.msg}") from None
