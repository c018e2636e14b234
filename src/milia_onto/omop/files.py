"""The files under ``omop/`` of a release, as Athena delivers them: tabs, no quotes, ``.csv``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.omop import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milia_onto.concepts.read import Concepts
    from milia_onto.model.prefixes import Prefixes
    from milia_onto.model.values import Header

FOLDER = "omop"


def files(concepts: Concepts, header: Header, prefixes: Prefixes) -> dict[str, bytes]:
    """Path and bytes of every table."""
    rows: dict[str, Iterable[Sequence[str | int]]] = {
        "CONCEPT": tables.concept_rows(concepts, header),
        "VOCABULARY": tables.vocabulary_rows(header),
        "CONCEPT_CLASS": tables.class_rows(),
        "CONCEPT_RELATIONSHIP": tables.relationship_rows(concepts),
        "CONCEPT_SYNONYM": tables.synonym_rows(concepts),
        "CONCEPT_ANCESTOR": tables.ancestor_rows(concepts),
        "CONCEPT_RELATIONSHIP_STAGE": tables.stage_rows(concepts, prefixes),
    }
    return {
        f"{FOLDER}/{name}.csv": "".join(
            "\t".join(map(str, row)) + "\n" for row in (tables.COLUMNS[name], *lines)
        ).encode()
        for name, lines in rows.items()
    }
