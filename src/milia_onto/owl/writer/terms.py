"""Expressions as nodes of a graph (Mapping to RDF, 2.1, Table 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from .. import expressions as ex
from .. import vocabulary as v

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Term: TypeAlias = NamedNode | BlankNode | Literal

_CONNECTIVES: dict[type, tuple[str, str]] = {
    ex.ObjectIntersectionOf: (v.OWL_CLASS, v.INTERSECTION_OF),
    ex.ObjectUnionOf: (v.OWL_CLASS, v.UNION_OF),
    ex.ObjectComplementOf: (v.OWL_CLASS, v.COMPLEMENT_OF),
    ex.ObjectOneOf: (v.OWL_CLASS, v.ONE_OF),
    ex.DataIntersectionOf: (v.RDFS_DATATYPE, v.INTERSECTION_OF),
    ex.DataUnionOf: (v.RDFS_DATATYPE, v.UNION_OF),
    ex.DataComplementOf: (v.RDFS_DATATYPE, v.DATATYPE_COMPLEMENT_OF),
    ex.DataOneOf: (v.RDFS_DATATYPE, v.ONE_OF),
}
_FACING: dict[type, tuple[str, str]] = {
    ex.ObjectSomeValuesFrom: (v.SOME_VALUES_FROM, "filler"),
    ex.ObjectAllValuesFrom: (v.ALL_VALUES_FROM, "filler"),
    ex.ObjectHasValue: (v.HAS_VALUE, "individual"),
    ex.DataSomeValuesFrom: (v.SOME_VALUES_FROM, "filler"),
    ex.DataAllValuesFrom: (v.ALL_VALUES_FROM, "filler"),
    ex.DataHasValue: (v.HAS_VALUE, "value"),
}
_COUNTING: dict[type, tuple[str, str, str]] = {
    ex.ObjectMinCardinality: (v.MIN_CARDINALITY, v.MIN_QUALIFIED, v.ON_CLASS),
    ex.ObjectMaxCardinality: (v.MAX_CARDINALITY, v.MAX_QUALIFIED, v.ON_CLASS),
    ex.ObjectExactCardinality: (v.CARDINALITY, v.QUALIFIED, v.ON_CLASS),
    ex.DataMinCardinality: (v.MIN_CARDINALITY, v.MIN_QUALIFIED, v.ON_DATA_RANGE),
    ex.DataMaxCardinality: (v.MAX_CARDINALITY, v.MAX_QUALIFIED, v.ON_DATA_RANGE),
    ex.DataExactCardinality: (v.CARDINALITY, v.QUALIFIED, v.ON_DATA_RANGE),
}


class Terms:
    """Collects triples while it writes entities and expressions as nodes."""

    def __init__(self, taken: set[str]) -> None:
        self.triples: list[Triple] = []
        self._labels = self._fresh(taken)
        self._iris: dict[str, NamedNode] = {}

    @staticmethod
    def _fresh(taken: set[str]) -> Iterator[str]:
        number = 0
        while True:
            number += 1
            if f"x{number}" not in taken:
                yield f"x{number}"

    def iri(self, value: str) -> NamedNode:
        """The node of an IRI."""
        return self._iris.get(value) or self._iris.setdefault(value, NamedNode(value))

    def blank(self) -> BlankNode:
        """A blank node that no axiom uses."""
        return BlankNode(next(self._labels))

    def add(self, subject: Any, predicate: str, value: Any) -> None:
        """Write a triple, and before it those of the expressions in it."""
        self.triples.append(
            Triple(self.term(subject), self.iri(predicate), self.term(value))  # type: ignore[arg-type]
        )

    def term(self, value: Any) -> Term:
        """The node for an entity, individual, literal or expression, its triples written."""
        if isinstance(value, str):
            return self.iri(value)
        if isinstance(value, BlankNode | NamedNode | Literal):
            return value
        node = self.blank()
        if type(value) in _CONNECTIVES:
            kind, predicate = _CONNECTIVES[type(value)]
            self.add(node, v.RDF_TYPE, kind)
            self.add(node, predicate, self._operands(value))
        elif isinstance(value, ex.ObjectInverseOf):
            self.add(node, v.INVERSE_OF, value.object_property)
        elif isinstance(value, ex.DatatypeRestriction):
            self._facets(node, value)
        else:
            self._restriction(node, value)
        return node

    def _operands(self, expression: Any) -> Term:
        (operands,) = (getattr(expression, name) for name in expression.__match_args__)
        return self.list(operands) if isinstance(operands, tuple) else self.term(operands)

    def list(self, items: Iterable[Any]) -> Term:
        """The head of an RDF list (Table 1)."""
        members = [self.term(item) for item in items]
        rest: Term = self.iri(v.RDF_NIL)
        for member in reversed(members):
            node = self.blank()
            self.add(node, v.RDF_FIRST, member)
            self.add(node, v.RDF_REST, rest)
            rest = node
        return rest

    def _facets(self, node: BlankNode, restriction: ex.DatatypeRestriction) -> None:
        self.add(node, v.RDF_TYPE, v.RDFS_DATATYPE)
        self.add(node, v.ON_DATATYPE, restriction.datatype)
        facets = []
        for facet in restriction.restrictions:
            facets.append(self.blank())
            self.add(facets[-1], facet.facet, facet.value)
        self.add(node, v.WITH_RESTRICTIONS, self.list(facets))

    def _restriction(self, node: BlankNode, expression: Any) -> None:
        self.add(node, v.RDF_TYPE, v.RESTRICTION)
        self.add(node, v.ON_PROPERTY, expression.property)
        if isinstance(expression, ex.ObjectHasSelf):
            self.add(node, v.HAS_SELF, Literal(True))
        elif type(expression) in _FACING:
            predicate, field = _FACING[type(expression)]
            self.add(node, predicate, getattr(expression, field))
        else:
            self._cardinality(node, expression)

    def _cardinality(self, node: BlankNode, expression: Any) -> None:
        plain, qualified, on_filler = _COUNTING[type(expression)]
        number = Literal(str(expression.cardinality), datatype=self.iri(v.XSD_NON_NEGATIVE_INTEGER))
        if expression.filler in (v.THING, v.RDFS_LITERAL):
            self.add(node, plain, number)
            return
        self.add(node, qualified, number)
        self.add(node, on_filler, expression.filler)
