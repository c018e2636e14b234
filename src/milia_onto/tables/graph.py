"""The full graph, indexed for reading rows out of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode

from milia_onto.model import namespaces as ns
from milia_onto.model.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import Triple

    from milia_onto.model.prefixes import Prefixes

Object: TypeAlias = "NamedNode | BlankNode | Literal"
Properties: TypeAlias = "dict[NamedNode, list[Object]]"

SOURCE, PROPERTY, TARGET = (
    ns.OWL_ANNOTATED_SOURCE,
    ns.OWL_ANNOTATED_PROPERTY,
    ns.OWL_ANNOTATED_TARGET,
)
NOTHING: Properties = {}


class Graph:
    """A graph by subject and property, with the annotations of its axioms."""

    def __init__(self, triples: Iterable[Triple], prefixes: Prefixes) -> None:
        self.prefixes = prefixes
        self.subjects: dict[NamedNode | BlankNode, Properties] = {}
        self.by_type: dict[Object, list[NamedNode]] = defaultdict(list)
        for subject, predicate, obj in triples:
            about = self.subjects.setdefault(subject, {})
            about.setdefault(predicate, []).append(obj)
            if predicate == ns.RDF_TYPE and isinstance(subject, NamedNode):
                self.by_type[obj].append(subject)
        self._notes: dict[tuple[Object, Object, Object], Properties] = {}
        for about in self.subjects.values():
            if SOURCE in about:
                self._take_note(about)

    def _take_note(self, about: Properties) -> None:
        # An axiom that was authored twice is annotated twice, and means what both say.
        axiom = (about[SOURCE][0], about[PROPERTY][0], about[TARGET][0])
        note = self._notes.setdefault(axiom, {})
        for predicate, objects in about.items():
            note[predicate] = list(dict.fromkeys([*note.get(predicate, ()), *objects]))

    def note(self, subject: Object, predicate: NamedNode, obj: Object) -> Properties:
        """What is said of an axiom itself (OWL 2 Mapping to RDF, 2.2); nothing is empty."""
        return self._notes.get((subject, predicate, obj), NOTHING)

    def short(self, node: Object) -> str:
        """The CURIE of an IRI, or the IRI itself where no prefix fits; the text of a literal.

        Raises TypeError for a blank node, which has no name outside its graph.
        """
        if isinstance(node, BlankNode):
            raise TypeError("a blank node has no name outside its graph")
        if isinstance(node, Literal):
            return node.value
        return self.prefixes.compress(node.value) or node.value

    def nodes(self, *types: NamedNode) -> Iterator[Node]:
        """The named instances of the types, each once."""
        for subject in dict.fromkeys(s for kind in types for s in self.by_type.get(kind, ())):
            yield Node(self, subject)


@dataclass(frozen=True, slots=True)
class Node:
    """A named subject, from which the cells of a row are read."""

    graph: Graph
    name: NamedNode

    @property
    def about(self) -> Properties:
        """All that is said of it."""
        return self.graph.subjects[self.name]

    @property
    def curie(self) -> str:
        """Its CURIE."""
        return self.graph.short(self.name)

    def objects(self, predicate: NamedNode) -> Sequence[Object]:
        """All objects of a property; blank nodes are left out."""
        return [o for o in self.about.get(predicate, ()) if not isinstance(o, BlankNode)]

    def one(self, predicate: NamedNode) -> str | None:
        """The only object as CURIE or text, or None. Raises ContentError where there are more."""
        found = self.objects(predicate)
        if len(found) > 1:
            raise ContentError(
                f"more than one {self.graph.short(predicate)}", place=self.curie, fix="keep one"
            )
        return self.graph.short(found[0]) if found else None

    def many(self, predicate: NamedNode) -> list[str]:
        """All objects as CURIEs or texts, sorted."""
        return sorted(map(self.graph.short, self.objects(predicate)))
