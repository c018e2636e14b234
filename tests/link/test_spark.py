"""Linking on Apache Spark: the same rows as in one process, on local[2] and on a real cluster."""

from __future__ import annotations

import importlib.util
import os
import re
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.link import vocabularies
from tests.running import Result, command_line, free_ports, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EX = "EX=https://example.org/ex/"
HOST = "127.0.0.1"
ROWS = 5_000
WAIT = 90.0
CLUSTER = "org.apache.spark.deploy"
pytestmark = [pytest.mark.needs("java"), pytest.mark.timeout(600)]


def link(path: Path, *options: str) -> Result:
    """In a process of its own: a JVM that Spark started lives as long as its Python."""
    given = ("--prefix", EX, "--review", path.with_suffix(".review"), *options)
    environment = {**os.environ, "SPARK_LOCAL_IP": HOST}
    return command_line("link", path, *given, environment=environment, seconds=300)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "large.csv"
    filler = [f"EX:{n},name number {n},,,n" for n in range(100, 100 + ROWS)]
    body = [*filler[:3000], *vocabularies.table("csv").splitlines()[1:], *filler[3000:]]
    path.write_text("\n".join(["id,label,synonyms,xrefs,obsolete", *body]) + "\n", encoding="utf-8")
    return path


def same_on(master: str, table: Path) -> None:
    review = table.with_suffix(".review")
    local = link(table)
    refused = review.read_bytes()
    review.unlink()
    spark = link(table, "--engine", "spark", "--master", master)
    assert (spark.code, spark.out) == (0, local.out), spark.err
    assert review.read_bytes() == refused
    assert all(f"\n{subject}\t" in spark.out for subject, _, _ in vocabularies.EXPECTED)


def test_local_spark_gives_the_same_rows(table: Path):
    same_on("local[2]", table)


@contextmanager
def daemon(tmp_path: Path, name: str, *command: str) -> Iterator[Path]:
    """The log of a daemon of the cluster, which is ended with all that it started."""
    home = Path(next(iter(importlib.util.find_spec("pyspark").submodule_search_locations)))
    log = tmp_path / f"{name}.log"
    called = [home / "bin" / "spark-class", f"{CLUSTER}.{command[0]}", *command[1:]]
    environment = {**os.environ, "SPARK_LOCAL_IP": HOST, "PYSPARK_PYTHON": sys.executable}
    with running(called, log, tmp_path, environment, family=True):
        yield log


def wait_for(log: Path, pattern: str, count: int) -> None:
    end = time.monotonic() + WAIT
    while len(re.findall(pattern, log.read_text())) < count:
        assert time.monotonic() < end, log.read_text()[-2000:]
        time.sleep(0.2)


def test_a_standalone_cluster_of_two_workers_gives_the_same_rows(table: Path, tmp_path: Path):
    (port,) = free_ports(1)
    master = f"spark://{HOST}:{port}"
    place = ("--host", HOST, "--webui-port", "0")
    room = ("--cores", "1", "--memory", "1100m", "--work-dir", str(tmp_path / "work"))
    worker = ("worker.Worker", *place, *room, master)
    with daemon(tmp_path, "master", "master.Master", *place, "--port", str(port)) as log:
        wait_for(log, "Starting Spark master", 1)
        with daemon(tmp_path, "one", *worker) as one, daemon(tmp_path, "two", *worker) as two:
            wait_for(log, "Registering worker", 2)
            same_on(master, table)
            # Both took part: each launched an executor for the application.
            for worker_log in (one, two):
                wait_for(worker_log, "Asked to launch executor", 1)


def test_an_error_on_a_worker_is_told_as_in_one_process(tmp_path: Path):
    path = tmp_path / "wrong.csv"
    rows = [f"EX:{n},name {n}" for n in range(3000)]
    rows[1500], rows[2500] = "EX:1500,=cmd|' /C calc'!A0", "WARD:1,milia"
    path.write_text("\n".join(["id,label", *rows]) + "\n", encoding="utf-8")
    local, spark = link(path), link(path, "--engine", "spark", "--master", "local[2]")
    assert (spark.code, spark.out) == (local.code, "") == (1, "")
    assert spark.err.splitlines()[-1] == local.err.splitlines()[-1]
    assert "wrong.csv:1502: “=cmd" in spark.err


def test_what_is_no_table_is_refused(tmp_path: Path, milia_onto: Callable[..., Result]):
    path = tmp_path / "a.obo"
    path.write_text(vocabularies.obo(), encoding="utf-8")
    answer = milia_onto("link", path, "--engine", "spark")
    assert (answer.code, answer.out) == (2, "")
    assert "Spark links CSV and TSV, not obo" in answer.err


def test_without_spark_one_line_says_how_to_get_it(
    table: Path, milia_onto: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    answer = milia_onto("link", table, "--prefix", EX, "--engine", "spark")
    assert (answer.code, answer.out) == (3, "")
    fix = "pip install 'milia-onto[spark]'"
    assert answer.err == f"milia-onto link: Apache Spark is not installed; {fix}\n"
