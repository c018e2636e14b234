"""A page as its reader sees it: elements with their attributes, ids, links, texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HELD = {"a", "code", "h1", "main", "script", "title"}
VOID = {"meta", "link", "img", "input", "br", "hr", "rect", "path"}


@dataclass
class Page:
    """The elements of a page, in order; what its elements of some kinds hold as text."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    held: dict[str, list[str]] = field(default_factory=dict)
    kinds: set[tuple[str, ...]] = field(default_factory=set)
    """Each element with its classes and attribute names, below those that it stands in."""

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]

    def links(self) -> list[tuple[str, str]]:
        """The element and the address of everything that leads somewhere or is loaded."""
        return [
            (tag, attributes[name])
            for tag, attributes in self.elements
            for name in ("href", "src", "action", "data-index", "data-graph", "data-void")
            if name in attributes
        ]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self.open: list[tuple[str, str]] = []

    def _add(self, tag: str, attrs: list[tuple[str, str | None]]) -> str:
        attributes = {name: value or "" for name, value in attrs}
        self.page.elements.append((tag, attributes))
        classes = sorted(attributes.get("class", "").split())
        kind = ".".join([tag, *classes]) + "".join(f"[{name}]" for name in sorted(attributes))
        self.page.kinds.add((*(above for _, above in self.open), kind))
        return kind

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = self._add(tag, attrs)
        if tag not in VOID:
            self.open.append((tag, kind))
            if tag in HELD:
                self.page.held.setdefault(tag, []).append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in {name for name, _ in self.open}:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        for tag in HELD.intersection(name for name, _ in self.open):
            self.page.held[tag][-1] += data


def covering(pages: Mapping[str, Page]) -> list[str]:
    """Few of the pages that hold, between them, every kind of element that any of them holds."""
    chosen = []
    left = set().union(*(page.kinds for page in pages.values()))
    while left:
        path = max(pages, key=lambda each: len(pages[each].kinds & left))
        chosen.append(path)
        left -= pages[path].kinds
    return chosen


def read(data: bytes) -> Page:
    reader = _Reader()
    reader.feed(data.decode())
    reader.close()
    return reader.page
