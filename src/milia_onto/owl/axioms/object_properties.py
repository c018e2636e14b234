"""Object property axioms (Structural Specification, 9.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from ..expressions import ClassExpression, ObjectPropertyExpression
from .base import Axiom


@dataclass(frozen=True, slots=True)
class ObjectPropertyChain:
    """The composition of the properties, first step first (9.2.1)."""

    properties: tuple[ObjectPropertyExpression, ...]


SubObjectPropertyExpression: TypeAlias = ObjectPropertyExpression | ObjectPropertyChain


@dataclass(frozen=True, slots=True)
class SubObjectPropertyOf(Axiom):
    """What the property or chain connects, the other property connects too (9.2.1)."""

    written_under: ClassVar[str] = "sub_property"
    sub_property: SubObjectPropertyExpression
    super_property: ObjectPropertyExpression


@dataclass(frozen=True, slots=True)
class EquivalentObjectProperties(Axiom):
    """The properties connect the same individuals (9.2.2)."""

    written_under: ClassVar[str] = "properties"
    properties: tuple[ObjectPropertyExpression, ...]


@dataclass(frozen=True, slots=True)
class DisjointObjectProperties(Axiom):
    """No two properties connect the same individuals (9.2.3)."""

    written_under: ClassVar[str] = "properties"
    properties: tuple[ObjectPropertyExpression, ...]


@dataclass(frozen=True, slots=True)
class InverseObjectProperties(Axiom):
    """Each property is the other read backwards (9.2.4)."""

    written_under: ClassVar[str] = "first"
    first: ObjectPropertyExpression
    second: ObjectPropertyExpression


@dataclass(frozen=True, slots=True)
class ObjectPropertyDomain(Axiom):
    """Whatever has a value for the property is in the domain (9.2.5)."""

    written_under: ClassVar[str] = "property"
    property: ObjectPropertyExpression
    domain: ClassExpression


@dataclass(frozen=True, slots=True)
class ObjectPropertyRange(Axiom):
    """Whatever is a value of the property is in the range (9.2.6)."""

    written_under: ClassVar[str] = "property"
    property: ObjectPropertyExpression
    range: ClassExpression


@dataclass(frozen=True, slots=True)
class ObjectPropertyCharacteristic(Axiom):
    """An axiom about one object property alone."""

    written_under: ClassVar[str] = "property"
    property: ObjectPropertyExpression


@dataclass(frozen=True, slots=True)
class FunctionalObjectProperty(ObjectPropertyCharacteristic):
    """At most one value for each individual (9.2.7)."""


@dataclass(frozen=True, slots=True)
class InverseFunctionalObjectProperty(ObjectPropertyCharacteristic):
    """At most one individual for each value (9.2.8)."""


@dataclass(frozen=True, slots=True)
class ReflexiveObjectProperty(ObjectPropertyCharacteristic):
    """Every individual is connected to itself (9.2.9)."""


@dataclass(frozen=True, slots=True)
class IrreflexiveObjectProperty(ObjectPropertyCharacteristic):
    """No individual is connected to itself (9.2.10)."""


@dataclass(frozen=True, slots=True)
class SymmetricObjectProperty(ObjectPropertyCharacteristic):
    """Connections hold in both directions (9.2.11)."""


@dataclass(frozen=True, slots=True)
class AsymmetricObjectProperty(ObjectPropertyCharacteristic):
    """Connections never hold in both directions (9.2.12)."""


@dataclass(frozen=True, slots=True)
class TransitiveObjectProperty(ObjectPropertyCharacteristic):
    """The value of a value is a value (9.2.13)."""
