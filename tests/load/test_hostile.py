"""Whatever a store or a caller does wrong ends in one clear line, without a secret."""

from __future__ import annotations

import base64
import socket
import struct
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.load.fake_store import HTML, JSON, PASSWORD, TOKEN, USER, FakeStore, running
from tests.load.releases import NEW, OLD, ONTOLOGY, small_release, triples_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.load.conftest import Small
    from tests.running import Result

TRIPLES = triples_of(small_release(OLD))
BASIC = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
ALL_SECRETS = (PASSWORD, TOKEN, BASIC)


def always(status: int, kind: str, body: bytes, **headers: str) -> dict[str, Any]:
    answer = (status, {"Content-Type": kind, **headers}, body)
    return {"instead": lambda store, asked, given: answer}


def echo(store: FakeStore, kind: str, headers: dict[str, str]) -> Any:
    """A store that repeats what it was sent."""
    if "authorization" not in headers:
        return 401, {"WWW-Authenticate": "Basic"}, b""
    said = f"no: {headers['authorization']}, {PASSWORD}\r\n\x1b[2J and on"
    return 500, {"Content-Type": "text/plain"}, said.encode()


def once_sent(method: str, answer: Any) -> dict[str, Any]:
    """``answer`` to a method of the graph store, from the first triples that were sent to it."""

    def instead(store: FakeStore, kind: str, headers: dict[str, str]) -> Any:
        methods = [asked for asked, _, _ in store.asked]
        return answer if methods[-1] == method and "PUT" in methods else None

    return {"instead": instead}


# What the store does, the exit code, what the line says.
STORES: dict[str, tuple[dict[str, Any], int, str]] = {
    "a web page": (always(200, "text/html", HTML), 3, "answers with a web page"),
    "no page": (always(404, "text/html", HTML), 3, "HTTP 404"),
    "forbidden": (always(403, "text/plain", b"members only"), 3, "HTTP 403: members only"),
    "malformed JSON": (always(200, JSON, b'{"boolean": tru'), 3, "no SPARQL result"),
    "deep JSON": (always(200, JSON, b"[" * 100_000), 3, "no SPARQL result"),
    "JSON of another kind": (always(200, JSON, b'["boolean"]'), 3, "no SPARQL result"),
    "results of another kind": (always(200, JSON, b'{"results": {"bindings": 3}}'), 3, "no SPARQL result"),
    "another host": (always(302, "", b"", Location="http://127.0.0.2:9/ds"), 3, "another host, 127.0.0.2:9"),
    "itself": (always(307, "", b"", Location="/ds"), 3, "redirects in circles"),
    "always busy": (always(503, "text/plain", b"later"), 3, "HTTP 503: later"),
    "endless": ({"instead": lambda *_: "endless"}, 4, "answers with more than"),
    "hang": ({"instead": lambda *_: "hang"}, 4, "no full answer within 2 s"),
    "echo": ({"instead": echo}, 3, "no: Basic ***, *** [2J and on"),
    "another password": ({"auth": "basic", "instead": lambda s, k, h: (401, {"WWW-Authenticate": "Basic"}, b"") if h.get("authorization") else None}, 3, f"does not accept the user {USER}"),
    "read-only": ({"update": False, "writes": False}, 3, "refuses a batch of triples (HTTP 405: read-only)"),
    "queries only": ({"update": False, "graphs": False}, 3, "refuses updates (HTTP 404)"),
    "413 for all": ({"most": 420, "graphs": False}, 3, "refuses a batch of triples (HTTP 413)"),
    "hangs when sent triples": (once_sent("PUT", "hang"), 4, "the previous content is still in place"),
    "loses a triple": ({"loses": True}, 1, "the previous content is still in place"),
    "says yes and does nothing": ({"lies": True, "graphs": False}, 1, "holds 0 triples that are not the released graph"),
    "gives no RDF back": (once_sent("GET", (200, {"Content-Type": "application/n-triples"}, b"<a> b")), 3, "no RDF"),
    "gives a web page back": (once_sent("GET", (200, {"Content-Type": "text/html"}, HTML)), 3, "answers with a web page"),
    "Virtuoso without updates": ({"update": False, "product": "Virtuoso/7"}, 3, "give it the right to update"),
}  # fmt: skip


def is_clear(done: Result, code: int, words: str) -> None:
    assert done.code == code, done
    assert words in done.err, done.err
    assert done.err.startswith("milia-onto load: ")
    assert done.err.count("\n") == 1
    assert "Traceback" not in done.err
    assert done.out == ""
    for secret in ALL_SECRETS:
        assert secret not in done.out + done.err


@pytest.mark.parametrize("name", STORES)
def test_a_bad_store_gets_one_line_and_keeps_what_it_had(
    name: str, cli: Callable[..., Result], small: Small
) -> None:
    assert len(STORES) == 23
    behaviour, code, words = STORES[name]
    store = FakeStore(**behaviour)
    store.store.update(f"INSERT DATA {{ GRAPH <{OLD}> {{ <urn:a> <urn:b> <urn:c> }} }}")
    with running(store) as address:
        done = cli(
            "load", address, "--release", small.old, "--timeout", 2, "--user", USER,
            MILIA_ONTO_PASSWORD=PASSWORD,
        )  # fmt: skip
    is_clear(done, code, words)
    assert store.count(OLD) == 1


def test_a_wrong_token_is_not_repeated(cli: Callable[..., Result], small: Small) -> None:
    with running(FakeStore(auth="bearer")) as address:
        done = cli("load", address, "--release", small.old, MILIA_ONTO_TOKEN=PASSWORD)
    is_clear(done, 3, "does not accept our token")


@pytest.mark.parametrize("auth", ["basic", "digest", "bearer"])
def test_a_locked_store_asks_who_we_are(
    auth: str, cli: Callable[..., Result], small: Small
) -> None:
    with running(FakeStore(auth=auth)) as address:
        done = cli("load", address, "--release", small.old)
    is_clear(done, 3, "asks who we are; give --user NAME")


def test_no_secret_goes_to_another_host(cli: Callable[..., Result], small: Small) -> None:
    other = FakeStore()
    with running(other) as elsewhere:
        moved = FakeStore(**always(308, "", b"", Location=elsewhere))
        with running(moved) as address:
            done = cli("load", address, "--release", small.old, MILIA_ONTO_TOKEN=TOKEN)
    is_clear(done, 3, "another host")
    assert len(moved.asked) == 1
    assert other.asked == []


@contextmanager
def raw(reply: bytes | None) -> Iterator[str]:
    """A server that sends these bytes to whoever comes, or resets the connection."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            with line:
                if reply is None:
                    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                else:
                    line.recv(65536)
                    line.sendall(reply)

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/ds"
    listening.close()


LINES = {
    "reset": None,
    "nothing": b"",
    "another protocol": b"220 mail.example.org ESMTP\r\n",
    "cut": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
    "wrong length": b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
    "bad gzip": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nhalf",
    "bad challenge": b'HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm="\r\nContent-Length: 0\r\n\r\n',
    "bad target": b"HTTP/1.1 301 No\r\nLocation: http://[::\r\nContent-Length: 0\r\n\r\n",
}


@pytest.mark.parametrize("name", LINES)
def test_what_is_no_http_is_said_so(name: str, cli: Callable[..., Result], small: Small) -> None:
    assert len(LINES) == 8
    with raw(LINES[name]) as address:
        done = cli(
            "load", address, "--release", small.old, "--user", USER, MILIA_ONTO_PASSWORD=PASSWORD
        )
    is_clear(done, 3, f"{address}: ")


ADDRESSES = {
    "ftp://localhost/ds": "no web address",
    "localhost:3030/ds": "no web address",
    "http://": "no web address",
    "http://localhost:port/ds": "no web address",
    "http://[::1/ds": "no web address",
    "http://local host/ds": "no web address",
    f"http://{USER}:{PASSWORD}@localhost/ds": "holds a user name or a password",
    f"http://{TOKEN}@localhost/ds": "holds a user name or a password",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_bad_address_is_a_wrong_call(
    address: str, cli: Callable[..., Result], small: Small
) -> None:
    assert len(ADDRESSES) == 8
    is_clear(cli("load", address, "--release", small.old), 2, ADDRESSES[address])


CALLS: dict[str, tuple[list[str], dict[str, str], int, str]] = {
    "password as an argument": (["--password", PASSWORD], {}, 2, "--password is not taken"),
    "token as an argument": ([f"--token={TOKEN}"], {}, 2, "--token is not taken"),
    "no password": (["--user", USER], {}, 2, "there is no password for the user curator"),
    "a colon in the name": (["--user", "a:b"], {"MILIA_ONTO_PASSWORD": PASSWORD}, 2, "cannot be sent"),
    "a line in the token": ([], {"MILIA_ONTO_TOKEN": f"{TOKEN}\nX: y"}, 2, "MILIA_ONTO_TOKEN holds"),
    "a blank in the graph": (["--graph", "urn:a b"], {}, 2, "is no IRI"),
    "a brace in the graph": (["--graph", "urn:a> } ; DROP ALL"], {}, 2, "is no IRI"),
    "a relative graph": (["--graph", "mine"], {}, 2, "is no IRI"),
    "no batch": (["--batch", "0"], {}, 2, "is not a number of triples"),
    "no time": (["--timeout", "-1"], {}, 2, "is not a positive number"),
    "no netrc": ([], {"NETRC": "no-such-file"}, 3, "no-such-file: cannot be read"),
    "no release": (["--release", "no-such-folder"], {}, 3, "no release is there"),
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_a_wrong_call_reaches_no_store(name: str, cli: Callable[..., Result], small: Small) -> None:
    assert len(CALLS) == 12
    arguments, secrets, code, words = CALLS[name]
    store = FakeStore()
    with running(store) as address:
        done = cli("load", address, "--release", small.old, *arguments, **secrets)
    is_clear(done, code, words)
    assert store.asked == []


def test_a_broken_netrc_is_not_quoted(
    cli: Callable[..., Result], small: Small, tmp_path: Path
) -> None:
    path = tmp_path / "netrc"
    path.write_text(f"machine 127.0.0.1 login me pass {PASSWORD}\n", encoding="utf-8")
    done = cli("load", "http://127.0.0.1:9/ds", "--release", small.old, NETRC=str(path))
    is_clear(done, 3, f"{path}:1: is no netrc file")


def test_a_release_that_does_not_verify_is_not_sent(
    cli: Callable[..., Result], small: Small, tmp_path: Path
) -> None:
    for path in small.new.iterdir():
        data = path.read_bytes()
        (tmp_path / path.name).write_bytes(data.replace(NEW.encode(), OLD.encode()))
    store = FakeStore()
    with running(store) as address:
        done = cli("load", address, "--release", tmp_path)
    is_clear(done, 1, "nothing was sent")
    assert store.asked == []


def test_the_content_stays_where_the_switch_fails(cli: Callable[..., Result], small: Small) -> None:
    def refuse(store: FakeStore, kind: str, headers: dict[str, str]) -> Any:
        full = any("/staging/" in graph for graph in store.graphs())
        return (
            (500, {"Content-Type": "text/plain"}, b"disk full")
            if full and kind == "update"
            else None
        )

    store = FakeStore(instead=refuse)
    store.store.update(f"INSERT DATA {{ GRAPH <{OLD}> {{ <urn:a> <urn:b> <urn:c> }} }}")
    with running(store) as address:
        done = cli("load", address, "--release", small.old)
    is_clear(done, 3, "refuses the switch (HTTP 500: disk full)")
    assert "the previous content is still in place" in done.err
    assert store.count(OLD) == 1


@pytest.mark.parametrize("behaviour", [{"update": False}, {}])
def test_what_a_switch_has_replaced_before_it_failed_is_named(
    behaviour: dict[str, bool], cli: Callable[..., Result], small: Small
) -> None:
    def fill(store: FakeStore, kind: str, headers: dict[str, str]) -> Any:
        # The disk is full once the alias graph is replaced.
        full = store.count(ONTOLOGY) > 1 and store.asked[-1][0] == "PUT"
        return (507, {"Content-Type": "text/plain"}, b"disk full") if full else None

    store = FakeStore(instead=fill, **behaviour)
    for graph in (ONTOLOGY, OLD):
        store.store.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <urn:a> <urn:b> <urn:c> }} }}")
    with running(store) as address:
        done = cli("load", address, "--release", small.old, "--alias")
    if behaviour:
        left = f"the new release is in place in <{ONTOLOGY}>, the previous content still in <{OLD}>"
        is_clear(done, 3, f"refuses replacing the graph (HTTP 507: disk full) ({left})")
        assert (store.count(ONTOLOGY), store.count(OLD)) == (TRIPLES, 1)
    else:
        assert (done.code, store.count(ONTOLOGY), store.count(OLD)) == (0, TRIPLES, TRIPLES)
    assert store.graphs() == {ONTOLOGY, OLD}
