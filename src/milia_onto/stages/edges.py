"""Direct class-to-class edges out of supported claims, for one-hop queries.

An edge is an annotation, so the ontology stays in OWL 2 DL, and never says "every": each carries,
as an annotation of the axiom, the claims it was derived from. None comes from a negative claim,
from one that is not plainly supported, from one that only seeds vouch for, or from one whose
object merely groups (a member of the subset ``vocab:groupingTerm``, such as *disease*).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from milia_onto.model import namespaces as ns
from milia_onto.model.namespaces import vocab
from milia_onto.stages.evidence import WEIGHTLESS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SAYS = ("subject", "predicate", "object", "polarity", "verdict")
COUNTS_NOT = {ns.named(eco) for eco in WEIGHTLESS}
TIER, SEED_TIER = ns.named("MILIA:0000913"), "S"
IN_SUBSET, GROUPING = ns.named("oboInOwl:inSubset"), vocab("groupingTerm")


def edges(triples: Sequence[Triple]) -> Iterable[Triple]:
    """The edges of the ontology with its claims, each with its annotation, in a stable order."""
    edge_of = {t.subject: t.object for t in triples if t.predicate == vocab("derivesEdge")}
    groupings = {t.subject for t in triples if t.predicate == IN_SUBSET and t.object == GROUPING}
    vouched = _vouched(triples)
    found: dict[tuple[NamedNode, NamedNode, NamedNode], list[NamedNode]] = defaultdict(list)
    for claim, said in _records(triples).items():
        edge = edge_of.get(said.get("predicate", claim))
        if (
            isinstance(edge, NamedNode)
            and "object" in said
            and said["object"] not in groupings
            and said["polarity"] == vocab("positive")
            and said["verdict"] == vocab("supported")
            and claim in vouched
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


def _vouched(triples: Sequence[Triple]) -> set[NamedNode]:
    """The claims with a supporting line that counts and is not from a seed."""
    seeds = {t.subject for t in triples if t.predicate == TIER and t.object == Literal(SEED_TIER)}
    said = {vocab("direction"), vocab("evidenceType"), ns.DCTERMS_SOURCE}
    lines: dict[object, dict[NamedNode, object]] = defaultdict(dict)
    for triple in triples:
        if triple.predicate in said:
            lines[triple.subject][triple.predicate] = triple.object
    return {
        triple.subject
        for triple in triples
        if triple.predicate == vocab("evidenceLine")
        and isinstance(triple.subject, NamedNode)
        and (line := lines[triple.object])[vocab("direction")] == vocab("supporting")
        and line[vocab("evidenceType")] not in COUNTS_NOT
        and line[ns.DCTERMS_SOURCE] not in seeds
    }


def _records(triples: Sequence[Triple]) -> Mapping[NamedNode, dict[str, NamedNode]]:
    wanted = {vocab(name): name for name in SAYS}
    records: dict[NamedNode, dict[str, NamedNode]] = defaultdict(dict)
    for triple in triples:
        name = wanted.get(triple.predicate)
        if name and isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode):
            records[triple.subject][name] = triple.object
    return records
