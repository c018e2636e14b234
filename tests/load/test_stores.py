"""`load` and `query --endpoint` against real stores, with and without passwords."""

from __future__ import annotations

import re
import shlex
import threading
from typing import TYPE_CHECKING

import pytest

from milia_onto.edges.files import write_release
from tests.conftest import PROJECT
from tests.load.releases import NEW, OLD, small_release, triples_of
from tests.load.stores import count, fuseki, virtuoso

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.load.conftest import Small
    from tests.running import Result

TRIPLES = triples_of(small_release(OLD))
LOADED = f"{TRIPLES} triples, RDFC-1.0 digest as the released values, in the store's own spelling\n"
QUERY = ["query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--format", "csv", "--graph", OLD]
MANY = 5000
PAGE = PROJECT / "docs" / "how-to" / "load.md"


def watched(address: str, graph: str, work: Callable[[], None]) -> set[int]:
    """The sizes of a graph that a reader sees while ``work`` is done."""
    seen: set[int] = set()
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            seen.add(count(address, graph))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        work()
    finally:
        ended.set()
        reader.join()
    return seen


def large(folder: Path) -> list[tuple[Path, int]]:
    """Two releases that take a store a while, with their sizes."""
    found = []
    for version, terms in ((OLD, MANY // 2), (NEW, MANY)):
        release = small_release(version, terms)
        write_release(folder / version[-10:], release.files)
        found.append((folder / version[-10:], triples_of(release)))
    return found


@pytest.mark.needs("fuseki")
@pytest.mark.parametrize("auth", ["", "basic", "digest"])
def test_fuseki(auth: str, cli: Callable[..., Result], small: Small, tmp_path: Path) -> None:
    passwords = "curator: pa55word\n" if auth else ""
    user = ["--user", "curator"] if auth else []
    secret = {"MILIA_ONTO_PASSWORD": "pa55word"} if auth else {}
    with fuseki(tmp_path, passwords=passwords, auth=auth) as (address, _):
        done = cli("load", address, "--release", small.old, *user, **secret)
        assert done == (0, f"{OLD}: {LOADED}", "")
        assert cli(*QUERY, "--endpoint", address, *user, **secret).out == f"n\r\n{TRIPLES}\r\n"
        if auth:
            secret = {"MILIA_ONTO_PASSWORD": "wr0ng"}
            wrong = cli("load", address, "--release", small.new, *user, **secret)
            assert (wrong.code, wrong.out, wrong.err.count("\n")) == (3, "", 1)
            assert "does not accept the user curator" in wrong.err
            assert "wr0ng" not in wrong.err


@pytest.mark.needs("fuseki")
def test_the_commands_of_the_page(
    cli: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(PROJECT)
    lines = re.findall(
        r"^milia-onto (.* http://localhost:3030/ds.*)$", PAGE.read_text("utf-8"), re.M
    )
    assert len(lines) == 3
    with fuseki(tmp_path) as (address, _):
        told = [
            cli(*shlex.split(line.replace("http://localhost:3030/ds", address))) for line in lines
        ]
    assert [(done.code, done.err) for done in told] == [(0, "")] * 3
    assert told[2].out == cli("query", "cause-and-cure").out


@pytest.mark.needs("fuseki")
def test_a_reader_of_fuseki_sees_the_old_or_the_new(
    cli: Callable[..., Result], tmp_path: Path
) -> None:
    releases = large(tmp_path)
    with fuseki(tmp_path) as (address, _):
        assert sizes_seen(cli, address, releases) == {size for _, size in releases}


@pytest.mark.needs("virtuoso-t")
def test_virtuoso(cli: Callable[..., Result], small: Small, tmp_path: Path) -> None:
    given = ["--user", "dba"]
    secret = {"MILIA_ONTO_PASSWORD": "dba"}
    with virtuoso(tmp_path) as address:
        done = cli("load", address, "--release", small.old, *given, **secret)
        assert done == (0, f"{OLD}: {LOADED}", "")
        assert cli(*QUERY, "--endpoint", address).out == f"n\r\n{TRIPLES}\r\n"
        wrong = cli("load", address, "--release", small.old, *given, MILIA_ONTO_PASSWORD="wr0ng")
        assert (wrong.code, wrong.out, wrong.err.count("\n")) == (3, "", 1)
        assert "does not accept the user dba" in wrong.err
        stranger = cli("load", address, "--release", small.old)
        assert (stranger.code, stranger.out, stranger.err.count("\n")) == (3, "", 1)


@pytest.mark.needs("virtuoso-t")
def test_a_reader_of_virtuoso_sees_the_old_or_the_new(
    cli: Callable[..., Result], tmp_path: Path
) -> None:
    releases = large(tmp_path)
    with virtuoso(tmp_path) as address:
        seen = sizes_seen(cli, address, releases, "--user", "dba", MILIA_ONTO_PASSWORD="dba")
    assert seen == {size for _, size in releases}


def sizes_seen(
    cli: Callable[..., Result],
    address: str,
    releases: list[tuple[Path, int]],
    *user: str,
    **secret: str,
) -> set[int]:
    """The sizes seen while a store with the first release gets the second and the first again."""
    given = ["load", address, "--graph", "urn:g", *user, "--release"]
    assert cli(*given, releases[0][0], **secret).code == 0

    def load_both() -> None:
        for folder, size in reversed(releases):
            done = cli(*given, folder, **secret)
            assert (done.code, done.err, count(address, "urn:g")) == (0, "", size)

    return watched(address, "urn:g", load_both)
