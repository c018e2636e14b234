"""Which answer belongs to a request below ``/fhir``: no HTTP here but method, path, parameters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from milia_onto.fhir import codes, maps, sets
from milia_onto.fhir.capability import (
    OPERATIONS,
    capability_statement,
    terminology_capabilities,
)
from milia_onto.fhir.given import from_body, from_query
from milia_onto.fhir.outcome import OutcomeError
from milia_onto.fhir.search import partial, search
from milia_onto.fhir.terminology import TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from milia_onto.fhir.given import Given
    from milia_onto.fhir.publication import Resource
    from milia_onto.fhir.terminology import Terminology

    Operation = Callable[[Terminology, str, Given], Resource]

READS = {"GET", "HEAD"}
MODES = ("full", "normative", "terminology")
# Type and name of an operation; what it takes; what answers it; the parameter that an id fills.
HANDLERS: Mapping[tuple[str, str], tuple[Mapping[str, Mapping[str, str]], Operation, str]] = {
    ("CodeSystem", "lookup"): (dict.fromkeys(("r4", "r5"), codes.LOOKUP), codes.lookup, ""),
    ("CodeSystem", "subsumes"): (
        dict.fromkeys(("r4", "r5"), codes.SUBSUMES),
        codes.subsumes,
        "system",
    ),
    ("CodeSystem", "validate-code"): (
        dict.fromkeys(("r4", "r5"), codes.VALIDATE),
        codes.validate_code,
        "url",
    ),
    ("ValueSet", "expand"): (dict.fromkeys(("r4", "r5"), sets.EXPAND), sets.expand, "url"),
    ("ValueSet", "validate-code"): (
        dict.fromkeys(("r4", "r5"), sets.VALIDATE),
        sets.validate_code,
        "url",
    ),
    ("ConceptMap", "translate"): (maps.TRANSLATE, maps.translate, "url"),
}


@dataclass(frozen=True, slots=True)
class Request:
    """A request: ``path`` is what follows ``/fhir/``, ``body`` a posted resource or None."""

    method: str
    path: str
    release: str
    pairs: list[tuple[str, str]] = field(default_factory=list)
    body: Any = None
    lenient: bool = False


def answer(terminology: Terminology, request: Request) -> Resource:
    """The resource that answers. Raises OutcomeError: 400, 404, 405, 422."""
    parts = request.path.strip("/").split("/")
    operation = parts[-1][1:] if parts[-1].startswith("$") else ""
    if operation:
        return _operate(terminology, request, parts[:-1], operation)
    if parts == ["metadata"]:
        return _metadata(terminology, request)
    if parts == [""]:
        raise OutcomeError(404, "here is a FHIR server: ask /fhir/metadata what it answers")
    kind, rest = parts[0], parts[1:]
    if kind not in TYPES:
        raise OutcomeError(404, f"there is no {kind} here, only {', '.join(TYPES)}")
    if rest == ["_search"]:
        _only(request, {"POST", *READS})
    else:
        _only(request, READS)
    if rest in ([], ["_search"]):
        return search(terminology, request.release, kind, request.pairs, request.lenient)
    if len(rest) == 1:
        asked = dict(request.pairs)
        found = terminology.resource(request.release, kind, rest[0])
        return partial(found, asked.get("_summary", ""), asked.get("_elements", ""))
    raise OutcomeError(404, f"nothing is at {request.path}: there are no histories here")


def _only(request: Request, methods: set[str]) -> None:
    if request.method not in methods:
        told = f"{request.method} is not answered at {request.path or '/'}"
        raise OutcomeError(405, f"{told}: this server is read only")


def _metadata(terminology: Terminology, request: Request) -> Resource:
    _only(request, READS)
    mode = dict(request.pairs).get("mode", "full")
    if mode not in MODES:
        raise OutcomeError(400, f"mode is one of {', '.join(MODES)}", "value")
    if mode == "terminology":
        return terminology_capabilities(terminology, request.release)
    return capability_statement(terminology, request.release)


def _operate(terminology: Terminology, request: Request, place: list[str], name: str) -> Resource:
    kind = place[0] if place else ""
    handler = HANDLERS.get((kind, name))
    if handler is None or len(place) > 2:
        known = ", ".join(f"{k}/${n}" for k, names in OPERATIONS.items() for n in names)
        told = f"there is no operation {request.path}; there are {known}"
        raise OutcomeError(404, told, "not-supported")
    _only(request, {"POST", *READS})
    takes, operation, of_instance = handler
    given = from_query(request.pairs, takes[request.release])
    if request.method == "POST":
        body = request.body
        if isinstance(body, dict) and body.get("resourceType") == "ValueSet":
            # A value set that is posted by itself stands for the parameter of that name.
            body = {
                "resourceType": "Parameters",
                "parameter": [{"name": "valueSet", "resource": body}],
            }
        given = from_body(body, given)
    if len(place) == 2:
        found = terminology.resource(request.release, kind, place[1])
        if not of_instance:
            raise OutcomeError(404, f"${name} is asked of {kind}, not of one {kind}")
        given.add(of_instance, found["url"])
    return operation(terminology, request.release, given)
