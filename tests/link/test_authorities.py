"""How good the candidates are on the authorities' tables, with the curated sets as the key.

The tables lie beside the project in ``../shared/vocab``, as for ``tests/test_authorities.py``.
The figures are those of ``docs/benchmarks-linking.md``.
"""

from __future__ import annotations

import pytest

from benchmarks.linking_key import OTHERS, TABLES, Keys, Score
from tests.conftest import PROJECT, authority_tables


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    folder = authority_tables()
    keys = Keys(PROJECT / "build", folder, imported=False)
    return {table: keys.ours(table) for table in (*TABLES, *OTHERS)}


@pytest.mark.parametrize("table", [*TABLES, *OTHERS])
def test_no_false_friend_is_proposed(table: str, scores: dict[str, Score]):
    assert len(scores) == 18
    assert scores[table].friends == set()


@pytest.mark.parametrize("table", [*TABLES, *OTHERS])
def test_all_that_is_proposed_was_judged(table: str, scores: dict[str, Score]):
    assert scores[table].unjudged == set()


def test_precision_and_recall(scores: dict[str, Score]):
    found = sum(len(score.found) for score in scores.values())
    good = sum(len(s.found & (s.known | s.right)) for s in scores.values())
    key = sum(len(score.key) for score in scores.values())
    recalled = sum(len(score.key & score.found) for score in scores.values())
    assert found > 60
    assert key > 35
    assert good / found >= 0.95
    assert recalled / key >= 0.9
