"""Whether the JSON-LD of a release is what its readers take it for; only the standard library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

# Every claim has them.
OF_CLAIM = {"subject", "predicate", "verdict", "confidence", "evidenceType"}


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _are_classes(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str | dict) for each in value)


def _are_types(value: Any) -> bool:
    return _is_text(value) or _are_texts(value)


# Readers take the values of all other keys as they come.
CHECKED: dict[str, Callable[[Any], bool]] = {
    **dict.fromkeys(OF_CLAIM, _is_text),
    **dict.fromkeys(("id", "object_id", "object_label", "object", "qualifier", "reason"), _is_text),
    **dict.fromkeys(("sources", "sourceLine", "supportedBy", "disputedBy"), _are_texts),
    **dict.fromkeys(
        ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch"), _are_texts
    ),
    "subClassOf": _are_classes,
    "type": _are_types,
}


def check_context(document: Any) -> None:
    """Raise TypeError where a name of the context stands for anything but an IRI."""
    for name, entry in document["@context"].items():
        if isinstance(entry, dict) and not isinstance(entry.get("@id", ""), str):
            raise TypeError(name)


def check_document(document: Any) -> None:
    """Raise TypeError where a node holds another kind of value than the release writes there.

    Raises AttributeError where a node is none.
    """
    check_context(document)
    for node in document["@graph"]:
        for key, value in node.items():
            if key in CHECKED and not CHECKED[key](value):
                raise TypeError(key)
        kinds = node.get("type", "")
        types = [kinds] if isinstance(kinds, str) else kinds
        if "Claim" in types and (gone := OF_CLAIM - node.keys()):
            raise TypeError(min(gone))
