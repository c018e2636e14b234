"""Records of registries: Bioregistry, OBO-style, Wikidata; the extended prefix map."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from milia_onto.model.vocabularies import VOCABULARIES, Vocabulary
from milia_onto.serialise.jsonld import document

if TYPE_CHECKING:
    from milia_onto.model.prefixes import Prefixes
    from milia_onto.registry.about import About


def bioregistry(ontology: About) -> bytes:
    """The entry as it stands in ``bioregistry.json`` (Bioregistry JSON Schema, Resource).

    The contributor and the contact are persons: whoever submits the entry adds them.
    """
    entry = {
        "description": ontology.description,
        "download_owl": f"{ontology.iri}/milia.owl",
        "download_rdf": f"{ontology.iri}/milia.ttl",
        "example": ontology.example,
        "homepage": ontology.iri,
        "license": ontology.license_name.replace(" ", "-"),
        "name": ontology.title,
        "pattern": f"^{ontology.pattern}$",
        "preferred_prefix": "MILIA",
        "rdf_uri_format": f"{ontology.namespace}$1",
        "uri_format": f"{ontology.namespace}$1",
        "version": ontology.version,
    }
    return document({"milia": entry})


def obo_foundry(ontology: About) -> bytes:
    """A page of the OBO Foundry registry: YAML front matter, then text.

    The strings are written as JSON strings, which YAML reads as they are. Contact and tracker,
    which the registry demands, are persons' and are left to those who submit.
    """
    fields = {
        "layout": "ontology_detail",
        "id": "milia",
        "title": ontology.title,
        "description": ontology.description,
        "domain": "health",
        "homepage": ontology.iri,
        "activity_status": "active",
        "preferredPrefix": "MILIA",
        "ontology_purl": ontology.iri,
        "license": {"url": ontology.license, "label": ontology.license_name},
        "products": [{"id": "milia.owl"}, {"id": "milia.ttl"}],
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    text = "\n".join(("---", *lines, "---", "", ontology.description))
    return f"{text}\n".encode()


def prefix_map(prefixes: Prefixes) -> bytes:
    """The prefix map with the other spellings in use (extended prefix map of ``curies``)."""
    records = []
    for row in prefixes.rows:
        record: dict[str, object] = {"prefix": row.name, "uri_prefix": row.namespace}
        if spellings := VOCABULARIES.get(row.name, Vocabulary()).spellings:
            record["prefix_synonyms"] = sorted(spellings)
        if row.pattern:
            record["pattern"] = f"^(?:{row.pattern})$"
        records.append(record)
    return document(records)


def wikidata(ontology: About) -> bytes:
    """QuickStatements (version 1) for an item about the ontology, which has none yet.

    P31 Q324254: instance of ontology; P275 Q20007257: licence CC BY 4.0; P856: official website.
    """
    statements = (
        ("Len", f'"{ontology.title}"'),
        ("Den", '"ontology of milia, the small keratin cysts of the skin"'),
        ("Aen", '"MILIA"'),
        ("P31", "Q324254"),
        ("P275", "Q20007257"),
        ("P856", f'"{ontology.iri}"'),
    )
    lines = ["CREATE", *("\t".join(("LAST", *statement)) for statement in statements)]
    return ("\n".join(lines) + "\n").encode()
