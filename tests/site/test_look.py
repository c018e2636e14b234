"""What the style sheet promises whatever the page: contrast, by WCAG 2.2, 1.4.11."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

CSS = files("milia_onto.site").joinpath("assets/site.css").read_text(encoding="utf-8")
ROOTS = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
VERDICTS = ("supported", "partly", "contradicted", "unsupported", "marketing")


def colours(scheme: str) -> dict[str, str]:
    """The colours of a scheme; what dark does not name is as in light."""
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", root)) for root in ROOTS)
    return light if scheme == "light" else light | dark


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_fields_and_bars_stand_out(scheme: str) -> None:
    found = colours(scheme)
    fills = re.findall(r"\.bar \.(\w+), \.count\.\w+ \{ --fill: var\(--([\w-]+)\)", CSS)
    assert tuple(verdict for verdict, _ in fills) == VERDICTS
    for name in ["field-border", *(fill for _, fill in fills)]:
        for ground in ("paper", "surface"):
            assert contrast(found[name], found[ground]) >= 3, (name, ground)


def test_every_field_has_the_border_of_fields() -> None:
    rules = re.findall(
        r"^([^@{}\n]*\b(?:input|textarea|select)\b[^{}]*)\{([^}]*)\}", CSS, re.MULTILINE
    )
    borders = [re.search(r"border(?:-color)?: ([^;]*)", body) for _, body in rules]
    assert {b[1] for b in borders if b} == {"1px solid var(--field-border)"}


def test_every_verdict_has_a_sign_of_its_own() -> None:
    signs = dict(re.findall(r"\.verdict\.(\w+), \.count\.\w+ \{ --sign: \"(.)\"", CSS))
    assert set(signs) == set(VERDICTS)
    assert len(set(signs.values())) == len(VERDICTS)
