"""The pages are HTML as the standard has it, need no script, and load nothing from elsewhere."""

from __future__ import annotations

import json
import re
import subprocess
from itertools import pairwise
from typing import TYPE_CHECKING

import html5lib
import pytest

from tests.conftest import PROJECT, java

if TYPE_CHECKING:
    from pathlib import Path

    from milia_onto.model.values import Release
    from milia_onto.site.pages import Pages
    from tests.site.reading import Page

VNU = PROJECT / ".cache" / "jvm" / "vnu" / "*"
KINDS = 23


def one_of_each(pages: Pages) -> dict[str, str]:
    """A page of each template, by template."""
    return {template: path for path, (template, _) in pages.routes.items()}


def test_a_strict_parser_reads_them(pages: Pages, rendered: dict[str, bytes]) -> None:
    chosen = {*one_of_each(pages).values(), *list(pages.routes)[::25]}
    assert len(one_of_each(pages)) == KINDS
    for path in sorted(chosen):
        html5lib.HTMLParser(strict=True).parse(rendered[path])


@pytest.mark.needs("vnu")
def test_the_html_checker_finds_nothing(rendered: dict[str, bytes], tmp_path: Path) -> None:
    for path, data in rendered.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    checker = "nu.validator.client.SimpleCommandLineValidator"
    options = ["--format", "json", "--skip-non-html", "--stdout"]
    command = [java(), "-Xss4m", "-cp", str(VNU), checker, *options, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, check=False)
    said = json.loads(done.stdout)["messages"]
    assert {(m["url"].removeprefix(f"file:{tmp_path}/"), m["message"]) for m in said} == set()


def test_the_html_checker_would_find_something(tmp_path: Path) -> None:
    with pytest.raises(html5lib.html5parser.ParseError):
        html5lib.HTMLParser(strict=True).parse("<!doctype html><title>x</title><p><div></p>")


def test_nothing_is_inline_that_a_strict_policy_refuses(read_pages: dict[str, Page]) -> None:
    refused = []
    for path, page in read_pages.items():
        for tag, attributes in page.elements:
            runs = tag == "script" and attributes.get("type") != "application/ld+json"
            handlers = [name for name in attributes if name.startswith("on") or name == "style"]
            if handlers or tag == "style" or (runs and "src" not in attributes):
                refused.append((path, tag, handlers))
    assert refused == []


def test_without_scripts_of_the_site_no_page_asks_for_one(read_pages: dict[str, Page]) -> None:
    for path, page in read_pages.items():
        types = {a.get("type") for tag, a in page.elements if tag == "script"}
        assert types == {"application/ld+json"}, path


def test_what_a_page_loads_is_its_own(
    read_pages: dict[str, Page], rendered: dict[str, bytes]
) -> None:
    loads = {"stylesheet", "icon", "preload", "modulepreload", "preconnect", "dns-prefetch"}
    foreign = []
    for path, page in read_pages.items():
        for tag, attributes in page.elements:
            loaded = tag in {"script", "img", "iframe", "object", "embed", "video", "audio", "form"}
            if tag == "link":
                loaded = bool(loads & set(attributes["rel"].split()))
            address = attributes.get("src") or attributes.get("action") or attributes.get("href")
            if loaded and address and re.match(r"[a-z]+:|//", address):
                foreign.append((path, tag, address))
    assert foreign == []
    assert not re.search(rb"url\(|@import", rendered["assets/site.css"])


def test_each_page_has_what_reading_aids_need(read_pages: dict[str, Page]) -> None:
    for path, page in read_pages.items():
        tags = [tag for tag, _ in page.elements]
        assert tags.count("h1") == tags.count("main") == tags.count("title") == 1, path
        assert dict(page.elements)["html"]["lang"] == "en", path
        levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
        assert not [step for step in pairwise(levels) if step[1] > step[0] + 1], path


def test_the_same_release_gives_the_same_pages(release: Release, pages: Pages) -> None:
    from milia_onto.site.pages import Pages as Again

    again = Again(release, {})
    assert list(again.paths()) == list(pages.paths())
    for path in one_of_each(pages).values():
        assert again.render(path) == pages.render(path)


def test_scripts_are_asked_for_where_there_are_some(release: Release) -> None:
    from milia_onto.site.pages import Pages as Again

    scripts = dict.fromkeys(("search.js", "search.css", "sparql.js", "sparql.css"), b"/* */")
    pages = Again(release, scripts)
    assert {f"assets/{name}" for name in scripts} <= set(pages.paths())
    assert pages.render("assets/search.js") == b"/* */"
    claim = pages.render("claim/s000-041.html") or b""
    assert b'<script type="module" src="../assets/search.js"></script>' in claim
    assert b"sparql.js" not in claim
    assert b'src="assets/sparql.js"' in (pages.render("sparql.html") or b"")


def test_what_is_no_page_is_none(pages: Pages) -> None:
    for path in ("nothing.html", "assets/../pages.py", "assets/none.js", "", "MILIA_0000001"):
        assert pages.render(path) is None
