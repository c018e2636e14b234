"""Assertions about individuals (Structural Specification, 9.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from .base import Axiom

if TYPE_CHECKING:
    from pyoxigraph import Literal

    from ..expressions import (
        ClassExpression,
        DataPropertyExpression,
        Individual,
        ObjectPropertyExpression,
    )


@dataclass(frozen=True, slots=True)
class SameIndividual(Axiom):
    """The operands are one individual (9.6.1)."""

    written_under: ClassVar[str] = "individuals"
    individuals: tuple[Individual, ...]


@dataclass(frozen=True, slots=True)
class DifferentIndividuals(Axiom):
    """No two operands are one individual (9.6.2)."""

    written_under: ClassVar[str] = "individuals"
    individuals: tuple[Individual, ...]


@dataclass(frozen=True, slots=True)
class ClassAssertion(Axiom):
    """The individual is an instance of the class (9.6.3)."""

    written_under: ClassVar[str] = "individual"
    class_expression: ClassExpression
    individual: Individual


@dataclass(frozen=True, slots=True)
class ObjectPropertyAssertion(Axiom):
    """The property connects source to target (9.6.4)."""

    written_under: ClassVar[str] = "source"
    property: ObjectPropertyExpression
    source: Individual
    target: Individual


@dataclass(frozen=True, slots=True)
class NegativeObjectPropertyAssertion(Axiom):
    """The property does not connect source to target (9.6.5)."""

    written_under: ClassVar[str] = "source"
    property: ObjectPropertyExpression
    source: Individual
    target: Individual


@dataclass(frozen=True, slots=True)
class DataPropertyAssertion(Axiom):
    """The individual has the literal for the property (9.6.6)."""

    written_under: ClassVar[str] = "source"
    property: DataPropertyExpression
    source: Individual
    target: Literal


@dataclass(frozen=True, slots=True)
class NegativeDataPropertyAssertion(Axiom):
    """The individual does not have the literal for the property (9.6.7)."""

    written_under: ClassVar[str] = "source"
    property: DataPropertyExpression
    source: Individual
    target: Literal
