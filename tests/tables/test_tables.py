"""The tables hold what the graph says, their keys hold, and the dictionary tells the truth."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from pyarrow import parquet

from milia_onto.model import namespaces as ns
from milia_onto.model.errors import ContentError
from milia_onto.stages.contribution import Contribution
from milia_onto.stages.prefix_table import read_prefixes
from milia_onto.tables.graph import Graph
from milia_onto.tables.package import TABLES
from milia_onto.tables.parquet import parquet as written
from milia_onto.tables.schema import Table, field

if TYPE_CHECKING:
    import pyarrow as pa

    from milia_onto.model.prefixes import Prefixes
    from milia_onto.model.values import Release, Sources

NAMES = [table.name for table in TABLES]
COLUMNS = [(table.name, column.name) for table in TABLES for column in table.columns]
REFERRING = [
    (table.name, column.name, column.refers)
    for table in TABLES
    for column in table.columns
    if column.refers
]
PREFIXES = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX vocab: <https://w3id.org/milia/vocab/>
PREFIX SEPIO: <http://purl.obolibrary.org/obo/SEPIO_>
PREFIX oboInOwl: <http://www.geneontology.org/formats/oboInOwl#>
PREFIX sssom: <https://w3id.org/sssom/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX MILIA: <https://w3id.org/milia/MILIA_>
"""
# Each as it can be asked of the graph; the rows of the table are the same, CURIEs written out.
ASKED = {
    "closure": (
        ("term", "ancestor"),
        """SELECT DISTINCT ?term ?ancestor {
            ?term a owl:Class ; rdfs:subClassOf* ?ancestor FILTER(isIRI(?ancestor) && isIRI(?term))
        }""",
    ),
    "claims": (
        ("claim", "label", "subject", "predicate", "object", "value"),
        """SELECT ?claim ?label ?subject ?predicate ?object ?value {
            ?claim a SEPIO:0000001 ; rdfs:label ?label ;
                vocab:subject ?subject ; vocab:predicate ?predicate .
            OPTIONAL { ?claim vocab:object ?object } OPTIONAL { ?claim vocab:value ?value }
        }""",
    ),
    "evidence": (
        ("evidence", "claim", "evidence_type", "source"),
        """SELECT ?evidence ?claim ?type ?source {
            ?claim vocab:evidenceLine ?evidence .
            ?evidence vocab:evidenceType ?type ; dcterms:source ?source
        }""",
    ),
    "mappings": (
        ("mapping", "subject", "predicate", "object", "comment"),
        """SELECT ?m ?s ?p ?o ?c { ?m a sssom:Mapping ; sssom:subject_id ?s ;
            sssom:predicate_id ?p ; sssom:object_id ?o ; rdfs:comment ?c }""",
    ),
    "sources": (
        ("source", "title", "tier"),
        "SELECT ?s ?t ?r { ?s a MILIA:0000930 ; dcterms:title ?t ; MILIA:0000913 ?r }",
    ),
    "quantities": (
        ("quantity", "claim", "unit"),
        "SELECT ?q ?c ?u { ?c vocab:quantity ?q . ?q vocab:unit ?u }",
    ),
}
EDGES = {
    "inferred": """SELECT ?s ?p ?o {
        ?a oboInOwl:is_inferred true ; owl:annotatedSource ?s ;
            owl:annotatedProperty ?p ; owl:annotatedTarget ?o }""",
    "asserted": """SELECT ?s ?p ?o {
        VALUES ?p { rdfs:subClassOf owl:disjointWith rdfs:subPropertyOf rdfs:domain rdfs:range }
        ?s ?p ?o FILTER(isIRI(?s) && isIRI(?o))
        FILTER NOT EXISTS { ?a oboInOwl:is_inferred true ; owl:annotatedSource ?s ;
            owl:annotatedProperty ?p ; owl:annotatedTarget ?o } }""",
    "differentia": """SELECT ?s ?p ?o {
        VALUES ?p { vocab:differentia } ?s ?p ?o }""",
    "derived": "SELECT DISTINCT ?s ?p ?o { ?c vocab:derivesEdge ?p . ?s ?p ?o }",
    "restriction": """
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT DISTINCT ?s ?p ?o {
            ?s (rdfs:subClassOf|owl:equivalentClass)/(owl:intersectionOf/rdf:rest*/rdf:first)? ?r .
        ?r owl:onProperty ?p ; owl:someValuesFrom ?o FILTER(isIRI(?s) && isIRI(?o)) }""",
}


@pytest.fixture(scope="module")
def tables(made: Release) -> dict[str, pa.Table]:
    return {name: read(made.files[f"tables/{name}.parquet"]) for name in NAMES}


def read(data: bytes) -> pa.Table:
    return parquet.read_table(io.BytesIO(data))


@pytest.fixture(scope="module")
def package(made: Release) -> dict[str, Any]:
    return json.loads(made.files["tables/datapackage.json"])  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def store(made: Release) -> ox.Store:
    found = ox.Store()
    found.bulk_load(input=made.files["milia.nt"], format=ox.RdfFormat.N_TRIPLES)
    return found


@pytest.fixture(scope="module")
def prefixes(sources: Sources) -> Prefixes:
    return read_prefixes("p.tsv", sources.files["ontology/prefixes.tsv"])[0]


def asked(store: ox.Store, prefixes: Prefixes, query: str) -> list[tuple[str | None, ...]]:
    def short(term: ox.NamedNode | ox.Literal | None) -> str | None:
        if isinstance(term, ox.NamedNode):
            return prefixes.compress(term.value) or term.value
        return term.value if term else None

    solutions = store.query(PREFIXES + query)
    return [tuple(short(cell) for cell in row) for row in solutions]  # type: ignore[union-attr,arg-type]


def rows(table: pa.Table, *columns: str) -> list[tuple[Any, ...]]:
    return list(zip(*(table[name].to_pylist() for name in columns), strict=True))


def test_all_tables_and_columns_are_looked_at(made: Release) -> None:
    found = {path for path in made.files if path.startswith("tables/")}
    others = {"tables/README.md", "tables/datapackage.json"}
    assert found == others | {f"tables/{name}.parquet" for name in NAMES}
    assert len(NAMES) == 9
    assert len(COLUMNS) == 81
    assert len(REFERRING) == 19


@pytest.mark.parametrize("name", ASKED)
def test_rows_are_what_the_graph_answers(
    name: str, tables: dict[str, pa.Table], store: ox.Store, prefixes: Prefixes
) -> None:
    columns, query = ASKED[name]
    found = rows(tables[name], *columns)
    assert len(found) > 90
    assert sorted(found, key=str) == sorted(asked(store, prefixes, query), key=str)


@pytest.mark.parametrize("kind", EDGES)
def test_edges_are_what_the_graph_answers(
    kind: str, tables: dict[str, pa.Table], store: ox.Store, prefixes: Prefixes
) -> None:
    found = [
        r[1:]
        for r in rows(tables["edges"], "kind", "subject", "predicate", "object")
        if r[0] == kind
    ]
    assert len(found) > 90
    assert sorted(found) == sorted(asked(store, prefixes, EDGES[kind]))


def test_edges_have_no_other_kind(tables: dict[str, pa.Table]) -> None:
    assert set(tables["edges"]["kind"].to_pylist()) == set(EDGES)


def test_derived_edges_carry_their_claims(tables: dict[str, pa.Table]) -> None:
    for kind, claims in rows(tables["edges"], "kind", "claims"):
        assert bool(claims) == (kind == "derived")


def test_every_named_class_is_a_term(
    tables: dict[str, pa.Table], store: ox.Store, prefixes: Prefixes
) -> None:
    query = "SELECT ?c ?l { ?c a owl:Class ; rdfs:label ?l FILTER isIRI(?c) }"
    found = [r[1:] for r in rows(tables["terms"], "kind", "term", "label") if r[0] == "class"]
    assert sorted(found) == sorted(asked(store, prefixes, query))


def test_the_label_of_the_names_is_that_of_the_terms(tables: dict[str, pa.Table]) -> None:
    labels = [r[1:] for r in rows(tables["synonyms"], "kind", "term", "name") if r[0] == "label"]
    assert sorted(labels) == sorted(rows(tables["terms"], "term", "label"))


def test_names_carry_language_type_and_source(tables: dict[str, pa.Table]) -> None:
    found = {r[0]: r[1:] for r in rows(tables["synonyms"], "name", "term", "language", "kind", "types", "sources")}  # fmt: skip
    assert found["MEP"] == ("MILIA:0000006", "en", "exact", ["OMO:0003000"], ["source:berk-bayliss-2008"])  # fmt: skip


def test_a_distance_is_the_fewest_steps(tables: dict[str, pa.Table]) -> None:
    direct: dict[str, set[str]] = {}
    edges = rows(tables["edges"], "subject", "predicate", "object")
    for subject, predicate, obj in edges:
        if predicate == "rdfs:subClassOf":
            direct.setdefault(subject, set()).add(obj)
    far = {r[:2]: r[2] for r in rows(tables["closure"], "term", "ancestor", "distance")}
    for (term, ancestor), distance in far.items():
        near = [far[p, ancestor] for p in direct.get(term, ()) if (p, ancestor) in far]
        assert distance == (0 if term == ancestor else 1 + min(near))


def test_negative_mappings_are_marked(tables: dict[str, pa.Table], store: ox.Store) -> None:
    (row,) = store.query(PREFIXES + 'SELECT (COUNT(*) AS ?n) { ?m sssom:predicate_modifier "Not" }')  # type: ignore[misc,union-attr]
    assert sum(tables["mappings"]["negative"].to_pylist()) == int(row["n"].value) > 100


def test_codes_stand_as_in_data(tables: dict[str, pa.Table]) -> None:
    found = rows(tables["mappings"], "object", "vocabulary", "code")
    assert all(curie == f"{vocabulary}:{code}" for curie, vocabulary, code in found)
    assert ("ICD10CM:L72.0", "ICD10CM", "L72.0") in found


@pytest.mark.parametrize("name", NAMES)
def test_keys_hold_and_rows_are_sorted_by_them(name: str, tables: dict[str, pa.Table]) -> None:
    table = next(table for table in TABLES if table.name == name)
    keys = rows(tables[name], *table.key)
    assert keys == sorted(set(keys))
    assert len(keys) > 90


@pytest.mark.parametrize(("name", "column", "refers"), REFERRING)
def test_what_is_referred_to_is_there(
    name: str, column: str, refers: str, tables: dict[str, pa.Table]
) -> None:
    other, _, target = refers.partition(".")
    cells = tables[name][column].to_pylist()
    found = {v for cell in cells for v in (cell if isinstance(cell, list) else [cell])} - {None}
    # No term is deprecated yet, so none is replaced.
    assert found or (name, column) == ("terms", "replaced_by")
    assert found <= set(tables[other][target].to_pylist())


def test_there_are_no_blank_nodes(tables: dict[str, pa.Table]) -> None:
    for table in tables.values():
        for name in table.column_names:
            for cell in table[name].to_pylist():
                for text in cell if isinstance(cell, list) else [cell]:
                    assert not str(text).startswith("_:")


@pytest.mark.parametrize(("name", "column"), COLUMNS)
def test_the_dictionary_describes_the_column(
    name: str, column: str, tables: dict[str, pa.Table], package: dict[str, Any], made: Release
) -> None:
    resource = next(each for each in package["resources"] if each["name"] == name)
    about = next(each for each in resource["schema"]["fields"] if each["name"] == column)
    stored = tables[name].schema.field(column)
    kinds = {"string": "string", "int32": "integer", "double": "number", "bool": "boolean"}
    assert about["type"] == kinds.get(str(stored.type), "array")
    assert about["description"] == stored.metadata[b"description"].decode()
    assert ("constraints" in about) == (column in resource["schema"]["primaryKey"])
    said = [cell for cell in tables[name][column].to_pylist() if cell not in (None, [], "")]
    assert about.get("example") == (said[0] if said else None)
    assert f"\n| `{column}` | " in made.files["tables/README.md"].decode().split(f"## `{name}.")[1]


def test_the_package_names_every_table_with_its_digest(
    package: dict[str, Any], made: Release
) -> None:
    import hashlib

    assert [resource["name"] for resource in package["resources"]] == NAMES
    for resource in package["resources"]:
        data = made.files[f"tables/{resource['path']}"]
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert resource["schema"]["fields"][0]["name"] in resource["schema"]["primaryKey"]


def test_the_catalogue_knows_the_media_type(made: Release) -> None:
    manifest = json.loads(made.files["manifest.json"])
    assert (
        manifest["files"]["tables/terms.parquet"]["mediaType"] == "application/vnd.apache.parquet"
    )
    assert "pyarrow" in manifest["tools"]
    assert b"/tables/terms.parquet>" in made.files["void.ttl"]
    assert b"/triples/kind=claims/part-0.nt>" in made.files["void.ttl"]


def test_a_second_value_where_one_belongs_is_told_in_one_line(prefixes: Prefixes) -> None:
    node = ox.NamedNode(ns.TERM + "0000001")
    twice = [ox.Triple(node, ns.RDFS_LABEL, ox.Literal(text)) for text in "ab"]
    graph = Graph([ox.Triple(node, ns.RDF_TYPE, ns.OWL_CLASS), *twice], prefixes)
    (only,) = graph.nodes(ns.OWL_CLASS)
    with pytest.raises(ContentError, match="MILIA:0000001: more than one rdfs:label; keep one"):
        only.one(ns.RDFS_LABEL)


def test_a_name_that_was_authored_twice_has_the_sources_of_both(prefixes: Prefixes) -> None:
    term, name = ox.NamedNode(ns.TERM + "0000001"), ox.Literal("milk spots", language="en")
    exact = ns.named("oboInOwl:hasExactSynonym")
    said = Contribution(triples=[ox.Triple(term, ns.RDF_TYPE, ns.OWL_CLASS)])
    said.triples += [ox.Triple(term, exact, name)] * 2
    for slugs in (["a", "b"], ["c", "a"]):
        notes = [(ns.DCTERMS_SOURCE, ox.NamedNode(ns.SOURCE + slug)) for slug in slugs]
        said.annotate(ox.Triple(term, exact, name), [*notes])
    table = next(table for table in TABLES if table.name == "synonyms")
    (found,) = table.rows(Graph(dict.fromkeys(said.triples), prefixes))
    by_column = dict(zip((column.name for column in table.columns), found, strict=True))
    assert by_column["sources"] == ["source:a", "source:b", "source:c"]


def test_a_key_that_does_not_hold_stops_the_release(prefixes: Prefixes) -> None:
    table = Table(
        "t", "", ("curie",), (field("curie", ""),), lambda graph: [*graph.nodes(ns.OWL_CLASS)] * 2
    )
    graph = Graph([ox.Triple(ox.NamedNode(ns.BASE), ns.RDF_TYPE, ns.OWL_CLASS)], prefixes)
    with pytest.raises(ValueError, match="table t: two rows have the key"):
        table.rows(graph)


def test_a_table_without_rows_is_written() -> None:
    for table in TABLES:
        assert read(written(table, [])).column_names == [c.name for c in table.columns]


def test_pyarrow_is_imported_by_a_build_only() -> None:
    code = "import sys, milia_onto.cli, milia_onto.pipeline; sys.exit('pyarrow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
