"""The IRIs the code itself speaks of.

``ontology/prefixes.tsv`` holds the whole prefix map; a test keeps the two in agreement.
"""

from __future__ import annotations

from pyoxigraph import NamedNode

BASE = "https://w3id.org/milia"
OWN = f"{BASE}/"
TERM = f"{BASE}/MILIA_"
SOURCE = f"{BASE}/source/"
MAPPINGS = f"{BASE}/mappings/"
SHAPES = f"{BASE}/shapes/"
CLAIM = f"{BASE}/claim/"
VOCAB = f"{BASE}/vocab/"

NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "oboInOwl": "http://www.geneontology.org/formats/oboInOwl#",
    "IAO": "http://purl.obolibrary.org/obo/IAO_",
    "OMO": "http://purl.obolibrary.org/obo/OMO_",
    "ECO": "http://purl.obolibrary.org/obo/ECO_",
    "SEPIO": "http://purl.obolibrary.org/obo/SEPIO_",
    "sssom": "https://w3id.org/sssom/",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "spdx": "http://spdx.org/rdf/terms#",
    "prov": "http://www.w3.org/ns/prov#",
    "sh": "http://www.w3.org/ns/shacl#",
    "MILIA": TERM,
    "mappings": MAPPINGS,
    "source": SOURCE,
    "shapes": SHAPES,
    "claim": CLAIM,
    "vocab": VOCAB,
}


def named(curie: str) -> NamedNode:
    """The node of a CURIE whose prefix is one of ``NAMESPACES``."""
    prefix, _, local = curie.partition(":")
    return NamedNode(NAMESPACES[prefix] + local)


def vocab(name: str) -> NamedNode:
    """A name of the claims vocabulary: the columns of the claims tables as properties."""
    return NamedNode(VOCAB + name)


RDF_TYPE = named("rdf:type")
RDFS_LABEL = named("rdfs:label")
RDFS_COMMENT = named("rdfs:comment")
RDFS_SUBCLASSOF = named("rdfs:subClassOf")
RDFS_SEEALSO = named("rdfs:seeAlso")
RDFS_ISDEFINEDBY = named("rdfs:isDefinedBy")
OWL_CLASS = named("owl:Class")
OWL_ONTOLOGY = named("owl:Ontology")
OWL_AXIOM = named("owl:Axiom")
OWL_NAMED_INDIVIDUAL = named("owl:NamedIndividual")
OWL_DEPRECATED = named("owl:deprecated")
OWL_VERSION_IRI = named("owl:versionIRI")
OWL_VERSION_INFO = named("owl:versionInfo")
OWL_ANNOTATED_SOURCE = named("owl:annotatedSource")
OWL_ANNOTATED_PROPERTY = named("owl:annotatedProperty")
OWL_ANNOTATED_TARGET = named("owl:annotatedTarget")
DEFINITION = named("IAO:0000115")
EDITOR_NOTE = named("IAO:0000116")
DEFINITION_SOURCE = named("IAO:0000119")
REPLACED_BY = named("IAO:0100001")
IS_INFERRED = named("oboInOwl:is_inferred")
SKOS_DEFINITION = named("skos:definition")
DCTERMS_SOURCE = named("dcterms:source")
