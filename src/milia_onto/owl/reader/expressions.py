"""Class expressions (Mapping to RDF, 3.2.4, Tables 13 and 15)."""

from __future__ import annotations

from collections.abc import Callable

from .. import expressions as ex
from .. import vocabulary as v
from .errors import UnreadableError
from .graph import Node
from .ranges import Ranges

_CLASS_TYPES = frozenset({v.OWL_CLASS, v.RDFS_CLASS})
_RESTRICTION_TYPES = frozenset({v.RESTRICTION, v.OWL_CLASS, v.RDFS_CLASS})

_ObjectCardinality = Callable[
    [int, ex.ObjectPropertyExpression, ex.ClassExpression], ex.ClassExpression
]
_DataCardinality = Callable[[int, ex.DataPropertyExpression, ex.DataRange], ex.ClassExpression]

_OBJECT_CARDINALITIES: dict[str, _ObjectCardinality] = {
    v.MIN_CARDINALITY: ex.ObjectMinCardinality,
    v.MAX_CARDINALITY: ex.ObjectMaxCardinality,
    v.CARDINALITY: ex.ObjectExactCardinality,
    v.MIN_QUALIFIED: ex.ObjectMinCardinality,
    v.MAX_QUALIFIED: ex.ObjectMaxCardinality,
    v.QUALIFIED: ex.ObjectExactCardinality,
}
_DATA_CARDINALITIES: dict[str, _DataCardinality] = {
    v.MIN_CARDINALITY: ex.DataMinCardinality,
    v.MAX_CARDINALITY: ex.DataMaxCardinality,
    v.CARDINALITY: ex.DataExactCardinality,
    v.MIN_QUALIFIED: ex.DataMinCardinality,
    v.MAX_QUALIFIED: ex.DataMaxCardinality,
    v.QUALIFIED: ex.DataExactCardinality,
}
_QUALIFIED = frozenset({v.MIN_QUALIFIED, v.MAX_QUALIFIED, v.QUALIFIED})

# Beyond this a cardinality is a typing error, and a reasoner would not finish.
_MAX_DIGITS = 9


class Expressions(Ranges):
    """Reads class expressions from nodes."""

    def class_expression(self, node: Node) -> ex.ClassExpression:
        """A class, or the expression a blank node stands for (Table 13)."""
        if isinstance(node, str):
            return node
        return self.enter(node, self._class_node)

    def class_expressions(self, head: Node) -> tuple[ex.ClassExpression, ...]:
        """The members of a list, each a class expression."""
        return tuple(self.class_expression(item) for item in self.items(head))

    def _class_node(self, node: Node) -> ex.ClassExpression:
        if self.graph.said(node, v.ON_PROPERTY):
            self.take_types(node, v.RESTRICTION, _RESTRICTION_TYPES)
            return self._restriction(node)
        self.take_types(node, v.OWL_CLASS, _CLASS_TYPES)
        return self.connective(node)

    def connective(self, node: Node) -> ex.ClassExpression:
        """The one Boolean combination or enumeration a node states (Table 13).

        Lists of none or one are allowed as in OWL 1 (Table 15). Raises UnreadableError where it
        states none.
        """
        for predicate in (v.INTERSECTION_OF, v.UNION_OF, v.COMPLEMENT_OF, v.ONE_OF):
            if self.graph.said(node, predicate):
                return self.connected(predicate, self.take(node, predicate))
        raise UnreadableError

    def connected(self, predicate: str, value: Node) -> ex.ClassExpression:
        """The expression that one of the four predicates and its value stand for."""
        if predicate == v.COMPLEMENT_OF:
            return ex.ObjectComplementOf(self.class_expression(value))
        if predicate == v.ONE_OF:
            individuals = tuple(self.individual(item) for item in self.items(value))
            return ex.ObjectOneOf(individuals) if individuals else v.NOTHING
        operands = self.class_expressions(value)
        if len(operands) == 1:
            return operands[0]
        if predicate == v.INTERSECTION_OF:
            return ex.ObjectIntersectionOf(operands) if operands else v.THING
        return ex.ObjectUnionOf(operands) if operands else v.NOTHING

    def _restriction(self, node: Node) -> ex.ClassExpression:
        """The restriction that a typed blank node states, on an object or a data property."""
        name = self.take(node, v.ON_PROPERTY)
        facing = [p for p in _READERS if self.graph.said(node, p)]
        if len(facing) != 1:
            raise UnreadableError
        return _READERS[facing[0]](self, node, name, facing[0])

    def _some(self, node: Node, name: Node, predicate: str) -> ex.ClassExpression:
        filler = self.take(node, predicate)
        if name in self.vocabulary.data:
            return ex.DataSomeValuesFrom(self.data_property(name), self.data_range(filler))
        return ex.ObjectSomeValuesFrom(self.object_property(name), self.class_expression(filler))

    def _all(self, node: Node, name: Node, predicate: str) -> ex.ClassExpression:
        filler = self.take(node, predicate)
        if name in self.vocabulary.data:
            return ex.DataAllValuesFrom(self.data_property(name), self.data_range(filler))
        return ex.ObjectAllValuesFrom(self.object_property(name), self.class_expression(filler))

    def _value(self, node: Node, name: Node, predicate: str) -> ex.ClassExpression:
        value = self.take(node, predicate)
        if name in self.vocabulary.data:
            return ex.DataHasValue(self.data_property(name), self.literal(value))
        return ex.ObjectHasValue(self.object_property(name), self.individual(value))

    def _self(self, node: Node, name: Node, predicate: str) -> ex.ClassExpression:
        value = self.literal(self.take(node, predicate))
        if value.value != "true" or value.datatype.value != v.XSD_BOOLEAN:
            raise UnreadableError
        return ex.ObjectHasSelf(self.object_property(name))

    def _cardinality(self, node: Node, name: Node, predicate: str) -> ex.ClassExpression:
        digits = self.literal(self.take(node, predicate)).value
        if not (digits.isascii() and digits.isdigit() and len(digits) <= _MAX_DIGITS):
            raise UnreadableError
        qualified = predicate in _QUALIFIED
        if name in self.vocabulary.data:
            filler = (
                self.data_range(self.take(node, v.ON_DATA_RANGE)) if qualified else v.RDFS_LITERAL
            )
            return _DATA_CARDINALITIES[predicate](int(digits), self.data_property(name), filler)
        counted = self.class_expression(self.take(node, v.ON_CLASS)) if qualified else v.THING
        return _OBJECT_CARDINALITIES[predicate](int(digits), self.object_property(name), counted)


_Reader = Callable[[Expressions, Node, Node, str], ex.ClassExpression]

_READERS: dict[str, _Reader] = {
    v.SOME_VALUES_FROM: Expressions._some,
    v.ALL_VALUES_FROM: Expressions._all,
    v.HAS_VALUE: Expressions._value,
    v.HAS_SELF: Expressions._self,
    **dict.fromkeys(_OBJECT_CARDINALITIES, Expressions._cardinality),
}
