"""The competency questions of a release, and what they answer."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import pyoxigraph as ox

from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from collections.abc import Mapping

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
FOLDER = "queries/"
SCHEMA = "https://schema.org/"
FORMS = {"select", "ask", "construct", "describe"}
SHOWN = 200


class Question(NamedTuple):
    """A stored query: ``sh:SPARQLExecutable`` with what it asks, in words."""

    name: str
    label: str
    asks: str
    theme: str
    keywords: str
    form: str
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
        store.bulk_load(self._files["milia.nt"], format=ox.RdfFormat.N_TRIPLES)
        return store

    def by_theme(self) -> dict[str, list[Question]]:
        """The questions of each theme; themes and questions in alphabetical order."""
        themes: dict[str, list[Question]] = {}
        for question in sorted(self.by_name.values(), key=lambda q: (q.theme, q.asks)):
            themes.setdefault(question.theme, []).append(question)
        return themes

    def answer(self, name: str) -> Table:
        """The answer to a question of this release."""
        results = self._store.query(self.by_name[name].text)
        if isinstance(results, ox.QuerySolutions):
            head = tuple(variable.value for variable in results.variables)
            rows = [tuple(solution[at] for at in range(len(head))) for solution in results]
            return Table(head, tuple(rows[:SHOWN]), len(rows))
        if isinstance(results, ox.QueryBoolean):
            return Table(("answer",), ((ox.Literal(bool(results)),),), 1)
        triples = [(t.subject, t.predicate, t.object) for t in results]
        return Table(("subject", "predicate", "object"), tuple(triples[:SHOWN]), len(triples))


def _read(path: str, data: bytes) -> Question:
    values: dict[str, str] = {}
    form = ""
    for quad in ox.parse(data, format=ox.RdfFormat.TURTLE):
        text = str(getattr(quad.object, "value", ""))
        predicate = quad.predicate.value
        name = predicate.removeprefix(ns.NAMESPACES["sh"])
        if name in FORMS:
            form = name
            predicate = "text"
        values[predicate] = text
    return Question(
        name=path.removeprefix(FOLDER).removesuffix(".ttl"),
        label=values.get(ns.RDFS_LABEL.value, ""),
        asks=values.get(ns.RDFS_COMMENT.value, ""),
        theme=values.get(f"{SCHEMA}about", "other"),
        keywords=values.get(f"{SCHEMA}keywords", ""),
        form=form,
        text=values.get("text", ""),
    )
