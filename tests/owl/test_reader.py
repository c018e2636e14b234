"""One OWL construct per file, and everything that must not be lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from milia_onto.owl.axioms import (
    AnnotationAssertion,
    Axiom,
    ClassAssertion,
    DisjointClasses,
    EntityKind,
    SubClassOf,
)
from milia_onto.owl.reader import NestingError, ReadError, SharingError, read_axioms
from milia_onto.owl.vocabulary import OWL, RDFS

if TYPE_CHECKING:
    from collections.abc import Callable

    from milia_onto.owl.ontology import Axioms

CONSTRUCTS = Path(__file__).parent.parent / "data" / "constructs"
FILES = sorted(CONSTRUCTS.glob("*.ttl"))
CONSTRUCT_COUNT = 97


def test_all_constructs_are_found() -> None:
    assert len(FILES) == CONSTRUCT_COUNT
    assert {file.stem for file in FILES} == {file.stem for file in CONSTRUCTS.glob("*.txt")}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_construct(
    file: Path, read: Callable[[str], Axioms], describe: Callable[[Axioms], str]
) -> None:
    axioms = read(file.read_text(encoding="utf-8"))
    assert axioms.remainder == ()
    assert describe(axioms) == file.with_suffix(".txt").read_text(encoding="utf-8")


def concrete(kind: type[Axiom]) -> set[str]:
    names = {kind.__name__} if kind.__match_args__ else set()
    return names.union(*(concrete(below) for below in kind.__subclasses__()))


def test_every_axiom_has_a_construct(read: Callable[[str], Axioms]) -> None:
    found = set()
    for file in FILES:
        axioms = read(file.read_text(encoding="utf-8"))
        for axiom in (*axioms.logical, *axioms.annotations, *axioms.declarations):
            found.add(type(axiom).__name__)
    assert found == concrete(Axiom) - {"ObjectPropertyCharacteristic"}


REMAINDERS = {
    "undeclared property": (":a :p :b .", 1),
    "literal for an object property": (":p a owl:ObjectProperty . :a :p 5 .", 1),
    "individual for a data property": (":q a owl:DatatypeProperty . :a :q :b .", 1),
    "undeclared property in a restriction": (
        ":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :B ] .",
        4,
    ),
    "restriction without its type": (
        ":p a owl:ObjectProperty . :A rdfs:subClassOf [ owl:onProperty :p ; owl:hasValue :b ] .",
        3,
    ),
    "restriction that says two things": (
        ":p a owl:ObjectProperty . :A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ;"
        " owl:someValuesFrom :B ; owl:allValuesFrom :B ] .",
        5,
    ),
    "class expression without its type": (
        ":A rdfs:subClassOf [ owl:unionOf ( :B :C ) ] .",
        6,
    ),
    "class expression with a second operator": (
        ":A rdfs:subClassOf [ a owl:Class ; owl:intersectionOf ( :B :C ) ; owl:complementOf :D ] .",
        1,
    ),
    "expression nobody uses": ("[] a owl:Class ; owl:unionOf ( :B :C ) .", 6),
    "open list": (
        ":A owl:disjointUnionOf _:l . _:l rdf:first :B ; rdf:rest _:m .",
        3,
    ),
    "cyclic list": (
        ":A owl:disjointUnionOf _:l . _:l rdf:first :B ; rdf:rest _:l .",
        3,
    ),
    "forked list": (
        ":A owl:disjointUnionOf _:l . _:l rdf:first :B ; rdf:first :C ; rdf:rest rdf:nil .",
        4,
    ),
    "cyclic expression": (
        ":A rdfs:subClassOf _:x . _:x a owl:Class ; owl:complementOf _:x .",
        3,
    ),
    "negative cardinality": (
        ":p a owl:ObjectProperty . :A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ;"
        " owl:minCardinality -1 ] .",
        4,
    ),
    "annotation of an axiom that is not asserted": (
        "[] a owl:Axiom ; owl:annotatedSource :A ; owl:annotatedProperty rdfs:subClassOf ;"
        " owl:annotatedTarget :B ; rdfs:comment 'why' .",
        5,
    ),
    "annotation without a target": (
        ":A rdfs:subClassOf :B . [] a owl:Axiom ; owl:annotatedSource :A ; rdfs:comment 'why' .",
        3,
    ),
    "undeclared property in an axiom annotation": (
        ":A rdfs:subClassOf :B . [] a owl:Axiom ; owl:annotatedSource :A ;"
        " owl:annotatedProperty rdfs:subClassOf ; owl:annotatedTarget :B ; :n 'why' .",
        1,
    ),
    "disjointness of one": ("[] a owl:AllDisjointClasses ; owl:members ( :A ) .", 4),
    "disjointness with a name": (":x a owl:AllDisjointClasses ; owl:members ( :A :B ) .", 6),
    "chain of one": (
        ":p a owl:ObjectProperty . :p owl:propertyChainAxiom ( :p ) .",
        3,
    ),
    "type that means nothing": (":a a owl:Restriction .", 1),
    "class type of an undeclared name": (":a a rdfs:Class .", 1),
    "property type of an undeclared name": (":a a rdf:Property .", 1),
    "literal as a superclass": (":A rdfs:subClassOf 'B' .", 1),
    "literal type": (":a a 'A' .", 1),
    "import in no header": (":a owl:imports :b .", 1),
    "triple about a header": ("<o:o> a owl:Ontology ; :n 'text' .", 1),
    "version that is no IRI": ("<o:o> a owl:Ontology ; owl:versionIRI 'one' .", 1),
    "hasSelf false": (
        ":p a owl:ObjectProperty . :A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ;"
        " owl:hasSelf false ] .",
        4,
    ),
    "two facets on one node": (
        ":q a owl:DatatypeProperty . :q rdfs:range [ a rdfs:Datatype ; owl:onDatatype xsd:integer ;"
        " owl:withRestrictions ( [ xsd:minInclusive 0 ; xsd:maxInclusive 5 ] ) ] .",
        8,
    ),
}
REMAINDER_COUNT = 30


def test_all_remainders_are_found() -> None:
    assert len(REMAINDERS) == REMAINDER_COUNT


@pytest.mark.parametrize("case", REMAINDERS)
def test_remainder(case: str, read: Callable[[str], Axioms]) -> None:
    turtle, count = REMAINDERS[case]
    assert len(read(turtle).remainder) == count


def test_a_refused_axiom_leaves_the_others(read: Callable[[str], Axioms]) -> None:
    axioms = read(
        ":p a owl:ObjectProperty . :A rdfs:subClassOf :B , "
        "[ a owl:Restriction ; owl:onProperty :x ; owl:someValuesFrom :B ] ."
    )
    assert axioms.logical == (SubClassOf("http://example.org/A", "http://example.org/B"),)


def test_a_header_can_be_an_individual_too(read: Callable[[str], Axioms]) -> None:
    axioms = read("<o:o> a owl:Ontology , :Dataset ; rdfs:label 'title' .")
    assert axioms.logical == (ClassAssertion("http://example.org/Dataset", "o:o"),)
    assert [one.value for one in axioms.headers[0].annotations] == [Literal("title")]


def test_two_headers_are_both_read(read: Callable[[str], Axioms]) -> None:
    axioms = read("<o:a> a owl:Ontology . [] a owl:Ontology ; owl:imports <o:b> .")
    assert [header.iri for header in axioms.headers] == ["o:a", None]
    assert axioms.headers[1].imports == ("o:b",)


def test_repeated_triples_count_once() -> None:
    triple = Triple(NamedNode("x:a"), NamedNode(RDFS + "subClassOf"), NamedNode("x:b"))
    assert read_axioms([triple, triple]).logical == (SubClassOf("x:a", "x:b"),)


def test_a_shared_expression_is_read_for_each_axiom(read: Callable[[str], Axioms]) -> None:
    axioms = read(
        ":A rdfs:subClassOf _:u . :B rdfs:subClassOf _:u . "
        "_:u a owl:Class ; owl:unionOf ( :C :D ) ."
    )
    assert axioms.remainder == ()
    assert axioms.logical[0].arguments[1] == axioms.logical[1].arguments[1]


def test_declared_entities_by_kind(read: Callable[[str], Axioms]) -> None:
    axioms = read(":A a owl:Class . :p a owl:ObjectProperty , owl:AnnotationProperty .")
    assert set(axioms.declared) == set(EntityKind)
    assert axioms.declared[EntityKind.CLASS] == {"http://example.org/A"}
    assert axioms.declared[EntityKind.ANNOTATION_PROPERTY] == {"http://example.org/p"}


def test_a_triple_term_is_not_lost() -> None:
    inner = Triple(NamedNode("x:a"), NamedNode("x:b"), NamedNode("x:c"))
    outer = Triple(NamedNode("x:a"), NamedNode(RDFS + "seeAlso"), inner)
    assert read_axioms([outer]).remainder == (outer,)


def test_long_lists_are_walked(read: Callable[[str], Axioms]) -> None:
    members = " ".join(f":c{number}" for number in range(20_000))
    axioms = read(f"[] a owl:AllDisjointClasses ; owl:members ( {members} ) .")
    (axiom,) = axioms.logical
    assert isinstance(axiom, DisjointClasses)
    assert len(axiom.operands) == 20_000
    assert axioms.remainder == ()


def nested(depth: int) -> str:
    inner = "".join("[ a owl:Class ; owl:complementOf " for _ in range(depth))
    return f":A rdfs:subClassOf {inner}:B{' ]' * depth} ."


def test_nesting_up_to_the_limit_is_read(read: Callable[[str], Axioms]) -> None:
    assert read(nested(100)).remainder == ()


def test_nesting_beyond_the_limit_is_an_error(read: Callable[[str], Axioms]) -> None:
    with pytest.raises(NestingError, match="100 deep"):
        read(nested(101))


def test_an_annotation_of_itself_is_left_over(read: Callable[[str], Axioms]) -> None:
    axioms = read(
        "_:a a owl:Axiom ; rdfs:comment 'x' ; owl:annotatedSource _:a ;"
        " owl:annotatedProperty rdfs:comment ; owl:annotatedTarget 'x' ."
    )
    assert len(axioms.remainder) == 5


def test_an_axiom_that_annotates_itself_is_an_error(read: Callable[[str], Axioms]) -> None:
    with pytest.raises(NestingError):
        read(
            "_:a a owl:AllDisjointClasses , owl:Annotation ; owl:members ( :A :B ) ;"
            " rdfs:comment 'x' ; owl:annotatedSource _:a ;"
            " owl:annotatedProperty rdfs:comment ; owl:annotatedTarget 'x' ."
        )


def test_annotations_nested_beyond_the_limit_are_an_error(
    read: Callable[[str], Axioms],
) -> None:
    chain = " ".join(
        f"_:x{n} a owl:Annotation ; owl:annotatedSource _:x{n - 1} ; owl:annotatedTarget 'x' ;"
        " owl:annotatedProperty rdfs:comment ; rdfs:comment 'x' ."
        for n in range(1, 150)
    )
    with pytest.raises(NestingError, match="annotations"):
        read(
            ":A rdfs:subClassOf :B . _:x0 a owl:Axiom ; owl:annotatedSource :A ; rdfs:comment 'x' ;"
            f" owl:annotatedProperty rdfs:subClassOf ; owl:annotatedTarget :B . {chain}"
        )


def test_expressions_that_double_at_every_step_are_an_error(
    read: Callable[[str], Axioms],
) -> None:
    steps = " ".join(
        f"_:x{n} a owl:Class ; owl:unionOf ( _:x{n + 1} _:x{n + 1} ) ." for n in range(60)
    )
    with pytest.raises(SharingError):
        read(f":A rdfs:subClassOf _:x0 . {steps} _:x60 a owl:Class ; owl:complementOf :B .")


def test_limits_are_read_errors() -> None:
    assert issubclass(NestingError, ReadError)
    assert issubclass(SharingError, ReadError)
    assert issubclass(ReadError, ValueError)


def test_builtin_annotation_properties_need_no_declaration(
    read: Callable[[str], Axioms],
) -> None:
    (axiom,) = read(":A owl:deprecated true .").annotations
    assert axiom == AnnotationAssertion(OWL + "deprecated", "http://example.org/A", Literal(True))
