"""The terms of SHACL that the reader knows, and those that only other tools use."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

SHACL = "http://www.w3.org/ns/shacl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"

TYPE = ox.NamedNode(f"{RDF}type")
FIRST = ox.NamedNode(f"{RDF}first")
REST = ox.NamedNode(f"{RDF}rest")
NIL = ox.NamedNode(f"{RDF}nil")
CLASS = ox.NamedNode(f"{RDFS}Class")
SUBCLASS_OF = ox.NamedNode(f"{RDFS}subClassOf")
LANG_STRING = ox.NamedNode(f"{RDF}langString")
COMMENT = ox.NamedNode(f"{RDFS}comment")

TARGETS = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
# 2.1 and 2.3.2: what says something about a shape without constraining nodes.
DESCRIPTIVE = ("severity", "message", "deactivated", "name", "description")
DESCRIPTIVE_OF_PROPERTY = ("path", "order", "group", "defaultValue")
PATHS = ("alternativePath", "inversePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")
SHAPE_TYPES = ("NodeShape", "PropertyShape")
# On nodes that are no shapes: prefixes (5.2.1), links between graphs (1.2), reports (3.6).
# sh:entailment is not among them: a processor without inference has to refuse it (1.5).
ELSEWHERE = frozenset(
    (
        *("declare", "prefix", "namespace", "order"),
        *("shapesGraph", "suggestedShapesGraph", "shapesGraphWellFormed"),
        *("conforms", "result", "detail", "focusNode", "value", "sourceShape"),
        *("resultMessage", "resultPath", "resultSeverity"),
        *("sourceConstraint", "sourceConstraintComponent"),
    )
)
TYPES = frozenset(
    (*SHAPE_TYPES, "PropertyGroup", "PrefixDeclaration", "ValidationReport", "ValidationResult")
)


@cache
def sh(name: str) -> ox.NamedNode:
    """The term sh:``name``."""
    return ox.NamedNode(SHACL + name)
