"""Numbers as literals, each in the one form that stores agree on."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

DECIMAL = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")


def decimal(text: str) -> Literal:
    """The number as an xsd:decimal in canonical form (XML Schema 1.1 Part 2, E.1): 0.90 is 0.9.

    Some stores keep that form alone; in any other, what they answer would not be what was
    released. What is no number stays as it is.

    >>> [decimal(text).value for text in ("0.90", "33.0", "30", "0")]
    ['0.9', '33', '30', '0']
    """
    return Literal(text.rstrip("0").rstrip(".") if "." in text else text, datatype=DECIMAL)
