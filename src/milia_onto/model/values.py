"""The boxes of the data flow, one frozen type each.

``Sources → Merged → Reasoned → Validated → Products → Release``: each is made by one stage
(see ``pipeline``). A ``Validated`` is made only by ``stages.gate``, so a release that skipped
a check is a type error.
"""

from __future__ import annotations

import builtins
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from milia_onto.model.tokens import spellings as quoted
from milia_onto.model.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pyoxigraph import Triple

    from milia_onto.model.prefixes import Prefixes
    from milia_onto.owl.ontology import Axioms
    from milia_onto.owl.taxonomy import Taxonomy

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")


class Place(NamedTuple):
    """Where something was written: file relative to the project, line from 1, column name."""

    file: str
    line: int = 0
    column: str = ""

    def __str__(self) -> str:
        line = f":{self.line}" if self.line else ""
        column = f" ({self.column})" if self.column else ""
        return f"{self.file}{line}{column}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with the content: what, where, why it matters, how to mend it."""

    check: str
    severity: Severity
    message: str
    entity: str = ""
    property: str = ""
    value: str = ""
    why: str = ""
    fix: str = ""
    place: Place | None = None

    # Spelt out because the field above hides the builtin inside this class.
    @builtins.property
    def sort_key(self) -> tuple[int, str, str, str, str, str]:
        """Most severe first, then by check, entity, property, value and message."""
        rank = SEVERITIES.index(self.severity)
        return (rank, self.check, self.entity, self.property, self.value, self.message)


@dataclass(frozen=True, slots=True)
class Sources:
    """Every authored file, by its path relative to the project, as bytes."""

    files: Mapping[str, bytes]

    def under(self, folder: str, suffix: str = "") -> list[str]:
        """The sorted paths below ``folder`` that end in ``suffix``."""
        start = folder.rstrip("/") + "/"
        return sorted(p for p in self.files if p.startswith(start) and p.endswith(suffix))


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of a source in which one subject is described (``last`` inclusive)."""

    file: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Places:
    """Where each subject, and each value that came from a table row, was written."""

    blocks: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    rows: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def find(self, entity: str, value: str = "", spellings: Iterable[str] = ()) -> Place | None:
        """The row that wrote ``value`` of ``entity``, else the line of its block, else the block.

        ``spellings`` are other ways a source may write the value (a CURIE for an IRI), and what
        is looked for where the value is not written, in this order.
        """
        if value and (entity, value) in self.rows:
            return self.rows[entity, value]
        written = [
            (Place(block.file, number), set(tokens(line)))
            for block in self.blocks.get(entity, ())
            for number, line in enumerate(self._lines(block), block.first)
        ]
        for wanted in filter(None, (*quoted(value), *spellings)):
            for place, found in written:
                if wanted in found:
                    return place
        for block in self.blocks.get(entity, ()):
            return Place(block.file, block.first)
        return self.rows.get((entity, ""))

    def _lines(self, block: Block) -> Sequence[str]:
        return self.lines.get(block.file, ())[block.first - 1 : block.last]


@dataclass(frozen=True, slots=True)
class Origin:
    """The merged graph cut by where its triples came from."""

    header: tuple[Triple, ...]
    modules: tuple[Triple, ...]
    tables: tuple[Triple, ...]
    imports: tuple[Triple, ...]
    mappings: tuple[Triple, ...]
    claims: tuple[Triple, ...] = ()

    @property
    def everything(self) -> tuple[Triple, ...]:
        """All triples, in the order of the fields; some may stand twice."""
        return (
            *self.header,
            *self.modules,
            *self.tables,
            *self.imports,
            *self.mappings,
            *self.claims,
        )


@dataclass(frozen=True, slots=True)
class Header:
    """What the ontology header says of itself."""

    iri: str
    version: str
    version_iri: str


@dataclass(frozen=True, slots=True)
class Merged:
    """One graph out of all sources, with the place of each part and what was wrong with it."""

    origin: Origin
    header: Header
    prefixes: Prefixes
    places: Places
    labels: Mapping[str, str]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the reasoners said of the ontology."""

    reasoner: str
    consistent: bool
    unsatisfiable: tuple[str, ...]
    profiles: Mapping[str, bool]


@dataclass(frozen=True, slots=True)
class Reasoned:
    """The merged graph, its axioms, what follows (direct subclass pairs, edges) and the verdict."""

    merged: Merged
    axioms: Axioms
    taxonomy: Taxonomy
    inferred: tuple[tuple[str, str], ...]
    edges: tuple[Triple, ...]
    verdict: Verdict
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Products:
    """The graphs that are published, and what each file needs beside its graph."""

    header: Header
    prefixes: Prefixes
    labels: Mapping[str, str]
    full: tuple[Triple, ...]
    base: tuple[Triple, ...]
    skos: tuple[Triple, ...]
    attachments: Mapping[str, bytes]
    verdict: Verdict
    inferred_count: int


@dataclass(frozen=True, slots=True)
class Release:
    """The published files: relative path to bytes. All that comes later sees only this.

    ``others`` are the paths of what lies beside them in a folder that was read.
    """

    files: Mapping[str, bytes]
    others: frozenset[str] = frozenset()
