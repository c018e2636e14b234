"""Types and properties of a query are held against every entity: rightly, and at little cost."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from milia_onto.publish.lookup import index_of
from milia_onto.publish.names import normal
from milia_onto.reconcile import read
from milia_onto.reconcile.entities import CODES, PROPERTIES, Entities, Entity, short
from milia_onto.reconcile.score import Matcher

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(Entities(index_of((PROJECT / "build" / "terms.jsonld").read_bytes())))


def found(matcher: Matcher, **query: object) -> dict[str, float]:
    """The candidates with the share of the properties that fit."""
    (asked,) = read.batch(json.dumps({"q": query})).values()
    return {c.entity.id: c.properties for c in matcher.candidates(asked)}


def holds(matcher: Matcher, entity: Entity, pid: str, wanted: str) -> bool:
    """Whether a value, the name of one, or of a code what follows its prefix, is the wanted."""
    for key in CODES if pid == "mapping" else (pid,):
        for value in matcher.entities.values(entity, key):
            text = value.get("id") or value["str"]
            named = {normal(text), normal(value.get("name", ""))}
            if key in CODES:
                named.add(normal(text.partition(":")[2]))
            if normal(short(wanted) if wanted.startswith("MILIA:") else wanted) in named - {""}:
                return True
    return False


WANTED = ("MILIA:0000001", "MILIA_0000001", "milia", "L72.0", "ICD10WHO:L72.0", "hp:0001056", "Class", "")  # fmt: skip
PIDS = (*PROPERTIES, "mapping", "type", "id", "no such")


@pytest.mark.parametrize("pid", PIDS)
def test_a_property_fits_what_holds_the_value(matcher: Matcher, pid: str) -> None:
    assert len(PIDS) == len(PROPERTIES) + 4
    for wanted in WANTED:
        fitting = {e.id for e in matcher.entities.by_id.values() if holds(matcher, e, pid, wanted)}
        asked = [{"pid": pid, "v": wanted}]
        assert found(matcher, properties=asked) == dict.fromkeys(fitting, 1.0)
        both = [*asked, {"pid": "label", "v": ["no such label", "milia"]}]
        for id_, share in found(matcher, query="milia", properties=both).items():
            assert share == (id_ in fitting) / 2 + (id_ == "MILIA_0000001") / 2


TYPES = {
    "any": {"MILIA:0000002", "MILIA:0000003"},
    "all": {"MILIA:0000001", "MILIA:0000003"},
}


@pytest.mark.parametrize("strictness", TYPES)
def test_a_type_fits_what_is_below_it(matcher: Matcher, strictness: str) -> None:
    assert len(TYPES) == 2
    wanted = TYPES[strictness]
    entities = matcher.entities.by_id.values()
    fits = {e.id: len(e.above & wanted) >= (2 if strictness == "all" else 1) for e in entities}
    asked = [*wanted, *map(short, wanted)]
    parts = {"type": asked, "type_strict": strictness}
    everything = {"properties": [{"pid": "type", "v": "Class"}]}
    expected = {id_ for id_, it_fits in fits.items() if it_fits}
    assert len(expected) > 5
    assert set(found(matcher, **parts, **everything)) == expected


def test_a_large_batch_costs_little(matcher: Matcher) -> None:
    wanted = [{"pid": "mapping", "v": "L72.0"}] * (read.MOST_IN_BATCH // read.MOST_QUERIES)
    asked = {str(n): {"properties": wanted} for n in range(read.MOST_QUERIES)}
    batch = read.batch(json.dumps(asked))
    start = time.process_time()
    assert all(matcher.candidates(query) for query in batch.values())
    # Read anew for each property, the values of the entities took twelve seconds.
    assert time.process_time() - start < 3
