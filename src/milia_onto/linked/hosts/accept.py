"""RFC 9110 negotiation in regular expressions, for servers that can do no arithmetic.

A type's weight is written as four digits and one for how closely it was named (3 the type, 2
``type/*``, 1 ``*/*``), as in ``08003``. Two such keys are compared as texts, by a pattern with a
back reference; so the heaviest type is found by going through them in the order of preference.
Both mod_rewrite and nginx use PCRE, hence the same patterns.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from milia_onto.linked import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milia_onto.linked.table import Variant

TOKEN = r"[!#$%&'*+.^_`|~0-9a-z-]+"
NOBODY = "00000="
# Any media range of the grammar: where there is none, the header says nothing.
WELL_FORMED = rf"(?:^|,)\s*{TOKEN}/{TOKEN}\s*(?:;[^,]*)?(?:,|$)"
# Of two keys, "key=suffix|key=suffix", the second is higher.
_HIGHER = "|".join(rf"{d}[0-9]*=[^|]*\|\k<same>[{d + 1}-9]" for d in range(9))
BEATS = rf"^(?<same>[0-9]*)(?:{_HIGHER})"


class Candidate(NamedTuple):
    """A media type that may be asked for, the form it leads to, a name for variables."""

    media_type: str
    variant: Variant
    name: str

    @property
    def family(self) -> str:
        """The type before the slash."""
        return self.media_type.partition("/")[0]


def candidates(default: Variant) -> tuple[Candidate, ...]:
    """All types in the order of preference: the default, the others, those that also ask."""
    order = sorted(table.VARIANTS, key=lambda v: v != default)
    pairs = [(v.media_type, v) for v in order]
    pairs += [(also, v) for v in order for also in v.also]
    return tuple(Candidate(t, v, re.sub(r"\W", "_", t.split("/")[1])) for t, v in pairs)


def families(found: Sequence[Candidate]) -> tuple[str, ...]:
    """The types before the slash, sorted."""
    return tuple(sorted({candidate.family for candidate in found}))


def weighted(media_type: str, name: str = "") -> str:
    """Finds the range with a weight: group 1 is its digit, group 2 its decimals.

    With a ``name`` the groups are called that and ``_i`` and ``_f``.
    """
    whole, decimals = (f"(?<{name}_i>", f"(?<{name}_f>") if name else ("(", "(")
    weight = rf"{whole}[01])(?:\.{decimals}[0-9]{{0,3}}))?"
    return rf"{_range(media_type)};\s*q={weight}\s*(?:[,;]|$)"


def bare(media_type: str) -> str:
    """Finds the range without a weight, which means 1."""
    return rf"{_range(media_type)}(?:;\s*)?(?:,|$)"


def _range(media_type: str) -> str:
    held = r'charset="?utf-8"?'
    if media_type == table.JSONLD.media_type:
        held = rf'(?:{held}|profile="?http://www\.w3\.org/ns/json-ld#compacted"?)'
    return rf"(?:^|,)\s*{re.escape(media_type)}\s*(?:;\s*{held}\s*)?"


def in_query(media_type: str) -> str:
    """The type as the value of a query parameter, percent-encoded or not."""
    return re.escape(media_type).replace("/", "(?:/|%2f)").replace(r"\+", r"(?:\+|%2b|%20)")
