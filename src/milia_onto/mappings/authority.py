"""The authorities' tables as one index: by identifier, by name, by what replaced what."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from milia_onto.link.xrefs import canonical
from milia_onto.owl.closure import reachable
from milia_onto.publish.names import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from milia_onto.mappings.model import Entry, Link, Table

WITHDRAWN = re.compile(r"(?i)^obsoleted?[\s:_]+")


def respelt(curie: str) -> str:
    """A cross-reference with the prefix that the project writes."""
    return canonical(curie.strip().strip('"'))


def is_withdrawn(entry: Entry) -> bool:
    """Whether a term is marked as obsolete, or says so in its label, as OBO terms do."""
    return entry.obsolete or WITHDRAWN.match(entry.label) is not None


def name_key(name: str) -> str:
    """How names are compared: like ``lookup`` does, and without the mark of a withdrawn term."""
    return normal(WITHDRAWN.sub("", name))


class Authorities:
    """All that the tables say. ``partial`` are prefixes whose tables are known to lack terms."""

    def __init__(self, tables: Iterable[Table], partial: Iterable[str] = ()) -> None:
        self.entries: dict[str, Entry] = {}
        self.disputed: dict[str, list[tuple[str, str]]] = {}
        self.whole: set[str] = set()
        self.links: list[Link] = []
        self._partial = set(partial)
        self._by_name: dict[str, dict[str, list[Entry]]] = {}
        self._parents: dict[str, tuple[str, ...]] = {}
        self._into: dict[str, list[str]] = defaultdict(list)
        for table in tables:
            self._take(table)

    def _take(self, table: Table) -> None:
        counted = Counter(entry.id.partition(":")[0] for entry in table.entries)
        if counted and not table.partial:
            # Terms of other vocabularies stand in a table as its authors needed them.
            self.whole |= {counted.most_common(1)[0][0]} - self._partial
        self.links += table.links
        for entry in table.entries:
            known = self.entries.setdefault(entry.id, entry)
            self._parents.setdefault(entry.id, entry.parents)
            if known is not entry and entry.label and known.label != entry.label:
                names = self.disputed.setdefault(entry.id, [("", known.label)])
                names.append((table.name, entry.label))
            for old in entry.alternatives:
                self._into[old].append(entry.id)
            if entry.obsolete and len(entry.replaced_by) == 1:
                self._into[entry.replaced_by[0]].append(entry.id)

    def covers(self, curie: str) -> bool:
        """Whether a table holds every term of the vocabulary, so that an absent one is gone."""
        return curie.partition(":")[0] in self.whole

    def merged_into(self, curie: str) -> list[Entry]:
        """The terms that count ``curie`` among their alternative identifiers."""
        holders = (self.entries.get(id_) for id_ in self._into.get(curie, ()))
        return [entry for entry in holders if entry and curie in entry.alternatives]

    def shares_replacement(self, entry: Entry) -> bool:
        """Whether other withdrawn terms have the same replacement."""
        return len(set(self._into.get(entry.replaced_by[0], ()))) > 1

    def called(self, name: str, prefix: str) -> Iterator[Entry]:
        """The living terms of a vocabulary that have this label, then those with the synonym."""
        if prefix not in self._by_name:
            names = self._by_name[prefix] = defaultdict(list)
            for entry in self.entries.values():
                if entry.id.startswith(f"{prefix}:") and not is_withdrawn(entry):
                    for key in {name_key(text) for text in (entry.label, *entry.synonyms)}:
                        names[key].append(entry)
        living = self._by_name[prefix].get(name_key(name), []) if name else []
        yield from sorted(living, key=lambda e: (name_key(e.label) != name_key(name), e.id))

    def ancestors(self, curie: str) -> set[str]:
        """All terms above a term, where the tables tell of parents."""
        start = self.entries.get(curie)
        return reachable(start.parents if start else (), self._parents)
