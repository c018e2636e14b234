"""What is written can be read again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal

from milia_onto.owl import axioms as ax
from milia_onto.owl import expressions as ex
from milia_onto.owl.reader import read_axioms
from milia_onto.owl.vocabulary import XSD
from milia_onto.owl.writer import to_triples

if TYPE_CHECKING:
    from collections.abc import Callable

    from milia_onto.owl.ontology import Axioms

FILES = sorted((Path(__file__).parent.parent / "data" / "constructs").glob("*.ttl"))
CONSTRUCT_COUNT = 97

OBJECTS = ("x:p", "x:q", "x:r")
DATA = ("x:u", "x:v")
DECLARATIONS = [
    *(ax.Declaration(ax.EntityKind.OBJECT_PROPERTY, iri) for iri in OBJECTS),
    *(ax.Declaration(ax.EntityKind.DATA_PROPERTY, iri) for iri in DATA),
    ax.Declaration(ax.EntityKind.DATATYPE, "x:d"),
]

names = st.sampled_from(("x:A", "x:B", "x:C"))
literals = st.one_of(
    st.text("ab\"\\\n'é", max_size=4).map(Literal),
    st.integers(0, 9).map(Literal),
    st.just(Literal("x", language="en")),
)
individuals = st.one_of(st.sampled_from(("x:a", "x:b")), st.just(BlankNode("x1")))
data_properties = st.sampled_from(DATA)
object_properties = st.one_of(
    st.sampled_from(OBJECTS), st.sampled_from(OBJECTS).map(ex.ObjectInverseOf)
)
numbers = st.integers(0, 5)
facets = st.builds(ex.FacetRestriction, st.just(XSD + "minInclusive"), literals)


def several(strategy: st.SearchStrategy[object], least: int = 2) -> st.SearchStrategy[object]:
    return st.lists(strategy, min_size=least, max_size=4).map(tuple)


ranges = st.recursive(
    st.one_of(
        st.sampled_from((XSD + "integer", XSD + "string")),
        st.builds(ex.DataOneOf, several(literals, 1)),
        st.builds(ex.DatatypeRestriction, st.just(XSD + "integer"), several(facets, 1)),
    ),
    lambda inner: st.one_of(
        st.builds(ex.DataIntersectionOf, several(inner)),
        st.builds(ex.DataUnionOf, several(inner)),
        st.builds(ex.DataComplementOf, inner),
    ),
    max_leaves=4,
)
classes = st.recursive(
    st.one_of(
        names,
        st.builds(ex.ObjectOneOf, several(individuals, 1)),
        st.builds(ex.ObjectHasValue, object_properties, individuals),
        st.builds(ex.ObjectHasSelf, object_properties),
        st.builds(ex.DataSomeValuesFrom, data_properties, ranges),
        st.builds(ex.DataAllValuesFrom, data_properties, ranges),
        st.builds(ex.DataHasValue, data_properties, literals),
        st.builds(ex.DataMinCardinality, numbers, data_properties, ranges),
        st.builds(ex.DataMaxCardinality, numbers, data_properties),
        st.builds(ex.DataExactCardinality, numbers, data_properties, ranges),
    ),
    lambda inner: st.one_of(
        st.builds(ex.ObjectIntersectionOf, several(inner)),
        st.builds(ex.ObjectUnionOf, several(inner)),
        st.builds(ex.ObjectComplementOf, inner),
        st.builds(ex.ObjectSomeValuesFrom, object_properties, inner),
        st.builds(ex.ObjectAllValuesFrom, object_properties, inner),
        st.builds(ex.ObjectMinCardinality, numbers, object_properties, inner),
        st.builds(ex.ObjectMaxCardinality, numbers, object_properties, inner),
        st.builds(ex.ObjectExactCardinality, numbers, object_properties),
    ),
    max_leaves=6,
)
axioms = st.one_of(
    st.builds(ax.SubClassOf, classes, classes),
    st.builds(ax.EquivalentClasses, st.tuples(classes, classes)),
    st.builds(ax.DisjointClasses, several(classes)),
    st.builds(ax.DisjointUnion, names, several(classes)),
    st.builds(ax.DatatypeDefinition, st.just("x:d"), ranges),
    st.builds(ax.HasKey, classes, several(object_properties, 1), several(data_properties, 0)),
    st.builds(
        ax.SubObjectPropertyOf,
        st.one_of(
            st.sampled_from(OBJECTS), st.builds(ax.ObjectPropertyChain, several(object_properties))
        ),
        object_properties,
    ),
    st.builds(ax.EquivalentObjectProperties, st.tuples(object_properties, object_properties)),
    st.builds(ax.DisjointObjectProperties, several(object_properties)),
    st.builds(ax.InverseObjectProperties, st.sampled_from(OBJECTS), object_properties),
    st.builds(ax.ObjectPropertyDomain, object_properties, classes),
    st.builds(ax.ObjectPropertyRange, object_properties, classes),
    *(
        st.builds(kind, object_properties)
        for kind in (
            ax.FunctionalObjectProperty,
            ax.InverseFunctionalObjectProperty,
            ax.ReflexiveObjectProperty,
            ax.IrreflexiveObjectProperty,
            ax.SymmetricObjectProperty,
            ax.AsymmetricObjectProperty,
            ax.TransitiveObjectProperty,
        )
    ),
    st.builds(ax.SubDataPropertyOf, data_properties, data_properties),
    st.builds(ax.EquivalentDataProperties, st.tuples(data_properties, data_properties)),
    st.builds(ax.DisjointDataProperties, several(data_properties)),
    st.builds(ax.DataPropertyDomain, data_properties, classes),
    st.builds(ax.DataPropertyRange, data_properties, ranges),
    st.builds(ax.FunctionalDataProperty, data_properties),
    st.builds(ax.SameIndividual, st.tuples(individuals, individuals)),
    st.builds(ax.DifferentIndividuals, several(individuals)),
    st.builds(ax.ClassAssertion, classes, individuals),
    st.builds(ax.ObjectPropertyAssertion, st.sampled_from(OBJECTS), individuals, individuals),
    st.builds(ax.NegativeObjectPropertyAssertion, object_properties, individuals, individuals),
    st.builds(ax.DataPropertyAssertion, data_properties, individuals, literals),
    st.builds(ax.NegativeDataPropertyAssertion, data_properties, individuals, literals),
)


@given(st.lists(axioms, max_size=5, unique=True))
def test_reading_back_gives_the_same_axioms(written: list[ax.Axiom]) -> None:
    found = read_axioms(to_triples([*DECLARATIONS, *written]))
    assert found.remainder == ()
    assert set(found.logical) == set(written)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_constructs_survive(file: Path, read: Callable[[str], Axioms]) -> None:
    axioms = read(file.read_text(encoding="utf-8"))
    again = read_axioms(to_triples([*axioms.declarations, *axioms.logical]))
    assert again.remainder == ()
    assert [axiom.arguments for axiom in again.logical] == [
        axiom.arguments for axiom in axioms.logical
    ]
    assert [one.entity for one in again.declarations] == [one.entity for one in axioms.declarations]


def test_all_constructs_are_found() -> None:
    assert len(FILES) == CONSTRUCT_COUNT


def test_longer_equivalences_are_written_as_pairs() -> None:
    found = read_axioms(to_triples([ax.EquivalentClasses(("x:A", "x:B", "x:C"))]))
    assert found.logical == (
        ax.EquivalentClasses(("x:A", "x:B")),
        ax.EquivalentClasses(("x:B", "x:C")),
    )


def test_new_blank_nodes_are_not_those_of_individuals() -> None:
    assertion = ax.ClassAssertion(ex.ObjectComplementOf("x:A"), BlankNode("x1"))
    subjects = {triple.subject for triple in to_triples([assertion])}
    assert subjects == {BlankNode("x1"), BlankNode("x2")}


def test_an_assertion_over_an_inverse_is_turned_round() -> None:
    found = to_triples([ax.ObjectPropertyAssertion(ex.ObjectInverseOf("x:p"), "x:a", "x:b")])
    assert [str(triple) for triple in found] == ["<x:b> <x:p> <x:a>"]


def test_annotations_are_refused() -> None:
    with pytest.raises(TypeError, match="AnnotationAssertion"):
        to_triples([ax.AnnotationAssertion("x:n", "x:A", Literal("text"))])
