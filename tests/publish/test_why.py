"""Why a term stands where it stands: each inferred parent with the axioms it follows from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from milia_onto.model import namespaces as ns
from milia_onto.publish.lookup import Index, index_of
from milia_onto.publish.why import placements

if TYPE_CHECKING:
    from milia_onto.model.values import Release

HEAD = """
@prefix MILIA: <https://w3id.org/milia/MILIA_> .
@prefix oboInOwl: <http://www.geneontology.org/formats/oboInOwl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/milia> a owl:Ontology .
oboInOwl:is_inferred a owl:AnnotationProperty .
MILIA:0000900 a owl:ObjectProperty .
MILIA:0000001 a owl:Class .
MILIA:0000003 a owl:Class ;
    owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( MILIA:0000001 [ a owl:Restriction ; owl:onProperty MILIA:0000900 ; owl:someValuesFrom MILIA:0000320 ] ) ] .
MILIA:0000043 a owl:Class ;
    owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( MILIA:0000001 [ a owl:Restriction ; owl:onProperty MILIA:0000900 ; owl:someValuesFrom MILIA:0000323 ] ) ] .
MILIA:0000320 a owl:Class .
MILIA:0000323 a owl:Class ; rdfs:subClassOf MILIA:0000320 .
"""
PLACED = """
MILIA:0000043 rdfs:subClassOf MILIA:0000003 .
[] a owl:Axiom ; owl:annotatedSource MILIA:0000043 ; owl:annotatedProperty rdfs:subClassOf ; owl:annotatedTarget MILIA:0000003 ; oboInOwl:is_inferred true .
"""
LABELS = {
    "MILIA:0000001": "milia",
    "MILIA:0000003": "trauma-associated milia",
    "MILIA:0000043": "milia following dermabrasion",
    "MILIA:0000320": "skin trauma",
    "MILIA:0000323": "dermabrasion",
    "MILIA:0000900": "occurs following",
}
WHY = [
    "milia following dermabrasion is a kind of trauma-associated milia, inferred from:",
    "  'dermabrasion' SubClassOf 'skin trauma'",
    "  'milia following dermabrasion' EquivalentTo 'milia' and ('occurs following' some 'dermabrasion')",
    "  'trauma-associated milia' EquivalentTo 'milia' and ('occurs following' some 'skin trauma')",
]


@pytest.fixture(scope="module")
def index() -> Index:
    context = {"MILIA": {"@id": ns.TERM, "@prefix": True}}
    graph = [{"id": id_, "type": "Class", "label": text} for id_, text in LABELS.items()]
    return Index({"@context": context, "@graph": graph})


def ntriples(turtle: str) -> bytes:
    quads = ox.parse(turtle.encode(), format=ox.RdfFormat.TURTLE)
    data = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
    assert isinstance(data, bytes)
    return data


def test_an_inferred_parent_is_told_with_the_axioms_it_follows_from(index: Index) -> None:
    found = placements(ntriples(HEAD + PLACED), index, "MILIA:0000043")
    assert found[0] == WHY[0]
    assert sorted(found[1:]) == WHY[1:]


def test_an_asserted_parent_needs_no_reason(index: Index) -> None:
    assert placements(ntriples(HEAD + PLACED), index, "MILIA:0000323") == []


def test_what_is_nobodys_kind_has_no_placement(index: Index) -> None:
    assert placements(ntriples(HEAD), index, "MILIA:0000043") == []


def test_the_placement_itself_is_never_its_own_reason(index: Index) -> None:
    found = placements(ntriples(HEAD + PLACED), index, "MILIA:0000043")
    ours = "'milia following dermabrasion' SubClassOf 'trauma-associated milia'"
    assert not [line for line in found if ours in line]


def test_axioms_that_have_nothing_to_do_with_it_are_left_out(index: Index) -> None:
    more = "MILIA:0000700 a owl:Class ; rdfs:subClassOf MILIA:0000320 .\n"
    found = placements(ntriples(HEAD + PLACED + more), index, "MILIA:0000043")
    assert sorted(found[1:]) == WHY[1:]


def test_what_the_light_reasoner_cannot_prove_is_said_so(index: Index) -> None:
    union = HEAD.replace(
        "MILIA:0000043 a owl:Class ;", "MILIA:0000043 a owl:Class . MILIA:0000700 a owl:Class ;"
    )
    (line,) = placements(ntriples(union + PLACED), index, "MILIA:0000043")
    assert line.startswith("milia following dermabrasion is a kind of trauma-associated milia, ")
    assert line.endswith("no short reason is known")


# The release -------------------------------------------------------------------------------------

# term, one of its inferred parents, an axiom that is needed
EXPLAINED = [
    ("MILIA:0000043", "milia following skin-wounding procedure", "'dermabrasion' SubClassOf"),
    ("MILIA:0000013", "secondary milia", "'trauma-associated milia' EquivalentTo"),
    ("MILIA:0000021", "disease-associated milia", "'post-bullous milia' EquivalentTo"),
]


@pytest.mark.parametrize(("term", "parent", "axiom"), EXPLAINED)
def test_placements_of_the_release_are_explained(
    made: Release, term: str, parent: str, axiom: str
) -> None:
    assert len(EXPLAINED) == 3
    published = index_of(made.files["milia.jsonld"])
    found = placements(made.files["milia.nt"], published, term)
    label = published.label(term)
    start = found.index(f"{label} is a kind of {parent}, inferred from:")
    reasons = []
    for line in found[start + 1 :]:
        if not line.startswith("  "):
            break
        reasons.append(line)
    assert [line for line in reasons if axiom in line]
    assert not [line for line in reasons if "MILIA:" in line], "axioms are told by labels"


def test_an_asserted_kind_of_the_release_has_no_inferred_parent(made: Release) -> None:
    published = index_of(made.files["milia.jsonld"])
    assert placements(made.files["milia.nt"], published, "MILIA:0000004") == []
