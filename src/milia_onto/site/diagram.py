"""The neighbourhood of a term as a drawing: what it is under, what is under it, what defines it."""

from __future__ import annotations

from collections import defaultdict
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milia_onto.site.book import Book

WIDTH, GAP, LINE, PAD, RISE = 152, 16, 16, 11, 44
PER_ROW, LEVELS, CHARACTERS, LINES = 4, 4, 20, 3
WORTH_DRAWING = 4


class Box(NamedTuple):
    """A node of the drawing: id ("" for a remark), its lines, its place, its role."""

    id: str
    lines: tuple[tuple[str, float], ...]
    x: float
    y: float
    height: float
    role: str


class Edge(NamedTuple):
    """A line from a kind up to what it is a kind of, or from a term to what defines it."""

    path: str
    style: str


class Drawing(NamedTuple):
    """Boxes and lines on a sheet of some size, and what the picture says in words."""

    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    width: float
    height: float
    said: str


def drawing(book: Book, id_: str) -> Drawing | None:
    """The drawing of a class, or None where a line of text says as much."""
    kinds = book.children.get(id_, [])
    levels = [*_above(book, id_), [id_]]
    shown = kinds if len(kinds) <= PER_ROW * 2 else kinds[: PER_ROW * 2 - 1]
    rows = [*levels, *(shown[at : at + PER_ROW] for at in range(0, len(shown), PER_ROW))]
    beside = _beside(book, id_)
    if sum(map(len, rows)) + len(beside) < WORTH_DRAWING:
        return None
    more = len(kinds) - len(shown)
    return _Sheet(book, id_, beside).draw(rows, more)


def _above(book: Book, id_: str) -> list[list[str]]:
    """The classes above, nearest last, as far up as the tree is worth showing."""
    rows: list[list[str]] = []
    seen, row = {id_}, [id_]
    while row and len(rows) < LEVELS:
        above = [p for one in row for p in _parents(book, one) if p not in seen]
        row = list(dict.fromkeys(above))[:PER_ROW]
        seen |= set(row)
        rows += [row] if row else []
    return rows[::-1]


def _parents(book: Book, id_: str) -> list[str]:
    return [p for p in book.parents(id_) if not p.startswith("BFO:")]


def _beside(book: Book, id_: str) -> list[str]:
    """What the logical definition sets in beside the genus."""
    value = book.nodes[id_].get("vocab:differentia", [])
    found = value if isinstance(value, list) else [value]
    return [one["id"] for one in found if isinstance(one, dict) and one.get("id") in book.nodes]


class _Sheet:
    def __init__(self, book: Book, focus: str, beside: Sequence[str]) -> None:
        self.book = book
        self.focus = focus
        self.beside = beside
        self.boxes: dict[str, Box] = {}
        self.remarks: list[Box] = []

    def draw(self, rows: Sequence[Sequence[str]], more: int) -> Drawing:
        widest = max(len(row) + (1 if row == [self.focus] and self.beside else 0) for row in rows)
        width = widest * WIDTH + (widest - 1) * GAP + 2 * PAD
        if self.beside:
            width = max(width, 3 * WIDTH + 2 * RISE)
        y = float(PAD)
        for at, row in enumerate(rows):
            last = at == len(rows) - 1
            y = self._row(row, y, width, more if last else 0)
        return Drawing(
            (*self.boxes.values(), *self.remarks),
            tuple(self._edges(rows)),
            width,
            y - RISE + PAD,
            self._said(rows, more),
        )

    def _row(self, row: Sequence[str], y: float, width: float, more: int) -> float:
        ids = [*row, ""] if more else list(row)
        x = (width - len(ids) * WIDTH - (len(ids) - 1) * GAP) / 2
        placed = []
        for id_ in ids:
            text = self.book.label(id_) if id_ else f"and {more} more"
            role = "focus" if id_ == self.focus else ("kin" if id_ else "remark")
            placed.append(_box(id_, text, x, y, role))
            x += WIDTH + GAP
        if self.focus in row:
            for other in self.beside[:1]:
                placed.append(_box(other, self.book.label(other), x - GAP + RISE, y, "other"))
        tallest = max(box.height for box in placed)
        for box in placed:
            level = box._replace(height=tallest, lines=_lines(box, tallest))
            if level.id:
                self.boxes.setdefault(level.id, level)
            else:
                self.remarks.append(level)
        return y + tallest + RISE

    def _edges(self, rows: Sequence[Sequence[str]]) -> list[Edge]:
        found = []
        drawn = {id_ for row in rows for id_ in row}
        inferred = self._inferred(drawn)
        for id_ in drawn:
            for parent in _parents(self.book, id_):
                near = parent in drawn and (
                    id_ == self.focus or parent == self.focus or self._up(id_)
                )
                if near and self.boxes[parent].y < self.boxes[id_].y:
                    found.append(
                        self._edge(id_, parent, "inferred" if (id_, parent) in inferred else "")
                    )
        for other in self.beside[:1]:
            own, its = self.boxes[self.focus], self.boxes[other]
            level = own.y + own.height / 2
            found.append(Edge(f"M{own.x + WIDTH} {level}H{its.x}", "defines"))
        return sorted(found)

    def _up(self, id_: str) -> bool:
        return self.boxes[id_].y < self.boxes[self.focus].y

    def _inferred(self, drawn: set[str]) -> set[tuple[str, str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for id_ in drawn:
            for note in self.book.nodes[id_].get("annotations", ()):
                if note.get("isInferred") and isinstance(note.get("annotatedTarget"), dict):
                    found[id_].add(note["annotatedTarget"].get("id", ""))
        return {(id_, parent) for id_, parents in found.items() for parent in parents}

    def _edge(self, id_: str, parent: str, style: str) -> Edge:
        low, high = self.boxes[id_], self.boxes[parent]
        x1, x2 = low.x + WIDTH / 2, high.x + WIDTH / 2
        y1, y2 = low.y, high.y + high.height
        middle = y1 - RISE / 2
        return Edge(f"M{x1} {y1}C{x1} {middle} {x2} {y2 + RISE / 2} {x2} {y2}", style)

    def _said(self, rows: Sequence[Sequence[str]], more: int) -> str:
        at = next(n for n, row in enumerate(rows) if self.focus in row)
        above = [self.book.label(id_) for row in rows[:at] for id_ in row]
        below = [self.book.label(id_) for row in rows[at + 1 :] for id_ in row]
        parts = [self.book.label(self.focus)]
        parts += [f"above it: {', '.join(above)}"] if above else []
        parts += (
            [f"below it: {', '.join(below)}" + (f" and {more} more" if more else "")]
            if below
            else []
        )
        parts += [f"defined by: {self.book.label(self.beside[0])}"] if self.beside else []
        return "; ".join(parts)


def _box(id_: str, text: str, x: float, y: float, role: str) -> Box:
    lines = wrap(text, CHARACTERS, max_lines=LINES, placeholder="…") or [""]
    return Box(id_, tuple((line, 0.0) for line in lines), x, y, len(lines) * LINE + 2 * PAD, role)


def _lines(box: Box, height: float) -> tuple[tuple[str, float], ...]:
    """The lines of a box with their baselines, in the middle of its height."""
    top = box.y + (height - len(box.lines) * LINE) / 2
    return tuple((line, top + LINE * at + LINE * 0.76) for at, (line, _) in enumerate(box.lines))
