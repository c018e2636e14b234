"""The files of a release, their manifest and their sums."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from milia_onto.model import namespaces as ns
from milia_onto.model.layout import FULL, MANIFEST, SUMS
from milia_onto.stages import canonical
from milia_onto.stages.attachments import attachments
from milia_onto.stages.release import TOOLS, sums, tool_versions

if TYPE_CHECKING:
    from pathlib import Path

    from milia_onto.model.values import Release, Sources

MADE = (
    "SHA256SUMS",
    "conflicts.md",
    "conflicts.tsv",
    "context.jsonld",
    "logo.svg",
    "manifest.json",
    "milia-base.ttl",
    "milia-skos.ttl",
    "milia.jsonld",
    "milia.nt",
    "milia.owl",
    "milia.shapes.ttl",
    "milia.ttl",
    "terms.jsonld",
    "void.ttl",
)
MAPPINGS = 13
QUERIES = 140
TABLES, DESCRIPTIONS, PARTITIONS = 9, 2, 8
RECORDS = 9


@pytest.fixture(scope="module")
def manifest(made: Release) -> dict[str, Any]:
    return json.loads(made.files[MANIFEST])  # type: ignore[no-any-return]


def test_the_files_are_those_of_the_contract(made: Release) -> None:
    folders = [path for path in made.files if "/" in path]
    assert sorted(set(made.files) - set(folders)) == sorted(MADE)
    assert sum(p.startswith("mappings/") and p.endswith(".sssom.tsv") for p in folders) == MAPPINGS
    assert sum(p.startswith("queries/") and p.endswith(".ttl") for p in folders) == QUERIES
    assert sum(p.startswith("registry/") for p in folders) == RECORDS
    assert sum(p.startswith("tables/") and p.endswith(".parquet") for p in folders) == TABLES
    assert sum(p.startswith("triples/kind=") and p.endswith(".nt") for p in folders) == PARTITIONS
    assert sum(p.startswith(("tables/", "triples/")) for p in folders) == (
        TABLES + DESCRIPTIONS + PARTITIONS
    )
    known = {"fhir", "mappings", "omop", "queries", "registry", "tables", "triples"}
    assert {path.partition("/")[0] for path in folders} == known


def test_files_are_listed_in_order(made: Release) -> None:
    assert list(made.files) == sorted(made.files)


def test_every_text_file_ends_in_one_line_feed_and_has_no_carriage_return(made: Release) -> None:
    texts = {path: data for path, data in made.files.items() if not path.endswith(".parquet")}
    assert len(texts) == len(made.files) - TABLES
    for path, data in texts.items():
        assert data.endswith(b"\n"), path
        assert not data.endswith(b"\n\n"), path
        assert b"\r" not in data, path


def test_attachments_are_shipped_as_they_are(made: Release, sources: Sources) -> None:
    shipped = attachments(sources)
    assert len(shipped) == MAPPINGS + QUERIES + 2
    for path, data in shipped.items():
        assert made.files[path] == data


def test_the_manifest_lists_every_file_but_itself_and_the_sums(
    made: Release, manifest: dict[str, Any]
) -> None:
    assert set(manifest["files"]) == set(made.files) - {MANIFEST, SUMS}
    for path, entry in manifest["files"].items():
        data = made.files[path]
        assert entry["bytes"] == len(data)
        assert entry["sha256"] == hashlib.sha256(data).hexdigest()
        assert "/" in entry["mediaType"]


def test_the_manifest_says_what_the_release_is(manifest: dict[str, Any]) -> None:
    assert manifest["ontology"] == ns.BASE
    assert manifest["versionIRI"] == f"{ns.BASE}/releases/{manifest['version']}"
    assert manifest["license"] == "https://creativecommons.org/licenses/by/4.0/"


def test_the_manifest_records_the_verdict(made: Release, manifest: dict[str, Any]) -> None:
    verdict = manifest["reasoning"]
    assert verdict["consistent"] is True
    assert verdict["unsatisfiable"] == []
    assert verdict["profiles"]["OWL 2 DL"] is True
    assert verdict["reasoner"].startswith("HermiT (owlready2 ")
    marks = made.files["milia.nt"].count(b'oboInOwl#is_inferred> "true"')
    assert verdict["inferredSubClassOf"] == marks > 0


def test_the_manifest_names_the_graph_by_its_digest(
    made: Release, manifest: dict[str, Any]
) -> None:
    triples = [q.triple for q in ox.parse(made.files["milia.nt"], format=ox.RdfFormat.N_TRIPLES)]
    assert manifest["graph"]["files"] == list(FULL)
    assert manifest["graph"]["triples"] == len(triples)
    assert manifest["graph"]["sha256"] == canonical.digest(triples)
    assert manifest["graph"]["canonicalization"] == "RDFC-1.0"


def test_the_manifest_records_the_tools(manifest: dict[str, Any]) -> None:
    assert manifest["tools"] == tool_versions()
    assert set(manifest["tools"]) == set(TOOLS)


def test_the_sums_are_those_sha256sum_checks(made: Release, tmp_path: Path) -> None:
    import subprocess

    from milia_onto.edges.files import write_release

    write_release(tmp_path / "build", made.files)
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", SUMS],
        cwd=tmp_path / "build",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    lines = made.files[SUMS].decode().splitlines()
    assert [line[66:] for line in lines] == sorted(set(made.files) - {SUMS})


def test_sums_of_nothing_are_empty() -> None:
    assert sums({}) == b""


def test_nothing_in_a_release_tells_where_or_when_it_was_made(made: Release, project: Path) -> None:
    for path, data in made.files.items():
        assert str(project).encode() not in data, path
        assert b"localhost" not in data, path


TURTLE = ("milia.ttl", "milia-base.ttl", "milia-skos.ttl", "void.ttl")


@pytest.mark.parametrize("path", TURTLE)
def test_each_turtle_file_parses_and_names_the_version(made: Release, path: str) -> None:
    assert len(TURTLE) == 4
    graph = list(ox.parse(made.files[path], format=ox.RdfFormat.TURTLE))
    assert graph
    assert b"2026-11-21" in made.files[path].splitlines()[0]
