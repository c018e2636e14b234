"""Property expressions and data ranges (Structural Specification, 6 and 7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal

__all__ = [
    "DataComplementOf",
    "DataIntersectionOf",
    "DataOneOf",
    "DataPropertyExpression",
    "DataRange",
    "DataUnionOf",
    "DatatypeName",
    "DatatypeRestriction",
    "FacetName",
    "FacetRestriction",
    "Individual",
    "ObjectInverseOf",
    "ObjectPropertyExpression",
    "ObjectPropertyName",
]

Individual: TypeAlias = str | BlankNode
DataPropertyExpression: TypeAlias = str


@dataclass(frozen=True, slots=True)
class ObjectInverseOf:
    """The inverse of a named object property (6.1.1)."""

    object_property: ObjectPropertyName


ObjectPropertyName: TypeAlias = str
ObjectPropertyExpression: TypeAlias = str | ObjectInverseOf


@dataclass(frozen=True, slots=True)
class DataIntersectionOf:
    """Values in every operand (7.1)."""

    operands: tuple[DataRange, ...]


@dataclass(frozen=True, slots=True)
class DataUnionOf:
    """Values in some operand (7.2)."""

    operands: tuple[DataRange, ...]


@dataclass(frozen=True, slots=True)
class DataComplementOf:
    """Values outside the operand (7.3)."""

    operand: DataRange


@dataclass(frozen=True, slots=True)
class DataOneOf:
    """The listed literals (7.4)."""

    literals: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class FacetRestriction:
    """One constraining facet and its value (7.5)."""

    facet: FacetName
    value: Literal


FacetName: TypeAlias = str


@dataclass(frozen=True, slots=True)
class DatatypeRestriction:
    """A datatype narrowed by facets (7.5)."""

    datatype: DatatypeName
    restrictions: tuple[FacetRestriction, ...]


DatatypeName: TypeAlias = str
DataRange: TypeAlias = (
    str | DataIntersectionOf | DataUnionOf | DataComplementOf | DataOneOf | DatatypeRestriction
)
