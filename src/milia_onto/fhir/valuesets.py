"""The ValueSets: all codes, milia of every kind, and the kinds that people ask for.

Each says what it holds by an is-a filter, so that it stays true, and carries the expansion of
its version for systems that have no terminology server.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from milia_onto.fhir.publication import COPYRIGHT, EVERYTHING, ROOT, SYSTEM
from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.concepts.read import Concept, Concepts
    from milia_onto.fhir.publication import Publication, Resource

# The id of each value set, and the kind it holds with all below it.
KINDS = {
    "milia-any": "MILIA_0000001",
    "milia-primary": "MILIA_0000002",
    "milia-secondary": "MILIA_0000003",
    "milia-trauma-associated": "MILIA_0000013",
    "milia-disease-associated": "MILIA_0000011",
    "milia-medication-associated": "MILIA_0000012",
    "milia-genodermatosis-associated": "MILIA_0000009",
    "milia-post-bullous": "MILIA_0000021",
    "milia-multiple-eruptive": "MILIA_0000008",
    "milia-en-plaque": "MILIA_0000006",
}


def value_sets(concepts: Concepts, about: Publication) -> Iterator[Resource]:
    """All value sets; one whose kind the ontology does not have is left out."""
    yield _all(concepts, about)
    for id_, root in KINDS.items():
        if root in concepts.by_code:
            yield _kind(concepts, about, id_, root)


def _all(concepts: Concepts, about: Publication) -> Resource:
    title = f"{about.title}: all codes"
    return {
        **about.common("ValueSet", "milia-all", EVERYTHING, title),
        "description": "Every code of the Milia Ontology: kinds of milia, what they follow, "
        "look-alikes, sites, diseases and treatments.",
        "copyright": COPYRIGHT,
        "compose": {"include": [{"system": SYSTEM, "version": about.version}]},
        "expansion": _expansion(about, EVERYTHING, list(concepts.by_code.values())),
    }


def _kind(concepts: Concepts, about: Publication, id_: str, root: str) -> Resource:
    top = concepts.by_code[root]
    url = f"{ROOT}ValueSet/{id_}"
    below = concepts.hierarchy
    members = [
        concept
        for code, concept in concepts.by_code.items()
        if code == root or ns.OWN + root in below.ancestors(ns.OWN + code)
    ]
    rule = {"property": "concept", "op": "is-a", "value": root}
    return {
        **about.common("ValueSet", id_, url, f"{about.title}: {top.label}"),
        "description": f"The code “{top.label}” and all codes below it.",
        "copyright": COPYRIGHT,
        "compose": {
            "include": [{"system": SYSTEM, "version": about.version, "filter": [rule]}],
        },
        "expansion": _expansion(about, url, members),
    }


def _expansion(about: Publication, url: str, members: list[Concept]) -> Resource:
    return {
        # The same set of the same version is the same expansion, on whatever machine.
        "identifier": uuid.uuid5(uuid.NAMESPACE_URL, f"{url}|{about.version}").urn,
        "timestamp": about.version,
        "total": len(members),
        "parameter": [{"name": "version", "valueUri": f"{SYSTEM}|{about.version}"}],
        "contains": [_contained(concept) for concept in members],
    }


def _contained(concept: Concept) -> Resource:
    found: Resource = {"system": SYSTEM, "code": concept.code, "display": concept.label}
    if concept.deprecated:
        found["inactive"] = True
    return found
