"""Small releases that `verify` finds intact: made up, with blank nodes, numbers and languages."""

from __future__ import annotations

import hashlib
import json

import pyoxigraph as ox

from milia_onto.model.layout import FULL, MANIFEST, SUMS
from milia_onto.model.values import Release
from milia_onto.stages.canonical import digest
from milia_onto.stages.release import sums

ONTOLOGY = "https://w3id.org/milia"
OLD, NEW = f"{ONTOLOGY}/releases/2026-01-01", f"{ONTOLOGY}/releases/2026-02-02"
FORMS = {
    "milia.ttl": ox.RdfFormat.TURTLE,
    "milia.jsonld": ox.RdfFormat.JSON_LD,
    "milia.owl": ox.RdfFormat.RDF_XML,
    "milia.nt": ox.RdfFormat.N_TRIPLES,
}
HEAD = """
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://w3id.org/milia/> .
<https://w3id.org/milia> a <http://www.w3.org/2002/07/owl#Ontology> ;
  <http://www.w3.org/2002/07/owl#versionIRI> <{version}> ;
  <http://www.w3.org/2002/07/owl#versionInfo> "{date}" .
[] :likelihood 0.70 ; :next [ :count "3"^^xsd:decimal ; :next [ :holds true ] ] .
:odd :label "a back\\\\u0041slash, \\"quotes\\" and ümläute"@en-GB , "two\\nlines" .
"""
# The other files that state the version.
BESIDE = {
    "milia-base.ttl": """<https://w3id.org/milia/base>
  <http://www.w3.org/2002/07/owl#versionIRI> <{version}/base> ;
  <http://www.w3.org/2002/07/owl#versionInfo> "{date}" .""",
    "milia-skos.ttl": """<https://w3id.org/milia/skos>
  <http://purl.org/dc/terms/source> <{version}> ;
  <http://www.w3.org/2002/07/owl#versionInfo> "{date}" .""",
    "void.ttl": """<{version}>
  <http://purl.org/dc/terms/isVersionOf> <https://w3id.org/milia> ;
  <http://www.w3.org/ns/dcat#version> "{date}" .""",
}


def small_release(version: str, terms: int = 40) -> Release:
    """An intact release of a few triples; ``terms`` of them say which version they are of."""
    date = version[-10:]
    lines = [f':t{n} :label "term {n} of {date}"@en .' for n in range(terms)]
    text = _of(HEAD, version) + "\n".join(lines)
    triples = [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]
    files = {name: ox.serialize(triples, format=form) or b"" for name, form in FORMS.items()}
    names = {"MILIA": f"{ONTOLOGY}/MILIA_", "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
    files["context.jsonld"] = json.dumps({"@context": names}).encode()
    files |= {name: _of(text, version).encode() for name, text in BESIDE.items()}
    listed = {
        name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in files.items()
    }
    graph = {"files": list(FULL), "triples": len(triples), "sha256": digest(triples)}
    about = {"ontology": ONTOLOGY, "version": date, "versionIRI": version}
    files[MANIFEST] = json.dumps(about | {"graph": graph, "files": listed}).encode()
    files[SUMS] = sums(files)
    return Release(files)


def _of(text: str, version: str) -> str:
    return text.replace("{version}", version).replace("{date}", version[-10:])


def triples_of(release: Release) -> int:
    return int(json.loads(release.files[MANIFEST])["graph"]["triples"])
