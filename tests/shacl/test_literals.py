"""Lexical forms of XML Schema: what sh:datatype takes for well-formed."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from milia_onto.shacl.literals import is_well_formed

XSD = "http://www.w3.org/2001/XMLSchema#"
FORMS = {
    "boolean": ("true 0", "TRUE yes"),
    "integer": ("-1 +007", "1.0 1e3 ٣"),
    "decimal": ("1 -.5 2.", ". 1e3 1,5"),
    "double": ("1 1.5E-3 INF -INF NaN .5", "inf e3 1e"),
    "float": ("1e3", "nan"),
    "date": (
        "2024-02-29 2023-12-31Z -0044-03-15 2024-01-01+14:00",
        "2023-02-29 24-01-01",
    ),
    "time": ("23:59:59.9 24:00:00", "24:00:01 9:00:00"),
    "dateTime": ("2024-01-01T00:00:00", "2024-01-01 2024-01-01T00:00 2024-04-31T00:00:00"),
    "dateTimeStamp": ("2024-01-01T00:00:00Z", "2024-01-01T00:00:00"),
    "gYear": ("2024 -0001", "24"),
    "gYearMonth": ("2024-12", "2024-13"),
    "gMonthDay": ("--02-29", "--02-30"),
    "gMonth": ("--12", "12"),
    "gDay": ("---31", "---32"),
    "duration": ("P1Y P1Y2M3DT4H5M6.7S -PT1S", "P PT P1S 1Y"),
    "yearMonthDuration": ("P1Y2M", "P1D"),
    "dayTimeDuration": ("P1DT1H", "P1Y"),
    "hexBinary": ("0aFF", "0aF"),
    "base64Binary": ("TWFu TWE= TQ==", "TWF TQ="),
    "language": ("en en-GB", "en_GB abcdefghi"),
    "anyURI": ("anything:goes", ""),
}


@pytest.mark.parametrize("name", FORMS)
def test_the_lexical_space_of(name: str) -> None:
    datatype = ox.NamedNode(XSD + name)
    right, wrong = (
        [ox.Literal(text, datatype=datatype) for text in texts.split()] for texts in FORMS[name]
    )
    assert [literal.value for literal in right if not is_well_formed(literal)] == []
    assert [literal.value for literal in wrong if is_well_formed(literal)] == []


def test_space_around_a_number_is_not_part_of_it() -> None:
    assert not is_well_formed(ox.Literal(" 1", datatype=ox.NamedNode(XSD + "integer")))
    assert not is_well_formed(ox.Literal("1\n", datatype=ox.NamedNode(XSD + "integer")))
