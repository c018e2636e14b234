"""Each SHACL shape can fail, and a shape that looked at nothing is an error."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from milia_onto.edges.shacl import SEVERITY, focus_counts, read_shapes, validate
from milia_onto.model.errors import ContentError
from milia_onto.model.namespaces import SHAPES
from milia_onto.serialise.ntriples import ntriples
from milia_onto.stages.prefix_table import read_prefixes

if TYPE_CHECKING:
    from milia_onto.model.prefixes import Prefixes
    from milia_onto.model.values import Release, Sources

DATA = Path(__file__).resolve().parent.parent / "data" / "shapes"
NAMES = sorted(path.name for path in DATA.iterdir())
NODE_SHAPES = 22
PROPERTY_SHAPES = 166
PATHS = ["shapes/gate", "shapes/public"]


@pytest.fixture(scope="module")
def files(sources: Sources) -> dict[str, bytes]:
    return {path: sources.files[path] for folder in PATHS for path in sources.under(folder, ".ttl")}


@pytest.fixture(scope="module")
def shapes(files: dict[str, bytes]) -> rdflib.Graph:
    return read_shapes(files)


@pytest.fixture(scope="module")
def prefixes(sources: Sources) -> Prefixes:
    return read_prefixes("p.tsv", sources.files["ontology/prefixes.tsv"])[0]


def alone(shapes: rdflib.Graph, name: str) -> rdflib.Graph:
    """One node shape with the property shapes and lists it refers to."""
    kept = rdflib.Graph()
    waiting: list[rdflib.term.Node] = [rdflib.URIRef(SHAPES + name)]
    seen: set[rdflib.term.Node] = set()
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            for triple in shapes.triples((node, None, None)):
                kept.add(triple)
                if isinstance(triple[2], rdflib.BNode) or str(triple[2]).startswith(SHAPES):
                    waiting.append(triple[2])
    return kept


def example(name: str, file: str) -> bytes:
    quads = ox.parse((DATA / name / file).read_bytes(), format=ox.RdfFormat.TURTLE)
    return ntriples(quad.triple for quad in quads)


def local(node: rdflib.term.Node) -> str:
    return str(node).removeprefix(SHAPES)


def property_shapes(shapes: rdflib.Graph) -> set[str]:
    return {local(shape) for shape in shapes.subjects(RDF.type, SH.PropertyShape)}


def test_every_shape_has_its_examples_and_every_example_its_shape(shapes: rdflib.Graph) -> None:
    named = sorted(local(shape) for shape in shapes.subjects(RDF.type, SH.NodeShape))
    assert named == NAMES
    assert len(NAMES) == NODE_SHAPES
    for name in NAMES:
        assert sorted(path.name for path in (DATA / name).iterdir()) == [
            "fail.tsv",
            "fail.ttl",
            "pass.ttl",
        ]


@pytest.mark.parametrize("name", NAMES)
def test_the_good_example_conforms(name: str, shapes: rdflib.Graph) -> None:
    outcome = validate(example(name, "pass.ttl"), alone(shapes, name), must_look=True)
    assert outcome.findings == ()
    assert outcome.focus[SHAPES + name] > 0


@pytest.mark.parametrize("name", NAMES)
def test_the_bad_example_gives_exactly_its_findings(
    name: str, shapes: rdflib.Graph, prefixes: Prefixes
) -> None:
    header, *lines = (DATA / name / "fail.tsv").read_text(encoding="utf-8").splitlines()
    assert header == "focus\tpath\tproperty_shape"

    def iri(cell: str) -> str:
        return cell[1:-1] if cell.startswith("<") else (prefixes.expand(cell) or cell)

    expected = {tuple(map(iri, line.split("\t"))) for line in lines}
    outcome = validate(example(name, "fail.ttl"), alone(shapes, name), must_look=True)
    found = {(f.entity, f.property, SHAPES + f.check) for f in outcome.findings}
    assert found == expected


@pytest.mark.parametrize("name", NAMES)
def test_every_property_shape_of_a_shape_can_fail(name: str, shapes: rdflib.Graph) -> None:
    lines = (DATA / name / "fail.tsv").read_text(encoding="utf-8").splitlines()[1:]
    failing = {line.split("\t")[2].removeprefix("shapes:") for line in lines}
    assert failing == property_shapes(alone(shapes, name))


def test_every_property_shape_belongs_to_a_node_shape(shapes: rdflib.Graph) -> None:
    owned = {s for s in shapes.objects(None, SH.property) if isinstance(s, rdflib.URIRef)}
    assert property_shapes(shapes) == {local(shape) for shape in owned}
    assert len(owned) == PROPERTY_SHAPES


def test_every_property_shape_says_what_why_and_how_bad(shapes: rdflib.Graph) -> None:
    for shape in shapes.subjects(RDF.type, SH.PropertyShape):
        assert shapes.value(shape, SH.message), shape
        assert shapes.value(shape, rdflib.RDFS.comment), shape
        assert shapes.value(shape, SH.severity) in SEVERITY, shape
        assert len(list(shapes.objects(shape, SH.path))) == 1, shape


def test_a_finding_tells_what_where_and_why(shapes: rdflib.Graph) -> None:
    outcome = validate(example("Term", "fail.ttl"), alone(shapes, "Term"), must_look=True)
    for finding in outcome.findings:
        assert finding.entity
        assert finding.message
        assert finding.why
        assert finding.severity in SEVERITY.values()
    assert "sh:ValidationReport" in outcome.report


def test_findings_come_in_one_order(shapes: rdflib.Graph) -> None:
    again = [
        validate(example("Term", "fail.ttl"), alone(shapes, "Term"), must_look=True).findings
        for _ in range(2)
    ]
    assert again[0] == again[1]
    assert list(again[0]) == sorted(again[0], key=lambda finding: finding.sort_key)


HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <urn:ex:> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
SHAPE = f"""{HEAD}ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:P .
ex:P a sh:PropertyShape ; sh:path rdfs:label ; sh:minCount 1 ."""
GOOD = b"""<urn:ex:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <urn:ex:C> .
<urn:ex:a> <http://www.w3.org/2000/01/rdf-schema#label> "a" .
"""
BROKEN = [
    ("empty", "", "holds no sh:NodeShape"),
    ("comments only", "# nothing\n", "holds no sh:NodeShape"),
    ("no node shape", f"{HEAD}ex:P a sh:PropertyShape ; sh:path rdfs:label .", "holds no sh:NodeShape"),
    ("not Turtle", f"{SHAPE} ex:", "not Turtle"),
    ("binary junk", "\x00\x01\x02", "not Turtle"),
    ("misspelt predicate", SHAPE.replace("minCount", "minCout"), "SHACL has no term sh:minCout"),
    ("misspelt target", SHAPE.replace("targetClass", "targetclass"), "SHACL has no term sh:targetclass"),
    ("misspelt class", SHAPE.replace("sh:PropertyShape", "sh:PropertShape"), "SHACL has no term sh:PropertShape"),
    ("misspelt severity", SHAPE.replace("minCount 1", "minCount 1 ; sh:severity sh:Fatal"), "SHACL has no term sh:Fatal"),
    ("misspelt node kind", SHAPE.replace("minCount 1", "nodeKind sh:Iri"), "SHACL has no term sh:Iri"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"), [pytest.param(*rest, id=name) for name, *rest in BROKEN]
)
def test_a_broken_shapes_file_is_named(text: str, message: str) -> None:
    assert len(BROKEN) == 10
    with pytest.raises(ContentError, match=message) as stopped:
        read_shapes({"s.ttl": text.encode()})
    # Only the parser knows a line.
    line = f":{text.count(chr(10)) + 1}" if message == "not Turtle" else ""
    assert stopped.value.place == f"s.ttl{line}"


def test_no_shapes_file_at_all_is_an_error() -> None:
    with pytest.raises(ContentError, match="no shapes file"):
        read_shapes({})


def test_a_shape_whose_target_matches_nothing_is_an_error_in_the_gate() -> None:
    two = f"{SHAPE}\nex:T a sh:NodeShape ; sh:targetClass ex:Missspelt ; sh:property ex:P ."
    shapes = read_shapes({"s.ttl": two.encode()})
    with pytest.raises(ContentError, match=r"urn:ex:T looked at no node"):
        validate(GOOD, shapes, must_look=True)
    assert validate(GOOD, shapes, must_look=False).findings == ()


def test_a_shape_without_a_target_is_an_error_in_the_gate() -> None:
    shapes = read_shapes({"s.ttl": SHAPE.replace("sh:targetClass ex:C ;", "").encode()})
    with pytest.raises(ContentError, match="looked at no node"):
        validate(GOOD, shapes, must_look=True)


def test_data_that_no_shape_applies_to_is_an_error() -> None:
    shapes = read_shapes({"s.ttl": SHAPE.encode()})
    with pytest.raises(ContentError, match="no shape applies"):
        validate(b"", shapes, must_look=False)


TARGETS = [
    ("node", "sh:targetNode ex:a", 1),
    ("class", "sh:targetClass ex:C", 1),
    ("class above", "sh:targetClass ex:D", 1),
    ("subjects", "sh:targetSubjectsOf rdfs:label", 1),
    ("objects", "sh:targetObjectsOf rdfs:label", 1),
    ("implicit class", "a rdfs:Class", 1),
    ("unused class", "sh:targetClass ex:E", 0),
    ("unused property", "sh:targetSubjectsOf rdfs:comment", 0),
]


@pytest.mark.parametrize(
    ("target", "count"), [pytest.param(*rest, id=name) for name, *rest in TARGETS]
)
def test_every_kind_of_target_counts_its_focus_nodes(target: str, count: int) -> None:
    assert len(TARGETS) == 8
    name = "ex:C" if "rdfs:Class" in target else "ex:S"
    shapes = read_shapes({"s.ttl": f"{HEAD}{name} a sh:NodeShape ; {target} .".encode()})
    above = b"<urn:ex:C> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <urn:ex:D> .\n"
    data = rdflib.Graph().parse(data=GOOD + above, format="nt")
    assert focus_counts(data, shapes) == {name.replace("ex:", "urn:ex:"): count}


UNUSABLE = [
    ("no path", SHAPE.replace("sh:path rdfs:label ;", "")),
    ("count no number", SHAPE.replace("minCount 1", 'minCount "one"')),
    ("pattern no expression", SHAPE.replace("minCount 1", 'pattern "("')),
    ("SPARQL broken", SHAPE.replace("sh:property ex:P", 'sh:sparql [ sh:select "SELEKT" ]')),
]


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in UNUSABLE])
def test_shapes_that_cannot_be_used_are_an_error_and_no_crash(text: str) -> None:
    assert len(UNUSABLE) == 4
    shapes = read_shapes({"s.ttl": text.encode()})
    with pytest.raises(ContentError, match="shape"):
        validate(GOOD, shapes, must_look=False)


def test_every_shape_finds_nodes_in_the_release(made: Release, shapes: rdflib.Graph) -> None:
    data = rdflib.Graph().parse(data=made.files["milia.nt"], format="nt")
    counts = focus_counts(data, shapes)
    assert sorted(counts) == [SHAPES + name for name in NAMES]
    assert min(counts.values()) > 0


RECURSIVE = f"""{HEAD}ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ;
sh:property [ sh:path ex:p ; sh:node ex:S ] ."""


def test_a_shape_that_is_referred_to_and_has_a_target_looks_too() -> None:
    data = b"<urn:ex:a> <urn:ex:p> <urn:ex:b> .\n"
    shapes = read_shapes({"s.ttl": RECURSIVE.encode()})
    outcome = validate(data, shapes, must_look=True)
    assert (outcome.findings, outcome.focus) == ((), {"urn:ex:S": 1})
    # What recursion means, SHACL leaves open (3.4.3).
    with pytest.raises(ContentError, match="A Recursive Shape was detected"):
        validate(data + b"<urn:ex:b> <urn:ex:p> <urn:ex:a> .\n", shapes, must_look=True)
    with pytest.raises(ContentError, match="the shapes have no target in it"):
        validate(b"<urn:ex:a> <urn:ex:q> <urn:ex:b> .\n", shapes, must_look=False)
