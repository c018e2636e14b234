"""The hierarchy agrees with counting every path by hand."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from milia_onto.concepts.hierarchy import Hierarchy

# Parents have greater numbers, so there is no circle.
GRAPHS = st.dictionaries(
    st.integers(0, 7), st.lists(st.integers(1, 3), unique=True, max_size=3), max_size=8
).map(lambda steps: {str(n): tuple(str(n + s) for s in by) for n, by in steps.items()})


def paths(parents: dict[str, tuple[str, ...]], name: str) -> list[list[str]]:
    """Every way up from a name, with the name and the end of the way."""
    further = [[name, *way] for up in parents.get(name, ()) for way in paths(parents, up)]
    return [[name], *further]


@settings(derandomize=True, deadline=None)
@given(GRAPHS, st.integers(0, 7).map(str))
def test_levels_and_ancestors_are_those_of_the_paths(
    parents: dict[str, tuple[str, ...]], name: str
) -> None:
    lengths: dict[str, list[int]] = {}
    for way in paths(parents, name):
        lengths.setdefault(way[-1], []).append(len(way) - 1)
    hierarchy = Hierarchy(parents)
    assert hierarchy.levels(name) == {end: (min(n), max(n)) for end, n in lengths.items()}
    assert hierarchy.ancestors(name) == set(lengths) - {name}


@settings(derandomize=True, deadline=None)
@given(GRAPHS, st.integers(0, 7).map(str), st.sets(st.integers(0, 10).map(str)))
def test_the_nearest_have_no_other_wanted_between(
    parents: dict[str, tuple[str, ...]], name: str, wanted: set[str]
) -> None:
    hierarchy = Hierarchy(parents)
    above = hierarchy.ancestors(name) & wanted
    far = {x for near in above for x in hierarchy.ancestors(near) & above}
    assert hierarchy.nearest(name, wanted.__contains__) == tuple(sorted(above - far))


def test_a_circle_ends() -> None:
    hierarchy = Hierarchy({"a": ("b",), "b": ("a", "c")})
    assert hierarchy.ancestors("a") == {"b", "c"}
    assert hierarchy.nearest("a", {"c"}.__contains__) == ("c",)
    assert set(hierarchy.levels("a")) == {"a", "b", "c"}


def test_many_ways_are_not_walked_one_by_one() -> None:
    # Forty storeys of two rooms, each with a stair to both above: 2 ** 40 ways.
    rooms = {f"{n}{side}": (f"{n + 1}l", f"{n + 1}r") for n in range(40) for side in "lr"}
    start = time.process_time()
    assert Hierarchy(rooms).levels("0l")["40r"] == (40, 40)
    assert time.process_time() - start < 5
