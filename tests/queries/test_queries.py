"""Every shipped query is well made, short, listed, and answers exactly what is recorded.

``python tests/queries/record.py`` records the answers and the page anew.
"""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import pyoxigraph as ox

    from milia_onto.model.values import Release, Sources

HERE = Path(__file__).resolve().parent
SPEC = spec_from_file_location("record_queries", HERE / "record.py")
assert SPEC
assert SPEC.loader
record: Any = module_from_spec(SPEC)
sys.modules["record_queries"] = record
SPEC.loader.exec_module(record)

FOLDER = HERE.parents[1] / "ontology" / "queries"
SLUGS = sorted(path.stem for path in FOLDER.glob("*.ttl"))
QUERIES = 140
MOST_LINES = 15
SH = "http://www.w3.org/ns/shacl#"


@pytest.fixture(scope="module")
def store(made: Release) -> ox.Store:
    loaded: ox.Store = record.load(made.files[record.RELEASE])
    return loaded


def read(slug: str) -> Any:
    return record.read(slug, (FOLDER / f"{slug}.ttl").read_bytes())


def test_the_number_of_queries_is_known() -> None:
    assert len(SLUGS) == QUERIES


def test_every_query_has_an_answer_and_every_answer_a_query() -> None:
    assert sorted(path.stem for path in record.ANSWERS.iterdir()) == SLUGS
    assert all(path.suffix == ".tsv" for path in record.ANSWERS.iterdir())


def test_every_theme_has_queries() -> None:
    assert {read(slug).theme for slug in SLUGS} == set(record.THEMES)


def test_no_question_is_asked_twice() -> None:
    assert len({read(slug).question for slug in SLUGS}) == QUERIES


@pytest.mark.parametrize("slug", SLUGS)
def test_a_query_is_well_made(slug: str) -> None:
    query = read(slug)
    assert query.types == {f"{SH}SPARQLExecutable", f"{SH}SPARQLSelectExecutable"}
    assert query.label == slug.replace("-", " ")
    assert query.question[0].isupper()
    assert query.question.endswith("?")
    assert "|" not in query.question
    assert query.keywords
    assert query.theme in record.THEMES


@pytest.mark.parametrize("slug", SLUGS)
def test_a_query_is_short(slug: str) -> None:
    lines = read(slug).body
    assert len(lines) <= MOST_LINES
    assert max(map(len, lines)) <= 120


@pytest.mark.parametrize("slug", SLUGS)
def test_a_query_declares_the_prefixes_that_it_uses(slug: str, sources: Sources) -> None:
    text, body = read(slug).text, "\n".join(read(slug).body)
    prefixes = record.prefixes_of(sources.files)
    for line in text.splitlines():
        if line.startswith("PREFIX "):
            _, name, iri = line.split()
            assert prefixes.by_name[name.removesuffix(":")].namespace == iri.strip("<>")
            assert name in body


@pytest.mark.parametrize("slug", SLUGS)
def test_a_query_answers_what_is_recorded(slug: str, store: ox.Store, sources: Sources) -> None:
    header, *rows = record.answer(store, read(slug), record.prefixes_of(sources.files))
    text = (record.ANSWERS / f"{slug}.tsv").read_text(encoding="utf-8")
    wanted_header, *wanted = (line.split("\t") for line in text.splitlines())
    assert header == wanted_header
    assert sorted(rows) == sorted(wanted)
    assert rows, "a query that nothing answers teaches nothing"
    assert len({tuple(row) for row in rows}) == len(rows), "say DISTINCT, or ask for less"


def test_the_page_lists_every_query() -> None:
    wanted = record.page([read(slug) for slug in SLUGS])
    assert record.PAGE.read_text(encoding="utf-8") == wanted, "run tests/queries/record.py"


def test_a_query_that_lacks_a_theme_is_refused() -> None:
    data = (FOLDER / f"{SLUGS[0]}.ttl").read_bytes().replace(b"schema:about", b"schema:name")
    with pytest.raises(KeyError, match="about"):
        record.read(SLUGS[0], data)
