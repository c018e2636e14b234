"""A page as its reader sees it: elements with their attributes, ids, links, texts."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

HELD = {"a", "code", "h1", "main", "script", "title"}
VOID = {"meta", "link", "img", "input", "br", "hr", "rect", "path"}


@dataclass
class Page:
    """The elements of a page, in order; what its elements of some kinds hold as text."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    held: dict[str, list[str]] = field(default_factory=dict)

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
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)
            if tag in HELD:
                self.page.held.setdefault(tag, []).append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.page.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        for tag in HELD.intersection(self.open):
            self.page.held[tag][-1] += data


def read(data: bytes) -> Page:
    reader = _Reader()
    reader.feed(data.decode())
    reader.close()
    return reader.page
