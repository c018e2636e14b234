"""The pages of ``docs/how-to/stores/`` are run as written, on free ports, in an empty folder.

What a page's ``get`` block fetches is taken from where the tests have it; with
MILIA_ONTO_FROM_NOTHING=1 the block itself is run, which needs the network.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox
import pytest

from tests.conftest import java
from tests.running import free_ports, running, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).resolve().parents[2]
PAGES = PROJECT / "docs" / "how-to" / "stores"
CACHE = PROJECT / ".cache"
FROM_NOTHING = os.environ.get("MILIA_ONTO_FROM_NOTHING") == "1"
BLOCK = re.compile(r"^<!-- (get|start|ask)(?:: (\w+))? -->\n```sh\n(.*?)^```$", re.M | re.S)
QUESTION = re.compile(r"PREFIX skos:.*?LIMIT 5", re.S)
BLOCKS = 23


class Recipe(NamedTuple):
    """A page: what must be installed, the ports it names, what answers once the store runs."""

    name: str
    needs: tuple[str, ...]
    ports: tuple[str, ...]
    ready: str
    files: str = ""


ASK = "?query=ASK%7B%7D"
RECIPES = [
    Recipe("fuseki", ("fuseki",), ("3030",), f"/milia/sparql{ASK}", "jvm/fuseki/*"),
    Recipe("rdf4j", ("rdf4j",), ("8080",), "/rdf4j-server/protocol", "jvm/rdf4j/*"),
    Recipe("virtuoso", ("virtuoso-t", "isql-vt"), ("8890", "1111"), f"/sparql{ASK}"),
    Recipe("oxigraph", ("oxigraph",), ("7878",), f"/query{ASK}"),
    Recipe("rdflib-endpoint", (), ("8001",), f"/{ASK}"),
    Recipe("comunica", ("node", "comunica"), ("3000",), f"/sparql{ASK}", "comunica/node_modules"),
]


def text_of(name: str) -> str:
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def blocks(name: str) -> list[tuple[str, str, str]]:
    return BLOCK.findall(text_of(name))


def recipes() -> list[object]:
    return [pytest.param(r, id=r.name, marks=pytest.mark.needs(*r.needs, "curl")) for r in RECIPES]


def test_all_blocks_of_all_pages_are_found() -> None:
    pages = {path.stem for path in PAGES.glob("*.md")} - {"index"}
    assert pages == {recipe.name for recipe in RECIPES}
    found = {name: blocks(name) for name in pages}
    assert sum(map(len, found.values())) == BLOCKS
    for name, each in found.items():
        assert text_of(name).count("```sh") == len(each)
        assert {kind for kind, _, _ in each} == {"get", "start", "ask"}


def test_the_pages_name_the_versions_that_are_tested() -> None:
    package = json.loads((PROJECT / "tests/npm/comunica/package.json").read_text("utf-8"))
    for name, number in package["dependencies"].items():
        assert f"npm install {name}@{number}\n" in text_of("comunica")
    script = (PROJECT / "tests" / "stores" / "install-oxigraph").read_text(encoding="utf-8")
    (number,) = re.findall(r"^version=(.*)$", script, re.M)
    assert f"cargo install oxigraph-cli --version {number} " in text_of("oxigraph")
    for tool, page in (("fuseki", "fuseki"), ("rdf4j", "rdf4j")):
        pom = (PROJECT / "tests" / "jvm" / tool / "pom.xml").read_text(encoding="utf-8")
        dependencies = re.findall(r"<artifactId>([^<]+)</artifactId>\s*<version>([^<]+)<", pom)[1:]
        for artifact, number in dependencies:
            assert f":{artifact}:{number}" in text_of(page)


def environment(folder: Path) -> dict[str, str]:
    """A shell where `java`, `milia-onto` and `oxigraph` are what the tests have."""
    programs = folder / "bin"
    programs.mkdir()
    (programs / "java").write_text(f'#!/bin/sh\nexec {shlex.quote(java())} "$@"\n', "utf-8")
    (programs / "java").chmod(0o755)
    own = [programs, Path(sys.executable).parent, CACHE / "oxigraph" / "bin"]
    path = os.pathsep.join([*map(str, own), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "no_proxy": "*", "NO_PROXY": "*"}


def shell(script: str, folder: Path, env: dict[str, str]) -> str:
    done = subprocess.run(
        ["sh", "-euc", script], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{script}\n{done.stdout[-500:]}\n{done.stderr[-1500:]}"
    return done.stdout


@contextmanager
def started(script: str, address: str, folder: Path, env: dict[str, str]) -> Iterator[None]:
    log = folder / "server.log"
    with running(["sh", "-euc", script], log, folder, env, family=True) as process:
        wait_for(process, address, log)
        yield


def with_ports(script: str, ports: dict[str, int]) -> str:
    for named, free in ports.items():
        script = re.sub(rf"\b{named}\b", str(free), script)
    return script


def answers(script: str, store: ox.Store) -> set[str]:
    """The lines that a block must print: the rows of its question, or the number of triples."""
    if found := QUESTION.search(script):
        query = re.sub(r"FROM <[^>]*>", "", found[0])
        return {row["label"].value for row in store.query(query)}
    return {str(len(store))}


@pytest.mark.parametrize("recipe", recipes())
def test_a_page_works_as_written(recipe: Recipe, tmp_path: Path) -> None:
    (tmp_path / "build").symlink_to(PROJECT / "build")
    env = environment(tmp_path)
    store = ox.Store()
    store.bulk_load(path=str(PROJECT / "build" / "milia.nt"), format=ox.RdfFormat.N_TRIPLES)
    ports = dict(zip(recipe.ports, free_ports(len(recipe.ports)), strict=True))
    found = [(kind, how, with_ports(script, ports)) for kind, how, script in blocks(recipe.name)]
    for kind, how, script in found:
        if kind == "get" and FROM_NOTHING and not how:
            shell(script, tmp_path, env)
        elif kind == "get" and recipe.files:
            for file in CACHE.glob(recipe.files):
                (tmp_path / file.name).symlink_to(file)
    (start,) = (script for kind, _, script in found if kind == "start")
    address = f"http://127.0.0.1:{ports[recipe.ports[0]]}{recipe.ready}"
    with started(start, address, tmp_path, env):
        for script in (script for kind, _, script in found if kind == "ask"):
            wanted = answers(script, store)
            assert wanted <= set(re.findall(r"[^\r\n\"]+", shell(script, tmp_path, env)))
