"""What was read from a graph: axioms by sort, headers, declared entities and the remainder."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import Triple

from .axioms import Annotation, Axiom, Declaration, EntityKind

__all__ = ["Axioms", "OntologyHeader"]


@dataclass(frozen=True, slots=True)
class OntologyHeader:
    """An ontology's IRI, version, imports and annotations (Structural Specification, 3)."""

    iri: str | None
    """None for an anonymous ontology."""
    version_iri: str | None
    imports: tuple[str, ...]
    annotations: tuple[Annotation, ...]


@dataclass(frozen=True, slots=True)
class Axioms:
    """Everything the triples say in OWL 2, in the order in which it was found."""

    logical: tuple[Axiom, ...]
    """Class, property, datatype, key and individual axioms (9.1 to 9.6)."""
    annotations: tuple[Axiom, ...]
    """Annotation axioms (10.2)."""
    declarations: tuple[Declaration, ...]
    headers: tuple[OntologyHeader, ...]
    declared: Mapping[EntityKind, frozenset[str]]
    """The IRIs of `declarations` by kind, every kind present; built-in entities are left out."""
    remainder: tuple[Triple, ...]
    """Triples that are not part of any of the above: what a reasoner would not see."""
