"""`load` against a store that can be all kinds of stores: what it holds afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.load.fake_store import PASSWORD, TOKEN, USER, FakeStore, running
from tests.load.releases import NEW, OLD, ONTOLOGY, small_release, triples_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.load.conftest import Small
    from tests.running import Result

TRIPLES = triples_of(small_release(OLD))
# pyoxigraph writes 0.70 as 0.7.
TOLD = f"{TRIPLES} triples, RDFC-1.0 digest as the released values, in the store's own spelling"
SECRETS = {"MILIA_ONTO_PASSWORD": PASSWORD}
KINDS: dict[str, tuple[dict[str, Any], list[str], dict[str, str]]] = {
    "everything": ({}, [], {}),
    "updates only": ({"graphs": False}, [], {}),
    "updates only, in batches": ({"graphs": False}, ["--batch", "7"], {}),
    "graph store only": ({"update": False}, [], {}),
    "graph store that reads only": ({"writes": False}, [], {}),
    "in batches": ({}, ["--batch", "5"], {}),
    "one triple in a batch": ({}, ["--batch", "1"], {}),
    "413 above 900 bytes": ({"most": 900}, [], {}),
    "413 above 1200 bytes, updates only": ({"most": 1200, "graphs": False}, [], {}),
    "basic": ({"auth": "basic"}, ["--user", USER], SECRETS),
    "digest": ({"auth": "digest"}, ["--user", USER], SECRETS),
    "bearer": ({"auth": "bearer"}, [], {"MILIA_ONTO_TOKEN": TOKEN}),
    "its own spelling": ({"spelling": True}, [], {}),
    "20 rows an answer": ({"rows": 20}, [], {}),
    "alias": ({}, ["--alias"], {}),
    "alias, graph store only": ({"update": False}, ["--alias"], {}),
}


@pytest.mark.parametrize("name", KINDS)
def test_the_store_holds_the_release(name: str, cli: Callable[..., Result], small: Small) -> None:
    assert len(KINDS) == 16
    behaviour, arguments, secrets = KINDS[name]
    store = FakeStore(**behaviour)
    with running(store) as address:
        done = cli("load", address, "--release", small.old, *arguments, **secrets)
    targets = [ONTOLOGY, OLD] if "--alias" in arguments else [OLD]
    assert (done.code, done.err) == (0, "")
    assert done.out == "".join(f"{each}: {TOLD}\n" for each in targets)
    assert store.graphs() == set(targets)
    assert {store.count(graph) for graph in targets} == {TRIPLES}


@pytest.mark.parametrize("ending", ["", "/", "/query", "/update", "/data"])
def test_any_address_of_a_store_will_do(
    ending: str, cli: Callable[..., Result], small: Small
) -> None:
    store = FakeStore()
    with running(store) as address:
        done = cli("load", address + ending, "--release", small.old)
    assert (done.code, done.err, store.count(OLD)) == (0, "", TRIPLES)


def test_what_the_graph_held_is_replaced(cli: Callable[..., Result], small: Small) -> None:
    store = FakeStore()
    with running(store) as address:
        for release in (small.old, small.new, small.new):
            assert cli("load", address, "--release", release, "--graph", "urn:g").code == 0
    assert store.graphs() == {"urn:g"}
    texts = {quad.object.value for quad in store.store if "term" in str(quad.object)}
    assert len(texts) == 40
    assert all(text.endswith(NEW[-10:]) for text in texts)


@pytest.mark.parametrize("behaviour", [{}, {"update": False}, {"graphs": False}])
def test_what_a_killed_run_left_is_removed(
    behaviour: dict[str, bool], cli: Callable[..., Result], small: Small
) -> None:
    store = FakeStore(**behaviour)
    staging = f"{NEW}/staging/0123456789abcdef"
    version = f"<{ONTOLOGY}> <http://www.w3.org/2002/07/owl#versionIRI> <{NEW}>"
    store.store.update(
        f"INSERT DATA {{ GRAPH <{staging}> {{ {version} }} GRAPH <urn:o> {{ {version} }} }}"
    )
    with running(store) as address:
        assert cli("load", address, "--release", small.old).code == 0
    assert store.graphs() == {OLD, "urn:o"}


def test_a_dry_run_says_what_would_be_done_and_changes_nothing(
    cli: Callable[..., Result], small: Small
) -> None:
    store = FakeStore()
    with running(store) as address:
        done = cli("load", address, "--release", small.old, "--dry-run", "--alias")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[1:4] == [
        f"query: {store.base}",
        f"update: {store.base}/update",
        f"graph store: {store.base}/data",
    ]
    assert f"would replace by one update request: {OLD}, 0 triples now" in done.out
    assert store.graphs() == set()
    assert {method for method, kind, _ in store.asked if kind == "graph"} == {"GET", "HEAD"}


def test_what_passes_is_tried_again(cli: Callable[..., Result], small: Small) -> None:
    def busy(store: FakeStore, kind: str, headers: dict[str, str]) -> Any:
        # Of each kind the first request is refused; the switch is never sent twice.
        return (503, {"Retry-After": "0"}, b"") if store.kinds().count(kind) == 1 else None

    store = FakeStore(instead=busy)
    with running(store) as address:
        done = cli("load", address, "--release", small.old)
    assert (done.code, done.err, store.count(OLD)) == (0, "", TRIPLES)


def test_a_password_comes_from_a_netrc_file(
    cli: Callable[..., Result], small: Small, tmp_path: Path
) -> None:
    path = tmp_path / "netrc"
    path.write_text(f"machine 127.0.0.1 login {USER} password {PASSWORD}\n", encoding="utf-8")
    store = FakeStore(auth="basic")
    with running(store) as address:
        done = cli("load", address, "--release", small.old, NETRC=str(path))
        assert (done.code, done.err) == (0, "")
        path.rename(tmp_path / ".netrc")
        assert cli("load", address, "--release", small.old, "--user", USER).code == 0
        assert cli("load", address, "--release", small.old, "--user", "another").code == 2


def test_a_secret_is_not_sent_before_it_is_asked_for(
    cli: Callable[..., Result], small: Small
) -> None:
    store = FakeStore()
    with running(store) as address:
        assert cli("load", address, "--release", small.old, "--user", USER, **SECRETS).code == 0
    assert {given for _, _, given in store.asked} == {""}
