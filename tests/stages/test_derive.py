"""What is published: full, base and SKOS graph out of one validated ontology."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from milia_onto.model import namespaces as ns
from milia_onto.owl.axioms import EquivalentClasses, SubClassOf
from milia_onto.owl.expressions import ObjectIntersectionOf, ObjectSomeValuesFrom
from milia_onto.owl.reader import read_axioms
from milia_onto.stages import derive, gate, reason
from milia_onto.stages.merge import merge

if TYPE_CHECKING:
    from collections.abc import Callable

    from milia_onto.model.values import Products, Sources
    from milia_onto.stages.gate import Validated

MILIA, PRIMARY = ns.named("MILIA:0000001"), ns.named("MILIA:0000002")
OLD = ns.named("MILIA:0000009")
HP = NamedNode("http://purl.obolibrary.org/obo/HP_0001056")
SCHEME = NamedNode(f"{ns.BASE}/skos")
SAME = """
MILIA:0000003
    a owl:Class ;
    rdfs:label "milia of themselves"@en ;
    owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( MILIA:0000002 owl:Thing ) ] ;
    .
"""


@pytest.fixture(scope="module")
def validated(tiny: Callable[..., Sources]) -> Validated:
    kinds = "ontology/modules/kinds.ttl"
    sources = tiny({kinds: tiny().files[kinds].decode() + SAME})
    merged = merge(sources)
    drafted = reason.draft(merged, reason.read(merged), None)
    assert [*merged.findings, *drafted.findings] == []
    return gate.decide(drafted, [], sources.files[gate.WAIVERS])


@pytest.fixture(scope="module")
def products(validated: Validated) -> Products:
    return derive.derive(validated, {"logo.svg": b"<svg/>"})


def objects(graph: tuple[Triple, ...], subject: object, curie: str) -> list[object]:
    return [t.object for t in graph if t.subject == subject and t.predicate == ns.named(curie)]


def test_the_full_graph_holds_everything(validated: Validated, products: Products) -> None:
    named = {
        t
        for t in validated.reasoned.merged.origin.everything
        if not isinstance(t.subject, BlankNode) and not isinstance(t.object, BlankNode)
    }
    assert named <= set(products.full)
    assert objects(products.full, HP, "rdfs:subClassOf")
    assert objects(products.full, MILIA, "skos:broadMatch")


def test_each_inferred_axiom_says_so(validated: Validated, products: Products) -> None:
    inferred = validated.reasoned.inferred
    assert set(inferred) == {(f"{ns.TERM}0000003", f"{ns.TERM}0000001")}
    assert products.inferred_count == 1
    marked = {t.subject for t in products.full if t.predicate == ns.IS_INFERRED}
    pairs = {
        (a.value, b.value)
        for node in marked
        for a in objects(products.full, node, "owl:annotatedSource")
        for b in objects(products.full, node, "owl:annotatedTarget")
        if isinstance(a, NamedNode) and isinstance(b, NamedNode)
    }
    assert pairs == set(inferred)
    assert all(Triple(NamedNode(a), ns.RDFS_SUBCLASSOF, NamedNode(b)) in products.full for a, b in pairs)  # fmt: skip


def test_a_defined_class_leads_straight_to_what_sets_it_apart() -> None:
    a, b, c, trigger, relation = "urn:a", "urn:b", "urn:c", "urn:trigger", "urn:relation"
    some = ObjectSomeValuesFrom(relation, trigger)
    nested = ObjectSomeValuesFrom(relation, ObjectIntersectionOf((b, c)))
    axioms = [
        EquivalentClasses((a, ObjectIntersectionOf((b, some, nested)))),
        SubClassOf(b, some),
        EquivalentClasses((b, c)),
    ]
    found = list(derive.differentiae(replace(read_axioms([]), logical=tuple(axioms))))
    assert found == [Triple(NamedNode(a), ns.vocab("differentia"), NamedNode(trigger))]


def test_the_verdict_is_part_of_the_header(products: Products) -> None:
    (verdict,) = objects(products.full, NamedNode(ns.BASE), "MILIA:0000916")
    assert isinstance(verdict, Literal)
    assert verdict.value.startswith("consistent, no unsatisfiable class, ")
    assert "within OWL 2 DL, OWL 2 EL; by " in verdict.value


def test_the_base_graph_holds_own_assertions_only(products: Products) -> None:
    base = products.base
    assert objects(base, PRIMARY, "rdfs:subClassOf") == [MILIA]
    assert objects(base, HP, "rdf:type") == [ns.OWL_CLASS], "foreign terms stay declared"
    assert objects(base, HP, "rdfs:label") == []
    assert objects(base, HP, "rdfs:subClassOf") == []
    assert not [t for t in base if t.predicate == ns.IS_INFERRED]
    assert objects(base, MILIA, "skos:broadMatch"), "matches are own assertions"
    assert not [t for t in base if t.object == ns.named("sssom:Mapping")]


def test_the_base_graph_has_an_ontology_iri_of_its_own(products: Products) -> None:
    own = NamedNode(f"{ns.BASE}/base")
    release = f"{ns.BASE}/releases/2026-11-21"
    assert objects(products.base, NamedNode(ns.BASE), "rdf:type") == []
    assert objects(products.base, own, "owl:versionIRI") == [NamedNode(f"{release}/base")]
    assert NamedNode(release) in objects(products.base, own, "dcterms:source")
    assert objects(products.base, own, "rdfs:label") == [
        Literal("Milia Ontology, base", language="en")
    ]


def test_every_own_class_is_a_concept_and_no_other(products: Products) -> None:
    concepts = {t.subject for t in products.skos if t.object == ns.named("skos:Concept")}
    assert {MILIA, PRIMARY, OLD} <= concepts
    assert all(c.value.startswith(ns.TERM) for c in concepts if isinstance(c, NamedNode))
    assert {SCHEME} == {o for c in concepts for o in objects(products.skos, c, "skos:inScheme")}


def test_broader_is_the_hierarchy_and_the_rest_is_on_top(products: Products) -> None:
    assert objects(products.skos, PRIMARY, "skos:broader") == [MILIA]
    assert objects(products.skos, MILIA, "skos:broader") == []
    assert objects(products.skos, MILIA, "skos:topConceptOf") == [SCHEME]
    assert MILIA in objects(products.skos, SCHEME, "skos:hasTopConcept")
    assert PRIMARY not in objects(products.skos, SCHEME, "skos:hasTopConcept")


def test_labels_synonyms_and_matches_are_carried_into_skos(products: Products) -> None:
    labels = objects(products.skos, MILIA, "skos:prefLabel")
    assert set(labels) == {Literal("milia", language="en"), Literal("Milien", language="de")}
    assert objects(products.skos, MILIA, "skos:altLabel") == [Literal("milk spots", language="en")]
    assert objects(products.skos, MILIA, "skos:broadMatch")
    assert objects(products.skos, MILIA, "skos:definition")
    assert objects(products.skos, OLD, "owl:deprecated")


def test_a_synonym_equal_to_the_label_is_not_repeated_in_skos(
    tiny: Callable[..., Sources],
) -> None:
    from milia_onto.stages.skos import concepts

    table = "term\tscope\tsynonym\ttype\tsource\nMILIA:0000001\texact\tmilia\t\tseed-001\n"
    merged = merge(tiny({"ontology/tables/synonyms.tsv": table}))
    found = tuple(concepts(merged.origin.everything, merged.header))
    assert objects(found, MILIA, "skos:altLabel") == []


def test_skos_carries_no_owl_axiom(products: Products) -> None:
    predicates = {t.predicate for t in products.skos}
    assert not predicates & {ns.RDFS_SUBCLASSOF, ns.named("owl:equivalentClass")}


def test_attachments_and_header_are_passed_on(products: Products) -> None:
    assert products.attachments == {"logo.svg": b"<svg/>"}
    assert products.header.version == "2026-11-21"


@pytest.mark.parametrize("name", ["full", "base", "skos"])
def test_each_graph_is_sorted_and_free_of_twins(products: Products, name: str) -> None:
    lines = [str(triple) for triple in getattr(products, name)]
    assert lines == sorted(set(lines))
