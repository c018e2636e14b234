"""The parameters of an operation, from an address or from a Parameters resource (R5, 3.2.0.7)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from milia_onto.fhir.outcome import OutcomeError
from milia_onto.fhir.terminology import Coding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# What a parameter takes, and the value[x] that may carry it in a Parameters resource.
MEMBERS = {
    "text": {
        *("valueString", "valueCode", "valueUri", "valueUrl", "valueCanonical", "valueId"),
        *("valueDateTime", "valueDate", "valueInstant", "valueMarkdown"),
    },
    "flag": {"valueBoolean"},
    "number": {"valueInteger", "valuePositiveInt", "valueUnsignedInt"},
    "coding": {"valueCoding"},
    "concept": {"valueCodeableConcept"},
    "resource": {"resource"},
}
# Asked of the exchange and not of the operation.
OF_THE_EXCHANGE = {"_format", "_pretty", "_summary", "_elements"}
MOST = 2**31 - 1


class Given:
    """What was given, under the names and kinds that an operation takes (``takes``)."""

    def __init__(self, takes: Mapping[str, str]) -> None:
        self.takes = takes
        self.values: dict[str, list[Any]] = {}

    def add(self, name: str, value: Any) -> None:
        """One more value. Raises OutcomeError: 400 for a name that the operation does not take."""
        if name not in self.takes:
            known = ", ".join(self.takes)
            raise OutcomeError(400, f"“{name}” is no parameter here; there are {known}")
        if isinstance(value, str) and not value.strip():
            raise OutcomeError(400, f"the parameter “{name}” is empty", "required")
        if isinstance(value, str) and not value.isprintable():
            raise OutcomeError(400, f"the parameter “{name}” holds control characters", "value")
        self.values.setdefault(name, []).append(value)

    def has(self, name: str) -> bool:
        """Whether the parameter was given."""
        return name in self.values

    def one(self, name: str) -> Any:
        """The value, or None. Raises OutcomeError: 400 where there are several."""
        found = self.values.get(name, [None])
        if len(found) > 1:
            raise OutcomeError(400, f"“{name}” was given {len(found)} times; give it once")
        return found[0]

    def text(self, name: str) -> str:
        """The text, "" where there is none."""
        return self.one(name) or ""

    def texts(self, name: str) -> list[str]:
        """All texts of a parameter that may be repeated."""
        return self.values.get(name, [])

    def flag(self, name: str, default: bool = False) -> bool:
        """Whether it is true."""
        found = self.one(name)
        return default if found is None else bool(found)

    def needed(self, name: str) -> str:
        """The text. Raises OutcomeError: 400 where it is missing or empty."""
        found = self.text(name)
        if not found:
            raise OutcomeError(400, f"the parameter “{name}” is missing", "required")
        return found


def from_query(pairs: Iterable[tuple[str, str]], takes: Mapping[str, str]) -> Given:
    """Parameters of an address. Raises OutcomeError: those with a structure can only be posted."""
    given = Given(takes)
    for name, value in pairs:
        if name in OF_THE_EXCHANGE:
            continue
        kind = takes.get(name, "")
        if kind in {"coding", "concept", "resource"}:
            told = f"“{name}” has a structure: send it by POST in a Parameters resource"
            raise OutcomeError(400, told)
        given.add(name, _read(name, kind, value))
    return given


def _read(name: str, kind: str, value: str) -> Any:
    if kind == "flag":
        if value not in {"true", "false"}:
            raise OutcomeError(400, f"“{name}” is true or false, not “{value}”", "value")
        return value == "true"
    if kind == "number":
        if not re.fullmatch(r"[0-9]{1,10}", value) or int(value) > MOST:
            told = f"“{name}” is a whole number from 0 to {MOST}, not “{value}”"
            raise OutcomeError(400, told, "value")
        return int(value)
    return value


def from_body(body: Any, given: Given) -> Given:
    """Adds the parameters of a posted Parameters resource to those of the address.

    Raises OutcomeError where the body is no such resource or a parameter is malformed.
    """
    if not isinstance(body, dict) or body.get("resourceType") != "Parameters":
        raise OutcomeError(400, "the body is not a Parameters resource", "structure")
    parts = body.get("parameter", [])
    if not isinstance(parts, list):
        raise OutcomeError(400, "Parameters.parameter is not a list", "structure")
    for number, part in enumerate(parts):
        place = f"Parameters.parameter[{number}]"
        if not isinstance(part, dict) or not isinstance(part.get("name"), str):
            raise OutcomeError(400, f"{place} has no name", "structure")
        name = part["name"]
        kind = given.takes.get(name)
        if kind is None:
            given.add(name, None)
            continue
        members = [key for key in part if key.startswith("value") or key == "resource"]
        if len(members) != 1 or members[0] not in MEMBERS[kind]:
            wanted = ", ".join(sorted(MEMBERS[kind]))
            raise OutcomeError(400, f"{place} (“{name}”) has one of {wanted}", "structure")
        given.add(name, _checked(place, kind, part[members[0]]))
    return given


def _checked(place: str, kind: str, value: Any) -> Any:
    fits = {
        "text": isinstance(value, str),
        "flag": isinstance(value, bool),
        "number": isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST,
        "coding": isinstance(value, dict),
        "concept": isinstance(value, dict),
        "resource": isinstance(value, dict),
    }
    if not fits[kind]:
        raise OutcomeError(400, f"the value of {place} is malformed", "value")
    if kind == "coding":
        return _coding(place, value)
    if kind == "concept":
        codings = value.get("coding", [])
        if not isinstance(codings, list) or not codings:
            raise OutcomeError(400, f"the CodeableConcept of {place} has no coding", "required")
        return [_coding(place, each) for each in codings]
    return value


def _coding(place: str, value: Any) -> Coding:
    wanted = ("system", "code", "version", "display")
    found = [value.get(name, "") for name in wanted] if isinstance(value, dict) else []
    texts = [each for each in found if isinstance(each, str)]
    if len(texts) != len(wanted):
        raise OutcomeError(400, f"the Coding of {place} is malformed", "value")
    return Coding(*texts)
