"""The patterns of EXISTS, put in an order that follows what is bound.

The engine orders the joins of a query but not those within EXISTS: there it reads each triple
pattern as a whole for every solution that is tested. Written as a chain of LATERAL (SPARQL 1.2
community group, SEP-0006), each pattern is looked up with what those before it have bound.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from milia_onto.publish.sparql_patterns import Patterns, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.publish.sparql_patterns import Pattern

EXISTS = re.compile(r"\bexists\b", re.IGNORECASE)
SERVICE = re.compile("service", re.IGNORECASE)
# What is longer was hardly written by a person, and the time it takes grows with the square.
LONGEST, MOST_PATTERNS = 20_000, 50


def with_exists_ordered(query: str) -> str:
    """The query with the triple patterns of each EXISTS in the order in which they are bound.

    It has the same solutions. What is more than triple patterns and filters stays as it was, and
    so does a query that has no EXISTS or cannot be read.
    """
    # The engine needs no blank after SERVICE: what was refused of it must not be joined here.
    if len(query) > LONGEST or not EXISTS.search(query) or SERVICE.search(query):
        return query
    try:
        return _Rewriter(query).text()
    except UnreadableError:
        return query


class _Rewriter:
    """Writes one query anew; variables outside of every EXISTS are taken as bound within."""

    def __init__(self, query: str) -> None:
        self.query = query
        self.patterns = Patterns(query)
        self.tokens, self.partner = self.patterns.tokens, self.patterns.partner

    def text(self) -> str:
        end = len(self.tokens)
        return self.query[: self._place(0)] + self._copy(0, end, self._variables(0, end))

    def _place(self, index: int) -> int:
        """Where the text of a token begins, or that of what comes after the last one."""
        return self.tokens[index].start if index < len(self.tokens) else len(self.query)

    def _bodies(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The brackets of the outermost EXISTS between two tokens."""
        at = start
        while at < end:
            token = self.tokens[at]
            follows = at + 1 < end and self.tokens[at + 1].text == "{"
            if token.kind == "keyword" and token.text.upper() == "EXISTS" and follows:
                yield at + 1, self.partner[at + 1]
                at = self.partner[at + 1]
            at += 1

    def _variables(self, start: int, end: int) -> frozenset[str]:
        """The variables between two tokens, without those within EXISTS."""
        inner = {i for first, last in self._bodies(start, end) for i in range(first, last)}
        return frozenset(
            self.tokens[i].text[1:]
            for i in range(start, end)
            if i not in inner and self.tokens[i].kind == "variable"
        )

    def _copy(self, start: int, end: int, bound: frozenset[str]) -> str:
        """The text from one token to another, each EXISTS in it ordered."""
        parts, at = [], self._place(start)
        for first, last in self._bodies(start, end):
            parts += [self.query[at : self.tokens[first].end], self._body(first + 1, last, bound)]
            at = self.tokens[last].start
        return "".join([*parts, self.query[at : self._place(end)]])

    def _body(self, start: int, end: int, bound: frozenset[str]) -> str:
        """What stands between the brackets of an EXISTS."""
        within = bound | self._variables(start, end)
        lead = self.query[self.tokens[start - 1].end : self._place(start)]
        try:
            patterns, others = self.patterns.read(start, end)
        except UnreadableError:
            return lead + self._copy(start, end, within)
        if not 2 <= len(patterns) <= MOST_PATTERNS:
            return lead + self._copy(start, end, within)
        first, *rest = _ordered(patterns, bound)
        chain = [" ".join(first[:3]), *(f"LATERAL {{ {' '.join(p[:3])} }}" for p in rest)]
        return " ".join(["", *chain, *(self._copy(*span, within) for span in others), ""])


def _ordered(patterns: list[Pattern], bound: frozenset[str]) -> Iterator[Pattern]:
    """The patterns, each the one that finds least with what is bound before it."""
    known, left = set(bound), list(patterns)
    while left:
        best = min(left, key=lambda pattern: _cost(pattern, known))
        left.remove(best)
        known |= {term[1:] for term in best[:3] if term[0] in "?$"}
        yield best


def _cost(pattern: Pattern, known: set[str]) -> int:
    """How much a pattern may find, as a rank: a subject has few values, a value many subjects."""
    subject, path, value = (_state(term, known) for term in pattern[:3])
    if subject != "free":
        rank = 0 if value != "free" else 1
    else:
        rank = {"bound": 2, "constant": 3, "free": 4}[value]
    return 2 * rank + (pattern.is_closure or path == "free")


def _state(term: str, known: set[str]) -> str:
    """Whether a term is free, bound, or a constant."""
    if term[0] not in "?$":
        return "constant"
    return "bound" if term[1:] in known else "free"
