"""The rows of each table, in the column order of the OMOP CDM, version 5.4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.concepts.hierarchy import Hierarchy
from milia_onto.concepts.read import SAME
from milia_onto.omop.rules import (
    CLASSES,
    FIRST_OTHER,
    LANGUAGES,
    VOCABULARY,
    concept_id,
    group_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milia_onto.concepts.read import Concept, Concepts
    from milia_onto.model.prefixes import Prefixes
    from milia_onto.model.values import Header

    Row = Sequence[str | int]

COLUMNS = {
    "CONCEPT": (
        "concept_id",
        "concept_name",
        "domain_id",
        "vocabulary_id",
        "concept_class_id",
        "standard_concept",
        "concept_code",
        "valid_start_date",
        "valid_end_date",
        "invalid_reason",
    ),
    "VOCABULARY": (
        "vocabulary_id",
        "vocabulary_name",
        "vocabulary_reference",
        "vocabulary_version",
        "vocabulary_concept_id",
    ),
    "CONCEPT_CLASS": ("concept_class_id", "concept_class_name", "concept_class_concept_id"),
    "CONCEPT_RELATIONSHIP": (
        "concept_id_1",
        "concept_id_2",
        "relationship_id",
        "valid_start_date",
        "valid_end_date",
        "invalid_reason",
    ),
    "CONCEPT_SYNONYM": ("concept_id", "concept_synonym_name", "language_concept_id"),
    "CONCEPT_ANCESTOR": (
        "ancestor_concept_id",
        "descendant_concept_id",
        "min_levels_of_separation",
        "max_levels_of_separation",
    ),
    "CONCEPT_RELATIONSHIP_STAGE": (
        "concept_code_1",
        "concept_code_2",
        "vocabulary_id_1",
        "vocabulary_id_2",
        "relationship_id",
        "valid_start_date",
        "valid_end_date",
        "invalid_reason",
    ),
}
# OMOP's own dates for "since ever" and "until further notice".
SINCE, UNTIL = "19700101", "20991231"
NAME_LENGTH, SYNONYM_LENGTH = 255, 1000


def concept_rows(concepts: Concepts, header: Header) -> Iterator[Row]:
    """The terms, then the vocabulary and its classes, which OMOP wants as concepts, too."""
    for code, concept in concepts.by_code.items():
        domain, class_ = group_of(code, concepts)
        until = (concept.withdrawn or header.version) if concept.deprecated else UNTIL
        reason = ("U" if concept.replaced_by else "D") if concept.deprecated else ""
        name = _cut(concept.label, NAME_LENGTH)
        ends = (SINCE, until.replace("-", ""), reason)
        # Never standard: the standard concept of a condition is that of SNOMED CT.
        yield concept_id(concept), name, domain, VOCABULARY, class_, "", code, *ends
    for number, name in enumerate((VOCABULARY, *CLASSES)):
        kind = "Concept Class" if number else "Vocabulary"
        kinds = ("Metadata", kind, kind)
        yield FIRST_OTHER + number, name, *kinds, "", f"{VOCABULARY}:{number}", SINCE, UNTIL, ""


def vocabulary_rows(header: Header) -> Iterator[Row]:
    """The vocabulary and its version."""
    yield VOCABULARY, "Milia Ontology", header.iri, header.version_iri, FIRST_OTHER


def class_rows() -> Iterator[Row]:
    """The concept classes."""
    for number, name in enumerate(CLASSES, 1):
        yield name, name, FIRST_OTHER + number


def relationship_rows(concepts: Concepts) -> Iterator[Row]:
    """Direct parents and replacements, each in both directions."""
    ends = (SINCE, UNTIL, "")
    for code, concept in concepts.by_code.items():
        here = concept_id(concept)
        pairs = [("Is a", "Subsumes", parent) for parent in concepts.parents(code)]
        pairs += [("Concept replaced by", "Concept replaces", to) for to in concept.replaced_by]
        for forth, back, other in pairs:
            if other in concepts.by_code:
                there = concept_id(concepts.by_code[other])
                yield here, there, forth, *ends
                yield there, here, back, *ends


def synonym_rows(concepts: Concepts) -> Iterator[Row]:
    """The names that stand for the very same thing, in the languages that OMOP can tell."""
    for concept in concepts.by_code.values():
        names = {
            (LANGUAGES[name.language], _cut(name.text, SYNONYM_LENGTH))
            for name in concept.names
            if name.kind in SAME and name.language in LANGUAGES
        }
        names.add((LANGUAGES["en"], _cut(concept.label, SYNONYM_LENGTH)))
        for language, text in sorted(names):
            yield concept_id(concept), text, language


def ancestor_rows(concepts: Concepts) -> Iterator[Row]:
    """Every term under itself and under everything above it, with the steps between."""
    own = Hierarchy({code: concepts.parents(code) for code in concepts.by_code})
    for code, concept in concepts.by_code.items():
        for above, (fewest, most) in sorted(own.levels(code).items()):
            yield concept_id(concepts.by_code[above]), concept_id(concept), fewest, most


def stage_rows(concepts: Concepts, prefixes: Prefixes) -> Iterator[Row]:
    """``Maps to`` SNOMED CT by code: the exact match, else the one that is wider.

    OMOP lets a source concept map to a wider standard one where there is no equal. Two wider
    ones would make two records out of one, so then there is no row.
    """
    for concept in concepts.by_code.values():
        for code in _standard(concept, prefixes):
            ends = ("Maps to", SINCE, UNTIL, "")
            yield concept.code, code, VOCABULARY, "SNOMED", *ends


def _standard(concept: Concept, prefixes: Prefixes) -> list[str]:
    found: dict[str, list[str]] = {"exactMatch": [], "broadMatch": []}
    for match in concept.matches:
        parts = prefixes.split(match.object)
        if parts and parts[0] == "SCTID" and match.match in found and not match.negated:
            found[match.match].append(parts[1])
    best = found["exactMatch"] or found["broadMatch"]
    return best if len(best) == 1 else []


def _cut(text: str, most: int) -> str:
    """The text in one line of at most so many characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
