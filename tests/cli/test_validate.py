"""``validate``: the sources, or any RDF file against the shapes of the release."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import rdflib

from milia_onto.cli.findings import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result

HEAD = """@prefix IAO: <http://purl.obolibrary.org/obo/IAO_> .
@prefix MILIA: <https://w3id.org/milia/MILIA_> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix semapv: <https://w3id.org/semapv/vocab/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sssom: <https://w3id.org/sssom/> .
"""
GOOD = f"""{HEAD}
<https://example.org/D77>
    a owl:Class ;
    rdfs:label "milia of the chin"@en ;
    IAO:0000115 "Milia that sit in the skin of the chin."@en ;
    skos:definition "Milia that sit in the skin of the chin."@en ;
    IAO:0000119 <https://example.org/atlas> ;
    rdfs:subClassOf MILIA:0000001 .

<https://example.org/m1> a sssom:Mapping ;
    sssom:subject_id <https://example.org/D78> ;
    sssom:predicate_id skos:exactMatch ;
    sssom:object_id MILIA:0000043 ;
    sssom:object_label "milia following dermabrasion" ;
    sssom:mapping_justification semapv:LexicalMatching ;
    sssom:confidence 0.8 .
"""
BAD = GOOD.replace('    rdfs:label "milia of the chin"@en ;\n', "")


@pytest.fixture
def bad(tmp_path: Path, at_home: Path) -> Path:
    path = tmp_path / "bad.ttl"
    path.write_text(BAD)
    return path


def test_the_sources_are_valid_and_every_finding_is_counted(
    milia_onto: Callable[..., Result], project: Path
) -> None:
    result = milia_onto("validate", "--project", project, "--format", "json")
    assert result.code == 0
    records = json.loads(result.out)
    counts = [sum(r["severity"] == name for r in records) for name in ("violation", "warning")]
    assert counts == [0, 0]
    assert result.err == f"0 violations, 0 warnings, {len(records)} info\n"


def test_data_that_extends_the_ontology_rightly_passes(
    milia_onto: Callable[..., Result], at_home: Path, tmp_path: Path
) -> None:
    (tmp_path / "good.ttl").write_text(GOOD)
    result = milia_onto("validate", tmp_path / "good.ttl")
    assert (result.code, result.out) == (0, "")
    assert result.err == "0 violations, 0 warnings, 0 info\n"


def test_the_release_passes_its_own_shapes(
    milia_onto: Callable[..., Result], at_home: Path
) -> None:
    assert milia_onto("validate", "build/milia.ttl").code == 0


def test_a_term_without_a_label_is_named_with_file_and_line(
    milia_onto: Callable[..., Result], bad: Path
) -> None:
    result = milia_onto("validate", bad)
    assert result.code == 1
    line = next(n for n, text in enumerate(BAD.splitlines(), 1) if text.endswith("D77>"))
    assert f"{bad}:{line}: violation: " in result.out
    assert "https://example.org/D77" in result.out
    assert "why: " in result.out


def test_findings_as_json(milia_onto: Callable[..., Result], bad: Path) -> None:
    records = json.loads(milia_onto("validate", bad, "--format", "json").out)
    assert {tuple(record) for record in records} == {COLUMNS}
    (label,) = [r for r in records if r["check"] == "ExtensionTerm-label"]
    assert label["severity"] == "violation"
    assert label["entity"] == "https://example.org/D77"
    assert label["property"] == "http://www.w3.org/2000/01/rdf-schema#label"
    assert label["place"].startswith(f"{bad}:")


def test_findings_as_tsv(milia_onto: Callable[..., Result], bad: Path) -> None:
    header, *lines = milia_onto("validate", bad, "--format", "tsv").out.splitlines()
    assert tuple(header.split("\t")) == COLUMNS
    assert lines
    assert {line.count("\t") for line in lines} == {len(COLUMNS) - 1}


def test_findings_as_a_shacl_report(milia_onto: Callable[..., Result], bad: Path) -> None:
    result = milia_onto("validate", bad, "--format", "turtle")
    assert result.code == 1
    report = rdflib.Graph().parse(data=result.out, format="turtle")
    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    assert [bool(value) for value in report.objects(None, shacl.conforms)] == [False]
    assert set(report.objects(None, shacl.focusNode)) >= {rdflib.URIRef("https://example.org/D77")}


def test_the_same_findings_every_time(spawn: Callable[..., Result], bad: Path) -> None:
    assert spawn("validate", bad, "--format", "json") == spawn("validate", bad, "--format", "json")


def test_several_files_are_one_graph(
    milia_onto: Callable[..., Result], bad: Path, tmp_path: Path
) -> None:
    label = '<https://example.org/D77> <http://www.w3.org/2000/01/rdf-schema#label> "milia of the chin"@en .'
    (tmp_path / "label.nt").write_text(label)
    records = json.loads(milia_onto("validate", bad, tmp_path / "label.nt", "--format", "json").out)
    assert "ExtensionTerm-label" not in {record["check"] for record in records}


SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <urn:ex:> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:S a sh:NodeShape ; sh:targetClass owl:Class ; sh:property ex:P .
ex:P a sh:PropertyShape ; sh:path rdfs:label ; sh:minCount 1 ; sh:message "no name" .
"""
BROKEN_SHAPES = [
    ("empty", ""),
    ("binary junk", "\x00\x01"),
    ("not Turtle", "ex:S a sh:NodeShape"),
    ("no shape", "<urn:a> <urn:b> <urn:c> ."),
    ("misspelt", SHAPES.replace("minCount", "minCout")),
    ("no path", SHAPES.replace("sh:path rdfs:label ;", "")),
    ("count no number", SHAPES.replace("minCount 1", 'minCount "one"')),
    ("broken pattern", SHAPES.replace("minCount 1", 'pattern "("')),
    ("matches nothing", SHAPES.replace("owl:Class", "owl:Klass")),
]


def test_other_shapes_may_be_used(
    milia_onto: Callable[..., Result], bad: Path, tmp_path: Path
) -> None:
    (tmp_path / "s.ttl").write_text(SHAPES)
    result = milia_onto("validate", bad, "--shapes", tmp_path / "s.ttl", "--format", "json")
    assert result.code == 1
    assert [record["message"] for record in json.loads(result.out)] == ["no name"]


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in BROKEN_SHAPES])
def test_broken_shapes_are_exit_code_1_and_one_line(
    spawn: Callable[..., Result], bad: Path, tmp_path: Path, text: str
) -> None:
    assert len(BROKEN_SHAPES) == 9
    (tmp_path / "s.ttl").write_text(text)
    result = spawn("validate", bad, "--shapes", tmp_path / "s.ttl")
    assert (result.code, result.out) == (1, "")
    assert result.err.count("\n") == 1
    assert result.err.startswith("milia-onto validate: ")


def test_bad_data_is_named_with_its_line(
    spawn: Callable[..., Result], bad_files: Path, bad_file: tuple[str, int]
) -> None:
    name, line = bad_file
    result = spawn("validate", bad_files / name)
    assert (result.code, result.out) == (1, "")
    assert f"{name}:{line}: " in result.err or f"{name}: " in result.err
    assert result.err.count("\n") == 1


# Data that the public shapes cannot judge, though some target objects of any rdf:type
UNRELATED = [
    ("empty", ""),
    ("a person", "<urn:x> a <http://xmlns.com/foaf/0.1/Person> ; rdfs:label 'x' ."),
    ("no type", "<urn:x> rdfs:label 'milia' ."),
]


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in UNRELATED])
def test_data_without_any_term_of_ours_is_said_so(
    milia_onto: Callable[..., Result], at_home: Path, tmp_path: Path, text: str
) -> None:
    assert len(UNRELATED) == 3
    (tmp_path / "x.ttl").write_text(HEAD + text)
    result = milia_onto("validate", tmp_path / "x.ttl")
    assert (result.code, result.out) == (1, "")
    told = (
        "no shape applies to the data; it types, defines, maps or matches nothing with MILIA terms"
    )
    assert result.err == f"milia-onto validate: {told}\n"


def test_a_term_that_is_not_there_is_refused(
    milia_onto: Callable[..., Result], at_home: Path, tmp_path: Path
) -> None:
    (tmp_path / "x.ttl").write_text(HEAD + "<urn:x> a MILIA:9999999 , MILIA:0000006 .")
    result = milia_onto("validate", tmp_path / "x.ttl")
    assert result.code == 1
    assert "no such term is in the data" in result.out
    assert "MILIA_9999999" in result.out


@pytest.mark.parametrize("name", ["void.ttl", "queries/cause-and-cure.ttl"])
def test_files_of_the_release_that_hold_no_terms_are_not_called_valid(
    milia_onto: Callable[..., Result], at_home: Path, name: str
) -> None:
    result = milia_onto("validate", f"build/{name}")
    assert (result.code, result.out) == (1, "")
    assert "no shape applies to the data" in result.err


def test_a_mapping_that_says_nothing_is_judged(
    milia_onto: Callable[..., Result], at_home: Path, tmp_path: Path
) -> None:
    (tmp_path / "x.ttl").write_text(f"{HEAD}<urn:m> a sssom:Mapping .")
    result = milia_onto("validate", tmp_path / "x.ttl")
    assert (result.code, "[ExtensionMapping-subject]" in result.out) == (1, True)


def test_data_that_only_uses_terms_is_judged(
    milia_onto: Callable[..., Result], at_home: Path, tmp_path: Path
) -> None:
    (tmp_path / "x.ttl").write_text(f"{HEAD}<urn:lesion> a MILIA:0000001 .")
    assert milia_onto("validate", tmp_path / "x.ttl").code == 0


# Data that is odd but can be read: no traceback on standard error, whatever the verdict
ODD = [
    ("ill-typed literals", '<https://example.org/a> IAO:0000115 "x"^^<http://www.w3.org/2001/XMLSchema#integer> , "2026-99-99"^^<http://www.w3.org/2001/XMLSchema#date> .'),
    ("triple term", '<https://example.org/a> IAO:0000115 "x"@en ; <urn:q> <<( <urn:c> <urn:d> <urn:e> )>> .'),
    ("direction", '<https://example.org/a> IAO:0000115 "x"@ar--rtl .'),
    ("blank subject", '[] IAO:0000115 "x"@en .'),
    ("circular list", '<https://example.org/a> IAO:0000115 "x"@en ; <urn:q> _:l . _:l rdf:first 1 ; rdf:rest _:l .'),
    ("very long text", '<https://example.org/a> IAO:0000115 "' + "x" * 1_000_000 + '"@en .'),
]  # fmt: skip


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in ODD])
def test_odd_data_gets_a_verdict_and_no_traceback(
    spawn: Callable[..., Result], tmp_path: Path, text: str
) -> None:
    assert len(ODD) == 6
    rdf = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
    (tmp_path / "odd.ttl").write_text(HEAD + rdf + text)
    result = spawn("validate", tmp_path / "odd.ttl", "--format", "json")
    assert result.code in {0, 1}
    assert "Traceback" not in result.err
    assert result.err.count("\n") == 1


def test_missing_files_are_exit_code_3(
    milia_onto: Callable[..., Result], bad: Path, tmp_path: Path
) -> None:
    (tmp_path / "folder.ttl").mkdir()
    for call in (
        [tmp_path / "none.ttl"],
        [tmp_path / "folder.ttl"],
        [bad, "--shapes", tmp_path / "none.ttl"],
        [bad, "--shapes", tmp_path],
    ):
        result = milia_onto("validate", *call)
        assert (result.code, result.out) == (3, "")
        assert result.err.count("\n") == 1


def test_a_folder_that_is_no_project_is_a_wrong_call(
    milia_onto: Callable[..., Result], tmp_path: Path
) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        result = milia_onto("validate", "--project", folder)
        assert result.code == 2
        assert "--project" in result.err


@pytest.mark.parametrize("form", ["text", "tsv", "json", "turtle"])
def test_what_cannot_be_read_is_never_told_as_turtle(
    milia_onto: Callable[..., Result], copy_of_project: Path, form: str
) -> None:
    path = copy_of_project / "ontology" / "milia.ttl"
    path.write_text(path.read_text(encoding="utf-8") + "MILIA:0000999 a .\n", encoding="utf-8")
    result = milia_onto("validate", "--project", copy_of_project, "--format", form)
    told, silent = (result.err, result.out) if form == "turtle" else (result.out, result.err)
    assert result.code == 1
    assert "ontology/milia.ttl:" in told
    assert "not Turtle" in told
    assert "not Turtle" not in silent
    assert result.err.endswith("1 violation, 0 warnings, 0 info\n")
    assert (result.out == "") == (form == "turtle")


SLOW = """@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:S> a sh:NodeShape ; sh:targetSubjectsOf <urn:p> ;
  sh:property [ sh:path <urn:p> ; sh:pattern "(x+x+)+y" ] .
"""


def test_a_check_of_files_ends_at_the_time_limit(
    spawn: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "slow.ttl").write_text(SLOW)
    (tmp_path / "x.nt").write_text(f'<urn:a> <urn:p> "{"x" * 60}" .\n')
    call = ["validate", tmp_path / "x.nt", "--shapes", tmp_path / "slow.ttl", "--time-limit", "5"]
    told = "milia-onto validate: no answer within 5 s; allow more time with --time-limit\n"
    assert spawn(*call, seconds=40) == (4, "", told)


def test_what_is_written_in_a_file_does_not_command_a_terminal(
    milia_onto: Callable[..., Result], tmp_path: Path
) -> None:
    shapes = SLOW.replace("(x+x+)+y", "^y$").replace("<urn:p> ;\n", "<urn:p> ;\n", 1)
    (tmp_path / "shapes.ttl").write_text(shapes)
    (tmp_path / "x.nt").write_text('<urn:a> <urn:p> "\\u001B[2J" .\n')
    result = milia_onto("validate", tmp_path / "x.nt", "--shapes", tmp_path / "shapes.ttl")
    assert result.code == 1
    assert r"\x1b[2J" in result.out
    assert "\x1b" not in result.out + result.err
