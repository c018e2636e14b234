"""The scripts built once, two hosts that serve them, and Node to drive Chromium."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from milia_onto.edges.files import read_release
from milia_onto.site.editor import EDITOR_DATA, editor_data
from tests.web.host import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from milia_onto.model.values import Release

PROJECT = Path(__file__).resolve().parents[2]
WEB = PROJECT / "web"
# The parts of the pages that the scripts look for.
SPARQL_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>SPARQL</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="site.css"><link rel="icon" href="logo.svg">
<link rel="stylesheet" href="assets/sparql.css"><script type="module" src="assets/sparql.js"></script>
</head><body><main><h1>SPARQL</h1><div id="editor"></div><form id="plain">no script</form></main></body></html>
"""
STYLE = """
body { background: #fff; color: #1c1c1c }
@media (prefers-color-scheme: dark) { body { background: #111; color: #eee } a { color: #8ab8f0 } }
"""
SEARCH_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Search</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><link rel="icon" href="{root}logo.svg">
<link rel="stylesheet" href="{root}assets/search.css">
<script type="module" src="{root}assets/search.js"></script>
</head><body><main><h1>Search</h1><form role="search" class="find" action="{root}search.html">
<label for="q">Name or code</label><input id="q" name="q" type="search"><button>Search</button></form>
<div id="results"></div></main></body></html>
"""


@pytest.fixture(scope="session")
def release() -> Release:
    return read_release(PROJECT / "build")


@pytest.fixture(scope="session")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """web/dist, built from the sources as they are."""
    folder = tmp_path_factory.mktemp("scripts")
    subprocess.run(["node", WEB / "build.mjs", folder], check=True, cwd=WEB)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="session")
def store(release: Release) -> ox.Store:
    store = ox.Store()
    store.bulk_load(release.files["milia.nt"], format=ox.RdfFormat.N_TRIPLES)
    return store


@pytest.fixture(scope="session")
def site(release: Release, scripts: dict[str, bytes], store: ox.Store) -> dict[str, bytes]:
    """The files of a site as small as the scripts allow."""
    files = {"assets/" + name: data for name, data in scripts.items()}
    files |= {name: release.files[name] for name in ("milia.nt", "logo.svg")}
    files[EDITOR_DATA] = editor_data(release)
    files["site.css"] = STYLE.encode()
    files["sparql.html"] = SPARQL_PAGE.encode()
    files["search.html"] = files["index.html"] = SEARCH_PAGE.format(root="").encode()
    files["claim/any.html"] = SEARCH_PAGE.format(root="../").encode()
    files["search.json"] = search_index(store)
    return files


def search_index(store: ox.Store) -> bytes:
    """Labels, synonyms and matched codes of all classes, in the form of ``search.json``."""
    query = """
    SELECT ?term ?label ?kind ?name WHERE {
      ?term a owl:Class ; rdfs:label ?label .
      { ?term rdfs:label ?name BIND("label" AS ?kind) }
      UNION { ?term oboInOwl:hasExactSynonym|MILIA:0000910 ?name BIND("exact synonym" AS ?kind) }
      UNION { ?term skos:exactMatch|skos:broadMatch ?code BIND("code" AS ?kind)
              BIND(REPLACE(STR(?code), "^.*[/_]", "") AS ?name) }
    } ORDER BY ?term ?kind ?name"""
    prefixes = {
        "MILIA": "https://w3id.org/milia/MILIA_",
        "oboInOwl": "http://www.geneontology.org/formats/oboInOwl#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
    }
    kinds = ["label", "exact synonym", "code"]
    pages: dict[str, list[str]] = {}
    names = []
    for row in store.query(query, prefixes=prefixes):
        local = row["term"].value.rsplit("/", 1)[-1]
        pages.setdefault(local, [f"{local}.html", row["label"].value, local.replace("_", ":"), ""])
        names.append([row["name"].value, list(pages).index(local), kinds.index(row["kind"].value)])
    return json.dumps({"kinds": kinds, "pages": list(pages.values()), "names": names}).encode()


@pytest.fixture(scope="session")
def server(site: dict[str, bytes], store: ox.Store) -> Iterator[str]:
    """A host with an endpoint."""
    with serving(site, store) as origin:
        yield origin


@pytest.fixture(scope="session")
def plain_host(site: dict[str, bytes]) -> Iterator[str]:
    """A host of files alone."""
    with serving(site, None) as origin:
        yield origin


@pytest.fixture(scope="session")
def node() -> Callable[..., Any]:
    """Run a script of web/test with these arguments and this input; what it says, as JSON."""

    def run(script: str, *arguments: object, given: str = "") -> Any:
        command = ["node", str(WEB / "test" / script), *map(str, arguments)]
        done = subprocess.run(
            command, check=False, input=given, capture_output=True, text=True, timeout=240
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout)

    return run
