"""Names that are one name, and names that are not."""

from __future__ import annotations

import pytest

from milia_onto.link.normalise import exact, is_abbreviation, words
from milia_onto.publish.names import normal, plain

SAME = [
    ("milia", "Milium"),
    ("Haemangioma", "hemangiomas"),
    ("Oedema of the eyelid", "eyelid edema"),
    ("Tumours, benign", "benign tumor"),
    ("Seborrhoeic keratoses", "keratosis, seborrheic"),
    ("naevus depigmentosus", "Nevus Depigmentosus (disorder)"),
    ("Epstein's pearls", "Epstein pearl"),
    ("keratinised cysts", "Keratinized cyst"),
    ("Cutaneous myxoma", "skin myxoma"),
    ("neonatal acne", "acne neonatorum"),
    ("EBS with milia", "epidermolysis bullosa simplex with milia"),
    ("Milia\u00a0en\u2010plaque", "milia en plaque"),
    ("m\u0456lia", "milia"),
    ("m\u00edlia", "mi\u0301lia"),
    ("Cyst (colloid) > eyelid", "eyelid cyst"),
    ("type II lesion", "type 2 lesion"),
    ("Stra\u00dfe", "STRASSE"),
    ("\uff4d\uff49\uff4c\uff49\uff41", "milia"),
]
APART = [
    ("milia", "miliaria"),
    ("type 1 lesion", "type 2 lesion"),
    ("milia", "miliary"),
    ("nasal milia", "nail milia"),
    ("\u092e\u093f\u0932\u093f\u092f\u093e", "\u092e\u093f\u0932\u093f\u092f\u092e"),
    ("pemphigus", "pemphigoid"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spelling_number_order_and_script_do_not_count(one: str, other: str):
    assert len(SAME) == 18
    assert sorted(words(one)) == sorted(words(other))


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_is_not_one_name_stays_apart(one: str, other: str):
    assert len(APART) == 6
    assert sorted(words(one)) != sorted(words(other))


UNSEEN = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2069\ufeff"


@pytest.mark.parametrize("sign", UNSEEN, ids=ascii)
def test_what_nobody_sees_does_not_count_in_linking_and_looking_up(sign: str):
    assert len(UNSEEN) == 12
    text = f"mil{sign}ia"
    assert (exact(text), words(text)) == ("milia", words("milia"))
    assert (plain(text), normal(text)) == ("milia", "milia")


@pytest.mark.parametrize(("text", "is_one"), [("MEP", True), ("ENFIR", True), ("milia", False)])
def test_abbreviations(text: str, is_one: bool):
    assert is_abbreviation(text) is is_one
