"""``Validated`` to ``Products``: the full, the base and the SKOS graph."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from milia_onto.model import namespaces as ns
from milia_onto.model.values import Products
from milia_onto.owl.axioms import EquivalentClasses
from milia_onto.owl.expressions import ObjectIntersectionOf, ObjectSomeValuesFrom
from milia_onto.stages import canonical, skos

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from milia_onto.model.values import Header, Reasoned
    from milia_onto.owl.ontology import Axioms
    from milia_onto.stages.gate import Validated

VERDICT = ns.named("MILIA:0000916")
BASE_PRODUCT = "base"
DECLARED = {
    ns.OWL_CLASS,
    ns.named("owl:ObjectProperty"),
    ns.named("owl:AnnotationProperty"),
    ns.named("owl:TransitiveProperty"),
}


def derive(validated: Validated, attachments: Mapping[str, bytes]) -> Products:
    """All published graphs, sorted and with stable blank nodes.

    ``attachments`` are authored files that are shipped as they are, by their release path.
    """
    reasoned = validated.reasoned
    merged = reasoned.merged
    full = canonical.relabel(
        [
            *merged.origin.everything,
            *inferred(reasoned),
            *reasoned.edges,
            *differentiae(reasoned.axioms),
            *verdict(reasoned),
        ]
    )
    base = canonical.relabel(_base(reasoned))
    concepts = canonical.relabel(skos.concepts(full, merged.header))
    return Products(
        header=merged.header,
        prefixes=merged.prefixes,
        labels=merged.labels,
        full=full,
        base=base,
        skos=concepts,
        attachments=attachments,
        verdict=reasoned.verdict,
        inferred_count=len(reasoned.inferred),
    )


def placements(reasoned: Reasoned) -> Iterable[Triple]:
    """The inferred direct subclass axioms."""
    for below, above in reasoned.inferred:
        yield Triple(NamedNode(below), ns.RDFS_SUBCLASSOF, NamedNode(above))


def inferred(reasoned: Reasoned) -> Iterable[Triple]:
    """The inferred direct subclass axioms, each marked as such by an axiom annotation."""
    boolean = NamedNode(ns.NAMESPACES["xsd"] + "boolean")
    for placement in placements(reasoned):
        subject, obj = placement.subject, placement.object
        yield placement
        node = BlankNode()
        yield Triple(node, ns.RDF_TYPE, ns.OWL_AXIOM)
        yield Triple(node, ns.OWL_ANNOTATED_SOURCE, subject)
        yield Triple(node, ns.OWL_ANNOTATED_PROPERTY, ns.RDFS_SUBCLASSOF)
        yield Triple(node, ns.OWL_ANNOTATED_TARGET, obj)
        yield Triple(node, ns.IS_INFERRED, Literal("true", datatype=boolean))


def differentiae(axioms: Axioms) -> Iterable[Triple]:
    """From each defined class straight to the named fillers of its definition, for short queries.

    An annotation, so it adds no logic; what relation the filler stands in, the definition says.
    """
    for axiom in axioms.logical:
        if not isinstance(axiom, EquivalentClasses):
            continue
        names = [each for each in axiom.operands if isinstance(each, str)]
        fillers = [
            part.filler
            for whole in axiom.operands
            if isinstance(whole, ObjectIntersectionOf)
            for part in whole.operands
            if isinstance(part, ObjectSomeValuesFrom) and isinstance(part.filler, str)
        ]
        for name, filler in product(names, fillers):
            yield Triple(NamedNode(name), ns.vocab("differentia"), NamedNode(filler))


def verdict(reasoned: Reasoned) -> Iterable[Triple]:
    """What the reasoners said, as an annotation of the ontology."""
    found = reasoned.verdict
    profiles = ", ".join(name for name, holds in sorted(found.profiles.items()) if holds)
    text = (
        f"consistent, no unsatisfiable class, {len(reasoned.inferred)} inferred subclass axioms, "
        f"within {profiles}; by {found.reasoner}"
    )
    yield Triple(NamedNode(ns.BASE), VERDICT, Literal(text, language="en"))


def _base(reasoned: Reasoned) -> Iterable[Triple]:
    """Own asserted axioms only: what this project says, without slices and inferences.

    Foreign terms keep their declarations, so that the file is OWL 2 DL on its own.
    """
    origin = reasoned.merged.origin
    yield from _retitled(origin.header, reasoned.merged.header)
    yield from origin.modules
    yield from origin.tables
    yield from (t for t in origin.imports if t.predicate == ns.RDF_TYPE and t.object in DECLARED)
    skos_matches = ns.NAMESPACES["skos"]
    yield from (t for t in origin.mappings if t.predicate.value.startswith(skos_matches))


def _retitled(triples: Iterable[Triple], header: Header) -> Iterable[Triple]:
    """The header with the IRI and version IRI of the base product, derived from the whole."""
    whole, base = NamedNode(header.iri), NamedNode(f"{header.iri}/{BASE_PRODUCT}")
    version = NamedNode(f"{header.version_iri}/{BASE_PRODUCT}")
    for triple in triples:
        if triple.subject != whole:
            yield triple
        elif triple.predicate == ns.OWL_VERSION_IRI:
            yield Triple(base, ns.OWL_VERSION_IRI, version)
        elif triple.predicate in {ns.RDFS_LABEL, ns.named("dcterms:title")}:
            text = Literal(f"{triple.object.value}, base", language="en")  # type: ignore[union-attr]
            yield Triple(base, triple.predicate, text)
        else:
            yield Triple(base, triple.predicate, triple.object)
    yield Triple(base, ns.DCTERMS_SOURCE, NamedNode(header.version_iri))
