"""OWL 2 DL: all its rules, in the order of the specification."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .datatypes import datatypes, top_data_property
from .graph import header, remainder
from .hierarchy import property_hierarchy
from .individuals import anonymous_individuals
from .typing import typing

if TYPE_CHECKING:
    from ..ontology import Axioms
    from .violation import Violation


def dl_violations(axioms: Axioms) -> list[Violation]:
    """Where the ontology leaves OWL 2 DL (Structural Specification, 3, 5.8, 5.9 and 11).

    Covers the header, triples without meaning, typing, reserved names and punning, simple and
    regular properties, datatypes, owl:topDataProperty and anonymous individuals. Imports are not
    followed: give it the merged axioms.
    """
    return [
        *header(axioms),
        *remainder(axioms),
        *typing(axioms),
        *datatypes(axioms),
        *property_hierarchy(axioms.logical),
        *top_data_property(axioms.logical),
        *anonymous_individuals(axioms.logical),
    ]
