"""The SPARQL 1.1 Protocol and the Graph Store HTTP Protocol for reading, request by request."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from tests.serve.running import PROJECT, Client, Running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.running import Reply

HERE = PROJECT / "tests" / "serve"
FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
PROBLEM = "application/problem+json"
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
SELECT = "SELECT ?l { e:a rdfs:label ?l }"
ASK = "ASK { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT WHERE { e:a rdfs:label ?l }"
DESCRIBE = "DESCRIBE e:a"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
NAMED = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    graphs = [
        "--graph",
        f"http://example.org/g1={HERE / 'one.ttl'}",
        f"http://example.org/g2={HERE / 'two.ttl'}",
    ]
    with Running("--data", HERE / "small.ttl", *graphs, "--workers", 1) as running:
        yield running


@pytest.fixture(scope="module")
def client(server: Running) -> Client:
    return server.client()


def get(client: Client, *parameters: tuple[str, str], **headers: str) -> Reply:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.send("GET", f"/sparql?{urlencode(parameters)}", named)


def post(client: Client, kind: str, body: bytes, path: str = "/sparql") -> Reply:
    return client.send("POST", path, {"Content-Type": kind} if kind else {}, body)


def is_problem(reply: Reply, status: int) -> dict[str, object]:
    told: dict[str, object] = json.loads(reply.body)
    assert (reply.status, reply.headers["content-type"]) == (status, PROBLEM)
    assert told["status"] == status
    assert told["type"] == "about:blank"
    assert told["detail"]
    assert reply.headers["cache-control"] == "no-store"
    return told


# The three ways to send a query (2.1.1 to 2.1.3): name, method and path, type, body
WAYS = [
    ("GET", "GET", f"/sparql?query={quote(SELECT)}", "", ""),
    ("POST form", "POST", "/sparql", FORM, urlencode({"query": SELECT})),
    ("POST direct", "POST", "/sparql", DIRECT, SELECT),
    ("POST form, charset", "POST", "/sparql", f"{FORM}; charset=UTF-8", urlencode({"query": SELECT})),
    ("POST direct, charset", "POST", "/sparql", f'{DIRECT};charset="utf-8"', SELECT),
]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "kind", "body"), [pytest.param(*r, id=n) for n, *r in WAYS]
)
def test_a_query_may_be_sent_in_three_ways(
    client: Client, method: str, path: str, kind: str, body: str
) -> None:
    assert len(WAYS) == 5
    reply = client.send(method, path, {"Content-Type": kind} if kind else {}, body.encode() or None)
    assert (reply.status, reply.headers["content-type"]) == (200, JSON)
    assert json.loads(reply.body)["results"]["bindings"] == [
        {"l": {"type": "literal", "value": "one", "xml:lang": "en"}}
    ]


# What is answered as what: query, Accept, parameter, media type sent
FORMS = [
    (SELECT, "", "", JSON),
    (SELECT, "*/*", "", JSON),
    (SELECT, JSON, "", JSON),
    (SELECT, XML, "", XML),
    (SELECT, "text/csv", "", "text/csv; charset=utf-8"),
    (SELECT, "text/tab-separated-values", "", "text/tab-separated-values; charset=utf-8"),
    (SELECT, "application/json", "", "application/json"),
    (SELECT, "application/xml", "", "application/xml"),
    (SELECT, "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", "", "application/xml"),
    (SELECT, f"{JSON};q=0.5, text/csv", "", "text/csv; charset=utf-8"),
    (SELECT, JSON, "format=csv", "text/csv; charset=utf-8"),
    (SELECT, "", "format=json", JSON),
    (SELECT, "", "output=xml", XML),
    (SELECT, "", "output=tsv", "text/tab-separated-values; charset=utf-8"),
    (SELECT, "", "format=application/sparql-results%2Bxml", XML),
    (SELECT, "", "format=application/sparql-results+xml", XML),
    (ASK, "", "", JSON),
    (ASK, XML, "", XML),
    (CONSTRUCT, "", "", "text/turtle; charset=utf-8"),
    (CONSTRUCT, "text/turtle", "", "text/turtle; charset=utf-8"),
    (CONSTRUCT, "application/ld+json", "", "application/ld+json"),
    (CONSTRUCT, "application/rdf+xml", "", "application/rdf+xml"),
    (CONSTRUCT, "application/n-triples", "", "application/n-triples"),
    (CONSTRUCT, "", "format=json", "application/ld+json"),
    (CONSTRUCT, "", "format=rdf", "application/rdf+xml"),
    (CONSTRUCT, "", "output=nt", "application/n-triples"),
    (DESCRIBE, "application/n-triples", "", "application/n-triples"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "accept", "parameter", "sent"), FORMS)
def test_the_form_of_an_answer(
    client: Client, query: str, accept: str, parameter: str, sent: str
) -> None:
    assert len(FORMS) == 27
    path = f"/sparql?query={quote(query)}&{parameter}"
    reply = client.send("GET", path, {"Accept": accept} if accept else {})
    assert (reply.status, reply.headers["content-type"]) == (200, sent)
    assert reply.headers["vary"] == "Accept"
    assert content(reply) == {ASK: {"true"}}.get(
        query, {"one"} if query != DESCRIBE else {"one", "1"}
    )


def content(reply: Reply) -> set[str]:
    """The texts that an answer holds, whatever its form."""
    kind = reply.headers["content-type"].split(";")[0]
    if kind in {JSON, "application/json"}:
        found = json.loads(reply.body)
        if "boolean" in found:
            return {str(found["boolean"]).lower()}
        return {cell["value"] for row in found["results"]["bindings"] for cell in row.values()}
    if kind in {XML, "application/xml"}:
        return {text.strip() for text in ET.fromstring(reply.body).itertext() if text.strip()}
    if kind == "text/csv":
        return {cell for row in list(csv.reader(io.StringIO(reply.text)))[1:] for cell in row}
    if kind == "text/tab-separated-values":
        return {row.partition('"')[2].partition('"')[0] for row in reply.text.splitlines()[1:]}
    quads = ox.parse(reply.body, format=ox.RdfFormat.from_media_type(kind))
    return {q.object.value for q in quads if isinstance(q.object, ox.Literal)}


# What is refused: name, method, path, type, body, status
REFUSED = [
    ("two queries", "GET", f"/sparql?query={quote(ASK)}&query={quote(ASK)}", "", "", 400),
    ("two queries in a form", "POST", "/sparql", FORM, urlencode([("query", ASK), ("query", ASK)]), 400),
    ("two queries, one in the address", "POST", f"/sparql?query={quote(ASK)}", DIRECT, ASK, 400),
    ("no query in a form", "POST", "/sparql", FORM, "a=b", 400),
    ("an empty query", "GET", "/sparql?query=", "", "", 400),
    ("an empty body", "POST", "/sparql", DIRECT, "", 400),
    ("syntax", "GET", "/sparql?query=ASK%20%7B", "", "", 400),
    ("no UTF-8 in the address", "GET", "/sparql?query=ASK%7B%3Fs%20%3Fp%20%22%FF%22%7D", "", "", 400),
    ("no UTF-8 in the body", "POST", "/sparql", DIRECT, b"ASK { ?s ?p '\xff' }", 400),
    ("NUL", "POST", "/sparql", DIRECT, b"ASK {\x00}", 400),
    ("update in a form", "POST", "/sparql", FORM, urlencode({"update": "DROP ALL"}), 403),
    ("update in the address", "GET", "/sparql?update=DROP%20ALL", "", "", 403),
    ("update direct", "POST", "/sparql", "application/sparql-update", "DROP ALL", 403),
    ("update as a query", "GET", "/sparql?query=DROP%20ALL", "", "", 400),
    ("LOAD as a query", "GET", f"/sparql?query={quote('LOAD <http://127.0.0.1:9/>')}", "", "", 400),
    ("SERVICE", "GET", f"/sparql?query={quote('ASK { SERVICE <urn:x> { ?s ?p ?o } }')}", "", "", 403),
    ("FROM elsewhere", "GET", f"/sparql?query={quote('ASK FROM <http://127.0.0.1:9/> { ?s ?p ?o }')}", "", "", 400),
    ("FROM NAMED elsewhere", "GET", f"/sparql?query={quote('ASK FROM NAMED e:x { ?s ?p ?o }')}", "", "", 400),
    ("default graph elsewhere", "GET", f"/sparql?query={quote(ASK)}&default-graph-uri=http://example.org/g3", "", "", 400),
    ("named graph elsewhere", "GET", f"/sparql?query={quote(ASK)}&named-graph-uri=http://127.0.0.1:9/", "", "", 400),
    ("no media type", "POST", "/sparql", "", ASK, 415),
    ("another media type", "POST", "/sparql", "text/plain", ASK, 415),
    ("another charset", "POST", "/sparql", f"{DIRECT}; charset=utf-16", ASK, 415),
    ("PUT", "PUT", "/sparql", DIRECT, ASK, 405),
    ("DELETE", "DELETE", "/sparql", "", "", 405),
    ("PATCH", "PATCH", "/sparql", DIRECT, ASK, 405),
    ("a long body", "POST", "/sparql", DIRECT, "#" * 300_000, 413),
    ("a huge body", "POST", "/sparql", DIRECT, "#" * 5_000_000, 413),
    ("no such data set beside a form", "POST", "/sparql?default-graph-uri=http://example.org/g3", FORM, urlencode({"query": ASK}), 400),
    ("two queries, one beside a form", "POST", f"/sparql?query={quote(ASK)}", FORM, urlencode({"query": ASK}), 400),
    ("update beside a form", "POST", "/sparql?update=DROP%20ALL", FORM, urlencode({"query": ASK}), 403),
    ("FROM an IRI that BASE makes another", "GET", f"/sparql?query={quote('BASE <http://example.org/a/> ASK FROM <g1> { ?s ?p ?o }')}", "", "", 400),
    ("many parameters", "POST", "/sparql", FORM, "a&" * 2000, 400),
    ("an unknown format", "GET", f"/sparql?query={quote(ASK)}&format=doc", "", "", 406),
    ("a graph as csv", "GET", f"/sparql?query={quote(CONSTRUCT)}&format=csv", "", "", 406),
    ("solutions as turtle", "GET", f"/sparql?query={quote(SELECT)}&format=turtle", "", "", 406),
    ("no graph named", "GET", "/graphs", "", "", 400),
    ("two graphs named", "GET", "/graphs?default&graph=http://example.org/g1", "", "", 400),
    ("no such graph", "GET", "/graphs?graph=http://example.org/g3", "", "", 404),
    ("a graph as csv, too", "GET", "/graphs?default&format=csv", "", "", 406),
    ("a graph written", "PUT", "/graphs?default", "text/turtle", "", 405),
    ("a graph dropped", "DELETE", "/graphs?graph=http://example.org/g1", "", "", 405),
    ("a graph added to", "POST", "/graphs?graph=http://example.org/g1", "text/turtle", "<urn:a> <urn:b> <urn:c> .", 405),
]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "path", "kind", "body", "status"), [pytest.param(*r, id=n) for n, *r in REFUSED]
)
def test_what_is_refused_is_told_as_a_problem(
    client: Client, method: str, path: str, kind: str, body: str | bytes, status: int
) -> None:
    assert len(REFUSED) == 43
    data = body if isinstance(body, bytes) else body.encode()
    reply = client.send(method, path, {"Content-Type": kind} if kind else {}, data or None)
    is_problem(reply, status)
    assert client.ask(ASK).status == 200


def test_what_cannot_be_had_is_406_and_says_what_can(client: Client) -> None:
    told = is_problem(client.get(SELECT, "image/png"), 406)
    assert (
        told["detail"]
        == "this answer has no form that Accept names; see variants for what there is"
    )
    assert told["variants"] == [JSON, XML, "text/csv", "text/tab-separated-values"]
    told = is_problem(client.get(CONSTRUCT, "text/html"), 406)
    assert told["variants"] == [
        "text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples",
    ]  # fmt: skip


# What XML cannot say: a query, what is told
UNWRITABLE = [
    ('CONSTRUCT { <urn:a> <http://x/123> "a" } {}', "property"),
    ("CONSTRUCT { <urn:a> <http://x/1#> <urn:b> } {}", "property"),
    ('CONSTRUCT { <urn:a> <http://example.org/> "a" } {}', "property"),
    ("CONSTRUCT { <urn:a> <http://example.org/> <urn:b> } {}", "property"),
    ('CONSTRUCT { <urn:a> <http://example.org/1> "a"@en } {}', "property"),
    *(
        (query.replace("X", character), "character")
        for query in ('CONSTRUCT { <urn:a> <urn:b> "X" } {}', 'SELECT ("X" AS ?x) {}')
        for character in ("\\u0001", "\\u001F", "\\uFFFE", "\\uFFFF")
    ),
]


@pytest.mark.parametrize(("query", "what"), UNWRITABLE)
def test_what_xml_cannot_say_is_had_in_other_forms(client: Client, query: str, what: str) -> None:
    assert len(UNWRITABLE) == 13
    told = is_problem(client.ask(query, "", format="xml"), 406)
    assert what in str(told["detail"])
    assert told["variants"]
    for other in told["variants"]:  # type: ignore[attr-defined]
        assert "xml" not in other
        assert client.ask(query, other).status == 200


def test_xml_keeps_a_carriage_return(client: Client) -> None:
    for query in (
        'CONSTRUCT { <urn:a> <urn:b> "a\\r\\nb:> : rdf:" } {}',
        'SELECT ("a\\r\\nb:> : rdf:" AS ?x) {}',
    ):
        reply = client.ask(query, "application/xml")
        assert "".join(ET.fromstring(reply.body).itertext()).strip() == "a\r\nb:> : rdf:"


# Errors with their place: query, line, column
PLACES = [
    # The engine has looked whether the brace begins something longer.
    ("ASK {\n  ?s ?p\n}", 3, 2),
    ("ASK {\n ?s no:such ?o }", 2, 5),
    ('ASK { ?s ?p "open }', 1, 13),
    ("ASK {\n\n  SERVICE <urn:x> { ?s ?p ?o } }", 3, 3),
    ("\n DROP ALL", 2, 2),
    ("ASK { { ?s ?p ?o } UNION\n" + "{" * 300, 2, 200),
    ("# only a remark\n", 2, 1),
]


@pytest.mark.parametrize(("query", "line", "column"), PLACES)
def test_an_error_says_where(client: Client, query: str, line: int, column: int) -> None:
    assert len(PLACES) == 7
    told = json.loads(client.ask(query).body)
    assert (told["line"], told["column"]) == (line, column)


# Data sets (2.1.4): graphs by default, graphs by name, triples found by default and by name
NOTHING, ONE, TWO, BOTH = (
    (),
    ("http://example.org/g1",),
    ("http://example.org/g2",),
    ("http://example.org/g1", "http://example.org/g2"),
)
DATA_SETS = [
    (NOTHING, NOTHING, 4, 3),
    (ONE, NOTHING, 1, 0),
    (TWO, NOTHING, 2, 0),
    (BOTH, NOTHING, 3, 0),
    (NOTHING, ONE, 0, 1),
    (NOTHING, BOTH, 0, 3),
    (ONE, TWO, 1, 2),
    (BOTH, BOTH, 3, 3),
]


@pytest.mark.parametrize(("default", "named", "by_default", "by_name"), DATA_SETS)
@pytest.mark.parametrize("way", ["parameters", "clauses", "both"])
def test_data_sets(
    client: Client,
    way: str,
    default: tuple[str, ...],
    named: tuple[str, ...],
    by_default: int,
    by_name: int,
) -> None:
    assert len(DATA_SETS) == 8
    clauses = " ".join([*(f"FROM <{g}>" for g in default), *(f"FROM NAMED <{g}>" for g in named)])
    parameters = [("default-graph-uri", g) for g in default] + [
        ("named-graph-uri", g) for g in named
    ]
    for query, count in ((COUNT, by_default), (NAMED, by_name)):
        text = query
        if way == "clauses":
            text = query.replace("{", clauses + " {", 1)
        elif way == "both" and parameters:
            # What the request says beats what the query says.
            text = query.replace(
                "{", "FROM <http://example.org/g2> FROM NAMED <http://example.org/g1> {", 1
            )
        sent = [] if way == "clauses" else parameters
        assert content(get(client, ("query", text), *sent)) == {str(count)}


def test_columns_come_in_the_order_of_the_query(client: Client) -> None:
    reply = client.get("SELECT * { ?z ?a ?m } LIMIT 1", "text/csv")
    assert reply.text.splitlines()[0] == "z,a,m"


# Data sets with relative IRIs (SPARQL 1.1 Query Language, 4.1.1): what stands before FROM
BASES = [
    "BASE <http://example.org/> ASK FROM <g1>",
    "BASE <http://example.org/a/b> ASK FROM <../g1>",
    "BASE <http://example.org/> BASE <a/> ASK FROM <../g1>",
    "BASE <http://example.org/> PREFIX x: <g> ASK FROM x:1",
    "BASE <http://example.com/> ASK FROM <//example.org/g1>",
    "BASE <urn:a> ASK FROM <http://example.org/g1>",
    "base<http://example.org/>ask from<g\\u0031>",
]


@pytest.mark.parametrize("start", BASES)
def test_a_graph_may_be_named_after_the_base(client: Client, start: str) -> None:
    assert len(BASES) == 7
    reply = client.ask(start + ' { ?s ?p "graph one" }')
    assert (reply.status, content(reply)) == (200, {"true"})


def test_parameters_of_a_form_may_be_in_the_address(client: Client) -> None:
    path = "/sparql?default-graph-uri=http://example.org/g2&format=csv"
    reply = post(client, FORM, urlencode({"query": COUNT}).encode(), path)
    assert reply.text.split() == ["n", "2"]


def test_an_empty_graph_parameter_says_nothing(client: Client) -> None:
    assert content(get(client, ("query", COUNT), ("default-graph-uri", ""))) == {"4"}


def test_parameters_of_a_direct_query_are_in_the_address(client: Client) -> None:
    path = "/sparql?default-graph-uri=http://example.org/g2&format=csv"
    assert post(client, DIRECT, COUNT.encode(), path).text.split() == ["n", "2"]


# Graphs to read: query part, texts in them
GRAPHS = {
    "default": {"one", 'two, "quoted"', "1", "2"},
    "graph=http://example.org/g1": {"graph one"},
    "graph=http%3A%2F%2Fexample.org%2Fg2": {"graph two", "graph two, too"},
}


@pytest.mark.parametrize(
    "kind", ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"]
)
@pytest.mark.parametrize("which", GRAPHS)
def test_whole_graphs(client: Client, which: str, kind: str) -> None:
    assert len(GRAPHS) == 3
    reply = client.send("GET", f"/graphs?{which}", {"Accept": kind})
    assert content(reply) == GRAPHS[which]
    assert reply.headers["content-type"].split(";")[0] == kind


@pytest.mark.parametrize("path", [f"/sparql?query={quote(SELECT)}", "/graphs?default", "/sparql"])
def test_head_is_get_without_a_body(client: Client, path: str) -> None:
    whole, head = client.send("GET", path), client.send("HEAD", path)
    assert (head.status, head.body) == (whole.status, b"")
    changing = {"date"}
    assert {k: v for k, v in head.headers.items() if k not in changing} == {
        k: v for k, v in whole.headers.items() if k not in changing
    }


@pytest.mark.parametrize("path", [f"/sparql?query={quote(SELECT)}", "/graphs?default", "/sparql"])
def test_what_a_client_has_is_not_sent_again(client: Client, path: str) -> None:
    tag = client.send("GET", path).headers["etag"]
    assert re.fullmatch(r'"[0-9a-f-]+"', tag)
    for known in (tag, f'"other", W/{tag}', "*"):
        reply = client.send("GET", path, {"If-None-Match": known})
        assert (reply.status, reply.body, reply.headers["etag"]) == (304, b"", tag)
    assert client.send("GET", path, {"If-None-Match": '"other"'}).status == 200


@pytest.mark.parametrize("path", [f"/sparql?query={quote(SELECT)}", "/graphs?default", "/sparql"])
def test_who_wants_another_answer_is_told_that_it_is_not_there(client: Client, path: str) -> None:
    tag = client.send("GET", path).headers["etag"]
    for method in ("GET", "HEAD"):
        for wanted in ('"other"', f"W/{tag}", f'"other", W/{tag}'):
            reply = client.send(method, path, {"If-Match": wanted, "If-None-Match": tag})
            assert reply.status == 412
        for wanted in (tag, "*", f'"other",{tag}'):
            assert client.send(method, path, {"If-Match": wanted}).status == 200
    is_problem(client.send("GET", path, {"If-Match": '"other"'}), 412)


# Several lines of one field are one list (RFC 9110, 5.3): lines, status, media type
LINES = [
    ([("Accept", "image/png"), ("Accept", "text/csv")], 200, "text/csv; charset=utf-8"),
    ([("Accept", "text/csv;q=0.1"), ("Accept", XML)], 200, XML),
    ([("If-None-Match", '"other"'), ("If-None-Match", "{tag}")], 304, None),
    ([("If-Match", '"other"'), ("If-Match", "{tag}")], 200, JSON),
    ([("If-Match", '"other"'), ("If-Match", '"another"')], 412, PROBLEM),
]


@pytest.mark.parametrize(("lines", "status", "kind"), LINES)
def test_lines_of_one_field_are_one_list(
    client: Client, lines: list[tuple[str, str]], status: int, kind: str | None
) -> None:
    assert len(LINES) == 5
    path = f"/sparql?query={quote(SELECT)}"
    tag = client.send("GET", path).headers["etag"]
    client.line.putrequest("GET", path)
    for name, value in lines:
        client.line.putheader(name, value.replace("{tag}", tag))
    client.line.endheaders()
    reply = client.line.getresponse()
    reply.read()
    assert (reply.status, reply.headers["content-type"]) == (status, kind)


def test_json_ld_is_expanded(client: Client) -> None:
    for path in (f"/sparql?query={quote(CONSTRUCT)}", "/graphs?default", "/sparql"):
        for form, status in (("expanded", 200), ("compacted", 406)):
            accept = f'application/ld+json;profile="http://www.w3.org/ns/json-ld#{form}"'
            reply = client.send("GET", path, {"Accept": accept})
            assert reply.status == status
        assert isinstance(
            json.loads(client.send("GET", path, {"Accept": "application/ld+json"}).body), list
        )


@pytest.mark.parametrize("coding", ["gzip", "br", "gzip, identity"])
def test_coded_content_is_not_read(client: Client, coding: str) -> None:
    sent = {"Content-Type": DIRECT, "Content-Encoding": coding}
    reply = client.send("POST", "/sparql", sent, ASK.encode())
    assert is_problem(reply, 415)["detail"] == (
        f"content is sent without {coding}: no Content-Encoding is read here"
    )
    assert reply.headers["accept-encoding"] == "identity"
    plain = {**sent, "Content-Encoding": "identity"}
    assert client.send("POST", "/sparql", plain, ASK.encode()).status == 200


def test_forms_have_tags_of_their_own(client: Client) -> None:
    kinds = (JSON, XML, "text/csv", "text/tab-separated-values", "application/json")
    assert len({client.get(SELECT, kind).headers["etag"] for kind in kinds}) == 5


def test_an_answer_that_changes_is_not_kept(client: Client) -> None:
    query = "SELECT (STRUUID() AS ?u) {}"
    one, other = client.get(query), client.get(query)
    assert one.body != other.body
    assert one.headers["cache-control"] == "no-cache"
    assert client.get(SELECT).headers["cache-control"] == "public, max-age=300"


@pytest.mark.parametrize(
    ("path", "methods"),
    [("/sparql", "GET, HEAD, POST, OPTIONS"), ("/graphs", "GET, HEAD, OPTIONS")],
)
def test_a_page_of_another_origin_may_ask(client: Client, path: str, methods: str) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    reply = client.send("OPTIONS", path, asked)
    assert reply.status == 204
    assert reply.headers["access-control-allow-origin"] == "*"
    assert reply.headers["access-control-allow-methods"] == reply.headers["allow"] == methods
    assert client.send("DELETE", path).headers["allow"] == methods
    for name in ("Content-Type", "If-Match", "If-None-Match"):
        assert name in reply.headers["access-control-allow-headers"]
    for reply in (client.get(SELECT), client.get("nonsense")):
        assert reply.headers["access-control-allow-origin"] == "*"
        for name in ("ETag", "Retry-After"):
            assert name in reply.headers["access-control-expose-headers"]


def test_without_a_query_people_get_the_editor(client: Client) -> None:
    reply = client.send("GET", "/sparql", {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (reply.status, reply.headers["location"]) == (303, "/sparql.html")


SD = "http://www.w3.org/ns/sparql-service-description#"


@pytest.mark.parametrize(
    "kind", ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples"]
)
def test_without_a_query_programs_get_the_service_description(client: Client, kind: str) -> None:
    reply = client.send("GET", "/sparql", {"Accept": kind})
    store = ox.Store()
    store.load(reply.body, format=ox.RdfFormat.from_media_type(kind))
    found = store.query(
        f"""PREFIX sd: <{SD}> SELECT ?name {{
            ?service a sd:Service ; sd:endpoint ?endpoint ; sd:defaultDataset ?set ;
                sd:supportedLanguage sd:SPARQL11Query .
            ?set a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ; sd:namedGraph [ sd:name ?name ] }}"""
    )
    assert {row["name"].value for row in found} == {
        "http://example.org/g1",
        "http://example.org/g2",
    }  # type: ignore[union-attr]
    formats = {
        q.object.value
        for q in store.quads_for_pattern(None, ox.NamedNode(SD + "resultFormat"), None)
    }
    assert len(formats) == 8


def test_answers_are_safe_to_show(client: Client) -> None:
    for reply in (client.get(SELECT), client.get("nonsense"), client.send("GET", "/sparql")):
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in reply.headers["content-security-policy"]
