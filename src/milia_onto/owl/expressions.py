"""Class expressions (Structural Specification, 8), with the ranges and properties they use.

A bare `str` is the IRI of an entity; the declared type of the field it stands in says of which
kind. Anonymous individuals and literals are the terms of pyoxigraph. Operands keep the order in
which they were written, so two expressions that differ only in order are different values.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from .ranges import (
    DataComplementOf,
    DataIntersectionOf,
    DataOneOf,
    DataPropertyExpression,
    DataRange,
    DatatypeRestriction,
    DataUnionOf,
    FacetRestriction,
    Individual,
    ObjectInverseOf,
    ObjectPropertyExpression,
)
from .vocabulary import RDFS_LITERAL, THING

if TYPE_CHECKING:
    from pyoxigraph import Literal

__all__ = [
    "ClassExpression",
    "DataAllValuesFrom",
    "DataComplementOf",
    "DataExactCardinality",
    "DataHasValue",
    "DataIntersectionOf",
    "DataMaxCardinality",
    "DataMinCardinality",
    "DataOneOf",
    "DataPropertyExpression",
    "DataRange",
    "DataSomeValuesFrom",
    "DataUnionOf",
    "DatatypeRestriction",
    "FacetRestriction",
    "Individual",
    "ObjectAllValuesFrom",
    "ObjectComplementOf",
    "ObjectExactCardinality",
    "ObjectHasSelf",
    "ObjectHasValue",
    "ObjectIntersectionOf",
    "ObjectInverseOf",
    "ObjectMaxCardinality",
    "ObjectMinCardinality",
    "ObjectOneOf",
    "ObjectPropertyExpression",
    "ObjectSomeValuesFrom",
    "ObjectUnionOf",
]


@dataclass(frozen=True, slots=True)
class ObjectIntersectionOf:
    """Individuals in every operand (8.1.1)."""

    operands: tuple[ClassExpression, ...]


@dataclass(frozen=True, slots=True)
class ObjectUnionOf:
    """Individuals in some operand (8.1.2)."""

    operands: tuple[ClassExpression, ...]


@dataclass(frozen=True, slots=True)
class ObjectComplementOf:
    """Individuals outside the operand (8.1.3)."""

    operand: ClassExpression


@dataclass(frozen=True, slots=True)
class ObjectOneOf:
    """The listed individuals (8.1.4)."""

    individuals: tuple[Individual, ...]


@dataclass(frozen=True, slots=True)
class ObjectSomeValuesFrom:
    """Individuals with a value in the filler (8.2.1)."""

    property: ObjectPropertyExpression
    filler: ClassExpression


@dataclass(frozen=True, slots=True)
class ObjectAllValuesFrom:
    """Individuals whose values are all in the filler (8.2.2)."""

    property: ObjectPropertyExpression
    filler: ClassExpression


@dataclass(frozen=True, slots=True)
class ObjectHasValue:
    """Individuals connected to one given individual (8.2.3)."""

    property: ObjectPropertyExpression
    individual: Individual


@dataclass(frozen=True, slots=True)
class ObjectHasSelf:
    """Individuals connected to themselves (8.2.4)."""

    property: ObjectPropertyExpression


@dataclass(frozen=True, slots=True)
class ObjectMinCardinality:
    """Individuals with at least so many values in the filler (8.3.1)."""

    cardinality: int
    property: ObjectPropertyExpression
    filler: ClassExpression = THING


@dataclass(frozen=True, slots=True)
class ObjectMaxCardinality:
    """Individuals with at most so many values in the filler (8.3.2)."""

    cardinality: int
    property: ObjectPropertyExpression
    filler: ClassExpression = THING


@dataclass(frozen=True, slots=True)
class ObjectExactCardinality:
    """Individuals with exactly so many values in the filler (8.3.3)."""

    cardinality: int
    property: ObjectPropertyExpression
    filler: ClassExpression = THING


@dataclass(frozen=True, slots=True)
class DataSomeValuesFrom:
    """Individuals with a literal in the filler (8.4.1), for one data property."""

    property: DataPropertyExpression
    filler: DataRange


@dataclass(frozen=True, slots=True)
class DataAllValuesFrom:
    """Individuals whose literals are all in the filler (8.4.2), for one data property."""

    property: DataPropertyExpression
    filler: DataRange


@dataclass(frozen=True, slots=True)
class DataHasValue:
    """Individuals with one given literal (8.4.3)."""

    property: DataPropertyExpression
    value: Literal


@dataclass(frozen=True, slots=True)
class DataMinCardinality:
    """Individuals with at least so many literals in the filler (8.5.1)."""

    cardinality: int
    property: DataPropertyExpression
    filler: DataRange = RDFS_LITERAL


@dataclass(frozen=True, slots=True)
class DataMaxCardinality:
    """Individuals with at most so many literals in the filler (8.5.2)."""

    cardinality: int
    property: DataPropertyExpression
    filler: DataRange = RDFS_LITERAL


@dataclass(frozen=True, slots=True)
class DataExactCardinality:
    """Individuals with exactly so many literals in the filler (8.5.3)."""

    cardinality: int
    property: DataPropertyExpression
    filler: DataRange = RDFS_LITERAL


ClassExpression: TypeAlias = (
    str
    | ObjectIntersectionOf
    | ObjectUnionOf
    | ObjectComplementOf
    | ObjectOneOf
    | ObjectSomeValuesFrom
    | ObjectAllValuesFrom
    | ObjectHasValue
    | ObjectHasSelf
    | ObjectMinCardinality
    | ObjectMaxCardinality
    | ObjectExactCardinality
    | DataSomeValuesFrom
    | DataAllValuesFrom
    | DataHasValue
    | DataMinCardinality
    | DataMaxCardinality
    | DataExactCardinality
)
