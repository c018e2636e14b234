"""A query that is shipped is SPARQL, or the gate stays closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milia_onto.model.values import Place, Sources
from milia_onto.publish.query_files import check_queries
from milia_onto.stages.prefix_table import read_prefixes

if TYPE_CHECKING:
    from milia_onto.model.prefixes import Prefixes

PATH = "ontology/queries/mine.ttl"
SH = "http://www.w3.org/ns/shacl#"


@pytest.fixture(scope="module")
def prefixes(sources: Sources) -> Prefixes:
    return read_prefixes("p.tsv", sources.files["ontology/prefixes.tsv"])[0]


def held(query: str) -> bytes:
    return f'<urn:q>\n  <{SH}select> """{query}""" .\n'.encode()


def test_every_query_of_the_project_is_sparql(sources: Sources, prefixes: Prefixes) -> None:
    assert len(sources.under("ontology/queries", ".ttl")) > 50
    assert check_queries(sources, prefixes) == []


DEEP = "SELECT * {\n" + "{" * 5000 + "}" * 5001
WRONG = {
    "misspelt": (held("\nSELECT DISTINT ?a {\n ?a a ?b }"), 3, "not SPARQL: error at 2:16"),
    "deep": (held(DEEP), 3, "not SPARQL: the query nests deeper than 200 levels"),
    "an unknown prefix": (held("SELECT ?a {\n\n ?a a x:b }"), 4, "not SPARQL: the prefix x: is"),
    "an update": (held("DELETE WHERE { ?a a ?b }"), 2, "not SPARQL: DELETE is an update"),
    "written with escapes": (held("\\u0053ELECT ?a ?a"), 0, "not SPARQL: error at 1:"),
    "not Turtle": (b"<urn:q> a\n\n.\n", 3, "not Turtle: "),
    "nothing": (b"", 0, "holds no query"),
    "two": (held("ASK {}") + held("ASK { }"), 0, "holds 2 queries"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_file_without_a_query_that_can_be_asked_blocks(prefixes: Prefixes, name: str) -> None:
    assert len(WRONG) == 8
    data, line, message = WRONG[name]
    (finding,) = check_queries(Sources({PATH: data}), prefixes)
    assert (finding.check, finding.severity) == ("query", "violation")
    assert finding.place == Place(PATH, line)
    assert finding.message.startswith(message)


def test_prefixes_may_be_declared_with_the_query(prefixes: Prefixes) -> None:
    declared = f'<urn:q> <{SH}declare> [ <{SH}prefix> "x" ; <{SH}namespace> "urn:x:" ] .'.encode()
    data = held("SELECT ?a { ?a a x:b ; rdfs:label ?label }")
    assert check_queries(Sources({PATH: data + declared}), prefixes) == []
