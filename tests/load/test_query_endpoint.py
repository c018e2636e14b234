"""`query --endpoint` says what `query` says, whatever the store."""

from __future__ import annotations

from shutil import copytree
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from tests.load.fake_store import JSON, PASSWORD, TOKEN, USER, FakeStore, running
from tests.load.releases import NEW, OLD, small_release

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

    from tests.load.conftest import Small
    from tests.running import Result

FORMS = ("table", "csv", "tsv", "json", "xml")
LABELS = 'SELECT * { ?term <https://w3id.org/milia/label> ?label FILTER(LANG(?label) = "en") } ORDER BY ?term LIMIT 5'
QUERIES: list[tuple[str, tuple[str, ...]]] = [
    (LABELS, FORMS),
    ("SELECT ?x ?y { VALUES (?x ?y) { (1 UNDEF) (0.70 'a\tb\"c') (true <urn:a>) } }", FORMS),
    ("SELECT ?x { ?x a <urn:nothing> }", FORMS),
    ("ASK { ?s a <http://www.w3.org/2002/07/owl#Ontology> }", ("table", "json", "xml", "csv")),
    ("ASK { ?s a <urn:nothing> }", ("table", "json")),
    ("CONSTRUCT { <urn:a> <urn:b> ?v } { ?s <http://www.w3.org/2002/07/owl#versionIRI> ?v }", ("turtle", "nt", "jsonld", "rdfxml")),
    ("SELECT ?x {", ("table",)),
    ("SELECT ?x { SERVICE <http://127.0.0.1:9/> { ?x ?y ?z } }", ("table",)),
    ("DROP ALL", ("table",)),
    (LABELS, ("turtle",)),
    ("no-such-query", ("table",)),
]  # fmt: skip


@pytest.fixture
def here(small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder we are in has the old release as its own."""
    (tmp_path / "build").symlink_to(small.old)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def holding(**behaviour: Any) -> FakeStore:
    """A store with both releases, each in its graph."""
    store = FakeStore(**behaviour)
    for version in (OLD, NEW):
        data, node = small_release(version).files["milia.nt"], ox.NamedNode(version)
        store.store.load(data, format=ox.RdfFormat.N_TRIPLES, to_graph=node)
    return store


@pytest.mark.usefixtures("here")
def test_it_answers_as_the_embedded_one_does(cli: Callable[..., Result]) -> None:
    cases = [(query, form) for query, forms in QUERIES for form in forms]
    assert len(cases) == 30
    with running(holding()) as address:
        for query, form in cases:
            embedded = cli("query", query, "--format", form)
            assert cli("query", query, "--format", form, "--endpoint", address) == embedded
            assert embedded.code == (2 if form == "turtle" and query == LABELS else embedded.code)


@pytest.mark.usefixtures("here")
def test_the_graph_can_be_named(cli: Callable[..., Result]) -> None:
    query = "SELECT ?v { ?s <http://www.w3.org/2002/07/owl#versionIRI> ?v }"
    with running(holding()) as address:
        for arguments, version in (([], OLD), (["--graph", NEW], NEW)):
            done = cli("query", query, "--format", "csv", "--endpoint", address, *arguments)
            assert (done.out, done.err) == (f"v\r\n{version}\r\n", "")


def test_a_damaged_manifest_is_named(
    cli: Callable[..., Result], here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copytree(here / "build", tmp_path / "spoilt/build")
    (tmp_path / "spoilt/build/manifest.json").write_text("{}")
    monkeypatch.chdir(tmp_path / "spoilt")
    with running(holding()) as address:
        done = cli("query", "ASK { ?s ?p ?o }", "--endpoint", address)
    assert (done.code, done.out) == (1, "")
    assert "manifest.json: the file is damaged: it states no versionIRI; " in done.err
    assert done.err.count("\n") == 1


@pytest.mark.usefixtures("here")
def test_a_query_that_names_graphs_is_left_alone(cli: Callable[..., Result]) -> None:
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    with running(holding()) as address:
        done = cli("query", query, "--format", "csv", "--endpoint", address)
    assert done.out == f"g\r\n{OLD}\r\n{NEW}\r\n"


ROW = b'{"head": {"vars": ["__ASK_RETVAL"]}, "results": {"bindings": [{"__ASK_RETVAL": {"type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "0"}}]}}'
YES = b'{"head": {}, "boolean": true}'
BAD: dict[str, tuple[Any, int, str]] = {
    "a truth in a row": ((200, {"Content-Type": JSON}, ROW), 0, ""),
    "rows cut short": ((200, {"Content-Type": JSON}, b'{"head": {"vars": ["s"]}, "results": {"bind'), 3, "no SPARQL result"),
    "an error": ((500, {"Content-Type": "text/plain"}, b"out of\nmemory"), 3, "refuses the query (HTTP 500: out of memory)"),
    "hang": ("hang", 4, "no full answer within 2 s"),
}  # fmt: skip


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", BAD)
def test_a_bad_answer_gets_one_line(name: str, cli: Callable[..., Result]) -> None:
    answer, code, words = BAD[name]

    def instead(store: FakeStore, kind: str, headers: dict[str, str]) -> Any:
        # After the probe for the query service and for the graph.
        return answer if len(store.asked) > 2 else None

    with running(holding(instead=instead)) as address:
        done = cli("query", "ASK { ?s ?p ?o }", "--endpoint", address, "--time-limit", 2)
    assert done.code == code, done
    assert words in done.err
    assert done.err.count("\n") == (1 if code else 0)
    assert done.out == ("" if code else "no\n")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("auth", ["basic", "digest", "bearer"])
def test_secrets_are_given_as_to_load(auth: str, cli: Callable[..., Result]) -> None:
    given = ["query", "ASK { ?s ?p ?o }", "--endpoint"]
    user = [] if auth == "bearer" else ["--user", USER]
    with running(holding(auth=auth)) as address:
        right = cli(*given, address, *user, MILIA_ONTO_PASSWORD=PASSWORD, MILIA_ONTO_TOKEN=TOKEN)
        assert right == (0, "yes\n", "")
        wrong = cli(*given, address, *user, MILIA_ONTO_PASSWORD="wr0ng", MILIA_ONTO_TOKEN="wr0ng")
        assert (wrong.code, wrong.out, "wr0ng" in wrong.err) == (3, "", False)
        assert cli(*given, address).code == 3


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("arguments", [["--graph", "urn:g"], ["--user", "me"], ["--data", "x.nt", "--endpoint", "http://127.0.0.1:9/"]])  # fmt: skip
def test_what_does_not_go_together_is_a_wrong_call(
    arguments: list[str], cli: Callable[..., Result]
) -> None:
    done = cli("query", "ASK {}", *arguments)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
