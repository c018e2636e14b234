"""What belongs into the description of one thing: all that a person would call its own.

After the Concise Bounded Description (W3C Member Submission, 2005), with what is said *of* the
thing by others (mappings, claims, evidence) and the names of all that is mentioned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyoxigraph import Triple

    from milia_onto.linked.index import Index
    from milia_onto.linked.resources import Resource

SUBJECT, OBJECT = ns.vocab("subject"), ns.vocab("object")
PARTS = (ns.vocab("evidenceLine"), ns.vocab("quantity"))
LINKS = (ns.vocab("supportedBy"), ns.vocab("disputedBy"))
# What is told of a claim where only its gist is wanted.
GIST = {
    ns.RDF_TYPE,
    SUBJECT,
    OBJECT,
    ns.vocab("predicate"),
    ns.vocab("value"),
    ns.vocab("verdict"),
    ns.vocab("confidence"),
    ns.DCTERMS_SOURCE,
}
ROW_OF, ROW_SUBJECT = ns.named("dcterms:isPartOf"), ns.named("sssom:subject_id")
SHAPE_PARTS = (ns.named("sh:property"),)
# Readers of OWL want to know what kind of entity each name is (OWL 2 Mapping to RDF Graphs, 3.1.2).
DECLARATIONS = {
    ns.OWL_CLASS,
    ns.named("owl:ObjectProperty"),
    ns.named("owl:AnnotationProperty"),
    ns.named("owl:DatatypeProperty"),
    ns.OWL_NAMED_INDIVIDUAL,
}


def bounded(index: Index, resource: Resource) -> set[Triple]:
    """The description of a resource, without the names of what it mentions (see ``names``)."""
    node = NamedNode(resource.iri)
    return {*own(index, node), *_KINDS.get(resource.kind, _nothing)(index, node)}


def own(index: Index, node: NamedNode) -> Iterator[Triple]:
    """What is said of a node, with the annotations of its axioms and what is disjoint with it."""
    yield from index.about(node)
    for root in index.loose(node):
        triples = index.about(root)
        source = next((t for t in triples if t.predicate == ns.OWL_ANNOTATED_SOURCE), None)
        if source is None or source.object == node:
            yield from triples


def names(index: Index, triples: Iterable[Triple]) -> Iterator[Triple]:
    """Label and entity type of every IRI that is mentioned and not itself described."""
    mentioned: set[NamedNode] = set()
    for triple in triples:
        mentioned.update(t for t in (triple.subject, triple.predicate) if isinstance(t, NamedNode))
        if isinstance(triple.object, NamedNode):
            mentioned.add(triple.object)
    for node in mentioned:
        for triple in index.match(node, None, None):
            declares = triple.predicate == ns.RDF_TYPE and triple.object in DECLARATIONS
            if declares or triple.predicate in {ns.RDFS_LABEL, ns.OWL_DEPRECATED}:
                yield triple


def _term(index: Index, node: NamedNode) -> Iterator[Triple]:
    for predicate in (ns.RDFS_SUBCLASSOF, ns.REPLACED_BY):
        for below in index.subjects(predicate, node):
            yield from index.match(below, predicate, node)
    for row in index.subjects(ROW_SUBJECT, node):
        yield from index.about(row)
    for claim in index.subjects(SUBJECT, node):
        yield from whole_claim(index, claim)
    for claim in index.subjects(OBJECT, node):
        yield from whole_claim(index, claim)


def whole_claim(index: Index, claim: NamedNode) -> Iterator[Triple]:
    """A claim with its evidence lines and its quantities."""
    yield from index.about(claim)
    for part in PARTS:
        for node in index.objects(claim, part):
            yield from index.about(node)


def _gist(index: Index, claim: NamedNode) -> Iterator[Triple]:
    yield from (t for t in index.match(claim, None, None) if t.predicate in GIST)


def _claim(index: Index, node: NamedNode) -> Iterator[Triple]:
    yield from whole_claim(index, node)
    for link in LINKS:
        for other in index.subjects(link, node):
            yield from index.match(other, link, node)
            yield from _gist(index, other)
        for other in index.objects(node, link):
            yield from _gist(index, other)
    # The edges that were derived from it.
    for root in index.loose(node):
        yield from index.about(root)


def _source(index: Index, node: NamedNode) -> Iterator[Triple]:
    for claim in index.subjects(ns.DCTERMS_SOURCE, node):
        if any(index.match(claim, SUBJECT, None)):
            yield from _gist(index, claim)


def _mapping_set(index: Index, node: NamedNode) -> Iterator[Triple]:
    for row in index.subjects(ROW_OF, node):
        yield from index.about(row)


def _vocabulary(index: Index, node: NamedNode) -> Iterator[Triple]:
    """What the vocabulary itself says by a name: its instances, sub-slots, ranges."""
    for predicate in (ns.RDF_TYPE, ns.named("rdfs:subPropertyOf"), ns.named("rdfs:range")):
        for other in index.subjects(predicate, node):
            if other.value.startswith(ns.VOCAB):
                yield from index.match(other, predicate, node)


def _shape(index: Index, node: NamedNode) -> Iterator[Triple]:
    waiting = [node]
    if node.value == ns.SHAPES.rstrip("/"):
        waiting += index.subjects(ns.RDF_TYPE, ns.named("sh:NodeShape"))
    while waiting:
        shape = waiting.pop()
        yield from index.about(shape)
        for part in SHAPE_PARTS:
            waiting += index.objects(shape, part)


def _nothing(_index: Index, _node: NamedNode) -> Iterator[Triple]:
    yield from ()


_KINDS: dict[str, Callable[[Index, NamedNode], Iterator[Triple]]] = {
    "term": _term,
    "claim": _claim,
    "source": _source,
    "mappings": _mapping_set,
    "vocab": _vocabulary,
    "shape": _shape,
}
