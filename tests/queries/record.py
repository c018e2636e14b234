"""The queries of ``ontology/queries/``: read, run, and recorded with their answers.

``python tests/queries/record.py`` writes ``tests/data/queries/*.tsv`` and
``docs/reference/queries.md`` anew from the sources. Look at every changed row before you keep it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from milia_onto.edges.files import read_sources
from milia_onto.model import layout
from milia_onto.pipeline import make
from milia_onto.stages.merge import PREFIXES
from milia_onto.stages.prefix_table import read_prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from milia_onto.model.prefixes import Prefixes

PROJECT = Path(__file__).resolve().parents[2]
ANSWERS = PROJECT / "tests" / "data" / "queries"
PAGE = PROJECT / "docs" / "reference" / "queries.md"
RELEASE = "milia.nt"
BASE = "https://w3id.org/milia/queries/"
THEMES = (
    "classification",
    "sites and course",
    "causes",
    "drugs",
    "diseases and genetics",
    "look-alikes",
    "treatment",
    "figures",
    "coding and mapping",
    "names",
    "evidence and verdicts",
    "seeds",
    "the ontology itself",
)
OPENING = """# Queries

{count} questions that the release answers, by theme. Each is a short SPARQL query in
`ontology/queries/` and, as a copy, in `build/queries/`: the text under `sh:select` runs in any
triple store that holds `milia.ttl`. `milia-onto query above-milia` asks one by its name, and
`milia-onto query --list` lists them. To ask the like of another kind, drug, disease or source, put
its identifier in place of the one in the query.

The tests compare every answer, row by row, with `tests/data/queries/`. This page and the answers
are written by `python tests/queries/record.py`.
"""


class Query(NamedTuple):
    """One file of ``ontology/queries/``."""

    slug: str
    types: frozenset[str]
    label: str
    question: str
    theme: str
    keywords: str
    text: str

    @property
    def body(self) -> list[str]:
        """The lines below the prefixes."""
        return [line for line in self.text.splitlines() if line and not line.startswith("PREFIX ")]


def read(slug: str, data: bytes) -> Query:
    """A query file. Raises KeyError where something is missing, ValueError where it is doubled."""
    node, values, types = ox.NamedNode(BASE + slug), {}, set()
    for triple in ox.parse(data, format=ox.RdfFormat.TURTLE):
        name = triple.predicate.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1]
        if triple.subject != node:
            raise ValueError(f"{slug}: a statement about {triple.subject}")
        if name == "type":
            types.add(triple.object.value)
        elif name in values:
            raise ValueError(f"{slug}: two values of {name}")
        else:
            values[name] = triple.object.value
    slots = ("label", "comment", "about", "keywords", "select")
    return Query(slug, frozenset(types), *(values[slot] for slot in slots))


def read_all(files: Mapping[str, bytes]) -> list[Query]:
    """All queries of the sources, by slug."""
    paths = [path for path in files if path.startswith(f"{layout.QUERIES}/")]
    return [
        read(path.rsplit("/", 1)[1].removesuffix(".ttl"), files[path]) for path in sorted(paths)
    ]


def load(release: bytes) -> ox.Store:
    """A store with the N-Triples of a release."""
    store = ox.Store()
    store.bulk_load(release, format=ox.RdfFormat.N_TRIPLES)
    return store


def answer(store: ox.Store, query: Query, prefixes: Prefixes) -> list[list[str]]:
    """Header and rows; IRIs as CURIEs, literals as plain text, unbound as an empty cell."""
    solutions = store.query(query.text)
    names = [variable.value for variable in solutions.variables]
    return [names, *([_cell(row[name], prefixes) for name in names] for row in solutions)]


def _cell(term: object, prefixes: Prefixes) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        return prefixes.compress(term.value) or term.value
    if not isinstance(term, ox.Literal) or set("\t\n\r") & set(term.value):
        raise ValueError(f"{term} does not fit a cell")
    return term.value


def prefixes_of(files: Mapping[str, bytes]) -> Prefixes:
    """The prefix map of the sources."""
    return read_prefixes(PREFIXES, files[PREFIXES])[0]


def as_table(rows: Iterable[list[str]]) -> str:
    """Rows as tab-separated lines."""
    return "".join("\t".join(row) + "\n" for row in rows)


def page(queries: Iterable[Query]) -> str:
    """The list of all queries by theme."""
    listed = sorted(queries, key=lambda query: (THEMES.index(query.theme), query.slug))
    lines = [OPENING.format(count=len(listed))]
    for theme in THEMES:
        lines += [f"## {theme[0].upper()}{theme[1:]}\n", "| question | query |\n|---|---|"]
        lines += [
            f"| {query.question} | [{query.slug}](../../{layout.QUERIES}/{query.slug}.ttl) |"
            for query in listed
            if query.theme == theme
        ]
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    """Write the answers and the page; answers without a query go."""
    sources = read_sources(PROJECT)
    queries, prefixes = read_all(sources.files), prefixes_of(sources.files)
    store = load(make(sources).files[RELEASE])
    ANSWERS.mkdir(parents=True, exist_ok=True)
    for stale in set(ANSWERS.glob("*.tsv")) - {ANSWERS / f"{q.slug}.tsv" for q in queries}:
        stale.unlink()
    for query in queries:
        text = as_table(answer(store, query, prefixes))
        (ANSWERS / f"{query.slug}.tsv").write_text(text, encoding="utf-8")
    PAGE.write_text(page(queries), encoding="utf-8")
    print(f"{len(queries)} queries recorded")


if __name__ == "__main__":
    main()
