"""Logical axioms as triples (OWL 2 Mapping to RDF Graphs, 2.1), the inverse of the reader."""

from .write import to_triples

__all__ = ["to_triples"]
