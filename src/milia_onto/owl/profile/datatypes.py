"""Restrictions on datatypes and on owl:topDataProperty (Structural Specification, 11.2)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from .. import axioms as ax
from ..closure import reachable
from ..signature import entities
from ..vocabulary import DATATYPE_MAP, TOP_DATA_PROPERTY, is_reserved
from .violation import SYNTAX, Violation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..ontology import Axioms

_CLAUSE = f"{SYNTAX}, 11.2"


def datatypes(axioms: Axioms) -> Iterator[Violation]:
    """Declared datatypes that are not defined exactly once, or by way of themselves."""
    defined: defaultdict[str, set[str]] = defaultdict(set)
    for axiom in axioms.logical:
        if isinstance(axiom, ax.DatatypeDefinition):
            if axiom.datatype in defined or axiom.datatype in DATATYPE_MAP:
                yield _violation(axiom, axiom.datatype, "has a meaning already")
            defined[axiom.datatype] |= set(_datatypes(axiom)) - {axiom.datatype}
            if list(_datatypes(axiom)).count(axiom.datatype) > 1:
                defined[axiom.datatype].add(axiom.datatype)
    circular = {name for name, used in defined.items() if name in reachable(used, defined)}
    undefined = set(axioms.declared[ax.EntityKind.DATATYPE]) - defined.keys()
    for axiom in axioms.logical:
        if isinstance(axiom, ax.DatatypeDefinition) and axiom.datatype in circular:
            yield _violation(axiom, axiom.datatype, "is defined by way of itself")
        for name in _datatypes(axiom):
            if name in undefined and not is_reserved(name):
                undefined.remove(name)
                yield _violation(axiom, name, "is not defined by an axiom")


def _datatypes(axiom: ax.Axiom) -> Iterator[str]:
    for kind, iri in entities(axiom):
        if kind == ax.EntityKind.DATATYPE:
            yield iri


def _violation(axiom: ax.Axiom, name: str, what: str) -> Violation:
    return Violation("datatype", _CLAUSE, axiom.subject, f"datatype <{name}> {what}", axiom)


def top_data_property(axioms: Iterable[ax.Axiom]) -> Iterator[Violation]:
    """Uses of owl:topDataProperty other than above another data property."""
    for axiom in axioms:
        uses = sum(iri == TOP_DATA_PROPERTY for _, iri in entities(axiom))
        if isinstance(axiom, ax.SubDataPropertyOf):
            uses -= axiom.super_property == TOP_DATA_PROPERTY
        if uses:
            yield Violation(
                "top-data-property",
                _CLAUSE,
                axiom.subject,
                "owl:topDataProperty may only stand above another data property",
                axiom,
            )
