"""The EL classifier on worked examples, one rule at a time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from milia_onto.owl import axioms as ax
from milia_onto.owl.el import classify, entails_subsumption
from milia_onto.owl.expressions import (
    ObjectAllValuesFrom,
    ObjectComplementOf,
    ObjectHasSelf,
    ObjectHasValue,
    ObjectIntersectionOf,
    ObjectInverseOf,
    ObjectOneOf,
    ObjectSomeValuesFrom,
    ObjectUnionOf,
)
from milia_onto.owl.vocabulary import BOTTOM_OBJECT_PROPERTY, NOTHING, THING, TOP_OBJECT_PROPERTY
from tests.owl.conftest import is_below

if TYPE_CHECKING:
    from milia_onto.owl.expressions import ClassExpression


def some(name: str, filler: ClassExpression = THING) -> ObjectSomeValuesFrom:
    return ObjectSomeValuesFrom(name, filler)


def both(*operands: ClassExpression) -> ObjectIntersectionOf:
    return ObjectIntersectionOf(operands)


def chain(*steps: str) -> ax.ObjectPropertyChain:
    return ax.ObjectPropertyChain(steps)


def sub(lower: ClassExpression, upper: ClassExpression) -> ax.SubClassOf:
    return ax.SubClassOf(lower, upper)


def equal(*operands: ClassExpression) -> ax.EquivalentClasses:
    return ax.EquivalentClasses(operands)


ENTAILED: dict[str, tuple[list[ax.Axiom], str, str]] = {
    "told": ([sub("A", "B"), sub("B", "C")], "A", "C"),
    "equivalent": ([equal("A", "B", "C")], "C", "A"),
    "conjunct": ([sub("A", both("B", "C"))], "A", "C"),
    "conjunction": ([sub("A", "B"), sub("A", "C"), sub(both("C", "B"), "D")], "A", "D"),
    "conjunction of three": (
        [sub("A", both("B", "C", "E")), sub(both("E", "B", "C"), "D")],
        "A",
        "D",
    ),
    "thing below": ([sub(THING, "B"), sub("A", "C")], "A", "B"),
    "nested thing": ([sub(both(THING, "A"), "B")], "A", "B"),
    "definition": (
        [equal("A", both("G", some("r", "X"))), sub("B", both("G", some("r", "Y"))), sub("Y", "X")],
        "B",
        "A",
    ),
    "property below": (
        [sub("A", some("r", "B")), ax.SubObjectPropertyOf("r", "s"), sub(some("s", "B"), "C")],
        "A",
        "C",
    ),
    "properties equal": (
        [
            sub("A", some("r", "B")),
            ax.EquivalentObjectProperties(("s", "r")),
            sub(some("s", "B"), "C"),
        ],
        "A",
        "C",
    ),
    "transitive": (
        [
            ax.TransitiveObjectProperty("p"),
            sub("A", some("p", "B")),
            sub("B", some("p", "C")),
            sub("C", some("p", "D")),
            sub(some("p", "D"), "E"),
        ],
        "A",
        "E",
    ),
    "chain": (
        [
            ax.SubObjectPropertyOf(chain("r", "s"), "t"),
            sub("A", some("r", "B")),
            sub("B", some("s", "C")),
            sub(some("t", "C"), "D"),
        ],
        "A",
        "D",
    ),
    "chain of three below another": (
        [
            ax.SubObjectPropertyOf(chain("r", "s", "r"), "t"),
            ax.SubObjectPropertyOf("t", "u"),
            sub("A", some("r", some("s", some("r", "C")))),
            sub(some("u", "C"), "D"),
        ],
        "A",
        "D",
    ),
    "chain into a chain": (
        [
            ax.SubObjectPropertyOf(chain("r", "s"), "t"),
            ax.SubObjectPropertyOf(chain("t", "s"), "u"),
            sub("A", some("r", some("s", some("s", "C")))),
            sub(some("u", "C"), "D"),
        ],
        "A",
        "D",
    ),
    "domain": ([ax.ObjectPropertyDomain("r", "D"), sub("A", some("r", "B"))], "A", "D"),
    "domain of a chain": (
        [
            ax.SubObjectPropertyOf(chain("r", "s"), "t"),
            ax.ObjectPropertyDomain("t", "D"),
            sub("A", some("r", some("s"))),
        ],
        "A",
        "D",
    ),
    "domain above": (
        [
            ax.SubObjectPropertyOf("r", "s"),
            ax.ObjectPropertyDomain("s", both("D", "E")),
            sub("A", some("r")),
        ],
        "A",
        "E",
    ),
    "range": (
        [
            ax.ObjectPropertyRange("r", "R"),
            sub("A", some("r", "B")),
            sub(some("r", both("B", "R")), "C"),
        ],
        "A",
        "C",
    ),
    "range above": (
        [
            ax.SubObjectPropertyOf("r", "s"),
            ax.ObjectPropertyRange("s", some("t", "R")),
            sub("A", some("r", "B")),
            sub(some("r", some("t", "R")), "C"),
        ],
        "A",
        "C",
    ),
    "range that cannot be": (
        [
            ax.ObjectPropertyRange("r", "R"),
            ax.DisjointClasses(("R", "B")),
            sub("A", some("r", "B")),
        ],
        "A",
        NOTHING,
    ),
    "disjoint": ([ax.DisjointClasses(("B", "C")), sub("A", both("B", "C"))], "A", NOTHING),
    "one of three disjoint": (
        [ax.DisjointClasses(("B", "X", "C")), sub("A", both("C", "B"))],
        "A",
        NOTHING,
    ),
    "disjoint with itself": ([ax.DisjointClasses(("A", "A"))], "A", NOTHING),
    "disjoint expressions": (
        [
            ax.DisjointClasses((some("r", "B"), both("C", "D"))),
            sub("A", both("C", "D", some("r", "B"))),
        ],
        "A",
        NOTHING,
    ),
    "filler that cannot be": ([sub("B", NOTHING), sub("A", some("r", "B"))], "A", NOTHING),
    "empty property": ([sub("A", some(BOTTOM_OBJECT_PROPERTY))], "A", NOTHING),
    "everything from nothing": ([sub("A", NOTHING), sub("B", "C")], "A", "C"),
    "disjoint union": ([ax.DisjointUnion("A", ("B", "C"))], "B", "A"),
    "disjoint union parts": (
        [ax.DisjointUnion("A", ("B", "C")), sub("D", both("B", "C"))],
        "D",
        NOTHING,
    ),
    "cycle": ([sub("A", some("r", "A")), sub(some("r", some("r", "A")), "B")], "A", "B"),
    "opaque expression": (
        [
            equal("A", both("B", ObjectAllValuesFrom("r", "C"))),
            sub("D", both("B", ObjectAllValuesFrom("r", "C"))),
        ],
        "D",
        "A",
    ),
    "value": (
        [
            sub("A", ObjectHasValue("r", "a")),
            ax.ClassAssertion("B", "a"),
            sub(some("r", "B"), "C"),
        ],
        "A",
        "C",
    ),
}
ENTAILED_COUNT = 32


def test_all_examples_are_found() -> None:
    assert len(ENTAILED) == ENTAILED_COUNT


@pytest.mark.parametrize("case", ENTAILED)
def test_entailed(case: str) -> None:
    axioms, lower, upper = ENTAILED[case]
    assert is_below(classify(axioms), lower, upper)
    assert entails_subsumption(axioms, lower, upper)


NOT_ENTAILED: dict[str, tuple[list[ax.Axiom], str, str]] = {
    "other direction": ([sub("A", "B")], "B", "A"),
    "half a conjunction": ([sub("A", "B"), sub(both("B", "C"), "D")], "A", "D"),
    "other filler": ([sub("A", some("r", "B")), sub(some("r", "C"), "D")], "A", "D"),
    "other property": ([sub("A", some("r", "B")), sub(some("s", "B"), "D")], "A", "D"),
    "property above": (
        [sub("A", some("s", "B")), ax.SubObjectPropertyOf("r", "s"), sub(some("r", "B"), "C")],
        "A",
        "C",
    ),
    "chain backwards": (
        [
            ax.SubObjectPropertyOf(chain("r", "s"), "t"),
            sub("A", some("s", some("r", "B"))),
            sub(some("t", "B"), "C"),
        ],
        "A",
        "C",
    ),
    "range of the source": ([ax.ObjectPropertyRange("r", "R"), sub("A", some("r", "B"))], "A", "R"),
    "range of the filler elsewhere": (
        [ax.ObjectPropertyRange("r", "R"), sub("A", some("r", "B"))],
        "B",
        "R",
    ),
    "disjoint apart": (
        [ax.DisjointClasses(("B", "C")), sub("A", "B"), sub("D", "C")],
        "A",
        NOTHING,
    ),
}


@pytest.mark.parametrize("case", NOT_ENTAILED)
def test_not_entailed(case: str) -> None:
    axioms, lower, upper = NOT_ENTAILED[case]
    assert not is_below(classify(axioms), lower, upper)
    assert not entails_subsumption(axioms, lower, upper)


INCONSISTENT: dict[str, list[ax.Axiom]] = {
    "instance of nothing": [ax.ClassAssertion("A", "a"), sub("A", NOTHING)],
    "disjoint types": [
        ax.DisjointClasses(("A", "B")),
        ax.ClassAssertion("A", "a"),
        ax.ClassAssertion("B", "a"),
    ],
    "range of a target": [
        ax.ObjectPropertyAssertion("r", "a", "b"),
        ax.ObjectPropertyRange("r", "R"),
        ax.ClassAssertion("A", "b"),
        ax.DisjointClasses(("A", "R")),
    ],
    "inverted assertion": [
        ax.ObjectPropertyAssertion(ObjectInverseOf("r"), "a", "b"),
        ax.ObjectPropertyDomain("r", "D"),
        ax.ClassAssertion("A", "b"),
        ax.DisjointClasses(("A", "D")),
    ],
    "negative assertion": [
        ax.ObjectPropertyAssertion("r", "a", "b"),
        ax.SubObjectPropertyOf("r", "s"),
        ax.NegativeObjectPropertyAssertion("s", "a", "b"),
    ],
    "same and different": [
        ax.SameIndividual(("a", "b", "c")),
        ax.DifferentIndividuals(("a", "c")),
    ],
    "target that cannot be": [
        ax.ClassAssertion(some("r", "A"), "a"),
        sub("A", NOTHING),
    ],
    "nothing can be": [sub(THING, "A"), sub("A", NOTHING)],
}


@pytest.mark.parametrize("case", INCONSISTENT)
def test_inconsistent(case: str) -> None:
    axioms = INCONSISTENT[case]
    assert not classify(axioms).consistent
    for left_out in range(len(axioms)):
        assert classify([*axioms[:left_out], *axioms[left_out + 1 :]]).consistent
    assert entails_subsumption(axioms, "X", "Y")


IGNORED: list[ax.Axiom] = [
    sub("A", ObjectUnionOf(("B", "C"))),
    sub("A", ObjectComplementOf("B")),
    sub(ObjectAllValuesFrom("r", "B"), "A"),
    sub("A", ObjectHasSelf("r")),
    sub("A", ObjectOneOf(("a", "b"))),
    sub("A", ObjectOneOf(("a",))),
    sub("A", ObjectHasValue("r", "a")),
    sub("A", ObjectSomeValuesFrom(ObjectInverseOf("r"), "B")),
    sub("A", some(TOP_OBJECT_PROPERTY, "B")),
    ax.ReflexiveObjectProperty("r"),
    ax.InverseObjectProperties("r", "s"),
    ax.FunctionalObjectProperty("r"),
    ax.SubDataPropertyOf("u", "v"),
    ax.DisjointUnion("A", ("B", "C")),
    ax.SubObjectPropertyOf(ObjectInverseOf("r"), "s"),
    ax.SubObjectPropertyOf(ax.ObjectPropertyChain(("r", ObjectInverseOf("s"))), "t"),
]


@pytest.mark.parametrize("axiom", IGNORED, ids=[str(number) for number in range(len(IGNORED))])
def test_ignored_is_told(axiom: ax.Axiom) -> None:
    assert classify([sub("A", "B"), axiom]).ignored == (axiom,)


def test_a_range_that_a_chain_does_not_keep_is_told() -> None:
    implied = ax.SubObjectPropertyOf(chain("r", "s"), "t")
    axioms = [implied, ax.ObjectPropertyRange("t", "R")]
    assert classify(axioms).ignored == (implied,)
    assert classify([*axioms, ax.ObjectPropertyRange("s", "R")]).ignored == ()


def test_declared_classes_are_in_the_taxonomy() -> None:
    taxonomy = classify([ax.Declaration(ax.EntityKind.CLASS, "A")])
    assert taxonomy.subsumers == {"A": frozenset()}


def test_annotations_are_passed_over() -> None:
    taxonomy = classify([ax.AnnotationAssertion("n", "A", "B")])
    assert (taxonomy.ignored, dict(taxonomy.subsumers)) == ((), {})


def test_deep_hierarchies_are_no_problem() -> None:
    taxonomy = classify([sub(f"c{number}", f"c{number + 1}") for number in range(3000)])
    assert len(taxonomy.subsumers["c0"]) == 3000


def test_many_disjoint_classes_are_no_problem() -> None:
    members = (*(f"c{number}" for number in range(20_000)), "c7")
    start = time.process_time()
    taxonomy = classify([ax.DisjointClasses(members)])
    assert time.process_time() - start < 2
    assert taxonomy.unsatisfiable == {"c7"}


def test_transitive_cycles_end() -> None:
    axioms: list[ax.Axiom] = [ax.TransitiveObjectProperty("p"), sub(some("p", "c0"), "X")]
    axioms += [sub(f"c{n}", some("p", f"c{(n + 1) % 50}")) for n in range(50)]
    assert all(is_below(classify(axioms), f"c{n}", "X") for n in range(50))
