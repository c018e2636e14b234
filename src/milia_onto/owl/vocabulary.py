"""The reserved vocabulary of OWL 2 (Structural Specification, 2.4) as full IRIs.

Names follow the fragment in lower case, with the namespace in front where two namespaces share it.
"""

from typing import Final

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"

RESERVED: Final = (RDF, RDFS, XSD, OWL)

RDF_TYPE: Final = RDF + "type"
RDF_FIRST: Final = RDF + "first"
RDF_REST: Final = RDF + "rest"
RDF_NIL: Final = RDF + "nil"
RDF_LIST: Final = RDF + "List"
RDF_PROPERTY: Final = RDF + "Property"
RDF_LANG_STRING: Final = RDF + "langString"

RDFS_CLASS: Final = RDFS + "Class"
RDFS_DATATYPE: Final = RDFS + "Datatype"
RDFS_LITERAL: Final = RDFS + "Literal"
SUB_CLASS_OF: Final = RDFS + "subClassOf"
SUB_PROPERTY_OF: Final = RDFS + "subPropertyOf"
DOMAIN: Final = RDFS + "domain"
RANGE: Final = RDFS + "range"

XSD_BOOLEAN: Final = XSD + "boolean"
XSD_NON_NEGATIVE_INTEGER: Final = XSD + "nonNegativeInteger"

THING: Final = OWL + "Thing"
NOTHING: Final = OWL + "Nothing"
TOP_OBJECT_PROPERTY: Final = OWL + "topObjectProperty"
BOTTOM_OBJECT_PROPERTY: Final = OWL + "bottomObjectProperty"
TOP_DATA_PROPERTY: Final = OWL + "topDataProperty"
BOTTOM_DATA_PROPERTY: Final = OWL + "bottomDataProperty"

OWL_CLASS: Final = OWL + "Class"
OBJECT_PROPERTY: Final = OWL + "ObjectProperty"
DATATYPE_PROPERTY: Final = OWL + "DatatypeProperty"
ANNOTATION_PROPERTY: Final = OWL + "AnnotationProperty"
NAMED_INDIVIDUAL: Final = OWL + "NamedIndividual"
ONTOLOGY_PROPERTY: Final = OWL + "OntologyProperty"
DEPRECATED_CLASS: Final = OWL + "DeprecatedClass"
DEPRECATED_PROPERTY: Final = OWL + "DeprecatedProperty"

ONTOLOGY: Final = OWL + "Ontology"
IMPORTS: Final = OWL + "imports"
VERSION_IRI: Final = OWL + "versionIRI"
DEPRECATED: Final = OWL + "deprecated"

RESTRICTION: Final = OWL + "Restriction"
DATA_RANGE: Final = OWL + "DataRange"
INTERSECTION_OF: Final = OWL + "intersectionOf"
UNION_OF: Final = OWL + "unionOf"
COMPLEMENT_OF: Final = OWL + "complementOf"
ONE_OF: Final = OWL + "oneOf"
DATATYPE_COMPLEMENT_OF: Final = OWL + "datatypeComplementOf"
ON_DATATYPE: Final = OWL + "onDatatype"
WITH_RESTRICTIONS: Final = OWL + "withRestrictions"
ON_PROPERTY: Final = OWL + "onProperty"
SOME_VALUES_FROM: Final = OWL + "someValuesFrom"
ALL_VALUES_FROM: Final = OWL + "allValuesFrom"
HAS_VALUE: Final = OWL + "hasValue"
HAS_SELF: Final = OWL + "hasSelf"
MIN_CARDINALITY: Final = OWL + "minCardinality"
MAX_CARDINALITY: Final = OWL + "maxCardinality"
CARDINALITY: Final = OWL + "cardinality"
MIN_QUALIFIED: Final = OWL + "minQualifiedCardinality"
MAX_QUALIFIED: Final = OWL + "maxQualifiedCardinality"
QUALIFIED: Final = OWL + "qualifiedCardinality"
ON_CLASS: Final = OWL + "onClass"
ON_DATA_RANGE: Final = OWL + "onDataRange"

EQUIVALENT_CLASS: Final = OWL + "equivalentClass"
DISJOINT_WITH: Final = OWL + "disjointWith"
DISJOINT_UNION_OF: Final = OWL + "disjointUnionOf"
ALL_DISJOINT_CLASSES: Final = OWL + "AllDisjointClasses"
HAS_KEY: Final = OWL + "hasKey"
EQUIVALENT_PROPERTY: Final = OWL + "equivalentProperty"
PROPERTY_DISJOINT_WITH: Final = OWL + "propertyDisjointWith"
ALL_DISJOINT_PROPERTIES: Final = OWL + "AllDisjointProperties"
PROPERTY_CHAIN_AXIOM: Final = OWL + "propertyChainAxiom"
INVERSE_OF: Final = OWL + "inverseOf"
FUNCTIONAL_PROPERTY: Final = OWL + "FunctionalProperty"
INVERSE_FUNCTIONAL_PROPERTY: Final = OWL + "InverseFunctionalProperty"
REFLEXIVE_PROPERTY: Final = OWL + "ReflexiveProperty"
IRREFLEXIVE_PROPERTY: Final = OWL + "IrreflexiveProperty"
SYMMETRIC_PROPERTY: Final = OWL + "SymmetricProperty"
ASYMMETRIC_PROPERTY: Final = OWL + "AsymmetricProperty"
TRANSITIVE_PROPERTY: Final = OWL + "TransitiveProperty"
SAME_AS: Final = OWL + "sameAs"
DIFFERENT_FROM: Final = OWL + "differentFrom"
ALL_DIFFERENT: Final = OWL + "AllDifferent"
MEMBERS: Final = OWL + "members"
DISTINCT_MEMBERS: Final = OWL + "distinctMembers"
NEGATIVE_PROPERTY_ASSERTION: Final = OWL + "NegativePropertyAssertion"
SOURCE_INDIVIDUAL: Final = OWL + "sourceIndividual"
ASSERTION_PROPERTY: Final = OWL + "assertionProperty"
TARGET_INDIVIDUAL: Final = OWL + "targetIndividual"
TARGET_VALUE: Final = OWL + "targetValue"

AXIOM: Final = OWL + "Axiom"
ANNOTATION: Final = OWL + "Annotation"
ANNOTATED_SOURCE: Final = OWL + "annotatedSource"
ANNOTATED_PROPERTY: Final = OWL + "annotatedProperty"
ANNOTATED_TARGET: Final = OWL + "annotatedTarget"

BUILT_IN_CLASSES: Final = frozenset({THING, NOTHING})
BUILT_IN_OBJECT_PROPERTIES: Final = frozenset({TOP_OBJECT_PROPERTY, BOTTOM_OBJECT_PROPERTY})
BUILT_IN_DATA_PROPERTIES: Final = frozenset({TOP_DATA_PROPERTY, BOTTOM_DATA_PROPERTY})
BUILT_IN_ANNOTATION_PROPERTIES: Final = frozenset(
    {RDFS + name for name in ("label", "comment", "seeAlso", "isDefinedBy")}
    | {
        OWL + name
        for name in (
            "versionInfo",
            "deprecated",
            "priorVersion",
            "backwardCompatibleWith",
            "incompatibleWith",
        )
    }
)

EL_DATATYPES: Final = frozenset(
    {RDF + name for name in ("PlainLiteral", "XMLLiteral", "langString")}
    | {RDFS_LITERAL}
    | {OWL + name for name in ("real", "rational")}
    | {
        XSD + name
        for name in (
            *("decimal", "integer", "nonNegativeInteger", "string", "normalizedString", "token"),
            *("Name", "NCName", "NMTOKEN", "hexBinary", "base64Binary", "anyURI"),
            *("dateTime", "dateTimeStamp"),
        )
    }
)
"""Datatypes of OWL 2 EL (Profiles, 2.2.1); rdf:langString stands for a tagged PlainLiteral."""

DATATYPE_MAP: Final = EL_DATATYPES | {
    XSD + name
    for name in (
        *("nonPositiveInteger", "positiveInteger", "negativeInteger"),
        *("long", "int", "short", "byte"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
        *("double", "float", "boolean", "language"),
    )
}
"""The OWL 2 datatype map (Structural Specification, 4) with rdfs:Literal."""


def is_reserved(iri: str) -> bool:
    """Whether the IRI belongs to the reserved vocabulary (Structural Specification, 2.4)."""
    return iri.startswith(RESERVED)
