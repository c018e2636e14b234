"""Which IRI is which kind of entity (Mapping to RDF, 3.1.2 and 3.2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..axioms import Declaration, EntityKind
from ..vocabulary import (
    ANNOTATION_PROPERTY,
    BUILT_IN_ANNOTATION_PROPERTIES,
    BUILT_IN_DATA_PROPERTIES,
    BUILT_IN_OBJECT_PROPERTIES,
    DATATYPE_MAP,
    DATATYPE_PROPERTY,
    INVERSE_FUNCTIONAL_PROPERTY,
    NAMED_INDIVIDUAL,
    OBJECT_PROPERTY,
    ONTOLOGY_PROPERTY,
    OWL_CLASS,
    RDF_TYPE,
    RDFS_DATATYPE,
    SYMMETRIC_PROPERTY,
    TRANSITIVE_PROPERTY,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .graph import Graph

DECLARING = {
    OWL_CLASS: EntityKind.CLASS,
    RDFS_DATATYPE: EntityKind.DATATYPE,
    OBJECT_PROPERTY: EntityKind.OBJECT_PROPERTY,
    DATATYPE_PROPERTY: EntityKind.DATA_PROPERTY,
    ANNOTATION_PROPERTY: EntityKind.ANNOTATION_PROPERTY,
    NAMED_INDIVIDUAL: EntityKind.NAMED_INDIVIDUAL,
}
"""Types that declare (Table 7)."""

_IMPLYING = {
    INVERSE_FUNCTIONAL_PROPERTY: EntityKind.OBJECT_PROPERTY,
    TRANSITIVE_PROPERTY: EntityKind.OBJECT_PROPERTY,
    SYMMETRIC_PROPERTY: EntityKind.OBJECT_PROPERTY,
    ONTOLOGY_PROPERTY: EntityKind.ANNOTATION_PROPERTY,
}
"""Types that stand for a declaration in OWL 1 documents (Table 6)."""


class Vocabulary:
    """The declared entities by kind; properties and datatypes together with the built-in ones."""

    def __init__(self, graph: Graph) -> None:
        found: dict[EntityKind, set[str]] = {kind: set() for kind in EntityKind}
        implied: dict[tuple[EntityKind, str], None] = {}
        for at, predicate in enumerate(graph.predicates):
            if predicate != RDF_TYPE:
                continue
            subject, declaring = graph.subjects[at], graph.objects[at]
            if not isinstance(subject, str) or not isinstance(declaring, str):
                continue
            if declaring in DECLARING:
                found[DECLARING[declaring]].add(subject)
            elif declaring in _IMPLYING:
                implied[_IMPLYING[declaring], subject] = None
        self.implied = tuple(
            Declaration(kind, iri) for kind, iri in implied if iri not in found[kind]
        )
        for declaration in self.implied:
            found[declaration.kind].add(declaration.iri)
        self.declared: Mapping[EntityKind, frozenset[str]] = {
            kind: frozenset(iris) for kind, iris in found.items()
        }
        self.classes = self.declared[EntityKind.CLASS]
        self.datatypes = self.declared[EntityKind.DATATYPE] | DATATYPE_MAP
        self.objects = self.declared[EntityKind.OBJECT_PROPERTY] | BUILT_IN_OBJECT_PROPERTIES
        self.data = self.declared[EntityKind.DATA_PROPERTY] | BUILT_IN_DATA_PROPERTIES
        self.annotation = (
            self.declared[EntityKind.ANNOTATION_PROPERTY] | BUILT_IN_ANNOTATION_PROPERTIES
        )
