"""Cross-references as vocabularies write them, in the one spelling of the release."""

from __future__ import annotations

import re

# Prefixes in upper case without version and punctuation, to the prefix of the release.
ALIASES = {
    "GENEHGNC": "HGNC",
    "HPO": "HP",
    "ICD10": "ICD10WHO",
    "ICD11": "ICD11MMS",
    "ICD11FOUNDATION": "ICD11F",
    "ICD9": "ICD9CM",
    "MIM": "OMIM",
    "MSH": "MESH",
    "NCI": "NCIT",
    "NCITHESAURUS": "NCIT",
    "ORDO": "ORPHA",
    "ORPHANET": "ORPHA",
    "SCT": "SCTID",
    "SNOMED": "SCTID",
    "SNOMEDCT": "SCTID",
    "SNOMEDCTUS": "SCTID",
    "UMLSCUI": "UMLS",
}
# SNOMEDCT_US_2025_09_01 and the like carry the version that was read.
VERSION = re.compile(r"(?:_\d{4}(?:_\d\d){2}|_CUI$)")
# A statistical classification: its codes are boxes to count in, wider than what they list.
CLASSIFICATIONS = frozenset({"ICD10", "ICD10CM", "ICD10GM", "ICD10WHO", "ICD9", "ICD9CM", "ICPC"})


def canonical(curie: str) -> str:
    """A CURIE with its prefix as the release writes it: ``MSH:D008883`` to ``MESH:D008883``."""
    prefix, colon, local = curie.partition(":")
    if not colon:
        return curie
    name = VERSION.sub("", prefix.upper())
    name = re.sub(r"[^A-Z0-9]", "", name)
    return f"{ALIASES.get(name, name)}:{local}" if name in KNOWN or name in ALIASES else curie


KNOWN = frozenset(ALIASES.values()) | frozenset(
    {"CHEBI", "CL", "DOID", "GO", "ICD10CM", "MAXO", "MILIA", "MONDO", "UBERON"}
)
