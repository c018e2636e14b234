"""What the graph says beyond OWL: the remainder and the header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode

from ..axioms import EntityKind
from ..vocabulary import BUILT_IN_ANNOTATION_PROPERTIES, is_reserved
from .violation import MAPPING, SYNTAX, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import Triple

    from ..ontology import Axioms

_PROPERTIES = (
    EntityKind.OBJECT_PROPERTY,
    EntityKind.DATA_PROPERTY,
    EntityKind.ANNOTATION_PROPERTY,
)


def remainder(axioms: Axioms) -> Iterator[Violation]:
    """One violation for each triple that is part of no axiom, under the node that led to it."""
    holders: dict[object, object] = {
        triple.object: triple.subject
        for triple in axioms.remainder
        if isinstance(triple.object, BlankNode)
    }
    known = BUILT_IN_ANNOTATION_PROPERTIES.union(*(axioms.declared[k] for k in _PROPERTIES))
    for triple in axioms.remainder:
        predicate = triple.predicate.value
        if predicate in known or is_reserved(predicate):
            reason = "is not part of any axiom"
        else:
            reason = f"says nothing in OWL, because <{predicate}> is not declared as a property"
        yield Violation(
            "unmapped-triple",
            f"{MAPPING}, 3.2.5",
            _owner(triple, holders),
            f"the triple {_written(triple)} {reason}",
        )


def _written(triple: Triple) -> str:
    """A triple as text; blank nodes as ``[]``, for their ids are others at every reading."""
    nodes = (triple.subject, triple.predicate, triple.object)
    return " ".join("[]" if isinstance(node, BlankNode) else str(node) for node in nodes)


def _owner(triple: Triple, holders: Mapping[object, object]) -> str:
    node: object = triple.subject
    seen = set()
    while node in holders and node not in seen:
        seen.add(node)
        node = holders[node]
    return node.value if isinstance(node, NamedNode) else str(node)


def header(axioms: Axioms) -> Iterator[Violation]:
    """A missing, repeated or reserved ontology header."""
    if len(axioms.headers) != 1:
        found = ", ".join(f"<{found.iri}>" for found in axioms.headers) or "none"
        yield Violation(
            "ontology-header",
            f"{MAPPING}, 3.1.2",
            "",
            f"a graph must have one node of type owl:Ontology; found {found}",
        )
    for found_header in axioms.headers:
        for iri in (found_header.iri, found_header.version_iri):
            if iri is not None and is_reserved(iri):
                yield Violation(
                    "reserved-vocabulary",
                    f"{SYNTAX}, 3.1",
                    iri,
                    f"<{iri}> belongs to the language itself and cannot name an ontology",
                )
