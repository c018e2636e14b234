"""Turtle for people: a block a term, one predicate and object a line, labels beside opaque ids.

Every line of a block ends with ``;`` and the block is closed by a line of its own, so adding or
removing one restriction changes its own lines only.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from milia_onto.model import namespaces as ns
from milia_onto.serialise.tree import ListValue, Node

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milia_onto.model.prefixes import Prefixes
    from milia_onto.serialise.tree import Forest, Value

FIRST = [
    "rdf:type",
    "rdfs:label",
    "MILIA:0000910",
    "MILIA:0000911",
    "skos:prefLabel",
    "IAO:0000115",
    "skos:definition",
    "IAO:0000119",
]
LAST = [
    "rdfs:subClassOf",
    "owl:equivalentClass",
    "owl:disjointWith",
    "skos:exactMatch",
    "skos:closeMatch",
    "skos:broadMatch",
    "skos:narrowMatch",
    "skos:relatedMatch",
]
# Local names that Turtle can write after a prefix without escapes (RDF 1.1 Turtle, PN_LOCAL).
PLAIN_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_\-])?")
OPAQUE = re.compile(r"[A-Za-z]+:[A-Z]?\d{3,}")
WORDS = {
    ns.named("owl:intersectionOf"): " and ",
    ns.named("owl:unionOf"): " or ",
}
SOME = ns.named("owl:someValuesFrom")
ON_PROPERTY = ns.named("owl:onProperty")


class TurtleWriter:
    """Writes one graph; memoises the spelling of each IRI."""

    def __init__(self, prefixes: Prefixes, labels: Mapping[str, str]) -> None:
        self.prefixes = prefixes
        self.labels = labels
        self.used: set[str] = set()
        self._spelling: dict[NamedNode, str] = {}
        first = {p: (0, n) for n, p in enumerate(FIRST)}
        self._order = first | {p: (2, n) for n, p in enumerate(LAST)}

    def iri(self, node: NamedNode) -> str:
        """A prefixed name where Turtle can write one, else the IRI in angle brackets."""
        known = self._spelling.get(node)
        if known is None:
            parts = self.prefixes.split(node.value)
            if parts and PLAIN_LOCAL.fullmatch(parts[1]):
                self.used.add(parts[0])
                known = f"{parts[0]}:{parts[1]}"
            else:
                known = str(node)
            self._spelling[node] = known
        return known

    def literal(self, node: Literal) -> str:
        """A quoted string with its language or datatype (numbers stay quoted: nothing is lost)."""
        if node.language is None and node.datatype.value != f"{ns.NAMESPACES['xsd']}string":
            body = str(Literal(node.value))
            return f"{body}^^{self.iri(node.datatype)}"
        return str(node)

    def value(self, value: Value) -> str:
        """Any value on one line."""
        if isinstance(value, NamedNode):
            return self.iri(value)
        if isinstance(value, Literal):
            return self.literal(value)
        if isinstance(value, ListValue):
            return f"( {' '.join(map(self.value, value.members))} )" if value.members else "()"
        inner = " ; ".join(f"{self.verb(p)} {self.value(v)}" for p, v in self.ordered(value))
        return f"[ {inner} ]"

    def verb(self, predicate: NamedNode) -> str:
        """A predicate, ``a`` for rdf:type."""
        return "a" if predicate == ns.RDF_TYPE else self.iri(predicate)

    def ordered(self, node: Node) -> list[tuple[NamedNode, Value]]:
        """The pairs in reading order: what it is and is called, notes, axioms, mappings."""
        keyed = [
            (self._order.get(self.iri(p), (1, 0)), self.iri(p), _rank(v), self.value_key(v), n)
            for n, (p, v) in enumerate(node.pairs)
        ]
        return [node.pairs[key[-1]] for key in sorted(keyed)]

    def value_key(self, value: Value) -> str:
        """What values of one predicate are sorted by: language and text, else the spelling."""
        if isinstance(value, Literal):
            return f"{value.language or ''} {value.value}"
        return self.value(value)

    def gloss(self, value: Value) -> str:
        """What an opaque value means, in words: a label, or a class expression in labels."""
        if isinstance(value, NamedNode):
            return self.labels.get(value.value, "") if OPAQUE.fullmatch(self.iri(value)) else ""
        return self.phrase(value) if isinstance(value, Node) else ""

    def phrase(self, value: Value) -> str:
        """A class expression after the manner of the Manchester syntax; "" where it has no name."""
        if isinstance(value, NamedNode):
            return self.labels.get(value.value, self.iri(value))
        if not isinstance(value, Node):
            return ""
        pairs = dict(value.pairs)
        for predicate, word in WORDS.items():
            if isinstance(members := pairs.get(predicate), ListValue):
                return word.join(
                    f"({self.phrase(m)})" if isinstance(m, Node) else self.phrase(m)
                    for m in members.members
                )
        if SOME in pairs and ON_PROPERTY in pairs:
            return f"{self.phrase(pairs[ON_PROPERTY])} some {self.phrase(pairs[SOME])}"
        return ""

    def block(self, node: Node) -> list[str]:
        """The lines of a named subject."""
        name = self.iri(node.name) if node.name else ""
        lines = (
            [f"# {' '.join(self.labels[node.name.value].split())}"]
            if node.name and node.name.value in self.labels
            else []
        )
        lines.append(name)
        for predicate, value in self.ordered(node):
            gloss = self.gloss(value)
            note = f" # {' '.join(gloss.split())}" if gloss else ""
            lines.append(f"    {self.verb(predicate)} {self.value(value)} ;{note}")
        return [*lines, "    .", ""]

    def loose(self, nodes: Sequence[Node]) -> list[str]:
        """Blank nodes nobody points to, one a line (annotations of axioms, disjointness)."""
        lines = sorted(self.value(node) for node in nodes)
        return [*(f"{line} ." for line in lines), ""] if lines else []


def _rank(value: Value) -> int:
    return 0 if isinstance(value, NamedNode) else 1 if isinstance(value, Literal) else 2


def turtle(forest: Forest, prefixes: Prefixes, labels: Mapping[str, str], title: str = "") -> bytes:
    """The graph as Turtle. ``labels`` by IRI are written beside opaque identifiers as comments."""
    writer = TurtleWriter(prefixes, labels)
    body: list[str] = []
    for node in forest.named:
        body += writer.block(node)
        body += writer.loose(node.annotations)
    body += writer.loose(forest.loose)
    head = [f"# {title}"] if title else []
    names = sorted(writer.used)
    head += [f"@prefix {name}: <{prefixes.by_name[name].namespace}> ." for name in names]
    return ("\n".join([*head, "", *body]).rstrip("\n") + "\n").encode()
