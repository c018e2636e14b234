"""A claims table is read as its curator meant it; every row that cannot be meant is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from milia_onto.model import namespaces as ns
from milia_onto.model.errors import ContentError
from milia_onto.model.namespaces import vocab
from milia_onto.model.numbers import decimal
from milia_onto.model.values import Place
from milia_onto.stages import claims as stage
from milia_onto.stages import quantities
from milia_onto.stages.claims import Claims
from milia_onto.stages.merge import merge
from milia_onto.stages.predicates import FOLDER, Predicate, read_predicates
from milia_onto.stages.predicates import PREDICATES as TABLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from milia_onto.model.values import Finding, Sources
    from milia_onto.stages.content import Reader
    from milia_onto.stages.contribution import Contribution

HEADER = (
    "claim\tsubject\tpredicate\tobject\tvalue\tqualifier\tpolarity\tsource\tlocator\tevidence\t"
    "verdict\treason\tsupported_by\tdisputed_by\tsource_wording"
)
COLUMNS = HEADER.split("\t")
ROW = dict.fromkeys(COLUMNS, "") | {
    "claim": "r-001",
    "subject": "MILIA:0000001",
    "predicate": "follows",
    "object": "MILIA:0000002",
    "polarity": "positive",
    "source": "berk-2008",
    "evidence": "ECO:0000033",
    "verdict": "supported",
}
PREDICATES_HEADER = "predicate\tlabel\tobject\tedge\tdefinition\n"
QUANTITY_HEADER = (
    "claim\tquantity\tlow\thigh\tunit\tnumerator\tdenominator\tpopulation\tage_window\tdesign\t"
    "place\tyear"
)
QUANTITY_COLUMNS = QUANTITY_HEADER.split("\t")
QUANTITY = dict.fromkeys(QUANTITY_COLUMNS, "") | {
    "claim": "r-001",
    "quantity": "prevalence",
    "low": "40",
    "high": "50.5",
    "unit": "%",
    "design": "counted_survey",
}
PREDICATES = {
    "follows": Predicate(
        "follows", "occurs following", "term", "vocab:reportedCause", "After.", Place(TABLE, 2)
    ),
    "has-size": Predicate("has-size", "has size", "quantity", "", "How large.", Place(TABLE, 3)),
    "has-synonym": Predicate(
        "has-synonym", "has synonym", "text", "", "Another name.", Place(TABLE, 4)
    ),
}
LABELS = {
    ns.TERM + "0000001": "milia",
    ns.TERM + "0000002": "dermabrasion",
    "http://purl.obolibrary.org/obo/ECO_0000033": "traceable statement",
    "http://purl.obolibrary.org/obo/ECO_0000034": "statement without support",
}
TIERS = {"berk-2008": "A", "seed-001": "S"}
FILE, FIGURES = "ontology/claims/seed-001.tsv", "ontology/claims/quantities-seed-001.tsv"
SECOND = {"claim": "r-002"}


def table(columns: list[str], template: dict[str, str], *rows: dict[str, str]) -> bytes:
    lines = ["\t".join(columns)]
    lines += ["\t".join((template | row)[name] for name in columns) for row in rows]
    return ("\n".join(lines) + "\n").encode()


def read(
    reader: Reader, *rows: dict[str, str], figures: tuple[dict[str, str], ...] = ()
) -> Contribution:
    claims = Claims(reader, PREDICATES, LABELS)
    claims.add_table(FILE, table(COLUMNS, ROW, *rows))
    if figures:
        claims.add_quantities(FIGURES, table(QUANTITY_COLUMNS, QUANTITY, *figures))
    return claims.say(TIERS)


def said(found: Contribution, name: str, prop: str) -> list[str]:
    node = NamedNode(ns.CLAIM + name)
    return [
        str(t.object.value)  # type: ignore[union-attr]
        for t in found.triples
        if t.subject == node and t.predicate == vocab(prop)
    ]


def assert_refused(finding: Finding, place: Place, message: str, check: str = "table-row") -> None:
    assert (finding.check, finding.severity) == (check, "violation")
    assert finding.place == place
    assert message in finding.message
    assert finding.fix
    assert finding.why


CONTRADICTED = {"verdict": "contradicted", "reason": "Not so."}
NO_REASON = {"verdict": "contradicted", "disputed_by": "r-001"}
# name, what the second row says instead, column, message
WRONG_ROWS = [
    ("claim id", {"claim": "R-002"}, "claim", "“R-002” is not letters, a hyphen and three digits"),
    ("claim id too short", {"claim": "r-02"}, "claim", "“r-02” is not letters"),
    ("no claim id", {"claim": ""}, "claim", "the cell is empty"),
    ("duplicate claim id", {"claim": "r-001"}, "", f"claim r-001 was already made at {FILE}:2"),
    ("no subject", {"subject": ""}, "subject", "the cell is empty"),
    ("subject without prefix", {"subject": "milia"}, "subject", "has no prefix"),
    ("subject misshapen", {"subject": "MILIA:1"}, "subject", "not shaped as MILIA identifiers are"),
    ("subject unknown", {"subject": "MILIA:0000999"}, "subject", "MILIA:0000999 is no term"),
    ("unknown predicate", {"predicate": "rhymes-with"}, "predicate", "“rhymes-with” is not one of"),
    ("no predicate", {"predicate": ""}, "predicate", "the cell is empty"),
    ("object missing", {"object": ""}, "", "the claim has neither object nor value"),
    ("object unknown", {"object": "HP:0000999"}, "object", "HP:0000999 is no term"),
    ("object of unknown prefix", {"object": "XX:1"}, "object", "has no prefix"),
    (
        "object where a text belongs",
        {"predicate": "has-synonym"},
        "object",
        "“has-synonym” takes no term",
    ),
    (
        "object where a figure belongs",
        {"predicate": "has-size"},
        "object",
        "“has-size” takes no term",
    ),
    ("unknown polarity", {"polarity": "maybe"}, "polarity", "“maybe” is not one of"),
    ("no polarity", {"polarity": ""}, "polarity", "the cell is empty"),
    ("unknown source", {"source": "berk-2008|nobody"}, "source", "“nobody” is not in"),
    ("no source", {"source": ""}, "source", "the cell is empty"),
    ("evidence misshapen", {"evidence": "ECO:33"}, "evidence", "not shaped as ECO identifiers are"),
    ("evidence not imported", {"evidence": "ECO:0000999"}, "evidence", "is no evidence type of"),
    ("evidence no ECO class", {"evidence": "MILIA:0000002"}, "evidence", "is no evidence type of"),
    ("no evidence type", {"evidence": ""}, "evidence", "the cell is empty"),
    ("unknown verdict", {"verdict": "true"}, "verdict", "“true” is not one of"),
    ("no verdict", {"verdict": ""}, "verdict", "the cell is empty"),
    ("contradicted without dispute", CONTRADICTED, "", "contradicted, but nothing disputes it"),
    ("contradicted without reason", NO_REASON, "", "contradicted, but no reason is given"),
    ("partly without reason", {"verdict": "partly"}, "", "partly, but no reason is given"),
    ("unsupported without reason", {"verdict": "unsupported"}, "", "unsupported, but no reason"),
    ("marketing without reason", {"verdict": "marketing"}, "", "marketing, but no reason is given"),
    (
        "supported by an unknown claim",
        {"supported_by": "r-001|r-999"},
        "supported_by",
        "no other claim r-999",
    ),
    (
        "disputed by an unknown claim",
        {"disputed_by": "r-999"},
        "disputed_by",
        "no other claim r-999",
    ),
    ("disputed by itself", {"disputed_by": "r-002"}, "disputed_by", "no other claim r-002"),
    ("supported by itself", {"supported_by": "r-002"}, "supported_by", "no other claim r-002"),
    ("out of order", {"claim": "a-001"}, "", "“a-001” comes after “r-001”"),
    ("quoted", {"value": '"small"'}, "value", "the cell is quoted"),
    ("blank at the end", {"reason": "so "}, "reason", "the cell starts or ends with a blank"),
]


@pytest.mark.parametrize(
    ("row", "column", "message"), [pytest.param(*rest, id=name) for name, *rest in WRONG_ROWS]
)
def test_a_wrong_row_is_named_with_file_line_and_column(
    reader: Reader, row: dict[str, str], column: str, message: str
) -> None:
    assert len(WRONG_ROWS) == 37
    (finding,) = read(reader, {}, SECOND | row).findings
    assert_refused(finding, Place(FILE, 3, column), message)


# name, what the second row says instead, column, message
WRONG_QUANTITIES = [
    ("unknown claim", {"claim": "r-777"}, "", "there is no claim r-777"),
    ("misshapen claim", {"claim": "r777"}, "claim", "“r777” is not the id of a claim"),
    ("unknown quantity", {"quantity": "weight"}, "quantity", "“weight” is not one of"),
    ("no quantity", {"quantity": ""}, "quantity", "the cell is empty"),
    ("low in words", {"low": "few"}, "low", "“few” is not a plain number"),
    ("negative", {"low": "-1"}, "low", "“-1” is not a plain number"),
    ("comma", {"high": "17,3"}, "high", "“17,3” is not a plain number"),
    ("exponent", {"numerator": "1e3"}, "numerator", "“1e3” is not a plain number"),
    ("per cent in the number", {"denominator": "50%"}, "denominator", "not a plain number"),
    ("no unit", {"unit": ""}, "unit", "the cell is empty"),
    ("unknown design", {"design": "survey"}, "design", "“survey” is not one of counted_survey"),
    ("no design", {"design": ""}, "design", "the cell is empty"),
    ("out of order", {"claim": "a-001"}, "", "“a-001” comes after “r-001”"),
]


@pytest.mark.parametrize(
    ("row", "column", "message"), [pytest.param(*rest, id=name) for name, *rest in WRONG_QUANTITIES]
)
def test_a_wrong_quantity_is_named_with_file_line_and_column(
    reader: Reader, row: dict[str, str], column: str, message: str
) -> None:
    assert len(WRONG_QUANTITIES) == 13
    finding, *more = read(reader, {}, figures=({}, row)).findings
    assert_refused(finding, Place(FIGURES, 3, column), message)
    assert len(more) == (1 if row.get("claim") == "a-001" else 0), "which no claim has either"


# name, rows, line, column, message
WRONG_PREDICATES = [
    ("unknown kind of object", "a\tA\tclass\t\tSays.\n", 2, "object", "“class” is not one of"),
    ("no label", "a\t\tterm\t\tSays.\n", 2, "label", "the cell is empty"),
    ("no definition", "a\tA\tterm\t\t\n", 2, "definition", "the cell is empty"),
    ("out of order", "b\tB\tterm\t\tSays.\na\tA\tterm\t\tSays.\n", 3, "", "“a” comes after “b”"),
    ("twice", "a\tA\tterm\t\tSays.\n" * 2, 3, "predicate", "“a” was already given in line 2"),
    ("too few cells", "a\tA\tterm\n", 2, "", "3 cells where the header has 5"),
]


@pytest.mark.parametrize(
    ("rows", "line", "column", "message"),
    [pytest.param(*rest, id=name) for name, *rest in WRONG_PREDICATES],
)
def test_a_wrong_predicate_is_named_with_file_line_and_column(
    rows: str, line: int, column: str, message: str
) -> None:
    assert len(WRONG_PREDICATES) == 6
    _, (finding,) = read_predicates(TABLE, (PREDICATES_HEADER + rows).encode())
    assert_refused(finding, Place(TABLE, line, column), message)


def test_a_duplicate_id_in_another_table_is_named_with_both_places(reader: Reader) -> None:
    claims = Claims(reader, PREDICATES, LABELS)
    claims.add_table("a.tsv", table(COLUMNS, ROW, {}))
    claims.add_table("b.tsv", table(COLUMNS, ROW, {"value": "once more"}))
    (finding,) = claims.findings
    assert_refused(finding, Place("b.tsv", 2), "claim r-001 was already made at a.tsv:2")
    assert said(claims.say(TIERS), "r-001", "value") == []


def test_a_wrong_header_reads_nothing(reader: Reader) -> None:
    claims = Claims(reader, PREDICATES, LABELS)
    claims.add_table(FILE, b"claim\tsubject\nr-001\tMILIA:0000001\n")
    claims.add_quantities(FIGURES, b"claim\tquantity\nr-001\tsize\n")
    assert [finding.place for finding in claims.findings] == [Place(FILE, 1), Place(FIGURES, 1)]
    assert not claims.rows


def test_several_things_wrong_with_one_row_are_all_named(reader: Reader) -> None:
    row = {"object": "", "verdict": "contradicted", "supported_by": "r-999"}
    messages = [finding.message for finding in read(reader, row).findings]
    assert messages == [
        "the claim has neither object nor value",
        "there is no other claim r-999",
        "contradicted, but nothing disputes it",
        "contradicted, but no reason is given",
    ]


def test_a_claim_becomes_an_individual_with_all_its_slots(reader: Reader) -> None:
    row = {
        "qualifier": "on the face",
        "source": "berk-2008|seed-001",
        "locator": "9|87",
        "verdict": "partly",
        "reason": "Some do.",
        "source_wording": "dermabrassion",
        "polarity": "negative",
    }
    found = read(reader, row)
    assert found.findings == []
    node = NamedNode(ns.CLAIM + "r-001")
    types = [t.object for t in found.triples if t.subject == node and t.predicate == ns.RDF_TYPE]
    assert types == [ns.OWL_NAMED_INDIVIDUAL, ns.named("SEPIO:0000001")]
    assert {name: said(found, "r-001", name) for name in SLOTS} == SLOTS
    sources = [
        t.object for t in found.triples if (t.subject, t.predicate) == (node, ns.DCTERMS_SOURCE)
    ]
    assert sources == [NamedNode(ns.SOURCE + "berk-2008"), NamedNode(ns.SOURCE + "seed-001")]


SLOTS = {
    "subject": [ns.TERM + "0000001"],
    "predicate": [ns.VOCAB + "follows"],
    "object": [ns.TERM + "0000002"],
    "value": [],
    "qualifier": ["on the face"],
    "polarity": [ns.VOCAB + "negative"],
    "verdict": [ns.VOCAB + "partly"],
    "confidence": [ns.VOCAB + "highConfidence"],
    "evidenceType": ["http://purl.obolibrary.org/obo/ECO_0000033"],
    "reason": ["Some do."],
    "sourceLine": ["9", "87"],
    "sourceWording": ["dermabrassion"],
    "evidenceLine": [f"{ns.CLAIM}r-001/evidence-1", f"{ns.CLAIM}r-001/evidence-2"],
    "supportedBy": [],
    "disputedBy": [],
}
# name, what the row says instead, label
CALLED = [
    ("term", {}, "r-001: milia occurs following dermabrasion"),
    ("denied", {"polarity": "negative"}, "r-001: not: milia occurs following dermabrasion"),
    ("value", {"object": "", "value": "dusk"}, "r-001: milia occurs following dusk"),
]


@pytest.mark.parametrize(("row", "label"), [pytest.param(*rest, id=name) for name, *rest in CALLED])
def test_a_claim_is_called_by_the_labels_of_its_terms(
    reader: Reader, row: dict[str, str], label: str
) -> None:
    assert len(CALLED) == 3
    node = NamedNode(ns.CLAIM + "r-001")
    called = Triple(node, ns.RDFS_LABEL, Literal(label, language="en"))
    assert called in read(reader, row).triples


def test_every_evidence_line_says_direction_strength_type_and_source(reader: Reader) -> None:
    other = SECOND | {"source": "seed-001", "evidence": "ECO:0000034"}
    found = read(reader, {"disputed_by": "r-002"}, other)
    name = "r-001/evidence-2"
    assert said(found, name, "direction") == [ns.VOCAB + "disputing"]
    assert said(found, name, "strength") == [ns.VOCAB + "veryWeak"]
    assert said(found, name, "evidenceType") == ["http://purl.obolibrary.org/obo/ECO_0000034"]
    node = NamedNode(ns.CLAIM + name)
    assert Triple(node, ns.RDF_TYPE, ns.named("SEPIO:0000002")) in found.triples
    assert Triple(node, ns.DCTERMS_SOURCE, NamedNode(ns.SOURCE + "seed-001")) in found.triples


def test_quantities_are_numbered_for_each_claim_and_keep_their_numbers(reader: Reader) -> None:
    figures: tuple[dict[str, str], ...] = (
        {},
        {"low": "", "numerator": "8", "denominator": "9", "age_window": "at birth"},
    )
    found = read(reader, {}, figures=figures)
    assert found.findings == []
    first, second = (f"r-001/quantity-{number}" for number in (1, 2))
    assert said(found, "r-001", "quantity") == [ns.CLAIM + first, ns.CLAIM + second]
    assert said(found, first, "low") == ["40"]
    assert said(found, second, "low") == []
    assert said(found, second, "numerator") == ["8"]
    assert said(found, second, "ageWindow") == ["at birth"]
    assert Triple(NamedNode(ns.CLAIM + first), vocab("high"), decimal("50.5")) in found.triples


def test_a_predicate_names_the_edge_it_gives(reader: Reader) -> None:
    found = read(reader, {})
    follows, size = vocab("follows"), vocab("has-size")
    assert Triple(follows, vocab("derivesEdge"), vocab("reportedCause")) in found.triples
    assert [
        t for t in found.triples if (t.subject, t.predicate) == (size, vocab("derivesEdge"))
    ] == []
    assert Triple(follows, ns.RDF_TYPE, vocab("ClaimPredicate")) in found.triples


def test_each_value_knows_the_row_it_came_from(reader: Reader) -> None:
    found = read(reader, {}, SECOND)
    place = found.places[ns.CLAIM + "r-002", ns.TERM + "0000002"]
    assert place == Place(FILE, 3)


NO_CLAIMS = {
    "claimless-seed-001": "source\tline\treason\nseed-001\t5\theading\n",
    "seed-texts": "source\tline\tsha256\nseed-001\t5\t00\n",
}


def test_tables_of_claimless_lines_and_of_seed_texts_are_read_as_no_claims(
    tiny: Callable[..., Sources],
) -> None:
    files = {TABLE: PREDICATES_HEADER, f"{FOLDER}/seed-001.tsv": f"{HEADER}\n"}
    files |= {f"{FOLDER}/{name}.tsv": text for name, text in NO_CLAIMS.items()}
    assert len(NO_CLAIMS) == 2
    merged = merge(tiny(files))
    places = [finding.place for finding in merged.findings]
    assert [place for place in places if place and place.file.startswith(FOLDER)] == []
    assert merged.origin.claims == ()


OTHER_TABLES = ("claimless-literature", "seed-texts", "quantities-literature")


@pytest.mark.parametrize("name", OTHER_TABLES)
def test_claims_under_the_name_of_another_table_are_not_passed_over(
    tiny: Callable[..., Sources], name: str
) -> None:
    assert len(OTHER_TABLES) == 3
    path = f"{FOLDER}/{name}.tsv"
    (finding,) = merge(tiny({TABLE: PREDICATES_HEADER, path: table(COLUMNS, ROW, {})})).findings
    assert_refused(finding, Place(path, 1), "the header is not as expected", "table-form")


LIKE_OTHER_TABLES = ("predicates-more", "claimless", "seed-texts-more", "quantities")


@pytest.mark.parametrize("name", LIKE_OTHER_TABLES)
def test_a_name_that_begins_as_that_of_another_table_is_one_of_claims(
    tiny: Callable[..., Sources], name: str
) -> None:
    assert len(LIKE_OTHER_TABLES) == 4
    follows = "follows\toccurs following\tterm\t\tAfter.\n"
    predicates = f"{PREDICATES_HEADER}{follows}"
    data = table(COLUMNS, ROW, {})
    merged = merge(tiny({TABLE: predicates, f"{FOLDER}/{name}.tsv": data}))
    claims = {t.subject for t in merged.origin.claims if t.predicate == vocab("verdict")}
    assert claims == {NamedNode(f"{ns.CLAIM}r-001")}


def test_claims_without_the_table_of_predicates_are_not_passed_over(
    tiny: Callable[..., Sources],
) -> None:
    with pytest.raises(ContentError, match="the file is missing") as stopped:
        merge(tiny({FILE: table(COLUMNS, ROW, {})}))
    assert stopped.value.place == TABLE


def test_each_predicate_knows_the_row_it_came_from(reader: Reader) -> None:
    rows = "a\tis a\ttext\t\tOne.\nb\tis b\tterm\tXX:1\tTwo.\n"
    predicates, wrong = read_predicates(TABLE, (PREDICATES_HEADER + rows).encode())
    assert wrong == []
    found = Claims(reader, predicates, LABELS).say(TIERS)
    assert found.places[ns.VOCAB + "b", "Two."] == Place(TABLE, 3)
    (finding,) = found.findings
    assert_refused(finding, Place(TABLE, 3, "edge"), "“XX:1” has no prefix")


def test_a_project_without_claims_has_none(tiny: Callable[..., Sources]) -> None:
    assert merge(tiny()).origin.claims == ()


def test_the_lists_of_values_are_those_of_the_vocabulary(sources: Sources) -> None:
    module = sources.files["ontology/modules/claims.ttl"].decode()
    names = [*stage.VERDICTS, *stage.POLARITIES, *quantities.KINDS, *quantities.DESIGNS]
    assert len(names) == 23
    assert [name for name in names if f"\nvocab:{name}\n" not in module] == []
