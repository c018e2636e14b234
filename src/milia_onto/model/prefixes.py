"""The prefix map: CURIEs to IRIs and back, and the shape of each code system's codes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curies import Converter


@dataclass(frozen=True, slots=True)
class Prefix:
    """One row of ``ontology/prefixes.tsv``."""

    name: str
    namespace: str
    pattern: str
    title: str


@dataclass(frozen=True)
class Prefixes:
    """A bijective prefix map. Namespaces may nest: the longest that fits an IRI wins.

    ``curies`` does the mapping; it is imported at first use, since it costs more than all the
    rest of a short command's start-up.
    """

    rows: tuple[Prefix, ...]

    @cached_property
    def by_name(self) -> dict[str, Prefix]:
        """The rows by prefix name."""
        return {row.name: row for row in self.rows}

    @cached_property
    def _converter(self) -> Converter:
        from curies import Converter, Record

        return Converter([Record(prefix=row.name, uri_prefix=row.namespace) for row in self.rows])

    @cached_property
    def _memo(self) -> dict[str, tuple[str, str] | None]:
        return {}

    def expand(self, curie: str) -> str | None:
        """The IRI of ``curie``, or None where its prefix is not in the map."""
        name, colon, local = curie.partition(":")
        row = self.by_name.get(name)
        return row.namespace + local if colon and row else None

    def split(self, iri: str) -> tuple[str, str] | None:
        """Prefix name and local part of ``iri``, or None where no namespace fits."""
        if iri not in self._memo:
            parts = self._converter.parse_uri(iri)
            self._memo[iri] = (parts.prefix, parts.identifier) if parts else None
        return self._memo[iri]

    def compress(self, iri: str) -> str | None:
        """The CURIE of ``iri``, or None where no namespace fits or nothing is left over."""
        parts = self.split(iri)
        return f"{parts[0]}:{parts[1]}" if parts and parts[1] else None

    def is_well_formed(self, curie: str) -> bool:
        """Whether the local part has the shape its code system gives its codes."""
        name, _, local = curie.partition(":")
        row = self.by_name.get(name)
        if row is None or not local:
            return False
        return not row.pattern or re.fullmatch(row.pattern, local) is not None

    def sparql(self) -> str:
        """The map as SPARQL ``PREFIX`` lines on one line, so that error lines stay true."""
        return " ".join(f"PREFIX {row.name}: <{row.namespace}>" for row in self.rows) + " "


def prefixes_from_rows(rows: Iterable[tuple[str, str, str, str]]) -> Prefixes:
    """A prefix map from (name, namespace, pattern, title) rows, sorted by name."""
    return Prefixes(tuple(sorted((Prefix(*row) for row in rows), key=lambda row: row.name)))
