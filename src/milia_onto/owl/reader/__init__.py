"""Axioms from triples (OWL 2 Mapping to RDF Graphs, 3)."""

from .errors import NestingError, ReadError, SharingError
from .read import read_axioms

__all__ = ["NestingError", "ReadError", "SharingError", "read_axioms"]
