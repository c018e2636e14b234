"""Class axioms, keys and datatype definitions (Structural Specification, 9.1, 9.4, 9.5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from .base import Axiom

if TYPE_CHECKING:
    from ..expressions import (
        ClassExpression,
        DataPropertyExpression,
        DataRange,
        ObjectPropertyExpression,
    )

ClassName: TypeAlias = str
DatatypeName: TypeAlias = str


@dataclass(frozen=True, slots=True)
class SubClassOf(Axiom):
    """Every instance of one class is an instance of the other (9.1.1)."""

    written_under: ClassVar[str] = "sub_class"
    sub_class: ClassExpression
    super_class: ClassExpression


@dataclass(frozen=True, slots=True)
class EquivalentClasses(Axiom):
    """The operands have the same instances (9.1.2)."""

    written_under: ClassVar[str] = "operands"
    operands: tuple[ClassExpression, ...]


@dataclass(frozen=True, slots=True)
class DisjointClasses(Axiom):
    """No two operands share an instance (9.1.3)."""

    written_under: ClassVar[str] = "operands"
    operands: tuple[ClassExpression, ...]


@dataclass(frozen=True, slots=True)
class DisjointUnion(Axiom):
    """The class is the union of operands that share no instance (9.1.4)."""

    written_under: ClassVar[str] = "union"
    union: ClassName
    operands: tuple[ClassExpression, ...]


@dataclass(frozen=True, slots=True)
class DatatypeDefinition(Axiom):
    """The datatype is a name for the data range (9.4)."""

    written_under: ClassVar[str] = "datatype"
    datatype: DatatypeName
    data_range: DataRange


@dataclass(frozen=True, slots=True)
class HasKey(Axiom):
    """Named instances of the class are one when they agree on the properties (9.5)."""

    written_under: ClassVar[str] = "key_class"
    key_class: ClassExpression
    object_properties: tuple[ObjectPropertyExpression, ...]
    data_properties: tuple[DataPropertyExpression, ...]
