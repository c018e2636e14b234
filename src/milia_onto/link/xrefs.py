"""Cross-references as vocabularies write them, in the one spelling of the release."""

from __future__ import annotations

import re

from milia_onto.model.vocabularies import VOCABULARIES

# SNOMEDCT_US_2025_09_01 and the like carry the version that was read.
VERSION = re.compile(r"(?:_\d{4}(?:_\d\d){2}|_CUI$)")
# A statistical classification: its codes are boxes to count in, wider than what they list.
CLASSIFICATIONS = frozenset({"ICD10", "ICD10CM", "ICD10GM", "ICD10WHO", "ICD9", "ICD9CM", "ICPC"})


def _plain(prefix: str) -> str:
    """A prefix in upper case without version and punctuation."""
    return re.sub(r"[^A-Z0-9]", "", VERSION.sub("", prefix.upper()))


ALIASES = {
    _plain(spelling): prefix
    for prefix, vocabulary in VOCABULARIES.items()
    for spelling in (*vocabulary.spellings, *vocabulary.loose)
}
KNOWN = frozenset(VOCABULARIES) | {"CHEBI", "CL", "GO", "MAXO", "MILIA", "UBERON"}


def canonical(curie: str) -> str:
    """A CURIE with its prefix as the release writes it: ``MSH:D008883`` to ``MESH:D008883``."""
    prefix, colon, local = curie.partition(":")
    if not colon:
        return curie
    name = _plain(prefix)
    return f"{ALIASES.get(name, name)}:{local}" if name in KNOWN or name in ALIASES else curie
