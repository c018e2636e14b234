"""Labels that hold markup, quotes, ends of scripts or signs that turn the line stay what they are."""

from __future__ import annotations

import json
from typing import Any

import html5lib
import pyoxigraph as ox
import pytest

from milia_onto.model.values import Release
from milia_onto.site.pages import Pages
from tests.site.reading import read

TERM, CLAIM, SOURCE, SET, ROW = (
    "MILIA:0000043",
    "claim:s000-183",
    "source:berk-bayliss-2008",
    "mappings:hp",
    "mappings:hp/MILIA_0000001_0001056",
)
TEXTS = [
    "</script><script>alert(1)</script>",
    "<!--<script>",
    "\"><img src=x onerror='alert(1)'>",
    "a < b & c > d &amp; &lt;",
    "{{ 7 * 7 }} {% raw %} ${x}",
    'it\'s “so” `far` \\ "quoted"',
    "الدخينات \u202emilia\u202c \u200fend",
    "𝔪𝔦𝔩𝔦𝔞 🧫 e\u0301 \u2028 \u2029",
    "<b>bold</b>: 'and' (some) 'only'",
]
PAGES = {
    "term": "MILIA_0000043.html",
    "parent": "MILIA_0000055.html",
    "claim": "claim/s000-183.html",
    "source": "source/berk-bayliss-2008.html",
    "set": "mappings/hp.html",
    "question": "queries/kinds-of-milia.html",
    "tree": "tree.html",
    "search": "search.html",
    "start": "index.html",
}


def doctored(release: Release, text: str) -> Release:
    """A release in which things of every kind are called ``text``."""
    document = json.loads(release.files["milia.jsonld"])
    nodes: dict[str, dict[str, Any]] = {node["id"]: node for node in document["@graph"]}
    nodes[TERM] |= {"label": text, "definition": text, "exactSynonym": {"ar": text}}
    nodes[TERM] |= {"editorNote": {"en": text}, "singular": text}
    nodes[CLAIM] |= {"label": f"s000-183: {text}", "qualifier": text, "reason": text, "value": text}
    nodes[SOURCE] |= {"label": text, "title": text, "seeAlso": ["javascript:alert(1)"]}
    nodes[SET] |= {"label": text, "description": text}
    nodes[ROW] |= {"object_label": text, "comment": {"en": text}}
    files = {**release.files, "milia.jsonld": json.dumps(document).encode()}
    path = "queries/kinds-of-milia.ttl"
    asked = b'rdfs:comment "What kinds of milia are there, and what is each a kind of?"@en'
    assert asked in files[path]
    said = str(ox.Literal(text, language="en")).encode()
    files[path] = files[path].replace(asked, b"rdfs:comment " + said)
    return Release(files)


@pytest.fixture(scope="module", params=TEXTS, ids=range(len(TEXTS)))
def hostile(request: pytest.FixtureRequest, release: Release) -> tuple[str, Pages]:
    text = str(request.param)
    return text, Pages(doctored(release, text), {})


def page(pages: Pages, name: str) -> bytes:
    data = pages.render(PAGES[name])
    assert data is not None
    return data


@pytest.mark.parametrize("name", PAGES)
def test_pages_stay_whole(hostile: tuple[str, Pages], name: str) -> None:
    _, pages = hostile
    data = page(pages, name)
    html5lib.HTMLParser(strict=True).parse(data)
    found = read(data)
    scripts = [attributes for tag, attributes in found.elements if tag == "script"]
    assert scripts == [{"type": "application/ld+json"}]
    assert not [a for _, a in found.elements if {"onerror", "style"} & set(a)]
    assert "javascript:" not in " ".join(address for _, address in found.links())
    assert json.loads(found.held["script"][0])["@context"] == "https://schema.org"


@pytest.mark.parametrize("name", ["term", "claim", "source", "set", "question"])
def test_the_text_is_told_as_it_is(hostile: tuple[str, Pages], name: str) -> None:
    text, pages = hostile
    found = read(page(pages, name))
    assert found.held["h1"] == [text]
    assert found.held["title"] == [f"{text} · Milia Ontology"]
    data = json.loads(found.held["script"][0])
    assert text in {data.get("name"), data.get("description")}


def test_it_is_told_so_where_others_name_it(hostile: tuple[str, Pages]) -> None:
    text, pages = hostile
    assert text in read(page(pages, "parent")).held["a"]
    assert text in read(page(pages, "tree")).held["a"]
    names = json.loads(pages.render("search.json") or b"")["names"]
    assert text in {name for name, *_ in names}
