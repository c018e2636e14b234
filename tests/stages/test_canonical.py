"""Blank nodes get stable labels; order and names of the input do not matter."""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest

from milia_onto.model.errors import ContentError
from milia_onto.stages.canonical import digest, relabel

SOURCE = b"""
@prefix : <urn:x:> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
:a :p [ :q :b ; :r [ :s "t"@en ] ] , [ :q :c ] ; :list ( :b [ :q :c ] :d ) .
:e :p [ :q :c ] .
[] a owl:Axiom ; owl:annotatedSource :a ; :note "n" .
"""


def parse(data: bytes) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)]


def test_relabel_does_not_depend_on_order_or_names() -> None:
    first = relabel(parse(SOURCE))
    for seed in range(10):
        triples = parse(SOURCE)
        random.Random(seed).shuffle(triples)
        assert relabel(triples) == first


def test_relabel_keeps_the_graph() -> None:
    assert digest(relabel(parse(SOURCE))) == digest(parse(SOURCE))


def test_equal_expressions_of_two_owners_stay_apart() -> None:
    relabelled = relabel(parse(b"@prefix : <urn:x:> . :a :p [ :q :c ] . :e :p [ :q :c ] ."))
    assert len(relabelled) == 4


def test_equal_twins_of_one_owner_become_one() -> None:
    relabelled = relabel(parse(b"@prefix : <urn:x:> . :a :p [ :q :c ] , [ :q :c ] ."))
    assert len(relabelled) == 2


def test_one_edit_changes_its_own_lines_only() -> None:
    before = {str(t) for t in relabel(parse(SOURCE))}
    after = {str(t) for t in relabel(parse(SOURCE + b":f :p [ :q :z ] ."))}
    assert before < after
    assert len(after - before) == 2


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        pytest.param(b"_:a <urn:p> _:b . _:b <urn:p> _:a .", "circle", id="circle"),
        pytest.param(b"<urn:s> <urn:p> _:b . <urn:t> <urn:p> _:b .", "shared", id="two owners"),
    ],
)
def test_what_owl_does_not_need_is_refused(turtle: bytes, message: str) -> None:
    with pytest.raises(ContentError, match=message):
        relabel(parse(turtle))


def test_a_long_list_needs_no_recursion() -> None:
    items = " ".join(f"<urn:{n}>" for n in range(20_000))
    triples = parse(f"<urn:s> <urn:p> ( {items} ) .".encode())
    assert len(relabel(triples)) == len(triples)
