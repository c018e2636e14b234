"""A doctored table: each thing that can befall a target is found, and a repair is proposed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from milia_onto.edges.mapping_files import read_table
from milia_onto.mappings.authority import Authorities, name_key, respelt
from milia_onto.mappings.compare import findings, verdicts
from milia_onto.mappings.model import STATES, Entry, Mapping, Table
from milia_onto.mappings.read import read_set
from milia_onto.mappings.repair import as_sssom, proposals
from milia_onto.mappings.tables import read
from milia_onto.model.values import Place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result

PREFIXES = {"MILIA": "https://w3id.org/milia/MILIA_", "X": "https://example.org/x/"}
PREFIXES |= {"skos": "http://www.w3.org/2004/02/skos/core#"}
EXACT, BROAD, NARROW = "skos:exactMatch", "skos:broadMatch", "skos:narrowMatch"
TABLE = """\
id	label	synonyms	xrefs	obsolete	replaced_by	consider	alt_ids
X:1	milia			n
X:2	keratin milia	milk spots		n
X:3	skin ulcer			n
X:4	obsolete milia of lid			y	X:14
X:14	eyelid milia			n
X:5	obsolete old cyst			y
X:6	obsolete cyst			y	X:16|X:17
X:16	skin cyst			n
X:17	mucosal cyst			n
X:7	obsolete bump			y	X:18
X:8	obsolete lump			y	X:18
X:18	bump or lump			n
X:19	papule			n			X:9
X:21	obsolete nodule			y		X:16|X:17
X:22	obsolete sac			y		X:16
X:23	OBSOLETE: withdrawn by its label only			n
X:24	moved milia			n
X:25				n
X:26	obsolete eyelid milia			y
"""
# target, label when reviewed, state, what is proposed: predicate, object (for exactMatch)
CASES = [
    ("X:1", "milia", "same", []),
    ("X:1", "", "same", []),
    ("X:25", "anything", "same", []),
    ("Y:1", "elsewhere", "uncovered", []),
    ("X:2", "milk spots", "relabelled", [(EXACT, "X:2")]),
    ("X:3", "blister", "relabelled", [(EXACT, "X:3")]),
    ("X:3", "moved milia", "relabelled", [(EXACT, "X:24")]),
    ("X:4", "milia of lid", "replaced", [(EXACT, "X:14")]),
    ("X:5", "old cyst", "obsolete", [(EXACT, "sssom:NoTermFound")]),
    ("X:22", "sac", "obsolete", [(EXACT, "X:16")]),
    ("X:23", "withdrawn by its label only", "obsolete", [(EXACT, "sssom:NoTermFound")]),
    ("X:26", "eyelid milia", "obsolete", [(EXACT, "X:14")]),
    ("X:6", "cyst", "split", [(NARROW, "X:16"), (NARROW, "X:17")]),
    ("X:21", "nodule", "split", [(NARROW, "X:16"), (NARROW, "X:17")]),
    ("X:7", "bump", "merged", [(BROAD, "X:18")]),
    ("X:9", "spot", "merged", [(BROAD, "X:19")]),
    ("X:99", "vanished", "gone", [(EXACT, "sssom:NoTermFound")]),
    ("X:99", "moved milia", "gone", [(EXACT, "X:24")]),
]


def mapping(target: str, label: str, predicate: str = EXACT, *, negated: bool = False) -> Mapping:
    place = Place("a.tsv", 7)
    return Mapping(place, "MILIA:0000001", "milia", predicate, negated, target, label, 0.8)


def table(text: str = TABLE, name: str = "x") -> Table:
    lines = text.splitlines()
    width = lines[0].count("\t")
    return read(name, iter([line + "\t" * (width - line.count("\t")) for line in lines]))


@pytest.mark.parametrize(("target", "label", "state", "proposed"), CASES)
def test_what_befell_a_target_is_found_and_a_repair_proposed(
    target: str, label: str, state: str, proposed: list[tuple[str, str]]
) -> None:
    assert len(CASES) == 18
    assert {case[2] for case in CASES} == set(STATES)
    (verdict,) = verdicts([mapping(target, label)], Authorities([table()]))
    assert verdict.state == state
    rows = list(proposals([verdict]))
    assert [(row.predicate, row.object) for row in rows] == proposed
    assert all(0 < row.confidence < 0.8 for row in rows)
    (finding,) = findings([verdict])
    assert (finding.check, str(finding.place)) == (f"mapping-{state}", "a.tsv:7")
    assert (finding.severity == "violation") == bool(proposed) == bool(finding.fix)


def test_a_table_that_is_a_slice_proves_no_absence() -> None:
    for tables, partial in (([table(name="x_slice")], ()), ([table()], ("X",))):
        (verdict,) = verdicts([mapping("X:99", "vanished")], Authorities(tables, partial))
        assert verdict.state == "uncovered"


def test_terms_that_a_table_borrows_prove_no_absence() -> None:
    borrowed = TABLE.replace("X:25\t", "Y:25\t")
    (verdict,) = verdicts([mapping("Y:1", "vanished")], Authorities([table(borrowed)]))
    assert verdict.state == "uncovered"


@pytest.mark.parametrize("predicate", [EXACT, BROAD, NARROW])
def test_what_is_denied_stays_denied(predicate: str) -> None:
    judged = verdicts(
        [mapping(target, "x", predicate, negated=True) for target in ("X:6", "X:7")],
        Authorities([table()]),
    )
    rows = list(proposals(judged))
    assert len(rows) == 3
    assert {row.predicate for row in rows} == {predicate}
    assert as_sssom(rows, PREFIXES).count("\tNot\t") == 3


def test_proposals_are_a_set_that_can_be_read() -> None:
    stale = [mapping(target, label) for target, label, _, proposed in CASES if proposed]
    judged = verdicts(stale, Authorities([table()]))
    text = as_sssom(proposals(judged), PREFIXES)
    assert as_sssom(reversed(list(proposals(judged))), PREFIXES) == text
    found = read_set("proposals", text)
    # Four say that nothing was found.
    assert len(found.rows) == 13
    assert {row.object for row in found.rows} == {
        *(o for *_, proposed in CASES for _, o in proposed if o != "sssom:NoTermFound")
    }


OBO = """\
format-version: 1.4
ontology: x

[Term]
id: X:1
name: milia
synonym: "\\"milk\\" spots" EXACT []
xref: SNOMEDCT_US:254679001 "x"
is_a: X:2 ! cyst
alt_id: X:9

[Typedef]
id: part_of
name: part of

[Term]
id: X:3
name: obsolete spot
is_obsolete: true
replaced_by: X:1
consider: X:2
"""


def test_an_obo_file_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "x.obo"
    path.write_text(OBO, encoding="utf-8")
    found = read_table(path)
    first = Entry(
        "X:1",
        "milia",
        ('"milk" spots',),
        ("SCTID:254679001",),
        alternatives=("X:9",),
        parents=("X:2",),
    )
    second = Entry("X:3", "obsolete spot", obsolete=True, replaced_by=("X:1",), consider=("X:2",))
    assert found.entries == (first, second)


TURTLE = """\
@prefix obo: <http://purl.obolibrary.org/obo/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
obo:HP_1 a owl:Class ; rdfs:label "milia" .
obo:HP_2 a owl:Class ; rdfs:label "obsolete spot" ; owl:deprecated true ; obo:IAO_0100001 obo:HP_1 .
"""


def test_an_ontology_in_rdf_is_a_table(tmp_path: Path) -> None:
    path = tmp_path / "hp.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    found = {entry.id: entry for entry in read_table(path).entries}
    assert found["HP:1"] == Entry("HP:1", "milia")
    old = found["HP:2"]
    assert (old.label, old.obsolete, old.replaced_by) == ("obsolete spot", True, ("HP:1",))


SPELT = [
    ("SNOMEDCT_US_2025_09_01:1", "SCTID:1"),
    ("UMLS_CUI:C1", "UMLS:C1"),
    ("mesh:D1", "MESH:D1"),
    ("MIM:1", "OMIM:1"),
    ("ORDO:1", "ORPHA:1"),
    ("ICD10:L72.0", "ICD10WHO:L72.0"),
    ("ICD10CM:L72.0", "ICD10CM:L72.0"),
    ('"MESH:D1', "MESH:D1"),
]


@pytest.mark.parametrize(("theirs", "ours"), SPELT)
def test_prefixes_of_others_are_respelt(theirs: str, ours: str) -> None:
    assert len(SPELT) == 8
    assert respelt(theirs) == ours


def test_names_are_compared_without_the_mark_of_withdrawal() -> None:
    assert name_key("obsolete Milia-like  cyst") == name_key("milia like cyst")
    assert name_key("obsolescent") == "obsolescent"


SET = """\
#curie_map:
#  MILIA: "https://w3id.org/milia/MILIA_"
#  X: "https://example.org/x/"
#license: https://creativecommons.org/licenses/by/4.0/
subject_id	subject_label	predicate_id	object_id	object_label	mapping_justification
MILIA:0000001	milia	skos:exactMatch	X:1	milia	semapv:ManualMappingCuration
MILIA:0000001	milia	skos:relatedMatch	X:4	milia of lid	semapv:ManualMappingCuration
"""


def test_the_command(tmp_path: Path, milia_onto: Callable[..., Result]) -> None:
    mine, authority, out = tmp_path / "a.sssom.tsv", tmp_path / "x.tsv", tmp_path / "out.tsv"
    mine.write_text(SET, encoding="utf-8")
    width = TABLE.split("\n", maxsplit=1)[0].count("\t")
    lines = [line + "\t" * (width - line.count("\t")) for line in TABLE.splitlines()]
    authority.write_text("\n".join(lines) + "\n", encoding="utf-8")
    call = ("mappings", "check", mine, "--against", authority)
    answer = milia_onto(*call, "--proposals", out)
    assert answer.code == 1
    assert f"{mine}:7: violation: X:4 “milia of lid” is obsolete, with a replacement" in answer.out
    assert "2 mappings: 1 replaced, 1 same" in answer.err
    proposed = read_set("out", out.read_text(encoding="utf-8")).rows
    assert [(row.object, row.object_label) for row in proposed] == [("X:14", "eyelid milia")]
    assert milia_onto(*call, "--proposals", "-").out == out.read_text(encoding="utf-8")
    assert sorted(tmp_path.iterdir()) == sorted([mine, authority, out])
    records = json.loads(milia_onto(*call, "--format", "json").out)
    assert [record["check"] for record in records] == ["mapping-replaced", "mapping-same"]
    listed = milia_onto(*call, "--format", "tsv").out.splitlines()
    assert len(listed) == 3
    mine.write_text(SET.replace("X:4\tmilia of lid", "X:14\teyelid milia"), encoding="utf-8")
    answer = milia_onto(*call, "--proposals", out)
    assert (answer.code, answer.out) == (0, "")
    assert read_set("out", out.read_text(encoding="utf-8")).rows == ()
    answer = milia_onto(*call, "--proposals", tmp_path / "none" / "x.tsv")
    assert (answer.code, answer.out, answer.err.count("\n")) == (3, "", 1)


WRONG_TABLES = [
    ("name\tlabel\nX:1\tx\n", "has no column id"),
    ("id\tlabel\nX:1\n", "1 cells where the header has 2"),
    ("id\tlabel\nX1\tx\n", "“X1” is no CURIE"),
    ("id\tlabel\nX:1\t=1+1\n", "the label is a spreadsheet formula"),
    ("id\tlabel\tobsolete\nX:1\tx\tmaybe\n", "obsolete is “maybe”"),
    ("", "has no column id, label"),
]


@pytest.mark.parametrize(("text", "told"), WRONG_TABLES)
def test_a_broken_table_is_refused_in_one_line(
    text: str, told: str, tmp_path: Path, milia_onto: Callable[..., Result]
) -> None:
    assert len(WRONG_TABLES) == 6
    mine, authority = tmp_path / "a.sssom.tsv", tmp_path / "x.tsv"
    mine.write_text(SET, encoding="utf-8")
    authority.write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    answer = milia_onto("mappings", "check", mine, "--against", authority, "--proposals", out)
    assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1)
    assert told in answer.err
    assert not out.exists()
