"""Data property axioms (Structural Specification, 9.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from .base import Axiom

if TYPE_CHECKING:
    from ..expressions import ClassExpression, DataPropertyExpression, DataRange


@dataclass(frozen=True, slots=True)
class SubDataPropertyOf(Axiom):
    """What the property says, the other property says too (9.3.1)."""

    written_under: ClassVar[str] = "sub_property"
    sub_property: DataPropertyExpression
    super_property: DataPropertyExpression


@dataclass(frozen=True, slots=True)
class EquivalentDataProperties(Axiom):
    """The properties say the same (9.3.2)."""

    written_under: ClassVar[str] = "properties"
    properties: tuple[DataPropertyExpression, ...]


@dataclass(frozen=True, slots=True)
class DisjointDataProperties(Axiom):
    """No two properties say the same (9.3.3)."""

    written_under: ClassVar[str] = "properties"
    properties: tuple[DataPropertyExpression, ...]


@dataclass(frozen=True, slots=True)
class DataPropertyDomain(Axiom):
    """Whatever has a literal for the property is in the domain (9.3.4)."""

    written_under: ClassVar[str] = "property"
    property: DataPropertyExpression
    domain: ClassExpression


@dataclass(frozen=True, slots=True)
class DataPropertyRange(Axiom):
    """Every literal of the property is in the range (9.3.5)."""

    written_under: ClassVar[str] = "property"
    property: DataPropertyExpression
    range: DataRange


@dataclass(frozen=True, slots=True)
class FunctionalDataProperty(Axiom):
    """At most one literal for each individual (9.3.6)."""

    written_under: ClassVar[str] = "property"
    property: DataPropertyExpression
