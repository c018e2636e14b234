"""Every competency query on every store: the same rows, or a difference that is recorded.

With MILIA_ONTO_REWRITE=1 the row of each store that ran and ``docs/reference/stores.md`` are
written anew; ``differences.tsv`` is written by people.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from tests.stores import page
from tests.stores.answers import RefusedError, ask, client, expected, literal, of_results, queries
from tests.stores.servers import KINDS, Kind, Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.stores.answers import Rows

REWRITE = os.environ.get("MILIA_ONTO_REWRITE") == "1"
STORES = 7
QUERIES = 140
FOREIGN = "https://example.org/foreign"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
# Terms, prefix and property of ours, said otherwise by somebody else.
FOREIGN_TRIPLES = f"""\
<https://w3id.org/milia/MILIA_0000001> <{LABEL}> "a genus of grasses"@en .
<https://w3id.org/milia/MILIA_0000002> <{LABEL}> "something else"@en .
<https://example.org/x> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <https://w3id.org/milia/MILIA_0000001> .
"""


def kinds(*, writable: bool = False) -> list[Any]:
    found = [kind for kind in KINDS.values() if kind.load or not writable]
    return [pytest.param(k, id=k.name, marks=pytest.mark.needs(*k.needs)) for k in found]


@pytest.fixture(scope="module")
def data(made: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The full graph as N-Triples, made from the sources as they are now."""
    file = tmp_path_factory.mktemp("release") / "milia.nt"
    file.write_bytes(made.files["milia.nt"])
    return file


@pytest.fixture(scope="module")
def wanted(data: Path) -> dict[str, Rows]:
    return expected(data)


@pytest.fixture(scope="module", params=kinds())
def store(
    request: pytest.FixtureRequest, data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Kind, Store]]:
    kind: Kind = request.param
    with kind.start(tmp_path_factory.mktemp(kind.name), data) as running:
        yield kind, running


def test_all_stores_and_queries_are_found(wanted: dict[str, Rows]) -> None:
    assert len(KINDS) == STORES
    assert len(wanted) == QUERIES
    assert all(wanted.values())


# rdflib and Comunica plan little: some of their answers take many seconds.
@pytest.mark.timeout(1500)
def test_the_answers_are_the_same(store: tuple[Kind, Store], wanted: dict[str, Rows]) -> None:
    _, running = store
    differing: dict[str, str] = {}
    with client() as line:
        for query in queries():
            try:
                got = ask(line, running, query.text)
            except RefusedError as error:
                differing[query.slug] = str(error)
                continue
            if got != (rows := wanted[query.slug]):
                missing, extra = rows - got, got - rows
                differing[query.slug] = f"{missing.total()} missing, {extra.total()} too many"
    name, number = running.name, running.version
    known = {d.query for d in page.differences() if (d.store, d.version) == (name, number)}
    assert differing.keys() == known, f"{name} {number}: {differing}"
    run = page.Run(name, number, str(len(wanted)), str(len(wanted) - len(differing)))
    if REWRITE:
        page.keep(run)
        page.PAGE.write_text(page.page(queries(), page.runs(), page.differences()), "utf-8")
    assert run in page.runs(), "run with MILIA_ONTO_REWRITE=1"


@pytest.mark.parametrize("slug", ["kinds-of-milia", "above-milia"])
def test_a_foreign_graph_beside_ours_changes_no_answer(
    store: tuple[Kind, Store], slug: str, wanted: dict[str, Rows], tmp_path: Path
) -> None:
    kind, running = store
    if not kind.load:
        assert running.default == "", "a store of one file has one graph"
        return
    (tmp_path / "foreign.nt").write_text(FOREIGN_TRIPLES, encoding="utf-8")
    kind.load(running, tmp_path / "foreign.nt", graph=FOREIGN)
    (text,) = (query.text for query in queries() if query.slug == slug)
    with client() as line:
        assert ask(line, running, text) == wanted[slug]
        count = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
        beside = ask(line, running._replace(default=FOREIGN), count)
    assert beside == Counter([frozenset([("n", ("number", "3"))])])


def test_the_page_is_that_of_the_runs() -> None:
    wanted = page.page(queries(), page.runs(), page.differences())
    assert page.PAGE.read_text(encoding="utf-8") == wanted, "run with MILIA_ONTO_REWRITE=1"


def test_every_difference_is_of_a_store_that_ran() -> None:
    ran = {(run.store, run.version) for run in page.runs()}
    slugs = {query.slug for query in queries()}
    for row in page.differences():
        assert (row.store, row.version) in ran
        assert row.query in slugs
        assert row.reason.endswith(".")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("1.0", "", "decimal"), ("1.00", "", "decimal"), True),
        (("1", "", "integer"), ("1.0", "", "decimal"), True),
        (("100", "", "integer"), ("1E2", "", "double"), False),
        (("1e2", "", "double"), ("100.0", "", "double"), True),
        (("1", "", "boolean"), ("true", "", "boolean"), True),
        (("a", "", ""), ("a", "", "string"), True),
        (("a", "en-US", ""), ("a", "en-us", ""), True),
        (("a", "en", ""), ("a", "", ""), False),
        (("2020", "", "gYear"), ("2020", "", ""), False),
        (("1.0", "", "decimal"), ("1.01", "", "decimal"), False),
    ],
)
def test_literals_are_compared_by_meaning(
    one: tuple[str, str, str], other: tuple[str, str, str], same: bool
) -> None:
    def read(value: str, language: str, name: str) -> tuple[str, ...]:
        datatype = f"http://www.w3.org/2001/XMLSchema#{name}" if name else ""
        return literal(value, language, datatype)

    assert (read(*one) == read(*other)) is same


def test_rows_are_compared_as_a_multiset() -> None:
    cell = {"type": "literal", "value": "a"}
    once = {"results": {"bindings": [{"x": cell}]}}
    twice = {"results": {"bindings": [{"x": cell}, {"x": cell}]}}
    assert of_results(once) != of_results(twice)
    blank = [{"results": {"bindings": [{"x": {"type": "bnode", "value": v}}]}} for v in "ab"]
    assert of_results(blank[0]) == of_results(blank[1])
