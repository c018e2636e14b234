"""How FHIR names the code systems that our mappings lead to.

The addresses are those of HL7 Terminology (THO) and of the list of known systems in FHIR R4,
4.3.2. A vocabulary whose address was not found there keeps the stem of its own IRIs, so that
system and code together still are the IRI.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from milia_onto.model.prefixes import Prefixes


class System(NamedTuple):
    """The address of a code system; with ``curie`` its codes are written with their prefix."""

    uri: str
    curie: bool = False


KNOWN = {
    "HP": System("http://human-phenotype-ontology.org", curie=True),
    "ICD10CM": System("http://hl7.org/fhir/sid/icd-10-cm"),
    "ICD10WHO": System("http://hl7.org/fhir/sid/icd-10"),
    "ICD11MMS": System("http://id.who.int/icd/release/11/mms"),
    "ICD9CM": System("http://hl7.org/fhir/sid/icd-9-cm"),
    "MESH": System("https://www.nlm.nih.gov/mesh"),
    "MONDO": System("http://purl.obolibrary.org/obo/mondo.owl", curie=True),
    "NCIT": System("http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl"),
    "SCTID": System("http://snomed.info/sct"),
    "UMLS": System("http://terminology.hl7.org/CodeSystem/umls"),
}


def coding(iri: str, prefixes: Prefixes) -> tuple[str, str]:
    """System and code of a foreign IRI; an IRI of no known prefix is a code of its own."""
    parts = prefixes.split(iri)
    if parts is None:
        return "urn:ietf:rfc:3986", iri
    name, local = parts
    system = KNOWN.get(name) or System(prefixes.by_name[name].namespace)
    return system.uri, f"{name}:{local}" if system.curie else local
