"""How others name the vocabularies of the prefix map: in prefixes, and as code systems of FHIR."""

from __future__ import annotations

from typing import NamedTuple


class Vocabulary(NamedTuple):
    """The names that others give a vocabulary.

    ``spellings`` are its prefix in registries, without the version that some append; ``loose``
    what else files write for it. ``system`` is its address in FHIR, ``systems`` are addresses that
    are read for it beside that one; with ``curie`` its codes are written there with their prefix.
    """

    spellings: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    system: str = ""
    systems: tuple[str, ...] = ()
    curie: bool = False


# The addresses are those of HL7 Terminology (THO) and of the list of known systems in FHIR R4,
# 4.3.2. A vocabulary whose address was not found there has none.
VOCABULARIES = {
    "DOID": Vocabulary(("DO",)),
    "HGNC": Vocabulary(loose=("GENEHGNC",)),
    "HP": Vocabulary(("HPO",), system="http://human-phenotype-ontology.org", curie=True),
    "ICD10CM": Vocabulary(system="http://hl7.org/fhir/sid/icd-10-cm"),
    "ICD10WHO": Vocabulary(("ICD10",), system="http://hl7.org/fhir/sid/icd-10"),
    "ICD11F": Vocabulary(("icd11.foundation",)),
    "ICD11MMS": Vocabulary(loose=("ICD11",), system="http://id.who.int/icd/release/11/mms"),
    "ICD9CM": Vocabulary(("ICD9",), system="http://hl7.org/fhir/sid/icd-9-cm"),
    "MESH": Vocabulary(("MSH", "mesh"), system="https://www.nlm.nih.gov/mesh"),
    "MONDO": Vocabulary(system="http://purl.obolibrary.org/obo/mondo.owl", curie=True),
    "NCIT": Vocabulary(
        ("NCI",), ("NCITHESAURUS",), "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl"
    ),
    "OMIM": Vocabulary(("MIM",), systems=("https://omim.org",)),
    "ORPHA": Vocabulary(("ORDO", "Orphanet")),
    "SCTID": Vocabulary(("SNOMEDCT", "SNOMEDCT_US"), ("SCT", "SNOMED"), "http://snomed.info/sct"),
    "UMLS": Vocabulary(
        ("UMLS_CUI",),
        ("UMLSCUI",),
        "http://terminology.hl7.org/CodeSystem/umls",
        ("http://www.nlm.nih.gov/research/umls",),
    ),
}
BY_SYSTEM = {
    address: prefix
    for prefix, vocabulary in VOCABULARIES.items()
    for address in (vocabulary.system, *vocabulary.systems)
    if address
}
