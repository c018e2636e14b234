"""What is wrong with a query, in words: the engine names rules of its grammar instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from milia_onto.publish.sparql_text import TOKEN, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable

PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?")
# What might have followed: texts, ranges of characters, keywords, and what is said in words.
LISTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|\['.*?'\](?=,|$)|\[_\]|[^,\s][^,]*", re.DOTALL)
WORD = re.compile(r"[?$]?\w+|\S")
CLOSES = {"}": "{", ")": "(", "]": "["}
LONGEST = 300


def explained(query: str, message: str) -> RefusedError:
    """Why the engine refuses a query, and where it could not read on, from what it says."""
    found = PLACE.match(message)
    if not found:
        return RefusedError(_short(message))
    line, column = int(found[1]), int(found[2])
    said = [item for item in LISTED.findall(message[found.end() :]) if _is_said(item)]
    if said:
        return RefusedError(_short(said[0]), line, column)
    lines = query.split("\n")
    at = sum(len(each) + 1 for each in lines[: line - 1]) + column - 1
    return RefusedError(_unexpected(query, at), line, column)


def no_graph(graph: str) -> str:
    """That a data set has no such graph (SPARQL 1.1 Protocol, 2.1.4)."""
    return f"there is no graph {graph} here, and none is fetched from elsewhere"


def _is_said(item: str) -> bool:
    return item[0] not in '"[' and " " in item


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST].rstrip()} …"


def _unexpected(query: str, at: int) -> str:
    """What stands where the engine stopped; it may have looked on behind what is wrong."""
    words = list(WORD.finditer(query))
    following = next((word[0] for word in words if word.end() > at), "")
    if not following and _is_open(query):
        return "the query ends too early"
    last = following or (words[-1][0] if words else "")
    return f"unexpected “{_short(last)}”, or something is missing before it"


def _is_open(query: str) -> bool:
    """Whether brackets wait to be closed, or there is none yet."""
    waiting: list[str] = []
    seen = False
    for mark in _brackets(query):
        seen = True
        if mark not in CLOSES:
            waiting.append(mark)
        elif not waiting or waiting.pop() != CLOSES[mark]:
            return False
    return bool(waiting) or not seen


def _brackets(query: str) -> Iterable[str]:
    return (m[0] for m in TOKEN.finditer(query) if m.lastgroup in {"open", "close"})
