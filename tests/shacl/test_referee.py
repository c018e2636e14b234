"""The same results as pySHACL: on every fixture, on the merged sources, and on spoilt ones."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from milia_onto.stages import merge

if TYPE_CHECKING:
    from milia_onto.model.values import Sources
    from tests.shacl.conftest import Judges

    Triples = list[ox.Triple]

FIXTURES = Path(__file__).resolve().parent.parent / "data" / "shapes"
FILES = sorted(FIXTURES.glob("*/*.ttl"))
# pySHACL takes seconds for the whole graph, so one run of it sees several mutations.
ROUNDS, MUTATIONS = 2, 15
SPOILT = ("mapping", "label", "comment", "IAO_0000115", "_id", "confidence", "match", "Match")


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_fixture_gives_what_pyshacl_gives(
    file: Path,
    all_shapes: Triples,
    judges: Judges,
) -> None:
    store = judges.store(file.read_bytes())
    assert judges.ours(store, all_shapes) == judges.theirs(store, all_shapes)


def test_the_fixtures_are_there() -> None:
    assert len(FILES) >= 32
    assert {file.name for file in FILES} == {"pass.ttl", "fail.ttl"}


def test_the_merged_sources_give_what_pyshacl_gives(
    sources: Sources,
    all_shapes: Triples,
    judges: Judges,
) -> None:
    store = judges.store(list(merge.merge(sources).origin.everything))
    assert judges.ours(store, all_shapes) == judges.theirs(store, all_shapes)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_spoilt_sources_give_what_pyshacl_gives(
    seed: int,
    sources: Sources,
    all_shapes: Triples,
    judges: Judges,
) -> None:
    triples = sorted(set(merge.merge(sources).origin.everything), key=str)
    sound = judges.ours(judges.store(triples), all_shapes)
    chance = random.Random(seed)
    store = judges.store(triples)
    for _ in range(MUTATIONS):
        spoil(store, triples, chance)
    found = judges.ours(store, all_shapes)
    assert found != sound
    assert found == judges.theirs(store, all_shapes)


def spoil(store: ox.Store, triples: Triples, chance: random.Random) -> None:
    """Take a triple of a mapping, label or definition away, alter its object or add another one."""
    wanted = [t for t in triples if any(word in t.predicate.value for word in SPOILT)]
    triple = chance.choice(wanted)
    quad = ox.Quad(triple.subject, triple.predicate, triple.object)
    if chance.random() < 0.75:
        store.remove(quad)
    if chance.random() < 0.75:
        other = chance.choice(
            [
                ox.Literal(""),
                ox.Literal("Ein Text", language="de"),
                ox.Literal(
                    "two", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
                ),
                ox.Literal(2),
                ox.NamedNode("https://w3id.org/milia/MILIA_9999999"),
                ox.BlankNode("spoilt"),
                chance.choice(wanted).object,
            ]
        )
        store.add(ox.Quad(triple.subject, triple.predicate, other))
