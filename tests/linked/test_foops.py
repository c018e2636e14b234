"""The 24 tests of FOOPS! (oeg-upm/fair_ontologies), re-stated, against the running server."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.running import Reply

    from .hosts import Ask

IRI = "https://w3id.org/milia"
VANN = rdflib.Namespace("http://purl.org/vocab/vann/")
BIBO = rdflib.Namespace("http://purl.org/ontology/bibo/")
FOAF = rdflib.Namespace("http://xmlns.com/foaf/0.1/")
SCHEMA = rdflib.Namespace("https://schema.org/")
PERSISTENT = r"w3id\.org|doi\.org|purl\..*\.org|linked\.data\.gov\.au|dbpedia\.org|perma\.cc"
RDF_TYPES = {
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "text/turtle": ox.RdfFormat.TURTLE,
    "text/n3": ox.RdfFormat.N3,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}
METADATA = ("http://purl.org/dc/terms/", str(VANN), str(BIBO), str(OWL), str(FOAF), str(RDFS))
REGISTRY = {
    "FIND2": "the prefix must be listed at prefix.cc or LOV",
    "FIND3": "a catalogue or LOV must list the ontology",
    "FIND3_BIS": "a catalogue or LOV must list the ontology",
    "OM3 doi": "a DOI must be registered",
}


class Fetched:
    """What a client gets that follows redirects from the ontology's IRI."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask
        self.graph = rdflib.Graph().parse(
            data=self.get("/", "application/rdf+xml").body, format="xml"
        )
        self.header = rdflib.URIRef(IRI)

    def get(self, path: str, accept: str) -> Reply:
        reply = self.ask("GET", path, {"Accept": accept})
        hops = 0
        while reply.status == 303:
            hops += 1
            assert hops == 1
            reply = self.ask("GET", reply.location, {"Accept": accept})
        return reply

    def read(self, media_type: str) -> set[ox.Quad]:
        return set(ox.parse(self.get("/", media_type).body, format=RDF_TYPES[media_type]))

    def has(self, *properties: rdflib.URIRef) -> bool:
        return all((self.header, prop, None) in self.graph for prop in properties)

    def terms(self) -> set[rdflib.term.Node]:
        kinds = (OWL.Class, OWL.ObjectProperty, OWL.AnnotationProperty, OWL.DatatypeProperty)
        found = {term for kind in kinds for term in self.graph.subjects(RDF.type, kind)}
        return {term for term in found if str(term).startswith(f"{IRI}/")}

    def version(self) -> str:
        return str(self.graph.value(self.header, OWL.versionIRI))


def is_known_license(fetched: Fetched) -> bool:
    license_ = fetched.graph.value(fetched.header, DCTERMS.license)
    return str(license_).startswith("https://creativecommons.org/licenses/")


CHECKS: dict[str, Callable[[Fetched], bool]] = {
    "PURL1": lambda f: re.search(PERSISTENT, IRI) is not None,
    "URI1": lambda f: all(len(f.read(media_type)) == len(f.graph) for media_type in RDF_TYPES),
    "URI2": lambda f: set(f.graph.subjects(RDF.type, OWL.Ontology)) == {f.header},
    "VER1": lambda f: f.version() not in {"None", IRI},
    "VER2": lambda f: f.get(f.version().removeprefix(IRI), "text/turtle").status == 200,
    "OM1": lambda f: f.has(DCTERMS.title, DCTERMS.description, DCTERMS.license, OWL.versionIRI, DCTERMS.creator, VANN.preferredNamespaceUri),
    "FIND1": lambda f: f.has(VANN.preferredNamespacePrefix),
    "CN1": lambda f: f.get("/", "text/html").body != f.get("/", "text/turtle").body,
    "HTTP1": lambda f: IRI.startswith("http"),
    "RDF1": lambda f: len(f.graph) > 0,
    "VOC1": lambda f: sum(str(p).startswith(METADATA) for p in f.graph.predicates(f.header)) > 10,
    "VOC2": lambda f: len({str(o).rsplit("_", 1)[0] for o in f.graph.objects(None, RDFS.subClassOf) if "obolibrary" in str(o)}) > 3,
    "DOC1": lambda f: f.get("/", "text/html").headers["content-type"].startswith("text/html"),
    "OM2": lambda f: f.has(VANN.preferredNamespacePrefix, OWL.versionInfo, DCTERMS.created, DCTERMS.bibliographicCitation),
    "OM3 without doi": lambda f: f.has(DCTERMS.publisher, FOAF.logo, BIBO.status, DCTERMS.source, DCTERMS.issued),
    "VOC3": lambda f: all((t, RDFS.label, None) in f.graph for t in f.terms()),
    "VOC4": lambda f: all((t, SKOS.definition, None) in f.graph or (t, RDFS.comment, None) in f.graph for t in f.terms()),
    "OM4.1": lambda f: f.has(DCTERMS.license),
    "OM4.2": is_known_license,
    "OM5.1": lambda f: f.has(DCTERMS.creator, DCTERMS.created),
    "OM5.2": lambda f: f.has(DCTERMS.issued, DCTERMS.publisher),
}  # fmt: skip


@pytest.fixture(scope="module")
def fetched(asks: dict[str, Ask]) -> Fetched:
    return Fetched(asks["serve"])


def test_all_24_are_stated() -> None:
    assert len({name.split(" ")[0] for name in (*CHECKS, *REGISTRY)}) == 24


@pytest.mark.parametrize("name", CHECKS)
def test_foops(name: str, fetched: Fetched) -> None:
    assert len(CHECKS) == 21
    assert CHECKS[name](fetched)


def test_there_are_terms_to_look_at(fetched: Fetched) -> None:
    assert len(fetched.terms()) > 350
    assert fetched.ask("GET", "/logo.svg").status == 200
