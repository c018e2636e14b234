"""The queries that are shipped: each file holds one, and it is SPARQL that the engine reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from milia_onto.model import layout
from milia_onto.model.errors import ContentError
from milia_onto.model.values import Finding, Place
from milia_onto.publish.sparql_text import RefusedError, outline
from milia_onto.publish.stored_query import stored_query

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.model.prefixes import Prefixes
    from milia_onto.model.values import Sources

CHECK = "query"
# How the engine says where: by line and column of the query.
PLACE = re.compile(r"error at (\d+):")
WHY = "Whoever asks the query by its name gets no answer."


def check_queries(sources: Sources, prefixes: Prefixes) -> list[Finding]:
    """A blocking finding for each file below ``ontology/queries`` that holds no query.

    A query is read, not run; ``prefixes`` are those that it need not declare.
    """
    known = {row.name: row.namespace for row in prefixes.rows}
    return [
        Finding(CHECK, "violation", message, why=WHY, fix=fix, place=place)
        for path in sources.under(layout.QUERIES, ".ttl")
        for message, fix, place in _wrong(path, sources.files[path], known)
    ]


def _wrong(path: str, data: bytes, known: dict[str, str]) -> Iterator[tuple[str, str, Place]]:
    """What is wrong with the query of a file, how to mend it, and where."""
    try:
        triples = [quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)]
        text, declared = stored_query(triples, path)
    except SyntaxError as error:
        yield f"not Turtle: {error.msg}", "correct it there", Place(path, error.lineno or 0)
        return
    except ContentError as error:
        yield error.message, error.fix, Place(path)
        return
    line, message = _problem(text, known | declared)
    if message:
        yield f"not SPARQL: {message}", "correct the query", Place(path, _line(data, text, line))


def _problem(text: str, prefixes: dict[str, str]) -> tuple[int, str]:
    """The line of a query that cannot be read, and why; no message where it can."""
    try:
        # Before the engine: what nests deep would overflow the stack of its parser.
        outline(text, prefixes)
        ox.Store().query(text, prefixes=prefixes)
    except RefusedError as refused:
        return refused.line, refused.detail
    except SyntaxError as error:
        place = PLACE.match(error.msg)
        return int(place[1]) if place else 0, error.msg
    return 0, ""


def _line(data: bytes, text: str, line: int) -> int:
    """The line of a file, where it is the one of a ``text`` written in it; else 0."""
    before, there, _ = data.decode("utf-8", "replace").partition(text)
    return before.count("\n") + line if there and line else 0
