"""What can be told of a SPARQL query from its tokens, before any engine sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

# SPARQL 1.1 Query Language, 19.8: PN_CHARS_BASE, PN_CHARS and PN_LOCAL.
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHARS = rf"{_BASE}_0-9\u00b7\u0300-\u036f\u203f\u2040\-"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_LOCAL = rf"(?:[{_BASE}_0-9:]|{_ESCAPED})(?:\.*+(?:[{_CHARS}:]|{_ESCAPED}))*+"
# Each alternative takes a whole run and gives nothing back, so the work grows with the length.
TOKEN = re.compile(
    rf"""(?P<skip>\#[^\n\r]*+
        |'''(?:'{{0,2}}(?:[^'\\]|\\.))*+'''|\"\"\"(?:"{{0,2}}(?:[^"\\]|\\.))*+\"\"\"
        |'(?!'')(?:[^'\\\n\r]|\\.)*+'|"(?!"")(?:[^"\\\n\r]|\\.)*+"
        |[?$][{_BASE}_0-9\u00b7\u0300-\u036f\u203f\u2040]++
        |@[A-Za-z][A-Za-z0-9-]*+
        |[0-9]++)
       |<(?P<iri>(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*+)>
       |(?P<name>(?:[{_BASE}_](?:\.*+[{_CHARS}])*+)?+)(?P<local>:(?:{_LOCAL})?+)
       |(?P<words>[{_BASE}_](?:\.*+[{_CHARS}])*+)
       |(?P<quote>['"])
       |(?P<open>[{{(\[])
       |(?P<close>[}})\]])""",
    re.VERBOSE | re.DOTALL,
)
# Those of 19.2 that stand for a character: no surrogate, nothing above U+10FFFF.
CODE_POINT = re.compile(
    r"\\u((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})"
    r"|\\U(0000(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}|00(?:0[1-9A-Fa-f]|10)[0-9A-Fa-f]{4})"
)
LETTERS = re.compile("[A-Za-z]+")
# SPARQL 1.1 Query Language, 19.8 [9]: what may stand between SELECT and its star.
STAR = re.compile(r"(?:\s|\#[^\n\r]*[\n\r]|DISTINCT\b|REDUCED\b)*\*", re.IGNORECASE)
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
GRAPH_FORMS = ("CONSTRUCT", "DESCRIBE")
UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")
# What gives another answer each time it is asked (SPARQL 1.1 Query Language, 17.4).
VOLATILE = {"RAND", "NOW", "UUID", "STRUUID"}
MAX_DEPTH = 200


class RefusedError(Exception):
    """A query that is not run: why, and where in the text (lines and columns from 1)."""

    def __init__(self, detail: str, line: int = 0, column: int = 0) -> None:
        super().__init__(detail)
        self.detail = detail
        self.line = line
        self.column = column

    def __str__(self) -> str:
        """The reason, after the place where there is one."""
        return f"{self.line}:{self.column}: {self.detail}" if self.line else self.detail


class Outline(NamedTuple):
    """What a query is: its form, the graphs of FROM and FROM NAMED, whether its answer varies."""

    form: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    volatile: bool


class _Reader:
    """Goes through the tokens of one query."""

    def __init__(self, query: str, prefixes: Mapping[str, str]) -> None:
        self.query = query
        self.prefixes = dict(prefixes)
        self.base = ""
        self.form = ""
        self.depth = 0
        self.volatile = False
        self.graphs: dict[str, list[str]] = {"FROM": [], "NAMED": []}
        # The last keyword, while nothing but its own operand has followed it.
        self.keyword = ""
        self.declared = ""
        # A name that begins with SERVICE: with a brace after it the engine takes it for the word.
        self.suspect: int | None = None

    def refuse(self, at: int, detail: str) -> RefusedError:
        line = self.query.count("\n", 0, at) + 1
        return RefusedError(detail, line, at - self.query.rfind("\n", 0, at))

    def read(self) -> Outline:
        for match in TOKEN.finditer(self.query):
            kind, at = str(match.lastgroup), match.start()
            if kind == "skip":
                if match[0][0] != "#":
                    self.keyword, self.suspect = "", None
            elif kind == "words":
                for word, place in _pieces(match):
                    self.word(word, place)
            elif kind == "local":
                self.name(match["name"], match["local"][1:], at)
            elif kind == "iri":
                self.iri(match["iri"], at)
            else:
                self.mark(kind, match[0], at)
        if not self.form:
            raise self.refuse(len(self.query), "no SELECT, ASK, CONSTRUCT or DESCRIBE")
        default, named = self.graphs["FROM"], self.graphs["NAMED"]
        return Outline(self.form, tuple(default), tuple(named), self.volatile)

    def mark(self, kind: str, text: str, at: int) -> None:
        if kind == "quote":
            raise self.refuse(at, "a text is opened here and not closed")
        if kind == "close":
            self.depth -= 1
        else:
            if text == "{" and self.suspect is not None:
                raise self.service(self.suspect)
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise self.refuse(at, f"the query nests deeper than {MAX_DEPTH} levels")
        self.keyword, self.suspect = "", None

    def service(self, at: int) -> RefusedError:
        return self.refuse(at, "SERVICE is not allowed: a query never reaches another machine")

    def word(self, word: str, at: int) -> None:
        # The engine needs no blank between words: TRUESERVICE is two of them to it.
        if "SERVICE" in word:
            raise self.service(at)
        if not self.form and word in UPDATES:
            raise self.refuse(at, f"{word} is an update; only queries are answered")
        if word in FORMS:
            self.form = self.form or word
        self.volatile = self.volatile or not VOLATILE.isdisjoint(LETTERS.findall(word))
        self.suspect = None
        self.keyword = word

    def name(self, prefix: str, local: str, at: int) -> None:
        keyword, self.keyword = self.keyword, ""
        if keyword == "PREFIX" and not local:
            self.declared, self.keyword = prefix, "PREFIX :"
            return
        if prefix not in self.prefixes and prefix != "_":
            raise self.refuse(at, f"the prefix {prefix}: is not declared")
        self.suspect = at if prefix.upper().startswith("SERVICE") and keyword != "GRAPH" else None
        if keyword in self.graphs:
            self.graphs[keyword].append(self.prefixes.get(prefix, "_:") + unescaped(local))

    def iri(self, iri: str, at: int) -> None:
        # After "?a" the engine may take "<" for less-than, and what looks like an IRI for a query.
        if ")" in iri and "SERVICE" in iri.upper():
            raise self.service(at)
        if self.keyword in self.graphs:
            self.graphs[self.keyword].append(self.resolved(iri))
        elif self.keyword == "PREFIX :":
            self.prefixes[self.declared] = self.resolved(iri)
        elif self.keyword == "BASE":
            self.base = self.resolved(iri)
        self.keyword, self.suspect = "", None

    def resolved(self, iri: str) -> str:
        """An IRI as it is written, made absolute (SPARQL 1.1 Query Language, 4.1.1)."""
        plain = unescaped(iri)
        if not self.base:
            return plain
        line = f"<{plain}> <urn:a> <urn:b> ."
        try:
            found = next(ox.parse(line, format=ox.RdfFormat.TURTLE, base_iri=self.base))
        except (SyntaxError, ValueError, StopIteration):
            # The engine says what is wrong with it.
            return plain
        return str(getattr(found.subject, "value", plain))


def _pieces(match: re.Match[str]) -> Iterator[tuple[str, int]]:
    """The words of a run, in capitals: a dot between them ends a triple."""
    at = match.start()
    for piece in match[0].split("."):
        if piece:
            yield piece.upper(), at
        at += len(piece) + 1


def unescaped(text: str) -> str:
    """A name or IRI without the escapes of SPARQL 1.1 Query Language, 19.2 and 19.8."""
    text = CODE_POINT.sub(lambda found: chr(int(found[1] or found[2], 16)), text)
    return re.sub(r"\\([^uU])", r"\1", text)


def outline(query: str, prefixes: Mapping[str, str]) -> Outline:
    """What the tokens of a query say; ``prefixes`` need not be declared in it.

    Raises RefusedError: for an update or SERVICE, which would change data or reach other
    machines; for nesting so deep that it overflows the stack of the engine's recursive parser;
    for an undeclared prefix or an unclosed text; for what is no query.
    """
    return _Reader(query, prefixes).read()


def problem(query: str, prefixes: Mapping[str, str]) -> str:
    """Why a query is refused before it is run, or "" where it is not (see ``outline``)."""
    try:
        outline(query, prefixes)
    except RefusedError as refused:
        return str(refused)
    return ""


def uses_graphs(query: str) -> bool:
    """Whether a query has a GRAPH pattern (SPARQL 1.1 Query Language, 13.3)."""
    return any(
        word == "GRAPH"
        for match in TOKEN.finditer(query)
        if match["words"]
        for word, _ in _pieces(match)
    )


def with_columns(query: str, in_scope: Callable[[], Iterable[str]]) -> str:
    """A query whose outermost ``SELECT *`` names its columns, in the order they first appear.

    ``in_scope`` gives the variables in scope (SPARQL 1.1, 18.2.1); it is called for such a query
    only, others stay as they are.
    """
    if "*" not in query:
        return query
    star = None
    form = ""
    rank: dict[str, int] = {}
    for match in TOKEN.finditer(query):
        if match["words"] and not form:
            for word, at in _pieces(match):
                if word in FORMS:
                    form = word
                    star = STAR.match(query, at + len(word)) if form == "SELECT" else None
        elif match["skip"] and match["skip"][0] in "?$":
            rank.setdefault(match["skip"][1:], len(rank))
    if not star:
        return query
    columns = sorted(in_scope(), key=lambda name: rank.get(name, len(rank)))
    named = " ".join(f"?{name}" for name in columns) or "*"
    return f"{query[: star.end() - 1]} {named}{query[star.end() :]}"
