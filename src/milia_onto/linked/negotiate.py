"""Content negotiation by media type (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# RFC 9110: token 5.6.2, quoted-string 5.6.4, parameters 5.6.6, weight 12.4.2.
TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
QUOTED = r'"(?:[^"\\]|\\.)*"'
ELEMENT = re.compile(rf"[\s,]*((?:{QUOTED}|[^,\"])+|\")")
RANGE = re.compile(rf"\s*({TOKEN})/({TOKEN})\s*((?:;.*)?)", re.DOTALL)
PARAMETER = re.compile(rf"\s*;\s*(?:({TOKEN})=({TOKEN}|{QUOTED}))?\s*")
# Longer headers say nothing new, and are read no further than the last comma before.
LONGEST = 4096
WEIGHT = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
# The forms of JSON-LD (JSON-LD 1.1, 10): documents are compacted, the engine's answers expanded.
COMPACTED = "http://www.w3.org/ns/json-ld#compacted"
EXPANDED = "http://www.w3.org/ns/json-ld#expanded"


class Range(NamedTuple):
    """A media range with its parameters and weight."""

    type: str
    subtype: str
    parameters: Mapping[str, str]
    weight: float

    def specificity(self, media_type: str, profile: str) -> int:
        """How closely the range names the type: 0 not at all, else more for the more specific.

        ``profile`` is the form that JSON-LD has.
        """
        type_, _, subtype = media_type.partition("/")
        if self.type == "*":
            return 1
        if self.type != type_ or self.subtype not in {"*", subtype}:
            return 0
        if self.subtype == "*":
            return 2
        return 3 + len(self.parameters) if self.holds(media_type, profile) else 0

    def holds(self, media_type: str, profile: str) -> bool:
        """Whether what the parameters ask for is so; everything of ours is in UTF-8."""
        held = {"charset": "utf-8"}
        if media_type == "application/ld+json":
            held["profile"] = profile
        return all(value.lower() == held.get(name) for name, value in self.parameters.items())


def ranges(accept: str) -> Iterator[Range]:
    """The media ranges of an Accept header; elements that break the grammar are passed over."""
    if len(accept) > LONGEST:
        accept = accept[:LONGEST].rpartition(",")[0]
    for element in ELEMENT.findall(accept):
        found = RANGE.fullmatch(element)
        if not found:
            continue
        type_, subtype = found[1].lower(), found[2].lower()
        read = _parameters(found[3])
        if read is None or (type_ == "*" and subtype != "*"):
            continue
        parameters, weight = read
        yield Range(type_, subtype, parameters, weight)


def _parameters(text: str) -> tuple[dict[str, str], float] | None:
    """The parameters before the weight, and the weight; None where the text is malformed."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        match = PARAMETER.match(text, at)
        if not match:
            return None
        at = match.end()
        if not match[1]:
            continue
        name, value = match[1].lower(), match[2]
        if name == "q":
            return (found, float(value)) if WEIGHT.fullmatch(value) else None
        if value.startswith('"'):
            value = re.sub(r"\\(.)", r"\1", value[1:-1])
        found[name] = value
    return found, 1.0


def choose(
    accept: str | None, offered: Sequence[str], default: str, profile: str = COMPACTED
) -> str | None:
    """The media type to answer with, or None where the client refuses all (406).

    The most specific range that names a type gives its weight, the first of equals; weight 0
    excludes. The heaviest type wins; of equals the one named most closely, then ``default``, then
    the order of ``offered``. Without an Accept header, or with one that says nothing
    well-formed, the answer is ``default``. ``profile`` is the form that JSON-LD has here.
    """
    asked = list(ranges(accept)) if accept is not None else []
    if not asked:
        return default
    best: tuple[float, int, bool] = (0.0, 0, False)
    chosen = None
    for media_type in offered:
        specificity, weight = 0, 0.0
        for range_ in asked:
            close = range_.specificity(media_type, profile)
            if close > specificity:
                specificity, weight = close, range_.weight
        # Parameters decide which range counts, not which type is preferred.
        score = (weight, min(specificity, 3), media_type == default)
        if weight > 0 and score > best:
            best, chosen = score, media_type
    return chosen
