"""The SPARQL checks on rdflib, with what it needs to get to an end.

Three mends favour the script; each keeps the meaning of a query. As they come, rdflib 7 compares
each row of one side with each of the other wherever a join has a join below it, and in every MINUS:
then it does not answer all checks within a quarter of an hour.
"""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from rdflib import XSD, Graph, Literal
from rdflib.plugins.sparql import CUSTOM_EVALS
from rdflib.plugins.sparql.evaluate import evalLazyJoin, evalPart
from rdflib.plugins.sparql.operators import register_custom_function
from rdflib.plugins.sparql.sparql import SPARQLError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Python's re, which rdflib hands the patterns of SPARQL to, knows no Unicode properties.
PATTERNS = {
    r"[^\\p{L}\\p{N}]": r"[\\W_]",
    r"[^\\p{L}]": r"[\\W\\d_]",
    r"[\\p{Lu}\\p{Lt}\\p{Lo}\\p{Nd}]": r"[A-Z\\d]",
    r"\\p{Ll}": "[a-z]",
    r"\\p{Lu}": "[A-Z]",
}
TOKEN = re.compile(r'VALUES[^{]*\{[^}]*\}|"(?:[^"\\]|\\.)*"|[{}]|[^{}"V]+|V')


def as_date(text: Literal) -> Literal:
    """`xsd:date(…)`, a cast that rdflib lacks; what is no date is an error, as in any cast."""
    try:
        datetime.date.fromisoformat(str(text))
    except ValueError:
        raise SPARQLError(f"no date: {text}") from None
    return Literal(str(text), datatype=XSD.date)


def values_first(text: str) -> str:
    """The query with the VALUES block of a variable before the patterns that use the variable."""
    # For each open group: all its text, the text outside inner groups, the VALUES blocks.
    stack: list[tuple[list[str], list[str], list[str]]] = [([], [], [])]
    for token in TOKEN.findall(text):
        whole, own, blocks = stack[-1]
        if token == "{":
            stack.append(([], [], []))
        elif token == "}":
            stack.pop()
            used = "".join(own)
            first = [block for block in blocks if f"{block.split()[1]} " in used]
            # What stands before and after the block must not become one pattern: rdflib would
            # take its triples in the order of how many constants they have.
            kept = ["{}" if part in first else part for part in whole]
            stack[-1][0].append("".join(["{", *first, *kept, "}"]))
        elif token.startswith("VALUES"):
            whole.append(token)
            blocks.append(token)
        else:
            whole.append(token)
            own.append(token)
    return "".join(stack[0][0])


def join_by_hash(ctx, part):
    """A join with a pattern is looked up row by row; other joins, and MINUS, go by hash."""
    if part.name == "Join" and not part.lazy:
        if part.p2.name == "BGP":
            return evalLazyJoin(ctx, part)
        return _join(evalPart(ctx, part.p1), evalPart(ctx, part.p2))
    if part.name == "Minus":
        return _minus(evalPart(ctx, part.p1), evalPart(ctx, part.p2))
    raise NotImplementedError


def _index(rows: list, names: tuple) -> dict[tuple, list]:
    found = defaultdict(list)
    for row in rows:
        found[tuple(row[name] for name in names)].append(row)
    return found


def _bound(rows: list) -> set:
    """The variables that every row binds."""
    return set.intersection(*(set(row) for row in rows)) if rows else set()


def _candidates(left: Iterable, right: Iterable) -> Iterator[tuple]:
    """Each row of the left with the rows of the right that may go with it."""
    one, other = list(left), list(set(right))
    names = tuple(_bound(one) & _bound(other))
    found = _index(other, names)
    for row in one:
        yield row, found.get(tuple(row[name] for name in names), ())


def _join(left: Iterable, right: Iterable) -> Iterator:
    for row, candidates in _candidates(left, right):
        for other in candidates:
            if row.compatible(other):
                yield row.merge(other)


def _minus(left: Iterable, right: Iterable) -> Iterator:
    for row, candidates in _candidates(left, right):
        if all(not row.compatible(other) or row.disjointDomain(other) for other in candidates):
            yield row


def mend_rdflib() -> None:
    register_custom_function(XSD.date, as_date)
    CUSTOM_EVALS["join by hash"] = join_by_hash


def ask(graph: Graph, text: str, prefixes: dict[str, str]) -> int:
    """How many rows a check selects."""
    for ours, pythons in PATTERNS.items():
        text = text.replace(ours, pythons)
    body = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return len(set(graph.query(values_first(body), initNs=prefixes)))
