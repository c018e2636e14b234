"""The own classes as a SKOS concept scheme, for tools that read thesauri and not OWL.

Axioms are lost on purpose: ``skos:broader`` is the classified hierarchy, and nothing else of the
logic is carried over (SKOS Reference, 8: semantic relations).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milia_onto.model.values import Header

PREF, ALT = ns.named("skos:prefLabel"), ns.named("skos:altLabel")
CONCEPT, SCHEME = ns.named("skos:Concept"), ns.named("skos:ConceptScheme")
IN_SCHEME, TOP_OF = ns.named("skos:inScheme"), ns.named("skos:topConceptOf")
BROADER, HAS_TOP = ns.named("skos:broader"), ns.named("skos:hasTopConcept")
SYNONYMS = {
    ns.named("oboInOwl:hasExactSynonym"): ALT,
    ns.named("oboInOwl:hasRelatedSynonym"): ns.named("skos:hiddenLabel"),
    ns.named("oboInOwl:hasNarrowSynonym"): ns.named("skos:hiddenLabel"),
    ns.named("oboInOwl:hasBroadSynonym"): ns.named("skos:hiddenLabel"),
}
KEPT = {
    ns.SKOS_DEFINITION,
    ns.OWL_DEPRECATED,
    PREF,
    ALT,
    ns.named("skos:hiddenLabel"),
    *(ns.named(f"skos:{kind}Match") for kind in ("exact", "close", "broad", "narrow", "related")),
}
HEADER_KEPT = ("dcterms:title", "dcterms:description", "dcterms:license", "dcterms:creator")


def concepts(full: Sequence[Triple], header: Header) -> Iterable[Triple]:
    """A concept for every own class of the full graph, in the scheme ``…/milia/skos``."""
    scheme = NamedNode(f"{header.iri}/skos")
    yield Triple(scheme, ns.RDF_TYPE, SCHEME)
    yield Triple(scheme, ns.OWL_VERSION_INFO, Literal(header.version))
    yield Triple(scheme, ns.DCTERMS_SOURCE, NamedNode(header.version_iri))
    wanted = {ns.named(curie) for curie in HEADER_KEPT}
    own: dict[NamedNode, list[Triple]] = defaultdict(list)
    for triple in full:
        subject = triple.subject
        if isinstance(subject, NamedNode) and subject.value == header.iri:
            if triple.predicate in wanted:
                yield Triple(scheme, triple.predicate, triple.object)
        elif isinstance(subject, NamedNode) and subject.value.startswith(ns.TERM):
            own[subject].append(triple)
    classes = {
        node
        for node, triples in own.items()
        if any(t.predicate == ns.RDF_TYPE and t.object == ns.OWL_CLASS for t in triples)
    }
    for node in sorted(classes, key=lambda n: n.value):
        yield from _concept(node, own[node], classes, scheme)


def _concept(
    node: NamedNode, triples: list[Triple], classes: set[NamedNode], scheme: NamedNode
) -> Iterable[Triple]:
    yield Triple(node, ns.RDF_TYPE, CONCEPT)
    yield Triple(node, IN_SCHEME, scheme)
    broader = [
        t.object for t in triples if t.predicate == ns.RDFS_SUBCLASSOF and t.object in classes
    ]
    for parent in broader:
        yield Triple(node, BROADER, parent)
    if not broader:
        yield Triple(node, TOP_OF, scheme)
        yield Triple(scheme, HAS_TOP, node)
    # SKOS labels are disjoint (S13): a text that is preferred is not repeated as another label.
    preferred = {t.object for t in triples if t.predicate in {ns.RDFS_LABEL, PREF}}
    for triple in triples:
        if triple.predicate == ns.RDFS_LABEL:
            yield Triple(node, PREF, triple.object)
        elif triple.predicate in SYNONYMS and triple.object not in preferred:
            yield Triple(node, SYNONYMS[triple.predicate], triple.object)
        elif triple.predicate in KEPT:
            yield triple
