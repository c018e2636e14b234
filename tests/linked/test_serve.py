"""The server as a process: many strange requests, health, the command line around it."""

from __future__ import annotations

import random
import socket
import string
from typing import TYPE_CHECKING

import pytest

from milia_onto.edges.files import write_release
from milia_onto.linked.negotiate import choose
from tests.stores.process import free_ports

from .test_negotiate import random_header

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from milia_onto.model.values import Release
    from tests.conftest import Result

    from .hosts import Ask

SUFFIXES = {
    "application/rdf+xml": ".owl",
    "text/turtle": ".ttl",
    "application/ld+json": ".jsonld",
    "application/json": ".jsonld",
    "application/n-triples": ".nt",
    "text/html": ".html",
}
FRAGMENTS = (
    "text/turtle", "text/html", "*/*", "*", "text/*", "application/ld+json", ";q=0.5", ";q=", ";q=9",
    ";q=0", ",", ";", "\"", "\\", "=", "/", " ", "\t", ";profile=\"a,b\"", ";charset=utf-8", "é", "%",
)  # fmt: skip


def test_ten_thousand_random_accept_headers_give_no_500(asks: dict[str, Ask]) -> None:
    """Half of them within the grammar, half not; the answers of the two ways in agree."""
    luck = random.Random(12)
    function, statuses = asks["answer"], set()
    for number in range(10_000):
        if number % 2:
            header = random_header(luck)
        else:
            header = "".join(luck.choices(FRAGMENTS, k=luck.randint(0, 9)))
            header += "".join(luck.choices(string.printable[:95], k=luck.randint(0, 3)))
        reply = function("GET", "/MILIA_0000004", {"Accept": header})
        chosen = choose(header, tuple(SUFFIXES), "application/rdf+xml")
        statuses.add(reply.status)
        assert reply.status in {303, 406}, header
        if chosen is not None:
            assert reply.status == 303, header
    assert statuses == {303, 406}


def test_the_server_agrees_with_the_function(asks: dict[str, Ask]) -> None:
    luck = random.Random(13)
    for _ in range(500):
        headers = {"Accept": random_header(luck)}
        one, other = (asks[h]("GET", "/claim/s000-041", headers) for h in ("answer", "serve"))
        assert (one.status, one.location, one.body) == (other.status, other.location, other.body)


@pytest.mark.parametrize(
    "host",
    [
        pytest.param("apache", marks=pytest.mark.needs("apache2")),
        pytest.param("w3id", marks=pytest.mark.needs("apache2")),
        pytest.param("nginx", marks=pytest.mark.needs("nginx")),
    ],
)
def test_the_rules_of_the_hosts_negotiate_as_the_function_does(
    host: str, asks: dict[str, Ask]
) -> None:
    luck = random.Random(14)
    for _ in range(300):
        headers = {"Accept": random_header(luck)}
        one, other = (asks[h]("GET", "/MILIA_0000004", headers) for h in ("answer", host))
        assert (one.status, one.location) == (other.status, other.location), headers


STRANGE = (
    "//evil.example", "/%2e%2e/%2e%2e/etc/passwd", "/../../etc/passwd", "/MILIA_0000004%00", "/%ff%fe",
    "/MILIA_0000004/..", "/releases/", "/releases/x/y", "/claim/%0d%0aSet-Cookie:a=b", "/?_mediatype",
    "/?_mediatype=", "/?_mediatype=%", "/?_profile=%ff", "/?&&&", "/MILIA_0000004?_mediatype=a&_mediatype=b",
    "/" + "a" * 4_000, "/assets/", "/.htaccess", "/index.htm", "/.well-known/", "/claim/s000-041/",
)  # fmt: skip


@pytest.mark.parametrize("host", ["answer", "serve"])
def test_strange_addresses_are_answered(host: str, asks: dict[str, Ask]) -> None:
    assert len(STRANGE) == 21
    for path in STRANGE:
        reply = asks[host]("GET", path)
        assert reply.status in {303, 404, 406}, path
        assert "set-cookie" not in reply.headers
        assert not reply.headers.get("location", "/").startswith("//")


def test_health_and_endpoint_are_there(asks: dict[str, Ask]) -> None:
    assert asks["serve"]("GET", "/healthz").status == 200
    reply = asks["serve"]("GET", "/sparql?query=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D")
    assert b"true" in reply.body


def test_a_port_that_is_taken_is_one_line(milia_onto: Callable[..., Result]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = milia_onto("serve", "--port", taken.getsockname()[1])
    assert result.code == 3
    assert result.err.count("\n") == 1
    assert "Address already in use" in result.err


WRONG = (
    (("--port", "x"), 2, "is not a port"),
    (("--port", "70000"), 2, "is not a port"),
    (("--host", "no.such.host.invalid"), 3, "no such host"),
    (("--graph", "nonsense"), 2, "is not IRI=FILE"),
    (("--release", "nowhere"), 3, "no release is there"),
    (("--data", "nowhere.ttl"), 3, "cannot be read"),
    (("--data", "release"), 2, "tells no RDF syntax"),
    (("--default-format", "word"), 2, "invalid choice"),
)  # fmt: skip


@pytest.mark.parametrize(("arguments", "code", "told"), WRONG)
def test_what_is_called_wrongly_is_one_line(
    arguments: tuple[str, ...], code: int, told: str, milia_onto: Callable[..., Result]
) -> None:
    assert len(WRONG) == 8
    result = milia_onto("serve", "--port", *free_ports(1), *arguments)
    assert result.code == code
    assert told in result.err
    assert result.err.count("\n") == 1


def test_the_site_is_written_and_replaced(
    tmp_path: Path, small_release: Release, milia_onto: Callable[..., Result]
) -> None:
    out, folder = tmp_path / "site", tmp_path / "release"
    write_release(folder, small_release.files)
    address = "https://files.example/milia/"
    result = milia_onto("site", "--release", folder, "--out", out, "--address", address)
    assert result.code == 0
    assert "https://files.example/milia/%{ENV:STEM}" in (out / "hosts/w3id.htaccess").read_text()
    for name in (
        "index.html",
        "milia.ttl",
        "MILIA_0000001.jsonld",
        ".htaccess",
        "_headers",
        ".nojekyll",
    ):
        assert (out / name).is_file()
    (out / "mine").write_text("x")
    refused = milia_onto("site", "--release", folder, "--out", out)
    assert (refused.code, (out / "mine").read_text()) == (2, "x")
    assert "holds mine, which is no file of a site" in refused.err
    (out / "mine").unlink()
    assert milia_onto("site", "--release", folder, "--out", out).code == 0
    assert not (out / "hosts/w3id.htaccess").exists(), "this time no address was named"


def test_a_folder_with_something_else_is_left_alone(
    tmp_path: Path, milia_onto: Callable[..., Result]
) -> None:
    (tmp_path / "mine").write_text("x")
    result = milia_onto("site", "--out", tmp_path)
    assert result.code == 2
    assert "holds mine, which is no file of a site" in result.err


DAMAGED = {
    "manifest.json": b"[]",
    "context.jsonld": None,
    "milia.nt": b"<a> <b>",
    "milia.jsonld": b"{",
    "milia.shapes.ttl": b"<a> .",
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_release_is_one_line(
    name: str, small_release: Release, tmp_path: Path, milia_onto: Callable[..., Result]
) -> None:
    assert len(DAMAGED) == 5
    files = {**small_release.files, name: DAMAGED[name]}
    write_release(tmp_path / "r", {k: v for k, v in files.items() if v is not None})
    result = milia_onto("serve", "--release", tmp_path / "r", "--port", *free_ports(1))
    assert result.code == 1
    assert name in result.err
    assert result.err.count("\n") == 1
