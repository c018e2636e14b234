"""N-Triples cut into batches that mean the same as the whole, however they are sent.

A blank node is known within one request only, so triples that share one stay together.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# An escaped backslash before a u: SPARQL reads \u before it reads the text (19.2), so the u
# is written as an escape itself.
ESCAPED_U = re.compile(rb"(?<!\\)((?:\\\\)+)u")


class Piece(NamedTuple):
    """Triples that must travel in one request: one, or all that are joined by blank nodes."""

    lines: tuple[bytes, ...]
    blank: bool


Batch = tuple[Piece, ...]


def pieces(ntriples: bytes, start: bytes) -> Batch:
    """All triples of N-Triples: those that begin with ``start``, those with blank nodes, the rest.

    So a graph that was begun and not ended can be found by what ``start`` says, and a retry of
    all but the first batch adds nothing twice.
    """
    head: list[Piece] = []
    ground: list[Piece] = []
    linked: list[tuple[bytes, list[bytes]]] = []
    for line in filter(None, ntriples.splitlines()):
        blanks = _blanks(line)
        if blanks:
            linked.append((line, blanks))
        else:
            (head if line.startswith(start) else ground).append(Piece((line,), blank=False))
    return (*head, *_components(linked), *ground)


def _blanks(line: bytes) -> list[bytes]:
    subject, _, rest = line.split(None, 2)
    label = [subject] if subject.startswith(b"_:") else []
    return [*label, rest.split(None, 1)[0]] if rest.startswith(b"_:") else label


def _components(linked: list[tuple[bytes, list[bytes]]]) -> list[Piece]:
    """The connected components of triples over their blank nodes, in the order they begin."""
    above: dict[bytes, bytes] = {}

    def root(node: bytes) -> bytes:
        while (up := above.setdefault(node, node)) != node:
            above[node] = node = above[up]
        return node

    for _, nodes in linked:
        above[root(nodes[-1])] = root(nodes[0])
    groups: dict[bytes, list[bytes]] = {}
    for line, nodes in linked:
        groups.setdefault(root(nodes[0]), []).append(line)
    return [Piece(tuple(lines), blank=True) for lines in groups.values()]


def first(whole: Batch, at: int, most: int) -> Batch:
    """The pieces from ``at`` that have at most ``most`` triples, or one that alone has more."""
    end, triples = at + 1, len(whole[at].lines)
    while end < len(whole) and triples + len(whole[end].lines) <= most:
        triples += len(whole[end].lines)
        end += 1
    return whole[at:end]


def size(batch: Batch) -> int:
    """The number of triples."""
    return sum(len(piece.lines) for piece in batch)


def as_ntriples(batch: Batch) -> bytes:
    """The batch as an N-Triples document."""
    return b"".join(line + b"\n" for piece in batch for line in piece.lines)


def as_insert(batch: Batch, graph: str) -> str:
    """The batch as SPARQL 1.1 Update (3.1.1)."""
    triples = ESCAPED_U.sub(rb"\1\\u0075", as_ntriples(batch)).decode()
    return f"INSERT DATA {{ GRAPH <{graph}> {{\n{triples}}} }}"
