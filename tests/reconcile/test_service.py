"""The reconciliation service asked as OpenRefine asks it; answers are valid, wrong requests 4xx.

The schemas in ``tests/data/reconcile`` are our own, written after the text of the Reconciliation
Service API 0.2.
"""

from __future__ import annotations

import asyncio
import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import jsonschema
import pytest
from starlette.applications import Starlette

from milia_onto.publish.lookup import index_of
from milia_onto.reconcile import read
from milia_onto.serve.asked import MOST_BYTES
from milia_onto.serve.reconcile import routes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

    from milia_onto.publish.lookup import Index

PROJECT = Path(__file__).resolve().parents[2]
SCHEMAS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in (PROJECT / "tests" / "data" / "reconcile").glob("*.json")
}
MILIA, PLAQUE = "MILIA_0000001", "MILIA_0000006"


class Client:
    """Asks the application without a socket; an exception of it fails the test, and is no 500."""

    def __init__(self, index: Index) -> None:
        app = Starlette(routes=list(routes(index)))
        transport = httpx.ASGITransport(app, raise_app_exceptions=True)
        self.line = httpx.AsyncClient(transport=transport, base_url="http://refine.example")
        self.runner = asyncio.Runner()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.runner.run(self.line.aclose())
        self.runner.close()

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        return self.runner.run(self.line.request(method, path, **more))

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.request("GET", path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self.request("POST", path, **more)


def terms() -> Index:
    return index_of((PROJECT / "build" / "terms.jsonld").read_bytes())


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    with Client(terms()) as asking:
        yield asking


def valid(found: Any, name: str) -> Any:
    jsonschema.Draft202012Validator(SCHEMAS[name]).validate(found)
    return found


def post(client: Client, **queries: Any) -> dict[str, list[dict[str, Any]]]:
    """A batch as OpenRefine sends it: a form with JSON in it."""
    valid(queries, "query-batch")
    answer = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["content-type"] == "application/json"
    found = valid(answer.json(), "result-batch")
    assert list(found) == list(queries)
    return {key: value["result"] for key, value in found.items()}


def test_the_schemas_are_sound_and_refuse_what_they_should() -> None:
    assert len(SCHEMAS) == 9
    for schema in SCHEMAS.values():
        jsonschema.Draft202012Validator.check_schema(schema)
    wrong: list[tuple[str, Any]] = [
        ("manifest", {"name": "x"}),
        ("query-batch", {"q": {"limit": 3}}),
        ("query-batch", {"q": {"query": "x", "colour": "red"}}),
        ("result-batch", {"q": []}),
        ("result-batch", {"q": {"result": [{"id": "x", "name": "x"}]}}),
        ("suggest-entity", {"result": [{"id": "x"}]}),
        ("extension-response", {"meta": [], "rows": {"x": {"p": [{"str": 3}]}}}),
        ("extension-query", {"ids": ["x"]}),
    ]
    for name, value in wrong:
        with pytest.raises(jsonschema.ValidationError):
            valid(value, name)


def test_the_manifest_names_services_that_answer(client: Client) -> None:
    found = valid(client.get("/reconcile").json(), "manifest")
    assert found["versions"] == ["0.2"]
    assert "milia" in [kind["name"] for kind in found["defaultTypes"]]
    for name, service in found["suggest"].items():
        address = service["service_url"] + service["service_path"]
        answer = client.get(address, params={"prefix": "mil"})
        valid(answer.json(), f"suggest-{name}")
    proposing = found["extend"]["propose_properties"]
    address = proposing["service_url"] + proposing["service_path"]
    valid(client.get(address, params={"type": MILIA}).json(), "property-proposal")
    page = client.get(found["preview"]["url"].replace("{{id}}", MILIA))
    assert page.status_code == 200
    assert found["view"]["url"].replace("{{id}}", MILIA) == "https://w3id.org/milia/MILIA_0000001"


def test_the_manifest_is_the_same_with_a_jsonp_callback(client: Client) -> None:
    answer = client.get("/reconcile", params={"callback": "alert"})
    assert answer.json() == client.get("/reconcile").json()
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_unlikely_host_is_not_written_into_the_manifest(client: Client) -> None:
    answer = client.get("/reconcile", headers={"Host": 'a"><script>'})
    assert answer.status_code == 400
    assert "script" not in answer.text


# what is asked, who is first, and whether it is certain
FOUND = [
    ("milia", MILIA, True),
    ("Milium", MILIA, True),
    ("  MILIA ", MILIA, True),
    ("milk spots", MILIA, True),
    ("MILIA:0000006", PLAQUE, True),
    ("MILIA_0000006", PLAQUE, True),
    ("https://w3id.org/milia/MILIA_0000006", PLAQUE, True),
    ("HP:0001056", MILIA, True),
    ("mila en plaqeu", PLAQUE, False),
    ("plaque milia", PLAQUE, False),
    ("miliaria", MILIA, False),
    ("lupus miliaris", "MILIA_0000715", False),
    ("Epstein pearls", "MILIA_0000200", True),
]


@pytest.mark.parametrize(("text", "first", "certain"), FOUND)
def test_a_string_finds_its_term(client: Client, text: str, first: str, certain: bool) -> None:
    assert len(FOUND) == 13
    found = post(client, q0={"query": text})["q0"]
    assert (found[0]["id"], found[0]["match"]) == (first, certain)
    scores = [candidate["score"] for candidate in found]
    assert scores == sorted(scores, reverse=True)
    assert not any(candidate["match"] for candidate in found[1:])
    assert all(0 < score <= 100 for score in scores)


def test_a_code_that_is_broader_than_many_is_no_match(client: Client) -> None:
    found = post(client, q0={"query": "L72.0", "limit": 50})["q0"]
    assert len(found) == 50
    assert not any(candidate["match"] for candidate in found)


def test_a_name_of_two_terms_is_no_match_even_if_one_alone_is_shown(client: Client) -> None:
    index = terms()
    for curie in ("MILIA:0000006", "MILIA:0000007"):
        index.nodes[curie]["exactSynonym"] = {"en": ["twofold name"]}
    with Client(index) as asking:
        found = post(asking, q0={"query": "twofold name", "limit": 1})["q0"]
    assert [(c["score"], c["match"]) for c in found] == [(98.0, False)]


def test_every_label_finds_its_own_term(client: Client) -> None:
    index = terms()
    own = {id_: index.label(id_) for id_ in index.nodes if id_.startswith("MILIA:")}
    asked = [(id_, label) for id_, label in own.items() if index.nodes[id_]["type"] == "Class"]
    assert len(asked) > 300
    for start in range(0, len(asked), 100):
        part = asked[start : start + 100]
        found = post(client, **{id_: {"query": label} for id_, label in part})
        for id_, _ in part:
            assert found[id_][0]["id"] == id_.replace(":", "_")
            assert found[id_][0]["score"] == 100


def test_types_properties_and_limit_narrow_the_answer(client: Client) -> None:
    medication = {"query": "retinoid", "type": "MAXO_0000001"}
    found = post(
        client,
        plain={"query": "milia en plaque"},
        typed={"query": "milia en plaque", "type": ["CHEBI_24431"]},
        soft={"query": "milia en plaque", "type": ["CHEBI_24431"], "type_strict": "should"},
        both={"query": "milia", "type": [MILIA, "OGMS_0000045"], "type_strict": "all"},
        one={"query": "milia", "limit": 1},
        kinds=medication,
        fits={
            "query": "milia en plaque",
            "properties": [{"pid": "broadMatch", "v": ["ICD10WHO:L72.0", "L00"]}],
        },
        bare={"query": "milia en plaque", "properties": [{"pid": "mapping", "v": "L72.0"}]},
        amiss={"query": "milia en plaque", "properties": [{"pid": "broadMatch", "v": "L00"}]},
        parent={"properties": [{"pid": "subClassOf", "v": {"id": MILIA, "name": "milia"}}]},
        none={"properties": [{"pid": "definition", "v": 7}]},
    )
    assert found["plain"][0]["match"]
    assert all(c["id"] != PLAQUE for c in found["typed"])
    assert (found["soft"][0]["id"], found["soft"][0]["match"]) == (PLAQUE, False)
    assert found["soft"][0]["score"] < found["plain"][0]["score"]
    assert found["both"][0]["id"] == MILIA
    assert len(found["one"]) == 1
    assert found["kinds"]
    assert all("MAXO_0000001" in [kind["id"] for kind in c["type"]] for c in found["kinds"])
    assert found["fits"][0]["match"]
    assert found["bare"][0]["match"]
    assert (found["amiss"][0]["id"], found["amiss"][0]["match"]) == (PLAQUE, False)
    assert found["amiss"][0]["score"] < found["plain"][0]["score"]
    assert PLAQUE in [c["id"] for c in found["parent"]]
    assert found["none"] == []


def test_get_answers_as_post_does(client: Client) -> None:
    queries = {"q0": {"query": "milia"}}
    answer = client.get("/reconcile", params={"queries": json.dumps(queries)})
    assert answer.json()["q0"]["result"] == post(client, **queries)["q0"]
    assert client.request("HEAD", "/reconcile").content == b""


def test_suggestions_by_name_and_identifier_come_in_pages(client: Client) -> None:
    def ask(kind: str, **given: Any) -> list[dict[str, Any]]:
        answer = client.get(f"/reconcile/suggest/{kind}", params=given)
        result: list[dict[str, Any]] = valid(answer.json(), f"suggest-{kind}")["result"]
        return result

    first = ask("entity", prefix="milia")
    assert first[0]["id"] == MILIA
    assert len(first) == 10
    second = ask("entity", prefix="milia", cursor=10)
    assert len(second) == 10
    assert not {item["id"] for item in first} & {item["id"] for item in second}
    assert ask("entity", prefix="milia", cursor=9999) == []
    for prefix in ("MILIA_0000006", "MILIA:0000006", "milia en pl", "plaque"):
        assert PLAQUE in [item["id"] for item in ask("entity", prefix=prefix)]
    assert ask("property", prefix="exact m")[0]["id"] == "exactMatch"
    assert ask("property", prefix="treatedWith")[0]["name"] == "treated with"
    assert ask("type", prefix="medical act")[0]["id"] == "MAXO_0000001"
    assert ask("entity", prefix="no such thing") == []


def test_values_of_properties(client: Client) -> None:
    wanted = {
        "ids": [PLAQUE, "MILIA:0000001", "nothing"],
        "properties": [{"id": "broadMatch"}, {"id": "subClassOf", "settings": {}}, {"id": "label"}],
    }
    valid(wanted, "extension-query")
    answer = client.post("/reconcile", data={"extend": json.dumps(wanted)})
    found = valid(answer.json(), "extension-response")
    assert [column["id"] for column in found["meta"]] == ["broadMatch", "subClassOf", "label"]
    assert list(found["rows"]) == wanted["ids"]
    plaque = found["rows"][PLAQUE]
    assert {"str": "ICD10WHO:L72.0"} in plaque["broadMatch"]
    assert plaque["subClassOf"] == [{"id": MILIA, "name": "milia"}]
    assert found["rows"]["MILIA:0000001"]["label"] == [{"str": "milia"}]
    assert found["rows"]["nothing"] == {"broadMatch": [], "subClassOf": [], "label": []}
    proposed = client.get("/reconcile/properties", params={"type": MILIA, "limit": 3}).json()
    assert len(valid(proposed, "property-proposal")["properties"]) == 3
    assert client.get("/reconcile/properties", params={"type": "X"}).json()["properties"] == []


def test_a_preview_is_small_safe_and_may_be_framed(client: Client) -> None:
    answer = client.get("/reconcile/preview", params={"id": PLAQUE})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors *" in policy
    assert "x-frame-options" not in answer.headers
    assert "<h1>milia en plaque</h1>" in answer.text
    assert "ICD10WHO:L72.0" in answer.text
    assert len(answer.content) < 10_000
    for tag in ("<script", "<style", "style=", "<img", "<link"):
        assert tag not in answer.text
    index = terms()
    index.nodes["MILIA:0000006"]["label"] = "<script>alert(1)</script>"
    with Client(index) as asking:
        page = asking.get("/reconcile/preview", params={"id": PLAQUE}).text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_other_origins_may_ask(client: Client) -> None:
    for path in ("/reconcile", "/reconcile/suggest/entity", "/reconcile/preview"):
        answer = client.request("OPTIONS", path, headers={"Origin": "https://refine.example"})
        assert answer.status_code == 204
        assert answer.headers["access-control-allow-origin"] == "*"
        methods = "GET, HEAD, POST, OPTIONS" if path == "/reconcile" else "GET, HEAD, OPTIONS"
        assert answer.headers["access-control-allow-methods"] == methods
        assert answer.headers["allow"] == methods


@pytest.mark.parametrize(
    ("path", "allow"),
    [
        ("/reconcile", "GET, HEAD, POST, OPTIONS"),
        ("/reconcile/", "GET, HEAD, POST, OPTIONS"),
        ("/reconcile/suggest/type", "GET, HEAD, OPTIONS"),
        ("/reconcile/properties", "GET, HEAD, OPTIONS"),
    ],
)
def test_what_is_not_answered_says_what_is(client: Client, path: str, allow: str) -> None:
    answer = client.request("DELETE", path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allow)


@pytest.mark.parametrize(
    "path",
    [
        "/reconcile",
        f"/reconcile/preview?id={PLAQUE}",
        "/reconcile/preview?id=nobody",
        "/reconcile/suggest/entity?prefix=mil",
    ],
)
def test_head_tells_the_length_of_what_it_leaves_out(client: Client, path: str) -> None:
    whole, head = client.get(path), client.request("HEAD", path)
    assert (head.status_code, dict(head.headers)) == (whole.status_code, dict(whole.headers))
    assert int(head.headers["content-length"]) == len(whole.content) > 0


def with_properties(queries: int) -> str:
    wanted = [{"pid": "mapping", "v": "L72.0"}] * read.MOST_PROPERTIES
    return json.dumps({str(n): {"properties": wanted} for n in range(queries)})


DEEP = "[" * 50_000
# the form, the status
HOSTILE = [
    ({"queries": "{"}, 400),
    ({"queries": "[]"}, 400),
    ({"queries": DEEP}, 400),
    ({"queries": '{"q":' * 20_000}, 400),
    ({"queries": '{"q": {}}'}, 400),
    ({"queries": '{"q": {"query": 7}}'}, 400),
    ({"queries": '{"q": {"query": "  "}}'}, 400),
    ({"queries": '{"q": "milia"}'}, 400),
    ({"queries": '{"q": {"query": "x", "limit": 0}}'}, 400),
    ({"queries": '{"q": {"query": "x", "limit": true}}'}, 400),
    ({"queries": '{"q": {"query": "x", "limit": NaN}}'}, 400),
    ({"queries": '{"q": {"query": "x", "limit": "9"}}'}, 400),
    ({"queries": '{"q": {"query": "x", "type": {"a": 1}}}'}, 400),
    ({"queries": '{"q": {"query": "x", "type": [null]}}'}, 400),
    ({"queries": '{"q": {"query": "x", "type_strict": "maybe"}}'}, 400),
    ({"queries": '{"q": {"query": "x", "type_strict": ["any"]}}'}, 400),
    ({"queries": '{"q": {"query": "x", "properties": {"pid": "v"}}}'}, 400),
    ({"queries": '{"q": {"query": "x", "properties": [{"p": 1}]}}'}, 400),
    ({"queries": '{"q": {"query": "x", "properties": [{"pid": "a", "v": null}]}}'}, 400),
    ({"queries": '{"q": {"query": "x", "properties": [{"pid": "a", "v": [[1]]}]}}'}, 400),
    ({"queries": json.dumps({"q": {"query": "x" * 1001}})}, 400),
    ({"queries": json.dumps({str(n): {"query": "x"} for n in range(101)})}, 413),
    ({"queries": with_properties(41)}, 413),
    ({"queries": with_properties(40)}, 200),
    ({"queries": "x" * (MOST_BYTES + 1)}, 413),
    ({"extend": "{"}, 400),
    ({"extend": '{"ids": [], "properties": [{"id": "password"}]}'}, 400),
    ({"extend": '{"ids": "x", "properties": []}'}, 400),
    ({"extend": '{"ids": [1], "properties": []}'}, 400),
    ({"extend": '{"ids": [], "properties": ["label"]}'}, 400),
    ({"extend": json.dumps({"ids": ["x"] * 501, "properties": []})}, 400),
    ({"callback": "alert"}, 400),
    ({"query": "milia"}, 400),
    ({"queries": '{"q": {"query": "1e999", "limit": 1e999}}'}, 200),
    ({"queries": '{"q": {"query": "\\ud800 milia"}}'}, 200),
    ({"queries": '{"\\ud800": {"query": "\\u0000"}}'}, 200),
    ({"queries": '{"q": {"query": "x", "properties": [{"pid": "label", "v": "\\udfff"}]}}'}, 200),
    ({"queries": json.dumps({"q": {"query": ("a " * 500).strip()}})}, 200),
    ({"queries": "{}"}, 200),
]


@pytest.mark.parametrize(
    ("form", "status"), [pytest.param(*case, id=str(n)) for n, case in enumerate(HOSTILE)]
)
def test_hostile_forms_get_4xx_in_json(client: Client, form: dict[str, str], status: int) -> None:
    assert len(HOSTILE) == 39
    answer = client.post("/reconcile", data=form)
    assert answer.status_code == status
    assert answer.headers["access-control-allow-origin"] == "*"
    if status >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == status
        assert len(answer.content) < 1000


REQUESTS = [
    ("POST", "/reconcile", {"content": b"queries=%ff", "type": "form"}, 400),
    ("POST", "/reconcile", {"content": b'{"queries": {}}', "type": "application/json"}, 415),
    ("POST", "/reconcile", {"content": b"queries={}&queries={}", "type": "form"}, 400),
    ("POST", "/reconcile/preview", {"content": b"", "type": "form"}, 405),
    ("PUT", "/reconcile", {"content": b"", "type": "form"}, 405),
    ("GET", "/reconcile/preview?id=../../etc/passwd", {}, 404),
    ("GET", "/reconcile/preview", {}, 404),
    ("GET", "/reconcile/suggest/entity?prefix=m&cursor=-1", {}, 400),
    ("GET", "/reconcile/suggest/entity?prefix=m&cursor=9999999999", {}, 400),
    ("GET", "/reconcile/suggest/entity?prefix=%ff", {}, 400),
    ("GET", f"/reconcile/suggest/type?prefix={'x' * 2000}", {}, 400),
    ("GET", "/reconcile/properties?limit=many", {}, 400),
    ("GET", "/reconcile?queries=", {}, 400),
]


@pytest.mark.parametrize(("method", "path", "more", "status"), REQUESTS)
def test_wrong_requests_get_4xx(
    client: Client, method: str, path: str, more: dict[str, Any], status: int
) -> None:
    assert len(REQUESTS) == 13
    form = "application/x-www-form-urlencoded"
    kind = more.get("type", "").replace("form", form) if more else ""
    headers = {"Content-Type": kind} if kind else {}
    answer = client.request(method, path, content=more.get("content"), headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_random_requests_never_break_the_service(client: Client) -> None:
    draw = random.Random(7)
    values: list[Any] = [
        None,
        True,
        -1,
        1e308,
        "",
        "milia",
        "\x00",
        "\ud800",
        [],
        {},
        ["x"],
        {"id": 1},
    ]
    names = [*sorted(read.FIELDS), "ids", "id", "pid", "v"]

    def some(depth: int) -> Any:
        if depth == 0 or draw.random() < 0.3:
            return draw.choice(values)
        if draw.random() < 0.4:
            return [some(depth - 1) for _ in range(draw.randrange(3))]
        return {draw.choice(names): some(depth - 1) for _ in range(draw.randrange(4))}

    seen = set()
    for _ in range(1500):
        name = draw.choice(["queries", "extend"])
        answer = client.post("/reconcile", data={name: json.dumps({"q": some(4), "ids": some(2)})})
        assert answer.status_code in {200, 400}
        seen.add(answer.status_code)
    assert 400 in seen


def test_the_limits_are_in_the_manifest(client: Client) -> None:
    assert client.get("/reconcile").json()["batchSize"] == read.MOST_QUERIES
