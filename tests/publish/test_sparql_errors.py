"""What is wrong with a query is told in words of the query."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from milia_onto.edges.query import ask, run
from milia_onto.model.errors import UsageError
from milia_onto.model.values import Release
from milia_onto.publish.sparql_text import RefusedError

EARLY = "the query ends too early"
MISSING = "or something is missing before it"
# A query and what is told of it
WRONG = {
    "": f"1:1: {EARLY}",
    "SELECT ?x": f"1:10: {EARLY}",
    "SELECT ?x { ?x a ?y ": f"1:21: {EARLY}",
    "ASK { { ?s ?p ?o }\n": f"2:1: {EARLY}",
    "ASK {\n  ?s ?p\n}": f"3:2: unexpected “}}”, {MISSING}",
    "SELECT ?x WHERE { ?x a } LIMIT 5": f"1:27: unexpected “LIMIT”, {MISSING}",
    "ASK {\n ?s ?p ;\n ?q }": f"3:1: unexpected “?q”, {MISSING}",
    "SELECT * { ?s ?p ?o } LIMIT x": f"1:29: unexpected “x”, {MISSING}",
    "SELECT ?x { FILTER(?x = 1 }": f"1:28: unexpected “}}”, {MISSING}",
    "SELECT (1 AS ?x) (2 AS ?x) {}": "1:30: Duplicated variable name in SELECT",
    "SELECT ?a (COUNT(*) AS ?n) {?a ?b ?c}": "1:38: The SELECT contains a variable that is unbound",
    "BASE <foo> ASK {}": "1:11: IRI parsing failed",
    f"ASK {{ ?s ?p ?o }} LIMIT {'y' * 400}": f"1:24: unexpected “{'y' * 300} …”, {MISSING}",
}


@pytest.mark.parametrize("query", WRONG)
def test_an_error_is_told_in_words_of_the_query(query: str) -> None:
    assert len(WRONG) == 13
    with pytest.raises(RefusedError) as told:
        run(ox.Store(), query, {})
    assert str(told.value) == WRONG[query]


def test_a_release_is_one_graph() -> None:
    release = Release(
        {"milia.nt": b"<urn:a> <urn:b> <urn:c> .", "context.jsonld": b'{"@context": {}}'}
    )
    assert ask(release, "SELECT * { ?s ?p ?o }") == [{"s": "urn:a", "p": "urn:b", "o": "urn:c"}]
    for clause in ("FROM", "FROM NAMED"):
        with pytest.raises(UsageError, match="there is no graph urn:g here"):
            ask(release, f"SELECT * {clause} <urn:g> {{ ?s ?p ?o }}")
