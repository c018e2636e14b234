"""The files under ``fhir/`` of a release: each resource by itself, and all in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from milia_onto.fhir.codesystem import code_system
from milia_onto.fhir.conceptmaps import concept_maps
from milia_onto.fhir.publication import RELEASES, ROOT, SYSTEM, publication, written
from milia_onto.fhir.valuesets import value_sets
from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import Triple

    from milia_onto.concepts.read import Concepts
    from milia_onto.fhir.publication import Publication, Resource
    from milia_onto.model.prefixes import Prefixes
    from milia_onto.model.values import Header

FOLDER = "fhir"
R5_ONLY = {"url", "version", "title", "experimental"}


def files(
    concepts: Concepts, full: Sequence[Triple], header: Header, prefixes: Prefixes
) -> dict[str, bytes]:
    """Path and bytes of every FHIR file; a name that ends in r4 or r5 is for that release only."""
    about = publication(full, header)
    both = [code_system(concepts, about), *value_sets(concepts, about)]
    found = {_path(resource): written(resource) for resource in both}
    titles = {
        t.subject.value.removeprefix(ns.MAPPINGS): t.object.value
        for t in full
        if t.predicate == ns.RDFS_LABEL
        and isinstance(t.subject, NamedNode)
        and isinstance(t.object, Literal)
        and t.subject.value.startswith(ns.MAPPINGS)
    }
    for release in RELEASES:
        maps = list(concept_maps(concepts, about, prefixes, titles, release))
        own = [*maps, naming_system(about, release)]
        everything = [*both, *own]
        for resource in [*own, bundle(everything, about)]:
            found[_path(resource, release)] = written(resource)
    return found


def _path(resource: Resource, release: str = "") -> str:
    end = f".{release}" if release else ""
    return f"{FOLDER}/{resource['resourceType']}-{resource['id']}{end}.json"


def naming_system(about: Publication, release: str) -> Resource:
    """What the address of the code system stands for (R4 knows no url and no IRI stem)."""
    common = about.common("NamingSystem", "milia", f"{ROOT}NamingSystem/milia", about.title)
    if release == "r4":
        common = {k: v for k, v in common.items() if k not in R5_ONLY}
    stem = {"type": "other" if release == "r4" else "iri-stem", "value": ns.OWN}
    return {
        **common,
        "kind": "codesystem",
        "description": about.description,
        "usage": "Put / and a code behind the address, and it is the IRI of the term.",
        "uniqueId": [{"type": "uri", "value": SYSTEM, "preferred": True}, stem],
    }


def bundle(resources: Sequence[Resource], about: Publication) -> Resource:
    """A transaction that puts every resource under its own id, new or in place of the last."""
    return {
        "resourceType": "Bundle",
        "id": "milia",
        "type": "transaction",
        "timestamp": f"{about.version}T00:00:00Z",
        "entry": [_entry(resource) for resource in resources],
    }


def _entry(resource: Resource) -> Resource:
    place = f"{resource['resourceType']}/{resource['id']}"
    return {
        "fullUrl": ROOT + place,
        "resource": resource,
        "request": {"method": "PUT", "url": place},
    }
