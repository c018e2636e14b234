"""Names are compared without regard to what people type otherwise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milia_onto.publish.names import normal, normals, plain, spellings

SAME = {
    "  “Milia en plaque” ": "milia en plaque",
    "MILIA-EN\u2010PLAQUE": "milia en plaque",
    "milia_en\nplaque": "milia en plaque",
    "mi\u00adlia\u200b en\tplaque": "milia en plaque",
    "Haemangioma": "hemangioma",
    "oedema": "edema",
    "Tumours": "tumours",
    "tumour": "tumor",
    "keratinised": "keratinized",
    "Straße": "strasse",
    "\n": "",
    "": "",
}
# What the rewriting looks for, and what would break lines or words
LETTERS = "aeourisndg -_\n\r\t'\"\u2013\u200b\u2028\x0b\x85İß«»"


@pytest.mark.parametrize("text", SAME, ids=repr)
def test_a_name_is_compared_as(text: str) -> None:
    assert len(SAME) == 12
    assert normal(text) == SAME[text]


@given(st.lists(st.text(LETTERS, max_size=12), max_size=6))
def test_many_are_compared_as_each_alone(names: list[str]) -> None:
    assert normals(names) == [normal(name) for name in names]


def test_a_code_has_several_spellings() -> None:
    assert spellings("ICD10CM:L72.0") == {"icd10cm:l72.0", "l72.0", "l720"}
    assert plain(" «L72.0»\u200b") == "L72.0"
