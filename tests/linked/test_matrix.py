"""The request matrix on every host."""

from __future__ import annotations

import re
from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from . import matrix

if TYPE_CHECKING:
    from pathlib import Path

    from milia_onto.linked.site import Site
    from tests.running import Reply

    from .hosts import Ask
    from .matrix import Case

NEEDS = {"apache": "apache2", "w3id": "apache2", "nginx": "nginx", "cloudflare": "wrangler"}
SYNTAXES = {
    ".ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    ".jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
    ".owl": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ".nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
}
ON_HOSTS = [
    pytest.param(
        case,
        host,
        id=f"{case.id}-{host}-{number}",
        marks=pytest.mark.needs(*filter(None, [NEEDS.get(host)])),
    )
    for number, case in enumerate(matrix.CASES)
    for host in case.hosts
]


def test_the_matrix_is_whole() -> None:
    stated = {case.id for case in matrix.CASES} | set(matrix.NOT_APPLICABLE) | matrix.ELSEWHERE
    assert stated == matrix.ALL_IDS
    assert not set(matrix.NOT_APPLICABLE) & {case.id for case in matrix.CASES}
    assert len(matrix.CASES) == 202
    assert all(reason for case in matrix.CASES for _, reason in case.without)
    assert all(case.hosts for case in matrix.CASES)
    counts = Counter(host for case in matrix.CASES for host in case.hosts)
    assert counts["answer"] == counts["serve"] == 195
    assert min(counts[h] for h in ("apache", "nginx")) > 165
    assert counts["w3id"] > 120
    assert counts["static"] > 20
    assert counts["cloudflare"] > 20


def headers_for(case: Case) -> dict[str, str]:
    return {} if case.accept is None else {"Accept": case.accept}


def links(reply: Reply) -> set[tuple[str, str]]:
    found = re.findall(r'<([^>]*)>; rel="([^"]*)"', reply.headers.get("link", ""))
    return {(rel, target) for target, rel in found}


@pytest.mark.parametrize(("case", "host"), ON_HOSTS)
def test_the_request_is_answered_as_the_matrix_says(
    case: Case, host: str, asks: dict[str, Ask]
) -> None:
    reply = asks[host](case.method, case.path, headers_for(case))
    told = f"{reply.status} {dict(reply.headers)}"
    assert reply.status == case.status, told
    assert reply.location == case.location, told
    if case.type:
        assert reply.headers["content-type"] == case.type
    for name, pattern in case.headers:
        assert re.search(pattern, reply.headers.get(name.lower(), "")), f"{name}: {told}"
    assert not [name for name in case.absent if name.lower() in reply.headers], told
    assert set(case.links) <= links(reply), told
    if case.method == "HEAD":
        assert reply.body == b""


FOLLOWED = [
    pytest.param(host, id=host, marks=pytest.mark.needs(*filter(None, [NEEDS.get(host)])))
    for host in ("answer", "serve", "apache", "nginx", "w3id")
]  # fmt: skip


@pytest.mark.parametrize("host", FOLLOWED)
def test_every_redirect_leads_to_a_document_that_speaks_of_the_thing(
    host: str, asks: dict[str, Ask], site: Site
) -> None:
    """X12, and X9: one hop, and the answer is there."""
    ask, files = asks[host], asks["static" if host == "w3id" else host]
    wanted = {(c.path, c.location) for c in matrix.CASES if host in c.hosts and c.status == 303}
    parsed = 0
    for path, location in sorted(wanted):
        target = location.partition("#")[0]
        reply = files("GET", target)
        assert reply.status == 200, (path, location)
        name = target.partition("?")[0]
        suffix = name[name.rindex(".") :]
        if suffix in SYNTAXES and len(reply.body) < 200_000:
            media_type, syntax = SYNTAXES[suffix]
            assert reply.headers["content-type"].partition(";")[0] == media_type
            subjects = {q.subject for q in ox.parse(reply.body, format=syntax)}
            thing = path.partition("?")[0]
            if thing not in {"/.well-known/void", "/"}:
                assert ox.NamedNode(matrix.ROOT + thing) in subjects, (path, location)
            parsed += 1
    assert ask is not None
    assert parsed > 15


OF_FILES = [
    "static",
    pytest.param("cloudflare", marks=pytest.mark.needs("wrangler")),
]


@pytest.mark.parametrize("host", OF_FILES)
def test_no_address_on_a_host_of_files_goes_round(
    host: str, asks: dict[str, Ask], laid_out: Path
) -> None:
    pages = sorted(f"/{path.relative_to(laid_out)}" for path in laid_out.rglob("*.html"))
    assert len(pages) > 900
    for page, suffix in product(pages[:: len(pages) // 50], (".html", "")):
        path = page.removesuffix(".html") + suffix
        reply = asks[host]("GET", path)
        for _ in range(2):
            if reply.status in {303, 308}:
                reply = asks[host]("GET", reply.location)
        assert reply.status == 200, path


@pytest.mark.parametrize("host", FOLLOWED[:-1])
def test_a_document_that_is_known_is_not_sent_again(host: str, asks: dict[str, Ask]) -> None:
    """X8."""
    ask = asks[host]
    for path in (
        "/MILIA_0000004.ttl",
        "/claim/s000-041.html",
        f"/{matrix.VERSION}.ttl",
        "/context.jsonld",
    ):
        first = ask("GET", path)
        again = ask("GET", path, {"If-None-Match": first.headers["etag"]})
        assert (again.status, again.body) == (304, b""), path
        assert again.headers["etag"] == first.headers["etag"]
        other = ask("GET", path, {"If-None-Match": '"other"'})
        assert (other.status, other.body) == (200, first.body)
        listed = ask("GET", path, {"If-None-Match": f'"other", {first.headers["etag"]}'})
        assert listed.status == 304


@pytest.mark.parametrize("host", FOLLOWED[:-1])
def test_who_wants_other_bytes_is_told_that_they_are_not_there(
    host: str, asks: dict[str, Ask]
) -> None:
    """X8: If-Match, before If-None-Match."""
    ask = asks[host]
    for path in ("/MILIA_0000004.ttl", "/claim/s000-041.html", f"/{matrix.VERSION}.ttl"):
        first = ask("GET", path)
        tag = first.headers["etag"]
        for wanted in ('"other"', '"other", "another"'):
            assert ask("GET", path, {"If-Match": wanted}).status == 412, path
        both = ask("GET", path, {"If-Match": '"other"', "If-None-Match": tag})
        assert both.status == 412, path
        for wanted in (tag, "*", f'"other", {tag}'):
            same = ask("GET", path, {"If-Match": wanted})
            assert (same.status, same.body) == (200, first.body), path
        assert ask("HEAD", path, {"If-Match": '"other"'}).status == 412, path


@pytest.mark.parametrize("host", FOLLOWED[:-1])
def test_head_is_get_without_the_body(host: str, asks: dict[str, Ask]) -> None:
    """X7."""
    for path in ("/MILIA_0000004", "/MILIA_0000004.ttl", "/index.html", "/nowhere"):
        got, head = asks[host]("GET", path), asks[host]("HEAD", path)
        varies = {"date", "content-length"} if got.status != 200 else {"date"}
        assert head.status == got.status
        assert head.body == b""
        kept = [{k: v for k, v in r.headers.items() if k not in varies} for r in (got, head)]
        assert kept[0] == kept[1]


@pytest.mark.parametrize("host", FOLLOWED[:-1])
def test_every_answer_is_guarded(host: str, asks: dict[str, Ask]) -> None:
    for path in ("/", "/MILIA_0000004", "/MILIA_0000004.html", "/nowhere", "/assets/site.css"):
        headers = asks[host]("GET", path, {"Accept": matrix.BROWSER}).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "unsafe-inline" not in headers["content-security-policy"]
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert "referrer-policy" in headers


@pytest.mark.parametrize("host", ["answer", "serve"])
def test_problems_are_told_as_problems(host: str, asks: dict[str, Ask]) -> None:
    import json

    refused = asks[host]("GET", "/MILIA_0000004", {"Accept": "image/png"})
    assert refused.headers["content-type"] == "application/problem+json"
    told = json.loads(refused.body)
    assert told["status"] == 406
    assert {v["href"] for v in told["variants"]} == {
        f"/MILIA_0000004{s}" for s in (*SYNTAXES, ".html")
    }
    missing = asks[host]("GET", "/nowhere")
    assert json.loads(missing.body)["status"] == 404
    page = asks[host]("GET", "/nowhere", {"Accept": matrix.BROWSER})
    assert page.headers["content-type"] == "text/html; charset=utf-8"


def test_what_serve_sends_is_what_the_static_site_holds(
    laid_out: Path, asks: dict[str, Ask], site: Site
) -> None:
    ask = asks["serve"]
    data = (".ttl", ".nt", ".tsv", ".jsonld")
    paths = [p for p in site.paths() if p.endswith(data) and (laid_out / p).is_file()]
    for path in paths[::97]:
        assert ask("GET", f"/{path}").body == (laid_out / path).read_bytes(), path
    assert len(paths) > 3_000
