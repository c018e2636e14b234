"""Typing constraints: what must be declared, and as what (Structural Specification, 5.8, 5.9)."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from ..axioms import Axiom, Entity, EntityKind
from ..signature import entities
from ..vocabulary import (
    BUILT_IN_ANNOTATION_PROPERTIES,
    BUILT_IN_CLASSES,
    BUILT_IN_DATA_PROPERTIES,
    BUILT_IN_OBJECT_PROPERTIES,
    DATATYPE_MAP,
    is_reserved,
)
from .violation import SYNTAX, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..ontology import Axioms

_BUILT_IN: dict[EntityKind, frozenset[str]] = {
    EntityKind.CLASS: BUILT_IN_CLASSES,
    EntityKind.DATATYPE: DATATYPE_MAP,
    EntityKind.OBJECT_PROPERTY: BUILT_IN_OBJECT_PROPERTIES,
    EntityKind.DATA_PROPERTY: BUILT_IN_DATA_PROPERTIES,
    EntityKind.ANNOTATION_PROPERTY: BUILT_IN_ANNOTATION_PROPERTIES,
    EntityKind.NAMED_INDIVIDUAL: frozenset(),
}
_CLAUSE = {
    EntityKind.CLASS: "5.1",
    EntityKind.DATATYPE: "5.2",
    EntityKind.OBJECT_PROPERTY: "5.3",
    EntityKind.DATA_PROPERTY: "5.4",
    EntityKind.ANNOTATION_PROPERTY: "5.5",
    EntityKind.NAMED_INDIVIDUAL: "5.6.1",
}
_WORD = {
    EntityKind.CLASS: "class",
    EntityKind.DATATYPE: "datatype",
    EntityKind.OBJECT_PROPERTY: "object property",
    EntityKind.DATA_PROPERTY: "data property",
    EntityKind.ANNOTATION_PROPERTY: "annotation property",
    EntityKind.NAMED_INDIVIDUAL: "individual",
}
_CLASH = (
    (EntityKind.CLASS, EntityKind.DATATYPE),
    *combinations(
        (EntityKind.OBJECT_PROPERTY, EntityKind.DATA_PROPERTY, EntityKind.ANNOTATION_PROPERTY), 2
    ),
)


def typing(axioms: Axioms) -> Iterator[Violation]:
    """Reserved names, undeclared entities and illegal punning, each entity once."""
    for entity, axiom in _first_uses(axioms).items():
        if entity.iri in _BUILT_IN[entity.kind]:
            continue
        if is_reserved(entity.iri):
            yield _reserved(entity, axiom)
        # Individuals alone need no declaration.
        elif entity.kind != EntityKind.NAMED_INDIVIDUAL and not _declared(entity, axioms):
            yield _undeclared(entity, axiom)
    yield from _punning(axioms)


def _first_uses(axioms: Axioms) -> dict[Entity, Axiom]:
    # Annotation assertions are left out: they are read only when their property is declared.
    uses: dict[Entity, Axiom] = {}
    for axiom in axioms.logical:
        for entity in entities(axiom):
            uses.setdefault(entity, axiom)
    for declaration in axioms.declarations:
        uses.setdefault(declaration.entity, declaration)
    return uses


def _declared(entity: Entity, axioms: Axioms) -> bool:
    return entity.iri in axioms.declared[entity.kind]


def _reserved(entity: Entity, axiom: Axiom) -> Violation:
    if entity.kind == EntityKind.DATATYPE:
        return Violation(
            "datatype-map",
            f"{SYNTAX}, 4",
            axiom.subject,
            f"<{entity.iri}> is not in the OWL 2 datatype map, so reasoners need not know it",
            axiom,
        )
    return Violation(
        "reserved-vocabulary",
        f"{SYNTAX}, {_CLAUSE[entity.kind]}",
        axiom.subject,
        f"<{entity.iri}> belongs to the language itself and cannot be used as "
        f"{_article(entity.kind)}",
        axiom,
    )


def _undeclared(entity: Entity, axiom: Axiom) -> Violation:
    return Violation(
        "undeclared-entity",
        f"{SYNTAX}, 5.8.2",
        axiom.subject,
        f"<{entity.iri}> is used as {_article(entity.kind)} but not declared as one",
        axiom,
    )


def _punning(axioms: Axioms) -> Iterator[Violation]:
    for one, other in _CLASH:
        for iri in sorted(axioms.declared[one] & axioms.declared[other]):
            yield Violation(
                "illegal-punning",
                f"{SYNTAX}, 5.9",
                iri,
                f"<{iri}> is declared as {_article(one)} and as {_article(other)}: "
                "no IRI may be both",
            )


def _article(kind: EntityKind) -> str:
    return ("an " if _WORD[kind][0] in "aio" else "a ") + _WORD[kind]
