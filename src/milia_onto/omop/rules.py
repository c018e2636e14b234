"""Which concept ids, domains and languages our terms get in OMOP; decision 0021 says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from milia_onto.concepts.read import Concept, Concepts

VOCABULARY = "MILIA"
# Ids above two billion are for local concepts. One block holds every seven-digit number; the
# block after it holds what is no term: the vocabulary itself and its concept classes.
FIRST_TERM = 2_070_000_000
FIRST_OTHER = FIRST_TERM + 10_000_000
OBO = "http://purl.obolibrary.org/obo/"
# The first group that stands above a term decides: ancestors, domain, concept class.
GROUPS = (
    (("OGMS_0000045", "OGMS_0000078", "MONDO_0000001"), "Condition", "MILIA condition"),
    (("MAXO_0000001",), "Procedure", "MILIA procedure"),
    (("CHEBI_24431",), "Drug", "MILIA substance"),
    (("UBERON_0000465", "UBERON_0000014"), "Spec Anatomic Site", "MILIA anatomy"),
)
REST = ("Observation", "MILIA other")
CLASSES = (*(group[2] for group in GROUPS), REST[1])
# Only languages whose concept id was read in the OHDSI vocabulary sources.
LANGUAGES = {"en": 4180186, "de": 4182504}


def concept_id(concept: Concept) -> int:
    """The OMOP concept id of a term, the same in every release."""
    return FIRST_TERM + concept.number


def group_of(code: str, concepts: Concepts) -> tuple[str, str]:
    """Domain and concept class of a term, by what stands above it."""
    above = concepts.hierarchy.ancestors(ns.OWN + code)
    for roots, domain, class_ in GROUPS:
        if any(OBO + root in above for root in roots):
            return domain, class_
    return REST
