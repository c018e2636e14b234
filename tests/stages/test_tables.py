"""A table is read as its curator meant it, or every row that cannot be is named."""

from __future__ import annotations

import pytest

from milia_onto.model.values import Place
from milia_onto.stages.tables import Column, decode, one_of, out_of_order, read_table

COLUMNS = [
    Column("term"),
    Column("kind", required=False, test=one_of("broad", "exact")),
    Column("source"),
]
GOOD = "term\tkind\tsource\na\tbroad\ts1|s2\nb\t\ts1\n"

# name, bytes, line, column, message, and how many rows are still good
WRONG = [
    ("wrong header", b"term\tsort\tsource\na\tbroad\ts\n", 1, "", "header is not as expected", 0),
    ("header in other order", b"kind\tterm\tsource\na\tb\ts\n", 1, "", "header is not", 0),
    ("no header", b"", 1, "", "header is not as expected", 0),
    ("blank line before header", b"\nterm\tkind\tsource\n", 1, "", "header is not", 0),
    ("too few cells", b"term\tkind\tsource\na\tbroad\n", 2, "", "2 cells where the header has 3", 0),
    ("too many cells", GOOD.encode() + b"c\t\ts\t\n", 4, "", "4 cells where the header has 3", 2),
    ("byte order mark", b"\xef\xbb\xbf" + GOOD.encode(), 1, "", "byte order mark", 0),
    ("not UTF-8", b"term\tkind\tsource\na\t\ts\nb\t\t\xe9\n", 3, "", "not UTF-8", 0),
    ("UTF-16", GOOD.encode("utf-16"), 1, "", "not UTF-8", 0),
    ("quoted", b'term\tkind\tsource\n"a"\t\ts\n', 2, "term", "the cell is quoted", 0),
    ("blank before", b"term\tkind\tsource\n a\t\ts\n", 2, "term", "starts or ends with a blank", 0),
    ("blank after", b"term\tkind\tsource\na\t\ts \n", 2, "source", "starts or ends with a blank", 0),
    ("old Mac line ends", GOOD.replace("\n", "\r").encode(), 1, "", "header is not", 0),
    ("empty", b"term\tkind\tsource\na\t\t\n", 2, "source", "the cell is empty", 0),
    ("wrong value", b"term\tkind\tsource\na\tclose\ts\n", 2, "kind", "not one of broad, exact", 0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "line", "column", "message", "good"),
    [pytest.param(*rest, id=name) for name, *rest in WRONG],
)
def test_what_is_wrong_is_named_with_file_line_and_column(
    data: bytes, line: int, column: str, message: str, good: int
) -> None:
    assert len(WRONG) == 15
    rows, (finding,) = read_table("t.tsv", data, COLUMNS)
    assert finding.place == Place("t.tsv", line, column)
    assert message in finding.message
    is_form = any(words in message for words in ("header is not", "order mark", "not UTF-8"))
    check = "table-form" if is_form else "table-row"
    assert (finding.severity, finding.check) == ("violation", check)
    assert finding.fix
    assert finding.why
    assert len(rows) == good


def test_good_rows_have_cells_and_places() -> None:
    rows, findings = read_table("t.tsv", GOOD.encode(), COLUMNS)
    assert not findings
    assert [(row["term"], row["kind"], row.place.line) for row in rows] == [
        ("a", "broad", 2),
        ("b", "", 3),
    ]


def test_a_list_cell_gives_its_parts() -> None:
    rows, _ = read_table("t.tsv", GOOD.encode(), COLUMNS)
    assert rows[0].many("source") == ["s1", "s2"]
    assert rows[1].many("kind") == []


def test_windows_line_ends_are_read_as_they_are_meant() -> None:
    rows, findings = read_table("t.tsv", GOOD.replace("\n", "\r\n").encode(), COLUMNS)
    assert not findings
    assert [row["source"] for row in rows] == ["s1|s2", "s1"]


def test_empty_lines_are_passed_over_and_counted() -> None:
    rows, findings = read_table("t.tsv", b"term\tkind\tsource\n\na\t\ts\n\n", COLUMNS)
    assert not findings
    assert rows[0].place.line == 3


def test_skipped_lines_are_counted() -> None:
    rows, findings = read_table("t.tsv", b"# one\n# two\n" + GOOD.encode(), COLUMNS, skip=2)
    assert not findings
    assert [row.place.line for row in rows] == [4, 5]


def test_every_wrong_cell_of_a_row_is_named() -> None:
    _, findings = read_table("t.tsv", b"term\tkind\tsource\n\tclose\t\n", COLUMNS)
    assert [finding.place and finding.place.column for finding in findings] == [
        "term",
        "kind",
        "source",
    ]


def test_the_first_row_out_of_order_is_named() -> None:
    rows, _ = read_table("t.tsv", b"term\tkind\tsource\nb\t\ts\na\t\ts\nc\t\ts\n", COLUMNS)
    (finding,) = out_of_order(rows, "term")
    assert finding.place == Place("t.tsv", 3)
    assert "“a” comes after “b”" in finding.message
    assert "sort the rows by term" in finding.fix


def test_rows_with_equal_keys_are_in_order() -> None:
    rows, _ = read_table("t.tsv", b"term\tkind\tsource\na\t\ts\na\t\ts\n", COLUMNS)
    assert out_of_order(rows, "term", "source") == []


def test_a_place_reads_as_file_line_and_column() -> None:
    assert str(Place("t.tsv", 3, "term")) == "t.tsv:3 (term)"
    assert str(Place("t.tsv")) == "t.tsv"


def test_decode_keeps_lines_apart_at_line_feeds_only() -> None:
    lines, findings = decode("t.tsv", "a\u2028b\x0bc\nd".encode())
    assert not findings
    assert lines == ["a\u2028b\x0bc", "d"]
