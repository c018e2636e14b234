"""VoID and DCAT: the numbers are those of the graph, the downloads those of the release."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from milia_onto.model import namespaces as ns
from milia_onto.stages.describe import media_type

if TYPE_CHECKING:
    from milia_onto.model.values import Release

DESCRIBED_LATER = {"void.ttl", "manifest.json", "SHA256SUMS"}
PREFIXES = {name: ns.NAMESPACES[name] for name in ("void", "dcat", "dcterms", "spdx")}


@pytest.fixture(scope="module")
def about(made: Release) -> ox.Store:
    store = ox.Store()
    store.load(made.files["void.ttl"], format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def triples(made: Release) -> list[ox.Triple]:
    return [q.triple for q in ox.parse(made.files["milia.nt"], format=ox.RdfFormat.N_TRIPLES)]


def ask(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(query, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [tuple(row[name].value for name in names) for row in found]


def test_the_totals_are_those_of_the_graph(about: ox.Store, triples: list[ox.Triple]) -> None:
    types = {t.object for t in triples if t.predicate == ns.RDF_TYPE}
    expected = {
        "void:triples": len(triples),
        "void:distinctSubjects": len({t.subject for t in triples}),
        "void:properties": len({t.predicate for t in triples}),
        "void:classes": len(types),
    }
    for curie, number in expected.items():
        found = ask(about, f"SELECT ?n WHERE {{ ?d a void:Dataset ; {curie} ?n }}")
        assert found == [(str(number),)], curie


def test_each_property_has_its_count(about: ox.Store, triples: list[ox.Triple]) -> None:
    query = "SELECT ?p ?n WHERE { ?d a void:Dataset ; void:propertyPartition [ void:property ?p ; void:triples ?n ] }"
    uses = Counter(t.predicate.value for t in triples)
    assert {(p, int(n)) for p, n in ask(about, query)} == set(uses.items())


def test_each_class_has_its_count(about: ox.Store, triples: list[ox.Triple]) -> None:
    query = "SELECT ?c ?n WHERE { ?d a void:Dataset ; void:classPartition [ void:class ?c ; void:entities ?n ] }"
    types = Counter(t.object.value for t in triples if t.predicate == ns.RDF_TYPE)  # type: ignore[union-attr]
    assert {(c, int(n)) for c, n in ask(about, query)} == set(types.items())


def test_each_link_set_counts_the_matches_to_one_vocabulary(
    about: ox.Store, triples: list[ox.Triple]
) -> None:
    query = """SELECT ?space ?p ?n WHERE { ?l a void:Linkset ; void:linkPredicate ?p ; void:triples ?n ;
        void:objectsTarget [ void:uriSpace ?space ] }"""
    found = ask(about, query)
    matches = [t for t in triples if t.predicate.value.endswith("Match")]
    assert len(matches) == sum(int(n) for *_, n in found)
    for space, predicate, number in found:
        fitting = [
            t
            for t in matches
            if t.predicate.value == predicate and t.object.value.startswith(space)  # type: ignore[union-attr]
        ]
        assert len(fitting) == int(number)


def test_every_file_can_be_downloaded_and_checked(about: ox.Store, made: Release) -> None:
    query = """SELECT ?title ?size ?sum ?type WHERE {
        ?d dcat:distribution ?f . ?f dcterms:title ?title ; dcat:byteSize ?size ; dcat:mediaType ?type ;
        spdx:checksum [ spdx:checksumValue ?sum ; spdx:algorithm spdx:checksumAlgorithm_sha256 ] }"""
    found = {title: rest for title, *rest in ask(about, query)}
    assert set(found) == set(made.files) - DESCRIBED_LATER
    for path, (size, checksum, media) in found.items():
        assert int(size) == len(made.files[path])
        assert checksum == hashlib.sha256(made.files[path]).hexdigest()
        assert media.endswith(media_type(path))


def test_the_dataset_is_a_version_of_the_ontology_with_title_and_licence(about: ox.Store) -> None:
    query = """SELECT ?d ?version ?licence WHERE { ?d a dcat:Dataset ; dcterms:isVersionOf <https://w3id.org/milia> ;
        dcat:version ?version ; dcterms:title ?title ; dcterms:license ?licence }"""
    ((dataset, version, licence),) = ask(about, query)
    assert dataset == f"{ns.BASE}/releases/{version}"
    assert licence == "https://creativecommons.org/licenses/by/4.0/"


MEDIA_TYPES = [
    ("milia.ttl", "text/turtle"),
    ("milia.jsonld", "application/ld+json"),
    ("milia.owl", "application/rdf+xml"),
    ("milia.nt", "application/n-triples"),
    ("mappings/hp.sssom.tsv", "text/tab-separated-values"),
    ("manifest.json", "application/json"),
    ("logo.svg", "image/svg+xml"),
    ("SHA256SUMS", "text/plain"),
]


@pytest.mark.parametrize(("path", "expected"), MEDIA_TYPES)
def test_the_media_type_follows_the_suffix(path: str, expected: str) -> None:
    assert len(MEDIA_TYPES) == 8
    assert media_type(path) == expected
