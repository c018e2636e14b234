"""Constraints that judge each value node on its own: 4.1, 4.3, 4.4.1 to 4.4.4 and 4.8.3."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from milia_onto.shacl import vocabulary as v
from milia_onto.shacl.data import holding
from milia_onto.shacl.graph import refuse
from milia_onto.shacl.literals import is_well_formed
from milia_onto.shacl.model import Failure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Set

    from milia_onto.shacl.model import Context, Term
    from milia_onto.shacl.reader import Reader

# 4.3: the four comparisons of SPARQL that must return true, with the value node as ?v0.
RANGES = {
    "minExclusive": "?v0 > {}",
    "minInclusive": "?v0 >= {}",
    "maxExclusive": "?v0 < {}",
    "maxInclusive": "?v0 <= {}",
}
NODE_KINDS: dict[str, tuple[type, ...]] = {
    "BlankNode": (ox.BlankNode,),
    "IRI": (ox.NamedNode,),
    "Literal": (ox.Literal,),
    "BlankNodeOrIRI": (ox.BlankNode, ox.NamedNode),
    "BlankNodeOrLiteral": (ox.BlankNode, ox.Literal),
    "IRIOrLiteral": (ox.NamedNode, ox.Literal),
}
# Between them, a lexical form of every datatype that the store keeps as another one.
PROBES = ("1", "2026-11-21T00:00:00Z", "a")


class _ByValue(ABC):
    """Fails once for each pair of a focus node and a value node that is not accepted."""

    __slots__ = ()

    @abstractmethod
    def accepted(self, values: Collection[Term], context: Context, /) -> Collection[Term]:
        """Those of the value nodes that the constraint lets pass, perhaps among others."""

    def failures(self, context: Context) -> Iterator[Failure]:
        values = context.values.distinct
        rejected = values - set(self.accepted(values, context))
        if rejected:
            pairs = context.values.pairs()
            yield from (Failure(focus, value) for focus, value in pairs if value in rejected)


@dataclass(frozen=True, slots=True)
class Class(_ByValue):
    """sh:class (4.1.1): value nodes are SHACL instances of the class."""

    cls: ox.NamedNode
    component: str = "ClassConstraintComponent"

    def accepted(self, values: Collection[Term], context: Context, /) -> Collection[Term]:
        """The instances among the values."""
        return context.data.instances(self.cls) if values else ()


@dataclass(frozen=True, slots=True)
class Datatype(_ByValue):
    """sh:datatype (4.1.2): value nodes are well-formed literals of the datatype."""

    datatype: ox.NamedNode
    component: str = "DatatypeConstraintComponent"

    def accepted(self, values: Collection[Term], _context: Context, /) -> Collection[Term]:
        """The literals of that type whose text is a lexical form of it."""
        literals = (value for value in values if isinstance(value, ox.Literal))
        return [x for x in literals if x.datatype == self.datatype and is_well_formed(x)]


@dataclass(frozen=True, slots=True)
class NodeKind(_ByValue):
    """sh:nodeKind (4.1.3): value nodes are IRIs, blank nodes or literals."""

    kinds: tuple[type, ...]
    component: str = "NodeKindConstraintComponent"

    def accepted(self, values: Collection[Term], _context: Context, /) -> Collection[Term]:
        """The values of those kinds."""
        return [value for value in values if isinstance(value, self.kinds)]


@dataclass(frozen=True, slots=True)
class Expression(_ByValue):
    """A SPARQL expression over ?v0 that must return true of value nodes of some kinds."""

    component: str
    expression: str
    kinds: tuple[type, ...]

    def accepted(self, values: Collection[Term], _context: Context, /) -> Collection[Term]:
        """The values of those kinds for which it returns true."""
        rows = [(value,) for value in values if isinstance(value, self.kinds)]
        return [rows[number][0] for number in holding(self.expression, rows)]


@dataclass(frozen=True, slots=True)
class Length(_ByValue):
    """sh:minLength (4.4.1) and sh:maxLength (4.4.2): a blank node has no length that fits."""

    component: str
    least: int = 0
    most: int | None = None

    def accepted(self, values: Collection[Term], _context: Context, /) -> Collection[Term]:
        """The literals and IRIs with a text of that length."""
        texts = (value for value in values if not isinstance(value, ox.BlankNode))
        most = self.most
        return [
            x
            for x in texts
            if len(x.value) >= self.least and (most is None or len(x.value) <= most)
        ]


@dataclass(frozen=True, slots=True)
class LanguageIn(_ByValue):
    """sh:languageIn (4.4.4): language tags match one of the ranges, as by langMatches."""

    ranges: tuple[str, ...]
    component: str = "LanguageInConstraintComponent"

    def _matches(self, tag: str) -> bool:
        return any(
            wanted == "*" or f"{tag.lower()}-".startswith(f"{wanted.lower()}-")
            for wanted in self.ranges
        )

    def accepted(self, values: Collection[Term], _context: Context, /) -> Collection[Term]:
        """The literals with such a tag."""
        literals = (value for value in values if isinstance(value, ox.Literal))
        return [x for x in literals if x.language and self._matches(x.language)]


@dataclass(frozen=True, slots=True)
class In(_ByValue):
    """sh:in (4.8.3): value nodes are members of the list."""

    members: Set[Term]
    component: str = "InConstraintComponent"

    def accepted(self, _values: Collection[Term], _context: Context, /) -> Collection[Term]:
        """The members."""
        return self.members


def read_class(reader: Reader, shape: Term) -> Iterable[Class]:
    """One constraint a value of sh:class."""
    return map(Class, reader.graph.iris(shape, "class"))


def read_datatype(reader: Reader, shape: Term) -> Iterable[Datatype]:
    """The constraint of sh:datatype. Raises ContentError for a type that the store rewrites."""
    reader.graph.one(shape, "datatype")
    for datatype in reader.graph.iris(shape, "datatype"):
        kept = datatype if datatype == v.LANG_STRING else _kept(datatype)
        if kept != datatype:
            fix = f"ask for {kept} and a range"
            raise refuse(shape, f"asks for {datatype}, which the store keeps as {kept}", fix)
        yield Datatype(datatype)


def _kept(datatype: ox.NamedNode) -> ox.NamedNode:
    store = ox.Store()
    for text in PROBES:
        store.add(ox.Quad(v.TYPE, v.TYPE, ox.Literal(text, datatype=datatype)))
    kept = {quad.object.datatype for quad in store if isinstance(quad.object, ox.Literal)}
    return next(iter(kept - {datatype}), datatype)


def read_node_kind(reader: Reader, shape: Term) -> Iterable[NodeKind]:
    """The constraint of sh:nodeKind. Raises ContentError where it has another value (4.1.3)."""
    reader.graph.one(shape, "nodeKind")
    for kind in reader.graph.iris(shape, "nodeKind"):
        name = kind.value.removeprefix(v.SHACL)
        if name not in NODE_KINDS:
            raise refuse(shape, f"has {kind} as sh:nodeKind", f"use one of {', '.join(NODE_KINDS)}")
        yield NodeKind(NODE_KINDS[name])


def read_ranges(reader: Reader, shape: Term) -> Iterable[Expression]:
    """The constraints of value ranges (4.3). Raises ContentError where a bound is no literal."""
    for parameter, expression in RANGES.items():
        bound = reader.graph.one(shape, parameter)
        if bound is None:
            continue
        if not isinstance(bound, ox.Literal):
            raise refuse(shape, f"has an sh:{parameter} that is no literal: {bound}")
        component = f"{parameter[0].upper()}{parameter[1:]}ConstraintComponent"
        yield Expression(component, expression.format(bound), (ox.Literal,))


def read_lengths(reader: Reader, shape: Term) -> Iterable[Length]:
    """The constraints of sh:minLength and sh:maxLength."""
    least = reader.graph.integer(shape, "minLength")
    most = reader.graph.integer(shape, "maxLength")
    if least is not None:
        yield Length("MinLengthConstraintComponent", least=least)
    if most is not None:
        yield Length("MaxLengthConstraintComponent", most=most)


def read_pattern(reader: Reader, shape: Term) -> Iterable[Expression]:
    """The constraint of sh:pattern with sh:flags (4.4.3), by SPARQL's REGEX.

    Raises ContentError for a regular expression that the store cannot use.
    """
    pattern = reader.graph.one(shape, "pattern")
    flags = reader.graph.one(shape, "flags")
    if pattern is None:
        return
    if not isinstance(pattern, ox.Literal) or not isinstance(flags, ox.Literal | None):
        raise refuse(shape, "has an sh:pattern or sh:flags that is no text")
    options = f", {ox.Literal(flags.value)}" if flags else ""
    expression = f"REGEX(STR(?v0), {ox.Literal(pattern.value)}{options})"
    if not list(holding(f"IF({expression}, true, true)", [(ox.Literal(""),)])):
        raise refuse(shape, f"has no usable regular expression: {pattern.value}", "correct it")
    yield Expression("PatternConstraintComponent", expression, (ox.NamedNode, ox.Literal))


def read_language_in(reader: Reader, shape: Term) -> Iterable[LanguageIn]:
    """The constraint of sh:languageIn. Raises ContentError where a member is no text (4.4.4)."""
    head = reader.graph.one(shape, "languageIn")
    if head is not None:
        members = reader.graph.items(shape, head)
        ranges = tuple(term.value for term in members if isinstance(term, ox.Literal))
        if len(ranges) != len(members):
            raise refuse(shape, "has an sh:languageIn with a member that is no text")
        yield LanguageIn(ranges)


def read_in(reader: Reader, shape: Term) -> Iterable[In]:
    """The constraint of sh:in."""
    head = reader.graph.one(shape, "in")
    if head is not None:
        yield In(frozenset(reader.graph.items(shape, head)))
