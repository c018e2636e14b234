"""Metadata for catalogues of vocabularies: VOAF and VANN for LOV, MOD for BioPortal's family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from milia_onto.model import namespaces as ns
from milia_onto.model.prefixes import Prefix, Prefixes
from milia_onto.serialise.tree import grow
from milia_onto.serialise.turtle import turtle

if TYPE_CHECKING:
    from milia_onto.model.values import Products
    from milia_onto.registry.about import About

VOAF, MOD = "http://purl.org/vocommons/voaf#", "https://w3id.org/mod#"
INTEGER = NamedNode(ns.NAMESPACES["xsd"] + "integer")
EXTRA = (Prefix("mod", MOD, "", "MOD"), Prefix("voaf", VOAF, "", "VOAF"))
FORMS = {"owl": "RDF/XML", "ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples"}


def metadata(products: Products, ontology: About) -> bytes:
    """The header with what the catalogues ask beyond it, as Turtle."""
    node = NamedNode(ontology.iri)
    triples = [t for t in products.full if t.subject == node]

    def say(predicate: str, value: NamedNode | Literal) -> None:
        triples.append(Triple(node, NamedNode(predicate), value))

    say(ns.RDF_TYPE.value, NamedNode(f"{VOAF}Vocabulary"))
    say(ns.RDF_TYPE.value, NamedNode(f"{MOD}SemanticArtefact"))
    say(f"{VOAF}classNumber", Literal(str(ontology.classes), datatype=INTEGER))
    say(f"{VOAF}propertyNumber", Literal(str(ontology.properties), datatype=INTEGER))
    say(f"{MOD}acronym", Literal("MILIA"))
    dcat = ns.NAMESPACES["dcat"]
    for suffix, form in FORMS.items():
        file = NamedNode(f"{ontology.version_iri}/milia.{suffix}")
        say(f"{dcat}distribution", file)
        triples += [
            Triple(file, ns.RDF_TYPE, NamedNode(f"{MOD}SemanticArtefactDistribution")),
            Triple(file, ns.named("dcterms:title"), Literal(f"{ontology.title} as {form}")),
            Triple(file, ns.named("dcat:downloadURL"), file),
        ]
    prefixes = Prefixes(tuple(sorted((*products.prefixes.rows, *EXTRA), key=lambda r: r.name)))
    title = f"{ontology.title} {ontology.version}: for catalogues of vocabularies"
    # What was blank in the header is said there.
    named = [t for t in triples if isinstance(t.object, NamedNode | Literal)]
    return turtle(grow(named), prefixes, {}, title)
