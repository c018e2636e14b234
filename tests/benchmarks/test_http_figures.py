"""The figures and tables of the HTTP benchmark, from samples made by hand."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.http_clients import Reply, Sample
from benchmarks.http_figures import (
    Rates,
    against,
    differing,
    every_query,
    isolation,
    percentile,
    ratios,
    rows_of,
    whole_set,
)
from benchmarks.site_growth import terms


def rates(rate: float, p99: float = 0.01, failed: int = 0) -> Rates:
    return Rates(rate, 0.001, p99, 10, Counter({"500": failed} if failed else {}), 0.1)


TIMES = [float(n) for n in range(1, 201)]
SHARES = {0.5: 100.0, 0.99: 198.0, 1.0: 200.0, 0.0: 1.0}


@pytest.mark.parametrize("share", SHARES)
def test_a_percentile_is_the_nearest_rank(share: float) -> None:
    assert len(SHARES) == 4
    assert percentile(TIMES[::-1], share) == SHARES[share]
    assert percentile([7.0], share) == 7.0


def test_samples_of_clients_add_up() -> None:
    total = Sample()
    total.add(Sample([0.1, 0.3], 2.0, Counter(), 0.25, 1.0))
    total.add(Sample([0.2], 1.0, Counter({"503": 1}), 0.5, 1.5))
    assert Rates.of(total) == Rates(3.0, 0.2, 0.3, 3, Counter({"503": 1}), 0.5)


ANSWERS = {
    b'{"head": {}, "results": {"bindings": [{}, {}]}}': "2",
    b'{"head": {}, "boolean": false}': "False",
    b"<html>": "no results in JSON: JSONDecodeError",
    b'{"head": {}}': "no results in JSON: KeyError",
}


@pytest.mark.parametrize("body", ANSWERS)
def test_rows_are_counted(body: bytes) -> None:
    assert len(ANSWERS) == 4
    assert rows_of(Reply(200, body, "")) == ANSWERS[body]
    assert rows_of(Reply(500, body, "")) == "status 500"


def test_differing_rows_are_shown_and_only_these() -> None:
    rows = {"a": {"ours": "1", "Fuseki": "1"}, "b": {"ours": "2", "Fuseki": "status 500"}}
    assert differing(rows).splitlines() == [
        "Equally many rows on all servers: 1 of 2 queries; the others:",
        "",
        "| rows | ours | Fuseki |",
        "| --- | ---: | ---: |",
        "| b | 2 | status 500 |",
    ]
    assert differing({"a": rows["a"]}) == "Equally many rows on all servers: 1 of 1 queries.\n"


EACH = {
    "fast": {"ours": rates(400), "Fuseki": rates(100, 0.02)},
    "slow": {"ours": rates(50, 0.03), "Fuseki": rates(200, 0.02)},
    "broken": {"ours": rates(50), "Fuseki": rates(9000, failed=3)},
}


def test_a_server_that_failed_is_not_compared_with() -> None:
    assert ratios(EACH, "Fuseki") == {"fast": 4.0, "slow": 0.25}
    assert ratios(EACH, "Virtuoso") == {}
    assert against(EACH, "Virtuoso") == "No query that both ours and Virtuoso answered.\n"


def test_what_is_slower_is_named() -> None:
    assert against(EACH, "Fuseki").splitlines() == [
        "- ours / Fuseki, answers a second: geometric mean 1.00 over 2 queries",
        "- slower than Fuseki: 1 (slow 0.25)",
        "- the least ratios: slow 0.25, fast 4.00",
        "- p99 above that of Fuseki: 1 (slow)",
    ]


def test_the_worst_query_comes_first_and_failures_are_told() -> None:
    table = every_query(EACH, {name: {"ours": "7"} for name in EACH}).splitlines()[2:]
    assert table == [
        "| broken | 7 | 50.0 · 1.00 · 10.0 | 3 of 500 |  |",
        "| slow | 7 | 50.0 · 1.00 · 30.0 | 200 · 1.00 · 20.0 | 0.25 |",
        "| fast | 7 | 400 · 1.00 · 10.0 | 100 · 1.00 · 20.0 | 4.00 |",
    ]


def test_the_whole_set_is_told_beside_fuseki_where_it_runs() -> None:
    mix = {"ours": rates(300), "bare": rates(400, 0.02), "Fuseki": rates(100, failed=1)}
    assert "| ours | 300 | 1.00 | 10.0 | 3.00 x | 10 | 0 | 0.10 |" in whole_set(mix)
    assert "| Fuseki | 100 | 1.00 | 10.0 | 1.00 x | 10 | 1 of 500 | 0.10 |" in whole_set(mix)
    assert "| ours | 300 | 1.00 | 10.0 |  | 10 | 0 | 0.10 |" in whole_set({"ours": mix["ours"]})
    last = isolation({"ours": rates(1), "bare": rates(2)}, mix).splitlines()[-1]
    assert last.endswith("uncached: answers/s 0.75 x, p50 1.00 x, p99 0.50 x")


def test_terms_are_own_terms_that_are_described() -> None:
    data = b"""<https://w3id.org/milia/MILIA_0000002> <x:p> <https://w3id.org/milia/MILIA_0000003> .
<https://w3id.org/milia/MILIA_0000001> <x:p> "a" .
<https://w3id.org/milia/MILIA_0000001> <x:p> "b" .
<https://w3id.org/milia/claim/MILIA_0000004> <x:p> "c" .
"""
    assert terms(data) == ["MILIA_0000001", "MILIA_0000002"]
