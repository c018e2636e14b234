"""Works out which codes a value set holds (FHIR R5, 4.9.5: compose, include, exclude, filter)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from milia_onto.fhir.outcome import OutcomeError

if TYPE_CHECKING:
    from collections.abc import Callable, Set

    from milia_onto.fhir.publication import Resource
    from milia_onto.fhir.terminology import Terminology

DEPTH = 8
# How many includes, excludes, filters and named value sets one value set may need.
MOST_STEPS = 500
FILTER = ("property", "op", "value")
OPERATORS: dict[str, Callable[[Terminology, str], Set[str]]] = {
    "=": lambda _, value: {value},
    "is-a": lambda t, value: {value} | t.below(value),
    "descendent-of": lambda t, value: t.below(value),
    "is-not-a": lambda t, value: t.concepts.keys() - {value} - t.below(value),
    "generalizes": lambda t, value: {value} | t.above(value),
    "in": lambda t, value: t.concepts.keys() & set(value.split(",")),
    "not-in": lambda t, value: t.concepts.keys() - set(value.split(",")),
}


def members(terminology: Terminology, release: str, value_set: Resource) -> list[str]:
    """The codes of a value set in the order of the code system.

    Raises OutcomeError: 404 for a system or value set that is not here, 422 for what is not
    understood or needs more than 500 steps. What is not understood is never passed over: the set
    would be another one.
    """
    found = _Composer(terminology, release).composed(value_set, DEPTH)
    return [code for code in terminology.concepts if code in found]


class _Composer:
    """Works out one value set, and those that it names, in no more steps than allowed."""

    def __init__(self, terminology: Terminology, release: str) -> None:
        self.terminology, self.release = terminology, release
        self.left = MOST_STEPS

    def _steps(self, owner: Resource, name: str) -> list[Any]:
        found = _list(owner, name)
        self.left -= len(found)
        if self.left < 0:
            told = f"the value set has more than {MOST_STEPS} parts, filters and value sets in all"
            raise OutcomeError(422, told, "too-costly")
        return found

    def composed(self, value_set: Resource, depth: int) -> set[str]:
        """The codes of a value set that ``depth`` others may stand between."""
        compose = _object(value_set.get("compose"), "compose")
        if not depth:
            raise OutcomeError(422, "the value sets refer to each other too deep", "too-costly")
        includes = self._steps(compose, "include")
        if not includes:
            raise OutcomeError(422, "the value set has no compose.include", "required")
        found: set[str] = set()
        for part in includes:
            found |= self._part(_object(part, "include"), depth)
        for part in self._steps(compose, "exclude"):
            found -= self._part(_object(part, "exclude"), depth)
        if compose.get("inactive") is False:
            found = {code for code in found if not self.terminology.is_inactive(code)}
        return found

    def _part(self, part: Resource, depth: int) -> set[str]:
        """The codes that fit the system and every value set that the part names."""
        sets = []
        if "system" in part:
            sets.append(self._of_system(part))
        elif "filter" in part or "concept" in part:
            raise OutcomeError(
                422, "a filter or a list of codes has no system (vsd-1)", "invariant"
            )
        for url in self._steps(part, "valueSet"):
            address = _text(url, "valueSet")
            other = self.terminology.canonical(self.release, "ValueSet", address)
            sets.append(self.composed(other, depth - 1))
        if not sets:
            raise OutcomeError(422, "a part names no system and no value set (vsd-1)", "invariant")
        return set.intersection(*sets)

    def _of_system(self, part: Resource) -> set[str]:
        version = _text(part.get("version", ""), "version")
        self.terminology.check_system(_text(part["system"], "system"), version)
        listed, filters = _list(part, "concept"), self._steps(part, "filter")
        if listed and filters:
            raise OutcomeError(422, "a part has codes and filters (vsd-3)", "invariant")
        if listed:
            codes = [_text(_object(each, "concept").get("code"), "concept.code") for each in listed]
            return {code for code in codes if self.terminology.concept(code)}
        found = set(self.terminology.concepts)
        for rule in filters:
            found &= _filtered(self.terminology, _object(rule, "filter"))
        return found


def _filtered(terminology: Terminology, rule: Resource) -> Set[str]:
    name, operator, value = (_text(rule.get(key), f"filter.{key}") for key in FILTER)
    if name in {"concept", "code"} and operator in OPERATORS:
        if operator not in {"in", "not-in"}:
            terminology.concept(value)
        return OPERATORS[operator](terminology, value)
    known = {p["code"] for p in terminology.code_system["property"]}
    if name in known and operator == "=":
        return terminology.having.get((name, value), frozenset())
    told = f"the filter “{name} {operator}” is not understood"
    raise OutcomeError(422, f"{told}; concept takes {', '.join(OPERATORS)}, a property takes =")


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
