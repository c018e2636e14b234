"""The OMOP tables hold under the constraints of the CDM, in two databases, and say what we say."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from milia_onto.omop.rules import FIRST_OTHER, FIRST_TERM, LANGUAGES
from milia_onto.omop.tables import COLUMNS
from tests.omop.cluster import Cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.model.values import Release

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
PAGE = (PROJECT / "docs" / "how-to" / "omop.md").read_text(encoding="utf-8")
MARKED = re.compile(r"^<!-- try: (\w+) -->\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SCRIPTS = dict(MARKED.findall(PAGE))
IN_THE_CDM = [name for name in COLUMNS if name != "CONCEPT_RELATIONSHIP_STAGE"]
# What tells a row of ours from those of the stand-in and those that the script adds.
OWN_IDS = {
    "CONCEPT": ("concept_id",),
    "VOCABULARY": ("vocabulary_concept_id",),
    "CONCEPT_CLASS": ("concept_class_concept_id",),
    "CONCEPT_RELATIONSHIP": ("concept_id_1", "concept_id_2"),
    "CONCEPT_SYNONYM": ("concept_id",),
    "CONCEPT_ANCESTOR": ("ancestor_concept_id", "descendant_concept_id"),
}
MOST = 2**31 - 1


def rows(release: Release, name: str) -> list[dict[str, str]]:
    lines = release.files[f"omop/{name}.csv"].decode().splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="session")
def folder(made: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder that holds nothing but the tables, as the page expects them."""
    found = tmp_path_factory.mktemp("omop")
    (found / "build" / "omop").mkdir(parents=True)
    for name in COLUMNS:
        (found / "build" / "omop" / f"{name}.csv").write_bytes(made.files[f"omop/{name}.csv"])
    return found


@pytest.fixture(scope="module")
def cluster(folder: Path) -> Iterator[Cluster]:
    with Cluster() as found:
        found.sql((HERE / "cdm.sql").read_text())
        found.sql((HERE / "standing.sql").read_text())
        done = subprocess.run(
            ["sh", "-euc", SCRIPTS["load"]],
            cwd=folder,
            env=found.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        yield found


def test_the_page_has_the_scripts_that_are_tried() -> None:
    assert list(SCRIPTS) == ["load", "ask", "duckdb"]


@pytest.mark.needs("psql")
def test_postgresql_takes_the_tables_with_all_keys(cluster: Cluster, made: Release) -> None:
    cluster.sql((HERE / "keys.sql").read_text())
    own = {
        name: " AND ".join(f"{column} >= {FIRST_TERM}" for column in columns)
        for name, columns in OWN_IDS.items()
    }
    held = {
        name: int(cluster.sql(f"SELECT count(*) FROM {name} WHERE {own[name]}")[0][0])
        for name in IN_THE_CDM
    }
    assert held == {name: len(rows(made, name)) for name in IN_THE_CDM}
    assert min(held.values()) > 0


@pytest.mark.needs("psql")
def test_the_mappings_find_the_ids_of_the_site(cluster: Cluster) -> None:
    found = cluster.sql(
        "SELECT concept_code FROM concept_relationship r JOIN concept c ON c.concept_id = "
        "r.concept_id_1 WHERE r.relationship_id = 'Maps to' AND r.concept_id_2 = 10 ORDER BY 1"
    )
    assert ["MILIA_0000001"] in found
    assert ["MILIA_0000013"] in found
    # What SNOMED's Milia must not be used for has no row.
    assert not any(code.startswith("MILIA_00002") for (code,) in found)


@pytest.mark.needs("psql")
def test_the_question_of_the_page_is_answered(cluster: Cluster) -> None:
    found = cluster.sql(SCRIPTS["ask"])
    assert found[0] == ["trauma-associated milia", "0"]
    assert ["milia following sunburn", "2"] in found


def test_duckdb_takes_the_tables_with_types_and_lengths(folder: Path) -> None:
    with duckdb.connect() as base:
        base.execute((HERE / "cdm.sql").read_text())
        base.execute((HERE / "standing.sql").read_text())
        form = "delim='\\t', quote='', header=true, dateformat='%Y%m%d', all_varchar=false"
        for name in IN_THE_CDM:
            path = folder / "build" / "omop" / f"{name}.csv"
            base.execute(f"INSERT INTO {name} SELECT * FROM read_csv('{path}', {form})")
        # DuckDB does not hold varchar(n), nor can keys be added later: both are looked for.
        lengths = re.findall(
            r"^CREATE TABLE (\w+)|^    (\w+) varchar\((\d+)\)", (HERE / "cdm.sql").read_text(), re.M
        )
        table, looked = "", 0
        for new, column, most in lengths:
            table = new or table
            if column:
                long = base.execute(
                    f"SELECT count(*) FROM {table} WHERE length({column}) > {most}"
                ).fetchone()
                assert long == (0,), (table, column)
                looked += 1
        assert looked == 23
        keys = re.findall(
            r"ALTER TABLE (\w+) ADD FOREIGN KEY \((\w+)\) REFERENCES (\w+) \((\w+)\)",
            (HERE / "keys.sql").read_text(),
        )
        assert len(keys) == 14
        for table, column, other, key in keys:
            query = f"SELECT {column} FROM {table} EXCEPT SELECT {key} FROM {other}"
            assert base.execute(query).fetchall() == [], (table, column)


def test_the_duckdb_script_of_the_page_runs(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPTS["duckdb"]],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert "Spec Anatomic Site" in done.stdout


def test_columns_are_those_of_the_cdm(made: Release) -> None:
    tables = re.findall(r"CREATE TABLE (\w+) \((.*?)\n\);", (HERE / "cdm.sql").read_text(), re.S)
    cdm = {name.upper(): tuple(re.findall(r"^    (\w+)", body, re.M)) for name, body in tables}
    assert {name: COLUMNS[name] for name in IN_THE_CDM} == {name: cdm[name] for name in IN_THE_CDM}
    for name, columns in COLUMNS.items():
        assert tuple(rows(made, name)[0]) == columns


def test_ids_are_local_and_follow_the_number(made: Release) -> None:
    found = rows(made, "CONCEPT")
    terms = [row for row in found if row["vocabulary_id"] == "MILIA"]
    assert len(terms) > 350
    assert len({row["concept_id"] for row in found}) == len(found)
    for row in terms:
        assert int(row["concept_id"]) == FIRST_TERM + int(row["concept_code"].rpartition("_")[2])
    assert FIRST_TERM > 2_000_000_000
    assert FIRST_TERM + 9_999_999 < FIRST_OTHER < max(int(r["concept_id"]) for r in found) < MOST
    assert {row["standard_concept"] for row in found} == {""}


def test_domains_follow_what_stands_above(made: Release) -> None:
    domain = {row["concept_code"]: row["domain_id"] for row in rows(made, "CONCEPT")}
    assert domain["MILIA_0000001"] == domain["MILIA_0000200"] == "Condition"
    kinds = set(domain.values())
    assert kinds == {
        "Condition",
        "Procedure",
        "Drug",
        "Spec Anatomic Site",
        "Observation",
        "Metadata",
    }


def test_ancestors_count_the_steps(made: Release) -> None:
    found = {
        (
            int(r["ancestor_concept_id"]) - FIRST_TERM,
            int(r["descendant_concept_id"]) - FIRST_TERM,
        ): (
            int(r["min_levels_of_separation"]),
            int(r["max_levels_of_separation"]),
        )
        for r in rows(made, "CONCEPT_ANCESTOR")
    }
    assert len(found) == len(rows(made, "CONCEPT_ANCESTOR"))
    assert found[13, 13] == (0, 0)
    assert found[1, 13] == (2, 2)
    assert found[38, 76] == (1, 1)
    assert found[3, 24] == (2, 3)
    assert (2, 13) not in found


def test_relationships_come_in_pairs(made: Release) -> None:
    back = {"Is a": "Subsumes", "Subsumes": "Is a"}
    found = {
        (r["concept_id_1"], r["concept_id_2"], r["relationship_id"])
        for r in rows(made, "CONCEPT_RELATIONSHIP")
    }
    assert len(found) > 500
    assert {(b, a, back[kind]) for a, b, kind in found} == found


def test_synonyms_mean_the_same_in_a_language_that_omop_can_tell(made: Release) -> None:
    found = {
        (r["concept_id"], r["concept_synonym_name"], int(r["language_concept_id"]))
        for r in rows(made, "CONCEPT_SYNONYM")
    }
    assert {language for *_, language in found} == set(LANGUAGES.values())
    assert ("2070000001", "milk spots", 4180186) in found
    assert ("2070000001", "Milien", 4182504) in found
    assert ("2070000001", "white spots", 4180186) not in found


def test_only_one_equal_or_one_wider_concept_is_mapped_to(made: Release) -> None:
    found = rows(made, "CONCEPT_RELATIONSHIP_STAGE")
    assert {(r["vocabulary_id_2"], r["relationship_id"]) for r in found} == {("SNOMED", "Maps to")}
    codes = [r["concept_code_1"] for r in found]
    assert len(codes) == len(set(codes)) > 25
    assert {r["concept_code_2"] for r in found if r["concept_code_1"] == "MILIA_0000001"} == {
        "254679001"
    }
