"""``$lookup``, ``$subsumes`` and ``CodeSystem/$validate-code`` (FHIR R4, 4.8.14; R5, 4.8.17)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from milia_onto.fhir.outcome import OutcomeError, outcome, shown
from milia_onto.fhir.parameters import group, parameters, part
from milia_onto.fhir.terminology import Coding, folded, names_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from milia_onto.fhir.given import Given
    from milia_onto.fhir.publication import Resource
    from milia_onto.fhir.terminology import Terminology

LOOKUP = {
    "code": "text",
    "system": "text",
    "version": "text",
    "coding": "coding",
    "displayLanguage": "text",
    "property": "text",
}
SUBSUMES = {
    "codeA": "text",
    "codeB": "text",
    "system": "text",
    "version": "text",
    "codingA": "coding",
    "codingB": "coding",
}
VALIDATE = {
    "url": "text",
    "code": "text",
    "version": "text",
    "display": "text",
    "coding": "coding",
    "codeableConcept": "concept",
    "abstract": "flag",
    "displayLanguage": "text",
}
CODE = re.compile(r"\S+( \S+)*")


def lookup(terminology: Terminology, release: str, given: Given) -> Resource:
    """What is known of a code. Raises OutcomeError: 400, 404."""
    coding = _coding(given, "coding", "code", "system", "version")
    terminology.check_system(coding.system, coding.version)
    concept = terminology.concept(coding.code)
    wanted = set(given.texts("property"))
    language = given.text("displayLanguage")
    return parameters(
        [
            part("name", "valueString", terminology.code_system["title"]),
            part("version", "valueString", terminology.version),
            part("display", "valueString", display(concept, language)),
            *_definition(concept, release, wanted),
            *_designations(concept, wanted),
            *_properties(terminology, concept, wanted),
        ]
    )


def _coding(given: Given, coding: str, code: str, system: str, version: str) -> Coding:
    """The Coding that was given, or the one made of single parameters. Raises OutcomeError: 400."""
    whole: Coding | None = given.one(coding)
    if whole and (given.has(code) or given.has(system)):
        raise OutcomeError(400, f"give “{coding}”, or “{code}” and “{system}”, not both")
    if whole:
        if not whole.code or not whole.system:
            raise OutcomeError(400, f"“{coding}” has no system or no code", "required")
        return whole
    return Coding(given.needed(system), given.needed(code), given.text(version))


def display(concept: Resource, language: str = "") -> str:
    """The preferred name in a language (RFC 4647, 3.4: lookup), else the English one."""
    wanted = re.split("[,;]", language, maxsplit=1)[0].strip().lower()
    for named in concept.get("designation", ()):
        is_preferred = named["use"]["code"] == "preferredForLanguage"
        found = named["language"].lower()
        if is_preferred and (wanted == found or wanted.startswith(f"{found}-")):
            return str(named["value"])
    return str(concept["display"])


def _definition(concept: Resource, release: str, wanted: set[str]) -> Iterator[Resource]:
    text = concept.get("definition")
    if text and (not wanted or "definition" in wanted):
        if release == "r5":
            yield part("definition", "valueString", text)
        else:
            # R4 has no parameter for it, but counts it among the properties of every code.
            code = part("code", "valueCode", "definition")
            yield group("property", [code, part("value", "valueString", text)])


def _designations(concept: Resource, wanted: set[str]) -> Iterator[Resource]:
    languages = {name[5:].lower() for name in wanted if name.startswith("lang.")}
    for named in concept.get("designation", ()):
        if not wanted or "designation" in wanted or named["language"].lower() in languages:
            yield group(
                "designation",
                [
                    part("language", "valueCode", named["language"]),
                    part("use", "valueCoding", named["use"]),
                    part("value", "valueString", named["value"]),
                ],
            )


def _properties(
    terminology: Terminology, concept: Resource, wanted: set[str]
) -> Iterator[Resource]:
    for said in concept.get("property", ()):
        if wanted and said["code"] not in wanted:
            continue
        member = next(key for key in said if key.startswith("value"))
        found = [
            part("code", "valueCode", said["code"]),
            part("value", member, said[member]),
        ]
        linked = terminology.concepts.get(said[member]) if member == "valueCode" else None
        if linked:
            found.append(part("description", "valueString", linked["display"]))
        yield group("property", found)


def subsumes(terminology: Terminology, _release: str, given: Given) -> Resource:
    """Whether A is above B, below it, the same or neither. Raises OutcomeError: 400, 404."""
    if given.has("codingA") != given.has("codingB"):
        raise OutcomeError(400, "give codingA and codingB, or codeA, codeB and system")
    pair = [_coding(given, f"coding{x}", f"code{x}", "system", "version") for x in "AB"]
    for coding in pair:
        terminology.check_system(coding.system, coding.version)
        terminology.concept(coding.code)
    first, second = (coding.code for coding in pair)
    if first == second:
        found = "equivalent"
    elif terminology.is_below(second, first):
        found = "subsumes"
    elif terminology.is_below(first, second):
        found = "subsumed-by"
    else:
        found = "not-subsumed"
    return parameters([part("outcome", "valueCode", found)])


def validate_code(terminology: Terminology, release: str, given: Given) -> Resource:
    """Whether a code is one of the code system's. Raises OutcomeError: 400, 404."""
    codings: list[Coding] = list(given.one("codeableConcept") or [])
    if given.has("coding"):
        codings.append(given.one("coding"))
    if given.has("code"):
        address = given.text("url") or terminology.system
        codings.append(
            Coding(address, given.needed("code"), given.text("version"), given.text("display"))
        )
    if given.has("url"):
        terminology.check_system(given.text("url"), given.text("version"))
    elif given.has("code"):
        given.needed("url")
    return judged(terminology, release, given, codings, lambda code: code in terminology.concepts)


def judged(
    terminology: Terminology,
    release: str,
    given: Given,
    codings: list[Coding],
    holds: Callable[[str], bool],
) -> Resource:
    """The answer to both ``$validate-code``: the first coding that fits, or why none does.

    Raises OutcomeError where no coding is given, or in more than one way.
    """
    if not codings:
        raise OutcomeError(400, "give code, coding or codeableConcept", "required")
    if given.has("code") + given.has("coding") + given.has("codeableConcept") > 1:
        raise OutcomeError(400, "give one of code, coding and codeableConcept")
    faults = [(coding, _fault(terminology, coding, holds)) for coding in codings]
    coding, fault = next((pair for pair in faults if not pair[1]), faults[0])
    is_ours = coding.system.partition("|")[0] in {"", terminology.system}
    concept = terminology.concepts.get(coding.code) if is_ours else None
    parts = [part("result", "valueBoolean", not fault)]
    note = fault
    if concept and not fault and terminology.is_inactive(coding.code):
        note = f"{coding.code} was withdrawn"
    if note:
        parts.append(part("message", "valueString", shown(note)))
    if concept:
        name = display(concept, given.text("displayLanguage"))
        parts.append(part("display", "valueString", name))
    if release == "r5":
        parts += _r5(terminology, coding, fault)
    return parameters(parts)


def _fault(terminology: Terminology, coding: Coding, holds: Callable[[str], bool]) -> str:
    """What is wrong with a coding, "" where nothing is."""
    system, code = coding.system or terminology.system, coding.code
    if not code:
        return "the coding has no code"
    try:
        terminology.check_system(system, coding.version)
        concept = terminology.concept(code)
    except OutcomeError as error:
        return error.text
    if not holds(code):
        return f"{code} is not in the value set"
    if coding.display and folded(coding.display) not in map(folded, names_of(concept)):
        return f"{code} is called “{concept['display']}”, not “{coding.display}”"
    return ""


def _r5(terminology: Terminology, coding: Coding, fault: str) -> Iterator[Resource]:
    """What R5 tells beside the result."""
    # What was sent is repeated only where it has the form of a code and of an address.
    if CODE.fullmatch(coding.code):
        yield part("code", "valueCode", coding.code)
    system = coding.system or terminology.system
    if not re.search(r"\s", system):
        yield part("system", "valueUri", system)
    if not fault:
        yield part("version", "valueString", terminology.version)
    else:
        yield {"name": "issues", "resource": outcome("error", "code-invalid", shown(fault))}
