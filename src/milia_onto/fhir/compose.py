"""Works out which codes a value set holds (FHIR R5, 4.9.5: compose, include, exclude, filter)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from milia_onto.fhir.outcome import OutcomeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from milia_onto.fhir.publication import Resource
    from milia_onto.fhir.terminology import Terminology

DEPTH = 8
FILTER = ("property", "op", "value")
OPERATORS: dict[str, Callable[[Terminology, str, str], bool]] = {
    "=": lambda _, code, value: code == value,
    "is-a": lambda t, code, value: code == value or t.is_below(code, value),
    "descendent-of": lambda t, code, value: t.is_below(code, value),
    "is-not-a": lambda t, code, value: not (code == value or t.is_below(code, value)),
    "generalizes": lambda t, code, value: code == value or t.is_below(value, code),
    "in": lambda _, code, value: code in value.split(","),
    "not-in": lambda _, code, value: code not in value.split(","),
}


def members(terminology: Terminology, release: str, value_set: Resource) -> list[str]:
    """The codes of a value set in the order of the code system.

    Raises OutcomeError: 404 for a system or value set that is not here, 422 for what is not
    understood. What is not understood is never passed over: the set would be another one.
    """
    found = _composed(terminology, release, value_set, DEPTH)
    return [code for code in terminology.concepts if code in found]


def _composed(terminology: Terminology, release: str, value_set: Resource, depth: int) -> set[str]:
    compose = _object(value_set.get("compose"), "compose")
    if not depth:
        raise OutcomeError(422, "the value sets refer to each other too deep", "too-costly")
    includes = _list(compose, "include")
    if not includes:
        raise OutcomeError(422, "the value set has no compose.include", "required")
    found: set[str] = set()
    for part in includes:
        found |= _part(terminology, release, _object(part, "include"), depth)
    for part in _list(compose, "exclude"):
        found -= _part(terminology, release, _object(part, "exclude"), depth)
    if compose.get("inactive") is False:
        found = {code for code in found if not terminology.is_inactive(code)}
    return found


def _part(terminology: Terminology, release: str, part: Resource, depth: int) -> set[str]:
    """The codes that fit the system and every value set that the part names."""
    sets = []
    if "system" in part:
        sets.append(_of_system(terminology, part))
    elif "filter" in part or "concept" in part:
        raise OutcomeError(422, "a filter or a list of codes has no system (vsd-1)", "invariant")
    for url in _list(part, "valueSet"):
        other = terminology.canonical(release, "ValueSet", _text(url, "valueSet"))
        sets.append(_composed(terminology, release, other, depth - 1))
    if not sets:
        raise OutcomeError(422, "a part names no system and no value set (vsd-1)", "invariant")
    return set.intersection(*sets)


def _of_system(terminology: Terminology, part: Resource) -> set[str]:
    version = _text(part.get("version", ""), "version")
    terminology.check_system(_text(part["system"], "system"), version)
    listed, filters = _list(part, "concept"), _list(part, "filter")
    if listed and filters:
        raise OutcomeError(422, "a part has codes and filters (vsd-3)", "invariant")
    if listed:
        codes = [_text(_object(each, "concept").get("code"), "concept.code") for each in listed]
        return {code for code in codes if terminology.concept(code)}
    found = set(terminology.concepts)
    for rule in filters:
        found &= _filtered(terminology, _object(rule, "filter"))
    return found


def _filtered(terminology: Terminology, rule: Resource) -> set[str]:
    name, operator, value = (_text(rule.get(key), f"filter.{key}") for key in FILTER)
    if name in {"concept", "code"} and operator in OPERATORS:
        if operator not in {"in", "not-in"}:
            terminology.concept(value)
        test = OPERATORS[operator]
        return {code for code in terminology.concepts if test(terminology, code, value)}
    known = {p["code"] for p in terminology.code_system["property"]}
    if name in known and operator == "=":
        return {
            code
            for code, concept in terminology.concepts.items()
            if any(p["code"] == name and _literal(p) == value for p in concept.get("property", ()))
        }
    told = f"the filter “{name} {operator}” is not understood"
    raise OutcomeError(422, f"{told}; concept takes {', '.join(OPERATORS)}, a property takes =")


def _literal(found: Resource) -> str:
    value = next(v for key, v in found.items() if key.startswith("value"))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _object(value: Any, name: str) -> Resource:
    if not isinstance(value, dict):
        raise OutcomeError(422, f"the value set has no well-formed {name}", "structure")
    return value


def _list(owner: Resource, name: str) -> list[Any]:
    value = owner.get(name, [])
    if not isinstance(value, list):
        raise OutcomeError(422, f"{name} is not a list", "structure")
    return value


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise OutcomeError(422, f"{name} is not a text", "structure")
    return value
