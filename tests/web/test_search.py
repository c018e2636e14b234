"""The search field in Chromium."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.needs("node", "chromium", "web")

NOT_MILIA = (
    "not milia: ICD10CM:L74.0. Rubric for a form of miliaria, a disorder of the sweat duct. "
    "Milia contain keratin and no sweat; only the names resemble each other."
)
# What is typed, and what must be the first of the options.
TYPED = {
    "milum": "milia singular milium",
    "milla": "milia exact synonym Millia",
    "MILIA": "milia",
    "epstien perl": "Epstein pearl",
    "bullos pemfigoid": "bullous pemphigoid",
    "L72.0": "milia broader code ICD10CM:L72.0",
    "L72.8": "milia related code ICD10WHO:L72.8",
    "HP:0001056": "milia code HP:0001056",
    "L74.0": NOT_MILIA,
    "bohn nodul": "Bohn nodule",
    "xyzzyq": "",
}


@pytest.fixture(scope="module", params=["index.html", "claim/s000-041.html"])
def seen(request: pytest.FixtureRequest, node: Callable[..., Any], plain_host: str) -> Any:
    return {
        "origin": plain_host,
        **node("search.mjs", f"{plain_host}/{request.param}", *TYPED, "milum"),
    }


def test_what_is_meant_comes_first(seen: Any) -> None:
    assert len(TYPED) == 11
    first = {typed: next(iter(found), "") for typed, found in seen["found"].items()}
    assert first == TYPED


def test_the_keys_follow_the_combobox_pattern(seen: Any) -> None:
    keys = seen["keys"]
    shut = {"role": "combobox", "expanded": "false", "active": "", "selected": 0}
    assert keys["typed"] == {**shut, "expanded": "true"}
    assert keys["down"] == {**shut, "expanded": "true", "active": TYPED["milum"], "selected": 1}
    assert keys["up"]["selected"] == 1
    assert keys["up"]["active"] != TYPED["milum"]
    assert keys["escape"] == shut


def test_axe_finds_nothing_while_the_list_is_open(seen: Any) -> None:
    assert seen["axe"] == []


def test_enter_goes_to_the_choice_and_without_one_to_the_list(seen: Any) -> None:
    milia = f"{seen['origin']}/MILIA_0000001.html"
    assert seen["reached"] == milia
    assert seen["listed"][0] == milia
    assert len(seen["listed"]) > 3


def test_nothing_is_refused_or_fetched_elsewhere(seen: Any) -> None:
    notes = ("console", "errors", "violations", "foreign")
    assert {key: seen[key] for key in notes if seen[key]} == {}
