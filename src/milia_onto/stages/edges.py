"""Direct class-to-class edges out of supported claims, for one-hop queries.

An edge is an annotation, so the ontology stays in OWL 2 DL, and never says "every": each carries,
as an annotation of the axiom, the claims it was derived from. A negative claim, and one that is
not plainly supported, gives none.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Triple

from milia_onto.model import namespaces as ns
from milia_onto.model.namespaces import vocab

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SAYS = ("subject", "predicate", "object", "polarity", "verdict")


def edges(claims: Sequence[Triple]) -> Iterable[Triple]:
    """The edges of the claims triples, each with its annotation, in a stable order."""
    edge_of = {t.subject: t.object for t in claims if t.predicate == vocab("derivesEdge")}
    found: dict[tuple[NamedNode, NamedNode, NamedNode], list[NamedNode]] = defaultdict(list)
    for claim, said in _records(claims).items():
        edge = edge_of.get(said.get("predicate", claim))
        if (
            isinstance(edge, NamedNode)
            and "object" in said
            and said["polarity"] == vocab("positive")
            and said["verdict"] == vocab("supported")
        ):
            found[said["subject"], edge, said["object"]].append(claim)
    for (subject, edge, obj), support in sorted(found.items(), key=str):
        yield Triple(subject, edge, obj)
        node = BlankNode()
        yield Triple(node, ns.RDF_TYPE, ns.OWL_AXIOM)
        yield Triple(node, ns.OWL_ANNOTATED_SOURCE, subject)
        yield Triple(node, ns.OWL_ANNOTATED_PROPERTY, edge)
        yield Triple(node, ns.OWL_ANNOTATED_TARGET, obj)
        for claim in sorted(support, key=lambda c: c.value):
            yield Triple(node, vocab("derivedFrom"), claim)


def _records(claims: Sequence[Triple]) -> Mapping[NamedNode, dict[str, NamedNode]]:
    wanted = {vocab(name): name for name in SAYS}
    records: dict[NamedNode, dict[str, NamedNode]] = defaultdict(dict)
    for triple in claims:
        name = wanted.get(triple.predicate)
        if name and isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode):
            records[triple.subject][name] = triple.object
    return records
