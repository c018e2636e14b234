"""`milia-onto link`: one vocabulary in every format, the same candidates; what is refused."""

from __future__ import annotations

import csv
import gzip
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from tests.link import vocabularies

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result

EX = "EX=https://example.org/ex/"


def converted(form: ox.RdfFormat) -> bytes:
    quads = ox.parse(vocabularies.turtle(skos=False), format=ox.RdfFormat.TURTLE)
    return ox.serialize((quad.triple for quad in quads), format=form) or b""


FORMS: dict[str, Callable[[], bytes]] = {
    "a.tsv": lambda: vocabularies.table("tsv").encode(),
    "a.csv": lambda: vocabularies.table("csv").encode(),
    "semicolon.csv": lambda: vocabularies.table("csv").replace(",", ";").encode(),
    "bom.csv": lambda: b"\xef\xbb\xbf" + vocabularies.table("csv").encode(),
    "crlf.csv": lambda: vocabularies.table("csv").replace("\n", "\r\n").encode(),
    "a.tsv.gz": lambda: gzip.compress(vocabularies.table("tsv").encode()),
    "no-suffix": lambda: vocabularies.table("tsv").encode(),
    "a.obo": lambda: vocabularies.obo().encode(),
    "owl.ttl": lambda: vocabularies.turtle(skos=False).encode(),
    "skos.ttl": lambda: vocabularies.turtle(skos=True).encode(),
    "a.owl": lambda: converted(ox.RdfFormat.RDF_XML),
    "a.owl.gz": lambda: gzip.compress(converted(ox.RdfFormat.RDF_XML)),
    "a.nt": lambda: converted(ox.RdfFormat.N_TRIPLES),
    "a.jsonld": lambda: converted(ox.RdfFormat.JSON_LD),
    "graph.json": lambda: vocabularies.obograph().encode(),
    "codes.json": lambda: vocabularies.codesystem().encode(),
    "a.sssom.tsv": lambda: vocabularies.sssom().encode(),
}


def rows_of(text: str) -> list[dict[str, str]]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("name", FORMS)
def test_every_format_gives_the_same_candidates(
    name: str, tmp_path: Path, milia_onto: Callable[..., Result]
):
    assert len(FORMS) == 17
    path, review = tmp_path / name, tmp_path / "review.sssom.tsv"
    path.write_bytes(FORMS[name]())
    answer = milia_onto("link", path, "--prefix", EX, "--review", review)
    assert answer.code == 0, answer.err
    found = {
        (row["subject_id"], row["predicate_id"], row["object_id"])
        for row in rows_of(answer.out)
        if row["subject_id"].startswith("EX:")
    }
    expected = set(vocabularies.EXPECTED)
    if name == "codes.json":  # a designation stands for the cross-reference
        expected -= {("EX:9", "skos:closeMatch", "MILIA:0000001")}
        expected |= {("EX:9", "skos:exactMatch", "MILIA:0000001")}
    assert found == expected
    refused = rows_of(review.read_text(encoding="utf-8"))
    assert ("EX:5", "MILIA:0000001") in {(r["subject_id"], r["object_id"]) for r in refused}
    assert all(row["predicate_modifier"] == "Not" and row["comment"] for row in refused)


def test_imported_terms_are_linked_to_where_asked(
    tmp_path: Path, milia_onto: Callable[..., Result]
):
    path = tmp_path / "a.tsv"
    path.write_text(vocabularies.table("tsv"), encoding="utf-8")
    answer = milia_onto("link", path, "--prefix", EX, "--imported")
    found = {(r["subject_id"], r["predicate_id"], r["object_id"]) for r in rows_of(answer.out)}
    assert found == vocabularies.EXPECTED | vocabularies.IMPORTED


# Name, and where it may be linked to: itself a term, or nothing.
FRIENDS = {
    "Miliaria": "",
    "Miliaria rubra": "",
    "Miliaire": "",
    "Colloid milium": "MILIA:0000204",
    "Closed comedo": "MILIA:0000212",
    "Whitehead": "MILIA:0000212",
    "Epstein pearl": "MILIA:0000200",
    "Epstein's pearls": "MILIA:0000200",
    "Lupus miliaris disseminatus faciei": "MILIA:0000715",
    "Miliary tuberculosis": "",
    "Milium effusum": "",
    "Panicum miliaceum": "",
    "Proso millet": "",
    "Pseudomilium": "MILIA:0000223",
    "Acne miliaris": "",
}


@pytest.mark.parametrize("name", FRIENDS)
def test_a_false_friend_is_refused_with_the_reason(
    name: str, tmp_path: Path, milia_onto: Callable[..., Result]
):
    assert len(FRIENDS) == 15
    path, review = tmp_path / "a.tsv", tmp_path / "r.sssom.tsv"
    path.write_text(f"id\tlabel\nEX:1\t{name}\n", encoding="utf-8")
    answer = milia_onto("link", path, "--prefix", EX, "--review", review)
    found = [row["object_id"] for row in rows_of(answer.out)]
    assert found == ([FRIENDS[name]] if FRIENDS[name] else [])
    assert answer.code == (0 if found else 1)
    (refused,) = rows_of(review.read_text(encoding="utf-8"))
    assert refused["object_id"] == "MILIA:0000001"
    assert refused["predicate_modifier"] == "Not"
    assert refused["comment"].endswith(".")


CONTEXT = {
    "NCBITaxon:15357\tMilium\t\n": "organisms",
    "EX:1\tMilium\tA genus of grasses in the family Poaceae.\n": "plant",
    "EX:1\tMilk spots of the pericardium\tmilk spots\n": "",
}


@pytest.mark.parametrize("row", CONTEXT)
def test_milium_the_grass_is_told_by_its_vocabulary_or_definition(
    row: str, tmp_path: Path, milia_onto: Callable[..., Result]
):
    assert len(CONTEXT) == 3
    path, review = tmp_path / "a.tsv", tmp_path / "r.sssom.tsv"
    path.write_text(f"id\tlabel\tdefinition\n{row}", encoding="utf-8")
    prefix = "NCBITaxon=http://purl.obolibrary.org/obo/NCBITaxon_"
    answer = milia_onto("link", path, "--prefix", EX, "--prefix", prefix, "--review", review)
    assert answer.code == 1
    assert rows_of(answer.out) == []
    comments = [row["comment"] for row in rows_of(review.read_text(encoding="utf-8"))]
    assert CONTEXT[row] in " ".join(comments)


def test_a_french_false_friend_among_the_names_does_not_hide_the_term(
    tmp_path: Path, milia_onto: Callable[..., Result]
):
    path = tmp_path / "a.tsv"
    path.write_text("id\tlabel\tsynonyms\nEX:1\tMilia\tMiliaire\n", encoding="utf-8")
    answer = milia_onto("link", path, "--prefix", EX)
    assert [row["object_id"] for row in rows_of(answer.out)] == ["MILIA:0000001"]


def test_what_is_the_same_as_a_term_is_not_the_same_as_its_kind(
    tmp_path: Path, milia_onto: Callable[..., Result]
):
    path = tmp_path / "a.obo"
    synonym = 'synonym: "primary milia" EXACT []'
    path.write_text(f"format-version: 1.4\n\n[Term]\nid: EX:1\nname: milia\n{synonym}\n")
    (row,) = rows_of(milia_onto("link", path, "--prefix", EX).out)
    assert (row["predicate_id"], row["object_id"]) == ("skos:exactMatch", "MILIA:0000001")


def test_a_code_of_a_classification_is_wider_and_never_the_same(
    tmp_path: Path, milia_onto: Callable[..., Result]
):
    path = tmp_path / "a.csv"
    path.write_text("Code,Title,Synonyms\nL72.0,Epidermal cyst,Milium\n", encoding="utf-8")
    answer = milia_onto("link", path, "--id-prefix", "ICD10CM")
    known = {row["object_id"]: row["predicate_id"] for row in rows_of(answer.out)}
    assert known == {"MILIA:0000001": "skos:narrowMatch", "MILIA:0000027": "skos:closeMatch"}
    ward = ("--id-prefix", "WARD", "--prefix", "WARD=https://example.org/ward/")
    unknown = milia_onto("link", path, *ward, "--classification")
    found = {row["object_id"]: row["predicate_id"] for row in rows_of(unknown.out)}
    assert found == known
    same = {row["predicate_id"] for row in rows_of(milia_onto("link", path, *ward).out)}
    assert same == {"skos:exactMatch"}


def test_typing_errors_are_last_and_least_sure(tmp_path: Path, milia_onto: Callable[..., Result]):
    path = tmp_path / "a.tsv"
    names = ["familial multple eruptive milia", "milia en plauqe", "mulium"]
    lines = [f"EX:{n}\t{name}" for n, name in enumerate(names)]
    path.write_text("\n".join(["id\tlabel", *lines]) + "\n", encoding="utf-8")
    answer = milia_onto("link", path, "--prefix", EX)
    found = [(row["subject_id"], row["object_id"]) for row in rows_of(answer.out)]
    assert found == [("EX:0", "MILIA:0000015")]
    (row,) = rows_of(answer.out)
    assert row["mapping_justification"] == "semapv:LexicalSimilarityThresholdMatching"
    assert 0.7 <= float(row["confidence"]) < 0.85
    assert 0.9 < float(row["similarity_score"]) < 1


def test_the_same_rows_whatever_the_order(tmp_path: Path, milia_onto: Callable[..., Result]):
    path = tmp_path / "a.tsv"
    head, *body = vocabularies.table("tsv").splitlines(keepends=True)
    outs = []
    for rows in (body, body[::-1]):
        path.write_text(head + "".join(rows), encoding="utf-8")
        outs.append(milia_onto("link", path, "--prefix", EX).out)
    assert outs[0] == outs[1]


@pytest.mark.filterwarnings("ignore")
def test_sssom_py_reads_the_output(tmp_path: Path, milia_onto: Callable[..., Result]):
    from sssom.parsers import parse_sssom_table

    path, out = tmp_path / "a.tsv", tmp_path / "out.sssom.tsv"
    path.write_text(vocabularies.table("tsv"), encoding="utf-8")
    out.write_text(milia_onto("link", path, "--prefix", EX).out, encoding="utf-8")
    assert len(parse_sssom_table(str(out)).df) == len(vocabularies.EXPECTED)
