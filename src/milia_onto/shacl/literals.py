"""Lexical forms of XML Schema datatypes, for sh:datatype (4.1.2)."""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING

from milia_onto.shacl.vocabulary import XSD

if TYPE_CHECKING:
    import pyoxigraph as ox

YEAR = r"(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))"
MONTH = r"(?P<month>0[1-9]|1[0-2])"
DAY = r"(?P<day>0[1-9]|[12]\d|3[01])"
CLOCK = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
ZONE = r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))"
DECIMAL = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"
FLOAT = rf"(?:{DECIMAL}(?:[Ee][+-]?\d+)?|[+-]?INF|NaN)"
YEARS_MONTHS = r"(?:\d+Y(?:\d+M)?|\d+M)"
HOURS = r"(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)"
DAYS_HOURS = rf"(?:\d+D{HOURS}?|{HOURS})"

# XML Schema 1.1 part 2, 3.3 and 3.4; of a type that is not here any text is a lexical form.
FORMS = {
    XSD + name: re.compile(form, re.ASCII)
    for name, form in {
        "boolean": r"true|false|1|0",
        "integer": r"[+-]?\d+",
        "decimal": DECIMAL,
        "float": FLOAT,
        "double": FLOAT,
        "date": rf"{YEAR}-{MONTH}-{DAY}{ZONE}?",
        "time": rf"{CLOCK}{ZONE}?",
        "dateTime": rf"{YEAR}-{MONTH}-{DAY}T{CLOCK}{ZONE}?",
        "dateTimeStamp": rf"{YEAR}-{MONTH}-{DAY}T{CLOCK}{ZONE}",
        "gYear": rf"{YEAR}{ZONE}?",
        "gYearMonth": rf"{YEAR}-{MONTH}{ZONE}?",
        "gMonthDay": rf"--{MONTH}-{DAY}{ZONE}?",
        "gMonth": rf"--{MONTH}{ZONE}?",
        "gDay": rf"---{DAY}{ZONE}?",
        "duration": rf"-?P(?:{YEARS_MONTHS}{DAYS_HOURS}?|{DAYS_HOURS})",
        "yearMonthDuration": rf"-?P{YEARS_MONTHS}",
        "dayTimeDuration": rf"-?P{DAYS_HOURS}",
        "hexBinary": r"(?:[0-9a-fA-F]{2})*",
        "base64Binary": r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){2}"
        r"(?:[AEIMQUYcgkosw048] ?=|[AQgw] ?= ?=))?|(?:(?:[A-Za-z0-9+/] ?){4})*"
        r"(?:[A-Za-z0-9+/] ?[AQgw] ?= ?=)?",
        "language": r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*",
    }.items()
}


def is_well_formed(literal: ox.Literal) -> bool:
    """Whether the text is in the lexical space of the datatype and names an existing day."""
    form = FORMS.get(literal.datatype.value)
    if form is None:
        return True
    match = form.fullmatch(literal.value)
    return match is not None and _day_exists(match.groupdict())


def _day_exists(parts: dict[str, str | None]) -> bool:
    day, month, year = (parts.get(name) for name in ("day", "month", "year"))
    if day is None or month is None:
        return True
    # A day without a year may be 29 February, and the calendar repeats every 400 years.
    last = calendar.monthrange(2000 + int(year or 0) % 400, int(month))[1]
    return int(day) <= last
