"""Writes the Parameters resource that an operation answers with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from milia_onto.fhir.publication import Resource


def parameters(parts: Iterable[Resource]) -> Resource:
    """A Parameters resource of these parameters."""
    return {"resourceType": "Parameters", "parameter": list(parts)}


def part(name: str, member: str, value: Any) -> Resource:
    """A parameter with a value; ``member`` is the value[x] that carries it."""
    return {"name": name, member: value}


def group(name: str, parts: Iterable[Resource]) -> Resource:
    """A parameter that is made of parts."""
    return {"name": name, "part": list(parts)}
