"""A tiny project that is valid, for tests that spoil one thing in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milia_onto.model.namespaces import NAMESPACES
from milia_onto.model.values import Sources
from milia_onto.stages.content import Reader
from milia_onto.stages.prefix_table import read_prefixes

if TYPE_CHECKING:
    from collections.abc import Callable

    from milia_onto.model.prefixes import Prefixes

MORE_PREFIXES = {
    "ECO": ("http://purl.obolibrary.org/obo/ECO_", r"\d{7}"),
    "HP": ("http://purl.obolibrary.org/obo/HP_", r"\d{7}"),
    "ICD10WHO": ("https://icd.who.int/browse10/2019/en#/", r"[A-Z]\d\d(\.\d{1,2})?"),
    "MILIA": (NAMESPACES["MILIA"], r"\d{7}"),
    "mappings": (NAMESPACES["mappings"], r"[a-z0-9]+(/[A-Za-z0-9_.-]+)?"),
    "semapv": ("https://w3id.org/semapv/vocab/", "[A-Za-z]+"),
}
PREFIX_ROWS = {name: (iri, "") for name, iri in NAMESPACES.items()} | MORE_PREFIXES
HEAD = """\
@prefix IAO: <http://purl.obolibrary.org/obo/IAO_> .
@prefix MILIA: <https://w3id.org/milia/MILIA_> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
ANNOTATION_PROPERTIES = [
    "IAO:0000115",
    "IAO:0000116",
    "IAO:0000119",
    "IAO:0100001",
    "MILIA:0000912",
    "MILIA:0000913",
    "MILIA:0000916",
    "dcterms:description",
    "dcterms:isPartOf",
    "dcterms:license",
    "dcterms:source",
    "dcterms:title",
    "oboInOwl:hasBroadSynonym",
    "oboInOwl:hasExactSynonym",
    "oboInOwl:hasNarrowSynonym",
    "oboInOwl:hasRelatedSynonym",
    "oboInOwl:hasSynonymType",
    "oboInOwl:is_inferred",
    "OMO:0003003",
    "skos:altLabel",
    "skos:broadMatch",
    "skos:closeMatch",
    "skos:definition",
    "skos:exactMatch",
    "skos:hiddenLabel",
    "skos:narrowMatch",
    "skos:prefLabel",
    "skos:relatedMatch",
    "sssom:confidence",
    "sssom:mapping_justification",
    "sssom:object_id",
    "sssom:object_label",
    "sssom:predicate_id",
    "sssom:predicate_modifier",
    "sssom:subject_id",
]
CLASSES = ("MILIA:0000930", "sssom:Mapping", "sssom:MappingSet")


def _properties() -> str:
    used = {"IAO", "MILIA", "OMO", "dcterms", "oboInOwl", "owl", "skos", "sssom"}
    lines = [f"@prefix {name}: <{NAMESPACES[name]}> ." for name in sorted(used)]
    lines += [f"{name} a owl:AnnotationProperty ." for name in ANNOTATION_PROPERTIES]
    lines += [f"{name} a owl:Class ." for name in CLASSES]
    return "\n".join([*lines, ""])


TINY = {
    "ontology/modules/properties.ttl": _properties(),
    "ontology/milia.ttl": f"""{HEAD}
<https://w3id.org/milia>
    a owl:Ontology ;
    rdfs:label "Milia Ontology"@en ;
    owl:versionIRI <https://w3id.org/milia/releases/2026-11-21> ;
    owl:versionInfo "2026-11-21" ;
    .
""",
    "ontology/prefixes.tsv": "prefix\tnamespace\tpattern\ttitle\n"
    + "".join(f"{n}\t{iri}\t{shape}\t{n}\n" for n, (iri, shape) in sorted(PREFIX_ROWS.items())),
    "ontology/modules/kinds.ttl": f"""{HEAD}
MILIA:0000001
    a owl:Class ;
    rdfs:label "milia"@en ;
    IAO:0000115 "Small cysts of the skin."@en ;
    .

MILIA:0000002
    a owl:Class ;
    rdfs:label "primary milia"@en ;
    IAO:0000115 "Milia that arise of themselves."@en ;
    rdfs:subClassOf MILIA:0000001 ;
    .
""",
    "ontology/tables/sources.tsv": "source\ttitle\tkind\ttier\tlocator\tnote\n"
    "berk-2008\tMilia: a review\treview\tA\thttps://doi.org/10.1/x\tread in part\n"
    "seed-001\tSeed document 001\tseed_document\tS\tdocument 001\t\n",
    "ontology/tables/synonyms.tsv": "term\tscope\tsynonym\ttype\tsource\n"
    "MILIA:0000001\texact\tmilk spots\tlayperson\tberk-2008|seed-001\n",
    "ontology/tables/labels.tsv": "term\tlanguage\tkind\tlabel\tsource\n"
    "MILIA:0000001\tde\tpreferred\tMilien\tseed-001\n",
    "ontology/tables/deprecations.tsv": "term\tlabel\tdefinition\tsource\tsince\treason\treplaced_by\n"
    "MILIA:0000009\twhiteheads\tA mistake.\tseed-001\t2026-11-01\tno milia\tMILIA:0000001\n",
    "ontology/tables/id-ranges.tsv": "first\tlast\tholder\tpurpose\n"
    "0000001\t0000999\tfounders\tfirst terms\n0001000\t0001999\teditors\tnew terms\n",
    "ontology/imports/vocabularies.tsv": "prefix\ttitle\tversion\thome_page\tlicence\tread_from\n"
    "HP\tHPO\t2026\thttps://hpo.jax.org/\tits own\tits repository\n"
    "ICD10WHO\tICD-10\t2019\thttps://icd.who.int/\tits own\tits pages\n",
    "ontology/imports/hp.tsv": "id\tlabel\tparents\tobsolete\treplaced_by\tuse\n"
    "HP:0000001\tAll\t\tn\t\tterm\n"
    "HP:0001056\tMilia\tHP:0000001\tn\t\tboth\n"
    "HP:0009999\tobsolete cyst\t\ty\tHP:0001056\ttarget\n",
    "ontology/imports/icd10who.tsv": "id\tlabel\tparents\tobsolete\treplaced_by\tuse\n"
    "ICD10WHO:L72.0\tEpidermal cyst\t\tn\t\ttarget\n"
    "ICD10WHO:L74.0\tMiliaria rubra\t\tn\t\ttarget\n",
    "ontology/mappings/icd10who.sssom.tsv": """\
# curie_map:
#   MILIA: "https://w3id.org/milia/MILIA_"
# license: https://creativecommons.org/licenses/by/4.0/
# mapping_set_description: "Matches to ICD-10."
# mapping_set_id: https://w3id.org/milia/mappings/icd10who
# mapping_set_title: "Mappings to ICD-10"
# mapping_set_version: "2026-11-21"
record_id	subject_id	subject_label	predicate_id	predicate_modifier	object_id	object_label	mapping_justification	confidence	comment
mappings:icd10who/MILIA_0000001_L72.0	MILIA:0000001	milia	skos:broadMatch		ICD10WHO:L72.0	Epidermal cyst	semapv:ManualMappingCuration	0.90	All cysts.
mappings:icd10who/MILIA_0000001_L74.0	MILIA:0000001	milia	skos:broadMatch	Not	ICD10WHO:L74.0	Miliaria rubra	semapv:ManualMappingCuration	0.97	No sweat.
""",
    "shapes/waivers.tsv": "finding\tentity\towner\treason\tlast_day\n",
}


@pytest.fixture(scope="session")
def tiny() -> Callable[..., Sources]:
    """A tiny project; ``changes`` put other text (or None: nothing) in place of a file."""

    def make(changes: dict[str, str | bytes | None] | None = None) -> Sources:
        files = {**TINY, **(changes or {})}
        return Sources(
            {
                path: text.encode() if isinstance(text, str) else text
                for path, text in files.items()
                if text is not None
            }
        )

    return make


@pytest.fixture(scope="session")
def replaced(tiny: Callable[..., Sources]) -> Callable[..., Sources]:
    """The tiny project with ``old`` (which must be there) replaced by ``new`` in one file."""

    def make(path: str, old: str, new: str) -> Sources:
        assert old in TINY[path], f"{path} has no {old!r}"
        return tiny({path: TINY[path].replace(old, new, 1)})

    return make


@pytest.fixture(scope="session")
def tiny_prefixes() -> Prefixes:
    """The prefix map of the tiny project."""
    path = "ontology/prefixes.tsv"
    prefixes, findings = read_prefixes(path, TINY[path].encode())
    assert not findings
    return prefixes


@pytest.fixture
def reader(tiny_prefixes: Prefixes) -> Reader:
    """A reader that knows the sources of the tiny project."""
    reader = Reader(tiny_prefixes)
    path = "ontology/tables/sources.tsv"
    assert not reader.information_sources(path, TINY[path].encode()).findings
    return reader
