"""What pySHACL passes over in silence is an error here: nothing that was asked goes unlooked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from milia_onto.model.errors import ContentError
from milia_onto.shacl.evaluate import validate
from milia_onto.shacl.shapes import parse_shapes, read_shapes

if TYPE_CHECKING:
    from tests.shacl.conftest import Judges

NODE = "ex:S a sh:NodeShape ; sh:targetClass ex:C ; "
PROPERTY = NODE + "sh:property ex:P . ex:P sh:path ex:p ; "
REFUSED = {
    "a misspelt constraint": (PROPERTY + "sh:minCuont 1 .", "ex.*P> uses sh:minCuont"),
    "a misspelt constraint inside": (
        PROPERTY + "sh:or ([ sh:datatyp xsd:date ] [ sh:nodeKind sh:IRI ]) .",
        "sh:datatyp,",
    ),
    "a misspelt target": ("ex:S sh:targetClas ex:C .", "S> uses sh:targetClas"),
    "a misspelt type": ("ex:S a sh:NodeShap ; sh:targetClass ex:C .", "is an sh:NodeShap"),
    "a misspelt severity": (PROPERTY + "sh:severity sh:Warnin .", "sh:Warnin as sh:severity"),
    "a misspelt node kind": (PROPERTY + "sh:nodeKind sh:Iri .", "as sh:nodeKind"),
    "a term of SHACL-SPARQL": (NODE + "sh:sparql [] .", "S> uses sh:sparql"),
    "an entailment regime": ("ex:graph sh:entailment ex:RDFS .", "uses sh:entailment"),
    "an empty graph": ("", "holds no shape"),
    "a graph without shapes": ("ex:a rdfs:label 'a' .", "holds no shape"),
    "a shape without target": ("ex:S a sh:NodeShape ; sh:nodeKind sh:IRI .", "has no target"),
    "a property shape without path": (
        NODE + "sh:property ex:P . ex:P sh:minCount 1 .",
        "P> uses sh:minCount without sh:path",
    ),
    "a typed property shape without path": (
        NODE + "sh:property [ a sh:PropertyShape ] .",
        "without sh:path",
    ),
    "an undescribed property shape": (NODE + "sh:property ex:P .", "not described"),
    "a node shape with a path": (NODE + "sh:path ex:p .", "is a node shape with sh:path"),
    "a count on a node shape": (NODE + "sh:minCount 1 .", "sh:minCount without sh:path"),
    "flags alone": (PROPERTY + "sh:flags 'i' .", "sh:flags without sh:pattern"),
    "two patterns": (PROPERTY + "sh:pattern 'a', 'b' .", "2 values of sh:pattern"),
    "a wrong pattern": (PROPERTY + "sh:pattern 'a(' .", "no usable regular expression"),
    "a qualified shape without count": (
        PROPERTY + "sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] .",
        "without a count",
    ),
    "a count that is none": (PROPERTY + "sh:minCount 'one' .", "no whole number"),
    "a truth that is none": (PROPERTY + "sh:uniqueLang 'yes' .", "neither true nor false"),
    "a bound that is none": (PROPERTY + "sh:minInclusive ex:x .", "no literal"),
    "a class that is a text": (PROPERTY + "sh:class 'C' .", "no IRI"),
    "a datatype that the store rewrites": (PROPERTY + "sh:datatype xsd:byte .", "keeps as"),
    "a broken list": (PROPERTY + "sh:in [ rdf:first 1 ] .", "list that is not well-formed"),
    "an endless list": (
        PROPERTY + "sh:in _:a . _:a rdf:first 1 ; rdf:rest _:a .",
        "list that is not well-formed",
    ),
    "a path of one step in a list": (NODE + "sh:property [ sh:path (ex:p) ] .", "not well-formed"),
    "a path with two readings": (
        NODE + "sh:property [ sh:path [ sh:inversePath ex:p ; sh:zeroOrMorePath ex:q ] ] .",
        "not well-formed",
    ),
    "an endless path": (
        NODE + "sh:property [ sh:path _:a ] . _:a sh:inversePath _:a .",
        "not well-formed",
    ),
    "a shape that refers to itself": (NODE + "sh:node ex:S .", "refers to itself"),
    "shapes that refer to each other": (
        PROPERTY + "sh:node ex:N . ex:N a sh:NodeShape ; sh:property ex:P .",
        "refers to itself",
    ),
    "a property shape as sh:node": (PROPERTY + "sh:node [ sh:path ex:q ] .", "a property shape"),
    "a blank target": ("ex:S a sh:NodeShape ; sh:targetNode [] .", "blank node"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_reader_refuses(name: str, judges: Judges) -> None:
    text, message = REFUSED[name]
    with pytest.raises(ContentError, match=message):
        read_shapes(judges.triples(text))


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "no shapes file"),
        ({"a.ttl": b"<a> <b>"}, r"a\.ttl.*not Turtle"),
        ({"a.ttl": b"<urn:a> <urn:b> 1 ."}, r"a\.ttl: holds no sh:NodeShape"),
    ],
)
def test_files_that_hold_no_shapes_are_refused(files: dict[str, bytes], message: str) -> None:
    with pytest.raises(ContentError) as error:
        parse_shapes(files)
    assert re.search(message, str(error.value))


def test_an_idle_shape_is_an_error_for_the_gate_only(judges: Judges) -> None:
    shapes = read_shapes(
        judges.triples(
            "ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:nodeKind sh:IRI . "
            "ex:T a sh:NodeShape ; sh:targetClass ex:D ; sh:nodeKind sh:IRI ."
        )
    )
    store = judges.store("ex:a a ex:C .")
    assert not validate(store, shapes, must_look=False).findings
    with pytest.raises(ContentError, match=r"T> looked at no node"):
        validate(store, shapes, must_look=True)


def test_data_that_no_shape_looks_at_are_an_error(judges: Judges) -> None:
    shapes = read_shapes(judges.triples("ex:S a sh:NodeShape ; sh:targetClass ex:C ."))
    with pytest.raises(ContentError, match="no shape applies"):
        validate(judges.store(""), shapes, must_look=False)
