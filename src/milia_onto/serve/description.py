"""The service description of the endpoint (SPARQL 1.1 Service Description, 3), with its VoID."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from milia_onto.model.namespaces import OWN, named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.serve.data import Data

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "JSON-LD",
    "RDF_XML",
    "N-Triples",
)
SERVICE = ox.NamedNode(f"{OWN}sparql")
DATA_SET = ox.NamedNode(f"{OWN}sparql#data-set")
DEFAULT = ox.NamedNode(f"{OWN}sparql#default-graph")
IS_A = named("rdf:type")
SYNTAX = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
}


class Description:
    """Tells a client what the endpoint can do and what it holds."""

    def __init__(self, data: Data) -> None:
        self.data = data
        self.document = lru_cache(maxsize=len(SYNTAX))(self._document)

    def _document(self, media_type: str) -> bytes:
        with_prefixes = media_type in {"text/turtle", "application/rdf+xml"}
        prefixes = {**self.data.prefixes, "sd": SD} if with_prefixes else None
        return ox.serialize(self._triples(), format=SYNTAX[media_type], prefixes=prefixes) or b""

    def _triples(self) -> Iterator[ox.Triple]:
        known = list(ox.parse(self.data.void, format=ox.RdfFormat.TURTLE))
        yield ox.Triple(SERVICE, IS_A, _sd("Service"))
        yield ox.Triple(SERVICE, _sd("endpoint"), SERVICE)
        yield ox.Triple(SERVICE, _sd("supportedLanguage"), _sd("SPARQL11Query"))
        for name in FORMATS:
            form = ox.NamedNode(f"http://www.w3.org/ns/formats/{name}")
            yield ox.Triple(SERVICE, _sd("resultFormat"), form)
        yield ox.Triple(SERVICE, _sd("defaultDataset"), DATA_SET)
        yield ox.Triple(DATA_SET, IS_A, _sd("Dataset"))
        yield from self._graphs()
        for quad in known:
            yield quad.triple
        for quad in known:
            if quad.predicate == IS_A and quad.object == named("void:Dataset"):
                yield ox.Triple(quad.subject, named("void:sparqlEndpoint"), SERVICE)
                yield ox.Triple(DEFAULT, named("dcterms:source"), quad.subject)

    def _graphs(self) -> Iterator[ox.Triple]:
        yield ox.Triple(DATA_SET, _sd("defaultGraph"), DEFAULT)
        yield ox.Triple(DEFAULT, IS_A, _sd("Graph"))
        for number, iri in enumerate(self.data.named_graphs, 1):
            entry = ox.NamedNode(f"{OWN}sparql#graph-{number}")
            yield ox.Triple(DATA_SET, _sd("namedGraph"), entry)
            yield ox.Triple(entry, IS_A, _sd("NamedGraph"))
            yield ox.Triple(entry, _sd("name"), ox.NamedNode(iri))
            yield ox.Triple(entry, _sd("graph"), ox.NamedNode(iri))
            yield ox.Triple(ox.NamedNode(iri), IS_A, _sd("Graph"))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)
