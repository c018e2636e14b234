"""The neighbourhood of a term as a drawing: what it is under, what is under it, what defines it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from milia_onto.site import lettering

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milia_onto.site.book import Book

WIDTH, GAP, LINE, PAD, RISE = 144, 14, 16, 9, 28
STEM, LEDGE, KIND_WIDTH, INDENT = 18, 22, 276, 14
PER_ROW, LEVELS, KINDS = 4, 4, 8
MARGIN = 2
WORTH_DRAWING = 4


class Box(NamedTuple):
    """A node of the drawing: id ("" for a remark), its lines, its place, its role.

    ``start`` is where its lines begin, or, where they are centred, their middle.
    """

    id: str
    lines: tuple[tuple[str, float], ...]
    start: float
    x: float
    y: float
    width: float
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
    rows = [*_above(book, id_), [id_]]
    beside = _beside(book, id_)
    if sum(map(len, rows)) + len(kinds) + len(beside) < WORTH_DRAWING:
        return None
    return _Sheet(book, id_, beside[:1]).draw(rows, kinds)


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
    """Parents in rows from the left, the term below them, its kinds as a list on a stem."""

    def __init__(self, book: Book, focus: str, beside: Sequence[str]) -> None:
        self.book = book
        self.focus = focus
        self.beside = beside
        self.boxes: dict[str, Box] = {}
        self.edges: list[Edge] = []

    def draw(self, rows: Sequence[Sequence[str]], kinds: Sequence[str]) -> Drawing:
        y = float(MARGIN)
        for row in rows:
            y = self._row(row, y) + RISE
        self._climb([id_ for row in rows for id_ in row])
        self._define()
        shown = kinds if len(kinds) <= KINDS else kinds[: KINDS - 1]
        more = len(kinds) - len(shown)
        y = self._kinds(shown, more, y - RISE + GAP)
        width = max(box.x + box.width for box in self.boxes.values()) + MARGIN
        said = self._said(rows, shown, more)
        return Drawing(tuple(self.boxes.values()), tuple(self.edges), width, y - GAP + MARGIN, said)

    def _row(self, row: Sequence[str], y: float) -> float:
        ids = [*row, *self.beside] if self.focus in row else list(row)
        texts = {id_: self._told(id_) for id_ in ids}
        height = max(map(len, texts.values())) * LINE + 2 * PAD
        x = float(MARGIN)
        for id_, lines in texts.items():
            role = "focus" if id_ == self.focus else "other" if id_ in self.beside else "kin"
            widest = max(lettering.width(line, bold=id_ == self.focus) for line in lines)
            width = max(WIDTH, widest + 2 * PAD)
            self.boxes.setdefault(id_, _box(id_, lines, (x, y, width, height), role))
            x += width + (RISE if id_ == self.focus else GAP)
        return y + height

    def _told(self, id_: str) -> list[str]:
        room = WIDTH - 2 * PAD
        return lettering.lines(self.book.label(id_), room, bold=id_ == self.focus)

    def _kinds(self, kinds: Sequence[str], more: int, y: float) -> float:
        stem = self.boxes[self.focus].x + STEM
        top = self.boxes[self.focus].y + self.boxes[self.focus].height
        inferred = self._inferred(kinds)
        low = y
        for id_ in [*kinds, ""] if more else kinds:
            text = self.book.label(id_) if id_ else f"and {more} more"
            lines = lettering.lines(text, KIND_WIDTH - 2 * INDENT)
            place = (stem + LEDGE, y, KIND_WIDTH, len(lines) * LINE + PAD + GAP / 2)
            box = _box(id_, lines, place, "kin kind" if id_ else "remark kind")
            self.boxes[f"{id_} below"] = box
            if id_:
                style = "inferred" if (id_, self.focus) in inferred else "stated"
                low = y + box.height / 2
                self.edges.append(Edge(f"M{stem} {low}H{box.x}", style))
            y += box.height + GAP / 2
        if kinds:
            self.edges.append(Edge(f"M{stem} {top}V{low}", "stem"))
        return y + GAP / 2 if kinds else y

    def _climb(self, drawn: Sequence[str]) -> None:
        inferred = self._inferred(drawn)
        for id_ in drawn:
            for parent in _parents(self.book, id_):
                if parent in drawn and self.boxes[parent].y < self.boxes[id_].y:
                    style = "inferred" if (id_, parent) in inferred else "stated"
                    self.edges.append(_edge(self.boxes[id_], self.boxes[parent], style))

    def _define(self) -> None:
        for other in self.beside:
            own, its = self.boxes[self.focus], self.boxes[other]
            level = own.y + own.height / 2
            self.edges.append(Edge(f"M{own.x + own.width} {level}H{its.x}", "defines"))

    def _inferred(self, drawn: Sequence[str]) -> set[tuple[str, str]]:
        return {
            (id_, note["annotatedTarget"].get("id", ""))
            for id_ in drawn
            for note in self.book.nodes[id_].get("annotations", ())
            if note.get("isInferred") and isinstance(note.get("annotatedTarget"), dict)
        }

    def _said(self, rows: Sequence[Sequence[str]], kinds: Sequence[str], more: int) -> str:
        above = [self.book.label(id_) for row in rows[:-1] for id_ in row]
        below = [*map(self.book.label, kinds), *([f"{more} more"] if more else [])]
        parts = [self.book.label(self.focus)]
        parts += [f"above it: {', '.join(above)}"] if above else []
        parts += [f"below it: {', '.join(below)}"] if below else []
        parts += [f"defined by: {self.book.label(id_)}" for id_ in self.beside]
        return "; ".join(parts)


def _box(id_: str, lines: list[str], place: tuple[float, float, float, float], role: str) -> Box:
    """A box with its lines in the middle of its height."""
    x, y, width, height = place
    top = y + (height - len(lines) * LINE) / 2 + LINE * 0.76
    told = tuple((line, top + LINE * at) for at, line in enumerate(lines))
    start = x + (INDENT if "kind" in role else width / 2)
    return Box(id_, told, start, x, y, width, height, role)


def _edge(low: Box, high: Box, style: str) -> Edge:
    x1, x2 = low.x + low.width / 2, high.x + high.width / 2
    y1, y2 = low.y, high.y + high.height
    return Edge(f"M{x1} {y1}C{x1} {y1 - RISE} {x2} {y2 + RISE} {x2} {y2}", style)
