"""The FHIR server answers the request matrix, and every answer is valid FHIR of its release."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.fhir import matrix
from tests.fhir.asking import ACCEPT, posted, validate
from tests.fhir.hapi import problems
from tests.fhir.matrix import BOTH, CM10, EVERY, GONE, MILIA, OK, PRIMARY, TRAUMA, VS, WRONG, S

if TYPE_CHECKING:
    from pathlib import Path

    from milia_onto.model.values import Release
    from tests.fhir.asking import Asker


def cases(listed: list[matrix.Case]) -> list[Any]:
    return [
        pytest.param(release, case, id=f"{release}-{number}-{case.path[:50]}")
        for number, case in enumerate(listed)
        for release in case.releases
    ]


def test_the_matrix_is_whole() -> None:
    assert (len(cases(OK)), len(cases(WRONG))) == (62, 187)


@pytest.mark.parametrize(("release", "case"), cases(OK))
def test_what_is_right_is_answered(asker: Asker, release: str, case: matrix.Case) -> None:
    answer = asker(release, case.path, case.body)
    assert answer.status == 200, answer.text
    assert {name: answer[name] for name in case.expect or {}} == case.expect


@pytest.mark.parametrize(("release", "case"), cases(WRONG))
def test_what_is_wrong_is_an_outcome(asker: Asker, release: str, case: matrix.Case) -> None:
    answer = asker(release, case.path, case.body)
    assert answer.resource["resourceType"] == "OperationOutcome"
    assert answer.status == case.status, answer.text
    assert len(answer.text) > 15
    assert answer.headers["cache-control"] == "no-store"


def test_a_lookup_tells_names_links_and_definition(asker: Asker) -> None:
    answer = asker("r4", f"CodeSystem/$lookup?system={S}&code={TRAUMA}")
    said = {(each["code"], each["value"]) for each in answer.all("property")}
    assert ("parent", "MILIA_0000003") in said
    assert ("child", "MILIA_0000040") in said
    assert ("status", "active") in said
    assert any(code == "definition" and "from outside" in text for code, text in said)
    names = {(each["language"], each["value"]) for each in answer.all("designation")}
    assert ("en", "traumatic milia") in names
    only = asker("r4", f"CodeSystem/$lookup?system={S}&code={TRAUMA}&property=parent")
    assert [each["code"] for each in only.all("property")] == ["parent"]
    assert not only.all("designation")
    german = asker("r5", f"CodeSystem/$lookup?system={S}&code={MILIA}&property=lang.de")
    assert {each["language"] for each in german.all("designation")} == {"de"}


def test_a_withdrawn_code_says_so_and_what_to_use(asker: Asker) -> None:
    answer = asker("r5", f"CodeSystem/$lookup?system={S}&code={GONE}")
    said = {each["code"]: each["value"] for each in answer.all("property")}
    assert said["status"] == "deprecated"
    assert said["inactive"] is True
    assert said["deprecationDate"] == "2026-11-01"
    assert said["replacedBy"] == MILIA


@pytest.mark.parametrize("release", BOTH)
def test_an_expansion_can_be_paged_filtered_and_kept_active(asker: Asker, release: str) -> None:
    whole = asker(release, "ValueSet/milia-all/$expand")
    total = whole.resource["expansion"]["total"]
    assert total == len(whole.codes) > 300
    pages = [
        asker(release, f"ValueSet/milia-all/$expand?offset={n}&count=50")
        for n in range(0, total, 50)
    ]
    assert [code for page in pages for code in page.codes] == whole.codes
    assert pages[1].resource["expansion"]["offset"] == 50
    none = asker(release, f"ValueSet/$expand?url={EVERY}&count=0").resource["expansion"]
    assert (none["total"], "contains" in none) == (total, False)
    active = asker(release, f"ValueSet/$expand?url={EVERY}&activeOnly=true")
    assert set(whole.codes) - set(active.codes) == {GONE}
    found = asker(release, f"ValueSet/$expand?url={EVERY}&filter=MILI+plaqu")
    assert "MILIA_0000006" in found.codes
    assert len(found.codes) < 10
    foreign = asker(release, f"ValueSet/$expand?url={EVERY}&filter=grains")
    assert foreign.codes == [MILIA]


def test_an_expansion_has_designations_where_asked(asker: Asker) -> None:
    answer = asker("r4", f"ValueSet/$expand?url={PRIMARY}&includeDesignations=true")
    assert any(each.get("designation") for each in answer.resource["expansion"]["contains"])
    german = asker(
        "r5", f"ValueSet/$expand?url={EVERY}&designation=de&displayLanguage=de&property=parent"
    )
    first = german.resource["expansion"]["contains"][0]
    assert first["display"] == "Milien"
    assert {each["language"] for each in first["designation"]} == {"de"}
    assert {each["code"] for each in first["property"]} == {"parent"}
    assert german.resource["expansion"]["property"][0]["code"] == "parent"


SETS = {
    "one code": (matrix.of_set({"system": S, "concept": [{"code": MILIA}]}), [MILIA]),
    "below": (
        matrix.of_set(matrix.is_a("MILIA_0000006", "descendent-of")),
        ["MILIA_0000022", "MILIA_0000023", "MILIA_0000024"],
    ),
    "excluded": (
        matrix.of_set(matrix.is_a("MILIA_0000006"), exclude=[matrix.is_a("MILIA_0000023")]),
        ["MILIA_0000006", "MILIA_0000022"],
    ),
    "both sets": (
        matrix.of_set({"valueSet": [f"{VS}/milia-en-plaque", f"{VS}/milia-primary"]}),
        ["MILIA_0000022"],
    ),
    "property": (matrix.of_set(matrix.is_a("deprecated", "=", "status")), [GONE]),
    "flag": (matrix.of_set(matrix.is_a("true", "=", "inactive")), [GONE]),
    "not inactive": (matrix.of_set(matrix.is_a("true", "=", "inactive"), inactive=False), []),
    "above": (
        matrix.of_set(matrix.is_a("MILIA_0000013", "generalizes")),
        ["MILIA_0000001", "MILIA_0000003", "MILIA_0000013", "MILIA_0000027", "MILIA_0000028"],
    ),
    "listed": (matrix.of_set(matrix.is_a(f"{MILIA},{TRAUMA}", "in")), [MILIA, TRAUMA]),
    "equal": (matrix.of_set(matrix.is_a(MILIA, "=", "code")), [MILIA]),
}


@pytest.mark.parametrize("name", SETS)
def test_a_posted_value_set_is_worked_out(asker: Asker, name: str) -> None:
    assert len(SETS) == 10
    value_set, wanted = SETS[name]
    assert asker("r4", "ValueSet/$expand", value_set).codes == wanted
    assert asker("r5", "ValueSet/$expand", posted(valueSet=value_set)).codes == wanted


def test_two_expansions_of_one_question_have_one_identifier(asker: Asker) -> None:
    first, second = (asker("r4", "ValueSet/milia-any/$expand?count=3") for _ in range(2))
    other = asker("r4", "ValueSet/milia-any/$expand?count=4")
    ids = [each.resource["expansion"]["identifier"] for each in (first, second, other)]
    assert ids[0] == ids[1] != ids[2]


def test_a_translation_is_read_from_the_code_that_was_asked(asker: Asker) -> None:
    forth = asker("r4", f"ConceptMap/milia-icd10cm/$translate?system={S}&code={MILIA}")
    found = next(m for m in forth.all("match") if m["concept"]["code"] == "L72.0")
    assert (found["equivalence"], found["concept"]["system"]) == ("wider", CM10)
    assert found["source"].startswith(f"{S}/fhir/ConceptMap/milia-icd10cm|")
    back = asker(
        "r4", f"ConceptMap/$translate?system={CM10}&code=L72.0&reverse=true&targetsystem={S}"
    )
    assert {"narrower"} == {
        m["equivalence"] for m in back.all("match") if m["concept"]["code"] == MILIA
    }
    five = asker(
        "r5",
        "ConceptMap/milia-icd10cm/$translate",
        posted(targetCoding={"system": CM10, "code": "L72.0"}),
    )
    ours = next(m for m in five.all("match") if m["concept"]["code"] == MILIA)
    assert ours["relationship"] == "source-is-broader-than-target"
    assert "originMap" in ours


def test_a_negative_row_is_told_and_is_no_translation(asker: Asker) -> None:
    for release, name, word in (("r4", "code", "disjoint"), ("r5", "sourceCode", "not-related-to")):
        answer = asker(
            release, f"ConceptMap/milia-snomedct/$translate?system={S}&{name}=MILIA_0000200"
        )
        kinds = {m.get("equivalence", m.get("relationship")) for m in answer.all("match")}
        assert word in kinds
        assert answer["result"] is bool(kinds - {word})


@pytest.mark.parametrize("release", BOTH)
def test_the_capabilities_name_what_is_answered(asker: Asker, release: str) -> None:
    statement = asker(release, "metadata").resource
    assert statement["fhirVersion"].startswith("4.0" if release == "r4" else "5.0")
    named = {
        f"{each['type']}/${operation['name']}"
        for each in statement["rest"][0]["resource"]
        for operation in each.get("operation", ())
    }
    assert len(named) == 6
    for path in named:
        assert asker(release, path).status == 400
    terminology = asker(release, "metadata?mode=terminology").resource
    assert terminology["codeSystem"][0]["uri"] == S
    for each in terminology["expansion"]["parameter"]:
        answer = asker(release, f"ValueSet/$expand?url={PRIMARY}&{each['name']}=1")
        assert "is no parameter" not in json.dumps(answer.resource)


def test_search_finds_pages_and_cuts(asker: Asker) -> None:
    by_url = asker("r4", f"ValueSet?url={PRIMARY}").resource
    assert (by_url["total"], by_url["entry"][0]["resource"]["id"]) == (1, "milia-primary")
    assert asker("r5", "ValueSet?_id=milia-any,milia-primary").resource["total"] == 2
    assert asker("r4", "ConceptMap?title:contains=snomed").resource["total"] == 1
    assert asker("r4", "CodeSystem?name=mil&status=draft").resource["total"] == 1
    assert asker("r4", "CodeSystem?name:exact=mil").resource["total"] == 0
    assert asker("r4", "NamingSystem").resource["total"] == 1
    count = asker("r4", "ConceptMap?_summary=count").resource
    assert (count["total"], "entry" in count) == (13, False)
    links = {
        each["relation"]: each["url"]
        for each in asker("r4", "ConceptMap?_count=5&_offset=5").resource["link"]
    }
    assert links["next"].endswith("_count=5&_offset=10")
    assert links["previous"].endswith("_count=5&_offset=0")
    lenient = asker("r4", "CodeSystem?colour=red", prefer="handling=lenient")
    assert lenient.resource["total"] == 1
    form = {"content_type": "application/x-www-form-urlencoded"}
    assert asker("r4", "ValueSet/_search", f"url={PRIMARY}", **form).resource["total"] == 1
    assert asker("r4", "ValueSet/_search", "{}").status == 415


def test_parts_of_a_resource_are_marked_as_parts(asker: Asker) -> None:
    whole = asker("r4", "CodeSystem/milia").resource
    summary = asker("r4", "CodeSystem/milia?_summary=true").resource
    assert "concept" in whole
    assert "concept" not in summary
    assert summary["meta"]["tag"][0]["code"] == "SUBSETTED"
    elements = asker("r4", "CodeSystem/milia?_elements=url,CodeSystem.title").resource
    assert set(elements) == {
        "resourceType",
        "id",
        "meta",
        "url",
        "title",
        "status",
        "content",
        "name",
        "date",
    }
    assert asker("r4", "CodeSystem/milia?_summary=false").resource == whole
    assert asker("r4", "CodeSystem/milia?_summary=data").resource == whole


ASKED = {
    "": "4.0",
    "*/*": "4.0",
    "application/json": "4.0",
    "text/html,application/xhtml+xml,*/*;q=0.8": "4.0",
    "application/fhir+json;fhirVersion=4.0": "4.0",
    "application/fhir+json; fhirVersion=5.0": "5.0",
    'application/fhir+json; fhirVersion="5.0"': "5.0",
    "application/fhir+json; fhirVersion=4.0;q=0.5, application/fhir+json; fhirVersion=5.0": "5.0",
    "application/fhir+xml, application/fhir+json;q=0.1": "4.0",
    "application/fhir+json; fhirVersion=3.0": "",
    "application/fhir+xml": "",
    "text/turtle": "",
    "application/fhir+json;q=0": "",
    "application/fhir+json;q=0, */*": "",
    "application/fhir+json;q=0, application/json": "",
    "application/*;q=0, */*": "",
    "application/fhir+json;fhirVersion=4.0;q=0, */*": "5.0",
    "*/*;q=0, application/fhir+json;q=0.1": "4.0",
    "application/fhir+json; fhirVersion=5.0, */*": "5.0",
    "application/json, application/fhir+json; fhirVersion=5.0;q=0.9": "4.0",
}


@pytest.mark.parametrize("accept", ASKED)
def test_the_release_is_chosen_by_accept(asker: Asker, accept: str) -> None:
    assert len(ASKED) == 20
    release = "r5" if ASKED[accept] == "5.0" else "r4"
    answer = asker(release, "metadata", accept=accept)
    if ASKED[accept]:
        assert (
            answer.headers["content-type"] == f"application/fhir+json; fhirVersion={ASKED[accept]}"
        )
        assert answer.headers["vary"] == "Accept"
    else:
        assert answer.status == 406


@pytest.mark.parametrize(
    "form", ["json", "application/json", "application/fhir%2Bjson", "application/fhir+json"]
)
def test_format_beats_accept(asker: Asker, form: str) -> None:
    assert asker("r4", f"metadata?_format={form}", accept="text/turtle").status == 200
    five = asker("r5", f"metadata?_format={form};fhirVersion=5.0", accept=ACCEPT["r4"])
    assert five.resource["fhirVersion"] == "5.0.0"


@pytest.mark.parametrize("path", ["/fhir", "/fhir/", "/fhir?_format=json"])
def test_the_base_leads_to_the_capabilities(asker: Asker, path: str) -> None:
    for method in ("GET", "HEAD"):
        answer = asker("r4", path.removeprefix("/fhir").removeprefix("/"), method=method)
        query = path.partition("?")[2]
        target = f"/fhir/metadata?{query}" if query else "/fhir/metadata"
        assert (answer.status, answer.headers["location"]) == (303, target)


def test_pages_lead_to_the_server_that_was_asked(asker: Asker) -> None:
    found = asker("r4", "ValueSet?_count=2").resource
    links = {each["relation"]: each["url"] for each in found["link"]}
    assert links["self"].startswith("http://milia/fhir/ValueSet?")
    following = asker("r4", links["next"].removeprefix("http://milia/fhir/")).resource
    first, second = ({entry["fullUrl"] for entry in page["entry"]} for page in (found, following))
    assert first.isdisjoint(second)
    assert all(url.startswith("https://w3id.org/milia/fhir/ValueSet/") for url in first | second)
    elsewhere = asker("r4", "ValueSet?_count=2", host="other.example:8443").resource
    assert {each["url"].partition("/fhir/")[0] for each in elsewhere["link"]} == {
        "http://other.example:8443"
    }


# Several lines of one field are one list (RFC 9110, 5.3): fields, path, status
LINES = [
    ([("accept", "text/turtle"), ("accept", "application/fhir+json")], "metadata", 200),
    ([("accept", "application/fhir+json;q=0"), ("accept", "*/*")], "metadata", 406),
    ([("prefer", "return=minimal"), ("prefer", "handling=lenient")], "CodeSystem?colour=red", 200),
    ([("prefer", "return=minimal")], "CodeSystem?colour=red", 400),
]


@pytest.mark.parametrize(("fields", "path", "status"), LINES)
def test_lines_of_one_field_are_one_list(
    asker: Asker, fields: list[tuple[str, str]], path: str, status: int
) -> None:
    transport = httpx.ASGITransport(asker.app)

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://milia") as client:
            client.headers.pop("accept")
            return await client.get(f"/fhir/{path}", headers=fields)

    assert asyncio.run(ask()).status_code == status


@pytest.mark.parametrize(
    ("path", "accept"),
    [
        ("metadata", "application/fhir+json"),
        ("nope", "application/fhir+json"),
        ("CodeSystem/$lookup?code=x", "application/fhir+json"),
        ("metadata", "application/fhir+xml"),
    ],
)
def test_head_tells_the_length_of_what_it_leaves_out(asker: Asker, path: str, accept: str) -> None:
    whole = asker("r4", path, accept=accept)
    head = asker("r4", path, accept=accept, method="HEAD")
    assert (head.status, dict(head.headers)) == (whole.status, dict(whole.headers))
    assert (head.resource, int(head.headers["content-length"]) > 100) == ({}, True)


def test_who_wants_another_answer_is_told_that_it_is_not_there(asker: Asker) -> None:
    tag = asker("r4", "CodeSystem/milia").headers["etag"]
    other = asker("r4", "CodeSystem/milia", if_match='"other"')
    assert (other.status, other.resource["resourceType"]) == (412, "OperationOutcome")
    assert asker("r4", "CodeSystem/milia", if_match=f'"other", {tag}').status == 200


def test_answers_are_cached_and_errors_are_not(asker: Asker) -> None:
    first = asker("r4", "CodeSystem/milia")
    again = asker("r4", "CodeSystem/milia", if_none_match=first.headers["etag"])
    assert (again.status, again.resource) == (304, {})
    assert asker("r4", "CodeSystem/milia", method="HEAD").status == 200
    assert asker("r4", "CodeSystem/nothing", method="HEAD").status == 404
    preflight = asker("r4", "CodeSystem/$lookup", method="OPTIONS")
    assert (preflight.status, preflight.headers["access-control-allow-origin"]) == (204, "*")
    assert "Prefer" in preflight.headers["access-control-allow-headers"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "path", ["CodeSystem", "CodeSystem/milia", "CodeSystem/$lookup", "metadata"]
)
def test_nothing_can_be_written(asker: Asker, method: str, path: str) -> None:
    answer = asker("r4", path, {"resourceType": "CodeSystem"}, method=method)
    assert (answer.status, answer.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_an_address_may_be_too_long(asker: Asker) -> None:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/fhir/CodeSystem", "headers": []}
    asyncio.run(asker.app({**scope, "query_string": b"x" * 300_000}, receive, send))
    assert sent[0]["status"] == 414
    validate(json.loads(sent[1]["body"]), "r4")


def test_a_resource_is_posted_as_json(asker: Asker) -> None:
    assert (
        asker("r4", "CodeSystem/$lookup", "<x/>", content_type="application/fhir+xml").status == 415
    )


@pytest.mark.timeout(900)
@pytest.mark.needs("hapi", "javac")
@pytest.mark.parametrize("release", BOTH)
def test_the_answers_hold_before_the_reference_validator(
    asker: Asker, released: Release, release: str, tmp_path: Path
) -> None:
    """A batch of the answers that were given above, of every kind."""
    for case in OK:
        if release in case.releases:
            asker(release, case.path, case.body)
    for path in (
        "metadata",
        "metadata?mode=terminology",
        "ConceptMap?_count=2",
        "ValueSet/milia-any/$expand?count=5",
        "CodeSystem/other",
        "NamingSystem/milia",
    ):
        asker(release, path)
    batch = asker.kept[release][-40:]
    assert len(batch) > 30
    known = tmp_path / "known.json"
    known.write_bytes(released.files["fhir/CodeSystem-milia.json"])
    assert problems(release, batch, [known]) == []
