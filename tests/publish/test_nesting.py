"""How deep a text nests is told by its tokens, whatever the pieces that it is read in."""

from __future__ import annotations

import io

import pyoxigraph as ox
import pytest

from milia_onto.model.formats import BY_NAME
from milia_onto.publish import nesting
from milia_onto.publish.nesting import MOST_ELEMENTS, MOST_TERMS, Bounded, TooDeepError, check

RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:" rdf:version="1.2">'
SIZES = (1, 7, 1 << 16)


@pytest.fixture(autouse=True, params=[1, 2, 5, nesting.CHUNK])
def _chunk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """However little is looked at in one go."""
    monkeypatch.setattr(nesting, "CHUNK", request.param)


def terms(levels: int) -> str:
    return "<urn:a> <urn:b> " + "<<( <urn:a> <urn:b> " * levels + "<urn:c>" + " )>>" * levels


def xml(opening: str, closing: str, levels: int) -> str:
    return f'{RDF}<rdf:Description rdf:about="urn:a">{opening * levels}{closing * levels}</rdf:Description></rdf:RDF>'


TERM = (
    '<e:p rdf:parseType="Triple"><rdf:Description rdf:about="urn:b">',
    "</rdf:Description></e:p>",
)
# What may hold << without being a triple term, over and over
MANY = 3 * MOST_TERMS
FLAT = {
    "as deep as may be": ("nt", f"{terms(MOST_TERMS)} .\n"),
    "one after the other": ("nquads", f"{terms(1)} .\n" * MANY),
    "one after the other, in one line": ("turtle", f"{terms(1)} . " * MANY),
    "in a text": ("nt", f'<urn:a> <urn:b> "{"<<(" * MANY}" .\n'),
    "in a text after an escape": ("turtle", rf'<urn:a> <urn:b> "\\\"{"<<(" * MANY}" .'),
    "in single quotes": ("turtle", f"<urn:a> <urn:b> '\"{'<<(' * MANY}' ."),
    "an empty text": ("turtle", f"<urn:a> <urn:b> \"\", '' . # {'<<' * MANY}"),
    "in three quotes": ("turtle", f'<urn:a> <urn:b> """""\n{"<<(" * MANY}\n""" .'),
    "in three single quotes": ("trig", f"<urn:a> <urn:b> '''''\n{'<<(' * MANY}\n''' ."),
    "in a comment": ("turtle", f"# {'<<(' * MANY}\n<urn:a> <urn:b> <urn:c> . # <<"),
    "an IRI with a hash": ("turtle", f"<urn:a#{'x' * MANY}> <urn:b> <urn:c> ."),
    "elements": ("rdfxml", xml("<e:p><rdf:Description>", "</rdf:Description></e:p>", MANY)),
    "terms beside each other": (
        "rdfxml",
        xml(TERM[0] + '<e:p rdf:resource="urn:c"/>' + TERM[1], "", MANY),
    ),
}
DEEP = {
    "in one line": ("nt", f"<urn:a> <urn:b> <urn:c> .\n{terms(MOST_TERMS + 1)} .\n", 2),
    "quads": ("nquads", f"{terms(MOST_TERMS + 1)} <urn:g> .\n", 1),
    "over lines": ("turtle", f"{terms(MOST_TERMS + 1)} .".replace("<<(", "\n<<("), MOST_TERMS + 2),
    "after a text": ("turtle", f'<urn:a> <urn:b> """"<\n""" . {terms(MOST_TERMS + 1)} .', 2),
    "after a comment": ("turtle", f"<urn:a> # it's\n <urn:b> 1 . {terms(MOST_TERMS + 1)} .", 2),
    "around comments": ("trig", f"{terms(MOST_TERMS + 1)} .".replace("<<(", "<<( # )>>\n"), 201),
    "after an apostrophe": ("turtle", f"<urn:a> <urn:b> :it\\'s .\n{terms(MOST_TERMS + 1)} .", 2),
    "N3": ("n3", f"{{ 1 <= 2 }} => {{}} .\n{terms(MOST_TERMS + 1)} .", 2),
    "reifiers": ("turtle", "<< " * (MOST_TERMS + 1), 1),
    "elements": ("rdfxml", xml("<e:p>\n", "</e:p>", MOST_ELEMENTS + 1), MOST_ELEMENTS - 1),
    "terms in XML": ("rdfxml", xml(*TERM, MOST_TERMS + 1), 1),
}


@pytest.mark.parametrize("name", FLAT)
def test_what_nests_little_goes_through_unchanged(name: str) -> None:
    assert len(FLAT) == 13
    syntax, text = FLAT[name]
    data = text.encode()
    check(data, syntax)
    form = ox.RdfFormat.from_media_type(BY_NAME[syntax].media_type)
    assert list(ox.parse(data, format=form))
    for size in SIZES if syntax != "rdfxml" else ():
        stream = Bounded(Piecewise(data, size), syntax)
        parts = list(iter(lambda s=stream, n=size: s.read(n), b""))  # type: ignore[misc]
        assert b"".join(parts) == data
        assert max(map(len, parts)) <= size


@pytest.mark.parametrize("name", DEEP)
def test_what_nests_deep_is_refused_with_its_line(name: str) -> None:
    assert len(DEEP) == 11
    syntax, text, line = DEEP[name]
    data = text.encode()
    with pytest.raises(TooDeepError, match=r"nest deeper than \d+ levels") as refused:
        check(data, syntax)
    assert refused.value.line == line
    for size in SIZES if syntax != "rdfxml" else ():
        stream = Bounded(Piecewise(data, size), syntax)
        with pytest.raises(TooDeepError) as refused:
            sum(len(part) for part in iter(lambda s=stream, n=size: s.read(n), b""))  # type: ignore[misc]
        assert refused.value.line == line


class Piecewise(io.BytesIO):
    """A stream that gives few bytes at a time, as a pipe does."""

    def __init__(self, data: bytes, size: int) -> None:
        super().__init__(data)
        self.size = size

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(self.size, self.size if size is None or size < 0 else size))


def test_a_text_without_end_is_given_on_and_costs_no_more_than_its_length() -> None:
    data = b'<urn:a> <urn:b> """' + b"<<( " * 2_000_000
    stream = Bounded(io.BytesIO(data), "turtle")
    assert b"".join(iter(lambda: stream.read(1 << 16), b"")) == data
