"""All sources as one graph: every part has its place, and one run reports everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Triple

from milia_onto.model import namespaces as ns
from milia_onto.model.errors import ContentError
from milia_onto.model.values import Place
from milia_onto.stages.merge import NEEDED, merge
from milia_onto.stages.predicates import PREDICATES

if TYPE_CHECKING:
    from collections.abc import Callable

    from milia_onto.model.values import Sources

MILIA, PRIMARY = ns.named("MILIA:0000001"), ns.named("MILIA:0000002")
KINDS = "ontology/modules/kinds.ttl"
HEADER = "ontology/milia.ttl"
MAPPING = "ontology/mappings/icd10who.sssom.tsv"

# name, file, old text, new text, check, line, message
SPOILT = [
    ("syntax error", KINDS, 'rdfs:label "milia"@en ;', 'rdfs:label "milia"@en ', "syntax", 9, "not Turtle"),
    ("open string", KINDS, '"milia"@en', '"milia@en', "syntax", 8, "not Turtle"),
    ("undeclared prefix", KINDS, "rdfs:subClassOf MILIA:0000001", "rdfs:subClassOf XX:1", "syntax", 16, "not Turtle"),
    ("relative IRI", KINDS, "rdfs:subClassOf MILIA:0000001", "rdfs:subClassOf <a>", "syntax", 16, "not Turtle"),
    ("other namespace", KINDS, "milia/MILIA_> .", "milia/M_> .", "prefix", 2, "prefix MILIA: is not declared as in ontology/prefixes.tsv"),
    ("unknown prefix", KINDS, "@prefix owl:", "@prefix new: <urn:new:> .\n@prefix owl:", "prefix", 3, "prefix new: is not declared"),
    ("id outside range", KINDS, "MILIA:0000002\n", "MILIA:0005000\n", "id-range", 12, "MILIA:0005000 lies in no range"),
    ("id twice", KINDS, "MILIA:0000002\n", "MILIA:0000001\n", "id-duplicate", 12, "MILIA:0000001 is described in two places"),
    ("id of a retired term", KINDS, "MILIA:0000002\n", "MILIA:0000009\n", "id-reuse", 12, "MILIA:0000009 is retired"),
    ("version IRI of another day", HEADER, "releases/2026-11-21", "releases/2026-11-20", "header-version", 1, "are not https://w3id.org/milia"),
    ("version of another day", HEADER, '"2026-11-21"', '"2026-11-20"', "header-version", 1, "are not https://w3id.org/milia"),
    ("no version", HEADER, '    owl:versionInfo "2026-11-21" ;\n', "", "header-version", 1, "owl:versionInfo"),
    ("other ontology IRI", HEADER, "<https://w3id.org/milia>\n", "<https://w3id.org/milia/>\n", "header-version", 1, "ontology IRI"),
    ("no ontology", HEADER, "a owl:Ontology", "a owl:Class", "header-version", 1, "ontology IRI"),
    ("mapping to an unknown term", MAPPING, "ICD10WHO:L74.0\tMiliaria rubra", "ICD10WHO:L74.1\tMiliaria rubra", "mapping-end", 10, "ICD10WHO:L74.1 is not known"),
    ("no source", "ontology/tables/synonyms.tsv", "berk-2008|seed-001", "berk-2009", "table-row", 2, "“berk-2009” is not in ontology/tables/sources.tsv"),
    ("slice of nothing", "ontology/imports/vocabularies.tsv", "HP\tHPO", "GO\tGO", "table-row", 2, "nothing says which vocabulary this is"),
    ("not UTF-8", "ontology/tables/labels.tsv", "Milien", "Mili\ud800en", "table-form", 2, "not UTF-8"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "old", "new", "check", "line", "message"),
    [pytest.param(*rest, id=name) for name, *rest in SPOILT],
)
def test_what_was_spoilt_is_named_with_file_and_line(
    tiny: Callable[..., Sources],
    path: str,
    old: str,
    new: str,
    check: str,
    line: int,
    message: str,
) -> None:
    assert len(SPOILT) == 18
    data = tiny().files[path].decode()
    assert old in data
    spoilt = data.replace(old, new, 1).encode("utf-8", "surrogatepass")
    findings = [f for f in merge(tiny({path: spoilt})).findings if f.check == check]
    assert message in findings[0].message
    assert findings[0].place
    where = "ontology/imports/hp.tsv" if "which vocabulary" in message else path
    assert (findings[0].place.file, findings[0].place.line) == (where, line)
    assert findings[0].severity == "violation"
    assert findings[0].why
    assert findings[0].fix


def test_the_tiny_project_is_valid(tiny: Callable[..., Sources]) -> None:
    assert merge(tiny()).findings == ()


@pytest.mark.parametrize("path", NEEDED)
def test_a_missing_file_that_is_needed_is_named(tiny: Callable[..., Sources], path: str) -> None:
    assert len(NEEDED) == 5
    with pytest.raises(ContentError, match="the file is missing") as stopped:
        merge(tiny({path: None}))
    assert stopped.value.place == path


MISNAMED = {
    "ontology/tables/synonym.tsv": "ontology/tables/synonyms.tsv",
    "ontology/tables/Labels.tsv": "ontology/tables/labels.tsv",
    "ontology/mappings/icd10who.tsv": MAPPING,
    "ontology/modules/kinds.ttl.orig": KINDS,
    "ontology/kinds.ttl": KINDS,
    "ontology/imports/hp.csv": "ontology/imports/hp.tsv",
    "ontology/queries/more.rq": None,
    "ontology/claims/notes.txt": None,
    "shapes/waiver.tsv": "shapes/waivers.tsv",
    "shapes/checks/more.sparql": None,
    "shapes/gate/more.tll": None,
}


@pytest.mark.parametrize("path", MISNAMED)
def test_a_file_that_nobody_reads_is_named(tiny: Callable[..., Sources], path: str) -> None:
    assert len(MISNAMED) == 11
    right = MISNAMED[path]
    moved = {path: tiny().files[right] if right else "x\n"} | ({right: None} if right else {})
    if path.startswith("ontology/claims"):
        moved[PREDICATES] = "predicate\tlabel\tobject\tedge\tdefinition\n"
    found = [f for f in merge(tiny(moved)).findings if f.check == "unread-file"]
    assert [(f.severity, f.place) for f in found] == [("violation", Place(path))]
    assert "nobody reads" in found[0].message
    assert "docs/reference/files.md" in found[0].fix


READ_ELSEWHERE = (
    "ontology/logo.svg",
    "ontology/queries/more.ttl",
    "ontology/README.md",
    "shapes/README.md",
    "shapes/checks/more.rq",
    "shapes/el-exceptions.tsv",
    "shapes/gate/more.shapes.ttl",
    "shapes/public/more.shapes.ttl",
)


def test_what_other_stages_and_people_read_may_be_there(tiny: Callable[..., Sources]) -> None:
    assert merge(tiny(dict.fromkeys(READ_ELSEWHERE, "x\n"))).findings == ()


OPTIONAL = ("synonyms", "labels", "deprecations")


@pytest.mark.parametrize("name", OPTIONAL)
def test_a_table_that_says_nothing_may_be_missing(tiny: Callable[..., Sources], name: str) -> None:
    assert len(OPTIONAL) == 3
    assert merge(tiny({f"ontology/tables/{name}.tsv": None})).findings == ()


SUBJECTLESS = {
    "empty": "",
    "comment": "# nothing yet\n",
    "indented": "  MILIA:0000001 a MILIA:0000002 .",
}


@pytest.mark.parametrize("name", SUBJECTLESS)
def test_a_module_without_a_subject_at_a_line_start_is_no_crash(
    tiny: Callable[..., Sources], name: str
) -> None:
    assert len(SUBJECTLESS) == 3
    prefix = "@prefix MILIA: <https://w3id.org/milia/MILIA_> .\n" if name == "indented" else ""
    merged = merge(tiny({"ontology/modules/more.ttl": prefix + SUBJECTLESS[name]}))
    assert merged.findings == ()


def test_one_run_reports_everything(tiny: Callable[..., Sources]) -> None:
    merged = merge(
        tiny({KINDS: "MILIA:1", "ontology/tables/labels.tsv": "x", "ontology/imports/hp.tsv": "y"})
    )
    files = {finding.place.file for finding in merged.findings if finding.place}
    assert {KINDS, "ontology/tables/labels.tsv", "ontology/imports/hp.tsv"} <= files


def test_parts_keep_where_they_came_from(tiny: Callable[..., Sources]) -> None:
    origin = merge(tiny()).origin
    below = Triple(PRIMARY, ns.RDFS_SUBCLASSOF, MILIA)
    assert below in origin.modules
    assert below not in (*origin.header, *origin.tables, *origin.imports, *origin.mappings)
    assert [t for t in origin.mappings if t.predicate == ns.named("skos:broadMatch")]
    assert [t for t in origin.imports if t.object == ns.OWL_CLASS]
    total = sum(map(len, (origin.header, origin.modules, origin.tables, origin.imports)))
    assert len(origin.everything) == total + len(origin.mappings)


def test_each_definition_stands_as_skos_definition_too(tiny: Callable[..., Sources]) -> None:
    graph = merge(tiny()).origin.everything
    obo = {(t.subject, t.object) for t in graph if t.predicate == ns.DEFINITION}
    skos = {(t.subject, t.object) for t in graph if t.predicate == ns.SKOS_DEFINITION}
    assert obo == skos
    assert len(obo) == 3


def test_the_header_is_what_the_ontology_says_of_itself(tiny: Callable[..., Sources]) -> None:
    header = merge(tiny()).header
    assert (header.iri, header.version) == (ns.BASE, "2026-11-21")
    assert header.version_iri == f"{ns.BASE}/releases/2026-11-21"


def test_labels_are_known_of_own_and_foreign_terms(tiny: Callable[..., Sources]) -> None:
    labels = merge(tiny()).labels
    assert labels[MILIA.value] == "milia"
    assert labels["http://purl.obolibrary.org/obo/HP_0001056"] == "Milia"


PLACES = [
    ("a term", MILIA.value, "", Place(KINDS, 6)),
    ("a text of a term", PRIMARY.value, "Milia that arise of themselves.", Place(KINDS, 15)),
    ("a row", MILIA.value, "milk spots", Place("ontology/tables/synonyms.tsv", 2)),
    ("a label", MILIA.value, "Milien", Place("ontology/tables/labels.tsv", 2)),
    ("a source", ns.SOURCE + "seed-001", "", Place("ontology/tables/sources.tsv", 3)),
    ("a foreign term", "http://purl.obolibrary.org/obo/HP_0001056", "Milia", Place("ontology/imports/hp.tsv", 3)),
    ("a match", MILIA.value, "https://icd.who.int/browse10/2019/en#/L72.0", Place(MAPPING, 9)),
    ("unknown text of a term", PRIMARY.value, "nowhere", Place(KINDS, 12)),
    ("nobody", "urn:nobody", "nowhere", None),
]  # fmt: skip


ALIKE = """\
@prefix MILIA: <https://w3id.org/milia/MILIA_> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
MILIA:0000003
    rdfs:seeAlso MILIA:00000011 ;
    rdfs:comment "milia, on the face"@en , "12" ;
    rdfs:label "a \\"milk\\" spot"@en ;
    rdfs:comment "milia"@en ;
    rdfs:subClassOf MILIA:0000001.
"""
THIRD = ns.TERM + "0000003"
# value, other spellings, line
WITHIN_A_BLOCK = [
    ("a text that begins another", "milia", [], 7),
    ("a CURIE that begins another", MILIA.value, ["MILIA:0000001"], 8),
    ("a number that others hold", "2", [], 3),
    ("a number", "12", [], 5),
    ("a text with quotation marks", 'a "milk" spot', [], 6),
    ("the value before its property", "milia", ["rdfs:comment"], 7),
    ("its property where it is not written", "no", ["rdfs:comment"], 5),
    ("nothing", "", [""], 3),
]


@pytest.mark.parametrize(
    ("value", "spellings", "line"),
    [pytest.param(*rest, id=name) for name, *rest in WITHIN_A_BLOCK],
)
def test_the_line_of_a_value_is_no_line_that_only_holds_its_letters(
    tiny: Callable[..., Sources], value: str, spellings: list[str], line: int
) -> None:
    assert len(WITHIN_A_BLOCK) == 8
    places = merge(tiny({"ontology/modules/more.ttl": ALIKE})).places
    assert places.find(THIRD, value, spellings) == Place("ontology/modules/more.ttl", line)


@pytest.mark.parametrize(
    ("entity", "value", "place"), [pytest.param(*rest, id=name) for name, *rest in PLACES]
)
def test_the_place_of_a_value_is_found(
    tiny: Callable[..., Sources], entity: str, value: str, place: Place | None
) -> None:
    assert len(PLACES) == 9
    found = merge(tiny()).places.find(entity, value)
    assert found == place
