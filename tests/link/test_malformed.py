"""Malformed vocabularies: one clear line with file and line, exit 2 or 3, nothing written."""

from __future__ import annotations

import gzip
import random
import re
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.link import vocabularies

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result


class Case(NamedTuple):
    name: str
    data: bytes
    code: int
    says: str


HEADER = b"id\tlabel\n"
GOOD = b"MILIA:1\tmilia\n"
TURTLE = b"@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
OWL = b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
ENTITIES = (
    b'<?xml version="1.0"?>\n<!DOCTYPE rdf:RDF [\n<!ENTITY a "aaaaaaaaaa">\n'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">\n]>\n' + OWL + b">&b;</rdf:RDF>"
)
OUTSIDE = (
    b'<!DOCTYPE rdf:RDF [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + OWL + b">&x;</rdf:RDF>"
)
BOMB = b"# a: &a [x,x,x,x,x,x,x,x,x]\n# b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
ROWS = b"subject_id\tpredicate_id\tobject_id\n"
CASES = {
    "empty": Case("a.tsv", b"", 1, r"a\.tsv:1: the file is empty"),
    "latin-1": Case("a.tsv", HEADER + GOOD + b"MILIA:2\tna\xefve\n", 1, r"a\.tsv:3: not UTF-8 at byte 11"),
    "utf-16": Case("a.tsv", "id\tlabel\n".encode("utf-16"), 1, r"a\.tsv:1: the text is UTF-16"),
    "binary": Case("a.tsv", HEADER + b"\x00\x01\x02\n", 1, r"a\.tsv:2: the file is binary"),
    "a short row": Case("a.tsv", HEADER + b"MILIA:1\n", 1, r"a\.tsv:2: the row has 1 cells, the header 2"),
    "a long row": Case("a.csv", b"id,label\nMILIA:1,milia,x\n", 1, r"a\.csv:2: the row has 3 cells"),
    "no label column": Case("a.tsv", b"id\tother\n", 2, r"a\.tsv:1: no column holds the label; say --columns label=NAME"),
    "no id column": Case("a.csv", b"x,label\n", 2, r"a\.csv:1: no column holds the id"),
    "an undeclared prefix": Case("a.tsv", HEADER + GOOD + b"WARD:1\tmilia\n", 2, r"a\.tsv:3: the prefix WARD is not declared; say --prefix WARD=IRI"),
    "no identifier": Case("a.tsv", HEADER + b"\tmilia\n", 2, r"a\.tsv:2: “” is no identifier"),
    "a formula for a name": Case("a.csv", b"id,label\nMILIA:1,milia\nMILIA:2,=cmd|' /C calc'!A0\n", 1, r"a\.csv:3: “=cmd\|' /C calc'!A0” is a formula"),
    "a formula behind a sign": Case("a.csv", b"id,label\nMILIA:2,+cmd|x\n", 1, r"a\.csv:2: .* is a formula"),
    "a formula for an identifier": Case("a.csv", b"id,label\n=1+1,milia\n", 2, r"a\.csv:2: “=1\+1” is no identifier"),
    "a formula in OBO": Case("a.obo", b"format-version: 1.4\n\n[Term]\nid: MILIA:1\nname: @SUM(1)\n", 1, r"a\.obo:3: “@SUM\(1\)” is a formula"),
    "an open quote": Case("a.csv", b'id,label\nMILIA:1,"milia\n', 1, r"a\.csv:\d: not CSV"),
    "a line of 100 MB": Case("a.tsv", HEADER + b"x" * 100_000_000, 1, r"a\.tsv:2: the line is longer than 1048576 bytes"),
    "gzip cut": Case("a.tsv.gz", gzip.compress(HEADER + random.Random(1).randbytes(9999).hex().encode())[:-99], 1, r"the gzip is damaged or cut"),
    "gzip damaged": Case("a.tsv.gz", b"\x1f\x8bnothing", 1, r"the gzip is damaged or cut"),
    "YAML aliases": Case("a.sssom.tsv", BOMB + ROWS, 1, r"a\.sssom\.tsv:1: the header is not plain YAML: anchors are not read"),
    "no YAML": Case("a.sssom.tsv", b"# a: [\n" + ROWS, 1, r"a\.sssom\.tsv:\d: the header is not plain YAML"),
    "deep YAML": Case("a.sssom.tsv", b"# " + b"[" * 9000 + b"\n" + ROWS, 1, r"a\.sssom\.tsv:\d+: the header is not plain YAML"),
    "SSSOM without a column": Case("a.sssom.tsv", b"subject_id\tobject_id\n", 2, r"a\.sssom\.tsv:1: no column predicate_id"),
    "SSSOM with an undeclared prefix": Case("a.sssom.tsv", ROWS + b"X:1\tskos:exactMatch\tMILIA:0000001\n", 2, r"a\.sssom\.tsv:2: the prefix X is not declared"),
    "JSON cut": Case("a.json", b'{"graphs": [{"nodes": [{"id": "http', 1, r"a\.json: not JSON"),
    "deep JSON": Case("a.json", b'{"graphs": ' + b"[" * 100_000, 1, r"nested deeper than 200|not JSON"),
    "a long text in JSON": Case("a.json", b'{"graphs": ["' + b"x" * 2_000_000 + b'"]}', 1, r"a text of the JSON is longer"),
    "another FHIR resource": Case("a.json", b'{"resourceType": "ValueSet", "url": "http://x"}', 1, r"the FHIR resource is a ValueSet"),
    "a CodeSystem without url": Case("a.json", b'{"resourceType": "CodeSystem", "concept": []}', 1, r"the CodeSystem has no url"),
    "other JSON": Case("a.json", b'{"x": 1}', 2, r"which JSON this is cannot be told"),
    "Turtle cut": Case("a.ttl", TURTLE + b"<http://x> rdfs:label", 1, r"a\.ttl:\d: not turtle"),
    "Turtle with an undeclared prefix": Case("a.ttl", b'x:y x:z "a" .\n', 1, r"a\.ttl:1: not turtle: .*prefix"),
    "RDF/XML cut": Case("a.owl", OWL + b">\n", 1, r"a\.owl:2: not rdfxml: no element found"),
    "nested entities": Case("a.owl", ENTITIES, 1, r"a\.owl:4: the entity b is made of others"),
    "an entity outside": Case("a.owl", OUTSIDE, 1, r"a\.owl:1: the entity x is made of others or lies outside"),
    "OWL functional syntax": Case("a.ofn", b"Prefix(:=<http://x>)\n", 2, r"OWL functional syntax is not read"),
    "OBO without an id": Case("a.obo", b"format-version: 1.4\n[Term]\nname: milia\n", 1, r"a\.obo:2: not OBO: a \[Term\] without id"),
    "OBO with a bare synonym": Case("a.obo", b"[Term]\nid: MILIA:1\nsynonym: milk spot EXACT\n", 1, r"a\.obo:3: not OBO: the synonym is not quoted"),
    "OBO with a bare line": Case("a.obo", b"format-version: 1.4\nnothing\n", 1, r"a\.obo:2: not OBO"),
    "nothing to tell by": Case("noise", b"\x93\x12 noise", 2, r"the format cannot be told; say --format"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_malformed_input_is_one_line_and_nothing_is_written(
    name: str, tmp_path: Path, milia_onto: Callable[..., Result]
):
    assert len(CASES) == 39
    case = CASES[name]
    path, review = tmp_path / case.name, tmp_path / "review.tsv"
    path.write_bytes(case.data)
    answer = milia_onto("link", path, "--review", review)
    assert (answer.code, answer.out) == (case.code, ""), answer.err
    assert re.fullmatch(r"milia-onto link: [^\n]+\n", answer.err), answer.err
    assert re.search(case.says, answer.err), answer.err
    assert len(answer.err) < 600
    assert not review.exists()


CALLS = {
    "no such column": (["--columns", "label=Title"], 2, r"no column is called Title; its columns are id, label"),
    "no such role": (["--columns", "colour=label"], 2, r"no role is called colour"),
    "no pair": (["--columns", "label"], 2, r"“label” is not NAME=VALUE"),
    "no number": (["--min-confidence", "2"], 2, r"“2” is not a number from 0 to 1"),
    "no release": (["--release", "nowhere"], 3, r"nowhere/terms\.jsonld: cannot be read"),
    "an unwritable review": (["--review", "nowhere/r.tsv"], 3, r"nowhere/r\.tsv: cannot be written"),
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_wrong_calls(name: str, tmp_path: Path, milia_onto: Callable[..., Result]):
    assert len(CALLS) == 6
    path = tmp_path / "a.tsv"
    path.write_text(vocabularies.table("tsv").replace("EX:", "MILIA:"), encoding="utf-8")
    arguments, code, says = CALLS[name]
    answer = milia_onto("link", path, *arguments)
    assert (answer.code, answer.out) == (code, "")
    assert re.search(says, answer.err), answer.err


def test_a_missing_file(tmp_path: Path, milia_onto: Callable[..., Result]):
    answer = milia_onto("link", tmp_path / "none.tsv")
    assert (answer.code, answer.out) == (3, "")
    assert "none.tsv: cannot be read: No such file" in answer.err
