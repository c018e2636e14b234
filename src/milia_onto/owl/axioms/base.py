"""What every axiom has: annotations, and the IRI under which it was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from pyoxigraph import BlankNode, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

AnnotationValue: TypeAlias = str | BlankNode | Literal
"""An IRI, an anonymous individual or a literal (Structural Specification, 10.1)."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A property and a value said about an ontology, an axiom or another annotation (10.1)."""

    property: AnnotationPropertyName
    value: AnnotationValue
    annotations: tuple[Annotation, ...] = ()


AnnotationPropertyName: TypeAlias = str


@dataclass(frozen=True, slots=True)
class Axiom:
    """A statement of an ontology (Structural Specification, 9)."""

    written_under: ClassVar[str]
    """The field whose entity comes first in the file: the subject of the axiom's main triple."""

    annotations: tuple[Annotation, ...] = field(default=(), kw_only=True)

    @property
    def subject(self) -> str:
        """The IRI under which the axiom was written, for finding its place in a file.

        When that side is a complex expression it is the first named operand of the axiom, else
        the first IRI in it; `_:id` when the axiom is about an anonymous individual.
        """
        side = getattr(self, self.written_under)
        if isinstance(side, BlankNode):
            return str(side)
        parts = (side, *self.arguments)
        return next(_operands(parts), None) or next(_names(parts))

    @property
    def iris(self) -> tuple[str, ...]:
        """The IRIs in the axiom, in the order of its arguments; anonymous individuals left out."""
        return tuple(name for name in _names(self.arguments) if not name.startswith("_:"))

    @property
    def arguments(self) -> tuple[Any, ...]:
        """The axiom's parts in the order of the specification, annotations left out."""
        names: tuple[str, ...] = self.__match_args__
        return tuple(getattr(self, name) for name in names)


def _operands(parts: tuple[object, ...]) -> Iterator[str]:
    for part in parts:
        for operand in part if isinstance(part, tuple) else (part,):
            if isinstance(operand, str):
                yield operand


def _names(part: object) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, BlankNode):
        yield str(part)
    elif isinstance(part, tuple):
        for item in part:
            yield from _names(item)
    else:
        for name in getattr(part, "__match_args__", ()):
            yield from _names(getattr(part, name))
