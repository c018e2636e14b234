"""Data ranges (Mapping to RDF, 3.2.3, Table 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import ranges as dr
from .. import vocabulary as v
from .errors import UnreadableError
from .terms import Terms

if TYPE_CHECKING:
    from .graph import Node

_RANGE_TYPES = frozenset({v.RDFS_DATATYPE, v.DATA_RANGE, v.RDFS_CLASS})


class Ranges(Terms):
    """Reads data ranges from nodes."""

    def is_range(self, node: Node) -> bool:
        """Whether the node is a datatype or typed as a data range."""
        if isinstance(node, str):
            return node in self.vocabulary.datatypes and node not in self.vocabulary.classes
        types = {self.graph.objects[at] for at in self.graph.said(node, v.RDF_TYPE)}
        return v.RDFS_DATATYPE in types or v.DATA_RANGE in types

    def data_range(self, node: Node) -> dr.DataRange:
        """A datatype, or the data range a blank node stands for (Table 12)."""
        if isinstance(node, str):
            return node
        return self.enter(node, self._range_node)

    def _range_node(self, node: Node) -> dr.DataRange:
        self.take_types(node, None, _RANGE_TYPES)
        said = self.graph.said
        if said(node, v.ON_DATATYPE):
            return self._facets(node)
        if said(node, v.DATATYPE_COMPLEMENT_OF):
            return dr.DataComplementOf(self.data_range(self.take(node, v.DATATYPE_COMPLEMENT_OF)))
        if said(node, v.ONE_OF):
            return dr.DataOneOf(tuple(map(self.literal, self.items(self.take(node, v.ONE_OF)))))
        if said(node, v.INTERSECTION_OF):
            return dr.DataIntersectionOf(self._ranges(self.take(node, v.INTERSECTION_OF)))
        return dr.DataUnionOf(self._ranges(self.take(node, v.UNION_OF)))

    def _ranges(self, head: Node) -> tuple[dr.DataRange, ...]:
        return tuple(self.data_range(item) for item in self.items(head))

    def _facets(self, node: Node) -> dr.DatatypeRestriction:
        datatype = self.iri(self.take(node, v.ON_DATATYPE))
        facets = []
        for item in self.items(self.take(node, v.WITH_RESTRICTIONS)):
            said = self.graph.about.get(item, [])
            if len(said) != 1:
                raise UnreadableError
            self.trail.append(said[0])
            value = self.literal(self.graph.objects[said[0]])
            facets.append(dr.FacetRestriction(self.graph.predicates[said[0]], value))
        return dr.DatatypeRestriction(datatype, tuple(facets))
