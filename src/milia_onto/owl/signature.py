"""The parts and the entities of an axiom, found without recursion."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import Literal

from .axioms import Axiom, Entity, EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Part", "entities", "parts"]

_KIND_OF_TYPE = {
    "ClassExpression": EntityKind.CLASS,
    "ClassName": EntityKind.CLASS,
    "DataRange": EntityKind.DATATYPE,
    "DatatypeName": EntityKind.DATATYPE,
    "ObjectPropertyExpression": EntityKind.OBJECT_PROPERTY,
    "ObjectPropertyName": EntityKind.OBJECT_PROPERTY,
    "SubObjectPropertyExpression": EntityKind.OBJECT_PROPERTY,
    "DataPropertyExpression": EntityKind.DATA_PROPERTY,
    "AnnotationPropertyName": EntityKind.ANNOTATION_PROPERTY,
    "Individual": EntityKind.NAMED_INDIVIDUAL,
}


class Part(NamedTuple):
    """A node of an axiom: an expression, an IRI, a literal, and the kind its place asks for."""

    kind: EntityKind | None
    """None where no entity can stand: facets, annotation values, cardinalities."""
    value: object


@cache
def _plan(node_type: Any) -> tuple[tuple[str, EntityKind | None], ...]:
    # The declared type of a field is the one place that says which kind of entity a bare IRI in
    # it is; the annotations are kept as text, so this reads them once for each type of node.
    plan = []
    for item in fields(node_type):
        if item.name != "annotations":
            declared = str(item.type).removeprefix("tuple[").removesuffix(", ...]")
            plan.append((item.name, _KIND_OF_TYPE.get(declared)))
    return tuple(reversed(plan))


def parts(axiom: Axiom) -> Iterator[Part]:
    """The nodes of the axiom from left to right, the axiom itself first, annotations left out."""
    stack = [Part(None, axiom)]
    while stack:
        part = stack.pop()
        value = part.value
        if isinstance(value, tuple):
            stack.extend(Part(part.kind, item) for item in reversed(value))
            continue
        yield part
        if hasattr(value, "__dataclass_fields__"):
            plan = _plan(type(value))  # type: ignore[arg-type]
            stack.extend(Part(kind, getattr(value, name)) for name, kind in plan)


def entities(axiom: Axiom) -> Iterator[Entity]:
    """The entities of the axiom from left to right, repeated as they occur.

    A literal counts as a use of its datatype, except in annotation assertions, where it has no
    meaning in logic.
    """
    annotation = "about" in type(axiom).__match_args__
    for kind, value in parts(axiom):
        if isinstance(value, str):
            if kind is not None:
                yield Entity(kind, value)
        elif isinstance(value, Literal) and not annotation:
            yield Entity(EntityKind.DATATYPE, value.datatype.value)
