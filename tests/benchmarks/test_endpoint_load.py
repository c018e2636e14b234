"""When two answers of the endpoint are the same."""

from __future__ import annotations

import json

import pytest

from benchmarks.endpoint_load import same


def answer(*values: str, name: str = "n") -> bytes:
    rows = [{name: {"type": "literal", "value": value}} for value in values]
    return json.dumps({"head": {"vars": [name]}, "results": {"bindings": rows}}).encode()


CASES = {
    "the same bytes": (answer("12", "3"), answer("12", "3"), True),
    "another order of rows": (answer("12", "3"), answer("3", "12"), True),
    "the same signs in one value": (answer("12"), answer("21"), False),
    "the same signs in two values": (answer("12", "3"), answer("13", "2"), False),
    "a row too often": (answer("1", "1", "2"), answer("1", "2", "2"), False),
    "a row too few": (answer("1", "1"), answer("1"), False),
    "another variable": (answer(name="a"), answer(name="b"), False),
    "cut off": (answer("1"), answer("1")[:-1], False),
    "something else": (answer("1"), b'{"status": 503}', False),
}


@pytest.mark.parametrize("name", CASES)
def test_answers_are_compared_row_by_row(name: str) -> None:
    assert len(CASES) == 9
    one, other, expected = CASES[name]
    assert same(one, other) is expected
    assert same(other, one) is expected
