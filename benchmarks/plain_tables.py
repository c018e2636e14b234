"""The authored tables as rdflib triples: what the plain script reads besides Turtle.

The cells are taken as they are; the publisher also tests each of them.
"""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import yaml
from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef

if TYPE_CHECKING:
    from pathlib import Path

MILIA = Namespace("https://w3id.org/milia/MILIA_")
SOURCE = Namespace("https://w3id.org/milia/source/")
MAPPINGS = Namespace("https://w3id.org/milia/mappings/")
OBO = Namespace("http://purl.obolibrary.org/obo/")
OIO = Namespace("http://www.geneontology.org/formats/oboInOwl#")
SSSOM = Namespace("https://w3id.org/sssom/")
DCTERMS = Namespace("http://purl.org/dc/terms/")
SCOPES = {
    "exact": OIO.hasExactSynonym,
    "broad": OIO.hasBroadSynonym,
    "narrow": OIO.hasNarrowSynonym,
    "related": OIO.hasRelatedSynonym,
}
SYNONYM_TYPES = {
    "abbreviation": OBO.OMO_0003000,
    "layperson": OBO.OMO_0003003,
    "plural": OBO.OMO_0003004,
    "uk_spelling": OBO.OMO_0003005,
    "misspelling": OBO.OMO_0003006,
}
LABEL_KINDS = {
    "preferred": SKOS.prefLabel,
    "alternative": SKOS.altLabel,
    "hidden": SKOS.hiddenLabel,
}


def number(text: str) -> Literal:
    """A number as xsd:decimal in its shortest form."""
    short = text.rstrip("0").rstrip(".") if "." in text else text
    return Literal(short, datatype=XSD.decimal)


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a TSV file; comment lines before the header are passed over."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        lines = (line for line in handle if not line.startswith("#"))
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_prefixes(project: Path) -> dict[str, str]:
    return {row["prefix"]: row["namespace"] for row in rows(project / "ontology/prefixes.tsv")}


class Tables:
    """Reads the tables of one project into graphs."""

    def __init__(self, project: Path) -> None:
        self.home = project / "ontology"
        self.prefixes = read_prefixes(project)

    def node(self, curie: str) -> URIRef:
        prefix, _, local = curie.partition(":")
        return URIRef(self.prefixes[prefix] + local)

    def annotate(self, graph: Graph, triple: tuple, notes: list[tuple]) -> None:
        graph.add(triple)
        axiom = BNode()
        names = (OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget)
        for pair in [(RDF.type, OWL.Axiom), *zip(names, triple, strict=True), *notes]:
            graph.add((axiom, *pair))

    def cited(self, row: dict[str, str]) -> list[tuple]:
        return [(DCTERMS.source, SOURCE[slug]) for slug in row["source"].split("|")]

    def tables(self, graph: Graph) -> None:
        folder = self.home / "tables"
        for row in rows(folder / "sources.tsv"):
            self.source(graph, row)
        for row in rows(folder / "synonyms.tsv"):
            kind = SYNONYM_TYPES.get(row["type"])
            notes = [(OIO.hasSynonymType, kind)] if kind else []
            text = Literal(row["synonym"], lang="en")
            triple = (self.node(row["term"]), SCOPES[row["scope"]], text)
            self.annotate(graph, triple, notes + self.cited(row))
        for row in rows(folder / "labels.tsv"):
            text = Literal(row["label"], lang=row["language"])
            triple = (self.node(row["term"]), LABEL_KINDS[row["kind"]], text)
            self.annotate(graph, triple, self.cited(row))
        for row in rows(folder / "deprecations.tsv"):
            self.deprecation(graph, row)

    def source(self, graph: Graph, row: dict[str, str]) -> None:
        node = SOURCE[row["source"]]
        graph.add((node, RDF.type, OWL.NamedIndividual))
        graph.add((node, RDF.type, MILIA["0000930"]))
        title = Literal(row["title"], lang="en")
        graph.add((node, RDFS.label, title))
        graph.add((node, DCTERMS["title"], title))
        graph.add((node, MILIA["0000912"], Literal(row["kind"])))
        graph.add((node, MILIA["0000913"], Literal(row["tier"])))
        if row["locator"]:
            web = row["locator"].startswith(("http://", "https://")) and " " not in row["locator"]
            value = URIRef(row["locator"]) if web else Literal(row["locator"])
            graph.add((node, RDFS.seeAlso, value))
        if row["note"]:
            graph.add((node, RDFS.comment, Literal(row["note"], lang="en")))

    def deprecation(self, graph: Graph, row: dict[str, str]) -> None:
        node = self.node(row["term"])
        note = f"Deprecated on {row['since']}: {row['reason']}"
        graph.add((node, RDF.type, OWL.Class))
        graph.add((node, RDFS.label, Literal(f"obsolete {row['label']}", lang="en")))
        graph.add((node, OBO.IAO_0000115, Literal(row["definition"], lang="en")))
        graph.add((node, OBO.IAO_0000116, Literal(note, lang="en")))
        graph.add((node, OWL.deprecated, Literal(True)))
        if row["replaced_by"]:
            graph.add((node, OBO.IAO_0100001, self.node(row["replaced_by"])))

    def slices(self, graph: Graph) -> None:
        listed = rows(self.home / "imports/vocabularies.tsv")
        homes = {row["prefix"].lower(): URIRef(row["home_page"]) for row in listed}
        for path in sorted((self.home / "imports").glob("*.tsv")):
            if path.name == "vocabularies.tsv":
                continue
            for row in rows(path):
                if row["use"] == "target":
                    continue
                node = self.node(row["id"])
                graph.add((node, RDF.type, OWL.Class))
                graph.add((node, RDFS.label, Literal(row["label"], lang="en")))
                graph.add((node, RDFS.isDefinedBy, homes[path.stem]))
                for parent in filter(None, row["parents"].split("|")):
                    graph.add((node, RDFS.subClassOf, self.node(parent)))

    def mapping_sets(self, graph: Graph) -> None:
        for path in sorted((self.home / "mappings").glob("*.sssom.tsv")):
            text = path.read_text(encoding="utf-8")
            header = yaml.safe_load(
                "\n".join(line[1:] for line in text.splitlines() if line.startswith("#"))
            )
            home = MAPPINGS[path.name.removesuffix(".sssom.tsv")]
            title = Literal(header["mapping_set_title"], lang="en")
            graph.add((home, RDF.type, OWL.NamedIndividual))
            graph.add((home, RDF.type, SSSOM.MappingSet))
            graph.add((home, RDFS.label, title))
            graph.add((home, DCTERMS.license, URIRef(header["license"])))
            graph.add((home, OWL.versionInfo, Literal(str(header["mapping_set_version"]))))
            if "mapping_set_description" in header:
                about = Literal(header["mapping_set_description"], lang="en")
                graph.add((home, DCTERMS.description, about))
            for row in rows(path):
                self.mapping(graph, row, home)

    def mapping(self, graph: Graph, row: dict[str, str], home: URIRef) -> None:
        node = self.node(row["record_id"])
        triple = tuple(self.node(row[f"{end}_id"]) for end in ("subject", "predicate", "object"))
        negated = row["predicate_modifier"] == "Not"
        kind = row["predicate_id"].removeprefix("skos:").removesuffix("Match")
        verb = f"not {kind} match" if negated else f"{kind} match"
        named = f" {row['object_label']}" if row["object_label"] else ""
        label = f"{row['subject_label']}: {verb} {row['object_id']}{named}"
        confidence = number(row["confidence"])
        graph.add((node, RDF.type, OWL.NamedIndividual))
        graph.add((node, RDF.type, SSSOM.Mapping))
        graph.add((node, RDFS.label, Literal(label, lang="en")))
        graph.add((node, SSSOM.subject_id, triple[0]))
        graph.add((node, SSSOM.predicate_id, triple[1]))
        graph.add((node, SSSOM.object_id, triple[2]))
        graph.add((node, SSSOM.mapping_justification, self.node(row["mapping_justification"])))
        graph.add((node, SSSOM.confidence, confidence))
        graph.add((node, DCTERMS.isPartOf, home))
        if row["object_label"]:
            graph.add((node, SSSOM.object_label, Literal(row["object_label"])))
        if row["comment"]:
            graph.add((node, RDFS.comment, Literal(row["comment"], lang="en")))
        if negated:
            graph.add((node, SSSOM.predicate_modifier, Literal("Not")))
        else:
            graph.add(triple)


def read_context(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))["@context"]
