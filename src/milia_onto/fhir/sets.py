"""``ValueSet/$expand`` and ``ValueSet/$validate-code`` (FHIR R4, 4.9.18; R5, 4.9.17)."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING

from milia_onto.fhir import codes
from milia_onto.fhir.compose import members
from milia_onto.fhir.outcome import OutcomeError
from milia_onto.fhir.terminology import Coding, folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.fhir.given import Given
    from milia_onto.fhir.publication import Resource
    from milia_onto.fhir.terminology import Terminology

EXPAND = {
    "url": "text",
    "valueSet": "resource",
    "valueSetVersion": "text",
    "filter": "text",
    "offset": "number",
    "count": "number",
    "includeDesignations": "flag",
    "designation": "text",
    "includeDefinition": "flag",
    "activeOnly": "flag",
    "excludeNested": "flag",
    "excludeNotForUI": "flag",
    "excludePostCoordinated": "flag",
    "displayLanguage": "text",
    "system-version": "text",
    "check-system-version": "text",
    "force-system-version": "text",
    "property": "text",
}
VALIDATE = {
    "url": "text",
    "valueSet": "resource",
    "valueSetVersion": "text",
    "code": "text",
    "system": "text",
    "systemVersion": "text",
    "display": "text",
    "coding": "coding",
    "codeableConcept": "concept",
    "abstract": "flag",
    "inferSystem": "flag",
    "displayLanguage": "text",
}
# Every code here stands alone, has no syntax and may be shown: asking for that changes nothing.
MOOT = {"excludeNested", "excludeNotForUI", "excludePostCoordinated"}
VERSIONS = ("system-version", "check-system-version", "force-system-version")


def expand(terminology: Terminology, release: str, given: Given) -> Resource:
    """A value set with the codes it holds. Raises OutcomeError: 400, 404, 422."""
    value_set = _value_set(terminology, release, given)
    for name in VERSIONS:
        for address in given.texts(name):
            terminology.check_system(address)
    if release == "r4" and given.has("property"):
        raise OutcomeError(400, "“property” is a parameter of R5: ask with fhirVersion=5.0")
    if given.flag("includeDefinition"):
        raise OutcomeError(422, "definitions are not put into expansions: use $lookup")
    found = members(terminology, release, value_set)
    if given.flag("activeOnly"):
        found = [code for code in found if not terminology.is_inactive(code)]
    sought = set(folded(given.text("filter")).split())
    found = [code for code in found if _fits(terminology.words[code], sought)]
    offset, count = given.one("offset") or 0, given.one("count")
    page = found[offset:] if count is None else found[offset : offset + count]
    expansion = {
        "identifier": _identifier(value_set, terminology, given),
        "timestamp": terminology.code_system["date"],
        "total": len(found),
        **({"offset": offset} if given.has("offset") or given.has("count") else {}),
        "parameter": list(_told(terminology, given)),
        **_declared(terminology, given),
        "contains": [_contained(terminology, code, given) for code in page],
    }
    if not page:
        del expansion["contains"]
    return {**{k: v for k, v in value_set.items() if k != "expansion"}, "expansion": expansion}


def _value_set(terminology: Terminology, release: str, given: Given) -> Resource:
    posted: Resource | None = given.one("valueSet")
    if (posted is None) == (not given.has("url")):
        raise OutcomeError(400, "give the url of a value set, or post one as valueSet")
    if posted is None:
        url, version = given.needed("url"), given.text("valueSetVersion")
        return terminology.canonical(release, "ValueSet", url, version)
    if posted.get("resourceType") != "ValueSet":
        raise OutcomeError(400, "the parameter valueSet holds no ValueSet", "structure")
    kept: Resource = {
        k: posted[k] for k in ("url", "version", "name", "title", "compose") if k in posted
    }
    if not all(isinstance(v, str) for k, v in kept.items() if k != "compose"):
        raise OutcomeError(400, "url, version, name and title of the ValueSet are texts")
    return {"resourceType": "ValueSet", **kept, "status": "active"}


def _fits(words: tuple[str, ...], sought: set[str]) -> bool:
    return all(any(word.startswith(start) for word in words) for start in sought)


def _identifier(value_set: Resource, terminology: Terminology, given: Given) -> str:
    """The same question to the same version is the same expansion."""
    asked = {k: v for k, v in given.values.items() if k != "valueSet"}
    text = json.dumps([value_set.get("compose"), asked, terminology.version], sort_keys=True)
    return uuid.uuid5(uuid.NAMESPACE_URL, text).urn


def _told(terminology: Terminology, given: Given) -> Iterator[Resource]:
    """The parameters that shaped the expansion (ValueSet.expansion.parameter)."""
    members_of = {"flag": "valueBoolean", "number": "valueInteger", "text": "valueString"}
    for name, values in given.values.items():
        if name not in {"url", "valueSet", "valueSetVersion", *MOOT}:
            for value in values:
                yield {"name": name, members_of[given.takes[name]]: value}
    yield {"name": "version", "valueUri": f"{terminology.system}|{terminology.version}"}


def _declared(terminology: Terminology, given: Given) -> Resource:
    """The properties asked for (R5). Raises OutcomeError: 400 for one that is not declared."""
    known = {p["code"]: p["uri"] for p in terminology.code_system["property"]}
    wanted = given.texts("property")
    for name in wanted:
        if name not in known:
            raise OutcomeError(400, f"“{name}” is no property; there are {', '.join(known)}")
    return {"property": [{"code": n, "uri": known[n]} for n in wanted]} if wanted else {}


def _contained(terminology: Terminology, code: str, given: Given) -> Resource:
    concept = terminology.concepts[code]
    found: Resource = {"system": terminology.system}
    if terminology.is_inactive(code):
        found["inactive"] = True
    language = given.text("displayLanguage")
    found |= {"code": code, "display": codes.display(concept, language)}
    languages = {name.rpartition("|")[2] for name in given.texts("designation")}
    if given.flag("includeDesignations") or languages:
        shown = [
            named
            for named in concept.get("designation", ())
            if not languages or named["language"] in languages
        ]
        if shown:
            found["designation"] = shown
    said = [p for p in concept.get("property", ()) if p["code"] in given.texts("property")]
    if said:
        found["property"] = said
    return found


def validate_code(terminology: Terminology, release: str, given: Given) -> Resource:
    """Whether a code is in a value set. Raises OutcomeError: 400, 404, 422."""
    found = set(members(terminology, release, _value_set(terminology, release, given)))
    codings: list[Coding] = list(given.one("codeableConcept") or [])
    if given.has("coding"):
        codings.append(given.one("coding"))
    if given.has("code"):
        # All value sets here are of one system, so there is nothing to infer it from but that.
        system = "" if given.flag("inferSystem") else given.needed("system")
        version, shown = given.text("systemVersion"), given.text("display")
        codings.append(Coding(system, given.needed("code"), version, shown))
    return codes.judged(terminology, release, given, codings, lambda code: code in found)
