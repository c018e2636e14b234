"""The four serialisations hold one graph, and read as people expect."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from milia_onto.model.formats import format_of_path
from milia_onto.model.layout import FULL
from milia_onto.serialise.context import KEYS, context
from milia_onto.serialise.jsonld import compact_document, jsonld
from milia_onto.serialise.tree import grow
from milia_onto.serialise.turtle import turtle
from milia_onto.stages.canonical import digest, relabel
from milia_onto.stages.prefix_table import read_prefixes

if TYPE_CHECKING:
    from collections.abc import Callable

    from milia_onto.model.prefixes import Prefixes
    from milia_onto.model.values import Release, Sources
    from milia_onto.serialise.tree import Forest

AWKWARD = rb"""
@prefix MILIA: <https://w3id.org/milia/MILIA_> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix dcterms: <http://purl.org/dc/terms/> .
MILIA:0000001 a owl:Class ; rdfs:label "a \"quoted\" \\ back\nslash"@en , "no language" , "deutsch"@de ;
  skos:prefLabel "x"@de , "y"@de , "z" ; owl:deprecated true , "maybe"^^xsd:boolean , "true" ;
  skos:notation 1 , 1.0 , 1.0E0 , "01"^^xsd:integer ; dcterms:source "text, not an IRI" , <urn:odd:iri> ;
  dcterms:created "2026-11-21"^^xsd:date , "2026"^^xsd:gYear ;
  rdfs:subClassOf [ a owl:Restriction ; owl:onProperty MILIA:0000900 ;
    owl:someValuesFrom [ a owl:Class ; owl:intersectionOf ( MILIA:0000002 [ a owl:Restriction ;
      owl:onProperty MILIA:0000900 ; owl:someValuesFrom <http://ex.org/a(b)c> ] ) ] ] ;
  rdfs:seeAlso <mailto:x@example.org> , () , ( "a"@en 1 <urn:x> () ( 2 ) ) .
<http://ex.org/with#hash> <http://ex.org/p/q> MILIA:0000001 .
[] a owl:Axiom ; owl:annotatedSource MILIA:0000001 ; owl:annotatedProperty rdfs:label ;
  owl:annotatedTarget "deutsch"@de ; rdfs:comment "on the axiom"@en .
[] a owl:AllDisjointClasses ; owl:members ( MILIA:0000001 MILIA:0000002 ) .
"""


@pytest.fixture(scope="module")
def prefixes(sources: Sources) -> Prefixes:
    found, wrong = read_prefixes("ontology/prefixes.tsv", sources.files["ontology/prefixes.tsv"])
    assert not wrong
    return found


@pytest.fixture(scope="module")
def document(made: Release) -> dict[str, Any]:
    return json.loads(made.files["milia.jsonld"])  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def terms(document: dict[str, Any]) -> dict[str, Any]:
    return {node["id"]: node for node in document["@graph"] if "id" in node}


def parse(data: bytes, form: ox.RdfFormat) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(data, format=form)]


def test_awkward_values_survive_both_writers(prefixes: Prefixes) -> None:
    graph = relabel(parse(AWKWARD, ox.RdfFormat.TURTLE))
    written = turtle(grow(graph), prefixes, {})
    assert digest(parse(written, ox.RdfFormat.TURTLE)) == digest(graph)
    assert digest(parse(jsonld(grow(graph), prefixes), ox.RdfFormat.JSON_LD)) == digest(graph)


# What OWL gives no meaning, and RDF does: the key of the property stands for one list.
LISTS = {
    "one list": "( MILIA:0000002 MILIA:0000003 )",
    "two lists": "( MILIA:0000002 ) , ( MILIA:0000003 MILIA:0000004 )",
    "an empty list": "()",
    "an empty list and another": "() , ( MILIA:0000002 )",
    "no list": "MILIA:0000002",
    "a list and a term": "( MILIA:0000002 ) , MILIA:0000003",
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("write", [jsonld, compact_document])
def test_whatever_a_property_of_lists_holds_survives(
    name: str, write: Callable[[Forest, Prefixes], bytes], prefixes: Prefixes
) -> None:
    assert len(LISTS) == 6
    text = """@prefix MILIA: <https://w3id.org/milia/MILIA_> .
    @prefix owl: <http://www.w3.org/2002/07/owl#> . MILIA:0000001 owl:unionOf """
    graph = relabel(parse(f"{text} {LISTS[name]} .".encode(), ox.RdfFormat.TURTLE))
    written = write(grow(graph), prefixes)
    assert digest(parse(written, ox.RdfFormat.JSON_LD)) == digest(graph)
    assert ('"unionOf": [' in written.decode()) == (name in {"one list", "an empty list"})


@pytest.mark.parametrize("name", FULL)
def test_the_full_files_hold_the_graph_of_the_manifest(made: Release, name: str) -> None:
    assert len(FULL) == 4
    entry = format_of_path(name)
    assert entry is not None
    form = ox.RdfFormat.from_media_type(entry.media_type)
    assert form is not None
    manifest = json.loads(made.files["manifest.json"])
    assert digest(parse(made.files[name], form)) == manifest["graph"]["sha256"]


@pytest.mark.parametrize(
    ("name", "syntax"), [("milia.ttl", "turtle"), ("milia.jsonld", "json-ld"), ("milia.owl", "xml")]
)
def test_rdflib_reads_the_same_graph(made: Release, name: str, syntax: str) -> None:
    import rdflib

    graph = rdflib.Graph().parse(data=made.files[name], format=syntax)
    again = graph.serialize(format="nt", encoding="utf-8")
    manifest = json.loads(made.files["manifest.json"])
    assert len(graph) == manifest["graph"]["triples"]
    assert digest(parse(again, ox.RdfFormat.N_TRIPLES)) == manifest["graph"]["sha256"]


def test_pyld_expands_to_the_same_triples(prefixes: Prefixes) -> None:
    """A second JSON-LD implementation, on the awkward graph: pyld is too slow for the whole."""
    from pyld import jsonld as pyld

    graph = relabel(parse(AWKWARD, ox.RdfFormat.TURTLE))
    quads = pyld.to_rdf(
        json.loads(jsonld(grow(graph), prefixes)), {"format": "application/n-quads"}
    )
    assert digest(parse(quads.encode(), ox.RdfFormat.N_TRIPLES)) == digest(graph)


def test_a_web_developer_reads_what_they_expect(terms: dict[str, Any]) -> None:
    milia = terms["MILIA:0000001"]
    assert milia["label"] == "milia"
    assert milia["definition"].startswith("Epidermoid cysts")
    assert "MILIA:0000027" in milia["subClassOf"]
    assert "HP:0001056" in milia["exactMatch"]
    assert {"ICD10CM:L72.0", "ICD10WHO:L72.0"} <= set(milia["broadMatch"])
    dermabrasion = next(
        t for t in terms.values() if t.get("label") == "milia following dermabrasion"
    )
    assert dermabrasion["subClassOf"] == ["MILIA:0000055"]
    assert "MILIA:0000013" in terms["MILIA:0000055"]["subClassOf"]


def test_one_object_a_term(document: dict[str, Any]) -> None:
    names = [node["id"] for node in document["@graph"] if "id" in node]
    assert len(names) == len(set(names))


def test_the_published_context_is_the_inline_one(made: Release, document: dict[str, Any]) -> None:
    assert json.loads(made.files["context.jsonld"])["@context"] == document["@context"]


def test_keys_are_unique_and_known(prefixes: Prefixes) -> None:
    names = [key.name for key in KEYS]
    assert len(names) == len(set(names)) == len({key.curie for key in KEYS})
    assert set(names) <= set(context(prefixes))
    assert not set(names) & {row.name for row in prefixes.rows}, "a key hides a prefix"


def test_adding_one_restriction_changes_its_own_line_only(
    made: Release, prefixes: Prefixes
) -> None:
    graph = relabel(parse(made.files["milia-base.ttl"], ox.RdfFormat.TURTLE))
    more = parse(
        b"""@prefix MILIA: <https://w3id.org/milia/MILIA_> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
        MILIA:0000006 <http://www.w3.org/2000/01/rdf-schema#subClassOf> [ a owl:Restriction ;
          owl:onProperty MILIA:0000901 ; owl:someValuesFrom MILIA:0000700 ] .""",
        ox.RdfFormat.TURTLE,
    )
    before = turtle(grow(graph), prefixes, {}).decode().splitlines()
    after = turtle(grow(relabel([*graph, *more])), prefixes, {}).decode().splitlines()
    added = [line for line in after if line not in set(before)]
    assert len(after) == len(before) + 1
    assert len(added) == 1


def test_class_expressions_are_explained_in_words(made: Release) -> None:
    text = made.files["milia.ttl"].decode()
    line = next(n for n in text.splitlines() if "owl:equivalentClass" in n and "MILIA:0000320" in n)
    assert line.endswith("# milia and (occurs following some skin trauma)")
