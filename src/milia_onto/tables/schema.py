"""What a table and a column are: one definition writes the file and the data dictionary."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from milia_onto.tables.graph import Graph, Node

Kind = Literal["string", "integer", "number", "boolean", "list"]
Cell: TypeAlias = "str | int | float | bool | list[str] | None"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: name, type, meaning, how a cell is read, and which key it refers to.

    ``refers`` is ``table.column``; every value of the column stands there.
    """

    name: str
    kind: Kind
    meaning: str
    cell: Callable[[Any], Cell]
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, its key, and the things that become its rows."""

    name: str
    title: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    things: Callable[[Graph], Iterable[Any]]

    def column(self, name: str) -> Column:
        """The column of a name."""
        return next(column for column in self.columns if column.name == name)

    def rows(self, graph: Graph) -> list[tuple[Cell, ...]]:
        """The rows, sorted by key. Raises ValueError where two rows have the same key."""
        cells = [column.cell for column in self.columns]
        found = [tuple(read(thing) for read in cells) for thing in self.things(graph)]
        places = [self.columns.index(self.column(name)) for name in self.key]

        def key(row: tuple[Cell, ...]) -> tuple[Any, ...]:
            return tuple(row[place] for place in places)

        found.sort(key=key)
        for one, other in pairwise(found):
            if key(one) == key(other):
                raise ValueError(f"table {self.name}: two rows have the key {key(one)}")
        return found


def field(name: str, meaning: str, refers: str = "", kind: Kind = "string") -> Column:
    """A column that is an attribute of the thing."""
    return Column(name, kind, meaning, attrgetter(name), refers)


def one(name: str, curie: str, meaning: str, refers: str = "") -> Column:
    """A column for the only object of a property, as CURIE or text."""
    predicate = ns.named(curie)

    def cell(node: Node) -> Cell:
        return node.one(predicate)

    return Column(name, "string", meaning, cell, refers)


def many(name: str, curie: str, meaning: str, refers: str = "") -> Column:
    """A column for all objects of a property, as CURIEs or texts."""
    predicate = ns.named(curie)

    def cell(node: Node) -> Cell:
        return node.many(predicate)

    return Column(name, "list", meaning, cell, refers)


def word(name: str, curie: str, meaning: str) -> Column:
    """A column for a name of the claims vocabulary, without its prefix."""
    predicate = ns.named(curie)

    def cell(node: Node) -> Cell:
        found = node.one(predicate)
        return found and found.removeprefix("vocab:")

    return Column(name, "string", meaning, cell)


def number(name: str, curie: str, meaning: str) -> Column:
    """A column for a number."""
    predicate = ns.named(curie)

    def cell(node: Node) -> Cell:
        found = node.one(predicate)
        return None if found is None else float(found)

    return Column(name, "number", meaning, cell)
