"""Clients that others wrote get right answers from the endpoint."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    CSV,
    JSON,
    JSONLD,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from tests.conftest import java
from tests.serve.running import PROJECT, Running

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = PROJECT / "tests" / "serve"
SELECT = "PREFIX e: <http://example.org/> SELECT ?s ?n { ?s e:n ?n } ORDER BY ?n"
CONSTRUCT = "PREFIX e: <http://example.org/> CONSTRUCT WHERE { ?s e:n ?n }"
ROWS = [("http://example.org/a", "1"), ("http://example.org/b", "2")]
TRIPLES = {
    ("http://example.org/a", "http://example.org/n", "1"),
    ("http://example.org/b", "http://example.org/n", "2"),
}


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    graph = f"http://example.org/g1={HERE / 'one.ttl'}"
    with Running("--data", HERE / "small.ttl", "--graph", graph, "--workers", 1) as running:
        yield running


def test_rdflib(server: Running) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{server.url}/sparql"))
    assert [(str(s), str(n)) for s, n in graph.query(SELECT)] == ROWS
    assert bool(graph.query("ASK { <http://example.org/a> ?p ?o }").askAnswer) is True
    assert set_of(graph.query(CONSTRUCT).graph or ()) == TRIPLES
    assert str(graph.value(rdflib.URIRef("http://example.org/a"), rdflib.RDFS.label)) == "one"
    assert len(graph) == 4


def test_rdflib_asks_for_a_named_graph(server: Running) -> None:
    graph = rdflib.Graph(
        SPARQLStore(f"{server.url}/sparql"), rdflib.URIRef("http://example.org/g1")
    )
    assert [str(o) for o in graph.objects()] == ["graph one"]


def test_rdflib_by_post(server: Running) -> None:
    store = SPARQLStore(f"{server.url}/sparql", method="POST", returnFormat="json")
    assert [(str(s), str(n)) for s, n in rdflib.Graph(store).query(SELECT)] == ROWS


def set_of(triples: Any) -> set[tuple[str, str, str]]:
    return {(str(s), str(p), str(o)) for s, p, o in triples}


def wrapper(server: Running, query: str, form: str, **how: str) -> Any:
    client = SPARQLWrapper(f"{server.url}/sparql")
    client.setQuery(query)
    client.setReturnFormat(form)
    if "method" in how:
        client.setMethod(how["method"])
        client.setRequestMethod(how.get("request", "urlencoded"))
    return client.query()


WAYS = {
    "GET": {},
    "POST form": {"method": POST},
    "POST direct": {"method": POST, "request": POSTDIRECTLY},
}


@pytest.mark.parametrize("way", WAYS)
def test_sparqlwrapper_in_every_way(server: Running, way: str) -> None:
    assert len(WAYS) == 3
    found = wrapper(server, SELECT, JSON, **WAYS[way]).convert()
    assert [(r["s"]["value"], r["n"]["value"]) for r in found["results"]["bindings"]] == ROWS


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # what SPARQLWrapper uses
def test_sparqlwrapper_in_every_form(server: Running) -> None:
    found = wrapper(server, SELECT, XML).convert()
    assert [n.firstChild.data for n in found.getElementsByTagName("uri")] == [
        "http://example.org/a",
        "http://example.org/b",
    ]
    assert wrapper(server, SELECT, CSV).convert().split() == [
        b"s,n",
        b"http://example.org/a,1",
        b"http://example.org/b,2",
    ]
    assert wrapper(server, SELECT, TSV).convert().split()[:2] == [b"?s", b"?n"]
    turtle = rdflib.Graph().parse(wrapper(server, CONSTRUCT, TURTLE).convert(), format="turtle")
    assert set_of(turtle) == TRIPLES
    for form in (RDFXML, XML, JSONLD):
        assert set_of(wrapper(server, CONSTRUCT, form).convert()) == TRIPLES


def test_sparqlwrapper_is_told_of_a_mistake(server: Running) -> None:
    with pytest.raises(QueryBadFormed, match="is not declared"):
        wrapper(server, "ASK { no:thing ?p ?o }", JSON)


# What Jena's client is asked for, and how it reads the answer
JENA = {"SELECT": SELECT, "CONSTRUCT": CONSTRUCT, "ASK": "ASK { <http://example.org/a> ?p ?o }"}


@pytest.mark.needs("jena")
@pytest.mark.parametrize("kind", JENA)
def test_jena(server: Running, kind: str) -> None:
    assert len(JENA) == 3
    results = "NT" if kind == "CONSTRUCT" else "JSON"
    done = subprocess.run(
        [java(), "-cp", f"{PROJECT}/.cache/jvm/jena/*", "arq.rsparql", f"--service={server.url}/sparql", f"--results={results}", JENA[kind]],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    if kind == "CONSTRUCT":
        quads = ox.parse(done.stdout.encode(), format=ox.RdfFormat.TURTLE)
        assert {(q.subject.value, q.predicate.value, q.object.value) for q in quads} == TRIPLES
    elif kind == "ASK":
        assert json.loads(done.stdout)["boolean"] is True
    else:
        rows = json.loads(done.stdout)["results"]["bindings"]
        assert [(row["s"]["value"], row["n"]["value"]) for row in rows] == ROWS
