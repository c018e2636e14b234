"""Declarations and annotation axioms: what has no meaning in logic (5.8, 10.2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, NamedTuple, TypeAlias

from pyoxigraph import BlankNode

from .base import AnnotationPropertyName, AnnotationValue, Axiom

Iri: TypeAlias = str
AnnotationSubject: TypeAlias = str | BlankNode


class EntityKind(StrEnum):
    """The kinds of entity (Structural Specification, 5), by their names there."""

    CLASS = "Class"
    DATATYPE = "Datatype"
    OBJECT_PROPERTY = "ObjectProperty"
    DATA_PROPERTY = "DataProperty"
    ANNOTATION_PROPERTY = "AnnotationProperty"
    NAMED_INDIVIDUAL = "NamedIndividual"


class Entity(NamedTuple):
    """An IRI used as one kind of thing; the same IRI may be several entities (5.9)."""

    kind: EntityKind
    iri: str


@dataclass(frozen=True, slots=True)
class Declaration(Axiom):
    """The entity belongs to the vocabulary of the ontology (5.8)."""

    written_under: ClassVar[str] = "iri"
    kind: EntityKind
    iri: Iri

    @property
    def entity(self) -> Entity:
        """What is declared."""
        return Entity(self.kind, self.iri)


@dataclass(frozen=True, slots=True)
class AnnotationAssertion(Axiom):
    """The annotation is about an IRI or an anonymous individual (10.2.1)."""

    written_under: ClassVar[str] = "about"
    property: AnnotationPropertyName
    about: AnnotationSubject
    value: AnnotationValue


@dataclass(frozen=True, slots=True)
class SubAnnotationPropertyOf(Axiom):
    """What the property says, the other property says too (10.2.2)."""

    written_under: ClassVar[str] = "sub_property"
    sub_property: AnnotationPropertyName
    super_property: AnnotationPropertyName


@dataclass(frozen=True, slots=True)
class AnnotationPropertyDomain(Axiom):
    """What the property is meant to be said about (10.2.3)."""

    written_under: ClassVar[str] = "property"
    property: AnnotationPropertyName
    domain: Iri


@dataclass(frozen=True, slots=True)
class AnnotationPropertyRange(Axiom):
    """What the values of the property are meant to be (10.2.4)."""

    written_under: ClassVar[str] = "property"
    property: AnnotationPropertyName
    range: Iri
