"""Each rule of OWL 2 DL and OWL 2 EL, broken once; and texts that break none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milia_onto.owl.profile import dl_violations, el_violations

if TYPE_CHECKING:
    from collections.abc import Callable

    from milia_onto.owl.ontology import Axioms

HEADER = "<http://example.org/ontology> a owl:Ontology . "
VOCABULARY = (
    HEADER
    + ":A a owl:Class . :B a owl:Class . :C a owl:Class . :q a owl:DatatypeProperty . "
    + ":v a owl:DatatypeProperty . :n a owl:AnnotationProperty . :d a rdfs:Datatype . "
    + ":d owl:equivalentClass [ a rdfs:Datatype ; owl:oneOf ( 'x' ) ] . "
    + "".join(f":{name} a owl:ObjectProperty . " for name in ("p", "r", "s", "t"))
)
SYNTAX = "OWL 2 Structural Specification, "
MAPPING = "OWL 2 Mapping to RDF Graphs, "
PROFILES = "OWL 2 Profiles, "


def restriction(name: str, rest: str) -> str:
    return f":A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty {name} ; {rest} ] . "


DL: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "undeclared class": (":A rdfs:subClassOf :X .", [("undeclared-entity", SYNTAX + "5.8.2")]),
    "undeclared datatype": (
        ":q rdfs:range :x .",
        [("undeclared-entity", SYNTAX + "5.8.2")],
    ),
    "undeclared property": (":a :x :b .", [("unmapped-triple", MAPPING + "3.2.5")]),
    "broken expression": (
        ":A rdfs:subClassOf [ owl:onProperty :p ; owl:someValuesFrom :B ] .",
        [("unmapped-triple", MAPPING + "3.2.5")] * 3,
    ),
    "class and datatype": (":A a rdfs:Datatype .", [("illegal-punning", SYNTAX + "5.9")]),
    "object and data property": (
        ":p a owl:DatatypeProperty .",
        [("illegal-punning", SYNTAX + "5.9")],
    ),
    "object and annotation property": (
        ":p a owl:AnnotationProperty .",
        [("illegal-punning", SYNTAX + "5.9")],
    ),
    "data and annotation property": (
        ":q a owl:AnnotationProperty .",
        [("illegal-punning", SYNTAX + "5.9")],
    ),
    "reserved class": (
        ":A rdfs:subClassOf rdfs:Resource .",
        [("reserved-vocabulary", SYNTAX + "5.1")],
    ),
    "reserved object property": (
        "owl:mine a owl:ObjectProperty .",
        [("reserved-vocabulary", SYNTAX + "5.3")],
    ),
    "reserved data property": (
        "owl:mine a owl:DatatypeProperty .",
        [("reserved-vocabulary", SYNTAX + "5.4")],
    ),
    "reserved annotation property": (
        "owl:mine a owl:AnnotationProperty .",
        [("reserved-vocabulary", SYNTAX + "5.5")],
    ),
    "reserved individual": (
        "owl:mine a :A .",
        [("reserved-vocabulary", SYNTAX + "5.6.1")],
    ),
    "second header": ("<o:b> a owl:Ontology .", [("ontology-header", MAPPING + "3.1.2")]),
    "datatype outside the map": (
        ":q rdfs:range xsd:date .",
        [("datatype-map", SYNTAX + "4")],
    ),
    "literal outside the map": (
        ":a :q '2026-01-01'^^xsd:date .",
        [("datatype-map", SYNTAX + "4")],
    ),
    "undefined datatype": (
        ":e a rdfs:Datatype . :q rdfs:range :e .",
        [("datatype", SYNTAX + "11.2")],
    ),
    "circular datatypes": (
        ":e a rdfs:Datatype ; owl:equivalentClass :f . :f a rdfs:Datatype ; "
        "owl:equivalentClass :e .",
        [("datatype", SYNTAX + "11.2")] * 2,
    ),
    "datatype defined by itself": (
        ":e a rdfs:Datatype ; owl:equivalentClass [ a rdfs:Datatype ; "
        "owl:datatypeComplementOf :e ] .",
        [("datatype", SYNTAX + "11.2")],
    ),
    "datatype defined twice": (
        ":d owl:equivalentClass [ a rdfs:Datatype ; owl:oneOf ( 'y' ) ] .",
        [("datatype", SYNTAX + "11.2")],
    ),
    "built-in datatype defined": (
        "xsd:token owl:equivalentClass [ a rdfs:Datatype ; owl:oneOf ( 'x' ) ] .",
        [("datatype", SYNTAX + "11.2")],
    ),
    "top data property below": (
        "owl:topDataProperty rdfs:subPropertyOf :q .",
        [("top-data-property", SYNTAX + "11.2")],
    ),
    "top data property in a restriction": (
        restriction("owl:topDataProperty", "owl:someValuesFrom xsd:string"),
        [("top-data-property", SYNTAX + "11.2")],
    ),
    "cardinality of a transitive property": (
        ":p a owl:TransitiveProperty . "
        + restriction(":p", "owl:maxCardinality '1'^^xsd:nonNegativeInteger"),
        [("non-simple-property", SYNTAX + "11.2")],
    ),
    "minimum over a chain": (
        ":p owl:propertyChainAxiom ( :r :s ) . "
        + restriction(":p", "owl:minCardinality '1'^^xsd:nonNegativeInteger"),
        [("non-simple-property", SYNTAX + "11.2")],
    ),
    "exact over an inverse": (
        ":r a owl:TransitiveProperty . :p owl:inverseOf :r . "
        + restriction(":p", "owl:cardinality '1'^^xsd:nonNegativeInteger"),
        [("non-simple-property", SYNTAX + "11.2")],
    ),
    "self of a transitive property": (
        ":p a owl:TransitiveProperty . " + restriction(":p", "owl:hasSelf true"),
        [("non-simple-property", SYNTAX + "11.2")],
    ),
    "functional above a transitive property": (
        ":r a owl:TransitiveProperty . :r rdfs:subPropertyOf :p . :p a owl:FunctionalProperty .",
        [("non-simple-property", SYNTAX + "11.2")],
    ),
    "inverse functional transitive": (
        ":p a owl:TransitiveProperty , owl:InverseFunctionalProperty .",
        [("non-simple-property", SYNTAX + "11.2")],
    ),
    "irreflexive transitive": (
        ":p a owl:TransitiveProperty , owl:IrreflexiveProperty .",
        [("non-simple-property", SYNTAX + "11.2")],
    ),
    "asymmetric equal to transitive": (
        ":r a owl:TransitiveProperty . :p owl:equivalentProperty :r ; a owl:AsymmetricProperty .",
        [("non-simple-property", SYNTAX + "11.2")],
    ),
    "disjoint with a transitive property": (
        ":r a owl:TransitiveProperty . :p owl:propertyDisjointWith :r .",
        [("non-simple-property", SYNTAX + "11.2")],
    ),
    "chain in the middle": (
        ":p owl:propertyChainAxiom ( :r :p :s ) .",
        [("irregular-chain", SYNTAX + "11.2")],
    ),
    "chain at both ends": (
        ":p owl:propertyChainAxiom ( :p :r :p ) .",
        [("irregular-chain", SYNTAX + "11.2")],
    ),
    "chains in a circle": (
        ":p owl:propertyChainAxiom ( :r :s ) . :r owl:propertyChainAxiom ( :p :s ) .",
        [("irregular-chain", SYNTAX + "11.2")] * 2,
    ),
    "chain of what is above": (
        ":p owl:propertyChainAxiom ( :r :s ) . :p rdfs:subPropertyOf :r .",
        [("irregular-chain", SYNTAX + "11.2")],
    ),
    "chain of its inverse": (
        ":p owl:propertyChainAxiom ( [ owl:inverseOf :p ] :s ) .",
        [("irregular-chain", SYNTAX + "11.2")],
    ),
    "anonymous individual in an enumeration": (
        ":A rdfs:subClassOf [ a owl:Class ; owl:oneOf ( :a _:x ) ] .",
        [("anonymous-individual", SYNTAX + "11.2")],
    ),
    "anonymous value": (
        restriction(":p", "owl:hasValue _:x"),
        [("anonymous-individual", SYNTAX + "11.2")],
    ),
    "anonymous and same": (":a owl:sameAs _:x .", [("anonymous-individual", SYNTAX + "11.2")]),
    "anonymous and different": (
        ":a owl:differentFrom _:x .",
        [("anonymous-individual", SYNTAX + "11.2")],
    ),
    "anonymous in a negative assertion": (
        "[] a owl:NegativePropertyAssertion ; owl:sourceIndividual _:x ; "
        "owl:assertionProperty :q ; owl:targetValue 5 .",
        [("anonymous-individual", SYNTAX + "11.2")],
    ),
    "anonymous loop": (
        "_:x :p _:y . _:y :p _:z . _:z :p _:x .",
        [("anonymous-individual", SYNTAX + "11.2")],
    ),
}
DL_COUNT = 43

IN_DL = {
    "plain": ":A rdfs:subClassOf :B ; rdfs:label 'a' ; :n 5 . :a a :A ; :p :b ; :q 5 .",
    "class as individual": ":A a :B .",
    "individual needs no declaration": ":a :p :b .",
    "transitive chains": ":p a owl:TransitiveProperty . :p owl:propertyChainAxiom ( :p :p ) .",
    "left and right identity": (
        ":p owl:propertyChainAxiom ( :p :r ) ; owl:propertyChainAxiom ( :s :p ) ."
    ),
    "chain below a chain": (
        ":p owl:propertyChainAxiom ( :r :s ) . :r owl:propertyChainAxiom ( :t :s ) ."
    ),
    "chain to the top": (
        "owl:topObjectProperty owl:propertyChainAxiom ( :r owl:topObjectProperty :r ) ."
    ),
    "chain of what is below": (":p owl:propertyChainAxiom ( :r :s ) . :r rdfs:subPropertyOf :p ."),
    "simple property in a cardinality": (
        ":r a owl:TransitiveProperty . :p rdfs:subPropertyOf :r . "
        + restriction(":p", "owl:maxCardinality '1'^^xsd:nonNegativeInteger")
    ),
    "top data property above": ":q rdfs:subPropertyOf owl:topDataProperty .",
    "datatypes in order": (
        ":e a rdfs:Datatype ; owl:equivalentClass [ a rdfs:Datatype ; "
        "owl:datatypeComplementOf :d ] . :q rdfs:range :e ."
    ),
    "tagged literal": ":a :q 'x'@en .",
    "date in an annotation": ":A :n '2026-01-01'^^xsd:date .",
    "anonymous tree": "_:x :p _:y . _:x :p _:z . :a :p _:x .",
}

EL: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "double": (":q rdfs:range xsd:double .", [("el-datatype", "2.2.1")]),
    "boolean literal": (":a :q true .", [("el-datatype", "2.2.1")]),
    "anonymous individual": ("_:x a :A .", [("el-anonymous-individual", "2.2.1")]),
    "inverse": (
        restriction("[ owl:inverseOf :p ]", "owl:someValuesFrom :B"),
        [("el-inverse", "2.2.2")],
    ),
    "union": (
        ":A rdfs:subClassOf [ a owl:Class ; owl:unionOf ( :B :C ) ] .",
        [("el-class-expression", "2.2.3")],
    ),
    "complement": (
        ":A rdfs:subClassOf [ a owl:Class ; owl:complementOf :B ] .",
        [("el-class-expression", "2.2.3")],
    ),
    "universal": (restriction(":p", "owl:allValuesFrom :B"), [("el-class-expression", "2.2.3")]),
    "cardinality": (
        restriction(":p", "owl:minCardinality '1'^^xsd:nonNegativeInteger"),
        [("el-class-expression", "2.2.3")],
    ),
    "data cardinality": (
        restriction(":q", "owl:maxCardinality '1'^^xsd:nonNegativeInteger"),
        [("el-class-expression", "2.2.3")],
    ),
    "two individuals": (
        ":A rdfs:subClassOf [ a owl:Class ; owl:oneOf ( :a :b ) ] .",
        [("el-class-expression", "2.2.3")],
    ),
    "data universal": (
        restriction(":q", "owl:allValuesFrom xsd:string"),
        [("el-class-expression", "2.2.3")],
    ),
    "two literals": (
        ":q rdfs:range [ a rdfs:Datatype ; owl:oneOf ( 'a' 'b' ) ] .",
        [("el-data-range", "2.2.4")],
    ),
    "data union": (
        ":q rdfs:range [ a rdfs:Datatype ; owl:unionOf ( xsd:string xsd:integer ) ] .",
        [("el-data-range", "2.2.4")],
    ),
    "data complement": (
        ":q rdfs:range [ a rdfs:Datatype ; owl:datatypeComplementOf xsd:string ] .",
        [("el-data-range", "2.2.4")],
    ),
    "facet": (
        ":q rdfs:range [ a rdfs:Datatype ; owl:onDatatype xsd:integer ; "
        "owl:withRestrictions ( [ xsd:minInclusive 0 ] ) ] .",
        [("el-data-range", "2.2.4")],
    ),
    "disjoint union": (":A owl:disjointUnionOf ( :B :C ) .", [("el-axiom", "2.2.5")]),
    "disjoint properties": (":p owl:propertyDisjointWith :r .", [("el-axiom", "2.2.5")]),
    "disjoint data properties": (":q owl:propertyDisjointWith :v .", [("el-axiom", "2.2.5")]),
    "inverse properties": (":p owl:inverseOf :r .", [("el-axiom", "2.2.5")]),
    **{
        kind: (f":p a owl:{kind}Property .", [("el-axiom", "2.2.5")])
        for kind in ("Functional", "InverseFunctional", "Irreflexive", "Symmetric", "Asymmetric")
    },
    "range lost by a chain": (
        ":p owl:propertyChainAxiom ( :r :s ) . :p rdfs:range :B .",
        [("el-chain-range", "2.2.6")],
    ),
    "range above lost by a chain": (
        ":p owl:propertyChainAxiom ( :r :s ) ; rdfs:subPropertyOf :t . :t rdfs:range :B .",
        [("el-chain-range", "2.2.6")],
    ),
}
EL_COUNT = 26

IN_EL = {
    "plain": ":A rdfs:subClassOf :B . :a a :A ; :p :b ; :q 5 .",
    "expressions": (
        ":A rdfs:subClassOf [ a owl:Class ; owl:intersectionOf ( :B [ a owl:Class ; "
        "owl:oneOf ( :a ) ] ) ] . "
        + restriction(":p", "owl:someValuesFrom owl:Thing")
        + restriction(":p", "owl:hasValue :a")
        + restriction(":p", "owl:hasSelf true")
        + restriction(":q", "owl:hasValue 'x'@en")
        + restriction(
            ":q",
            "owl:someValuesFrom [ a rdfs:Datatype ; owl:intersectionOf "
            "( xsd:integer [ a rdfs:Datatype ; owl:oneOf ( 5 ) ] ) ]",
        )
    ),
    "axioms": (
        ":p a owl:TransitiveProperty , owl:ReflexiveProperty . :q a owl:FunctionalProperty . "
        ":A owl:hasKey ( :p :q ) ; owl:disjointWith :B ; owl:equivalentClass :C . "
        ":a owl:sameAs :b . :b owl:differentFrom :c ."
    ),
    "range kept by a chain": (
        ":p owl:propertyChainAxiom ( :r :s ) ; rdfs:range :B . :s rdfs:subPropertyOf :t . "
        ":t rdfs:range :B ."
    ),
    "annotations may say anything": ":A rdfs:label 'x' ; :n true .",
    "own datatype": ":q rdfs:range :d .",
}


def test_all_cases_are_found() -> None:
    assert (len(DL), len(EL)) == (DL_COUNT, EL_COUNT)


@pytest.mark.parametrize("case", DL)
def test_outside_dl(case: str, read: Callable[[str], Axioms]) -> None:
    turtle, expected = DL[case]
    found = dl_violations(read(VOCABULARY + turtle))
    assert [(violation.rule, violation.clause) for violation in found] == expected


@pytest.mark.parametrize("case", IN_DL)
def test_inside_dl(case: str, read: Callable[[str], Axioms]) -> None:
    assert dl_violations(read(VOCABULARY + IN_DL[case])) == []


@pytest.mark.parametrize("case", EL)
def test_outside_el(case: str, read: Callable[[str], Axioms]) -> None:
    turtle, expected = EL[case]
    found = el_violations(read(VOCABULARY + turtle))
    assert [(violation.rule, violation.clause) for violation in found] == [
        (rule, PROFILES + clause) for rule, clause in expected
    ]


@pytest.mark.parametrize("case", IN_EL)
def test_inside_el(case: str, read: Callable[[str], Axioms]) -> None:
    axioms = read(VOCABULARY + IN_EL[case])
    assert el_violations(axioms) == []
    assert axioms.remainder == ()


def test_a_missing_header_is_told(read: Callable[[str], Axioms]) -> None:
    (violation,) = dl_violations(read(":A a owl:Class ."))
    assert (violation.rule, violation.subject) == ("ontology-header", "")


def test_a_reserved_ontology_is_told(read: Callable[[str], Axioms]) -> None:
    (violation,) = dl_violations(read("owl:mine a owl:Ontology ."))
    assert (violation.rule, violation.clause) == ("reserved-vocabulary", SYNTAX + "3.1")


def test_an_unmapped_triple_is_told_under_its_owner(read: Callable[[str], Axioms]) -> None:
    found = dl_violations(
        read(
            HEADER + ":A a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :x ] ."
        )
    )
    assert {violation.subject for violation in found} == {"http://example.org/A"}


def test_a_violation_names_subject_and_axiom(read: Callable[[str], Axioms]) -> None:
    axioms = read(VOCABULARY + ":A rdfs:subClassOf :X .")
    (violation,) = dl_violations(axioms)
    assert violation.axiom in axioms.logical
    assert violation.subject == "http://example.org/A"
    assert "<http://example.org/X>" in violation.message
    assert violation.message.endswith("is used as a class but not declared as one")
