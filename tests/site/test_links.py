"""Every link of every page leads somewhere: a page, a document, a file of the release, the web."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag

import pyoxigraph as ox
import pytest

from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from milia_onto.model.values import Release
    from milia_onto.site.pages import Pages
    from tests.site.reading import Page

RDF = (".ttl", ".jsonld", ".owl", ".nt")
# Shown at whatever address nothing is at, so its links are from the root.
ANYWHERE = "404.html"
PART = re.compile(r"((?:claim|mappings)/[^/]+)/([^/]+)")
RESOURCE = re.compile(
    r"MILIA_\d{7}|claim/[^/]+|source/[^/]+|mappings/[^/]+|vocab/[^/]+|queries/[^/]+"
    r"|shapes(?:/[^/]+)?|project"
)


@pytest.fixture(scope="module")
def paths(release: Release) -> set[str]:
    """The paths of everything below the base that the release describes."""
    files = [("milia.nt", ox.RdfFormat.N_TRIPLES), ("milia.shapes.ttl", ox.RdfFormat.TURTLE)]
    files += [(p, ox.RdfFormat.TURTLE) for p in release.files if p.startswith("queries/")]
    subjects = {
        quad.subject.value
        for path, form in files
        for quad in ox.parse(release.files[path], format=form)
        if isinstance(quad.subject, ox.NamedNode)
    }
    own = (iri.removeprefix(ns.OWN) for iri in subjects if iri.startswith(ns.OWN))
    return {path for path in own if RESOURCE.fullmatch(path) or PART.fullmatch(path)}


@pytest.fixture(scope="module")
def documents(paths: set[str], release: Release, pages: Pages) -> set[str]:
    """What the linked-data layer serves beside the pages, and the files of the release."""
    version = f"releases/{pages.book.version}"
    whole = {path for path in paths if not PART.fullmatch(path)}
    products = {"base", "skos", version, f"{version}/base", f"{version}/skos"}
    found = {path + suffix for path in whole | products for suffix in RDF}
    found |= {f"{path}.sssom.tsv" for path in whole if path.startswith("mappings/")}
    found |= {f"{path}.rq" for path in whole if path.startswith("queries/")}
    return found | set(release.files) | {f"{version}/{path}" for path in release.files}


def target(page: str, address: str) -> tuple[str, str]:
    """The path of the site that a relative address means on a page, and its fragment."""
    where, fragment = urldefrag(address)
    where = unquote(where.partition("?")[0])
    if page == ANYWHERE:
        where = where.removeprefix("/")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), where)) if where else page
    return path, unquote(fragment)


def test_every_resource_has_its_page_or_its_place_on_one(
    paths: set[str], read_pages: dict[str, Page]
) -> None:
    assert len(paths) > 7000
    missing = []
    ids = {path: set(page.ids) for path, page in read_pages.items()}
    for path in paths:
        part = PART.fullmatch(path)
        page = f"{part[1] if part else path}.html"
        if page not in ids or (part and part[2] not in ids[page]):
            missing.append(path)
    assert missing == []


def test_every_link_leads_somewhere(
    read_pages: dict[str, Page], rendered: dict[str, bytes], documents: set[str]
) -> None:
    known = {*rendered, *documents, "sparql"}
    ids = {path: set(page.ids) for path, page in read_pages.items()}
    broken, seen = [], 0
    for path, page in read_pages.items():
        for tag, address in page.links():
            if address.startswith(("https://", "http://")):
                continue
            seen += 1
            found, fragment = target(path, address)
            if (
                tag == "a"
                and found == "sparql.html"
                and fragment.startswith(("query=", "example="))
            ):
                fragment = ""
            if found not in known or (fragment and fragment not in ids.get(found, ())):
                broken.append((path, tag, address))
    assert seen > 100_000
    assert broken == []


def test_links_are_relative_so_that_any_folder_will_do(read_pages: dict[str, Page]) -> None:
    strange = [
        (path, address)
        for path, page in read_pages.items()
        for _, address in page.links()
        if path != ANYWHERE
        and not re.fullmatch(r"https?://[^/].*|(?!/)[^:]*(?:#.*)?|#.*", address, re.DOTALL)
    ]
    assert strange == []


def test_the_page_for_what_is_not_there_is_whole_at_any_address(
    read_pages: dict[str, Page],
) -> None:
    addresses = [address for _, address in read_pages[ANYWHERE].links()]
    assert len(addresses) > 20
    relative = [a for a in addresses if not a.startswith(("/", "https://", "#main"))]
    assert relative == []


def test_every_page_can_be_reached_from_the_start(read_pages: dict[str, Page]) -> None:
    reached, waiting = {"index.html"}, ["index.html"]
    while waiting:
        path = waiting.pop()
        for tag, address in read_pages[path].links():
            found, _ = target(path, address)
            if tag == "a" and "://" not in address and found in read_pages and found not in reached:
                reached.add(found)
                waiting.append(found)
    assert set(read_pages) - reached == {ANYWHERE}


def test_ids_are_unique_on_each_page(read_pages: dict[str, Page]) -> None:
    doubled = [path for path, page in read_pages.items() if len(page.ids) != len(set(page.ids))]
    assert doubled == []
