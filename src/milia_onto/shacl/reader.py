"""Nodes of a shapes graph to shapes: each node once, no cycles, no term left unread."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from milia_onto.shacl import vocabulary as v
from milia_onto.shacl.graph import name_of, refuse
from milia_onto.shacl.model import NodeShape, PropertyShape
from milia_onto.shacl.read_path import read_path
from milia_onto.shacl.registry import COMPONENTS, PARAMETERS
from milia_onto.shacl.targets import read_targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.model.values import Severity
    from milia_onto.shacl.graph import ShapesGraph
    from milia_onto.shacl.model import Term

KNOWN = PARAMETERS.union(v.TARGETS, v.DESCRIPTIVE, v.DESCRIPTIVE_OF_PROPERTY)
SEVERITIES: dict[str, Severity] = {"Violation": "violation", "Warning": "warning", "Info": "info"}


class Reader:
    """Reads shapes out of one shapes graph and remembers them."""

    def __init__(self, graph: ShapesGraph) -> None:
        self.graph = graph
        self._made: dict[Term, NodeShape | PropertyShape] = {}
        self._open: list[Term] = []

    def shape(self, node: Term) -> NodeShape | PropertyShape:
        """The shape of a node. Raises ContentError where it is ill-formed or recursive (3.4.3)."""
        if node in self._open:
            raise refuse(node, "refers to itself", "SHACL leaves open what that means: undo it")
        if node not in self._made:
            self._open.append(node)
            self._made[node] = self._read(node)
            self._open.pop()
        return self._made[node]

    def _read(self, node: Term) -> NodeShape | PropertyShape:
        graph = self.graph
        if node not in graph.about:
            raise refuse(node, "is referred to but not described")
        path = read_path(graph, node)
        types = graph.types(node)
        if path is None and v.sh("PropertyShape") in types:
            raise refuse(node, "is a property shape without sh:path", "add the path")
        if path is not None and v.sh("NodeShape") in types:
            raise refuse(node, "is a node shape with sh:path", "make it a property shape")
        used = self._terms(node)
        _refuse_unread(node, used, is_property=path is not None)
        components = [c for c in COMPONENTS if not used.isdisjoint(c.parameters)]
        constraints = tuple(made for c in components for made in c.read(self, node))
        properties = tuple(self._properties(node))
        targets = tuple(read_targets(graph, node))
        severity, off = self._severity(node), graph.boolean(node, "deactivated")
        message = self._text(node, v.sh("message"))
        why, fix = self._text(node, v.COMMENT), self._text(node, v.sh("description"))
        # Spelt out twice: keywords in a dict would have no types.
        if path is None:
            return NodeShape(
                node=node, targets=targets, constraints=constraints, properties=properties,
                severity=severity, message=message, why=why, fix=fix, deactivated=off,
            )  # fmt: skip
        return PropertyShape(
            node=node, targets=targets, constraints=constraints, properties=properties, path=path,
            severity=severity, message=message, why=why, fix=fix, deactivated=off,
        )  # fmt: skip

    def _terms(self, node: Term) -> set[str]:
        """The local names of the SHACL terms that a node uses as predicates."""
        predicates = (predicate.value for predicate in self.graph.about[node])
        return {iri.removeprefix(v.SHACL) for iri in predicates if iri.startswith(v.SHACL)}

    def _properties(self, node: Term) -> Iterator[PropertyShape]:
        for value in self.graph.values(node, "property"):
            inner = self.shape(value)
            if not isinstance(inner, PropertyShape):
                raise refuse(value, "is a property shape without sh:path", "add the path")
            yield inner

    def _severity(self, node: Term) -> Severity:
        term = self.graph.one(node, "severity")
        if term is None:
            return "violation"
        name = getattr(term, "value", "").removeprefix(v.SHACL)
        # 2.1.4 allows other IRIs as severities, without a rank: they weigh most.
        if not isinstance(term, ox.NamedNode) or (name != term.value and name not in SEVERITIES):
            fix = f"use one of {', '.join(SEVERITIES)}"
            raise refuse(node, f"has {name_of(term)} as sh:severity", fix)
        return SEVERITIES.get(name, "violation")

    def _text(self, node: Term, predicate: ox.NamedNode) -> str:
        """The English text of a property, else one without a language, else the first, else ""."""
        literals = [t for t in self.graph.objects(node, predicate) if isinstance(t, ox.Literal)]
        ranked = sorted(literals, key=lambda t: (_rank(t.language or ""), t.value))
        return ranked[0].value if ranked else ""


def _rank(tag: str) -> int:
    return 0 if tag.partition("-")[0] == "en" else 1 if not tag else 2


def _refuse_unread(node: Term, used: set[str], *, is_property: bool) -> None:
    """Raises ContentError for a term that would not be looked at on this shape."""
    for name in sorted(used - KNOWN):
        raise refuse(node, f"uses sh:{name}, which is misspelt or not supported")
    bound = set(v.DESCRIPTIVE_OF_PROPERTY)
    for component in COMPONENTS:
        alone = used.intersection(component.optional)
        if alone and used.isdisjoint(component.parameters):
            raise refuse(node, f"uses sh:{min(alone)} without sh:{component.parameters[0]}")
        if component.properties_only:
            bound.update(component.parameters)
    for name in sorted(used & bound) if not is_property else ():
        raise refuse(node, f"uses sh:{name} without sh:path", "add the path")
