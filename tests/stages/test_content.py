"""The authored tables as triples; every cell that cannot be meant is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from milia_onto.model import namespaces as ns
from milia_onto.model.values import Place
from milia_onto.stages.content import LABEL_KINDS, SCOPES, SYNONYM_TYPES, Reader
from milia_onto.stages.prefix_table import read_prefixes

if TYPE_CHECKING:
    from milia_onto.stages.contribution import Contribution

MILIA = ns.named("MILIA:0000001")
HEADERS = {
    "information_sources": "source\ttitle\tkind\ttier\tlocator\tnote",
    "synonyms": "term\tscope\tsynonym\ttype\tsource",
    "labels": "term\tlanguage\tkind\tlabel\tsource",
    "deprecations": "term\tlabel\tdefinition\tsource\tsince\treason\treplaced_by",
}
# table, its rows, line, column, message
WRONG = [
    ("information_sources", ["Berk 2008\tT\treview\tA\t\t"], 2, "source", "not lower-case words"),
    ("information_sources", ["a-b\tT\tblog\tA\t\t"], 2, "kind", "“blog” is not one of review"),
    ("information_sources", ["a-b\tT\treview\tE\t\t"], 2, "tier", "“E” is not one of A, B, C, D"),
    ("information_sources", ["a\t\treview\tA\t\t"], 2, "title", "the cell is empty"),
    ("information_sources", ["a\tT\treview\tA\t\t", "a\tU\treview\tB\t\t"], 3, "source", "“a” was already given in line 2"),
    ("information_sources", ["b\tT\treview\tA\t\t", "a\tU\treview\tB\t\t"], 3, "", "the rows are not sorted"),
    ("synonyms", ["XX:0000001\texact\ts\t\tseed-001"], 2, "term", "has no prefix of ontology/prefixes.tsv"),
    ("synonyms", ["milia\texact\ts\t\tseed-001"], 2, "term", "has no prefix of ontology/prefixes.tsv"),
    ("synonyms", ["MILIA:1\texact\ts\t\tseed-001"], 2, "term", r"not shaped as MILIA identifiers are (\d{7})"),
    ("synonyms", ["MILIA:\texact\ts\t\tseed-001"], 2, "term", "not shaped as MILIA identifiers are"),
    ("synonyms", ["MILIA:0000001\tclose\ts\t\tseed-001"], 2, "scope", "not one of exact, broad"),
    ("synonyms", ["MILIA:0000001\texact\t\t\tseed-001"], 2, "synonym", "the cell is empty"),
    ("synonyms", ["MILIA:0000001\texact\ts\tslang\tseed-001"], 2, "type", "not one of abbreviation"),
    ("synonyms", ["MILIA:0000001\texact\ts\t\tseed-009"], 2, "source", "“seed-009” is not in ontology/tables/sources.tsv"),
    ("synonyms", ["MILIA:0000001\texact\ts\t\tseed-001|x"], 2, "source", "“x” is not in ontology/tables/sources.tsv"),
    ("synonyms", ["MILIA:0000001\texact\ts\t\t"], 2, "source", "the cell is empty"),
    ("synonyms", ["MILIA:0000002\texact\ts\t\tseed-001", "MILIA:0000001\texact\ts\t\tseed-001"], 3, "", "the rows are not sorted"),
    ("labels", ["MILIA:0000001\ten\tpreferred\tl\tseed-001"], 2, "language", "English labels are written in the modules"),
    ("labels", ["MILIA:0000001\tGerman\tpreferred\tl\tseed-001"], 2, "language", "not a BCP 47 language tag"),
    ("labels", ["MILIA:0000001\tde\tfirst\tl\tseed-001"], 2, "kind", "not one of preferred"),
    ("labels", ["MILIA:0000001\tru\tpreferred\tl\tseed-001", "MILIA:0000001\tde\tpreferred\tl\tseed-001"], 3, "", "the rows are not sorted"),
    ("deprecations", ["MILIA:0000009\tl\td\tseed-001\tyesterday\tr\t"], 2, "since", "not YYYY-MM-DD"),
    ("deprecations", ["MILIA:0000009\tl\td\tseed-001\t20260101\tr\t"], 2, "since", "not YYYY-MM-DD"),
    ("deprecations", ["MILIA:0000009\tl\td\tseed-001\t2025-02-31\tr\t"], 2, "since", "“2025-02-31” is no day of the calendar"),
    ("deprecations", ["MILIA:0000009\tl\td\tseed-001\t0000-01-01\tr\t"], 2, "since", "“0000-01-01” is no day of the calendar"),
    ("deprecations", ["MILIA:0000009\tl\td\tseed-001\t2026-01-01\tr\tMILIA:1"], 2, "replaced_by", "not shaped as MILIA identifiers"),
    ("deprecations", ["MILIA:0000009\tl\t\tseed-001\t2026-01-01\tr\t"], 2, "definition", "the cell is empty"),
    ("deprecations", ["MILIA:0000009\tl\td\tseed-001\t2026-01-01\tr\t"] * 2, 3, "term", "was already given in line 2"),
    ("deprecations", ["MILIA:0000009\tl\td\tseed-001\t2026-01-01\tr"], 2, "", "6 cells where the header has 7"),
]  # fmt: skip


def read(reader: Reader, table: str, *rows: str) -> Contribution:
    text = "\n".join([HEADERS[table], *rows, ""])
    found: Contribution = getattr(reader, table)("t.tsv", text.encode())
    return found


@pytest.mark.parametrize(
    ("table", "rows", "line", "column", "message"),
    [pytest.param(*case, id=f"{case[0]}-{n}") for n, case in enumerate(WRONG)],
)
def test_what_is_wrong_is_named_with_file_line_and_column(
    reader: Reader, table: str, rows: list[str], line: int, column: str, message: str
) -> None:
    assert len(WRONG) == 29
    (finding,) = read(reader, table, *rows).findings
    assert finding.place == Place("t.tsv", line, column)
    assert message in finding.message
    assert finding.severity == "violation"


@pytest.mark.parametrize("table", HEADERS)
def test_a_wrong_header_reads_nothing(reader: Reader, table: str) -> None:
    assert len(HEADERS) == 4
    found = getattr(reader, table)("t.tsv", b"a\tb\n1\t2\n")
    assert found.triples == []
    assert [finding.place for finding in found.findings] == [Place("t.tsv", 1)]


def test_a_source_becomes_an_individual(reader: Reader) -> None:
    found = read(reader, "information_sources", "a-1\tTitle\treview\tA\thttps://x.org/y\tread")
    node = NamedNode(ns.SOURCE + "a-1")
    assert Triple(node, ns.RDF_TYPE, ns.OWL_NAMED_INDIVIDUAL) in found.triples
    assert Triple(node, ns.RDFS_LABEL, Literal("Title", language="en")) in found.triples
    assert Triple(node, ns.RDFS_SEEALSO, NamedNode("https://x.org/y")) in found.triples
    assert Triple(node, ns.RDFS_COMMENT, Literal("read", language="en")) in found.triples


@pytest.mark.parametrize("locator", ["document 001", "https://x.org/a b", "doi:10.1/x"])
def test_a_locator_that_is_no_address_stays_a_text(reader: Reader, locator: str) -> None:
    found = read(reader, "information_sources", f"a-1\tTitle\treview\tA\t{locator}\t")
    assert Literal(locator) in [t.object for t in found.triples if t.predicate == ns.RDFS_SEEALSO]


def test_a_synonym_carries_scope_kind_and_each_source(reader: Reader) -> None:
    assert (len(SCOPES), len(SYNONYM_TYPES)) == (4, 5)
    found = read(reader, "synonyms", "MILIA:0000001\tnarrow\tspot\tplural\tberk-2008|seed-001")
    said = Triple(MILIA, SCOPES["narrow"], Literal("spot", language="en"))
    assert said in found.triples
    notes = {(t.predicate, t.object) for t in found.triples if t != said}
    assert (ns.named("oboInOwl:hasSynonymType"), SYNONYM_TYPES["plural"]) in notes
    assert (ns.OWL_ANNOTATED_TARGET, said.object) in notes
    assert {o.value for p, o in notes if p == ns.DCTERMS_SOURCE} == {
        ns.SOURCE + "berk-2008",
        ns.SOURCE + "seed-001",
    }


def test_a_label_carries_its_language_and_kind(reader: Reader) -> None:
    assert len(LABEL_KINDS) == 3
    found = read(reader, "labels", "MILIA:0000001\tzh-Hant-TW\thidden\t粟粒腫\tseed-001")
    said = Triple(MILIA, LABEL_KINDS["hidden"], Literal("粟粒腫", language="zh-Hant-TW"))
    assert found.triples[0] == said


def test_a_retired_term_keeps_its_definition_and_names_its_successor(reader: Reader) -> None:
    row = "MILIA:0000009\tspots\tA mistake.\tseed-001\t2026-11-01\tno milia\tMILIA:0000001"
    found = {t.predicate: t.object for t in read(reader, "deprecations", row).triples}
    assert found[ns.RDFS_LABEL] == Literal("obsolete spots", language="en")
    assert found[ns.DEFINITION] == Literal("A mistake.", language="en")
    assert found[ns.OWL_DEPRECATED].value == "true"
    assert found[ns.REPLACED_BY] == MILIA
    assert "2026-11-01" in found[ns.EDITOR_NOTE].value


def test_each_value_knows_the_row_it_came_from(reader: Reader) -> None:
    rows = [f"MILIA:000000{n}\texact\tname {n}\t\tseed-001" for n in (1, 2)]
    found = read(reader, "synonyms", *rows)
    assert found.places[ns.TERM + "0000002", "name 2"] == Place("t.tsv", 3)


PREFIX_HEADER = "prefix\tnamespace\tpattern\ttitle\n"
WRONG_PREFIXES = [
    ("broken pattern", "A\thttp://a/\t(\tA\n", 2, "the pattern is not a regular expression"),
    ("unsorted", "B\thttp://b/\t\tB\nA\thttp://a/\t\tA\n", 3, "the rows are not sorted"),
    ("no namespace", "A\t\t\tA\n", 2, "the cell is empty"),
    ("prefix twice", "A\thttp://a/\t\tA\nA\thttp://b/\t\tA\n", 3, "“A” was already given in line 2"),
    ("namespace twice", "A\thttp://a/\t\tA\nB\thttp://a/\t\tB\n", 3, "“http://a/” was already given in line 2"),
    ("namespace no IRI", "A\tno address\t\tA\n", 2, "no address"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "line", "message"), [pytest.param(*rest, id=name) for name, *rest in WRONG_PREFIXES]
)
def test_a_wrong_prefix_row_is_named(rows: str, line: int, message: str) -> None:
    assert len(WRONG_PREFIXES) == 6
    prefixes, (finding,) = read_prefixes("p.tsv", (PREFIX_HEADER + rows).encode())
    assert message in finding.message
    assert finding.place
    assert finding.place.line == line
    assert Reader(prefixes).curie("A:1") is not None, "what is left of the map can be used"


def test_nested_namespaces_are_told_apart_by_the_longest() -> None:
    rows = "A\thttp://a/\t\tA\nB\thttp://a/b/\t\tB\n"
    prefixes, findings = read_prefixes("p.tsv", (PREFIX_HEADER + rows).encode())
    assert not findings
    assert prefixes.compress("http://a/b/1") == "B:1"
    assert prefixes.compress("http://a/1") == "A:1"
    assert prefixes.compress("http://a/") is None
    assert prefixes.compress("urn:x") is None
    assert prefixes.expand("B:1") == "http://a/b/1"
    assert prefixes.expand("C:1") is None
    assert prefixes.expand("plain") is None
