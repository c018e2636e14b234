"""What can stop the reading of a graph.

ReadError
├── NestingError   an expression inside more expressions than anybody writes
└── SharingError   expressions used so often that the axioms would outgrow the graph
"""

__all__ = ["NestingError", "ReadError", "SharingError", "UnreadableError"]


class ReadError(ValueError):
    """The graph cannot be read as axioms within the limits."""


class NestingError(ReadError):
    """An expression or annotation is nested deeper than the limit."""


class SharingError(ReadError):
    """Blank nodes are shared so widely that the axioms would be larger than the graph."""


class UnreadableError(Exception):
    """The triples at hand are no axiom; they go to the remainder. Never leaves the reader."""
