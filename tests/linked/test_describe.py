"""The RDF documents: complete, bounded, the same in every syntax and on every machine."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from milia_onto.linked import table
from milia_onto.linked.describe import Descriptions, variants_of
from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from milia_onto.linked.site import Site
    from milia_onto.model.values import Release

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".owl": ox.RdfFormat.RDF_XML,
    ".nt": ox.RdfFormat.N_TRIPLES,
}
SEE_ALSO = ns.named("rdfs:seeAlso")
RDFLIB = {".ttl": "turtle", ".jsonld": "json-ld", ".owl": "xml", ".nt": "nt"}
# One or two of each kind: short and long, with axioms, with parts, withdrawn.
PATHS = (
    "MILIA_0000004",
    "MILIA_0000117",
    "MILIA_0099998",
    "claim/s000-041",
    "claim/b-014",
    "source/seed-003",
    "mappings/omim",
    "vocab/verdict",
    "vocab/ClaimValue",
    "queries/eyelid-kinds",
    "shapes",
    "shapes/ExtensionTerm",
    "project",
)


def digest(data: bytes, syntax: ox.RdfFormat) -> str:
    dataset = ox.Dataset(ox.parse(data, format=syntax))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return "\n".join(sorted(map(str, dataset)))


@pytest.mark.parametrize("path", PATHS)
def test_all_syntaxes_carry_the_same_graph(path: str, site: Site) -> None:
    assert len(PATHS) == 13
    documents = {suffix: site.current.document(path, suffix) for suffix in FORMATS}
    graphs = {digest(documents[suffix], syntax) for suffix, syntax in FORMATS.items()}
    assert len(graphs) == 1
    read = [rdflib.Graph().parse(data=documents[s], format=RDFLIB[s]) for s in FORMATS]
    assert all(isomorphic(read[0], other) for other in read[1:])
    assert len(read[0]) == len(site.current.graph(path))
    assert (rdflib.URIRef(ns.OWN + path), None, None) in read[0]


@pytest.mark.parametrize("path", PATHS)
def test_everything_that_is_named_has_its_label(path: str, site: Site) -> None:
    graph = site.current.graph(path)
    labelled = {t.subject for t in graph if t.predicate == ns.RDFS_LABEL}
    mentioned = {t.object for t in graph if isinstance(t.object, ox.NamedNode)}
    mentioned |= {t.predicate for t in graph}
    lacking = {n.value for n in mentioned - labelled if n.value in site.current.index.labels}
    assert lacking == set()


@pytest.mark.parametrize("path", PATHS)
def test_the_documents_describe_themselves(path: str, site: Site) -> None:
    graph = site.current.graph(path)
    formats = set()
    for variant in variants_of(site.things[path].kind):
        document = ox.NamedNode(f"{ns.OWN}{path}{variant.suffix}")
        said = {
            t.predicate.value: getattr(t.object, "value", "")
            for t in graph
            if t.subject == document
        }
        assert said["http://xmlns.com/foaf/0.1/primaryTopic"] == ns.OWN + path
        assert said["http://purl.org/dc/terms/license"] == table.LICENSE
        assert said["http://purl.org/dc/terms/isPartOf"] == site.current.version_iri.value
        formats.add(said["http://purl.org/dc/terms/format"].rsplit("media-types/")[1])
    assert {v.media_type for v in (*table.RDF, table.HTML)} <= formats


def test_the_description_of_a_term_is_complete(site: Site) -> None:
    graph = site.current.graph("MILIA_0000117")
    term = ox.NamedNode(f"{ns.TERM}0000117")
    said = {t.predicate for t in graph if t.subject == term}
    assert {ns.RDFS_LABEL, ns.DEFINITION, ns.SKOS_DEFINITION, ns.RDFS_SUBCLASSOF} <= said
    assert ns.named("owl:equivalentClass") in said
    restrictions = [t for t in graph if t.predicate == ns.named("owl:someValuesFrom")]
    assert restrictions
    inferred = {t.subject for t in graph if t.predicate == ns.IS_INFERRED}
    assert {t.subject for t in graph if t.predicate == ns.OWL_ANNOTATED_SOURCE} >= inferred != set()


def test_a_term_comes_with_its_mappings_and_claims(site: Site) -> None:
    graph = site.current.graph("MILIA_0000004")
    term = ox.NamedNode(f"{ns.TERM}0000004")
    index = site.current.index
    rows = index.subjects(ns.named("sssom:subject_id"), term)
    claims = [*index.subjects(ns.vocab("subject"), term), *index.subjects(ns.vocab("object"), term)]
    assert len(rows) > 5
    assert len(claims) > 20
    triples = set(graph)
    for node in (*rows, *claims):
        assert set(index.about(node)) <= triples
    for claim in claims:
        for part in index.objects(claim, ns.vocab("evidenceLine")):
            assert set(index.about(part)) <= triples
    said = {t.predicate for t in graph if t.subject in set(claims)}
    assert {ns.vocab("verdict"), ns.vocab("confidence"), ns.DCTERMS_SOURCE} <= said


def test_a_description_is_no_dump(site: Site) -> None:
    sizes = [
        len(site.current.graph(t.path)) for t in site.things.values()
        if not t.fragment and t.kind not in {"ontology", "product", "version"}
    ]  # fmt: skip
    whole = len(site.current.graph(""))
    assert len(sizes) > 2_000
    assert max(sizes) < whole / 3
    assert sum(sizes) / len(sizes) < 300


def test_a_withdrawn_term_says_so(site: Site) -> None:
    graph = site.current.graph("MILIA_0099998")
    said = {
        (t.predicate, getattr(t.object, "value", ""))
        for t in graph
        if t.subject.value.endswith("0099998")
    }  # type: ignore[union-attr]
    assert (ns.OWL_DEPRECATED, "true") in said
    assert (ns.REPLACED_BY, f"{ns.TERM}0000001") in said
    assert (ns.RDFS_COMMENT, "Withdrawn: it meant the same as milia.") in said


def test_parts_are_told_in_the_document_of_their_whole(site: Site) -> None:
    assert site.current.graph("claim/s000-041/quantity-1") == site.current.graph("claim/s000-041")
    assert site.current.graph("mappings/hp/MILIA_0000001_0001056") == site.current.graph(
        "mappings/hp"
    )


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("", "milia"),
        ("base", "milia-base"),
        ("skos", "milia-skos"),
    ],
)
def test_products_are_the_files_of_the_release(path: str, file: str, site: Site) -> None:
    release = site.current.release.files
    for suffix, syntax in FORMATS.items():
        document = site.current.document(path, suffix)
        if f"{file}{suffix}" in release:
            assert document == release[f"{file}{suffix}"]
        else:
            assert digest(document, syntax) == digest(release[f"{file}.ttl"], FORMATS[".ttl"])


# What a version is called, the file that has its graph, properties that are said of it
VERSIONS = [
    ("", "milia", {"label", "seeAlso", "versionInfo", "title", "license", "issued", "creator"}),
    ("/base", "milia-base", {"label", "seeAlso", "versionInfo", "license"}),
    ("/skos", "milia-skos", {"seeAlso", "versionInfo", "license"}),
]


@pytest.mark.parametrize(("product", "file", "properties"), VERSIONS)
@pytest.mark.parametrize("suffix", FORMATS)
def test_a_version_is_its_graph_and_says_what_it_is(
    product: str, file: str, properties: set[str], suffix: str, site: Site
) -> None:
    assert len(VERSIONS) == 3
    version = f"releases/{site.current.version}"
    thing = ox.NamedNode(f"{ns.BASE}/{version}{product}")
    whole = ox.NamedNode(f"{ns.BASE}/{version}")
    document = site.document(f"{version}{product}{suffix}")
    assert document is not None
    triples = [q.triple for q in ox.parse(document.body, format=FORMATS[suffix])]
    about = [t for t in triples if t.subject == thing]
    assert properties <= {re.split("[/#]", t.predicate.value)[-1] for t in about}
    others = ox.serialize(
        (t for t in triples if t.subject not in {thing, whole}), format=FORMATS[".nt"]
    )
    release = site.current.release.files
    graph = [q.triple for q in ox.parse(release[f"{file}.ttl"], format=FORMATS[".ttl"])]
    assert digest(others, FORMATS[".nt"]) == digest(release[f"{file}.ttl"], FORMATS[".ttl"])
    assert whole in {t.subject for t in triples}
    # Whatever knows the graph by its profile knows no other property.
    assert {t.predicate for t in about} <= {t.predicate for t in graph} | {SEE_ALSO}
    # The files of the release stay what they are.
    kept = site.document(f"{version}/{file}{suffix}")
    assert (kept.body if kept else None) == release.get(f"{file}{suffix}")


def test_a_query_is_its_text(site: Site) -> None:
    queries = [t for t in site.things.values() if t.kind == "query"]
    assert len(queries) > 100
    for thing in queries:
        text = site.current.document(thing.path, ".rq").decode()
        assert ox.Store().query(text) is not None


def test_the_same_release_gives_the_same_bytes(site: Site, release: Release) -> None:
    shuffled = Descriptions(
        type(release)({**release.files, "milia.nt": reversed_lines(release.files["milia.nt"])})
    )
    for path in PATHS:
        for suffix in FORMATS:
            assert shuffled.document(path, suffix) == site.current.document(path, suffix)


def reversed_lines(data: bytes) -> bytes:
    return b"".join(reversed(data.splitlines(keepends=True)))


def test_a_json_document_carries_the_context_it_needs_and_no_more(site: Site) -> None:
    whole = json.loads(site.current.release.files["context.jsonld"])["@context"]
    small = json.loads(site.current.document("claim/b-014", ".jsonld"))["@context"]
    assert small.items() <= whole.items()
    assert len(small) < len(whole) / 2


def test_every_document_of_every_thing_can_be_read(site: Site) -> None:
    read = 0
    for thing in site.current.resources.values():
        if thing.fragment or thing.kind in {"ontology", "product", "version"}:
            continue
        size = len(site.current.graph(thing.path))
        for suffix, syntax in FORMATS.items():
            document = site.current.document(thing.path, suffix)
            assert sum(1 for _ in ox.parse(document, format=syntax)) == size, (thing.path, suffix)
            read += 1
    assert read > 8_000
