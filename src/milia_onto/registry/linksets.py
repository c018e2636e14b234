"""Link sets in both directions (VoID 5), and the links as the other side would state them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from milia_onto.model import namespaces as ns
from milia_onto.serialise.ntriples import ntriples
from milia_onto.serialise.tree import grow
from milia_onto.serialise.turtle import turtle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.model.values import Products
    from milia_onto.registry.about import About

SKOS = ns.NAMESPACES["skos"]
# SKOS Reference, 10.3: broadMatch and narrowMatch are inverse, the others symmetric.
INVERSE = {f"{SKOS}broadMatch": f"{SKOS}narrowMatch", f"{SKOS}narrowMatch": f"{SKOS}broadMatch"}
MATCHES = {f"{SKOS}{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")}
INTEGER = NamedNode(ns.NAMESPACES["xsd"] + "integer")


def _links(products: Products) -> Iterator[Triple]:
    for triple in products.full:
        ends = isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode)
        if triple.predicate.value in MATCHES and ends:
            yield triple


def _turned(link: Triple) -> Triple:
    predicate = NamedNode(INVERSE.get(link.predicate.value, link.predicate.value))
    return Triple(link.object, predicate, link.subject)  # type: ignore[arg-type]


def inverse_links(products: Products) -> bytes:
    """Every link from the code to our term, as N-Triples."""
    return ntriples(set(map(_turned, _links(products))))


def linksets(products: Products, ontology: About) -> bytes:
    """A link set for each vocabulary, match and direction, as Turtle."""
    here = f"{ontology.version_iri}/registry/linksets"
    counts: Counter[tuple[str, str, str]] = Counter()
    for link in _links(products):
        parts = products.prefixes.split(link.object.value)  # type: ignore[union-attr]
        if parts:
            for way, triple in (("to", link), ("from", _turned(link))):
                counts[parts[0], way, triple.predicate.value] += 1
    triples = []
    for (prefix, way, predicate), number in counts.items():
        row = products.prefixes.by_name[prefix]
        target = NamedNode(f"{here}#{prefix}")
        ends = (NamedNode(ontology.version_iri), target)
        node = NamedNode(f"{here}#{way}-{prefix}-{predicate.removeprefix(SKOS)}")
        subjects, objects = ends if way == "to" else ends[::-1]
        dump = "milia.nt" if way == "to" else "registry/inverse.nt"
        triples += [
            Triple(target, ns.RDF_TYPE, ns.named("void:Dataset")),
            Triple(target, ns.named("dcterms:title"), Literal(row.title)),
            Triple(target, ns.named("void:uriSpace"), Literal(row.namespace)),
            Triple(node, ns.RDF_TYPE, ns.named("void:Linkset")),
            Triple(node, ns.named("void:subjectsTarget"), subjects),
            Triple(node, ns.named("void:objectsTarget"), objects),
            Triple(node, ns.named("void:linkPredicate"), NamedNode(predicate)),
            Triple(node, ns.named("void:triples"), Literal(str(number), datatype=INTEGER)),
            Triple(node, ns.named("void:dataDump"), NamedNode(f"{ontology.version_iri}/{dump}")),
        ]
    title = f"{ontology.title} {ontology.version}: link sets in both directions"
    return turtle(grow(list(dict.fromkeys(triples))), products.prefixes, {}, title)
