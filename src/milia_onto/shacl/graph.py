"""A shapes graph as a lookup table, with the errors of those who look things up in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from milia_onto.model.errors import ContentError
from milia_onto.shacl import vocabulary as v

if TYPE_CHECKING:
    from collections.abc import Iterable

    from milia_onto.shacl.model import Term

BOOLEAN = ox.NamedNode(f"{v.XSD}boolean")
TRUTH: dict[Term, bool] = {
    ox.Literal("true", datatype=BOOLEAN): True,
    ox.Literal("false", datatype=BOOLEAN): False,
}


def name_of(node: Term) -> str:
    """A node as an error names it: IRIs in angle brackets, SHACL's own with their prefix."""
    if isinstance(node, ox.NamedNode) and node.value.startswith(v.SHACL):
        return f"sh:{node.value.removeprefix(v.SHACL)}"
    return str(node)


def refuse(shape: Term, message: str, fix: str = "correct the shape") -> ContentError:
    """The error that names the shape it was found on, for the caller to raise."""
    return ContentError(f"the shape {name_of(shape)} {message}", fix=fix)


class ShapesGraph:
    """Objects by subject and predicate, each in the spelling that a store gives back."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        store = ox.Store()
        store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
        self.about: dict[Term, dict[ox.NamedNode, list[Term]]] = {}
        for quad in sorted(store, key=str):
            subject, term = quad.subject, quad.object
            if isinstance(subject, ox.Triple) or isinstance(term, ox.Triple):
                raise ContentError("a triple in a triple means nothing to SHACL", fix="remove it")
            self.about.setdefault(subject, {}).setdefault(quad.predicate, []).append(term)

    def objects(self, subject: Term, predicate: ox.NamedNode) -> list[Term]:
        """All values of a property, sorted."""
        return self.about.get(subject, {}).get(predicate, [])

    def values(self, shape: Term, parameter: str) -> list[Term]:
        """All values of sh:``parameter``, sorted."""
        return self.objects(shape, v.sh(parameter))

    def one(self, shape: Term, parameter: str) -> Term | None:
        """The value of sh:``parameter``, None without. Raises ContentError where it has several."""
        found = self.values(shape, parameter)
        if len(found) > 1:
            raise refuse(shape, f"has {len(found)} values of sh:{parameter}", "keep one")
        return found[0] if found else None

    def iris(self, shape: Term, parameter: str) -> list[ox.NamedNode]:
        """All values of sh:``parameter``. Raises ContentError where one is no IRI."""
        found = self.values(shape, parameter)
        iris = [term for term in found if isinstance(term, ox.NamedNode)]
        if len(iris) != len(found):
            raise refuse(shape, f"has a value of sh:{parameter} that is no IRI")
        return iris

    def integer(self, shape: Term, parameter: str) -> int | None:
        """The value of sh:``parameter``, a whole number from 0, None without.

        Raises ContentError where it is anything else.
        """
        term = self.one(shape, parameter)
        if term is None:
            return None
        if (
            isinstance(term, ox.Literal)
            and term.datatype.value == f"{v.XSD}integer"
            and term.value.isascii()
            and term.value.isdigit()
        ):
            return int(term.value)
        raise refuse(shape, f"has an sh:{parameter} that is no whole number from 0: {term}")

    def boolean(self, shape: Term, parameter: str) -> bool:
        """Whether sh:``parameter`` is true; false without it. Raises ContentError where neither."""
        term = self.one(shape, parameter)
        if term is None:
            return False
        if term in TRUTH:
            return TRUTH[term]
        raise refuse(shape, f"has an sh:{parameter} that is neither true nor false: {term}")

    def items(self, shape: Term, head: Term) -> list[Term]:
        """The members of a SHACL list (1.4).

        Raises ContentError where it is unfinished, branched or endless.
        """
        members: list[Term] = []
        seen = set()
        while head != v.NIL:
            first, rest = self.objects(head, v.FIRST), self.objects(head, v.REST)
            if len(first) != 1 or len(rest) != 1 or head in seen:
                raise refuse(shape, f"has a list that is not well-formed at {head}")
            seen.add(head)
            members.append(first[0])
            head = rest[0]
        return members

    def types(self, node: Term) -> set[Term]:
        """The classes that a node is a SHACL instance of (1.4)."""
        found: set[Term] = set()
        waiting = list(self.objects(node, v.TYPE))
        while waiting:
            cls = waiting.pop()
            if cls not in found:
                found.add(cls)
                waiting += self.objects(cls, v.SUBCLASS_OF)
        return found
