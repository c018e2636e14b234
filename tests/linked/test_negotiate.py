"""Content negotiation against cases from RFC 9110 and against Werkzeug's reading of it."""

from __future__ import annotations

import random

import pytest
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from milia_onto.linked.negotiate import LONGEST, choose

RDFXML, TURTLE, JSONLD, HTML = (
    "application/rdf+xml",
    "text/turtle",
    "application/ld+json",
    "text/html",
)
OFFERED = (RDFXML, TURTLE, JSONLD, "application/n-triples", HTML, "application/json")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
NONE = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"'
HELD = 'application/ld+json; profile="http://www.w3.org/ns/json-ld#compacted"'
CASES = (
    (None, RDFXML),
    ("", RDFXML),
    ("*/*", RDFXML),
    ("text/turtle", TURTLE),
    ("TEXT/Turtle", TURTLE),
    (BROWSER, HTML),
    ("text/html;q=0.9, text/turtle;q=0.8", HTML),
    ("text/turtle, text/html", TURTLE),
    ("text/html, text/turtle", TURTLE),
    ("application/json, text/plain, */*", "application/json"),
    ("text/html, */*", HTML),
    ("text/html, image/gif, *; q=.2, */*; q=.2", HTML),
    ("text/*, application/rdf+xml;q=0.9", TURTLE),
    ("text/*;q=0.3, text/turtle;q=0, text/html;q=0.2", HTML),
    ("text/turtle;q=0", None),
    ("*/*;q=0", None),
    ("*/*;q=0, text/html;q=0.001", HTML),
    ("*/*, application/rdf+xml;q=0", TURTLE),
    ("image/png", None),
    ("text/turtle;q=0.5, text/turtle;q=0.9, text/html;q=0.7", HTML),
    ("text/turtle;charset=utf-8", TURTLE),
    ("text/turtle; charset=\"UTF-8\" ; q=0.5, text/html;q=0.4", TURTLE),
    ("text/turtle;charset=latin1", None),
    ("text/turtle;charset=utf-8;q=0.1, text/turtle, text/html;q=0.5", HTML),
    (HELD, JSONLD),
    (NONE, None),
    (f"{NONE}, application/ld+json;q=0.9", JSONLD),
    ("text/turtle;q=0.5;level=1", TURTLE),
    ("text/turtle;q=2, text/html", HTML),
    ("text/turtle;q=0.1234, text/html;q=0.01", HTML),
    ("text/turtle;q=-1", RDFXML),
    ("*/html, text/turtle;q=0.1", TURTLE),
    ("garbage", RDFXML),
    (",,, ;;; \"", RDFXML),
    ("application/x;a=\"text/html, text/turtle\"", None),
    ("application/x;a=\"\\\", text/html\", text/turtle", TURTLE),
)  # fmt: skip


@pytest.mark.parametrize(("accept", "expected"), CASES)
def test_the_type_that_is_chosen(accept: str | None, expected: str | None) -> None:
    assert len(CASES) == 36
    assert choose(accept, OFFERED, RDFXML) == expected


def test_the_default_wins_a_tie_and_a_wildcard() -> None:
    assert choose("*/*", OFFERED, HTML) == HTML
    assert choose("text/html, text/turtle", OFFERED, HTML) == HTML
    assert choose("text/turtle, */*", OFFERED, HTML) == TURTLE


def test_a_header_without_end_is_read_quickly() -> None:
    assert choose('"' * 100_000, OFFERED, RDFXML) == RDFXML
    assert choose('"\\' * 100_000, OFFERED, RDFXML) == RDFXML
    assert choose("text/html," + "x" * LONGEST, OFFERED, RDFXML) == HTML


@pytest.mark.parametrize("cut", range(1, 20))
def test_a_long_header_is_not_cut_within_a_range(cut: int) -> None:
    """Cut before its weight, a refusal would be a wish."""
    refusal = ", text/html;q=0.0"
    filler = "image/png;q=0.1, text/turtle;q=0.2"
    header = filler + " " * (LONGEST - len(filler) - cut) + refusal
    assert choose(header, OFFERED, RDFXML) == TURTLE


EXPANDED = "http://www.w3.org/ns/json-ld#expanded"


def test_the_form_of_json_ld_is_what_it_has() -> None:
    assert choose(NONE, OFFERED, RDFXML, EXPANDED) == JSONLD
    assert choose(HELD, OFFERED, RDFXML, EXPANDED) is None


def random_header(luck: random.Random) -> str:
    """A header of the grammar, with each range once, so that no reading depends on doubles."""
    types = [*OFFERED, "text/*", "application/*", "image/*", "*/*", "image/png", "text/plain"]
    chosen = luck.sample(types, luck.randint(1, 7))
    parts = []
    for media_type in chosen:
        weight = luck.choice(
            ["", "", "1", "1.0", "0", "0.000", "0.5", "0.50", f"{luck.random():.3f}"]
        )
        blank = luck.choice(["", " ", "  ", "\t"])
        case = luck.choice([str, str.upper, str.title])
        q = luck.choice(["q", "Q"])
        parts.append(case(media_type) + (f"{blank};{blank}{q}={weight}" if weight else ""))
    return luck.choice([",", ", ", " ,\t"]).join(parts)


def test_ten_thousand_random_headers_are_read_as_werkzeug_reads_them() -> None:
    luck = random.Random(9110)
    refused = 0
    for _ in range(10_000):
        header = random_header(luck)
        accept = parse_accept_header(header, MIMEAccept)
        weights = {media_type: accept.quality(media_type) for media_type in OFFERED}
        chosen = choose(header, OFFERED, RDFXML)
        if chosen is None:
            refused += 1
            assert set(weights.values()) == {0}, header
        else:
            assert weights[chosen] == max(weights.values()) > 0, header
    assert 100 < refused < 9_000
