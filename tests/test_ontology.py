"""The content: everything the documents name is there, in its place, with its identifiers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from milia_onto.model import namespaces as ns
from milia_onto.publish.lookup import Index, index_of
from milia_onto.stages.prefix_table import read_prefixes

if TYPE_CHECKING:
    from milia_onto.model.prefixes import Prefixes
    from milia_onto.model.values import Release, Sources

ENTITIES = Path(__file__).resolve().parent / "data" / "entities.tsv"
NAMES = 554
WORDS = {
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "MILIA": ns.TERM,
}


@pytest.fixture(scope="module")
def full(made: Release) -> ox.Store:
    store = ox.Store()
    store.bulk_load(made.files["milia.nt"], format=ox.RdfFormat.N_TRIPLES)
    return store


@pytest.fixture(scope="module")
def prefixes(sources: Sources) -> Prefixes:
    return read_prefixes("p.tsv", sources.files["ontology/prefixes.tsv"])[0]


@pytest.fixture(scope="module")
def index(made: Release) -> Index:
    return index_of(made.files["terms.jsonld"])


def entities() -> list[tuple[str, str, str]]:
    header, *lines = ENTITIES.read_text(encoding="utf-8").splitlines()
    assert header == "name\tnamed_by\tterm"
    rows = [tuple(line.split("\t")) for line in lines]
    assert len(rows) == NAMES
    return rows  # type: ignore[return-value]


def ask(store: ox.Store, pattern: str) -> bool:
    return bool(store.query(f"ASK {{ {pattern} }}", prefixes=WORDS))


def test_every_name_of_the_documents_stands_for_a_class_of_the_release(
    full: ox.Store, prefixes: Prefixes
) -> None:
    classes = {
        quad.subject.value
        for quad in full.quads_for_pattern(None, ns.RDF_TYPE, ns.OWL_CLASS)
        if isinstance(quad.subject, ox.NamedNode)
    }
    lost = [row for row in entities() if prefixes.expand(row[2]) not in classes]
    assert lost == []


def test_no_name_stands_for_a_term_without_a_label(full: ox.Store, prefixes: Prefixes) -> None:
    bare = [
        term
        for term in sorted({row[2] for row in entities()})
        if not ask(full, f"<{prefixes.expand(term)}> rdfs:label ?label")
    ]
    assert bare == []


def test_every_term_that_a_name_stands_for_is_found_by_lookup(index: Index) -> None:
    lost = [
        term
        for term in sorted({row[2] for row in entities()})
        if term not in {hit.id for hit in index.search(term).hits}
    ]
    assert lost == []


def test_every_document_named_something() -> None:
    named_by = {document for row in entities() for document in row[1].split("|")}
    assert named_by == {"relations", *(f"seed-00{n}" for n in range(5))}


# The tree of the domain study: kind, and what it is a kind of (asserted or inferred)
TREE = [
    ("epidermoid cyst", "keratin-filled cutaneous cyst"),
    ("milia", "epidermoid cyst"),
    ("primary milia", "milia"),
    ("congenital milia", "primary milia"),
    ("benign primary milia of children and adults", "primary milia"),
    ("nasal-crease milia", "benign primary milia of children and adults"),
    ("areolar milia", "benign primary milia of children and adults"),
    ("vulval milia", "benign primary milia of children and adults"),
    ("preputial and penile milia", "benign primary milia of children and adults"),
    ("milia en plaque", "milia"),
    ("spontaneous milia en plaque", "primary milia"),
    ("secondary milia en plaque", "secondary milia"),
    ("nodular grouped milia", "primary milia"),
    ("multiple eruptive milia", "primary milia"),
    ("idiopathic multiple eruptive milia", "multiple eruptive milia"),
    ("familial multiple eruptive milia", "multiple eruptive milia"),
    ("genodermatosis-associated multiple eruptive milia", "multiple eruptive milia"),
    ("nevus depigmentosus with milia", "primary milia"),
    ("genodermatosis-associated milia", "primary milia"),
    ("secondary milia", "milia"),
    ("disease-associated milia", "secondary milia"),
    ("post-bullous milia", "disease-associated milia"),
    ("medication-associated milia", "secondary milia"),
    ("trauma-associated milia", "secondary milia"),
]


@pytest.mark.parametrize(("kind", "above"), TREE)
def test_a_kind_of_the_tree_is_in_its_place(full: ox.Store, kind: str, above: str) -> None:
    assert len(TREE) == 24
    assert ask(
        full,
        f'?kind rdfs:label "{kind}"@en ; rdfs:subClassOf+ ?above . ?above rdfs:label "{above}"@en',
    )


# What looks like milia and is none
OUTSIDE = (
    "Epstein pearl",
    "Bohn nodule",
    "colloid milium",
    "milia-like idiopathic calcinosis cutis",
    "syringoma",
    "comedo",
    "miliaria",
)


@pytest.mark.parametrize("label", OUTSIDE)
def test_a_look_alike_is_there_and_no_kind_of_milia(full: ox.Store, label: str) -> None:
    assert len(OUTSIDE) == 7
    name = f'?thing rdfs:label ?label FILTER(LCASE(STR(?label)) = "{label.lower()}")'
    assert ask(full, name)
    assert not ask(full, f"{name} ?thing rdfs:subClassOf+ MILIA:0000001")


def test_primary_and_secondary_milia_exclude_each_other(full: ox.Store) -> None:
    assert ask(full, "MILIA:0000002 owl:disjointWith MILIA:0000003")


# Shapes of the codes, written here once more so that a slip in the prefix table shows
SHAPES = {
    "BFO": r"\d{7}",
    "CHEBI": r"\d+",
    "CL": r"\d{7}",
    "DOID": r"\d+",
    "ECO": r"\d{7}",
    "GO": r"\d{7}",
    "HGNC": r"\d+",
    "HP": r"\d{7}",
    "IAO": r"\d{7}",
    "ICD10CM": r"[A-Z]\d[\dA-Z](\.[\dA-Z]{1,4})?",
    "ICD10WHO": r"[A-Z]\d\d(\.\d{1,2})?|[A-Z]\d\d-[A-Z]\d\d",
    "ICD11F": r"\d+",
    "ICD11MMS": r"[\dA-Z]{2}\d[\dA-Z](\.[\dA-Z]{1,2})?",
    "ICD9CM": r"(\d{3}|V\d\d)(\.\d{1,2})?|E\d{3}(\.\d)?",
    "MAXO": r"\d{7}",
    "MESH": r"[CD]\d{6,9}",
    "MONDO": r"\d{7}",
    "NCIT": r"C\d+",
    "OGMS": r"\d{7}",
    "OMIM": r"\d{6}",
    "ORPHA": r"\d+",
    "PATO": r"\d{7}",
    "SCTID": r"\d{6,18}",
    "SEPIO": r"\d{7}",
    "SO": r"\d{7}",
    "UBERON": r"\d{7}",
    "UMLS": r"C\d{7}",
}


def slices(sources: Sources) -> dict[str, list[str]]:
    found = {}
    for path in sources.under("ontology/imports", ".tsv"):
        if not path.endswith("/vocabularies.tsv"):
            lines = sources.files[path].decode().splitlines()[1:]
            found[path.rsplit("/", 1)[1].removesuffix(".tsv")] = [
                line.split("\t")[0] for line in lines if line
            ]
    return found


def test_every_external_id_has_the_shape_of_its_system(sources: Sources) -> None:
    found = slices(sources)
    assert found
    assert set(found) <= {name.lower() for name in SHAPES}
    for ids in found.values():
        for curie in ids:
            name, _, local = curie.partition(":")
            assert re.fullmatch(SHAPES[name], local), curie


def test_every_id_stands_in_the_slice_of_its_system(sources: Sources) -> None:
    for name, ids in slices(sources).items():
        assert {curie.partition(":")[0].lower() for curie in ids} == {name}


def test_the_prefix_table_has_these_shapes(prefixes: Prefixes) -> None:
    assert {name: prefixes.by_name[name].pattern for name in SHAPES} == SHAPES


def verhoeff(number: str) -> bool:
    """Whether the check digit of a SNOMED CT identifier is right (SNOMED CT, Verhoeff)."""
    multiply = [[(i + j) % 5 if i < 5 and j < 5 else 0 for j in range(10)] for i in range(10)]
    for i in range(10):
        for j in range(10):
            if i < 5:
                multiply[i][j] = (i + j) % 5 if j < 5 else (i + j - 5) % 5 + 5
            else:
                multiply[i][j] = (i - j) % 5 + 5 if j < 5 else (i - j) % 5
    permute = [list(range(10)), [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]]
    for row in range(2, 8):
        permute.append([permute[row - 1][permute[1][n]] for n in range(10)])
    check = 0
    for place, digit in enumerate(reversed(number)):
        check = multiply[check][permute[place % 8][int(digit)]]
    return check == 0


def test_every_snomed_ct_id_has_its_check_digit(sources: Sources) -> None:
    ids = [curie.partition(":")[2] for curie in slices(sources)["sctid"]]
    assert ids
    assert verhoeff("254679001")
    assert not verhoeff("254679002")
    assert [number for number in ids if not verhoeff(number)] == []


HEADER = {
    "rdfs:label": '"Milia Ontology"@en',
    "dcterms:title": '"Milia Ontology"@en',
    "dcterms:license": "<https://creativecommons.org/licenses/by/4.0/>",
    "dcterms:description": None,
    "dcterms:creator": None,
    "dcterms:contributor": None,
    "dcterms:publisher": None,
    "dcterms:created": None,
    "dcterms:issued": None,
    "dcterms:modified": None,
    "dcterms:source": None,
    "dcterms:bibliographicCitation": None,
    "vann:preferredNamespacePrefix": '"MILIA"',
    "vann:preferredNamespaceUri": '"https://w3id.org/milia/MILIA_"',
    "bibo:status": None,
    "foaf:logo": "<https://w3id.org/milia/logo.svg>",
    "owl:versionIRI": None,
    "owl:versionInfo": None,
    "MILIA:0000916": None,
}


@pytest.mark.parametrize("field", HEADER)
def test_the_header_says(full: ox.Store, prefixes: Prefixes, field: str) -> None:
    assert len(HEADER) == 19
    predicate = ox.NamedNode(prefixes.expand(field) or "")
    values = [str(q.object) for q in full.quads_for_pattern(ox.NamedNode(ns.BASE), predicate, None)]
    assert values
    if HEADER[field] is not None:
        assert values == [HEADER[field]]


def test_no_doi_is_invented(full: ox.Store) -> None:
    assert not ask(full, "<https://w3id.org/milia> <http://purl.org/ontology/bibo/doi> ?doi")


def test_every_own_term_has_label_definition_and_source(full: ox.Store) -> None:
    found = full.query(
        """SELECT ?term WHERE { ?term a ?kind ; rdfs:label ?label
        FILTER(STRSTARTS(STR(?term), STR(MILIA:)) && ?kind IN (owl:Class, owl:ObjectProperty))
        FILTER NOT EXISTS { ?term owl:deprecated true }
        FILTER NOT EXISTS { ?term <http://purl.obolibrary.org/obo/IAO_0000115> ?d ;
            <http://purl.obolibrary.org/obo/IAO_0000119> ?s } }""",
        prefixes=WORDS,
    )
    assert isinstance(found, ox.QuerySolutions)
    assert [str(row["term"]) for row in found] == []


def test_products_for_sale_are_no_terms(full: ox.Store) -> None:
    """The seeds advertise creams; the ontology names substances and procedures only."""
    found = full.query("SELECT ?l WHERE { ?t a owl:Class ; rdfs:label ?l }", prefixes=WORDS)
    assert isinstance(found, ox.QuerySolutions)
    labels = [str(row["l"]) for row in found]
    assert [label for label in labels if re.search("™|®|\\bbuy\\b", label, re.IGNORECASE)] == []


def test_a_store_that_normalises_numbers_keeps_every_literal(made: Release) -> None:
    store = ox.Store()
    store.bulk_load(made.files["milia.nt"], format=ox.RdfFormat.N_TRIPLES)
    released = {
        str(quad.object)
        for quad in ox.parse(made.files["milia.nt"], format=ox.RdfFormat.N_TRIPLES)
        if isinstance(quad.object, ox.Literal)
    }
    assert {str(quad.object) for quad in store if isinstance(quad.object, ox.Literal)} == released
