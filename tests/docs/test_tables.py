"""The scripts of ``docs/how-to/tables.md`` run on a fresh release; both engines agree."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milia_onto.edges.files import write_release

if TYPE_CHECKING:
    from milia_onto.model.values import Release

PROJECT = Path(__file__).resolve().parents[2]
PAGE = (PROJECT / "docs" / "how-to" / "tables.md").read_text("utf-8")
MARKED = re.compile(r"^<!-- (try|file): (\S+) -->\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = {name: text for _, name, text in MARKED.findall(PAGE)}
NAMES = {"conditions", "people.sql", "duckdb", "duckdb-claims", "spark", "spark-triples"}


def run(name: str, folder: Path) -> list[str]:
    done = subprocess.run(
        ["sh", "-euc", BLOCKS[name]]
        if name == "conditions"
        else [sys.executable, "-c", BLOCKS[name]],
        cwd=folder,
        env={
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(PROJECT),
            "SPARK_LOCAL_IP": "127.0.0.1",
        },
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def folder(made: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a release in ``build/`` and a million rows."""
    place = tmp_path_factory.mktemp("tables")
    write_release(place / "build", made.files)
    (place / "people.sql").write_text(BLOCKS["people.sql"], encoding="utf-8")
    run("conditions", place)
    return place


@pytest.fixture(scope="module")
def by_duckdb(folder: Path) -> list[str]:
    return run("duckdb", folder)


def test_all_scripts_are_found() -> None:
    assert set(BLOCKS) == NAMES
    assert PAGE.count("```") == 2 * len(NAMES)


def test_there_are_a_million_rows_and_always_the_same(folder: Path, tmp_path: Path) -> None:
    import duckdb

    from benchmarks.conditions import write

    again = tmp_path / "again.parquet"
    write(folder / "build" / "tables" / "mappings.parquet", again)
    assert again.read_bytes() == (folder / "conditions.parquet").read_bytes()
    count = f"SELECT count(*), count(DISTINCT condition_code) FROM '{again}'"
    assert duckdb.sql(count).fetchall() == [(1_000_000, 14_047)]


def test_people_by_kind(by_duckdb: list[str], folder: Path) -> None:
    """The answer, beside one that is worked out here without SQL and without the tables."""
    assert len(by_duckdb) > 20
    assert by_duckdb == sorted(
        by_duckdb, key=lambda line: (-int(line.split("\t")[3]), *line.split("\t")[:3:2])
    )
    assert set(by_duckdb) == set(worked_out(folder))


def worked_out(folder: Path) -> list[str]:
    """Mapping sets and graph of the release, joined in plain Python."""
    import csv
    from collections import defaultdict

    from pyarrow import parquet
    from pyoxigraph import RdfFormat, Store

    store = Store()
    store.bulk_load(path=str(folder / "build" / "milia.nt"), format=RdfFormat.N_TRIPLES)
    rows = store.query("""
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        SELECT ?kind ?above ?label WHERE {
            ?kind rdfs:subClassOf* ?above .
            ?above rdfs:subClassOf* <https://w3id.org/milia/MILIA_0000001> ; rdfs:label ?label
        }
    """)
    start = "https://w3id.org/milia/MILIA_"
    above = defaultdict(set)
    for row in rows:  # type: ignore[union-attr]
        kind, ancestor = (row[n].value.replace(start, "MILIA:") for n in ("kind", "above"))
        above[kind].add((ancestor, row["label"].value))
    match: dict[tuple[str, str], dict[tuple[str, str], str]] = defaultdict(dict)
    for name in ("icd10cm", "snomedct"):
        text = (folder / "build" / "mappings" / f"{name}.sssom.tsv").read_text("utf-8")
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            relation = row["predicate_id"].removeprefix("skos:")
            if row["predicate_modifier"] or relation in {"closeMatch", "relatedMatch"}:
                continue
            for ancestor in above[row["subject_id"]]:
                code = match[tuple(row["object_id"].split(":"))]  # type: ignore[index]
                if code.get(ancestor) != "certain":
                    code[ancestor] = "possible" if relation == "broadMatch" else "certain"
    people = defaultdict(set)
    table = parquet.read_table(folder / "conditions.parquet").to_pydict()
    for person, *code in zip(
        table["person_id"], table["vocabulary"], table["condition_code"], strict=True
    ):
        for ancestor, certainty in match.get(tuple(code), {}).items():  # type: ignore[arg-type]
            people[*ancestor, certainty].add(person)
    return ["\t".join([*key, str(len(found))]) for key, found in people.items()]


def test_claims_of_an_edge(folder: Path) -> None:
    rows = [line.split("\t") for line in run("duckdb-claims", folder)]
    assert len(rows) >= 3
    assert all("milia en plaque associated with" in label for label, _, _ in rows)


@pytest.mark.needs("java")
def test_spark_gives_the_rows_of_duckdb(folder: Path, by_duckdb: list[str]) -> None:
    assert run("spark", folder) == by_duckdb


@pytest.mark.needs("java")
def test_spark_over_the_triples(folder: Path) -> None:
    import milia_onto

    release = milia_onto.read_release(folder / "build")
    query = "SELECT ?l { ?k rdfs:subClassOf MILIA:0000013 ; rdfs:label ?l } ORDER BY ?l"
    wanted = [f'"{row["l"]}"@en' for row in milia_onto.ask(release, query)]
    assert len(wanted) > 5
    assert run("spark-triples", folder) == wanted
