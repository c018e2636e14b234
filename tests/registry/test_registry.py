"""The records for registries say what the release holds, in the forms the registries ask for."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
import yaml
from curies import Converter

from milia_onto.stages.prefix_table import read_prefixes

if TYPE_CHECKING:
    from milia_onto.model.values import Release, Sources

VOID, RDF_TYPE = "http://rdfs.org/ns/void#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SKOS = "http://www.w3.org/2004/02/skos/core#"
NAMES = [
    "README.md",
    "bioregistry.json",
    "inverse.nt",
    "linksets.ttl",
    "metadata.ttl",
    "obo-foundry.md",
    "prefixes.epm.json",
    "w3id.md",
    "wikidata.txt",
]


def text(made: Release, name: str) -> str:
    return made.files[f"registry/{name}"].decode()


def store(made: Release, path: str) -> ox.Store:
    found = ox.Store()
    kinds = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES}
    found.load(made.files[path], format=kinds[path.rsplit(".", 1)[1]])
    return found


def rows(graph: ox.Store, query: str) -> list[list[str]]:
    return [[term.value for term in row] for row in graph.query(query)]  # type: ignore[union-attr]


def test_the_records_are_there_and_the_readme_lists_them(made: Release) -> None:
    found = [path.removeprefix("registry/") for path in made.files if path.startswith("registry/")]
    assert found == NAMES
    listed = re.findall(r"^\| `([^`]+)` \|", text(made, "README.md"), re.MULTILINE)
    assert sorted(listed) == [name for name in NAMES if name != "README.md"]


@pytest.mark.parametrize("name", NAMES)
def test_no_record_names_a_person(made: Release, name: str) -> None:
    assert not re.search(r"[\w.]+@[\w.]+\.\w+|\borcid\.org/\d", text(made, name))


def test_the_bioregistry_entry_resolves_a_term(made: Release) -> None:
    (entry,) = json.loads(text(made, "bioregistry.json")).values()
    # What the Bioregistry's JSON Schema marks as required, and as required for a new prefix.
    needed = {"name", "description", "homepage", "example", "pattern", "uri_format"}
    assert needed <= set(entry)
    assert re.fullmatch(entry["pattern"], entry["example"])
    iri = entry["uri_format"].replace("$1", entry["example"])
    terms = json.loads(made.files["terms.jsonld"])["@graph"]
    assert iri.rsplit("/", 1)[1].replace("_", ":") in {node["id"] for node in terms}
    assert {"contact", "contributor"}.isdisjoint(entry)


def test_the_obo_page_has_what_can_be_said_without_a_person(made: Release) -> None:
    _, matter, description = text(made, "obo-foundry.md").split("---\n")
    fields: dict[str, Any] = yaml.safe_load(matter)
    needed = {"activity_status", "description", "homepage", "id", "layout", "license", "products", "title"}  # fmt: skip
    assert needed <= set(fields)
    assert re.fullmatch("[0-9a-z_]+", fields["id"])
    assert fields["license"]["label"] == "CC BY 4.0"
    assert all(product["id"] in made.files for product in fields["products"])
    assert description.strip() == fields["description"]


def test_the_prefix_map_reads_other_spellings(made: Release, sources: Sources) -> None:
    records = json.loads(text(made, "prefixes.epm.json"))
    converter = Converter.from_extended_prefix_map(records)
    prefixes, _ = read_prefixes("p", sources.files["ontology/prefixes.tsv"])
    assert converter.bimap == {row.name: row.namespace for row in prefixes.rows}
    assert converter.expand("MILIA:0000001") == "https://w3id.org/milia/MILIA_0000001"
    for theirs, ours in (("mesh:D1", "MESH:D1"), ("Orphanet:1", "ORPHA:1"), ("MIM:1", "OMIM:1")):
        assert converter.standardize_curie(theirs) == ours
    by_name = {record["prefix"]: record for record in records}
    assert re.fullmatch(by_name["ICD10WHO"]["pattern"], "L72.0")
    assert not re.fullmatch(by_name["ICD10WHO"]["pattern"], "L72.0 and more")


def test_the_statements_for_wikidata_are_well_formed(made: Release) -> None:
    first, *statements = text(made, "wikidata.txt").splitlines()
    assert first == "CREATE"
    assert len(statements) == 6
    for line in statements:
        assert re.fullmatch(r'LAST\t(?:[LDA]en|P\d+)\t(?:"[^"\t]+"|Q\d+)', line)


def test_the_metadata_counts_what_is_there(made: Release) -> None:
    graph = store(made, "registry/metadata.ttl")
    ask = "SELECT ?n {{ <https://w3id.org/milia> <http://purl.org/vocommons/voaf#{}> ?n }}"
    full = store(made, "milia.nt")
    own = 'FILTER(STRSTARTS(STR(?t), "https://w3id.org/milia/MILIA_"))'
    owl = "http://www.w3.org/2002/07/owl#"
    classes = rows(full, f"SELECT (COUNT(?t) AS ?n) {{ ?t a <{owl}Class> {own} }}")
    assert rows(graph, ask.format("classNumber")) == classes
    kinds = " ".join(f"<{owl}{kind}Property>" for kind in ("Object", "Annotation", "Datatype"))
    properties = f"SELECT (COUNT(DISTINCT ?t) AS ?n) {{ VALUES ?k {{ {kinds} }} ?t a ?k {own} }}"
    assert rows(graph, ask.format("propertyNumber")) == rows(full, properties)
    addresses = rows(graph, "SELECT ?f { ?f <http://www.w3.org/ns/dcat#downloadURL> ?f }")
    assert len(addresses) == 4
    assert all(address.rsplit("/", 1)[1] in made.files for (address,) in addresses)


def test_the_inverse_links_are_the_links_turned_round(made: Release) -> None:
    full, inverse = store(made, "milia.nt"), store(made, "registry/inverse.nt")
    turned = {"broad": "narrow", "narrow": "broad"}
    total = 0
    for kind in ("exact", "close", "broad", "narrow", "related"):
        back = turned.get(kind, kind)
        ours = rows(full, f"SELECT ?o ?s {{ ?s <{SKOS}{kind}Match> ?o FILTER(isIRI(?o)) }}")
        theirs = rows(inverse, f"SELECT ?s ?o {{ ?s <{SKOS}{back}Match> ?o }}")
        assert sorted(ours) == sorted(theirs)
        total += len(ours)
    assert total == len(inverse) > 800


def test_link_sets_agree_with_the_description_and_come_in_pairs(made: Release) -> None:
    graph = store(made, "registry/linksets.ttl")
    query = (
        f"PREFIX void: <{VOID}> SELECT ?space ?match ?n {{ ?l a void:Linkset ; %s ?t ; "
        "void:linkPredicate ?match ; void:triples ?n . ?t void:uriSpace ?space }"
    )
    to = rows(graph, query % "void:objectsTarget")
    away = rows(graph, query % "void:subjectsTarget")
    described = rows(store(made, "void.ttl"), query % "void:objectsTarget")
    assert sorted(to) == sorted(described)
    assert len(to) == len(away) > 30
    turn = {f"{SKOS}broadMatch": f"{SKOS}narrowMatch", f"{SKOS}narrowMatch": f"{SKOS}broadMatch"}
    assert Counter((s, turn.get(m, m), n) for s, m, n in to) == Counter(map(tuple, away))
    dumps = rows(graph, f"SELECT DISTINCT ?f {{ ?l <{VOID}dataDump> ?f }}")
    version = json.loads(made.files["manifest.json"])["versionIRI"]
    assert all(address.removeprefix(f"{version}/") in made.files for (address,) in dumps)
    assert len(dumps) == 2
