"""What a value set holds by its definition, at what cost; operations do not hold others up."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from milia_onto.fhir.compose import MOST_STEPS, OPERATORS, members
from milia_onto.fhir.outcome import OutcomeError
from milia_onto.fhir.terminology import Terminology
from milia_onto.serve import fhir
from tests.fhir.asking import posted
from tests.fhir.matrix import EVERY, GONE, MILIA, PRIMARY, TRAUMA, S, is_a, of_set

if TYPE_CHECKING:
    from collections.abc import Callable

    from milia_onto.model.values import Release
    from tests.fhir.asking import Asker

PLAQUE, NOBODY = "MILIA_0000006", "MILIA_9999999"
# What an operator says of one code (FHIR R5, filter-operator).
MEANING: dict[str, Callable[[Terminology, str, str], bool]] = {
    "=": lambda _, code, value: code == value,
    "is-a": lambda t, code, value: code == value or value in t.hierarchy.ancestors(code),
    "descendent-of": lambda t, code, value: value in t.hierarchy.ancestors(code),
    "is-not-a": lambda t, code, value: code != value and value not in t.hierarchy.ancestors(code),
    "generalizes": lambda t, code, value: code == value or code in t.hierarchy.ancestors(value),
    "in": lambda _, code, value: code in value.split(","),
    "not-in": lambda _, code, value: code not in value.split(","),
}
VALUES = (MILIA, PLAQUE, TRAUMA, GONE)
LISTS = ("", MILIA, f"{MILIA},{TRAUMA},{NOBODY}", f"{MILIA}, {TRAUMA},,{MILIA}")
FILTERS = [(op, value) for op in MEANING for value in (LISTS if "in" in op.split("-") else VALUES)]


@pytest.fixture(scope="module")
def terminology(released: Release) -> Terminology:
    return Terminology(released.files)


@pytest.mark.parametrize(("op", "value"), FILTERS)
def test_a_filter_holds_what_its_operator_says(
    terminology: Terminology, op: str, value: str
) -> None:
    assert len(FILTERS) == 28
    assert set(MEANING) == set(OPERATORS)
    expected = [code for code in terminology.concepts if MEANING[op](terminology, code, value)]
    assert members(terminology, "r4", of_set(is_a(value, op))) == expected
    assert (expected == []) == ((op, value) in {("in", ""), ("descendent-of", GONE)})


def test_a_property_filter_holds_what_has_that_value(terminology: Terminology) -> None:
    pairs: dict[tuple[str, str], list[str]] = {}
    for code, concept in terminology.concepts.items():
        for said in concept["property"]:
            (value,) = (v for key, v in said.items() if key != "code")
            text = {True: "true", False: "false"}[value] if isinstance(value, bool) else value
            codes = pairs.setdefault((said["code"], text), [])
            codes += [code] if code not in codes else []
    assert len(pairs) > 400
    assert {name for name, _ in pairs} >= {"parent", "child", "inactive", "status"}
    for (name, value), codes in pairs.items():
        assert members(terminology, "r4", of_set(is_a(value, "=", name))) == codes
    assert members(terminology, "r4", of_set(is_a("no such", "=", "status"))) == []


def filters(number: int) -> dict[str, Any]:
    rule = {"property": "concept", "op": "is-a", "value": MILIA}
    return {"system": S, "filter": [rule] * number}


# what needs so many steps: an include is one, a filter, a named value set, and what that one needs
STEPS: dict[str, Callable[[int], dict[str, Any]]] = {
    "filters": lambda n: of_set(filters(n - 1)),
    "includes": lambda n: of_set(*[{"system": S}] * n),
    "excludes": lambda n: of_set({"system": S}, exclude=[{"system": S}] * (n - 1)),
    "value sets": lambda n: of_set({"valueSet": [EVERY] * ((n - 2) // 2)}, {"system": S}),
    "filters of many": lambda n: of_set(*[filters(4)] * (n // 5)),
}


@pytest.mark.parametrize("name", STEPS)
def test_a_value_set_may_need_so_many_steps(name: str, terminology: Terminology) -> None:
    assert len(STEPS) == 5
    assert members(terminology, "r4", STEPS[name](MOST_STEPS)) != [] or name == "excludes"
    with pytest.raises(OutcomeError, match=f"more than {MOST_STEPS} parts") as caught:
        members(terminology, "r4", STEPS[name](MOST_STEPS + 5))
    assert (caught.value.status, caught.value.issue) == (422, "too-costly")


LARGE = {
    "filters": (posted(valueSet=of_set(filters(4000))), 422),
    "words": (posted(url=EVERY, filter="m " * 100_000), 200),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_large_request_costs_little(name: str, asker: Asker) -> None:
    assert len(LARGE) == 2
    body, status = LARGE[name]
    start = time.process_time()
    assert asker("r5", "ValueSet/$expand", body).status == status
    # Most of it is the validation of the answer by the test itself.
    assert time.process_time() - start < 3


def test_an_operation_does_not_hold_up_others(
    asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, together = fhir.answer, threading.Barrier(2, timeout=20)

    def slow(terminology: Terminology, asking: Any) -> Any:
        together.wait()
        return real(terminology, asking)

    async def both() -> list[httpx.Response]:
        transport = httpx.ASGITransport(asker.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://milia") as client:
            paths = (f"/fhir/ValueSet/$expand?url={PRIMARY}", "/fhir/metadata")
            return await asyncio.gather(*map(client.get, paths))

    monkeypatch.setattr(fhir, "answer", slow)
    assert [found.status_code for found in asyncio.run(both())] == [200, 200]
