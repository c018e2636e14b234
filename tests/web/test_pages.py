"""The pages of the release in Chromium, with their scripts: axe, a phone, a strict policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.site.reading import covering, read

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.web.conftest import Site

pytestmark = pytest.mark.needs("node", "web")

TEMPLATES = 23
# Looked at whatever the others are: those that hold most, and a defined class.
MORE = ("MILIA_0000001.html", "MILIA_0000043.html", "source/seed-001.html", "claim/s000-041.html")


@pytest.fixture(scope="module")
def chosen(site: Site) -> list[str]:
    """A page of each template, more, and what holds every kind of element that any page holds."""
    routes = site.pages.routes
    one_of_each = {template: path for path, (template, _) in routes.items()}
    assert len(one_of_each) == TEMPLATES
    pages = {path: read(site.get(path) or b"") for path in routes if path.endswith(".html")}
    assert len(pages) > 2500
    return sorted({*one_of_each.values(), *MORE, *covering(pages)})


@pytest.mark.parametrize(
    "scheme", [[], ["--dark"], ["--width", "360"]], ids=["light", "dark", "phone"]
)
def test_axe_finds_nothing(
    node: Callable[..., Any], plain_host: str, chosen: list[str], scheme: list[str]
) -> None:
    found = node("axe.mjs", *scheme, *(f"{plain_host}/{path}" for path in chosen))
    assert found == {"pages": len(chosen), "violations": []}


def test_a_phone_shows_them_whole_and_nothing_is_refused(
    node: Callable[..., Any], plain_host: str, chosen: list[str]
) -> None:
    told = node("pages.mjs", plain_host, *chosen)
    assert {name: found for name, found in told.items() if found} == {}


def test_paper_holds_what_is_folded_and_how_to_cite(
    node: Callable[..., Any], plain_host: str, chosen: list[str]
) -> None:
    told = node("print.mjs", plain_host, *chosen)
    assert told["looked"] > 2000
    assert told["hidden"] == []


def test_the_texts_of_the_drawings_stay_in_their_boxes(
    node: Callable[..., Any], plain_host: str, site: Site
) -> None:
    terms = [path for path, (template, _) in site.pages.routes.items() if template == "term"]
    told = node("drawings.mjs", plain_host, given="\n".join(terms))
    assert told["boxes"] > 2000
    assert told["out"] == []
