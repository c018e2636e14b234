"""Blank nodes get labels made of their content and owner, so that every text form is stable.

RDFC-1.0 would be stable too, but may renumber the whole graph after one edit; it is used for
the digest (``digest``), where others can check it, and not for the labels.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox
from pyoxigraph import BlankNode, Triple

from milia_onto.model.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable

LABEL_LENGTH = 24


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:LABEL_LENGTH]


def _children_first(outgoing: dict[BlankNode, list[Triple]]) -> list[BlankNode]:
    """Every blank node after the blank nodes it points to; no recursion, lists may be long."""
    done: set[BlankNode] = set()
    open_: set[BlankNode] = set()
    order: list[BlankNode] = []
    for root in outgoing:
        stack = [root]
        while stack:
            node = stack[-1]
            if node in done:
                stack.pop()
                continue
            if node in open_:
                open_.discard(node)
                done.add(node)
                order.append(node)
                stack.pop()
                continue
            open_.add(node)
            for triple in outgoing.get(node, ()):
                child = triple.object
                if isinstance(child, BlankNode) and child not in done:
                    if child in open_:
                        raise ContentError(
                            "blank nodes form a circle", fix="give one of them an IRI"
                        )
                    stack.append(child)
    return order


def relabel(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    """The same graph, sorted, with stable blank node labels; equal twins become one.

    Raises ContentError for a blank node in a circle or with two owners: OWL 2 DL needs
    neither (OWL 2 Structural Specification, 3: class expressions form trees).
    """
    unique = list(dict.fromkeys(triples))
    outgoing: dict[BlankNode, list[Triple]] = defaultdict(list)
    owner: dict[BlankNode, Triple] = {}
    for triple in unique:
        if isinstance(triple.subject, BlankNode):
            outgoing[triple.subject].append(triple)
        if isinstance(triple.object, BlankNode):
            if triple.object in owner:
                both = f"{owner[triple.object].subject} and {triple.subject}"
                fix = "write the expression out in both places"
                raise ContentError(f"a blank node is shared by {both}", fix=fix)
            owner[triple.object] = triple
            outgoing.setdefault(triple.object, [])
    order = _children_first(outgoing)
    content: dict[BlankNode, str] = {}
    for node in order:
        parts = [
            f"{t.predicate} {content[t.object] if isinstance(t.object, BlankNode) else t.object}"
            for t in outgoing[node]
        ]
        content[node] = _hash("\n".join(sorted(parts)))
    label: dict[BlankNode, BlankNode] = {}
    for node in reversed(order):
        held = owner.get(node)
        above = label.get(held.subject, held.subject) if held else ""  # type: ignore[arg-type]
        seed = f"{above} {held.predicate} {content[node]}" if held else content[node]
        label[node] = BlankNode("b" + _hash(seed))
    return _sorted_with(unique, label)


def _sorted_with(triples: list[Triple], label: dict[BlankNode, BlankNode]) -> tuple[Triple, ...]:
    renamed = {}
    for triple in triples:
        subject, obj = triple.subject, triple.object
        if isinstance(subject, BlankNode) or isinstance(obj, BlankNode):
            subject = label[subject] if isinstance(subject, BlankNode) else subject
            obj = label[obj] if isinstance(obj, BlankNode) else obj
            triple = Triple(subject, triple.predicate, obj)  # noqa: PLW2901
        renamed[str(triple)] = triple
    return tuple(renamed[line] for line in sorted(renamed))


def digest(triples: Iterable[Triple]) -> str:
    """SHA-256 (hex) of the graph's canonical N-Quads (RDF Dataset Canonicalization, RDFC-1.0)."""
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    lines = sorted(f"{quad} .\n" for quad in dataset)
    return hashlib.sha256("".join(lines).encode()).hexdigest()
