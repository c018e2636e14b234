"""Readable and deterministic lines; the constructs show every axiom, this the details."""

import pytest
from pyoxigraph import BlankNode, Literal

from milia_onto.owl import axioms as ax
from milia_onto.owl import expressions as ex
from milia_onto.owl.manchester import render
from milia_onto.owl.vocabulary import THING, XSD

LABELS = {
    "x:milia": "milia",
    "x:follows": "occurs following",
    "x:abrasion": "dermabrasion",
    "x:quote": "child's \\ milia",
}

LINES = [
    (
        ex.ObjectIntersectionOf(("x:milia", ex.ObjectSomeValuesFrom("x:follows", "x:abrasion"))),
        "'milia' and ('occurs following' some 'dermabrasion')",
    ),
    ("x:milia", "'milia'"),
    ("x:unknown", "<x:unknown>"),
    (THING, "owl:Thing"),
    ("x:quote", "'child\\'s \\\\ milia'"),
    (ex.ObjectOneOf(("x:milia", BlankNode("b"))), "{'milia', _:b}"),
    (ex.ObjectMinCardinality(2, "x:follows"), "'occurs following' min 2 owl:Thing"),
    (
        ex.ObjectComplementOf(ex.ObjectUnionOf(("x:milia", "x:abrasion"))),
        "not ('milia' or 'dermabrasion')",
    ),
    (ex.DataHasValue("x:follows", Literal("a\nb")), "'occurs following' value \"a\\nb\""),
    (
        ex.DataHasValue("x:follows", Literal("^^", language="en")),
        "'occurs following' value \"^^\"@en",
    ),
    (
        ex.DatatypeRestriction(XSD + "int", (ex.FacetRestriction("x:other", Literal(1)),)),
        'xsd:int[x:other "1"^^xsd:integer]',
    ),
    (ax.SameIndividual(("x:a", "x:b", "x:c")), "SameIndividual: <x:a>, <x:b>, <x:c>"),
    (
        ax.EquivalentClasses(("x:milia", "x:a", "x:b")),
        "EquivalentClasses: 'milia', <x:a>, <x:b>",
    ),
]


@pytest.mark.parametrize(("item", "line"), LINES, ids=[line for _, line in LINES])
def test_render(item: object, line: str) -> None:
    assert render(item, LABELS.get) == line
