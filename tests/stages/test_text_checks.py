"""Texts are in Unicode Normalization Form C."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from milia_onto.model import namespaces as ns
from milia_onto.model.values import Place, Places
from milia_onto.stages.text_checks import check_text

MILIA = ns.named("MILIA:0000001")
CASES = [
    ("composed", "kyste épidermique", 0),
    ("decomposed", "kyste e\u0301pidermique", 1),
    ("decomposed Hangul", "\u1112\u1161\u11ab", 1),
    ("Ångström sign", "\u212b", 1),
    ("plain", "milia", 0),
    ("empty", "", 0),
]


@pytest.mark.parametrize(("text", "found"), [pytest.param(*rest, id=name) for name, *rest in CASES])
def test_only_composed_letters_pass(text: str, found: int) -> None:
    assert len(CASES) == 6
    triple = Triple(MILIA, ns.RDFS_LABEL, Literal(text, language="fr"))
    assert len(check_text([triple, triple], Places())) == found


def test_a_finding_names_term_property_text_and_place() -> None:
    text = "e\u0301"
    place = Place("ontology/tables/labels.tsv", 7)
    triple = Triple(MILIA, ns.RDFS_LABEL, Literal(text))
    (finding,) = check_text([triple], Places(rows={(MILIA.value, text): place}))
    assert (finding.check, finding.severity) == ("unicode-form", "violation")
    assert (finding.entity, finding.property) == (MILIA.value, ns.RDFS_LABEL.value)
    assert finding.value == text
    assert finding.place == place


def test_names_are_not_texts() -> None:
    triple = Triple(MILIA, ns.RDFS_SEEALSO, NamedNode("urn:e\u0301"))
    assert check_text([triple], Places()) == []
