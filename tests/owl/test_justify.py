"""Smallest explanations, and the part of an ontology they are looked for in."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pyoxigraph import Literal

from milia_onto.owl import axioms as ax
from milia_onto.owl import expressions as ex
from milia_onto.owl.el import classify, entails_subsumption
from milia_onto.owl.justify import NotEntailedError, justification
from milia_onto.owl.locality import relevant
from milia_onto.owl.vocabulary import NOTHING, THING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

sub = ax.SubClassOf
some = ex.ObjectSomeValuesFrom


def justify(
    axioms: Sequence[ax.Axiom],
    lower: str,
    upper: str,
    oracle: Callable[[Sequence[ax.Axiom], str, str], bool] = entails_subsumption,
) -> tuple[ax.Axiom, ...]:
    part = relevant(axioms, lower)
    return justification(part, lambda some: oracle(some, lower, upper))


def test_one_line_through_many_axioms() -> None:
    noise = [sub(f"n{number}", f"n{number + 1}") for number in range(200)]
    line: list[ax.Axiom] = [sub("A", "B"), sub("B", "C"), sub("C", "D")]
    axioms = [line[2], *noise[:100], line[0], *noise[100:], line[1]]
    assert justify(axioms, "A", "D") == (line[2], line[0], line[1])


def test_of_two_explanations_always_the_same_one() -> None:
    axioms = [sub("A", "B"), sub("B", "D"), sub("A", "C"), sub("C", "D")]
    found = {justify(axioms, "A", "D") for _ in range(5)}
    assert len(found) == 1
    assert len(found.pop()) == 2


def test_unsatisfiable() -> None:
    axioms = [
        sub("A", some("r", "B")),
        sub("B", "C"),
        ax.DisjointClasses(("B", "C")),
        sub("A", "X"),
        ax.DisjointClasses(("X", "Y")),
    ]
    assert justify(axioms, "A", NOTHING) == tuple(axioms[:3])


def test_inconsistency_explains_everything() -> None:
    axioms = [ax.ClassAssertion("X", "a"), sub("X", NOTHING), sub("A", "C")]
    assert justify(axioms, "A", "B") == tuple(axioms[:2])


def test_what_needs_no_axiom() -> None:
    assert justify([sub("A", "B")], "A", "A") == ()
    assert justify([sub("A", "B")], "A", THING) == ()


def test_what_does_not_follow() -> None:
    with pytest.raises(NotEntailedError):
        justify([sub("A", "B")], "B", "A")
    with pytest.raises(NotEntailedError):
        justify([sub("A", "B")], "A", NOTHING)


def test_few_questions_for_a_slow_reasoner() -> None:
    asked = 0
    wanted = {17, 500, 901}
    axioms = [sub(f"c{number}", "D") for number in range(1000)]

    def entails(some_axioms: Sequence[ax.Axiom]) -> bool:
        nonlocal asked
        asked += 1
        return {axioms[number] for number in wanted} <= set(some_axioms)

    assert justification(axioms, entails) == tuple(axioms[number] for number in sorted(wanted))
    assert asked < 70


def test_another_reasoner_can_be_asked() -> None:
    axioms = [sub("A", ex.ObjectUnionOf(("B", "C"))), sub("B", "D"), sub("C", "D")]
    found = justify(axioms, "A", "D", lambda some_axioms, *_: len(some_axioms) == 3)
    assert found == tuple(axioms)


RELEVANT: dict[str, tuple[ax.Axiom, bool]] = {
    "about the class": (sub("A", "B"), True),
    "about another class": (sub("X", "A"), False),
    "conjunction with a stranger": (sub(ex.ObjectIntersectionOf(("A", "X")), "B"), False),
    "conjunction with everything": (sub(ex.ObjectIntersectionOf(("A", THING)), "B"), True),
    "union with a stranger": (sub(ex.ObjectUnionOf(("A", "X")), "B"), True),
    "not a stranger": (sub(ex.ObjectComplementOf("X"), "B"), True),
    "not everything": (sub(ex.ObjectComplementOf(THING), "B"), False),
    "below everything": (sub("A", THING), False),
    "below what is always so": (sub("A", ex.ObjectAllValuesFrom("r", "X")), False),
    "everything": (sub(THING, "X"), True),
    "universal below": (sub(ex.ObjectAllValuesFrom("r", "X"), "B"), True),
    "maximum below": (sub(ex.ObjectMaxCardinality(1, "r"), "B"), True),
    "maximum above": (sub("A", ex.ObjectMaxCardinality(1, "r")), False),
    "minimum none": (sub(ex.ObjectMinCardinality(0, "r"), "B"), True),
    "minimum one": (sub(ex.ObjectMinCardinality(1, "r"), "B"), False),
    "exactly none": (sub("A", ex.ObjectExactCardinality(0, "r")), False),
    "value of a stranger": (sub(some("r", "A"), "B"), False),
    "nominal": (sub(ex.ObjectOneOf(("a",)), "B"), True),
    "literal": (sub(ex.DataHasValue("u", Literal(1)), "B"), False),
    "definition": (ax.EquivalentClasses(("A", ex.ObjectIntersectionOf(("B", "C")))), True),
    "definition of another": (ax.EquivalentClasses(("X", some("r", "Y"))), False),
    "disjoint with a stranger": (ax.DisjointClasses(("A", "X")), False),
    "union of strangers": (ax.DisjointUnion("X", ("Y", "Z")), False),
    "union with the class": (ax.DisjointUnion("X", ("A", "Z")), True),
    "property": (ax.SubObjectPropertyOf("r", "s"), False),
    "reflexive": (ax.ReflexiveObjectProperty("r"), True),
    "domain": (ax.ObjectPropertyDomain("r", "B"), False),
    "instance": (ax.ClassAssertion("X", "a"), True),
    "link": (ax.ObjectPropertyAssertion("r", "a", "b"), True),
    "negative link": (ax.NegativeObjectPropertyAssertion("r", "a", "b"), False),
    "key": (ax.HasKey("X", ("r",), ()), False),
    "annotation": (ax.AnnotationAssertion("n", "A", Literal("x")), False),
    "declaration": (ax.Declaration(ax.EntityKind.CLASS, "A"), False),
    "data property": (ax.SubDataPropertyOf("u", "v"), False),
}


@pytest.mark.parametrize("case", RELEVANT)
def test_relevant(case: str) -> None:
    axiom, expected = RELEVANT[case]
    assert (relevant([axiom], "A") == (axiom,)) is expected


def test_relevance_spreads() -> None:
    axioms = [
        sub("C", "D"),
        ax.SubObjectPropertyOf(ax.ObjectPropertyChain(("r", "s")), "t"),
        sub("X", "Y"),
        sub("A", some("r", "B")),
        sub("B", some("s", "C")),
        sub(some("t", "D"), "E"),
    ]
    assert relevant(axioms, "A") == (*axioms[:2], *axioms[3:])


NAMES = ("A", "B", "C", "D")
names = st.sampled_from(NAMES)
roles = st.sampled_from(("r", "s"))
classes = st.one_of(
    names,
    st.builds(lambda one, two: ex.ObjectIntersectionOf((one, two)), names, names),
    st.builds(some, roles, names),
)
statements = st.one_of(
    st.builds(sub, classes, classes),
    st.builds(sub, names, classes),
    st.builds(lambda one, two: ax.EquivalentClasses((one, two)), names, classes),
    st.builds(lambda one, two: ax.DisjointClasses((one, two)), names, names),
    st.builds(ax.ObjectPropertyDomain, roles, names),
    st.builds(ax.SubObjectPropertyOf, roles, roles),
    st.builds(ax.ClassAssertion, names, st.just("a")),
)
ontologies = st.lists(statements, min_size=1, max_size=9)


@given(ontologies, names, st.sampled_from((*NAMES, NOTHING)))
def test_nothing_relevant_is_lost(axioms: list[ax.Axiom], lower: str, upper: str) -> None:
    part = relevant(axioms, lower)
    assert entails_subsumption(part, lower, upper) == entails_subsumption(axioms, lower, upper)


@given(ontologies, names, st.sampled_from((*NAMES, NOTHING)))
def test_a_justification_is_enough_and_minimal(
    axioms: list[ax.Axiom], lower: str, upper: str
) -> None:
    assume(entails_subsumption(axioms, lower, upper))
    found = justify(axioms, lower, upper)
    assert entails_subsumption(found, lower, upper)
    for fewer in combinations(found, max(len(found) - 1, 0)):
        if len(fewer) < len(found):
            assert not entails_subsumption(fewer, lower, upper)


def test_the_oracle_and_the_taxonomy_agree_on_nothing() -> None:
    axioms = [sub("A", NOTHING)]
    assert classify(axioms).unsatisfiable == {"A"}
    assert justify(axioms, "A", NOTHING) == tuple(axioms)
