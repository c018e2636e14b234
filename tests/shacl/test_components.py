"""Every constraint component on a graph of two nodes: ex:good meets it, ex:bad does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from milia_onto.shacl.evaluate import validate
from milia_onto.shacl.shapes import read_shapes

if TYPE_CHECKING:
    from tests.shacl.conftest import Judges

SHAPE = "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:on ; sh:property ex:P . ex:P sh:path ex:p ; "
EXTRA = """
ex:good ex:on 1 . ex:bad ex:on 1 .
ex:Sub rdfs:subClassOf ex:Class . ex:instance a ex:Sub . ex:named rdfs:label "a name" .
ex:good ex:q 5 , "shared" . ex:bad ex:q 5 , "shared" .
"""


class Case(NamedTuple):
    """A constraint, the values of ex:p that meet it, those that do not, and what that gives."""

    constraint: str
    good: str
    bad: str
    # The component and the value nodes of the results, in Turtle; "" for one without a value.
    component: str
    values: tuple[str, ...]


def case(constraint: str, good: str, bad: str, component: str, *values: str) -> object:
    result = Case(constraint, good, bad, f"{component}ConstraintComponent", values)
    return pytest.param(result, id=f"{constraint}: {bad or 'nothing'}")


CASES = [
    case("sh:class ex:Class", "ex:instance", "ex:other, 1", "Class", "ex:other", "1"),
    case("sh:datatype xsd:date", "'2024-02-29'^^xsd:date", "'2024'", "Datatype", "'2024'"),
    case(
        "sh:datatype xsd:date",
        "'2026-11-21Z'^^xsd:date",
        "'2023-02-29'^^xsd:date",
        "Datatype",
        "'2023-02-29'^^xsd:date",
    ),
    case("sh:datatype xsd:integer", "1", "'x'^^xsd:integer", "Datatype", "'x'^^xsd:integer"),
    case("sh:datatype rdf:langString", "'x'@en", "'x'", "Datatype", "'x'"),
    case("sh:datatype xsd:string", "'x'", "ex:x", "Datatype", "ex:x"),
    case("sh:nodeKind sh:IRI", "ex:x", "'x'", "NodeKind", "'x'"),
    case("sh:nodeKind sh:BlankNodeOrIRI", "[]", "'x'", "NodeKind", "'x'"),
    case("sh:nodeKind sh:BlankNodeOrLiteral", "'x'", "ex:x", "NodeKind", "ex:x"),
    case("sh:minCount 2", "1, 2", "1", "MinCount", ""),
    case("sh:minCount 1", "1", "", "MinCount", ""),
    case("sh:maxCount 1", "1", "1, 2", "MaxCount", ""),
    case("sh:maxCount 0", "", "1", "MaxCount", ""),
    case("sh:minExclusive 1", "1.5, 2", "1, 'x'", "MinExclusive", "1", "'x'"),
    case("sh:minInclusive 1", "1, 1.0e0", "0, ex:x", "MinInclusive", "0", "ex:x"),
    case("sh:maxExclusive 1", "0.5", "1, []", "MaxExclusive", "1", "[]"),
    case("sh:maxInclusive 1", "1", "1.01", "MaxInclusive", "1.01"),
    case(
        "sh:minInclusive '2024-01-01'^^xsd:date",
        "'2024-01-02'^^xsd:date",
        "'2023-12-31'^^xsd:date",
        "MinInclusive",
        "'2023-12-31'^^xsd:date",
    ),
    case("sh:minLength 2", "'ab', ex:x", "'a', []", "MinLength", "'a'", "[]"),
    case("sh:maxLength 2", "'ab', ''", "'abc', []", "MaxLength", "'abc'", "[]"),
    case("sh:pattern '^a.c$'", "'abc'", "'abcd', []", "Pattern", "'abcd'", "[]"),
    case("sh:pattern '^A' ; sh:flags 'i'", "'abc'", "'bc'", "Pattern", "'bc'"),
    case("sh:pattern 'a.b' ; sh:flags 's'", "'a\\nb'", "'ab'", "Pattern", "'ab'"),
    case("sh:pattern '^https://example'", "ex:x", "'x'", "Pattern", "'x'"),
    case("sh:languageIn ('en' 'de')", "'x'@en-GB", "'x'@eng, 'x'", "LanguageIn", "'x'@eng", "'x'"),
    case("sh:uniqueLang true", "'x'@en, 'y'@de, 'z'", "'x'@en, 'y'@en", "UniqueLang", ""),
    case("sh:equals ex:q", "5, 'shared'", "5, 6", "Equals", "6", "'shared'"),
    case("sh:disjoint ex:q", "6", "5, 6", "Disjoint", "5"),
    case("sh:not [ sh:nodeKind sh:IRI ]", "1", "1, ex:x", "Not", "ex:x"),
    case("sh:and ([ sh:class ex:Class ] ex:I)", "ex:instance", "ex:x", "And", "ex:x"),
    case("sh:or ([ sh:datatype xsd:integer ] ex:I)", "1, ex:x", "'x'", "Or", "'x'"),
    case(
        "sh:xone ([ sh:class ex:Class ] ex:I)",
        "ex:x",
        "ex:instance, 1",
        "Xone",
        "ex:instance",
        "1",
    ),
    case("sh:node ex:Named", "ex:named", "ex:x", "Node", "ex:x"),
    case("sh:or ([ sh:property ex:L ] ex:I1)", "ex:named, 1", "ex:x", "Or", "ex:x"),
    case(
        "sh:qualifiedValueShape ex:I ; sh:qualifiedMinCount 1",
        "ex:x, 1",
        "1",
        "QualifiedMinCount",
        "",
    ),
    case(
        "sh:qualifiedValueShape ex:I ; sh:qualifiedMaxCount 1",
        "ex:x, 1",
        "ex:x, ex:y",
        "QualifiedMaxCount",
        "",
    ),
    case("sh:hasValue 1", "1, 2", "2", "HasValue", ""),
    case("sh:hasValue 'x'@en", "'x'@en", "", "HasValue", ""),
    case("sh:in (1 ex:x)", "1, ex:x", "'1'", "In", "'1'"),
    case("sh:in (1.50)", "1.5", "2.5", "In", "2.5"),
    case(
        "sh:closed true ; sh:ignoredProperties (rdf:type)",
        "ex:instance",
        "ex:named",
        "Closed",
        "'a name'",
    ),
]
REFERRED = """
ex:I a sh:NodeShape ; sh:nodeKind sh:IRI ; sh:targetNode ex:x .
ex:I1 a sh:NodeShape ; sh:datatype xsd:integer ; sh:targetNode 1 .
ex:Named a sh:NodeShape ; sh:property ex:L ; sh:targetNode ex:named .
ex:L sh:path rdfs:label ; sh:minCount 1 .
"""


@pytest.mark.parametrize("given", CASES)
def test_a_component_finds_what_does_not_meet_it(given: Case, judges: Judges) -> None:
    values = {"ex:good": given.good, "ex:bad": given.bad}
    lines = [f"{node} ex:p {objects} ." for node, objects in values.items() if objects]
    store = judges.store(EXTRA + "\n".join(lines))
    shapes = judges.triples(f"{SHAPE}{given.constraint} . {REFERRED}")
    found = judges.ours(store, shapes)
    bad = "<https://example.org/bad>"
    expected = sorted(judges.term(value) for value in given.values)
    assert {row[0] for row in found} == {bad}
    assert {row[4] for row in found} == {given.component}
    told = sorted("[]" if row[2].startswith("_:") else row[2] for row in found.elements())
    assert told == expected
    if "sh:flags 's'" not in given.constraint:  # pySHACL knows the flags i and m only
        assert found == judges.theirs(store, shapes)


ORDERED = [
    ("sh:lessThan", "4", "5"),
    ("sh:lessThanOrEquals", "5", "6"),
]


@pytest.mark.parametrize(("parameter", "good", "bad"), ORDERED, ids=[row[0] for row in ORDERED])
def test_an_order_of_two_properties(parameter: str, good: str, bad: str, judges: Judges) -> None:
    store = judges.store(
        f"ex:good ex:on 1 ; ex:p {good} ; ex:q 5 . ex:bad ex:on 1 ; ex:p {bad}, 'x' ; ex:q 5 ."
    )
    shapes = judges.triples(f"{SHAPE}{parameter} ex:q .")
    found = judges.ours(store, shapes)
    assert {row[0] for row in found} == {"<https://example.org/bad>"}
    assert sorted(row[2] for row in found.elements()) == sorted(['"x"', judges.term(bad)])
    assert found == judges.theirs(store, shapes)


def test_sibling_shapes_do_not_count_twice(judges: Judges) -> None:
    shapes = judges.triples("""
        ex:Hand a sh:NodeShape ; sh:targetClass ex:Hand ;
            sh:property ex:Thumb, ex:Fingers .
        ex:Thumb sh:path ex:digit ; sh:qualifiedValueShape [ sh:class ex:Thumb ] ;
            sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true .
        ex:Fingers sh:path ex:digit ; sh:qualifiedValueShape [ sh:class ex:Finger ] ;
            sh:qualifiedMinCount 2 ; sh:qualifiedValueShapesDisjoint true .
    """)
    store = judges.store("""
        ex:good a ex:Hand ; ex:digit ex:a, ex:b, ex:c .
        ex:bad a ex:Hand ; ex:digit ex:b, ex:d .
        ex:a a ex:Thumb . ex:b a ex:Finger . ex:c a ex:Finger . ex:d a ex:Finger, ex:Thumb .
    """)
    found = judges.ours(store, shapes)
    assert {(row[0], row[3]) for row in found} == {
        ("<https://example.org/bad>", "<https://example.org/Thumb>"),
        ("<https://example.org/bad>", "<https://example.org/Fingers>"),
    }
    assert found == judges.theirs(store, shapes)


def test_a_nested_property_speaks_of_the_value(judges: Judges) -> None:
    """Two focus nodes that share a value give its result twice, as the standard counts them."""
    shapes = judges.triples(f"{SHAPE} sh:property [ sh:path rdfs:label ; sh:minCount 1 ] .")
    store = judges.store("ex:a ex:on 1 ; ex:p ex:x . ex:b ex:on 1 ; ex:p ex:x .")
    found = judges.ours(store, shapes)
    assert [row[0] for row in found.elements()] == ["<https://example.org/x>"] * 2
    assert found == judges.theirs(store, shapes)


# pySHACL is no referee here: it walks the inverse of a sequence in the order of the sequence.
PATHS = {
    "ex:p": "ex:p",
    "[ sh:inversePath ex:p ]": "^ex:p",
    "( ex:p ex:q )": "ex:p/ex:q",
    "[ sh:alternativePath ( ex:p ex:q ) ]": "ex:p|ex:q",
    "[ sh:zeroOrMorePath ex:p ]": "ex:p*",
    "[ sh:oneOrMorePath ex:p ]": "ex:p+",
    "[ sh:zeroOrOnePath ex:p ]": "ex:p?",
    "[ sh:inversePath ( ex:p [ sh:zeroOrOnePath ex:q ] ) ]": "^(ex:p/ex:q?)",
    "[ sh:inversePath [ sh:oneOrMorePath ( ex:p ex:q ) ] ]": "^((ex:p/ex:q)+)",
    "[ sh:inversePath [ sh:inversePath ex:p ] ]": "^(^ex:p)",
    "[ sh:oneOrMorePath [ sh:alternativePath ( ex:p [ sh:inversePath ex:q ] ) ] ]": "(ex:p|^ex:q)+",
    "( [ sh:zeroOrMorePath ex:p ] [ sh:zeroOrMorePath ex:q ] )": "ex:p*/ex:q*",
}


@pytest.mark.parametrize("path", PATHS)
def test_a_path_leads_where_sparql_goes(path: str, judges: Judges) -> None:
    """No list holds the values: every value node is in the results."""
    shapes = judges.triples(
        "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:on ; sh:targetNode 1 ; "
        f"sh:property ex:P . ex:P sh:path {path} ; sh:in () ."
    )
    store = judges.store("""
        ex:a ex:on 1 ; ex:p ex:b, ex:c . ex:b ex:p ex:c, 1 . ex:c ex:p ex:a ; ex:q ex:b, 2 .
        ex:b ex:on 1 . ex:d ex:q ex:a, ex:b ; ex:on 2 . ex:b ex:q [ ex:p ex:b ] .
    """)
    pairs = store.query(f"""
        PREFIX ex: <https://example.org/> SELECT DISTINCT ?focus ?value {{
            VALUES ?focus {{ ex:a ex:b ex:d 1 }} ?focus {PATHS[path]} ?value
        }}""")
    expected = {(str(pair["focus"]), str(pair["value"])) for pair in pairs}
    found = judges.ours(store, shapes)
    assert expected
    assert {(row[0], row[2]) for row in found} == expected
    assert found.total() == len(expected)


def test_a_focus_node_outside_the_data_still_reaches_itself(judges: Judges) -> None:
    shapes = judges.triples(
        "ex:S a sh:NodeShape ; sh:targetNode ex:nowhere ; sh:property ex:P . "
        "ex:P sh:path [ sh:zeroOrMorePath ex:p ] ; sh:in () ."
    )
    store = judges.store("ex:a ex:p ex:b .")
    found = judges.ours(store, shapes)
    assert [row[2] for row in found] == ["<https://example.org/nowhere>"]
    assert found == judges.theirs(store, shapes)


TARGETS = [
    "sh:targetNode ex:a",
    "sh:targetClass ex:Class",
    "sh:targetSubjectsOf ex:p",
    "sh:targetObjectsOf ex:p",
    "a rdfs:Class",
    "sh:targetNode ex:a ; sh:targetSubjectsOf ex:p ; sh:targetObjectsOf ex:p",
]


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_is_what_pyshacl_takes(target: str, judges: Judges) -> None:
    shapes = judges.triples(f"ex:Class a sh:NodeShape ; {target} ; sh:nodeKind sh:Literal .")
    store = judges.store("""
        ex:Sub rdfs:subClassOf ex:Class . ex:Deep rdfs:subClassOf ex:Sub . ex:Sub a ex:Meta .
        ex:a a ex:Deep ; ex:p ex:b . ex:b a ex:Class, ex:Deep ; ex:p 1 .
    """)
    found = judges.ours(store, shapes)
    assert found == judges.theirs(store, shapes)
    assert found


def test_a_finding_says_what_the_shape_says(judges: Judges) -> None:
    shapes = read_shapes(
        judges.triples(
            f"""{SHAPE} sh:minCount 1 ; sh:nodeKind sh:IRI ; sh:severity sh:Warning ;
            sh:message "Zu wenig"@de, "Too few"@en ; sh:description "Add one"@en ;
            rdfs:comment "It matters"@en ."""
        )
    )
    store = judges.store("ex:a ex:on 1 ; ex:p 'x' . [] ex:on 2 .")
    outcome = validate(store, shapes, must_look=True)
    blank, named = sorted(outcome.findings, key=lambda finding: finding.value)
    assert (named.check, named.severity, named.message) == ("P", "warning", "Too few")
    assert (named.why, named.fix) == ("It matters", "Add one")
    assert (named.entity, named.property) == ("https://example.org/a", "https://example.org/p")
    assert named.value == "x"
    assert blank.value == ""
    assert ":" not in blank.entity
    assert outcome.focus == {"https://example.org/S": 2}


def test_a_deactivated_shape_finds_nothing(judges: Judges) -> None:
    shapes = judges.triples(f"{SHAPE} sh:minCount 1 ; sh:deactivated true .")
    assert not judges.ours(judges.store("ex:a ex:on 1 ."), shapes)


def test_findings_come_in_the_same_order_every_time(judges: Judges) -> None:
    lines = [f"ex:n{number} ex:on 1 ; ex:p 'x', 'y' ." for number in range(40)]
    shapes = read_shapes(judges.triples(f"{SHAPE} sh:nodeKind sh:IRI ; sh:maxCount 1 ."))
    one = validate(judges.store("\n".join(lines)), shapes, must_look=True)
    two = validate(judges.store("\n".join(reversed(lines))), shapes, must_look=True)
    assert one.findings == two.findings
    assert len(one.findings) == 120
