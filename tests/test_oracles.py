"""Tools that others wrote agree: ROBOT and ELK on the logic, Jena and rapper on the syntax."""

from __future__ import annotations

import csv
import json
import subprocess
from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from milia_onto.edges.files import write_release
from milia_onto.model import namespaces as ns
from milia_onto.model.layout import FULL
from milia_onto.serialise.ntriples import ntriples
from milia_onto.stages.canonical import digest
from tests.conftest import PROJECT, java

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from milia_onto.model.values import Release

JVM = PROJECT / ".cache" / "jvm"
BASE_IRI = "https://w3id.org/milia/MILIA_"
Pairs = set[tuple[str, str]]


@pytest.fixture(scope="module")
def folder(made: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("oracles") / "build"
    write_release(target, made.files)
    return target


@pytest.fixture(scope="module")
def manifest(made: Release) -> dict[str, dict[str, object]]:
    return json.loads(made.files["manifest.json"])  # type: ignore[no-any-return]


def robot(*arguments: object) -> subprocess.CompletedProcess[str]:
    options = ["--sun-misc-unsafe-memory-access=allow", "-cp", f"{JVM}/robot/*"]
    main = "org.obolibrary.robot.CommandLineInterface"
    return run(java(), *options, main, *arguments)


def run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=False, timeout=200
    )


def triples_of(made: Release) -> list[ox.Triple]:
    return [q.triple for q in ox.parse(made.files["milia.nt"], format=ox.RdfFormat.N_TRIPLES)]


def report(source: Path, target: Path) -> list[dict[str, str]]:
    done = robot(
        *("report", "--input", source, "--base-iri", BASE_IRI),
        *("--fail-on", "none", "--output", target),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with target.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t"))


@pytest.mark.needs("robot")
def test_the_robot_report_has_no_error(folder: Path, tmp_path: Path) -> None:
    rows = report(folder / "milia.owl", tmp_path / "report.tsv")
    assert [row for row in rows if row["Level"] == "ERROR"] == []


@pytest.mark.needs("robot")
def test_the_robot_report_would_have_found_an_error(made: Release, tmp_path: Path) -> None:
    """The control: without it an empty report could mean that ROBOT looked at nothing."""
    without = [t for t in triples_of(made) if t.predicate != ns.RDFS_LABEL]
    (tmp_path / "milia.nt").write_bytes(ntriples(without))
    rows = report(tmp_path / "milia.nt", tmp_path / "report.tsv")
    found = {row["Subject"] for row in rows if row["Rule Name"] == "missing_label"}
    assert any("MILIA_0000001" in subject or "MILIA:0000001" in subject for subject in found)


PROFILES = ("DL", "EL")


@pytest.mark.needs("robot")
@pytest.mark.parametrize("profile", PROFILES)
def test_the_release_is_in_the_profile(folder: Path, tmp_path: Path, profile: str) -> None:
    assert len(PROFILES) == 2
    target = tmp_path / "profile.txt"
    done = robot(
        *("validate-profile", "--profile", profile),
        *("--input", folder / "milia.owl", "--output", target),
    )
    assert done.returncode == 0, target.read_text() if target.exists() else done.stdout
    assert "[Ontology and imports closure in profile]" in target.read_text()


@pytest.mark.needs("robot")
def test_elk_finds_the_hierarchy_that_is_released(made: Release, tmp_path: Path) -> None:
    triples = triples_of(made)
    inferred = inferred_pairs(triples)
    assert inferred
    asserted = [
        t
        for t in triples
        if t.predicate != ns.RDFS_SUBCLASSOF
        or (str(t.subject)[1:-1], str(t.object)[1:-1]) not in inferred
    ]
    marks = {t.subject for t in triples if t.predicate == ns.IS_INFERRED}
    asserted = [t for t in asserted if t.subject not in marks]
    (tmp_path / "asserted.nt").write_bytes(ntriples(asserted))
    target = tmp_path / "elk.ttl"
    done = robot(
        *("reason", "--reasoner", "ELK", "--input", tmp_path / "asserted.nt"),
        *("--equivalent-classes-allowed", "all", "--output", target),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    by_elk = [q.triple for q in ox.parse(target.read_bytes(), format=ox.RdfFormat.TURTLE)]
    ours, theirs = closure(named_pairs(triples)), closure(named_pairs(by_elk))
    assert not inferred <= closure(named_pairs(asserted)), "the reasoner had nothing to find"
    assert ours == theirs


def inferred_pairs(triples: list[ox.Triple]) -> Pairs:
    parts: dict[object, dict[ox.NamedNode, object]] = defaultdict(dict)
    for triple in triples:
        if isinstance(triple.subject, ox.BlankNode):
            parts[triple.subject][triple.predicate] = triple.object
    return {
        (str(p[ns.OWL_ANNOTATED_SOURCE])[1:-1], str(p[ns.OWL_ANNOTATED_TARGET])[1:-1])
        for p in parts.values()
        if ns.IS_INFERRED in p
    }


def named_pairs(triples: Iterable[ox.Triple]) -> Pairs:
    return {
        (t.subject.value, t.object.value)
        for t in triples
        if t.predicate == ns.RDFS_SUBCLASSOF
        and isinstance(t.subject, ox.NamedNode)
        and isinstance(t.object, ox.NamedNode)
        and t.object != ns.named("owl:Thing")
    }


def closure(pairs: Pairs) -> Pairs:
    above: dict[str, set[str]] = defaultdict(set)
    for below, up in pairs:
        above[below].add(up)
    found = set()
    for start in list(above):
        waiting, seen = list(above[start]), set()
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                waiting += above.get(node, ())
        found |= {(start, node) for node in seen}
    return found


@pytest.mark.needs("jena")
@pytest.mark.parametrize("name", FULL)
def test_jena_reads_the_graph_of_the_manifest(
    folder: Path, manifest: dict[str, dict[str, object]], name: str
) -> None:
    assert len(FULL) == 4
    done = run(java(), "-cp", f"{JVM}/jena/*", "riotcmd.riot", "--output=nt", folder / name)
    assert done.returncode == 0, done.stderr
    assert "ERROR" not in done.stderr
    triples = [q.triple for q in ox.parse(done.stdout, format=ox.RdfFormat.N_TRIPLES)]
    assert len(triples) == manifest["graph"]["triples"]
    assert digest(triples) == manifest["graph"]["sha256"]


RAPPER = {"milia.ttl": "turtle", "milia.nt": "ntriples", "milia.owl": "rdfxml"}


@pytest.mark.needs("rapper")
@pytest.mark.parametrize("name", RAPPER)
def test_rapper_counts_the_triples_of_the_manifest(
    folder: Path, manifest: dict[str, dict[str, object]], name: str
) -> None:
    assert len(RAPPER) == 3
    done = run("rapper", "--quiet", "--input", RAPPER[name], "--output", "ntriples", folder / name)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == manifest["graph"]["triples"]
