"""``/metadata``: CapabilityStatement and TerminologyCapabilities (FHIR R5, 5.2 and 5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto._version import __version__
from milia_onto.fhir.publication import ROOT
from milia_onto.fhir.search import BY
from milia_onto.fhir.sets import EXPAND
from milia_onto.fhir.terminology import TYPES

if TYPE_CHECKING:
    from milia_onto.fhir.publication import Resource
    from milia_onto.fhir.terminology import Terminology

VERSIONS = {"r4": "4.0.1", "r5": "5.0.0"}
# Operation names by the type they are asked of, with the name of their HL7 definition.
OPERATIONS = {
    "CodeSystem": {
        "lookup": "CodeSystem-lookup",
        "validate-code": "CodeSystem-validate-code",
        "subsumes": "CodeSystem-subsumes",
    },
    "ValueSet": {"expand": "ValueSet-expand", "validate-code": "ValueSet-validate-code"},
    "ConceptMap": {"translate": "ConceptMap-translate"},
}
# Parameters of an expansion that R4 does not know.
R5_ONLY = {"property"}
INSTANTIATES = "http://hl7.org/fhir/CapabilityStatement/terminology-server"


def capability_statement(terminology: Terminology, release: str) -> Resource:
    """What can be asked, in which forms."""
    return {
        **_common(terminology, "CapabilityStatement", "milia-server"),
        "instantiates": [INSTANTIATES],
        "fhirVersion": VERSIONS[release],
        "format": ["application/fhir+json", "json"],
        "rest": [
            {
                "mode": "server",
                "documentation": "Read only. The FHIR release is chosen by fhirVersion=4.0 or 5.0 "
                "in the Accept header; R4 without it.",
                "resource": [_resource(kind) for kind in TYPES],
            }
        ],
    }


def _common(terminology: Terminology, kind: str, id_: str) -> Resource:
    code_system = terminology.code_system
    return {
        "resourceType": kind,
        "id": id_,
        "url": f"{ROOT}{kind}/{id_}",
        "version": terminology.version,
        "name": "MiliaServer",
        "title": f"{code_system['title']}: terminology server",
        "status": "active",
        "experimental": False,
        "date": code_system["date"],
        "publisher": code_system["publisher"],
        "contact": code_system["contact"],
        "description": "Answers questions on the codes of the Milia Ontology.",
        "kind": "instance",
        "software": {"name": "milia-onto", "version": __version__},
        "implementation": {"description": code_system["title"], "url": ROOT.rstrip("/")},
    }


def _resource(kind: str) -> Resource:
    searched = [{"name": name, "type": type_} for name, type_ in BY.items()]
    found: Resource = {
        "type": kind,
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "versioning": "no-version",
        "searchParam": searched,
    }
    operations = OPERATIONS.get(kind)
    if operations:
        found["operation"] = [
            {"name": name, "definition": f"http://hl7.org/fhir/OperationDefinition/{defined}"}
            for name, defined in operations.items()
        ]
    return found


def terminology_capabilities(terminology: Terminology, release: str) -> Resource:
    """Which code system is here, in which version, and what an expansion can be asked for."""
    expansion = {
        "hierarchical": False,
        "paging": True,
        "incomplete": False,
        "parameter": [{"name": name} for name in EXPAND if release == "r5" or name not in R5_ONLY],
        "textFilter": "Each word must begin a word of the display, a designation or the code.",
    }
    version = {
        "code": terminology.version,
        "isDefault": True,
        "compositional": False,
        "property": [p["code"] for p in terminology.code_system["property"]],
    }
    system: Resource = {"uri": terminology.system, "version": [version], "subsumption": True}
    if release == "r5":
        # R5 wants to know how much of the code system is here.
        system["content"] = "complete"
    return {
        **_common(terminology, "TerminologyCapabilities", "milia-terminology"),
        "lockedDate": False,
        "codeSystem": [system],
        "expansion": expansion,
        "codeSearch": "in-compose-or-expansion",
        "validateCode": {"translations": True},
        "translation": {"needsMap": True},
        "closure": {"translation": False},
    }
