"""The table of false friends as text."""

from __future__ import annotations

from milia_onto.link.friends import read_friends

TABLE = (
    "match\tpattern\trefused\treason\tsource\n"
    "name\tmiliaria\tMILIA:0000001\tPrickly heat\u2028is another thing.\tone\n"
    "context\tgrass\tMILIA:0000001\tA genus of grasses.\ttwo\n"
)


def test_a_row_ends_at_a_line_feed_alone() -> None:
    first, second = read_friends(TABLE)
    assert first[:1] + first[2:] == (
        "name",
        "MILIA:0000001",
        "Prickly heat\u2028is another thing.",
        "one",
    )
    assert first.pattern.fullmatch("Miliaria")
    assert (second.match, second.source) == ("context", "two")
