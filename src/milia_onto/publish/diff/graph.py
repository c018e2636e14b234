"""The full graphs of two releases: identifiers, names, placements, axioms, mappings, values."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from milia_onto.concepts.read import MAPPING, NAMES
from milia_onto.model import namespaces as ns
from milia_onto.model.layout import NTRIPLES
from milia_onto.owl import axioms as ax
from milia_onto.owl.closure import reachable
from milia_onto.owl.manchester import render
from milia_onto.owl.reader import read_axioms
from milia_onto.publish.diff.changes import Change, pairs, unreadable
from milia_onto.publish.diff.statements import mapping_changes, schema_changes, value_changes
from milia_onto.publish.why import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.model.values import Release
    from milia_onto.publish.diff.statements import Said

SCHEMA_TYPES = {
    ns.named(f"owl:{name}").value
    for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
}
# Axioms that data may contradict which was consistent before (OWL 2 Structural Specification, 9).
CONSTRAINTS = (
    ax.DisjointClasses,
    ax.DisjointUnion,
    ax.HasKey,
    ax.ObjectPropertyDomain,
    ax.ObjectPropertyRange,
    ax.DisjointObjectProperties,
    ax.FunctionalObjectProperty,
    ax.InverseFunctionalObjectProperty,
    ax.IrreflexiveObjectProperty,
    ax.AsymmetricObjectProperty,
    ax.DataPropertyDomain,
    ax.DataPropertyRange,
    ax.DisjointDataProperties,
    ax.FunctionalDataProperty,
)


class Graph:
    """One full graph, by what is said of each named subject."""

    def __init__(self, release: Release) -> None:
        """Raises ContentError where ``milia.nt`` cannot be read."""
        data = release.files.get(NTRIPLES, b"")
        try:
            self._triples = [q.triple for q in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)]
        except SyntaxError as error:
            raise unreadable(NTRIPLES, error) from None
        self.said: dict[str, Said] = {}
        for triple in self._triples:
            if isinstance(triple.subject, ox.NamedNode):
                of = self.said.setdefault(triple.subject.value, {})
                if not isinstance(triple.object, ox.BlankNode):
                    of.setdefault(triple.predicate.value, set()).add(triple.object)

    def types(self, thing: str) -> set[str]:
        """The IRIs of the types of a thing."""
        return self.iris(thing, ns.RDF_TYPE)

    def iris(self, thing: str, predicate: ox.NamedNode) -> set[str]:
        """The IRIs that a thing has under a predicate."""
        values = self.said.get(thing, {}).get(predicate.value, ())
        return {value.value for value in values if isinstance(value, ox.NamedNode)}

    @cached_property
    def entities(self) -> set[str]:
        """Everything with an identifier and a type, but the ontology itself."""
        headers = {ns.OWL_ONTOLOGY.value}
        return {thing for thing in self.said if (kinds := self.types(thing)) and kinds != headers}

    @cached_property
    def schema(self) -> set[str]:
        """The classes and properties."""
        return {thing for thing in self.entities if self.types(thing) & SCHEMA_TYPES}

    def names(self, thing: str) -> set[str]:
        """The label and all other names, as texts."""
        said = self.said[thing]
        keys = [ns.RDFS_LABEL.value, *(name.value for name in NAMES)]
        return {value.value for key in keys for value in said.get(key, ())}

    def label(self, thing: str) -> str:
        """The label in English, or ""."""
        found = self.said.get(thing, {}).get(ns.RDFS_LABEL.value, set())
        english = [v.value for v in found if getattr(v, "language", "") in {"en", None}]
        return min(english, default="")

    @cached_property
    def ancestors(self) -> dict[str, set[str]]:
        """All that each class stands under by name, asserted or inferred, near or far."""
        above = {thing: self.iris(thing, ns.RDFS_SUBCLASSOF) for thing in self.schema}
        return {thing: reachable(above[thing], above) - {thing} for thing in above}

    @cached_property
    def axioms(self) -> set[ax.Axiom]:
        """The axioms about classes and properties, without annotations and plain placements."""
        return {
            replace(axiom, annotations=())
            for axiom in read_axioms(self._triples).logical
            if not isinstance(axiom, FACTS) and not _is_placement(axiom)
        }


def _is_placement(axiom: ax.Axiom) -> bool:
    return (
        isinstance(axiom, ax.SubClassOf)
        and isinstance(axiom.sub_class, str)
        and isinstance(axiom.super_class, str)
    )


def graph_changes(old: Release, new: Release) -> Iterator[Change]:
    """What the full graph of one release says otherwise than that of another.

    Raises ContentError where either cannot be read.
    """
    before, after = Graph(old), Graph(new)
    yield from _identifiers(before, after)
    yield from _names(before, after)
    yield from _ancestors(before, after)
    yield from _axioms(before, after)
    both = before.entities & after.entities
    for thing in sorted(both):
        changes = value_changes
        if MAPPING.value in before.types(thing) & after.types(thing):
            changes = mapping_changes
        elif thing in before.schema:
            changes = schema_changes
        yield from changes(thing, before.said[thing], after.said[thing])


def _identifiers(before: Graph, after: Graph) -> Iterator[Change]:
    gone, new = pairs(before.entities, after.entities)
    for suffix, things, graph in (("gone", gone, before), ("new", new, after)):
        for thing in things:
            if not _is_own(thing):
                yield Change(f"import-{suffix}", thing)
            elif thing.rpartition("/")[0] in graph.entities - {ns.BASE}:
                told = MAPPING.value in graph.types(thing)
                yield Change(f"{'mapping' if told else 'part'}-{suffix}", thing)
            else:
                yield Change(f"entity-{suffix}", thing)
    for thing in sorted(before.entities & after.entities):
        was, now = (_is_deprecated(graph, thing) for graph in (before, after))
        if now and not was:
            replaced = ", ".join(sorted(after.iris(thing, ns.REPLACED_BY)))
            yield Change("deprecated", thing, after=replaced)
        elif was and not now:
            yield Change("restored", thing)
        lost, gained = pairs(before.types(thing), after.types(thing))
        yield from (Change("type-gone", thing, ns.RDF_TYPE.value, before=kind) for kind in lost)
        yield from (Change("type-new", thing, ns.RDF_TYPE.value, after=kind) for kind in gained)


def _is_own(thing: str) -> bool:
    return thing == ns.BASE or thing.startswith(ns.OWN)


def _is_deprecated(graph: Graph, thing: str) -> bool:
    values = graph.said[thing].get(ns.OWL_DEPRECATED.value, ())
    return any(value.value in {"true", "1"} for value in values)


def _names(before: Graph, after: Graph) -> Iterator[Change]:
    for thing in sorted(before.schema & after.schema):
        lost, gained = pairs(before.names(thing), after.names(thing))
        yield from (Change("name-gone", thing, before=name) for name in lost)
        yield from (Change("name-new", thing, after=name) for name in gained)
        labels = before.label(thing), after.label(thing)
        if labels[0] != labels[1]:
            yield Change("label-changed", thing, ns.RDFS_LABEL.value, *labels)


def _ancestors(before: Graph, after: Graph) -> Iterator[Change]:
    both = before.schema & after.schema
    for kind, here, there in (("gone", before, after), ("new", after, before)):
        for thing in sorted(both):
            kept = here.ancestors[thing] & there.ancestors[thing]
            only = (here.ancestors[thing] - there.ancestors[thing]) & both
            # What follows from another of these changes is not told again.
            follows = {
                far
                for far in only
                if any(far in here.ancestors[near] - there.ancestors[near] for near in kept & both)
                or any(far in there.ancestors[near] for near in only - {far})
            }
            for parent in sorted(only - follows):
                told = {"before": parent} if kind == "gone" else {"after": parent}
                yield Change(f"ancestor-{kind}", thing, ns.RDFS_SUBCLASSOF.value, **told)


def _axioms(before: Graph, after: Graph) -> Iterator[Change]:
    shared = before.entities & after.entities
    for axiom in before.axioms - after.axioms:
        if axiom.subject in shared:
            text = render(axiom, before.label)
            yield Change("axiom-gone", axiom.subject, before=text)
    for axiom in after.axioms - before.axioms:
        if axiom.subject in shared:
            kind = "constraint-new" if isinstance(axiom, CONSTRAINTS) else "axiom-new"
            yield Change(kind, axiom.subject, after=render(axiom, after.label))
