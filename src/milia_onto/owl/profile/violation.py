"""One broken rule of a profile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..axioms import Axiom

SYNTAX = "OWL 2 Structural Specification"
MAPPING = "OWL 2 Mapping to RDF Graphs"
PROFILES = "OWL 2 Profiles"


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule, where the standard states it, and what breaks it."""

    rule: str
    clause: str
    subject: str
    """The IRI under which the culprit was written; empty for the ontology as a whole,
    `_:id` where no IRI leads to it."""
    message: str
    axiom: Axiom | None = None
