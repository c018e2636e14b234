"""Small releases that `verify` finds intact: made up, with blank nodes, numbers and languages."""

from __future__ import annotations

import hashlib
import json

import pyoxigraph as ox

from milia_onto.model.values import Release
from milia_onto.stages.canonical import digest
from milia_onto.stages.release import FULL, MANIFEST, SUMS, sums

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
  <http://www.w3.org/2002/07/owl#versionIRI> <{version}> .
[] :likelihood 0.70 ; :next [ :count "3"^^xsd:decimal ; :next [ :holds true ] ] .
:odd :label "a back\\\\u0041slash, \\"quotes\\" and ümläute"@en-GB , "two\\nlines" .
"""


def small_release(version: str, terms: int = 40) -> Release:
    """An intact release of a few triples; ``terms`` of them say which version they are of."""
    lines = [f':t{n} :label "term {n} of {version[-10:]}"@en .' for n in range(terms)]
    text = HEAD.replace("{version}", version) + "\n".join(lines)
    triples = [quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)]
    files = {name: ox.serialize(triples, format=form) or b"" for name, form in FORMS.items()}
    names = {"MILIA": f"{ONTOLOGY}/MILIA_", "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
    files["context.jsonld"] = json.dumps({"@context": names}).encode()
    listed = {name: {"sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()}
    graph = {"files": list(FULL), "triples": len(triples), "sha256": digest(triples)}
    about = {"ontology": ONTOLOGY, "versionIRI": version, "graph": graph, "files": listed}
    files[MANIFEST] = json.dumps(about).encode()
    files[SUMS] = sums(files)
    return Release(files)


def triples_of(release: Release) -> int:
    return int(json.loads(release.files[MANIFEST])["graph"]["triples"])
