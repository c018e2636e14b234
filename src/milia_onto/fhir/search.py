"""Reading and searching the resources (FHIR R5, 3.2.1), and the parts of them asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from milia_onto.fhir.outcome import OutcomeError
from milia_onto.fhir.publication import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milia_onto.fhir.publication import Resource
    from milia_onto.fhir.terminology import Terminology

# Name of the search parameter, and its type: the names are those of the elements.
BY = {"_id": "token", "url": "uri", "version": "token", "name": "string", "title": "string"}
BY |= {"status": "token"}
OF_THE_PAGE = {"_count", "_offset", "_summary", "_elements", "_format", "_pretty", "_total"}
MOST, USUAL = 200, 50
# What FHIR marks as part of the summary (Σ), as far as it is used here.
SUMMARY = {
    *("resourceType", "id", "meta", "url", "version", "name", "title", "status", "experimental"),
    *("date", "publisher", "contact", "content", "count", "caseSensitive", "valueSet"),
    *("hierarchyMeaning", "compositional", "versionNeeded", "property", "kind", "uniqueId"),
    *("sourceUri", "sourceScopeUri"),
}
# What a resource may not lack, so it is there whatever was asked for.
MANDATORY = {"resourceType", "id", "meta", "status", "content", "name", "kind", "date", "uniqueId"}
DATA_WITHOUT = {"text"}
SUMMARIES = ("true", "text", "data", "count", "false")
SUBSETTED = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
    "code": "SUBSETTED",
}

Pairs = list[tuple[str, str]]


def search(
    terminology: Terminology, release: str, kind: str, pairs: Pairs, lenient: bool
) -> Resource:
    """A searchset Bundle. Raises OutcomeError: 400 for what is no search parameter here."""
    found = terminology.of_type(release, kind)
    for name, value in pairs:
        base = name.partition(":")[0]
        if base in BY:
            found = [each for each in found if _fits(each, name, value)]
        elif base not in OF_THE_PAGE and not lenient:
            known = ", ".join([*BY, *sorted(OF_THE_PAGE)])
            raise OutcomeError(400, f"“{name}” is no search parameter here; there are {known}")
    asked = dict(pairs)
    count, offset = _number(asked, "_count", USUAL), _number(asked, "_offset", 0)
    bundle: Resource = {"resourceType": "Bundle", "type": "searchset", "total": len(found)}
    bundle["link"] = _links(kind, pairs, min(count, MOST), offset, len(found))
    page = found[offset : offset + min(count, MOST)]
    if asked.get("_summary") == "count":
        page = []
    if page:
        bundle["entry"] = [
            {
                "fullUrl": f"{ROOT}{kind}/{each['id']}",
                "resource": partial(each, asked.get("_summary", ""), asked.get("_elements", "")),
                "search": {"mode": "match"},
            }
            for each in page
        ]
    return bundle


def _fits(resource: Resource, name: str, value: str) -> bool:
    """Whether a resource fits one parameter; a comma is *or* (R5, 3.2.1.5.7)."""
    base, _, modifier = name.partition(":")
    have = str(resource.get(base.removeprefix("_"), ""))
    kind = BY[base]
    if modifier and (kind, modifier) not in {("string", "exact"), ("string", "contains")}:
        raise OutcomeError(400, f"the modifier of “{name}” is not answered here")
    for wanted in value.split(","):
        if kind != "string" or modifier == "exact":
            # A token may come with a system: |draft is the status draft of no system.
            if wanted in {have, f"|{have}"}:
                return True
        elif modifier == "contains":
            if wanted.casefold() in have.casefold():
                return True
        elif have.casefold().startswith(wanted.casefold()):
            return True
    return False


def _number(asked: dict[str, str], name: str, default: int) -> int:
    text = asked.get(name, "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 10):
        raise OutcomeError(400, f"“{name}” is a whole number, not “{text}”", "value")
    return int(text) if text else default


def _links(kind: str, pairs: Pairs, count: int, offset: int, total: int) -> list[Resource]:
    kept = [(name, value) for name, value in pairs if name not in {"_count", "_offset"}]

    def link(relation: str, at: int) -> Resource:
        query = urlencode([*kept, ("_count", count), ("_offset", at)])
        return {"relation": relation, "url": f"{ROOT}{kind}?{query}"}

    found = [link("self", offset)]
    if count and offset + count < total:
        found.append(link("next", offset + count))
    if count and offset:
        found.append(link("previous", max(0, offset - count)))
    return found


def partial(resource: Resource, summary: str, elements: str) -> Resource:
    """The parts of a resource asked for, marked as such (R5, 3.2.1.7.7, 3.2.1.7.8).

    Raises OutcomeError where ``summary`` is none of ``SUMMARIES``.
    """
    if summary and summary not in SUMMARIES:
        raise OutcomeError(400, f"_summary is one of {', '.join(SUMMARIES)}", "value")
    kept: Sequence[str] | set[str] = list(resource)
    if elements:
        names = {name.strip().rpartition(".")[2] for name in elements.split(",")}
        kept = names | MANDATORY
    elif summary == "true":
        kept = SUMMARY
    elif summary in {"text", "count"}:
        kept = MANDATORY | {"text"}
    elif summary == "data":
        kept = [key for key in resource if key not in DATA_WITHOUT]
    found = {key: value for key, value in resource.items() if key in kept}
    if len(found) < len(resource):
        head: Resource = {key: found.pop(key) for key in ("resourceType", "id") if key in found}
        return {**head, "meta": {"tag": [SUBSETTED]}, **found}
    return found
