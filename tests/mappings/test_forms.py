"""Mapping sets in all forms of the standard's 31 examples are read; broken ones refused in a line."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from milia_onto.edges.mapping_files import read_mappings
from milia_onto.mappings.read import read_set
from milia_onto.model.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Result

PROJECT = Path(__file__).resolve().parents[2]
DATA = PROJECT / "tests" / "data" / "sssom"
with (DATA / "forms.tsv").open(encoding="utf-8", newline="") as table:
    FORMS = [(row["name"], int(row["mappings"])) for row in csv.DictReader(table, delimiter="\t")]
CURATED = sorted((PROJECT / "ontology" / "mappings").glob("*.sssom.tsv"))


@pytest.mark.parametrize(("name", "mappings"), FORMS)
def test_every_form_of_the_standard_is_read(name: str, mappings: int) -> None:
    assert len(FORMS) == len(list(DATA.glob("*.sssom.tsv"))) == 31
    found = read_mappings(DATA / f"{name}.sssom.tsv")
    assert len(found.rows) == mappings
    assert all(row.object.partition(":")[0] in found.prefixes for row in found.rows)


def test_cells_with_quotes_and_line_breaks_keep_their_line_numbers() -> None:
    found = read_mappings(DATA / "embedded-full.sssom.tsv")
    first = found.rows[0].place.line
    assert [row.place.line - first for row in found.rows] == [0, 1, 3]


def test_a_byte_order_mark_and_carriage_returns_do_no_harm(tmp_path: Path) -> None:
    text = (DATA / "curie-map.sssom.tsv").read_text(encoding="utf-8").replace("\n", "\r\n")
    path = tmp_path / "a.sssom.tsv"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert len(read_mappings(path).rows) == 3


SOUND = (DATA / "embedded-lexical.sssom.tsv").read_text(encoding="utf-8")
BOMB = "\n".join(
    ["#a0: &a0 [x, x]", *(f"#a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))]
)
# name, what is written for what, what is said
BROKEN = [
    ("an undeclared prefix", ('  CYST: "', '  CIST: "'), "the prefix CYST is not declared"),
    ("a missing column", ("\tpredicate_id\t", "\tpredicate\t"), "has no column predicate_id"),
    ("a comma for a tab", ("\t", ","), "has no column subject_id"),
    ("a YAML bomb", ("#curie_map:", f"{BOMB}\n#curie_map:"), "the header is not YAML"),
    ("a deep header", ("#curie_map:", f"#x: {'[' * 9000}\n#curie_map:"), "the header is not YAML"),
    ("no mapping", ("#curie_map:", "#- a\n#curie_map:"), "the header is not YAML"),
    ("prefixes as a list", ('#  CYST: "', '#  - "'), "the header is not YAML"),
    ("a number for a namespace", ('"https://example.com/cysts/"', "7"), "curie_map is not a map"),
    ("another skos", ("#curie_map:", "#curie_map:\n#  skos: x"), "the built-in prefix skos"),
    ("a later version", ("#curie_map:", '#sssom_version: "9"\n#curie_map:'), "is of SSSOM 9"),
    ("a formula", ("tiny keratin", "=HYPERLINK(1) keratin"), "the cell is a spreadsheet formula"),
    ("a command", ("tiny keratin", "-2+3+cmd|' /C x'!A0"), "the cell is a spreadsheet formula"),
    ("a confidence of two", ("\t0.9\n", "\t2\n"), "“2” is not a number from 0 to 1"),
    ("a confidence of nan", ("\t0.9\n", "\tnan\n"), "“nan” is not a number from 0 to 1"),
    ("a cell too many", ("\t0.9\n", "\t0.9\tmore\n"), "11 cells where the header has 10"),
    ("an open quotation", ("tiny keratin", '\t"tiny'), "is no TSV"),
    ("no CURIE", ("CYST:11\t", "eleven\t"), "“eleven” is no CURIE"),
    ("an empty object", ("CYST:11\t", "\t"), "“” is no CURIE"),
    ("two columns of a name", ("\tobject_label\t", "\tobject_id\t"), "two columns of one name"),
    ("a page of HTML", (SOUND, "<!doctype html>\n<p>Not found</p>\n"), "no SSSOM header"),
    ("nothing at all", (SOUND, ""), "no SSSOM header"),
]


@pytest.mark.parametrize(("change", "told"), [pytest.param(*rest, id=n) for n, *rest in BROKEN])
def test_a_broken_set_is_refused_in_one_line(
    change: tuple[str, str], told: str, tmp_path: Path, milia_onto: Callable[..., Result]
) -> None:
    assert len(BROKEN) == 21
    text = SOUND.replace(*change)
    assert text != SOUND
    path = tmp_path / "a.sssom.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=r".") as caught:
        read_set("a", text)
    assert told in str(caught.value)
    out = tmp_path / "repair.tsv"
    answer = milia_onto("mappings", "check", path, "--against", path, "--proposals", out)
    assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1)
    assert told in answer.err
    assert len(answer.err) < 500
    assert not out.exists()


# What other programs may take for the end of a line, but TSV does not.
NO_LINE_ENDS = ("\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c")


@pytest.mark.parametrize("sign", NO_LINE_ENDS, ids=ascii)
def test_a_line_ends_at_a_line_feed_alone(sign: str, tmp_path: Path) -> None:
    assert len(NO_LINE_ENDS) == 6
    path = tmp_path / "a.sssom.tsv"
    path.write_text(SOUND.replace("tiny keratin", f"tiny{sign}keratin"), encoding="utf-8")
    rows, plain = read_mappings(path).rows, read_set("a", SOUND).rows
    assert [row.place.line for row in rows] == [row.place.line for row in plain]
    labels = [label for row in rows for label in (row.subject_label, row.object_label)]
    assert any(f"tiny{sign}keratin" in label for label in labels)


def test_the_metadata_beside_a_set_may_have_carriage_returns(tmp_path: Path) -> None:
    block = [line[1:] for line in SOUND.split("\n") if line.startswith("#")]
    rows = [line for line in SOUND.split("\n") if not line.startswith("#")]
    path = tmp_path / "a.sssom.tsv"
    path.write_text("\n".join(rows), encoding="utf-8")
    path.with_suffix(".yml").write_bytes("\r\n".join(block).encode())
    found = read_mappings(path)
    assert found.prefixes == read_set("a", SOUND).prefixes
    assert len(found.rows) == len(read_set("a", SOUND).rows)


def long_line(path: Path) -> None:
    with path.open("wb") as file:
        for _ in range(100):
            file.write(b"x" * (1 << 20))


BAD_FILES: list[tuple[str, Callable[[Path], object], str]] = [
    ("latin 1", lambda p: p.write_bytes(SOUND.replace("tiny", "tïny").encode("latin-1")), "UTF-8"),
    ("UTF-16", lambda p: p.write_bytes(SOUND.encode("utf-16")), "UTF-8"),
    ("a NUL byte", lambda p: p.write_text(SOUND.replace("tiny", "\0"), encoding="utf-8"), "binary"),
    ("a line of 100 MB", long_line, "the line is longer than 1048576 bytes"),
    ("a folder", lambda p: p.mkdir(), "cannot be read"),
    ("no file", lambda p: None, "cannot be read"),
]


@pytest.mark.parametrize(("make", "told"), [pytest.param(*rest, id=n) for n, *rest in BAD_FILES])
def test_an_unreadable_file_is_refused_in_one_line(
    make: Callable[[Path], object], told: str, tmp_path: Path, milia_onto: Callable[..., Result]
) -> None:
    assert len(BAD_FILES) == 6
    path, out = tmp_path / "a.sssom.tsv", tmp_path / "repair.tsv"
    make(path)
    for arguments in ([path], [CURATED[0], "--against", path, "--proposals", out]):
        answer = milia_onto("mappings", "check", *arguments)
        code = 3 if told == "cannot be read" else 1
        assert (answer.code, answer.out, answer.err.count("\n")) == (code, "", 1)
        assert told in answer.err
    assert not out.exists()


def test_a_damaged_gzip_file_is_refused(tmp_path: Path, milia_onto: Callable[..., Result]) -> None:
    path = tmp_path / "a.tsv.gz"
    sound = gzip.compress(b"id\tlabel\n" + b"A:1\tcyst\n" * 999)
    path.write_bytes(sound[:-20])
    answer = milia_onto("mappings", "check", CURATED[0], "--against", path)
    assert (answer.code, answer.err.count("\n")) == (1, 1)


def test_every_curated_set_keeps_what_held_when_it_was_reviewed() -> None:
    from milia_onto.stages.sssom import read_header

    assert len(CURATED) == 13
    for path in CURATED:
        header, _, findings = read_header(path.name, path.read_bytes())
        assert not findings
        assert header["object_source_version"], path.name
        assert header["other"] == "object_deprecated=false", path.name
        assert header["mapping_date"], path.name
    labels = [row.object_label for path in CURATED for row in read_mappings(path).rows]
    # UMLS and a few code systems give some objects no label that may be quoted.
    assert sum(map(bool, labels)) > 0.95 * len(labels) > 1000


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", CURATED, ids=lambda path: path.name)
def test_sssom_py_reads_a_set_and_writes_it_back_equal(
    path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    from sssom.parsers import parse_sssom_table
    from sssom.writers import write_table

    first = parse_sssom_table(str(path))
    assert [record.message for record in caplog.records] == []
    again = io.StringIO()
    write_table(first, again)
    copy = tmp_path / path.name
    copy.write_text(again.getvalue(), encoding="utf-8")
    assert rows_of(copy) == rows_of(path)
    assert header_of(path) == header_of(copy)
    # The writer takes the slots that all rows share out of what it writes.
    first, second = parse_sssom_table(str(path)), parse_sssom_table(str(copy))
    assert first.df.equals(second.df)
    assert first.metadata == second.metadata


def rows_of(path: Path) -> list[dict[str, str]]:
    lines = [x for x in path.read_text(encoding="utf-8").splitlines() if not x.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t")
    found = [{key: cell for key, cell in row.items() if cell} for row in rows]
    for row in found:
        row["confidence"] = str(float(row["confidence"]))
    return sorted(found, key=lambda row: row["record_id"])


def header_of(path: Path) -> dict[str, Any]:
    import yaml

    lines = path.read_text(encoding="utf-8").splitlines()
    found = yaml.safe_load("\n".join(line[1:] for line in lines if line.startswith("#")))
    used = found.pop("curie_map")
    # Built-in prefixes are declared or not, as a writer likes.
    built_in = {"owl", "rdf", "rdfs", "semapv", "skos", "sssom"}
    return {**found, "curie_map": {k: v for k, v in used.items() if k not in built_in}}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", CURATED, ids=lambda path: path.name)
def test_the_other_forms_of_a_set_are_valid(path: Path, tmp_path: Path) -> None:
    from linkml_runtime.loaders import json_loader
    from sssom.parsers import parse_sssom_json, parse_sssom_rdf, parse_sssom_table
    from sssom.writers import write_json, write_rdf
    from sssom_schema import MappingSet

    read = parse_sssom_table(str(path))
    as_json, as_rdf = io.StringIO(), io.StringIO()
    write_json(read, as_json)
    document = json.loads(as_json.getvalue())
    document.pop("@context")
    # The classes made from the standard's LinkML schema refuse unknown slots and missing ones.
    found = json_loader.loads(document, MappingSet)
    assert len(found.mappings) == len(read.df) > 20
    with pytest.raises(ValueError, match="mapping_justification"):
        json_loader.loads({**document, "mappings": [{"predicate_id": "a:b"}]}, MappingSet)
    write_rdf(read, as_rdf)
    forms = ((as_json, parse_sssom_json), (as_rdf, parse_sssom_rdf))
    for number, (written, parse) in enumerate(forms):
        copy = tmp_path / str(number)
        copy.write_text(written.getvalue(), encoding="utf-8")
        assert table_of(parse(str(copy))) == table_of(read)


def table_of(read: Any) -> list[dict[str, str]]:
    wanted = ["record_id", "subject_id", "predicate_id", "predicate_modifier", "object_id"]
    wanted += ["subject_label", "object_label", "mapping_justification", "confidence", "comment"]
    kept = read.df.reindex(columns=wanted).fillna("").astype(str)
    return sorted(kept.to_dict("records"), key=lambda row: row["record_id"])
