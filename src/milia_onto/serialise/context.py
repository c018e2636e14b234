"""The JSON-LD context: short keys for what the release says, prefixes for the rest.

JSON-LD 1.1, 4.1. The table is the only place that names a key; the writer and
``context.jsonld`` are both made from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from milia_onto.model.prefixes import Prefixes

Holds = Literal["english", "languages", "iri", "iris", "list", "text", "texts", "any"]


@dataclass(frozen=True, slots=True)
class Key:
    """A JSON key: the property it stands for and what its value holds.

    ``english`` one English text · ``languages`` texts by language · ``iri``/``iris`` one or many
    nodes · ``list`` an RDF list · ``text``/``texts`` plain or typed literals.
    """

    name: str
    curie: str
    holds: Holds
    datatype: str = ""


KEYS = (
    Key("label", "rdfs:label", "english"),
    Key("singular", "MILIA:0000910", "english"),
    Key("plural", "MILIA:0000911", "english"),
    Key("prefLabel", "skos:prefLabel", "languages"),
    Key("altLabel", "skos:altLabel", "languages"),
    Key("hiddenLabel", "skos:hiddenLabel", "languages"),
    Key("definition", "IAO:0000115", "english"),
    Key("skosDefinition", "skos:definition", "english"),
    Key("definitionSource", "IAO:0000119", "iris"),
    Key("editorNote", "IAO:0000116", "languages"),
    Key("comment", "rdfs:comment", "languages"),
    Key("exactSynonym", "oboInOwl:hasExactSynonym", "languages"),
    Key("broadSynonym", "oboInOwl:hasBroadSynonym", "languages"),
    Key("narrowSynonym", "oboInOwl:hasNarrowSynonym", "languages"),
    Key("relatedSynonym", "oboInOwl:hasRelatedSynonym", "languages"),
    Key("synonymType", "oboInOwl:hasSynonymType", "iris"),
    Key("subClassOf", "rdfs:subClassOf", "iris"),
    Key("equivalentClass", "owl:equivalentClass", "iris"),
    Key("disjointWith", "owl:disjointWith", "iris"),
    Key("subPropertyOf", "rdfs:subPropertyOf", "iris"),
    Key("domain", "rdfs:domain", "iris"),
    Key("range", "rdfs:range", "iris"),
    Key("intersectionOf", "owl:intersectionOf", "list"),
    Key("unionOf", "owl:unionOf", "list"),
    Key("members", "owl:members", "list"),
    Key("onProperty", "owl:onProperty", "iri"),
    Key("someValuesFrom", "owl:someValuesFrom", "iri"),
    Key("exactMatch", "skos:exactMatch", "iris"),
    Key("closeMatch", "skos:closeMatch", "iris"),
    Key("broadMatch", "skos:broadMatch", "iris"),
    Key("narrowMatch", "skos:narrowMatch", "iris"),
    Key("relatedMatch", "skos:relatedMatch", "iris"),
    Key("seeAlso", "rdfs:seeAlso", "iris"),
    Key("isDefinedBy", "rdfs:isDefinedBy", "iri"),
    Key("deprecated", "owl:deprecated", "text", "xsd:boolean"),
    Key("replacedBy", "IAO:0100001", "iris"),
    Key("annotatedProperty", "owl:annotatedProperty", "iri"),
    Key("annotatedTarget", "owl:annotatedTarget", "any"),
    Key("isInferred", "oboInOwl:is_inferred", "text", "xsd:boolean"),
    Key("sources", "dcterms:source", "iris"),
    Key("sourceKind", "MILIA:0000912", "text"),
    Key("tier", "MILIA:0000913", "text"),
    Key("title", "dcterms:title", "english"),
    Key("description", "dcterms:description", "english"),
    Key("license", "dcterms:license", "iri"),
    Key("creator", "dcterms:creator", "iris"),
    Key("contributor", "dcterms:contributor", "iris"),
    Key("publisher", "dcterms:publisher", "iris"),
    Key("created", "dcterms:created", "text", "xsd:date"),
    Key("issued", "dcterms:issued", "text", "xsd:date"),
    Key("modified", "dcterms:modified", "text", "xsd:date"),
    Key("citation", "dcterms:bibliographicCitation", "english"),
    Key("isPartOf", "dcterms:isPartOf", "iri"),
    Key("versionIRI", "owl:versionIRI", "iri"),
    Key("versionInfo", "owl:versionInfo", "text"),
    Key("subject_id", "sssom:subject_id", "iri"),
    Key("predicate_id", "sssom:predicate_id", "iri"),
    Key("predicate_modifier", "sssom:predicate_modifier", "text"),
    Key("object_id", "sssom:object_id", "iri"),
    Key("object_label", "sssom:object_label", "text"),
    Key("mapping_justification", "sssom:mapping_justification", "iri"),
    Key("mapping_confidence", "sssom:confidence", "text", "xsd:decimal"),
    Key("subject", "vocab:subject", "iri"),
    Key("predicate", "vocab:predicate", "iri"),
    Key("object", "vocab:object", "iri"),
    Key("value", "vocab:value", "english"),
    Key("qualifier", "vocab:qualifier", "english"),
    Key("polarity", "vocab:polarity", "iri"),
    Key("verdict", "vocab:verdict", "iri"),
    Key("reason", "vocab:reason", "english"),
    Key("confidence", "vocab:confidence", "iri"),
    Key("supportedBy", "vocab:supportedBy", "iris"),
    Key("disputedBy", "vocab:disputedBy", "iris"),
    Key("sourceLine", "vocab:sourceLine", "texts"),
    Key("sourceWording", "vocab:sourceWording", "text"),
    Key("evidenceType", "vocab:evidenceType", "iri"),
    Key("evidenceLine", "vocab:evidenceLine", "iris"),
    Key("direction", "vocab:direction", "iri"),
    Key("strength", "vocab:strength", "iri"),
    Key("quantity", "vocab:quantity", "iris"),
    Key("quantityKind", "vocab:quantityKind", "iri"),
    Key("low", "vocab:low", "text", "xsd:decimal"),
    Key("high", "vocab:high", "text", "xsd:decimal"),
    Key("unit", "vocab:unit", "text"),
    Key("numerator", "vocab:numerator", "text", "xsd:decimal"),
    Key("denominator", "vocab:denominator", "text", "xsd:decimal"),
    Key("population", "vocab:population", "text"),
    Key("ageWindow", "vocab:ageWindow", "text"),
    Key("design", "vocab:design", "iri"),
    Key("place", "vocab:place", "text"),
    Key("year", "vocab:year", "text"),
    Key("derivedFrom", "vocab:derivedFrom", "iris"),
    Key("reportedCause", "vocab:reportedCause", "iris"),
    Key("reportedAssociation", "vocab:reportedAssociation", "iris"),
    Key("featureOf", "vocab:featureOf", "iris"),
    Key("reportedSite", "vocab:reportedSite", "iris"),
    Key("mistakenFor", "vocab:mistakenFor", "iris"),
    Key("reportedRiskFactor", "vocab:reportedRiskFactor", "iris"),
    Key("treatedWith", "vocab:treatedWith", "iris"),
)
TYPES = {
    "Ontology": "owl:Ontology",
    "Class": "owl:Class",
    "Restriction": "owl:Restriction",
    "ObjectProperty": "owl:ObjectProperty",
    "AnnotationProperty": "owl:AnnotationProperty",
    "TransitiveProperty": "owl:TransitiveProperty",
    "NamedIndividual": "owl:NamedIndividual",
    "Axiom": "owl:Axiom",
    "AllDisjointClasses": "owl:AllDisjointClasses",
    "Mapping": "sssom:Mapping",
    "MappingSet": "sssom:MappingSet",
    "Claim": "SEPIO:0000001",
    "EvidenceLine": "SEPIO:0000002",
    "Quantity": "vocab:Quantity",
}
ANNOTATIONS = "annotations"


def context(prefixes: Prefixes) -> dict[str, Any]:
    """The value of ``@context``: keywords, prefixes, types and keys, in that order."""
    found: dict[str, Any] = {"@version": 1.1, "id": "@id", "type": "@type"}
    for row in prefixes.rows:
        found[row.name] = {"@id": row.namespace, "@prefix": True}
    found |= TYPES
    for key in KEYS:
        found[key.name] = _definition(key)
    found[ANNOTATIONS] = {"@reverse": "owl:annotatedSource", "@container": "@set"}
    return found


def _definition(key: Key) -> dict[str, Any] | str:
    coercion: dict[Holds, dict[str, str]] = {
        "english": {"@language": "en"},
        "languages": {"@container": "@language"},
        "iri": {"@type": "@id"},
        "iris": {"@type": "@id", "@container": "@set"},
        "list": {"@type": "@id", "@container": "@list"},
        "text": {"@type": key.datatype} if key.datatype else {},
        "texts": {"@container": "@set"},
        "any": {},
    }
    return {"@id": key.curie, **coercion[key.holds]}


def keys_by_iri() -> dict[str, Key]:
    """The table of keys by the IRI of the property."""
    return {ns_iri(key.curie): key for key in KEYS}


def ns_iri(curie: str) -> str:
    """The IRI of a CURIE of the table."""
    return ns.named(curie).value
