"""``explain``: who says so, on what evidence, who disagrees, and what a source is worth."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result

pytestmark = pytest.mark.usefixtures("at_home")
PLAQUE = ("milia en plaque", "associated", "lichen planus")


def claims(result: Result) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(result.out)["claims"]
    return found


def ids(result: Result) -> list[str]:
    return re.findall(r"^claim:(\S+)  ", result.out, re.M)


# A link ------------------------------------------------------------------------------------------


def test_a_link_shows_who_says_so_on_what_evidence_and_our_verdict(
    milia_onto: Callable[..., Result],
) -> None:
    result = milia_onto("explain", *PLAQUE)
    assert result.code == 0
    assert ids(result) == ["r-235", "s000-090"]
    card = result.out.split("\n\n")[1].splitlines()
    assert card[0] == "claim:s000-090  milia en plaque associated with lichen planus"
    assert card[1] == "  verdict: partly, confidence medium"
    assert "  because: The association is reported; proven is too strong." in card
    assert "  qualifier: called proven" in card
    assert "  says so: Causes of milia (vendor page of a removal cream) (line 91)" in card
    assert "  evidence: author statement without traceable support" in card
    assert [line for line in card if line.startswith("  supported by: r-")]
    assert re.fullmatch(r"2 claims: 1 partly, 1 supported\n", result.err)


def test_a_disputed_link_shows_who_disagrees(milia_onto: Callable[..., Result]) -> None:
    result = milia_onto("explain", "milia", "treated by", "incision and expression of milia")
    assert result.code == 0
    assert {"r-329", "s000-190", "s002-029"} <= set(ids(result))
    card = next(card for card in result.out.split("\n\n") if card.startswith("claim:s002-029"))
    assert re.search(r"^  disputed by: s000-189: milia aggravated by", card, re.M)
    assert "s000-189" in ids(result), "the claims that dispute it are shown after it"


# how the three are written: label, synonym, plural, CURIE, underscore, IRI; capitals, hyphens
WRITTEN = [
    ("label", *PLAQUE),
    ("capitals", "MILIA EN PLAQUE", "Associated With", "Lichen Planus"),
    ("hyphens", "milia-en-plaque", "associated-with", "lichen-planus"),
    ("plural", "milia en plaques", "associated with", "lichen planus"),
    ("singular", "milium en plaque", "associated", "lichen planus"),
    ("synonym", "MEP", "associated", "lichen planus"),
    ("CURIE", "MILIA:0000006", "associated", "MONDO:0006572"),
    ("underscore", "MILIA_0000006", "associated", "MONDO_0006572"),
    (
        "IRI",
        "https://w3id.org/milia/MILIA_0000006",
        "associated",
        "http://purl.obolibrary.org/obo/MONDO_0006572",
    ),
    ("the other way round", "lichen planus", "associated", "milia en plaque"),
]


@pytest.mark.parametrize(
    ("subject", "predicate", "obj"), [pytest.param(*rest, id=name) for name, *rest in WRITTEN]
)
def test_a_link_is_found_however_its_parts_are_written(
    milia_onto: Callable[..., Result], subject: str, predicate: str, obj: str
) -> None:
    assert len(WRITTEN) == 10
    result = milia_onto("explain", subject, predicate, obj)
    assert (result.code, ids(result)) == (0, ["r-235", "s000-090"])


# A link that nobody claims: what is asked, and what is said instead of it
UNCLAIMED = [
    ("another object", ("milia en plaque", "treated by", "skin grafting"), "vocab:treated-by links milia en plaque with electrodesiccation, "),
    ("another predicate", ("milia en plaque", "follows", "lichen planus"), "they are linked by vocab:associated-with"),
    ("both others", ("lichen planus", "treated by", "skin grafting"), "claims link lichen planus by vocab:associated-with"),
    ("no link at all", ("spontaneous milia en plaque", "treated by", "skin grafting"), "no claim links spontaneous milia en plaque with anything"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "instead"), [pytest.param(*rest, id=name) for name, *rest in UNCLAIMED]
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_a_link_that_nobody_claims_is_exit_code_1_and_told_what_is_claimed(
    milia_onto: Callable[..., Result], asked: tuple[str, ...], instead: str, form: str
) -> None:
    assert len(UNCLAIMED) == 4
    result = milia_onto("explain", *asked, "--format", form)
    assert result.code == 1
    assert result.err.startswith(f"milia-onto explain: 0 claims; {instead}")
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("text", ["claim:s002-029", "s002-029"])
def test_a_claim_is_shown_by_its_id_with_those_it_names(
    milia_onto: Callable[..., Result], text: str
) -> None:
    result = milia_onto("explain", text)
    assert result.code == 0
    assert ids(result)[0] == "s002-029"
    assert "s000-189" in ids(result)


# A term ------------------------------------------------------------------------------------------


def test_a_term_shows_the_axioms_that_place_it_and_the_claims_about_it(
    milia_onto: Callable[..., Result],
) -> None:
    result = milia_onto("explain", "milia following dermabrasion")
    assert result.code == 0
    assert result.out.startswith(
        "milia following dermabrasion is a kind of milia following skin-wounding procedure, "
        "inferred from:\n"
    )
    assert "  'dermabrasion' SubClassOf 'skin-wounding procedure'\n" in result.out
    assert "s000-183" in ids(result)
    assert re.fullmatch(r"\d+ claims: .*\n", result.err)


def test_a_term_that_is_only_placed_is_explained_too(milia_onto: Callable[..., Result]) -> None:
    result = milia_onto("explain", "milia following porphyria cutanea tarda")
    assert result.code == 0
    assert "is a kind of" in result.out


NAMED = [
    ("label", "congenital milia"),
    ("synonym", "neonatal milia"),
    ("singular", "congenital milium"),
    ("CURIE", "MILIA:0000004"),
    ("underscore", "MILIA_0000004"),
    ("IRI", "https://w3id.org/milia/MILIA_0000004"),
    ("code that means the same", "ICD11MMS:KC40.1"),
]


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in NAMED])
def test_a_term_is_explained_by_whatever_names_it(
    milia_onto: Callable[..., Result], text: str
) -> None:
    assert len(NAMED) == 7
    result = milia_onto("explain", text)
    assert result.code == 0
    assert {"r-095", "s000-041", "s001-065"} <= set(ids(result))


# What names no term, or several ------------------------------------------------------------------

# what is asked, and what the one line of the answer holds
UNKNOWN = [
    ("misspelt", ("milia en plague",), "“milia en plague”", "did you mean Milia en plaque"),
    (
        "a part of a name",
        ("following dermabrasion",),
        "nothing is called",
        "milia following dermabrasion",
    ),
    ("like nothing", ("zzz qqq",), "nothing is called “zzz qqq”", "try milia-onto lookup"),
    ("an object", ("milia", "cause", "pearl"), "nothing is called “pearl”", "Epstein pearl"),
    ("several terms", ("L72.0",), "“L72.0” names several terms", "MILIA:0000001 “milia”"),
    ("predicate", ("milia", "frob", "milia"), "no predicate is called “frob”", "milia-onto query claim-predicates"),
    ("a predicate like it", ("milia", "reported cause", "burn"), "no predicate", "did you mean vocab:caused-by?"),
    ("several predicates", ("milia", "has", "milia"), "“has” fits several", "vocab:has-course and "),
    ("source", ("--source", "nobody"), "no source is called “nobody”", "milia-onto query 'SELECT ?source"),
    ("a source like it", ("--source", "berck 2008"), "no source", "did you mean source:berk-bayliss-2008, "),
    ("several sources", ("--source", "seed-00"), "“seed-00” fits several", "source:seed-004"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "problem", "suggestion"), [pytest.param(*rest, id=name) for name, *rest in UNKNOWN]
)
def test_what_is_unknown_or_ambiguous_is_answered_with_suggestions(
    milia_onto: Callable[..., Result], asked: tuple[str, ...], problem: str, suggestion: str
) -> None:
    assert len(UNKNOWN) == 11
    result = milia_onto("explain", *asked)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("milia-onto explain: ")
    assert problem in result.err
    assert suggestion in result.err
    assert result.err.count("\n") == 1
    assert len(result.err) < 400


INCOMPLETE = [(), ("milia", "cause"), ("",), ("", "cause", "burn")]


@pytest.mark.parametrize("asked", INCOMPLETE, ids=len)
def test_an_incomplete_question_is_told_what_it_lacks(
    milia_onto: Callable[..., Result], asked: tuple[str, ...]
) -> None:
    assert len(INCOMPLETE) == 4
    result = milia_onto("explain", *asked)
    assert (result.code, result.out) == (2, "")
    assert "say SUBJECT, or SUBJECT PREDICATE OBJECT, or --source SOURCE" in result.err


# A source ----------------------------------------------------------------------------------------

BY = [
    ("slug", "seed-002"),
    ("source CURIE without its prefix, in capitals", "SEED-002"),
    ("part of the title", "pending human review"),
    ("file name", "002_e5302599fab1632e.txt"),
    ("part of the file name", "002_"),
]


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in BY])
def test_a_source_is_listed_by_slug_title_or_file(
    milia_onto: Callable[..., Result], text: str
) -> None:
    assert len(BY) == 5
    result = milia_onto("explain", "--source", text)
    assert result.code == 0
    assert [name for name in ids(result) if name.startswith("s002-")][:2] == [
        "s002-001",
        "s002-002",
    ]


SEEDS = ("seed-000", "seed-001", "seed-002", "seed-003", "seed-004")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_source_shows_how_it_fares(milia_onto: Callable[..., Result], seed: str) -> None:
    assert len(SEEDS) == 5
    result = milia_onto("explain", "--source", seed)
    told = re.fullmatch(r"(\d+) claims: (.*)\n", result.err)
    assert told
    counts = Counter(re.findall(r"^  verdict: (\w+), confidence", result.out, re.M))
    assert told[2] == ", ".join(f"{number} {verdict}" for verdict, number in sorted(counts.items()))
    assert int(told[1]) == counts.total() == len(ids(result))
    assert len(set(ids(result))) == len(ids(result))


def test_every_claim_of_a_seed_is_listed_with_its_lines(milia_onto: Callable[..., Result]) -> None:
    found = claims(milia_onto("explain", "--source", "seed-004", "--format", "json"))
    own = [claim for claim in found if claim["id"].startswith("claim:s004-")]
    assert len(own) > 150
    assert all(claim["lines"] for claim in own)
    assert all(line.isdecimal() for claim in own for line in claim["lines"])


# JSON --------------------------------------------------------------------------------------------

KEYS = {
    *("id", "says", "qualifier", "verdict", "confidence", "reason", "sources", "evidence"),
    *("lines", "supported_by", "disputed_by"),
}


def test_json_holds_for_each_claim_all_that_the_card_shows(
    milia_onto: Callable[..., Result],
) -> None:
    result = milia_onto("explain", *PLAQUE, "--format", "json")
    assert (result.code, result.err) == (0, "")
    second, first = claims(result)
    assert set(first) == set(second) == KEYS
    assert first["id"] == "claim:s000-090"
    assert (first["verdict"], first["confidence"]) == ("partly", "medium")
    assert first["lines"] == ["91"]
    assert second["sources"] == [
        "Ento Key, Milia (eyelid-lesion textbook chapter)",
        "Vietnam Medical News, milia causes",
    ]


def test_json_holds_the_placements_of_a_term(milia_onto: Callable[..., Result]) -> None:
    value = json.loads(milia_onto("explain", "MILIA:0000043", "--format", "json").out)
    assert set(value) == {"placements", "claims"}
    assert "  'dermabrasion' SubClassOf 'skin-wounding procedure'" in value["placements"]


def test_json_and_text_list_the_same_claims(milia_onto: Callable[..., Result]) -> None:
    text = milia_onto("explain", "--source", "seed-003")
    value = claims(milia_onto("explain", "--source", "seed-003", "--format", "json"))
    assert [claim["id"].removeprefix("claim:") for claim in value] == ids(text)


def test_json_of_nothing_is_empty_and_exit_code_1(milia_onto: Callable[..., Result]) -> None:
    asked = ("milia en plaque", "treated by", "skin grafting")
    result = milia_onto("explain", *asked, "--format", "json")
    assert (result.code, json.loads(result.out)) == (1, {"placements": [], "claims": []})


# Where the release lies --------------------------------------------------------------------------


def test_the_release_may_lie_elsewhere(
    milia_onto: Callable[..., Result], home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    result = milia_onto("explain", *PLAQUE, "--release", home / "build")
    assert (result.code, ids(result)) == (0, ["r-235", "s000-090"])


def test_no_release_is_said_so(milia_onto: Callable[..., Result], tmp_path: Path) -> None:
    result = milia_onto("explain", "milia", "--release", tmp_path)
    assert (result.code, result.out) == (3, "")
    assert result.err.count("\n") == 1


def test_a_damaged_release_is_said_so(milia_onto: Callable[..., Result], tmp_path: Path) -> None:
    for graph in ("[", '[{"id": "M:1", "exactMatch": 5}]}', '[{"id": "M:1", "type": ["Claim"]}]}'):
        (tmp_path / "milia.jsonld").write_text(f'{{"@context": {{}}, "@graph": {graph}')
        result = milia_onto("explain", "milia", "--release", tmp_path)
        assert (result.code, result.out) == (1, "")
        assert "milia.jsonld: the file is damaged; " in result.err
        assert result.err.count("\n") == 1


# Why one class is under another, and why a mapping holds ------------------------------------------

KINDS_OF = [
    (
        ("milia following dermabrasion", "subClassOf", "secondary milia"),
        [
            "inferred from:",
            "'secondary milia' EquivalentTo",
            "'milia following dermabrasion' Equiv",
        ],
    ),
    (
        ("milia following dermabrasion", "rdfs:subClassOf", "trauma-associated milia"),
        ["inferred from:", "'trauma-associated milia' EquivalentTo"],
    ),
    (("neonatal milia", "is-a", "primary milia"), ["as stated", "says so: "]),
    (("milia", "kind of", "epidermoid cyst"), ["as stated"]),
]


@pytest.mark.parametrize(("call", "told"), KINDS_OF, ids=[" ".join(c) for c, _ in KINDS_OF])
def test_a_placement_near_or_far_is_explained_by_the_axioms_that_entail_it(
    milia_onto: Callable[..., Result], call: tuple[str, ...], told: list[str]
) -> None:
    assert len(KINDS_OF) == 4
    result = milia_onto("explain", *call)
    assert result.code == 0
    assert " is a kind of " in result.out.splitlines()[0]
    assert [part for part in told if part not in result.out] == []


def test_what_is_not_entailed_is_not_explained(milia_onto: Callable[..., Result]) -> None:
    result = milia_onto("explain", "milia", "subClassOf", "sebum")
    assert (result.code, result.out) == (1, "")
    assert result.err == "milia-onto explain: 0 claims; and no axiom entails it\n"


MAPPINGS_OF = [
    (
        ("milia", "broadMatch", "ICD10CM:L72.0"),
        "MILIA:0000001 “milia” skos:broadMatch ICD10CM:L72.0",
    ),
    (
        ("milia", "skos:exactMatch", "hp:0001056"),
        "MILIA:0000001 “milia” skos:exactMatch HP:0001056",
    ),
    (("neonatal acne", "broad match", "ICD10CM:L72.0"), "not skos:broadMatch ICD10CM:L72.0"),
]


@pytest.mark.parametrize(("call", "told"), MAPPINGS_OF, ids=[" ".join(c) for c, _ in MAPPINGS_OF])
def test_a_mapping_is_explained_by_its_justification(
    milia_onto: Callable[..., Result], call: tuple[str, ...], told: str
) -> None:
    assert len(MAPPINGS_OF) == 3
    result = milia_onto("explain", *call)
    assert result.code == 0
    first, justification, reason = result.out.splitlines()
    assert told in first
    assert re.fullmatch(r"  justification: semapv:\w+, confidence 0\.\d+", justification)
    assert reason.startswith("  because: ")
    rows = json.loads(milia_onto("explain", *call, "--format", "json").out)["mappings"]
    assert [row["subject_label"] for row in rows] == [call[0]]


def test_a_mapping_that_is_not_there_says_where_to_look(milia_onto: Callable[..., Result]) -> None:
    result = milia_onto("explain", "milia", "exactMatch", "ICD10CM:L72.0")
    assert (result.code, result.out) == (1, "")
    assert result.err == "milia-onto explain: 0 mappings; see milia-onto lookup MILIA:0000001\n"


def test_a_damaged_mapping_set_is_said_so(
    milia_onto: Callable[..., Result], at_home: Path, tmp_path: Path
) -> None:
    (tmp_path / "milia.jsonld").symlink_to(at_home / "build/milia.jsonld")
    spoilt = tmp_path / "mappings/icd10cm.sssom.tsv"
    spoilt.parent.mkdir()
    spoilt.write_text("subject_id\tpredicate_id\tobject_id\n")
    result = milia_onto("explain", "milia", "broadMatch", "X:1", "--release", tmp_path)
    assert (result.code, result.out) == (1, "")
    assert f"{spoilt}: the file is damaged; " in result.err
    assert result.err.count("\n") == 1
