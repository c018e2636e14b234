"""The data block of each page: JSON-LD of schema.org about the thing that the page is about."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from milia_onto.model import namespaces as ns
from milia_onto.site.schema_org import block

if TYPE_CHECKING:
    from milia_onto.site.pages import Pages
    from tests.site.reading import Page

TYPES = {
    "term": "DefinedTerm",
    "vocabulary": "DefinedTerm",
    "claim": "Claim",
    "source": "CreativeWork",
    "mapping_set": "Dataset",
    "version": "Dataset",
    "product": "Dataset",
    "index": "Dataset",
    "question": "SoftwareSourceCode",
    "project": "Organization",
}


def data_of(page: Page) -> Any:
    (text,) = page.held["script"]
    return json.loads(text)


def test_each_page_says_what_it_is_about(pages: Pages, read_pages: dict[str, Page]) -> None:
    seen = set()
    for path, page in read_pages.items():
        template, _ = pages.routes[path]
        data = data_of(page)
        assert data["@context"] == "https://schema.org"
        assert data["@type"] == TYPES.get(template, "WebPage"), path
        assert data["name"], path
        seen.add(template)
    assert set(TYPES) <= seen


def test_the_thing_is_the_one_that_the_page_describes(read_pages: dict[str, Page]) -> None:
    for path, page in read_pages.items():
        described = [
            a["href"] for tag, a in page.elements if tag == "link" and a["rel"] == "describes"
        ]
        data = data_of(page)
        if data["@type"] != "WebPage":
            assert described == [data["@id"]], path


def test_a_claim_carries_its_verdict_as_a_review(read_pages: dict[str, Page]) -> None:
    data = data_of(read_pages["claim/s000-041.html"])
    review = data["subjectOf"]
    assert review["reviewRating"]["alternateName"] == "contradicted"
    assert review["reviewBody"]
    assert data["appearance"][0]["@id"] == f"{ns.OWN}source/seed-000"


def test_downloads_carry_their_sums(pages: Pages, read_pages: dict[str, Page]) -> None:
    data = data_of(read_pages[f"releases/{pages.book.version}.html"])
    files = pages.book.manifest["files"]
    assert {d["name"]: d["sha256"] for d in data["distribution"]} == {
        path: entry["sha256"] for path, entry in files.items()
    }


@pytest.mark.parametrize("text", ["</script>", "<!--", "&amp;", "\u2028", "]]>"])
def test_a_block_cannot_end_its_element(text: str) -> None:
    written = block({"name": text})
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written)["name"] == text
