"""The patterns of EXISTS: put in order where they can be, with the same solutions always."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milia_onto.publish.sparql_exists import with_exists_ordered

PREFIXES = {"": "urn:e:", "e": "urn:e:"}

# What is written (between the brackets of an EXISTS, ?x being bound), and what comes of it
ORDERED = {
    "?y :p ?z . ?x :q ?y": "?x :q ?y LATERAL { ?y :p ?z }",
    "?x :p ?y, ?z": "?x :p ?y LATERAL { ?x :p ?z }",
    "?y :p :a ; :q ?x": "?y :q ?x LATERAL { ?y :p :a }",
    "?y :p ?z ; :q ?x ; .": "?y :q ?x LATERAL { ?y :p ?z }",
    "?x :p/:q :a": "?x :p ?step1 LATERAL { ?step1 :q :a }",
    "?x ^:p/(:q|:r)* :a": "?x ^:p ?step1 LATERAL { ?step1 (:q|:r)* :a }",
    "?y :p+ ?z . ?x a ?y": "?x a ?y LATERAL { ?y :p+ ?z }",
    "?x :p|:q ?y . ?y ?p 'a'@en": "?x :p|:q ?y LATERAL { ?y ?p 'a'@en }",
    "?y :p ?x FILTER(?y < ?z) ?y :q ?z": "?y :p ?x LATERAL { ?y :q ?z } FILTER(?y < ?z)",
    "?y :p 5 . ?x :q ?y filter regex(str(?y), '.')": (
        "?x :q ?y LATERAL { ?y :p 5 } filter regex(str(?y), '.')"
    ),
    "?y :p ?x FILTER NOT EXISTS { ?z :p ?y . ?y :q ?a . ?a :p ?z }": (
        "?y :p ?x FILTER NOT EXISTS { ?y :q ?a LATERAL { ?a :p ?z } LATERAL { ?z :p ?y } }"
    ),
    "?x :p ?y . ?y :q \"1\"^^:t # a :b { \n": "?x :p ?y LATERAL { ?y :q \"1\"^^:t }",
}  # fmt: skip

# What is more than triple patterns and filters, or may be read in two ways
KEPT = [
    "?x :p ?y",
    "?x :p ?y OPTIONAL { ?y :p ?z }",
    "?x :p _:b . _:b :q ?y",
    "?x :p [ :q ?y ]",
    "?x :p ( 1 2 )",
    "{ ?x :p ?y } UNION { ?x :q ?y }",
    "?x :p 1.5 . ?x :q ?y",
    "?x :p 1e5 . ?x :q ?y",
    "?x :p +5 . ?x :q ?y",
    "?x :p -5 . ?x :q ?y",
    "?x :p ?y BIND(?y AS ?z) ?x :q ?z",
    "?x :p ?y MINUS { ?x :q ?y }",
    "VALUES ?y { 1 } ?x :p ?y . ?x :q ?y",
    "SELECT ?y { ?x :p ?y . ?x :q ?y }",
    "?x :p true.false :q ?y",
    "?x :p ?y . ?x :q SERVICE:a",
    "?x :p ?y . ?y :q 'a",
    "?x :p ?y ) . ( ?y :q ?z",
    "?x :p ?y . ?y",
    "?x :p ?y . ?y :q",
    "?x :p/ ?y . ?y :q ?z",
]


def within(body: str) -> str:
    return f"SELECT ?x WHERE {{ ?x a :c FILTER EXISTS {{ {body} }} }}"


@pytest.mark.parametrize("body", ORDERED)
def test_patterns_follow_what_is_bound(body: str) -> None:
    assert len(ORDERED) == 12
    found = with_exists_ordered(within(body))
    assert " ".join(found.split()) == within(ORDERED[body])
    ox.Store().query(found, prefixes=PREFIXES)


@pytest.mark.parametrize("body", KEPT)
def test_what_may_mean_something_else_in_another_order_is_kept(body: str) -> None:
    assert len(KEPT) == 21
    assert with_exists_ordered(within(body)) == within(body)


def test_what_has_no_exists_is_kept() -> None:
    query = "SELECT * { ?x :p ?y . ?y :q ?z }"
    assert with_exists_ordered(query) == query


@pytest.mark.parametrize("sign", "?$")
def test_steps_get_names_that_nobody_uses(sign: str) -> None:
    query = f"ASK {{ {sign}step1 :p ?x FILTER EXISTS {{ ?x :p/:q {sign}step_1 }} }}"
    found = f"?x :p ?step__1 LATERAL {{ ?step__1 :q {sign}step_1 }}"
    assert found in with_exists_ordered(query)


def test_what_is_very_long_is_kept() -> None:
    for many in (51, 2000):
        query = within(" . ".join(f"?x :p{number} ?y{number}" for number in range(many)))
        assert with_exists_ordered(query) == query


NODES = [ox.NamedNode(f"urn:e:{name}") for name in "abcd"]
PROPERTIES = [ox.NamedNode(f"urn:e:{name}") for name in "pq"]
VARIABLES = ["?x", "?y", "?z", "?w", "$step1"]

triples = st.builds(
    ox.Quad, st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(NODES)
)
terms = st.sampled_from([*VARIABLES, ":a", ":b"])
paths = st.sampled_from([":p", ":q", "^:p", ":p/:q", ":p+", ":q*", ":p?", ":p|:q", "(:p/^:q)+"])
patterns = st.builds("{} {} {}".format, terms, st.one_of(paths, st.just("?v")), terms)
blocks = st.lists(patterns, min_size=1, max_size=3).map(" . ".join)
filters = st.builds("FILTER(?{} {} ?{})".format, *[st.sampled_from(list("xyz")), st.sampled_from(["=", "!="]), st.sampled_from(list("xyz"))])  # fmt: skip
bodies = st.recursive(
    blocks,
    lambda inner: st.builds(
        "{} {} FILTER {} {{ {} }}".format,
        blocks,
        st.one_of(st.just(""), filters),
        st.sampled_from(["EXISTS", "NOT EXISTS"]),
        inner,
    ),
    max_leaves=2,
)


@settings(max_examples=300, deadline=None)
@given(
    graph=st.lists(triples, max_size=12),
    outer=blocks,
    body=bodies,
    word=st.sampled_from(["EXISTS", "NOT EXISTS"]),
)
def test_the_solutions_stay_the_same(
    graph: list[ox.Quad], outer: str, body: str, word: str
) -> None:
    store = ox.Store()
    store.extend(graph)
    query = f"SELECT * WHERE {{ {outer} FILTER {word} {{ {body} }} }}"
    one, other = (
        Counter(map(str, store.query(text, prefixes=PREFIXES)))
        for text in (query, with_exists_ordered(query))
    )
    assert one == other
