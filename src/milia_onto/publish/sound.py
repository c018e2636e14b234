"""Whether the JSON-LD of a release is what its readers take it for; only the standard library."""

from __future__ import annotations

from typing import Any

LISTS = {"sources", "sourceLine", "supportedBy", "disputedBy"}
TEXTS = {"id", "object_id", "object_label", "object", "qualifier", "reason"}
# Every claim has them.
OF_CLAIM = {"subject", "predicate", "verdict", "confidence", "evidenceType"}


def check_context(document: Any) -> None:
    """Raise TypeError where a name of the context stands for anything but an IRI."""
    for name, entry in document["@context"].items():
        if isinstance(entry, dict) and not isinstance(entry.get("@id", ""), str):
            raise TypeError(name)


def check_document(document: Any) -> None:
    """Raise TypeError where a node holds another kind of value than the release writes there."""
    check_context(document)
    for node in document["@graph"]:
        kinds = node.get("type", "")
        if not isinstance(kinds, str) and not _is_list(kinds, str):
            raise TypeError("type")
        is_claim = kinds == "Claim" or (isinstance(kinds, list) and "Claim" in kinds)
        for key in {*node, *(OF_CLAIM if is_claim else ())}:
            _check_field(key, node.get(key))


def _check_field(key: str, value: Any) -> None:
    if key == "subClassOf":
        good = _is_list(value, str | dict)
    elif key in LISTS or key.endswith("Match"):
        good = _is_list(value, str)
    else:
        good = isinstance(value, str) or not (key in TEXTS or key in OF_CLAIM)
    if not good:
        raise TypeError(key)


def _is_list(value: Any, kind: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, kind) for each in value)
