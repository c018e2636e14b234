"""What every registry asks: title, description, licence, prefix, an example, counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from milia_onto.model.values import Products

LICENSES = {"https://creativecommons.org/licenses/by/4.0/": "CC BY 4.0"}
PREFIX = "MILIA"


class About(NamedTuple):
    """The ontology as its header and its terms describe it."""

    iri: str
    version: str
    version_iri: str
    title: str
    description: str
    license: str
    license_name: str
    namespace: str
    pattern: str
    example: str
    classes: int
    properties: int


def about(products: Products) -> About:
    """The ontology as a registry describes it, out of the published graph."""
    header = NamedNode(products.header.iri)
    said: dict[str, str] = {}
    kinds: dict[str, set[str]] = {}
    for triple in products.full:
        if triple.subject == header and isinstance(triple.object, Literal | NamedNode):
            said[triple.predicate.value] = triple.object.value
        if triple.predicate == ns.RDF_TYPE and isinstance(triple.object, NamedNode):
            subject = getattr(triple.subject, "value", "")
            if subject.startswith(ns.TERM):
                kinds.setdefault(triple.object.value, set()).add(subject)
    classes = kinds.get(ns.OWL_CLASS.value, set())
    properties = [v for kind, v in kinds.items() if kind.endswith("Property")]
    prefix = products.prefixes.by_name[PREFIX]
    licence = said[ns.named("dcterms:license").value]
    return About(
        products.header.iri,
        products.header.version,
        products.header.version_iri,
        said[ns.named("dcterms:title").value],
        said[ns.named("dcterms:description").value],
        licence,
        LICENSES[licence],
        prefix.namespace,
        prefix.pattern,
        min(classes).removeprefix(prefix.namespace),
        len(classes),
        len(set().union(*properties)),
    )
