"""The triple patterns and filters between two brackets of a query, read from its tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from milia_onto.publish.sparql_text import TOKEN

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

OPENING, CLOSING = "{([", "})]"
TERMS = {"variable", "iri", "literal", "number", "keyword"}
CONSTANTS = {"true", "false"}
# SPARQL 1.1 Query Language, 19.8 [91] to [93]: what may follow or join the parts of a path.
AFTER_STEP, BETWEEN_STEPS = {"*", "+", "?"}, {"/", "|"}
STEPS = {"iri", "keyword"}
SIGNED = frozenset(".0123456789")


class UnreadableError(Exception):
    """Something whose meaning might hang on the order, or that may be read in two ways."""


class Token(NamedTuple):
    """A token: what it is, its text, and where in the query it begins and ends."""

    kind: str
    text: str
    start: int
    end: int


class Pattern(NamedTuple):
    """A triple pattern: its terms as text, and whether its path goes on for any length."""

    subject: str
    path: str
    object: str
    is_closure: bool = False


class Patterns:
    """Reads what stands between two tokens of one query."""

    def __init__(self, query: str) -> None:
        self.query = query
        self.tokens = [*_tokens(query)]
        self.partner = _partners(self.tokens)
        # Begins the names of variables that the query does not have, as ?step1 or as $step1.
        self.joint = "?step"
        while self.joint[1:] in query:
            self.joint += "_"
        self.joints = 0

    def read(self, start: int, end: int) -> tuple[list[Pattern], list[tuple[int, int]]]:
        """The triple patterns between two tokens, and from where to where its filters go.

        A path of several steps becomes as many patterns. Raises UnreadableError where there is
        anything else.
        """
        patterns: list[Pattern] = []
        filters: list[tuple[int, int]] = []
        at = start
        while at < end:
            token = self.tokens[at]
            if token.kind == "keyword" and token.text.upper() == "FILTER":
                last = self._end_of_filter(at + 1, end)
                filters.append((at, last))
                at = last
            elif token.text == ".":
                at += 1
            else:
                at = self._triples(at, end, patterns)
        return patterns, filters

    def _end_of_filter(self, at: int, end: int) -> int:
        """The token after a constraint: it ends with its first bracket (19.8 [69])."""
        while at < end and self.tokens[at].kind in STEPS:
            at += 1
        if at == end or self.tokens[at].text not in OPENING:
            raise UnreadableError
        return self.partner[at] + 1

    def _triples(self, at: int, end: int, patterns: list[Pattern]) -> int:
        """Read the triples of one subject (19.8 [75]); the token after them."""
        subject, at = self._term(at, end)
        while at < end and self.tokens[at].text != ".":
            steps, at = self._path(at, end)
            while True:
                value, at = self._term(at, end)
                patterns += self._steps(subject, steps, value)
                if at == end or self.tokens[at].text != ",":
                    break
                at += 1
            if at < end and self.tokens[at].text not in {".", ";"}:
                if self.tokens[at].text.upper() == "FILTER":
                    break
                raise UnreadableError
            while at < end and self.tokens[at].text == ";":
                at += 1
        return at

    def _term(self, at: int, end: int) -> tuple[str, int]:
        """The text of a term, and the token after it."""
        if at == end or self.tokens[at].kind not in TERMS:
            raise UnreadableError
        token = self.tokens[at]
        if token.kind == "keyword" and token.text.lower() not in CONSTANTS:
            raise UnreadableError
        at += 1
        if token.kind == "number":
            # It may go on: 1.5, 1e5.
            goes_on = at < end and self.tokens[at].kind in {"keyword", "number"}
            if goes_on or self.query[token.end : token.end + 1] == ".":
                raise UnreadableError
        if token.kind == "literal" and at < end:
            if self.tokens[at].kind == "language":
                at += 1
            elif self.tokens[at].text == "^":
                at += 3
        if at > end:
            raise UnreadableError
        return self.query[token.start : self.tokens[at - 1].end], at

    def _path(self, at: int, end: int) -> tuple[list[tuple[str, bool]], int]:
        """The steps of a path that follow each other, and whether each is of any length."""
        if at < end and self.tokens[at].kind == "variable":
            return [(self.tokens[at].text, False)], at + 1
        steps: list[tuple[str, bool]] = []
        is_choice = False
        first = at
        while True:
            begin = at
            while at < end and self.tokens[at].text in {"^", "!"}:
                at += 1
            at = self._step(at, end)
            is_closure = False
            while at < end and self.tokens[at].text in AFTER_STEP:
                # A plus before a digit is the sign of a number (19.8 [149]).
                if self.query[self.tokens[at].end : self.tokens[at].end + 1] in SIGNED:
                    raise UnreadableError
                is_closure = is_closure or self.tokens[at].text != "?"
                at += 1
            text = self.query[self.tokens[begin].start : self.tokens[at - 1].end]
            steps.append((text, is_closure or "(" in text))
            if at == end or self.tokens[at].text not in BETWEEN_STEPS:
                break
            is_choice = is_choice or self.tokens[at].text == "|"
            at += 1
        if is_choice:
            whole = self.query[self.tokens[first].start : self.tokens[at - 1].end]
            return [(whole, any(is_closure for _, is_closure in steps))], at
        return steps, at

    def _step(self, at: int, end: int) -> int:
        """The token after one step: a name, or a path in brackets."""
        if at < end and self.tokens[at].text == "(":
            return self.partner[at] + 1
        if at == end or self.tokens[at].kind not in STEPS:
            raise UnreadableError
        if self.tokens[at].kind == "keyword" and self.tokens[at].text != "a":
            raise UnreadableError
        return at + 1

    def _steps(self, subject: str, steps: list[tuple[str, bool]], value: str) -> Iterator[Pattern]:
        """A path of several steps as patterns, joined by variables of their own (18.2.2.4)."""
        for path, is_closure in steps[:-1]:
            self.joints += 1
            joint = f"{self.joint}{self.joints}"
            yield Pattern(subject, path, joint, is_closure)
            subject = joint
        path, is_closure = steps[-1]
        yield Pattern(subject, path, value, is_closure)


def _tokens(query: str) -> Iterator[Token]:
    at = 0
    for match in TOKEN.finditer(query):
        yield from _marks(query, at, match.start())
        at = match.end()
        yield from _token(match)
    yield from _marks(query, at, len(query))


def _marks(query: str, start: int, end: int) -> Iterator[Token]:
    """What stands between the tokens that are told apart: single characters."""
    for at in range(start, end):
        if not query[at].isspace():
            yield Token("mark", query[at], at, at + 1)


def _token(match: re.Match[str]) -> Iterator[Token]:
    text, kind = match[0], str(match.lastgroup)
    if kind == "skip":
        kinds = {"#": "", "?": "variable", "$": "variable", "@": "language"}
        kind = kinds.get(text[0], "number" if text[0].isdigit() else "literal")
    elif kind == "iri":
        # After a variable it may be less-than and what is compared, with brackets in it.
        if "(" in text or ")" in text:
            raise UnreadableError
    elif kind == "local":
        kind = "blank" if match["name"] == "_" else "iri"
    elif kind == "words":
        # The engine ends a triple at this dot, and needs no blank after it.
        if "." in text:
            raise UnreadableError
        kind = "keyword"
    elif kind == "quote":
        raise UnreadableError
    if kind:
        yield Token(kind, text, *match.span())


def _partners(tokens: list[Token]) -> dict[int, int]:
    """For each opening bracket the one that closes it."""
    found, waiting = {}, []
    for index, token in enumerate(tokens):
        if token.kind == "open":
            waiting.append(index)
        elif token.kind == "close":
            if not waiting:
                raise UnreadableError
            begin = waiting.pop()
            if CLOSING.index(token.text) != OPENING.index(tokens[begin].text):
                raise UnreadableError
            found[begin] = index
    if waiting:
        raise UnreadableError
    return found
