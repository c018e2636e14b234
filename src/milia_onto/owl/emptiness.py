"""What a class expression is when every name outside a signature is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from . import expressions as ex
from .axioms import Entity, EntityKind, ObjectPropertyChain
from .vocabulary import (
    BOTTOM_DATA_PROPERTY,
    BOTTOM_OBJECT_PROPERTY,
    NOTHING,
    THING,
    TOP_DATA_PROPERTY,
    TOP_OBJECT_PROPERTY,
)

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Known", "is_empty", "is_full", "no_data", "no_object"]

Known: TypeAlias = set[Entity]
"""The signature: entities that may have instances."""


def no_object(name: Any, known: Known) -> bool:
    """Whether an object property, inverse or chain connects nothing."""
    if isinstance(name, ObjectPropertyChain):
        return any(no_object(step, known) for step in name.properties)
    iri = name.object_property if isinstance(name, ex.ObjectInverseOf) else name
    if iri in (TOP_OBJECT_PROPERTY, BOTTOM_OBJECT_PROPERTY):
        return iri == BOTTOM_OBJECT_PROPERTY
    return Entity(EntityKind.OBJECT_PROPERTY, iri) not in known


def no_data(iri: str, known: Known) -> bool:
    """Whether a data property says nothing."""
    if iri in (TOP_DATA_PROPERTY, BOTTOM_DATA_PROPERTY):
        return iri == BOTTOM_DATA_PROPERTY
    return Entity(EntityKind.DATA_PROPERTY, iri) not in known


def is_empty(expression: ex.ClassExpression, known: Known) -> bool:
    """Whether the class certainly has no instance."""
    if isinstance(expression, str):
        if expression in (THING, NOTHING):
            return expression == NOTHING
        return Entity(EntityKind.CLASS, expression) not in known
    test = _EMPTY.get(type(expression))
    return test is not None and test(expression, known)


def is_full(expression: ex.ClassExpression, known: Known) -> bool:
    """Whether everything is certainly an instance of the class."""
    if isinstance(expression, str):
        return expression == THING
    test = _FULL.get(type(expression))
    return test is not None and test(expression, known)


def _no_value(expression: Any, known: Known) -> bool:
    if isinstance(expression, _ON_DATA):
        return no_data(expression.property, known)
    if no_object(expression.property, known):
        return True
    return is_empty(getattr(expression, "filler", THING), known)


def _empty_number(expression: Any, known: Known) -> bool:
    return expression.cardinality > 0 and _no_value(expression, known)


def _full_number(expression: Any, known: Known) -> bool:
    return expression.cardinality == 0 and _no_value(expression, known)


def _no_number(expression: Any, _known: Known) -> bool:
    return bool(expression.cardinality == 0)


def _full_only(expression: ex.ObjectAllValuesFrom, known: Known) -> bool:
    return no_object(expression.property, known) or is_full(expression.filler, known)


_ON_DATA = (
    ex.DataSomeValuesFrom,
    ex.DataHasValue,
    ex.DataMinCardinality,
    ex.DataMaxCardinality,
    ex.DataExactCardinality,
)

_EMPTY: dict[type, Callable[[Any, Known], bool]] = {
    ex.ObjectIntersectionOf: lambda e, known: any(is_empty(o, known) for o in e.operands),
    ex.ObjectUnionOf: lambda e, known: all(is_empty(o, known) for o in e.operands),
    ex.ObjectComplementOf: lambda e, known: is_full(e.operand, known),
    ex.ObjectSomeValuesFrom: _no_value,
    ex.ObjectHasValue: _no_value,
    ex.ObjectHasSelf: _no_value,
    ex.DataSomeValuesFrom: _no_value,
    ex.DataHasValue: _no_value,
    ex.ObjectMinCardinality: _empty_number,
    ex.ObjectExactCardinality: _empty_number,
    ex.DataMinCardinality: _empty_number,
    ex.DataExactCardinality: _empty_number,
}
_FULL: dict[type, Callable[[Any, Known], bool]] = {
    ex.ObjectIntersectionOf: lambda e, known: all(is_full(o, known) for o in e.operands),
    ex.ObjectUnionOf: lambda e, known: any(is_full(o, known) for o in e.operands),
    ex.ObjectComplementOf: lambda e, known: is_empty(e.operand, known),
    ex.ObjectAllValuesFrom: _full_only,
    ex.DataAllValuesFrom: lambda e, known: no_data(e.property, known),
    ex.ObjectMinCardinality: _no_number,
    ex.DataMinCardinality: _no_number,
    ex.ObjectMaxCardinality: _no_value,
    ex.DataMaxCardinality: _no_value,
    ex.ObjectExactCardinality: _full_number,
    ex.DataExactCardinality: _full_number,
}
