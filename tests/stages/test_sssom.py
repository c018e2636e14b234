"""Mapping sets: both ends exist, live, and are called what the row says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, Triple

from milia_onto.model import namespaces as ns
from milia_onto.model.values import Place
from milia_onto.stages.imports import Known
from milia_onto.stages.sssom import read_mapping_set

if TYPE_CHECKING:
    from milia_onto.stages.content import Reader
    from milia_onto.stages.contribution import Contribution

FILE = "ontology/mappings/hp.sssom.tsv"
HEADER = """\
# curie_map:
#   MILIA: "https://w3id.org/milia/MILIA_"
# license: https://creativecommons.org/licenses/by/4.0/
# mapping_set_id: https://w3id.org/milia/mappings/hp
# mapping_set_title: "Mappings to HPO"
# mapping_set_version: "2026-11-21"
"""
ROW = {
    "record_id": "mappings:hp/MILIA_0000001_0001056",
    "subject_id": "MILIA:0000001",
    "subject_label": "milia",
    "predicate_id": "skos:exactMatch",
    "predicate_modifier": "",
    "object_id": "HP:0001056",
    "object_label": "Milia",
    "mapping_justification": "semapv:ManualMappingCuration",
    "confidence": "0.95",
    "comment": "the same",
}
KNOWN = {
    "HP:0001056": Known("Milia", False, "", Place("hp.tsv", 2)),
    "HP:0009998": Known("Old cyst", True, "HP:0001056", Place("hp.tsv", 3)),
    "HP:0009999": Known("Older cyst", True, "", Place("hp.tsv", 4)),
}
LABELS = {ns.TERM + "0000001": "milia", "urn:else": "else"}
LINE = 8


def read(reader: Reader, *rows: dict[str, str], header: str = HEADER) -> Contribution:
    lines = ["\t".join(ROW)]
    lines += ["\t".join({**ROW, **row}[name] for name in ROW) for row in rows]
    data = header + "\n".join(lines) + "\n"
    return read_mapping_set(FILE, data.encode(), reader, KNOWN, LABELS)


# name, what the row says instead, column, message, fix
WRONG_ROWS = [
    ("unknown subject", {"subject_id": "MILIA:0000002", "record_id": "mappings:hp/MILIA_0000002_0001056"}, "subject_id", "MILIA:0000002 is not a term of this ontology", "map an own term"),
    ("foreign subject", {"subject_id": "HP:0001056", "record_id": "mappings:hp/HP_0001056_0001056"}, "subject_id", "HP:0001056 is not a term of this ontology", "map an own term"),
    ("mislabelled subject", {"subject_label": "milium"}, "subject_label", "MILIA:0000001 is called “milia”", "use that label"),
    ("unknown object", {"object_id": "HP:0000007", "record_id": "mappings:hp/MILIA_0000001_0000007"}, "object_id", "HP:0000007 is not known to any pinned slice", "add it to the slice"),
    ("obsolete object", {"object_id": "HP:0009998", "record_id": "mappings:hp/MILIA_0000001_0009998"}, "object_id", "HP:0009998 is obsolete", "map to HP:0001056"),
    ("obsolete for good", {"object_id": "HP:0009999", "record_id": "mappings:hp/MILIA_0000001_0009999"}, "object_id", "HP:0009999 is obsolete", "remove the row"),
    ("mislabelled object", {"object_label": "Milium"}, "object_label", "HP:0001056 is called “Milia”", "use that label"),
    ("wrong record id", {"record_id": "mappings:hp/1"}, "record_id", "the record id is not mappings:hp/MILIA_0000001_0001056", "write it so"),
    ("unknown predicate", {"predicate_id": "owl:sameAs"}, "predicate_id", "“owl:sameAs” is not one of skos:exactMatch", "correct"),
    ("unknown modifier", {"predicate_modifier": "not"}, "predicate_modifier", "“not” is not one of Not", "correct"),
    ("unknown justification", {"mapping_justification": "semapv:Guess"}, "mapping_justification", "not one of semapv:Manual", "correct"),
    ("confidence above one", {"confidence": "1.5"}, "confidence", "“1.5” is not a number from 0 to 1", "correct"),
    ("confidence in words", {"confidence": "high"}, "confidence", "“high” is not a number from 0 to 1", "correct"),
    ("no confidence", {"confidence": ""}, "confidence", "the cell is empty", "fill in"),
    ("code of wrong shape", {"object_id": "HP:1056"}, "object_id", "not shaped as HP identifiers are", "correct"),
    ("unknown prefix", {"object_id": "XX:1"}, "object_id", "has no prefix of ontology/prefixes.tsv", "correct"),
    ("quoted comment", {"comment": '"the same"'}, "comment", "the cell is quoted", "quotation marks"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "column", "message", "fix"),
    [pytest.param(*rest, id=name) for name, *rest in WRONG_ROWS],
)
def test_a_wrong_row_is_named_with_file_line_and_column(
    reader: Reader, row: dict[str, str], column: str, message: str, fix: str
) -> None:
    assert len(WRONG_ROWS) == 17
    (finding,) = read(reader, row).findings
    assert finding.place == Place(FILE, LINE, column)
    assert message in finding.message
    assert fix in finding.fix


# name, header, line, message
WRONG_HEADERS = [
    ("none", "", 1, "no SSSOM header"),
    ("a sentence", "# what maps to what\n", 1, "no SSSOM header"),
    ("not YAML", HEADER.replace("# license: ", "# license: ["), 4, "the header is not YAML"),
    ("tab", HEADER.replace("#   MILIA", "#\tMILIA"), 2, "the header is not YAML"),
    ("no id", HEADER.replace("mapping_set_id", "id"), 1, "no mapping_set_id in the header"),
    ("no version", HEADER.replace("mapping_set_version", "v"), 1, "no mapping_set_version"),
    ("no title", HEADER.replace("mapping_set_title", "t"), 1, "no mapping_set_title"),
    ("no licence", HEADER.replace("license", "licence"), 1, "no license in the header"),
    ("no curie_map", HEADER.replace("curie_map", "map"), 1, "no curie_map in the header"),
    ("unknown prefix", HEADER.replace("  MILIA:", "  XX:"), 1, "prefix XX of the curie_map is not"),
    ("other namespace", HEADER.replace("MILIA_", "M_"), 1, "prefix MILIA of the curie_map is not"),
    ("curie_map a text", HEADER.replace('\n#   MILIA: "https', ' "https'), 1, "curie_map"),
    ("curie_map a list", HEADER.replace("#   MILIA: ", "#  - "), 1, "curie_map"),
    ("licence no IRI", HEADER.replace("https://creativecommons.org/", "CC "), 1, "license"),
    ("licence empty", HEADER.replace("https://creativecommons.org/licenses/by/4.0/", ""), 1, "license"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "line", "message"), [pytest.param(*rest, id=name) for name, *rest in WRONG_HEADERS]
)
def test_a_wrong_header_is_named_with_file_and_line(
    reader: Reader, header: str, line: int, message: str
) -> None:
    assert len(WRONG_HEADERS) == 15
    (finding,) = read(reader, {}, header=header).findings
    assert finding.place == Place(FILE, line)
    assert message in finding.message


def test_a_row_gives_the_match_and_a_record_of_it(reader: Reader) -> None:
    found = read(reader, {})
    assert not found.findings
    record, milia, hp = (
        ns.MAPPINGS + "hp/MILIA_0000001_0001056",
        ns.TERM + "0000001",
        "HP_0001056",
    )
    matches = [t for t in found.triples if t.predicate == ns.named("skos:exactMatch")]
    assert [(t.subject.value, t.object.value[-10:]) for t in matches] == [(milia, hp)]
    about = {t.predicate: t.object for t in found.triples if t.subject.value == record}
    assert about[ns.named("sssom:confidence")].value == "0.95"
    assert about[ns.RDFS_LABEL].value == "milia: exact match HP:0001056 Milia"
    assert about[ns.RDFS_COMMENT] == Literal("the same", language="en")
    assert ns.named("sssom:predicate_modifier") not in about


def test_a_negated_row_gives_its_record_and_no_match(reader: Reader) -> None:
    found = read(reader, {"predicate_modifier": "Not"})
    assert not found.findings
    assert not [t for t in found.triples if t.predicate == ns.named("skos:exactMatch")]
    labels = {t.object.value for t in found.triples if t.predicate == ns.RDFS_LABEL}
    assert "milia: not exact match HP:0001056 Milia" in labels


def test_a_match_knows_the_row_it_came_from(reader: Reader) -> None:
    found = read(reader, {})
    hp = "http://purl.obolibrary.org/obo/HP_0001056"
    assert found.places[ns.TERM + "0000001", hp] == Place(FILE, LINE)


def test_a_record_given_twice_is_named(reader: Reader) -> None:
    findings = read(reader, {}, {}).findings
    assert [f.place for f in findings] == [Place(FILE, LINE + 1)]
    assert "twice" in findings[0].message


def test_unsorted_rows_are_named(reader: Reader) -> None:
    rows = (
        {},
        {"predicate_modifier": "Not", "object_id": "HP:0000118", "record_id": "mappings:hp/x"},
    )
    places = [f.place for f in read(reader, *rows).findings if "not sorted" in f.message]
    assert places == [Place(FILE, LINE + 1)]


def test_the_set_is_described(reader: Reader) -> None:
    found = read(reader, {})
    home = ns.named("mappings:hp")
    assert Triple(home, ns.RDF_TYPE, ns.named("sssom:MappingSet")) in found.triples
    assert Triple(home, ns.OWL_VERSION_INFO, Literal("2026-11-21")) in found.triples


def test_an_odd_line_separator_in_the_header_moves_no_line(reader: Reader) -> None:
    header = HEADER.replace("to HPO", "to\u0085HPO")
    assert not read(reader, {}, header=header).findings
