"""A site with a page for every thing, and things that the release itself has none of."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

import pytest

from milia_onto.edges.files import read_release
from milia_onto.linked import table
from milia_onto.linked.site import Site, address
from milia_onto.model.values import Release

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

BASE = "https://w3id.org/milia"
WITHDRAWN = f"""\
<{BASE}/MILIA_0099998> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Class> .
<{BASE}/MILIA_0099998> <http://www.w3.org/2000/01/rdf-schema#label> "obsolete pearl"@en .
<{BASE}/MILIA_0099998> <http://www.w3.org/2002/07/owl#deprecated> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .
<{BASE}/MILIA_0099998> <http://www.w3.org/2000/01/rdf-schema#comment> "Withdrawn: it meant the same as milia."@en .
<{BASE}/MILIA_0099998> <http://purl.obolibrary.org/obo/IAO_0100001> <{BASE}/MILIA_0000001> .
"""
OTHER_VERSIONS = ("2025-02-03", "2027-04-05")


class StandIn:
    """A page for each thing, with the anchors of its parts, as the real pages have."""

    def __init__(self, site: Site) -> None:
        self.found = {"404.html": "Not found", "tree.html": "Tree", "assets/site.css": "p{}"}
        for thing in site.things.values():
            if not thing.fragment:
                self.found[address(thing, table.HTML)] = thing.label
        for thing in site.things.values():
            if thing.fragment:
                page = address(thing, table.HTML)
                self.found[page] += f'<p id="{escape(thing.fragment)}">'

    def paths(self) -> Iterable[str]:
        return self.found

    def render(self, path: str) -> bytes | None:
        text = self.found.get(path)
        return text if text is None else f"<!doctype html><title>{text}</title>".encode()


def dated(release: Release, version: str) -> Release:
    """The release as if it were of another day."""
    manifest = re.sub(
        rb'"version": "[^"]*"', f'"version": "{version}"'.encode(), release.files["manifest.json"]
    )
    return Release({**release.files, "manifest.json": manifest})


@pytest.fixture(scope="session")
def release(project: Path) -> Release:
    found = read_release(project / "build")
    return Release({**found.files, "milia.nt": found.files["milia.nt"] + WITHDRAWN.encode()})


@pytest.fixture(scope="session")
def site(release: Release) -> Site:
    archive = [dated(release, version) for version in OTHER_VERSIONS]
    bare = Site(release, archive=archive)
    return Site(release, StandIn(bare), archive=archive)
