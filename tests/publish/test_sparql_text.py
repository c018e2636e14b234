"""What the tokens of a query tell, and that reading them takes no longer than the text is long."""

from __future__ import annotations

import time

import pyoxigraph as ox
import pytest

from milia_onto.publish.sparql_text import RefusedError, outline

PREFIXES = {"e": "urn:e:", "": "urn:nothing:"}
OUT = "PREFIX x: <http://127.0.0.1:9/> "

# Ways to reach another machine that the engine takes, since it needs no blank between its words
HIDDEN = {
    "plain": "ASK { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "after a dot": "ASK { ?s ?p ?o .SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "after a name and a dot": OUT + "ASK { ?s ?p e:.SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "after true": "ASK { ?s ?p trueSERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "after true and a dot": "ASK { ?s ?p true.SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "after a number": "ASK { ?s ?p 5SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "with SILENT": OUT + "ASK { SERVICESILENT x:y { ?s ?p ?o } }",
    "at a name": OUT + "ASK { SERVICEx:y { ?s ?p ?o } }",
    "at a name with a prefix": OUT + "PREFIX SERVICEx: <urn:a> ASK { SERVICEx:y { ?s ?p ?o } }",
    "with SILENT at a name": OUT + "PREFIX SERVICESILENTx: <urn:a> ASK { SERVICESILENTx:y { ?s ?p ?o } }",
    "as the end of an IRI": OUT + "ASK { FILTER(?a<?b)SERVICEx:y#>\n{ ?s ?p ?o } }",
    "with a remark": OUT + "ASK { SERVICE#\n x:y { ?s ?p ?o } }",
}  # fmt: skip


@pytest.mark.parametrize("way", HIDDEN)
def test_no_way_to_another_machine_is_overlooked(way: str) -> None:
    assert len(HIDDEN) == 12
    with pytest.raises(RefusedError, match="SERVICE"):
        outline(HIDDEN[way], PREFIXES)


def test_the_engine_does_take_most_of_them() -> None:
    """Otherwise the test above would guard against nothing."""
    taken = 0
    for query in HIDDEN.values():
        try:
            ox.Store().query(query, prefixes=PREFIXES)
        except OSError as error:
            taken += "port 9" in str(error)
        except SyntaxError:
            pass
        else:
            taken += 1
    assert taken >= 9


# What is no SERVICE: names, texts, variables
HARMLESS = [
    "PREFIX service: <urn:s:> ASK { ?s service:a ?o }",
    "PREFIX service: <urn:s:> ASK { GRAPH service:a { ?s ?p ?o } }",
    "ASK { ?s <http://x/service> ?o }",
    'ASK { ?service ?p \'SERVICE\', """SERVICE { "" """ }',
    "ASK { ?s e:SERVICE.x ?o ; e:a\\'b 'c' ; e:%41 '' , \"\" }",
    "ASK { ?s ?p ?o } # SERVICE { '",
    "ASK { ?s ?p 'x'@en-service }",
]


@pytest.mark.parametrize("query", HARMLESS)
def test_what_only_looks_like_it_is_let_through(query: str) -> None:
    assert len(HARMLESS) == 7
    assert outline(query, PREFIXES).form == "ASK"


# The data set that a query states: query, FROM, FROM NAMED
STATED = [
    ("ASK { ?s ?p ?o }", (), ()),
    ("ASK FROM <urn:a> FROM NAMED <urn:b> { ?s ?p ?o }", ("urn:a",), ("urn:b",)),
    ("PREFIX x: <urn:x:> ASK FROM x:a FROM NAMED x:b { ?s ?p ?o }", ("urn:x:a",), ("urn:x:b",)),
    ("ask from<urn:a>from e:a\\,b { ?s ?p ?o }", ("urn:a", "urn:e:a,b"), ()),
    ("ASK FROM <urn:\\U0001F600\\U00000041\\U0010FFFD> { }", ("urn:\U0001f600A\U0010fffd",), ()),
    (
        "ASK FROM <urn:\\U00110000\\uD800\\U0000dfff> { }",
        ("urn:\\U00110000\\uD800\\U0000dfff",),
        (),
    ),
    ("SELECT * FROM <urn:\\u0041> { ?from ?p <urn:FROM> }", ("urn:A",), ()),
    ("ASK { ?s ?p 'FROM <urn:a>' } # FROM <urn:b>", (), ()),
]


@pytest.mark.parametrize(("query", "default", "named"), STATED)
def test_the_stated_data_set(query: str, default: tuple[str, ...], named: tuple[str, ...]) -> None:
    assert len(STATED) == 8
    found = outline(query, PREFIXES)
    assert (found.default_graphs, found.named_graphs) == (default, named)


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()", "now()"])
def test_answers_that_vary_are_told(call: str) -> None:
    assert outline(f"SELECT ({call} AS ?x) {{}}", {}).volatile
    assert not outline(f"SELECT ('{call}' AS ?now) {{ ?rand <urn:uuid> ?x }}", {}).volatile


LENGTH = 250_000
LONG = ("1", "-", ".", "a.", "a", "!", '\\"""\n', "<", "<a", "a:", ":..", '"', "'\n", "''''", "@", "?", "a-", "_", "{", "FROM <a>", "\\u0041", "#\n", "é", "\0")  # fmt: skip


@pytest.mark.parametrize("part", LONG)
def test_reading_takes_no_longer_than_the_text_is_long(part: str) -> None:
    """A quarter of a megabyte in well below a second: the server reads it in its event loop."""
    assert len(LONG) == 24
    query = part * (LENGTH // len(part))
    start = time.process_time()
    with pytest.raises(RefusedError):
        outline(query, PREFIXES)
    assert time.process_time() - start < 0.7
