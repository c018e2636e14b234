"""The public shapes of a release, in words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import pyoxigraph as ox

from milia_onto.model import namespaces as ns
from milia_onto.site.questions import read_turtle

if TYPE_CHECKING:
    from collections.abc import Mapping

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
PATH = "milia.shapes.ttl"
SH = ns.NAMESPACES["sh"]
TOLD = {f"{SH}{name}" for name in ("message", "severity", "property", "declare")}
TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode", "target")


class Check(NamedTuple):
    """One property shape: its fragment, what has to hold, why, what to do, how severe."""

    name: str
    conditions: tuple[tuple[str, str], ...]
    why: str
    message: str
    severity: str


class Shape(NamedTuple):
    """One node shape: what it looks at, why, and its checks."""

    name: str
    label: str
    why: str
    targets: tuple[tuple[str, str], ...]
    conditions: tuple[tuple[str, str], ...]
    checks: tuple[Check, ...]


class Shapes:
    """The node shapes of a release, by name. Raises ContentError where it is no Turtle."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        told: defaultdict[Term, list[tuple[str, Term]]] = defaultdict(list)
        for triple in read_turtle(PATH, files[PATH]):
            told[triple.subject].append((triple.predicate.value, triple.object))
        self._told = dict(told)
        self._prefixes = {
            self._text(node, f"{SH}namespace"): self._text(node, f"{SH}prefix")
            for node, told in self._told.items()
            if any(predicate == f"{SH}namespace" for predicate, _ in told)
        }
        found = [self._shape(node) for node in self._told if self._is(node, "NodeShape")]
        self.by_name = {shape.name: shape for shape in sorted(found)}
        self.checks = {
            check.name: (shape, check)
            for shape in self.by_name.values()
            for check in shape.checks
            if check.name
        }

    def _is(self, node: Term, kind: str) -> bool:
        own = isinstance(node, ox.NamedNode) and node.value.startswith(ns.SHAPES)
        return own and (ns.RDF_TYPE.value, ox.NamedNode(SH + kind)) in self._told.get(node, [])

    def _values(self, node: Term, predicate: str) -> list[Term]:
        return [value for found, value in self._told.get(node, []) if found == predicate]

    def _text(self, node: Term, predicate: str) -> str:
        return next((str(getattr(v, "value", "")) for v in self._values(node, predicate)), "")

    def _shape(self, node: Term) -> Shape:
        targets = [
            (name, self.words(value)) for name in TARGETS for value in self._values(node, SH + name)
        ]
        checks = [self._check(one) for one in self._values(node, f"{SH}property")]
        return Shape(
            str(getattr(node, "value", "")).removeprefix(ns.SHAPES),
            self._text(node, ns.RDFS_LABEL.value),
            self._text(node, ns.RDFS_COMMENT.value),
            tuple(targets),
            self._conditions(node, skip=TARGETS),
            tuple(checks),
        )

    def _check(self, node: Term) -> Check:
        return Check(
            str(getattr(node, "value", "")).removeprefix(ns.SHAPES),
            self._conditions(node),
            self._text(node, ns.RDFS_COMMENT.value),
            self._text(node, f"{SH}message"),
            self._text(node, f"{SH}severity").removeprefix(SH) or "Violation",
        )

    def _conditions(self, node: Term, skip: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
        return tuple(
            (predicate.removeprefix(SH), self.words(value))
            for predicate, value in self._told.get(node, [])
            if predicate.startswith(SH)
            and predicate not in TOLD
            and predicate.removeprefix(SH) not in skip
        )

    def words(self, term: Term) -> str:
        """A term as Turtle would have it; blank nodes and lists spelt out."""
        if isinstance(term, ox.NamedNode):
            return self._name(term.value)
        if isinstance(term, ox.Literal):
            return term.value
        first = self._values(term, f"{ns.NAMESPACES['rdf']}first")
        if first:
            return f"( {' '.join(self._items(term))} )"
        parts = [f"{self._name(p)} {self.words(value)}" for p, value in self._told.get(term, [])]
        return f"[ {' ; '.join(parts)} ]"

    def _items(self, node: Term) -> list[str]:
        rdf = ns.NAMESPACES["rdf"]
        found = []
        while self._values(node, f"{rdf}first"):
            found.append(self.words(self._values(node, f"{rdf}first")[0]))
            node = self._values(node, f"{rdf}rest")[0]
        return found

    def _name(self, iri: str) -> str:
        fitting = [(len(n), n) for n in self._prefixes if n and iri.startswith(n)]
        _, namespace = max(fitting, default=(0, ""))
        return f"{self._prefixes[namespace]}:{iri[len(namespace) :]}" if namespace else f"<{iri}>"
