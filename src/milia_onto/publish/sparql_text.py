"""What can be told of a SPARQL query from its tokens, before any engine sees it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# SPARQL 1.1 Query Language, 19.8: the tokens in which a keyword is not a keyword.
TOKEN = re.compile(
    r"""(?P<skip>\#[^\n\r]*
        |'''(?:'{0,2}(?:[^'\\]|\\.))*'''|\"\"\"(?:"{0,2}(?:[^"\\]|\\.))*\"\"\"
        |'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*"
        |<[^<>"{}|^`\\\x00-\x20]*>
        |[?$]\w+
        |[\w.-]*:[\w.:%-]*
        |@[A-Za-z][\w-]*)
       |(?P<word>[A-Za-z_]\w*)
       |(?P<open>[{(\[])
       |(?P<close>[})\]])""",
    re.VERBOSE | re.DOTALL,
)
# SPARQL 1.1 Query Language, 19.8 [9]: what may stand between SELECT and its star.
STAR = re.compile(r"(?:\s|\#[^\n\r]*[\n\r]|DISTINCT\b|REDUCED\b)*\*", re.IGNORECASE)
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY")
MAX_DEPTH = 200


def problem(query: str) -> str:
    """Why a query is refused before it is run, or "" where it is not.

    Updates and SERVICE would change data or reach other machines; very deep nesting overflows
    the stack of the engine's recursive parser.
    """
    depth = 0
    form = ""
    for match in TOKEN.finditer(query):
        if match["open"]:
            depth += 1
            if depth > MAX_DEPTH:
                return f"the query nests deeper than {MAX_DEPTH} levels"
        elif match["close"]:
            depth -= 1
        elif match["word"]:
            word = match["word"].upper()
            if word == "SERVICE":
                return "SERVICE is not allowed: a query never reaches another machine"
            if not form and word in UPDATES:
                return f"{word} is an update; only queries are answered"
            if word in FORMS:
                form = form or word
    return "" if form else "no SELECT, ASK, CONSTRUCT or DESCRIBE"


def with_columns(query: str, in_scope: Callable[[], Iterable[str]]) -> str:
    """A query whose outermost ``SELECT *`` names its columns, in the order they first appear.

    ``in_scope`` gives the variables in scope (SPARQL 1.1, 18.2.1); it is called for such a query
    only, others stay as they are.
    """
    star = None
    form = ""
    rank: dict[str, int] = {}
    for match in TOKEN.finditer(query):
        if match["word"] and not form and match["word"].upper() in FORMS:
            form = match["word"].upper()
            star = STAR.match(query, match.end()) if form == "SELECT" else None
        elif match["skip"] and match["skip"][0] in "?$":
            rank.setdefault(match["skip"][1:], len(rank))
    if not star:
        return query
    columns = sorted(in_scope(), key=lambda name: rank.get(name, len(rank)))
    named = " ".join(f"?{name}" for name in columns) or "*"
    return f"{query[: star.end() - 1]} {named}{query[star.end() :]}"
