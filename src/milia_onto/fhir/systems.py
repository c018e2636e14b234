"""How FHIR names the code systems that our mappings lead to.

A vocabulary whose address is not known keeps the stem of its own IRIs, so that system and code
together still are the IRI.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.model.vocabularies import VOCABULARIES, Vocabulary

if TYPE_CHECKING:
    from milia_onto.model.prefixes import Prefixes


def coding(iri: str, prefixes: Prefixes) -> tuple[str, str]:
    """System and code of a foreign IRI; an IRI of no known prefix is a code of its own."""
    parts = prefixes.split(iri)
    if parts is None:
        return "urn:ietf:rfc:3986", iri
    name, local = parts
    known = VOCABULARIES.get(name, Vocabulary())
    system = known.system or prefixes.by_name[name].namespace
    return system, f"{name}:{local}" if known.curie else local
