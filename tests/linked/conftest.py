"""A whole site, with things that the release itself has none of: a withdrawn term, versions."""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from milia_onto.edges.files import read_release, write_release, write_site
from milia_onto.linked.whole import whole
from milia_onto.model.values import Release
from milia_onto.site.build import site_of

from . import hosts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from milia_onto.linked.site import Site

    from .hosts import Ask

BASE = "https://w3id.org/milia"
WITHDRAWN = f"""\
<{BASE}/MILIA_0099998> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2002/07/owl#Class> .
<{BASE}/MILIA_0099998> <http://www.w3.org/2000/01/rdf-schema#label> "obsolete pearl"@en .
<{BASE}/MILIA_0099998> <http://www.w3.org/2002/07/owl#deprecated> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .
<{BASE}/MILIA_0099998> <http://www.w3.org/2000/01/rdf-schema#comment> "Withdrawn: it meant the same as milia."@en .
<{BASE}/MILIA_0099998> <http://purl.obolibrary.org/obo/IAO_0100001> <{BASE}/MILIA_0000001> .
"""
WITHDRAWN_NODE = {
    "id": "MILIA:0099998",
    "type": "Class",
    "label": "obsolete pearl",
    "comment": {"en": "Withdrawn: it meant the same as milia."},
    "deprecated": True,
    "replacedBy": ["MILIA:0000001"],
}
WITHDRAWN_XML = f"""\
<owl:Class xmlns:owl="http://www.w3.org/2002/07/owl#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"
    xmlns:o="http://purl.obolibrary.org/obo/" rdf:about="{BASE}/MILIA_0099998">
  <rdfs:label xml:lang="en">obsolete pearl</rdfs:label>
  <owl:deprecated rdf:datatype="http://www.w3.org/2001/XMLSchema#boolean">true</owl:deprecated>
  <rdfs:comment xml:lang="en">Withdrawn: it meant the same as milia.</rdfs:comment>
  <o:IAO_0100001 rdf:resource="{BASE}/MILIA_0000001"/>
</owl:Class>
</rdf:RDF>"""
OTHER_VERSIONS = ("2025-02-03", "2027-04-05")


def dated(release: Release, version: str) -> Release:
    """A release of another day that holds the header of the ontology and no term."""
    manifest = json.loads(release.files["manifest.json"]) | {"version": version}
    header = b"".join(
        line
        for line in release.files["milia.nt"].splitlines(keepends=True)
        if line.startswith(f"<{BASE}> ".encode()) and b"_:" not in line
    )
    triples = [quad.triple for quad in ox.parse(header, format=ox.RdfFormat.N_TRIPLES)]
    document = json.loads(release.files["milia.jsonld"])
    ontology = [node for node in document["@graph"] if node.get("id") == BASE]
    files = {
        "manifest.json": json.dumps(manifest).encode(),
        "milia.nt": header,
        "milia.ttl": header,
        "milia.owl": ox.serialize(triples, format=ox.RdfFormat.RDF_XML),
        "milia.jsonld": json.dumps({**document, "@graph": ontology}).encode(),
    }
    return Release({**release.files, **files})


class Part:
    """The site with the documents about some of the claims: quicker to write."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def __getattr__(self, name: str) -> object:
        return getattr(self.site, name)

    def paths(self) -> Iterator[str]:
        for path in self.site.paths():
            if not path.startswith("claim/") or path.startswith("claim/s000-0"):
                yield path


@pytest.fixture(scope="session")
def release(project: Path) -> Release:
    found = read_release(project / "build").files
    document = json.loads(found["milia.jsonld"])
    document["@graph"].append(WITHDRAWN_NODE)
    changed = {
        "milia.nt": found["milia.nt"] + WITHDRAWN.encode(),
        "milia.ttl": found["milia.ttl"] + WITHDRAWN.encode(),
        "milia.owl": found["milia.owl"].replace(b"</rdf:RDF>", WITHDRAWN_XML.encode()),
        "milia.jsonld": json.dumps(document).encode(),
    }
    return Release({**found, **changed})


@pytest.fixture(scope="session")
def small_release(release: Release) -> Release:
    """The release without its claims: quick to lay out."""
    document = json.loads(release.files["milia.jsonld"])
    told = [node for node in document["@graph"] if "claim:" not in json.dumps(node)]
    lines = release.files["milia.nt"].splitlines(keepends=True)
    about = [line for line in lines if b"/claim/" not in line]
    changed = {
        "milia.nt": b"".join(about),
        "milia.jsonld": json.dumps({**document, "@graph": told}).encode(),
    }
    return Release({**release.files, **changed})


@pytest.fixture(scope="session")
def site(release: Release) -> Site:
    return site_of(release, {}, archive=[dated(release, version) for version in OTHER_VERSIONS])


@pytest.fixture(scope="session")
def laid_out(site: Site) -> Iterator[Path]:
    """The static site on disk, where an unprivileged server can read it."""
    with hosts.folder() as above:
        write_site(above / "site", whole(Part(site)))  # type: ignore[arg-type]
        yield above / "site"


@pytest.fixture(scope="session")
def asks(
    site: Site, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[dict[str, Ask]]:
    """Each host, started when it is first asked for."""
    with ExitStack() as stack:
        yield Started(site, request, tmp_path_factory, stack)


class Started(dict[str, "Ask"]):
    """The hosts by name."""

    def __init__(
        self,
        site: Site,
        request: pytest.FixtureRequest,
        tmp: pytest.TempPathFactory,
        stack: ExitStack,
    ) -> None:
        super().__init__()
        self.site, self.request, self.tmp, self.stack = site, request, tmp, stack

    def __missing__(self, name: str) -> Ask:
        self[name] = self.start(name)
        return self[name]

    def start(self, name: str) -> Ask:
        if name == "answer":
            return hosts.in_process(self.site)
        if name == "w3id":
            return self.stack.enter_context(hosts.w3id_org(self.site))
        if name == "serve":
            return self.stack.enter_context(hosts.serve(*self.arguments()))
        root = self.request.getfixturevalue("laid_out")
        if name == "static":
            return hosts.StaticHost(root)
        start = {"apache": hosts.apache, "nginx": hosts.nginx, "cloudflare": hosts.cloudflare}
        return self.stack.enter_context(start[name](root))

    def arguments(self) -> Iterator[str]:
        for version, edition in self.site.editions.items():
            folder = self.tmp.mktemp("releases") / version
            write_release(folder, edition.release.files)
            yield from ("--release" if edition is self.site.current else "--archive", str(folder))
