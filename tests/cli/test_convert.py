"""``convert``: any syntax to any other, whole or not at all."""

from __future__ import annotations

import io
import subprocess
import sys
from itertools import product
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from milia_onto.model.formats import BY_NAME, FORMATS
from milia_onto.stages.canonical import digest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result

TURTLE = """@prefix MILIA: <https://w3id.org/milia/MILIA_> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
MILIA:0000001 rdfs:label "milia"@en , "Милиум \\"so\\" \\n"@ru , "01"^^<http://www.w3.org/2001/XMLSchema#integer> ;
    rdfs:subClassOf [ a owl:Restriction ; owl:someValuesFrom <urn:x> ] ; rdfs:seeAlso ( 1 "two" <urn:3> ) .
"""
TRIG = "<urn:a> <urn:b> <urn:c> . <urn:g> { <urn:a> <urn:b> <urn:d> }"
GRAPHS = [entry.name for entry in FORMATS if entry.holds == "graph"]
DATASETS = [entry.name for entry in FORMATS if entry.holds == "dataset"]
SUFFIX = {entry.name: entry.suffixes[0] for entry in FORMATS}


def parse(path: Path, name: str) -> list[ox.Quad]:
    form = ox.RdfFormat.from_media_type(BY_NAME[name].media_type)
    assert form
    return list(ox.parse(path.read_bytes(), format=form))


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    path = tmp_path / "graph.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    return path


@pytest.mark.parametrize(("first", "second"), list(product(BY_NAME, BY_NAME)))
def test_a_graph_survives_every_pair_of_syntaxes(
    milia_onto: Callable[..., Result], graph: Path, tmp_path: Path, first: str, second: str
) -> None:
    assert len(BY_NAME) == 7
    one, two = tmp_path / f"one{SUFFIX[first]}", tmp_path / f"two{SUFFIX[second]}"
    assert milia_onto("convert", graph, "--out", one) == milia_onto("convert", one, "--out", two)
    expected = digest(quad.triple for quad in parse(graph, "turtle"))
    assert digest(quad.triple for quad in parse(two, second)) == expected


def test_nothing_is_said_where_all_went_well(
    milia_onto: Callable[..., Result], graph: Path, tmp_path: Path
) -> None:
    result = milia_onto("convert", graph, "--out", tmp_path / "o.nt")
    assert (result.code, result.out, result.err) == (0, "", "")


def test_n_quads_on_standard_output_where_nothing_is_said(
    milia_onto: Callable[..., Result], graph: Path
) -> None:
    result = milia_onto("convert", graph)
    assert result.code == 0
    found = list(ox.parse(result.out.encode(), format=ox.RdfFormat.N_QUADS))
    assert len(found) == 13


def test_turtle_comes_with_readable_prefixes(
    milia_onto: Callable[..., Result], graph: Path
) -> None:
    out = milia_onto("convert", graph, "--to", "turtle").out
    assert "rdfs:subClassOf" in out


@pytest.mark.parametrize(("first", "second"), list(product(DATASETS, DATASETS)))
def test_named_graphs_survive_where_the_syntax_has_them(
    milia_onto: Callable[..., Result], tmp_path: Path, first: str, second: str
) -> None:
    assert len(DATASETS) == 3
    (tmp_path / "d.trig").write_text(TRIG)
    one, two = tmp_path / f"one{SUFFIX[first]}", tmp_path / f"two{SUFFIX[second]}"
    assert milia_onto("convert", tmp_path / "d.trig", "--out", one).code == 0
    assert milia_onto("convert", one, "--out", two).code == 0
    assert {str(quad.graph_name) for quad in parse(two, second)} == {"DEFAULT", "<urn:g>"}
    assert len(parse(two, second)) == 2


@pytest.mark.parametrize("name", GRAPHS)
def test_named_graphs_are_refused_where_the_syntax_has_none(
    milia_onto: Callable[..., Result], tmp_path: Path, name: str
) -> None:
    assert len(GRAPHS) == 4
    (tmp_path / "d.trig").write_text(TRIG)
    out = tmp_path / "out"
    result = milia_onto("convert", tmp_path / "d.trig", "--to", name, "--out", out)
    assert result.code == 1
    assert f"holds the named graph <urn:g>, which {name} cannot" in result.err
    assert "d.trig" in result.err
    assert not out.exists()


TRIPLE_TERM = "<urn:a> <urn:b> <<( <urn:c> <urn:d> <urn:e> )>> ."


@pytest.mark.parametrize("name", BY_NAME)
def test_a_triple_term_is_written_or_refused_in_one_line(
    milia_onto: Callable[..., Result], tmp_path: Path, name: str
) -> None:
    assert len(BY_NAME) == 7
    (tmp_path / "t.ttl").write_text(TRIPLE_TERM)
    out = tmp_path / "out"
    result = milia_onto("convert", tmp_path / "t.ttl", "--to", name, "--out", out)
    if name in {"jsonld", "n3"}:
        term = "<<( <urn:c> <urn:d> <urn:e> )>>"
        assert (result.code, out.exists()) == (1, False)
        assert f"t.ttl: holds the RDF 1.2 triple term {term}, which {name} cannot" in result.err
        assert result.err.count("\n") == 1
    else:
        assert (result.code, result.err) == (0, "")
        assert len(parse(out, name)) == 1


def test_bad_input_is_named_and_writes_nothing(
    spawn: Callable[..., Result], bad_files: Path, bad_file: tuple[str, int], tmp_path: Path
) -> None:
    name, line = bad_file
    out = tmp_path / "out.nt"
    for call in (["--out", out], ["--to", "nt"]):
        result = spawn("convert", bad_files / name, *call)
        assert (result.code, result.out) == (1, "")
        assert f"{name}:{line}: not " in result.err or f"{name}: not " in result.err
        assert result.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_half_broken_input_leaves_the_old_output(
    milia_onto: Callable[..., Result], tmp_path: Path
) -> None:
    lines = "".join(f"<urn:{n}> <urn:p> <urn:o> .\n" for n in range(50_000))
    (tmp_path / "in.nt").write_text(f"{lines}broken\n")
    (tmp_path / "out.nt").write_text("old")
    result = milia_onto("convert", tmp_path / "in.nt", "--out", tmp_path / "out.nt")
    assert result.code == 1
    assert "in.nt:50001" in result.err
    assert (tmp_path / "out.nt").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.nt", "out.nt"]


def test_deep_nesting_is_no_danger(spawn: Callable[..., Result], tmp_path: Path) -> None:
    deep = "<urn:a> <urn:b> " + "[ <urn:b> " * 50_000 + "1" + " ]" * 50_000 + " ."
    (tmp_path / "deep.ttl").write_text(deep)
    result = spawn("convert", tmp_path / "deep.ttl", "--to", "nt")
    assert result.code == 0
    assert result.out.count("\n") == 50_001


def test_a_base_makes_relative_iris_absolute(
    milia_onto: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "r.ttl").write_text("<a> <b> <../c> .")
    assert milia_onto("convert", tmp_path / "r.ttl").code == 1
    result = milia_onto("convert", tmp_path / "r.ttl", "--base", "http://x.org/d/e")
    assert result.out == "<http://x.org/d/a> <http://x.org/d/b> <http://x.org/c> .\n"


def test_a_base_that_is_no_iri_is_a_wrong_call(
    milia_onto: Callable[..., Result], graph: Path
) -> None:
    result = milia_onto("convert", graph, "--base", "not an IRI")
    assert result.code == 2
    assert "not an IRI" in result.err
    assert result.err.count("\n") == 1


def test_from_wins_over_the_suffix(milia_onto: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "x.owl").write_text("<urn:a> <urn:b> <urn:c> .")
    assert milia_onto("convert", tmp_path / "x.owl", "--from", "turtle").out.startswith("<urn:a>")


def test_standard_input_is_read(spawn: Callable[..., Result]) -> None:
    result = spawn("convert", "-", "--from", "turtle", "--to", "nt", stdin=TURTLE.encode())
    assert (result.code, result.err) == (0, "")
    assert result.out.count("\n") == 13


SURROUNDINGS = [
    ("missing input", "none.ttl", "out.nt", "none.ttl"),
    ("input a folder", "folder.ttl", "out.nt", "folder.ttl"),
    ("output folder missing", "graph.ttl", "none/out.nt", "none/out.nt"),
    ("output a folder", "graph.ttl", "folder.ttl", "folder.ttl"),
    ("output below a file", "graph.ttl", "graph.ttl/out.nt", "graph.ttl/out.nt"),
]


@pytest.mark.parametrize(
    ("source", "out", "named"), [pytest.param(*rest, id=name) for name, *rest in SURROUNDINGS]
)
def test_what_the_disk_refuses_is_exit_code_3(
    milia_onto: Callable[..., Result],
    graph: Path,
    tmp_path: Path,
    source: str,
    out: str,
    named: str,
) -> None:
    assert len(SURROUNDINGS) == 5
    (tmp_path / "folder.ttl").mkdir()
    before = sorted(tmp_path.iterdir())
    result = milia_onto("convert", tmp_path / source, "--out", tmp_path / out)
    assert (result.code, result.out) == (3, "")
    assert str(tmp_path / named) in result.err
    assert result.err.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before


def test_the_input_may_be_the_output(milia_onto: Callable[..., Result], graph: Path) -> None:
    assert milia_onto("convert", graph, "--out", graph).code == 0
    assert len(parse(graph, "turtle")) == 13


def test_a_reader_that_leaves_early_is_no_failure(tmp_path: Path) -> None:
    path = tmp_path / "in.nt"
    path.write_text("".join(f"<urn:{n}> <urn:p> <urn:o> .\n" for n in range(50_000)))
    command = [sys.executable, "-m", "milia_onto", "convert", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read().decode()
        assert (process.wait(), err) == (0, "")


def test_the_bytes_are_those_of_the_release(
    milia_onto: Callable[..., Result], home: Path, tmp_path: Path
) -> None:
    out = tmp_path / "milia.nt"
    assert milia_onto("convert", home / "build" / "milia.nt", "--out", out).code == 0
    lines = out.read_bytes().splitlines()
    assert sorted(lines) == sorted((home / "build" / "milia.nt").read_bytes().splitlines())
    assert io.BytesIO(out.read_bytes()).readline().endswith(b" .\n")
