"""Closures, reductions and differences."""

from milia_onto.owl.closure import reachable
from milia_onto.owl.taxonomy import (
    Comparison,
    compare,
    direct_superclasses,
    from_pairs,
)
from milia_onto.owl.vocabulary import NOTHING, THING

DIAMOND = from_pairs("ABCDE", [("A", "B"), ("A", "C"), ("B", "D"), ("C", "D"), ("A", "D")])
# F and G are equal, and so are B and C; all four and A stand in one line.
EQUAL = from_pairs(
    "ABCFG",
    [("A", "B"), ("B", "C"), ("C", "B"), ("C", "F"), ("F", "G"), ("G", "F")],
    ["N"],
)


def test_closure() -> None:
    assert reachable("a", {"a": "bc", "b": "d", "d": "a"}) == set("abcd")


def test_from_pairs_closes() -> None:
    assert DIAMOND.subsumers["A"] == {"B", "C", "D"}
    assert DIAMOND.subsumers["E"] == frozenset()
    assert EQUAL.subsumers["B"] == {"C", "F", "G"}


def test_from_pairs_leaves_out_the_top_and_the_impossible() -> None:
    taxonomy = from_pairs("AN", [("A", THING), ("N", "A")], ["N"])
    assert taxonomy.subsumers == {"A": frozenset(), "N": frozenset()}
    assert taxonomy.unsatisfiable == {"N"}


def test_direct_superclasses() -> None:
    assert direct_superclasses(DIAMOND) == {
        "A": ("B", "C"),
        "B": ("D",),
        "C": ("D",),
        "D": (),
        "E": (),
    }


def test_direct_superclasses_of_equivalent_classes() -> None:
    assert direct_superclasses(EQUAL) == {
        "A": ("B", "C"),
        "B": ("F", "G"),
        "C": ("F", "G"),
        "F": (),
        "G": (),
        "N": (),
    }


def test_compare() -> None:
    left = from_pairs("ABC", [("A", "B"), ("A", "C")])
    right = from_pairs("ABC", [("A", "B"), ("B", "C")])
    difference = compare(left, right)
    assert difference.only_left == ()
    assert difference.only_right == (("B", "C"),)
    assert compare(left, left) == Comparison((), ())


def test_compare_unsatisfiable_and_inconsistent() -> None:
    sound = from_pairs("AB", [("A", "B")])
    empty = from_pairs("AB", [], ["A"])
    assert compare(sound, empty).only_left == ()
    assert compare(sound, empty).only_right == (("A", NOTHING),)
    wrong = from_pairs("AB", [("A", "B")], consistent=False)
    assert compare(sound, wrong).only_right == ((THING, NOTHING),)
