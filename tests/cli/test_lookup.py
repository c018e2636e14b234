"""``lookup``: terms by label, synonym, code or identifier."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result

pytestmark = pytest.mark.usefixtures("at_home")
CODE = re.compile(r"found by: ICD10(CM|WHO):L72.0 “Epidermal cyst” is broader than the term")


def test_an_icd_code_finds_milia_and_says_that_it_is_broader(
    milia_onto: Callable[..., Result],
) -> None:
    result = milia_onto("lookup", "L72.0")
    assert (result.code, result.err) == (0, "")
    card = result.out.split("\n\n")[0]
    assert card.startswith("MILIA:0000001  milia\n")
    assert CODE.search(card)
    assert "definition: Epidermoid cysts" in card
    assert "kind of: MILIA:0000027 “epidermoid cyst”" in card
    assert "also called: " in card


def test_kinds_that_are_found_in_the_same_way_share_the_card(milia_onto: Callable[..., Result]) -> None:  # fmt: skip
    cards = milia_onto("lookup", "L72.0").out.split("\n\n")
    heads = [card.split("  ")[0] for card in cards]
    assert heads == ["MILIA:0000001", "MILIA:0000027"]
    told = re.search(
        r"found in the same way, (\d+) kinds of it:\n    MILIA:0000002  primary milia\n", cards[0]
    )
    listed = milia_onto("lookup", "L72.0", "--format", "tsv").out.splitlines()
    assert told
    assert int(told[1]) == len(listed) - 3
    assert f"and {len(listed) - 3 - 8} more: --format tsv" in cards[0]


FOUND = [
    ("label", "milia en plaque", "MILIA:0000006", "label “milia en plaque”"),
    ("label in capitals", "MILIA EN PLAQUE", "MILIA:0000006", "label “milia en plaque”"),
    ("label with hyphens", "milia-en-plaque", "MILIA:0000006", "label “milia en plaque”"),
    ("label with blanks", "  milia   en plaque ", "MILIA:0000006", "label “milia en plaque”"),
    ("singular", "milium", "MILIA:0000001", "singular “milium”"),
    ("synonym", "milk spots", "MILIA:0000004", "synonym “milk spots”"),
    ("German", "Milien", "MILIA:0000001", "label “Milien”"),
    ("Cyrillic", "милиумы", "MILIA:0000001", "label “милиумы”"),
    ("Arabic", "الدخينات", "MILIA:0000001", "label “الدخينات”"),
    ("CURIE", "MILIA:0000006", "MILIA:0000006", "identifier"),
    ("underscore", "MILIA_0000006", "MILIA:0000006", "identifier"),
    ("IRI", "https://w3id.org/milia/MILIA_0000006", "MILIA:0000006", "identifier"),
    ("code", "L72.0", "MILIA:0000001", "is broader than the term"),
    ("code in small letters", "l72.0", "MILIA:0000001", "is broader than the term"),
    ("code with its system", "ICD10CM:L72.0", "MILIA:0000001", "is broader than the term"),
    ("IRI of a code", "https://icd.who.int/browse10/2019/en#/L72.0", "MILIA:0000001", "is broader than the term"),
    ("HPO", "HP:0001056", "MILIA:0000001", "means the same as the term"),
    ("HPO with underscore", "HP_0001056", "MILIA:0000001", "means the same as the term"),
    ("code without its point", "L720", "MILIA:0000001", "is broader than the term"),
    ("CURIE in small letters", "milia:0000006", "MILIA:0000006", "identifier"),
    ("in quotes", "“milk spots”", "MILIA:0000004", "synonym “milk spots”"),
    ("with direction marks", "\u200fmilia en plaque\u200e", "MILIA:0000006", "label “milia en plaque”"),
    ("British", "naevus depigmentosus", "MILIA:0000712", "label “nevus depigmentosus”"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "id_", "matched"), [pytest.param(*rest, id=name) for name, *rest in FOUND]
)
def test_a_term_is_found_by_whatever_names_it(
    milia_onto: Callable[..., Result], text: str, id_: str, matched: str
) -> None:
    assert len(FOUND) == 23
    result = milia_onto("lookup", text, "--format", "json")
    assert result.code == 0
    found = {hit["id"]: hit["matched"] for hit in json.loads(result.out)}
    assert matched in found[id_]


def test_the_term_that_a_code_means_comes_first(milia_onto: Callable[..., Result]) -> None:
    hits = json.loads(milia_onto("lookup", "HP:0001056", "--format", "json").out)
    assert len(hits) > 10
    assert (hits[0]["id"], hits[0]["matched"]) == (
        "MILIA:0000001",
        "HP:0001056 “Milia” means the same as the term",
    )


def test_a_code_that_must_not_be_used_says_why(
    milia_onto: Callable[..., Result], home: Path
) -> None:
    rows = [
        dict(zip(lines[0].split("\t"), line.split("\t"), strict=True))
        for path in (home / "build" / "mappings").glob("*.tsv")
        if (lines := [one for one in path.read_text().splitlines() if not one.startswith("#")])
        for line in lines[1:]
    ]
    mapped = {row["object_id"] for row in rows if not row["predicate_modifier"]}
    mapped |= {n["id"] for n in json.loads((home / "build/terms.jsonld").read_text())["@graph"]}
    apart = [row for row in rows if row["predicate_modifier"] and row["object_id"] not in mapped]
    assert len(apart) > 20
    for row in apart[::10]:
        result = milia_onto("lookup", row["object_id"])
        assert (result.code, result.out) == (1, "")
        wanted = f"is not {row['subject_label']} ({row['subject_id']}): {row['comment']}\n"
        assert wanted in result.err
    assert milia_onto("lookup", "l740").err.count("Miliaria rubra") == 2


NOTHING = ["no such thing", "'; DROP TABLE", "*", "\\", "🙂", "x" * 100_000,
           "L7", "\ufffd", "\udcff", "a\x00b", "[", "MILIA:9999999", "--"]  # fmt: skip


@pytest.mark.parametrize("text", NOTHING, ids=range(len(NOTHING)))
def test_what_nothing_is_called_is_exit_code_1_and_one_line(
    milia_onto: Callable[..., Result], text: str
) -> None:
    assert len(NOTHING) == 13
    result = milia_onto("lookup", "--format", "tsv", "--", text)
    assert result.code == 1
    assert result.out.count("\n") == 1
    assert result.err.startswith("milia-onto lookup: nothing is called “")
    assert result.err.count("\n") == 1
    assert result.err.endswith("\n")


SUGGESTED = [
    ("following dermabrasion", "milia following dermabrasion"),
    ("milia en plague", "milia en plaque"),
    ("pearl", "Epstein pearl"),
]


@pytest.mark.parametrize(("text", "suggestion"), SUGGESTED)
def test_names_that_look_like_it_are_suggested(
    milia_onto: Callable[..., Result], text: str, suggestion: str
) -> None:
    assert len(SUGGESTED) == 3
    result = milia_onto("lookup", text)
    assert (result.code, result.out) == (1, "")
    assert suggestion in result.err.split("did you mean ")[1]


def test_json_holds_definition_parents_synonyms_and_mappings(
    milia_onto: Callable[..., Result],
) -> None:
    (hit,) = [
        hit
        for hit in json.loads(milia_onto("lookup", "milia", "--format", "json").out)
        if hit["id"] == "MILIA:0000001"
    ]
    assert set(hit) == {
        *("id", "label", "matched", "definition", "parents", "synonyms", "mappings")
    }
    mapping = {
        "relation": "is broader than the term",
        "code": "ICD10WHO:L72.0",
        "label": "Epidermal cyst",
    }
    assert mapping in hit["mappings"]


def test_tsv_has_a_header_and_a_line_a_hit(milia_onto: Callable[..., Result]) -> None:
    header, *lines = milia_onto("lookup", "L72.0", "--format", "tsv").out.splitlines()
    assert header == "id\tlabel\tmatched\tdefinition\tparents\tmappings"
    assert len(lines) > 10
    assert {line.count("\t") for line in lines} == {5}


def test_the_release_may_lie_elsewhere(
    milia_onto: Callable[..., Result], home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    result = milia_onto("lookup", "milia", "--release", home / "build")
    assert result.code == 0


DAMAGED = {
    "missing": None,
    "empty": b"",
    "binary junk": b"\x00\x01\xff\xfe",
    "not JSON": b"<html>",
    "JSON of something else": b'{"a": 1}',
    "a list": b"[]",
    "cut": b'{"@context": {}, "@graph": [',
    "deep": b"[" * 100_000,
    "other types": b'{"@context": {}, "@graph": [{"id": "M:1", "exactMatch": 5}]}',
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_release_is_said_so(
    milia_onto: Callable[..., Result], tmp_path: Path, name: str
) -> None:
    assert len(DAMAGED) == 9
    data = DAMAGED[name]
    if data is not None:
        (tmp_path / "terms.jsonld").write_bytes(data)
    result = milia_onto("lookup", "milia", "--release", tmp_path)
    told = "cannot be read: No such file" if data is None else "the file is damaged"
    assert (result.code, result.out) == (3 if data is None else 1, "")
    assert f"terms.jsonld: {told}" in result.err
    assert result.err.count("\n") == 1
