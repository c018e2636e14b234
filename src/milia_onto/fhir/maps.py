"""``ConceptMap/$translate`` in the words of R4 (4.10.15) and of R5 (4.10.17)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from milia_onto.fhir.outcome import OutcomeError
from milia_onto.fhir.parameters import group, parameters, part
from milia_onto.fhir.terminology import Coding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.fhir.given import Given
    from milia_onto.fhir.publication import Resource
    from milia_onto.fhir.terminology import Terminology

COMMON = {"url": "text", "conceptMapVersion": "text", "system": "text", "version": "text"}
TRANSLATE = {
    "r4": {
        **COMMON,
        "code": "text",
        "coding": "coding",
        "codeableConcept": "concept",
        "source": "text",
        "target": "text",
        "targetsystem": "text",
        "reverse": "flag",
    },
    "r5": {
        **COMMON,
        "sourceCode": "text",
        "sourceCoding": "coding",
        "sourceCodeableConcept": "concept",
        "sourceScope": "text",
        "targetCode": "text",
        "targetCoding": "coding",
        "targetCodeableConcept": "concept",
        "targetScope": "text",
        "targetSystem": "text",
    },
}
# Read from the other end, wider is narrower.
TURNED = {
    "wider": "narrower",
    "narrower": "wider",
    "source-is-narrower-than-target": "source-is-broader-than-target",
    "source-is-broader-than-target": "source-is-narrower-than-target",
}
APART = {"disjoint", "unmatched", "not-related-to"}
MEMBER = {"r4": "equivalence", "r5": "relationship"}


class Asked(NamedTuple):
    """What is to be translated, in which direction, and the system it shall lead to."""

    codings: list[Coding]
    is_reverse: bool
    target: str


class Match(NamedTuple):
    """One end of a map that was found: its Coding, how it relates, the map."""

    coding: Resource
    relation: str
    origin: str


def translate(terminology: Terminology, release: str, given: Given) -> Resource:
    """The codes that a code leads to. Raises OutcomeError: 400, 404."""
    asked = _r4(given) if release == "r4" else _r5(given)
    if not asked.codings:
        raise OutcomeError(400, "no code to translate was given", "required")
    maps = _maps(terminology, release, given)
    found = [m for each in maps for m in _matches(each, asked, MEMBER[release])]
    found.sort(key=lambda match: (match.relation in APART, match.relation != "equivalent"))
    is_found = any(match.relation not in APART for match in found)
    parts = [part("result", "valueBoolean", is_found)]
    if not is_found:
        told = "there is no mapping" if not found else "there are only rows that keep codes apart"
        parts.append(part("message", "valueString", told))
    return parameters([*parts, *(_written(match, release) for match in found)])


def _written(match: Match, release: str) -> Resource:
    origin = "source" if release == "r4" else "originMap"
    return group(
        "match",
        [
            part(MEMBER[release], "valueCode", match.relation),
            part("concept", "valueCoding", match.coding),
            part(origin, "valueUri", match.origin),
        ],
    )


def _maps(terminology: Terminology, release: str, given: Given) -> list[Resource]:
    """The map asked for, or all of them that fit the scope."""
    url, version = given.text("url"), given.text("conceptMapVersion")
    if url:
        return [terminology.canonical(release, "ConceptMap", url, version)]
    scope = given.text("source") or given.text("sourceScope")
    if given.has("target") or given.has("targetScope"):
        raise OutcomeError(422, "the maps here name no target value set; give a target system")
    member = "sourceUri" if release == "r4" else "sourceScopeUri"
    maps = terminology.of_type(release, "ConceptMap")
    return [each for each in maps if scope in {"", each[member]}]


def _r4(given: Given) -> Asked:
    codings = _codings(given, "code", "coding", "codeableConcept")
    return Asked(codings, given.flag("reverse"), given.text("targetsystem"))


def _r5(given: Given) -> Asked:
    forth = _codings(given, "sourceCode", "sourceCoding", "sourceCodeableConcept")
    back = _codings(given, "targetCode", "targetCoding", "targetCodeableConcept")
    if forth and back:
        raise OutcomeError(400, "give a source to translate, or a target to go back from, not both")
    return Asked(forth or back, bool(back), given.text("targetSystem"))


def _codings(given: Given, code: str, coding: str, concept: str) -> list[Coding]:
    if given.has(code) + given.has(coding) + given.has(concept) > 1:
        raise OutcomeError(400, f"give one of {code}, {coding} and {concept}")
    if given.has(code):
        return [Coding(given.needed("system"), given.needed(code), given.text("version"))]
    found = list(given.one(concept) or [])
    if given.has(coding):
        found.append(given.one(coding))
    if any(not each.system or not each.code for each in found):
        raise OutcomeError(400, "a coding has no system or no code", "required")
    return found


def _matches(concept_map: Resource, asked: Asked, member: str) -> Iterator[Match]:
    wanted = {(c.system.partition("|")[0], c.code) for c in asked.codings}
    for rows in concept_map["group"]:
        source, version = _split(rows["source"], rows.get("sourceVersion", ""))
        target = rows["target"]
        to = source if asked.is_reverse else target
        if asked.target and asked.target != to:
            continue
        for element in rows["element"]:
            here = {"system": source, "version": version, **_named(element)}
            for each in element["target"]:
                there = {"system": target, **_named(each)}
                relation = each[member]
                asked_end, found_end = (there, here) if asked.is_reverse else (here, there)
                if (asked_end["system"], asked_end["code"]) in wanted:
                    turned = TURNED.get(relation, relation) if asked.is_reverse else relation
                    url = f"{concept_map['url']}|{concept_map['version']}"
                    yield Match(found_end, turned, url)


def _split(address: str, version: str) -> tuple[str, str]:
    """System and version of a group, which R5 joins by a bar."""
    system, _, behind = address.partition("|")
    return system, version or behind


def _named(found: Resource) -> Resource:
    return {key: found[key] for key in ("code", "display") if key in found}
