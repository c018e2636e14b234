"""Requests to the FHIR server, and what must come back.

The operations are asked in the forms of the specification's own examples (R4 and R5: lookup by
code and by Coding, subsumes by codes and by Codings, validate-code by code, Coding and
CodeableConcept, expand by url, by id and of a posted value set, translate both ways).
"""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.fhir.asking import posted

S = "https://w3id.org/milia"
VS = f"{S}/fhir/ValueSet"
CM = f"{S}/fhir/ConceptMap"
PRIMARY, EVERY = f"{VS}/milia-primary", f"{VS}/milia-all"
BOTH = ("r4", "r5")
MILIA, TRAUMA, SECONDARY, GONE = "MILIA_0000001", "MILIA_0000013", "MILIA_0000003", "MILIA_0000998"
CM10 = "http://hl7.org/fhir/sid/icd-10-cm"
SCT = "http://snomed.info/sct"


def coding(code: str = TRAUMA, system: str = S, **more: str) -> dict[str, str]:
    return {"system": system, "code": code, **more}


def concept(*codings: dict[str, str]) -> dict[str, Any]:
    return {"coding": list(codings)}


def of_set(*includes: dict[str, Any], **compose: Any) -> dict[str, Any]:
    return {
        "resourceType": "ValueSet",
        "status": "active",
        "compose": {"include": list(includes), **compose},
    }


def is_a(code: str, op: str = "is-a", name: str = "concept") -> dict[str, Any]:
    return {"system": S, "filter": [{"property": name, "op": op, "value": code}]}


class Case(NamedTuple):
    """A request, the releases it is asked in, the status, and parameters of the answer."""

    path: str
    body: Any = None
    releases: tuple[str, ...] = BOTH
    status: int = 200
    expect: dict[str, Any] | None = None


OK = [
    Case(
        f"CodeSystem/$lookup?system={S}&code={TRAUMA}",
        expect={"display": "trauma-associated milia"},
    ),
    Case("CodeSystem/$lookup", posted(coding=coding()), expect={"name": "Milia Ontology"}),
    Case(
        "CodeSystem/$lookup",
        posted(system=S, code=MILIA, displayLanguage="de-AT"),
        expect={"display": "Milien"},
    ),
    Case(
        "CodeSystem/$lookup",
        posted(system=S, code=MILIA, displayLanguage="xx"),
        expect={"display": "milia"},
    ),
    Case(f"CodeSystem/$lookup?system={S}&code={GONE}", expect={"display": "obsolete pearl"}),
    Case(
        f"CodeSystem/$lookup?system={S}&code={MILIA}",
        releases=("r5",),
        expect={"version": "2026-11-21"},
    ),
    Case(
        f"CodeSystem/$subsumes?system={S}&codeA={MILIA}&codeB={TRAUMA}",
        expect={"outcome": "subsumes"},
    ),
    Case(
        f"CodeSystem/$subsumes?system={S}&codeA={TRAUMA}&codeB={MILIA}",
        expect={"outcome": "subsumed-by"},
    ),
    Case(
        f"CodeSystem/$subsumes?system={S}&codeA={MILIA}&codeB={MILIA}",
        expect={"outcome": "equivalent"},
    ),
    Case(
        f"CodeSystem/milia/$subsumes?codeA={TRAUMA}&codeB=MILIA_0000002",
        expect={"outcome": "not-subsumed"},
    ),
    Case(
        "CodeSystem/$subsumes",
        posted(codingA=coding(SECONDARY), codingB=coding()),
        expect={"outcome": "subsumes"},
    ),
    Case(f"CodeSystem/$validate-code?url={S}&code={TRAUMA}", expect={"result": True}),
    Case(
        f"CodeSystem/$validate-code?url={S}&code={TRAUMA}&display=traumatic+milia",
        expect={"result": True},
    ),
    Case(
        f"CodeSystem/$validate-code?url={S}&code={TRAUMA}&display=miliaria",
        expect={"result": False},
    ),
    Case(f"CodeSystem/$validate-code?url={S}&code=MILIA_9", expect={"result": False}),
    Case(f"CodeSystem/milia/$validate-code?code={TRAUMA}", expect={"result": True}),
    Case("CodeSystem/$validate-code", posted(coding=coding()), expect={"result": True}),
    Case(
        "CodeSystem/$validate-code",
        posted(codeableConcept=concept(coding("1", SCT), coding())),
        expect={"result": True},
    ),
    Case(
        "CodeSystem/$validate-code",
        posted(url=S, code=GONE),
        expect={"result": True, "message": f"{GONE} was withdrawn"},
    ),
    Case(
        f"CodeSystem/$validate-code?url={S}&code={TRAUMA}",
        releases=("r5",),
        expect={"code": TRAUMA, "system": S},
    ),
    Case(
        f"ValueSet/$validate-code?url={PRIMARY}&system={S}&code=MILIA_0000004",
        expect={"result": True},
    ),
    Case(
        f"ValueSet/$validate-code?url={PRIMARY}&system={S}&code={TRAUMA}", expect={"result": False}
    ),
    Case(
        f"ValueSet/milia-primary/$validate-code?system={S}&code=MILIA_0000004",
        expect={"result": True},
    ),
    Case(f"ValueSet/$validate-code?url={PRIMARY}&system={SCT}&code=1", expect={"result": False}),
    Case(
        "ValueSet/$validate-code",
        posted(url=EVERY, coding=coding(display="Traumatic  MILIA")),
        expect={"result": True},
    ),
    Case(
        "ValueSet/$validate-code",
        posted(url=EVERY, codeableConcept=concept(coding())),
        expect={"result": True},
    ),
    Case(
        "ValueSet/$validate-code",
        posted(valueSet=of_set(is_a(MILIA)), coding=coding()),
        expect={"result": True},
    ),
    Case(
        f"ValueSet/$validate-code?url={EVERY}&code={MILIA}&inferSystem=true",
        releases=("r5",),
        expect={"result": True},
    ),
    Case(
        f"ConceptMap/$translate?url={CM}/milia-icd10cm&system={S}&code={MILIA}",
        releases=("r4",),
        expect={"result": True},
    ),
    Case(
        f"ConceptMap/milia-icd10cm/$translate?system={S}&sourceCode={MILIA}",
        releases=("r5",),
        expect={"result": True},
    ),
    Case(
        "ConceptMap/$translate",
        posted(coding=coding(MILIA), targetsystem=SCT),
        ("r4",),
        expect={"result": True},
    ),
    Case(
        "ConceptMap/$translate",
        posted(sourceCoding=coding(MILIA), targetSystem=SCT),
        ("r5",),
        expect={"result": True},
    ),
    Case(
        "ConceptMap/$translate",
        posted(codeableConcept=concept(coding(MILIA))),
        ("r4",),
        expect={"result": True},
    ),
    Case(
        "ConceptMap/$translate",
        posted(coding=coding("L72.0", CM10), reverse=True),
        ("r4",),
        expect={"result": True},
    ),
    Case(
        "ConceptMap/$translate",
        posted(targetCoding=coding("L72.0", CM10)),
        ("r5",),
        expect={"result": True},
    ),
    Case(
        "ConceptMap/$translate",
        posted(coding=coding("nothing")),
        ("r4",),
        expect={"result": False, "message": "there is no mapping"},
    ),
    Case(
        f"ConceptMap/$translate?system={S}&code={MILIA}&source={EVERY}",
        releases=("r4",),
        expect={"result": True},
    ),
]

MAPPED = f"system={S}&code={MILIA}"
WRONG = [
    Case(f"CodeSystem/$lookup?system={S}&code=MILIA_9", status=404),
    Case(f"CodeSystem/$lookup?system={SCT}&code=1", status=404),
    Case(f"CodeSystem/$lookup?system={S}&code={MILIA}&version=1999", status=404),
    Case(f"CodeSystem/$lookup?system={S}|1999&code={MILIA}", status=404),
    Case(f"CodeSystem/$lookup?code={MILIA}", status=400),
    Case(f"CodeSystem/$lookup?system={S}", status=400),
    Case(f"CodeSystem/$lookup?system={S}&code=", status=400),
    Case(f"CodeSystem/$lookup?system={S}&code={MILIA}&code={TRAUMA}", status=400),
    Case(f"CodeSystem/$lookup?system={S}&code={MILIA}&flavour=sweet", status=400),
    Case("CodeSystem/$lookup?coding=x", status=400),
    Case("CodeSystem/$lookup", posted(coding={"code": MILIA}), status=400),
    Case("CodeSystem/$lookup", posted(coding=coding(), code=MILIA), status=400),
    Case("CodeSystem/$lookup", posted(coding={"system": 1, "code": MILIA}), status=400),
    Case("CodeSystem/$lookup", posted(system=S, code=True), status=400),
    Case("CodeSystem/$lookup", {"resourceType": "Patient"}, status=400),
    Case("CodeSystem/$lookup", {"resourceType": "Parameters", "parameter": {}}, status=400),
    Case("CodeSystem/$lookup", {"resourceType": "Parameters", "parameter": [1]}, status=400),
    Case(
        "CodeSystem/$lookup",
        {"resourceType": "Parameters", "parameter": [{"name": "code"}]},
        status=400,
    ),
    Case("CodeSystem/$lookup", posted(nonsense="x"), status=400),
    Case("CodeSystem/$lookup", "[]", status=400),
    Case("CodeSystem/$lookup", "{", status=400),
    Case("CodeSystem/$lookup", '{"resourceType": NaN}', status=400),
    Case("CodeSystem/$lookup", '"\\ud800"', status=400),
    Case("CodeSystem/$lookup", "[" * 100_000, status=400),
    Case("CodeSystem/$lookup", "9" * 10_000, status=400),
    Case("CodeSystem/$lookup", b"\xff\xfe", status=400),
    Case("CodeSystem/$lookup", '{"resourceType": "Parameters"}' + " " * 300_000, status=413),
    Case("CodeSystem/milia/$lookup?code=" + MILIA, status=404),
    Case(f"CodeSystem/other/$validate-code?code={MILIA}", status=404),
    Case(f"CodeSystem/$subsumes?system={S}&codeA={MILIA}", status=400),
    Case(f"CodeSystem/$subsumes?system={S}&codeA={MILIA}&codeB=MILIA_9", status=404),
    Case("CodeSystem/$subsumes", posted(codingA=coding(), codeB=MILIA), status=400),
    Case("CodeSystem/$validate-code", posted(url=S), status=400),
    Case("CodeSystem/$validate-code", posted(code=MILIA), status=400),
    Case("CodeSystem/$validate-code", posted(url=SCT, code="1"), status=404),
    Case("CodeSystem/$validate-code", posted(url=S, version="1999", code=MILIA), status=404),
    Case(
        "CodeSystem/$validate-code",
        posted(coding=coding(), codeableConcept=concept(coding())),
        status=400,
    ),
    Case("CodeSystem/$validate-code", posted(codeableConcept={"coding": []}), status=400),
    Case(f"CodeSystem/$validate-code?url={S}&code={MILIA}&abstract=perhaps", status=400),
    Case("ValueSet/$expand", status=400),
    Case(f"ValueSet/$expand?url={VS}/other", status=404),
    Case(f"ValueSet/$expand?url={PRIMARY}|1999", status=404),
    Case(f"ValueSet/$expand?url={PRIMARY}&count=-1", status=400),
    Case(f"ValueSet/$expand?url={PRIMARY}&filter=", status=400),
    Case(f"ValueSet/$expand?url={PRIMARY}&filter=%1C", status=400),
    Case(f"ValueSet/$expand?url={PRIMARY}&count=99999999999", status=400),
    Case(f"ValueSet/$expand?url={PRIMARY}&count=%D9%A3", status=400),
    Case(f"ValueSet/$expand?url={PRIMARY}&includeDefinition=true", status=422),
    Case(f"ValueSet/$expand?url={PRIMARY}&system-version={S}|1999", status=404),
    Case(f"ValueSet/$expand?url={PRIMARY}&property=parent", releases=("r4",), status=400),
    Case(f"ValueSet/$expand?url={PRIMARY}&property=colour", releases=("r5",), status=400),
    Case("ValueSet/$expand", posted(valueSet={"resourceType": "Patient"}), status=400),
    Case("ValueSet/$expand", posted(url=PRIMARY, valueSet=of_set({"system": S})), status=400),
    Case("ValueSet/$expand", {"resourceType": "ValueSet"}, status=422),
    Case("ValueSet/$expand", of_set(), status=422),
    Case("ValueSet/$expand", of_set({"filter": []}), status=422),
    Case("ValueSet/$expand", of_set({"system": SCT}), status=404),
    Case("ValueSet/$expand", of_set({"system": S, "version": "1999"}), status=404),
    Case("ValueSet/$expand", of_set({"system": S, "concept": [{"code": "MILIA_9"}]}), status=404),
    Case("ValueSet/$expand", of_set({"system": S, "concept": [3]}), status=422),
    Case("ValueSet/$expand", of_set({"system": S, "filter": "x"}), status=422),
    Case("ValueSet/$expand", of_set({**is_a(MILIA), "concept": [{"code": MILIA}]}), status=422),
    Case("ValueSet/$expand", of_set(is_a(MILIA, "regex")), status=422),
    Case("ValueSet/$expand", of_set(is_a("MILIA_9")), status=404),
    Case("ValueSet/$expand", of_set({"valueSet": [f"{VS}/other"]}), status=404),
    Case("ValueSet/$expand", of_set({"valueSet": [{}]}), status=422),
    Case(f"ValueSet/$validate-code?url={PRIMARY}&code={MILIA}", status=400),
    Case(f"ConceptMap/$translate?url={CM}/other&{MAPPED}", releases=("r4",), status=404),
    Case("ConceptMap/$translate", releases=BOTH, status=400),
    Case(f"ConceptMap/$translate?{MAPPED}", releases=("r5",), status=400),
    Case(f"ConceptMap/$translate?{MAPPED}&target={EVERY}", releases=("r4",), status=422),
    Case(
        "ConceptMap/$translate", posted(sourceCoding=coding(), targetCoding=coding()), ("r5",), 400
    ),
    Case("ConceptMap/$translate", posted(coding={"code": MILIA}), ("r4",), 400),
    Case("ConceptMap/$closure", status=404),
    Case("$closure", posted(name="x"), status=404),
    Case("$", status=404),
    Case("CodeSystem/a/b/$lookup", status=404),
    Case("", body={"resourceType": "Bundle", "type": "batch"}, status=404),
    Case("Patient", status=404),
    Case("Patient/1", status=404),
    Case("CodeSystem/other", status=404),
    Case("CodeSystem/milia/_history", status=404),
    Case("CodeSystem/milia/_history/1", status=404),
    Case("CodeSystem/..%2F..%2Fetc%2Fpasswd", status=404),
    Case("CodeSystem/%00", status=404),
    Case("metadata?mode=other", status=400),
    Case("CodeSystem?colour=red", status=400),
    Case("CodeSystem?name:below=x", status=400),
    Case("CodeSystem?_count=many", status=400),
    Case("CodeSystem/milia?_summary=perhaps", status=400),
    Case("CodeSystem?_format=xml", status=406),
    Case("CodeSystem?_format=application/fhir%2Bxml", status=406),
    Case("CodeSystem?_format=%3C", status=406),
    Case("CodeSystem?x=%FF", status=400),
    Case("CodeSystem", {"resourceType": "CodeSystem"}, status=405),
    Case("CodeSystem/milia", {"resourceType": "CodeSystem"}, status=405),
    Case("metadata", posted(), status=405),
]
