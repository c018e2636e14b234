"""Reads the own classes, with their names, places and mappings, out of the full graph."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from milia_onto.concepts.hierarchy import Hierarchy
from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pyoxigraph import Triple

# Property, and what kind of name its value is.
NAMES = {
    ns.named("skos:prefLabel"): "preferred",
    ns.named("MILIA:0000910"): "singular",
    ns.named("MILIA:0000911"): "plural",
    ns.named("oboInOwl:hasExactSynonym"): "exact",
    ns.named("skos:altLabel"): "alternative",
    ns.named("oboInOwl:hasBroadSynonym"): "broad",
    ns.named("oboInOwl:hasNarrowSynonym"): "narrow",
    ns.named("oboInOwl:hasRelatedSynonym"): "related",
    ns.named("skos:hiddenLabel"): "hidden",
}
# The kinds whose names stand for the very same thing.
SAME = frozenset({"preferred", "singular", "plural", "exact", "alternative"})
MAPPING = ns.named("sssom:Mapping")
PART_OF = ns.named("dcterms:isPartOf")
TOP = NamedNode("http://www.w3.org/2002/07/owl#Thing")


class Name(NamedTuple):
    """A name beside the label: its text, its language, one of the kinds in ``NAMES``."""

    text: str
    language: str
    kind: str


class Match(NamedTuple):
    """A row of the mapping set ``target``; ``object`` is an IRI, ``match`` such as exactMatch."""

    target: str
    object: str
    object_label: str
    match: str
    negated: bool
    justification: str
    confidence: str
    comment: str


@dataclass(frozen=True, slots=True)
class Concept:
    """One own class. ``code`` is the part of its IRI after the ontology's; links are such codes.

    ``withdrawn`` is the day since which a deprecated class is so, "" where nobody says.
    """

    code: str
    label: str
    definition: str
    sources: tuple[str, ...]
    names: tuple[Name, ...]
    matches: tuple[Match, ...]
    deprecated: bool
    withdrawn: str
    replaced_by: tuple[str, ...]

    @property
    def number(self) -> int:
        """The number in the code."""
        return int(self.code.rpartition("_")[2])


@dataclass(frozen=True, slots=True)
class Concepts:
    """All own classes by code, in order; the hierarchy of own and foreign classes, by IRI."""

    by_code: Mapping[str, Concept]
    hierarchy: Hierarchy

    def parents(self, code: str) -> tuple[str, ...]:
        """The codes of the nearest own classes above, also where a foreign class stands between."""
        return tuple(code_of(iri) for iri in self.hierarchy.nearest(ns.OWN + code, is_own))


def is_own(iri: str) -> bool:
    """Whether the IRI is one of our terms."""
    return iri.startswith(ns.TERM)


def code_of(iri: str) -> str:
    """What follows the ontology's IRI in a term's IRI."""
    return iri.removeprefix(ns.OWN)


def read(full: Iterable[Triple]) -> Concepts:
    """The own classes of a full graph (properties and individuals are left out)."""
    said: dict[NamedNode, list[Triple]] = defaultdict(list)
    above: dict[str, list[str]] = defaultdict(list)
    rows: list[NamedNode] = []
    for triple in full:
        subject = triple.subject
        if not isinstance(subject, NamedNode):
            continue
        said[subject].append(triple)
        if triple.object == MAPPING:
            rows.append(subject)
        is_below = triple.predicate == ns.RDFS_SUBCLASSOF and triple.object != TOP
        if is_below and isinstance(triple.object, NamedNode):
            above[subject.value].append(triple.object.value)
    matches: dict[str, list[Match]] = defaultdict(list)
    for row in rows:
        subject_iri, match = _match(said[row])
        matches[subject_iri].append(match)
    found = {
        code_of(node.value): _concept(node, triples, sorted(matches[node.value]))
        for node, triples in sorted(said.items(), key=lambda item: item[0].value)
        if is_own(node.value) and _is_class(triples)
    }
    return Concepts(found, Hierarchy({iri: tuple(sorted(up)) for iri, up in above.items()}))


def _is_class(triples: Sequence[Triple]) -> bool:
    return any(t.predicate == ns.RDF_TYPE and t.object == ns.OWL_CLASS for t in triples)


def _concept(node: NamedNode, triples: Sequence[Triple], matches: Sequence[Match]) -> Concept:
    names = {
        Name(t.object.value, t.object.language or "en", NAMES[t.predicate])
        for t in triples
        if t.predicate in NAMES and isinstance(t.object, Literal)
    }
    return Concept(
        code=code_of(node.value),
        label=_first(triples, ns.RDFS_LABEL) or code_of(node.value),
        definition=_first(triples, ns.DEFINITION),
        sources=_all(triples, ns.DEFINITION_SOURCE),
        names=tuple(sorted(names, key=lambda n: (n.language != "en", n.language, n))),
        matches=tuple(matches),
        deprecated=_first(triples, ns.OWL_DEPRECATED) == "true",
        withdrawn=_withdrawn(triples),
        replaced_by=tuple(code_of(iri) for iri in _all(triples, ns.REPLACED_BY)),
    )


def _withdrawn(triples: Sequence[Triple]) -> str:
    """The day in the note that the table of deprecations gives a class."""
    notes = " ".join(_all(triples, ns.EDITOR_NOTE))
    found = re.search(r"\bDeprecated on (\d{4}-\d\d-\d\d):", notes)
    return found[1] if found else ""


def _match(triples: Sequence[Triple]) -> tuple[str, Match]:
    def slot(name: str) -> str:
        return _first(triples, ns.named(f"sssom:{name}"))

    return slot("subject_id"), Match(
        target=_first(triples, PART_OF).removeprefix(ns.MAPPINGS),
        object=slot("object_id"),
        object_label=slot("object_label"),
        match=slot("predicate_id").removeprefix(ns.NAMESPACES["skos"]),
        negated=slot("predicate_modifier") == "Not",
        justification=slot("mapping_justification"),
        confidence=slot("confidence"),
        comment=_first(triples, ns.RDFS_COMMENT),
    )


def _all(triples: Sequence[Triple], predicate: NamedNode) -> tuple[str, ...]:
    return tuple(
        sorted(
            t.object.value
            for t in triples
            if t.predicate == predicate and isinstance(t.object, NamedNode | Literal)
        )
    )


def _first(triples: Sequence[Triple], predicate: NamedNode) -> str:
    return next(iter(_all(triples, predicate)), "")
