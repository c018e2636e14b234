"""The check on text that SPARQL cannot express: Unicode normalisation."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from milia_onto.model.values import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

    from milia_onto.model.values import Places


def check_text(triples: Iterable[Triple], places: Places) -> list[Finding]:
    """A finding for every literal that is not in Normalization Form C (Unicode Annex 15)."""
    return [
        Finding(
            "unicode-form",
            "violation",
            "A text is not in Unicode Normalization Form C",
            entity := str(getattr(triple.subject, "value", "")),
            triple.predicate.value,
            triple.object.value,
            "A letter typed as base letter and accent does not equal the same letter typed as one.",
            "save the text in form C (composed letters)",
            places.find(entity, triple.object.value),
        )
        for triple in dict.fromkeys(triples)
        if isinstance(triple.object, Literal)
        and not unicodedata.is_normalized("NFC", triple.object.value)
    ]
