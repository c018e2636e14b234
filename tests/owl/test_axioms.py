"""What an axiom knows about itself."""

import pytest
from pyoxigraph import BlankNode, Literal

from milia_onto.owl import axioms as ax
from milia_onto.owl import expressions as ex
from milia_onto.owl.signature import entities, parts

SOME = ex.ObjectSomeValuesFrom("p", "B")

SUBJECTS = [
    (ax.SubClassOf("A", SOME), "A"),
    (ax.SubClassOf(SOME, "A"), "A"),
    (ax.SubClassOf(SOME, ex.ObjectComplementOf("C")), "p"),
    (ax.EquivalentClasses(("A", SOME)), "A"),
    (ax.EquivalentClasses((SOME, "A")), "A"),
    (ax.DisjointUnion("A", ("B", "C")), "A"),
    (ax.SubObjectPropertyOf("p", "q"), "p"),
    (ax.SubObjectPropertyOf(ax.ObjectPropertyChain(("p", "q")), "r"), "r"),
    (ax.ObjectPropertyDomain(ex.ObjectInverseOf("p"), "A"), "A"),
    (ax.TransitiveObjectProperty(ex.ObjectInverseOf("p")), "p"),
    (ax.ClassAssertion("A", "a"), "a"),
    (ax.ClassAssertion("A", BlankNode("x")), "_:x"),
    (ax.ObjectPropertyAssertion("p", "a", "b"), "a"),
    (ax.NegativeDataPropertyAssertion("q", "a", Literal(1)), "a"),
    (ax.AnnotationAssertion("n", "A", Literal("x")), "A"),
    (ax.AnnotationAssertion("n", BlankNode("x"), Literal("x")), "_:x"),
    (ax.Declaration(ax.EntityKind.CLASS, "A"), "A"),
    (ax.HasKey(SOME, ("p",), ()), "p"),
]


@pytest.mark.parametrize(("axiom", "subject"), SUBJECTS, ids=[repr(a) for a, _ in SUBJECTS])
def test_subject(axiom: ax.Axiom, subject: str) -> None:
    assert axiom.subject == subject


def test_annotations_make_a_different_axiom() -> None:
    plain = ax.SubClassOf("A", "B")
    said = ax.SubClassOf("A", "B", annotations=(ax.Annotation("n", "source"),))
    assert plain != said
    assert plain.arguments == said.arguments


def test_entities_come_with_their_kind_from_left_to_right() -> None:
    axiom = ax.SubClassOf(
        ex.ObjectIntersectionOf(("A", ex.ObjectHasValue(ex.ObjectInverseOf("p"), "a"))),
        ex.DataSomeValuesFrom("q", ex.DataOneOf((Literal(1),))),
    )
    kind = ax.EntityKind
    assert list(entities(axiom)) == [
        (kind.CLASS, "A"),
        (kind.OBJECT_PROPERTY, "p"),
        (kind.NAMED_INDIVIDUAL, "a"),
        (kind.DATA_PROPERTY, "q"),
        (kind.DATATYPE, "http://www.w3.org/2001/XMLSchema#integer"),
    ]


def test_entities_leave_out_what_is_only_said() -> None:
    axiom = ax.AnnotationAssertion("n", "A", Literal(1), annotations=(ax.Annotation("m", "x"),))
    assert list(entities(axiom)) == [(ax.EntityKind.ANNOTATION_PROPERTY, "n")]


def test_facets_and_chains_have_entities() -> None:
    facet = ex.FacetRestriction("facet", Literal("x"))
    axiom = ax.DataPropertyRange("q", ex.DatatypeRestriction("d", (facet,)))
    assert [iri for _, iri in entities(axiom)] == [
        "q",
        "d",
        "http://www.w3.org/2001/XMLSchema#string",
    ]
    chain = ax.SubObjectPropertyOf(ax.ObjectPropertyChain(("p", "q")), "r")
    assert {kind for kind, _ in entities(chain)} == {ax.EntityKind.OBJECT_PROPERTY}


def test_parts_begin_with_the_axiom() -> None:
    axiom = ax.SubClassOf("A", SOME)
    assert [value for _, value in parts(axiom)] == [axiom, "A", SOME, "p", "B"]
