"""What all resources share: addresses, version, status, publisher; and how JSON is written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

    from milia_onto.model.values import Header

# Canonical addresses lead to the resource itself, wherever `serve` runs behind w3id.org.
ROOT = f"{ns.OWN}fhir/"
SYSTEM = ns.BASE
EVERYTHING = f"{ROOT}ValueSet/milia-all"
RELEASES = ("r4", "r5")
STATUSES = {"draft": "draft", "published": "active", "retired": "retired"}
BIBO_STATUS = NamedNode("http://purl.org/ontology/bibo/status")

Resource = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Publication:
    """What the header of the ontology says, as far as the resources repeat it."""

    title: str
    description: str
    version: str
    status: str

    def common(self, kind: str, id_: str, url: str, title: str) -> Resource:
        """The elements that every canonical resource starts with (FHIR R5, 2.1.5)."""
        return {
            "resourceType": kind,
            "id": id_,
            "url": url,
            "version": self.version,
            "name": "".join(word[:1].upper() + word[1:] for word in id_.split("-")),
            "title": title,
            "status": self.status,
            "experimental": False,
            "date": self.version,
            "publisher": "Milia Ontology project",
            "contact": [{"telecom": [{"system": "url", "value": SYSTEM}]}],
        }


def publication(full: Iterable[Triple], header: Header) -> Publication:
    """What the full graph says of the ontology itself; a status nobody stated is unknown."""
    said = {t.predicate: t.object.value for t in full if t.subject == NamedNode(header.iri)}  # type: ignore[union-attr]
    status = said.get(BIBO_STATUS, "").rpartition("/")[2]
    return Publication(
        title=said.get(ns.named("dcterms:title"), header.iri),
        description=said.get(ns.named("dcterms:description"), ""),
        version=header.version,
        status=STATUSES.get(status, "unknown"),
    )


COPYRIGHT = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"


def written(resource: Resource) -> bytes:
    """A resource as bytes: JSON for reading and for diffs, UTF-8, a final line end."""
    return f"{json.dumps(resource, ensure_ascii=False, indent=1)}\n".encode()
