"""The axioms as rules of the EL calculus."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .. import axioms as ax
from ..vocabulary import TOP_OBJECT_PROPERTY
from .concepts import BOTTOM, TOP, Concepts
from .roles import Roles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Index:
    """The rules of an ontology and the axioms that they do not, or not wholly, cover."""

    def __init__(self, axioms: Iterable[ax.Axiom]) -> None:
        self.roles = Roles()
        self.concepts = Concepts(self.roles)
        self.groups: defaultdict[int, list[int]] = defaultdict(list)
        """For a concept: the numbers of the disjointness axioms it is a member of."""
        self.classes: dict[int, str] = {}
        self.existing: list[int] = [TOP]
        """Concepts that have an instance in every model: owl:Thing and the individuals."""
        self.ignored: list[ax.Axiom] = []
        self._group_count = 0
        self._targets: list[tuple[int, int]] = []
        self._chains: list[tuple[ax.Axiom, int, int]] = []
        for axiom in axioms:
            self._add(axiom)
        self._finish()

    def _add(self, axiom: ax.Axiom) -> None:
        handler = _HANDLERS.get(type(axiom))
        self.concepts.partial = handler is None
        if handler is not None:
            handler(self, axiom)
        if self.concepts.partial:
            self.ignored.append(axiom)

    def _finish(self) -> None:
        concepts = self.concepts
        for axiom, last, upper in self._chains:
            # Without this (Profiles, 2.2.6) the end of a chain would need a rule of its own.
            if not self.roles.ranges(upper) <= self.roles.ranges(last):
                self.ignored.append(axiom)
        concepts.eliminate_ranges()
        for role, target in self._targets:
            concepts.told[target] += sorted(self.roles.ranges(role))
        for key, number in concepts.ids.items():
            if isinstance(key, str):
                self.classes[number] = key
            elif isinstance(key, tuple) and key[1] == "individual":
                self.existing.append(number)

    def _role(self, name: Any) -> int | None:
        """The property's number, or None for one outside EL, which makes the axiom partial."""
        if not isinstance(name, str) or name == TOP_OBJECT_PROPERTY:
            self.concepts.partial = True
            return None
        return self.roles.role(name)

    def _declaration(self, axiom: ax.Declaration) -> None:
        if axiom.kind == ax.EntityKind.CLASS:
            self.concepts.numbered(axiom.iri)
        elif axiom.kind == ax.EntityKind.NAMED_INDIVIDUAL:
            self.concepts.individual(axiom.iri)

    def _annotation(self, axiom: ax.Axiom) -> None:
        """Nothing: annotations have no meaning in logic."""

    def _sub_class(self, axiom: ax.SubClassOf) -> None:
        concept = self.concepts.concept
        self.concepts.include(concept(axiom.sub_class), concept(axiom.super_class))

    def _equivalent_classes(self, axiom: ax.EquivalentClasses) -> None:
        self._equate([self.concepts.concept(operand) for operand in axiom.operands])

    def _same(self, axiom: ax.SameIndividual) -> None:
        self._equate([self.concepts.individual(individual) for individual in axiom.individuals])

    def _equate(self, members: list[int]) -> None:
        for one, two in pairwise(members):
            self.concepts.include(one, two)
            self.concepts.include(two, one)

    def _disjoint_classes(self, axiom: ax.DisjointClasses) -> None:
        self._separate([self.concepts.concept(operand) for operand in axiom.operands])

    def _different(self, axiom: ax.DifferentIndividuals) -> None:
        self._separate([self.concepts.individual(individual) for individual in axiom.individuals])

    def _separate(self, members: list[int]) -> None:
        self._group_count += 1
        for member, times in Counter(members).items():
            self.groups[self.concepts.left(member)].append(self._group_count)
            if times > 1:
                self.concepts.include(member, BOTTOM)

    def _disjoint_union(self, axiom: ax.DisjointUnion) -> None:
        members = [self.concepts.concept(operand) for operand in axiom.operands]
        self._separate(members)
        for member in members:
            self.concepts.include(member, self.concepts.numbered(axiom.union))
        self.concepts.partial = True

    def _sub_property(self, axiom: ax.SubObjectPropertyOf) -> None:
        upper = self._role(axiom.super_property)
        if isinstance(axiom.sub_property, ax.ObjectPropertyChain):
            steps = [self._role(step) for step in axiom.sub_property.properties]
            known = [step for step in steps if step is not None]
            if upper is not None and len(known) == len(steps):
                self.roles.chain(known, upper)
                self._chains.append((axiom, known[-1], upper))
            return
        lower = self._role(axiom.sub_property)
        if lower is not None and upper is not None:
            self.roles.include(lower, upper)

    def _equivalent_properties(self, axiom: ax.EquivalentObjectProperties) -> None:
        roles = [self._role(name) for name in axiom.properties]
        for one, two in pairwise([role for role in roles if role is not None]):
            self.roles.include(one, two)
            self.roles.include(two, one)

    def _transitive(self, axiom: ax.TransitiveObjectProperty) -> None:
        role = self._role(axiom.property)
        if role is not None:
            self.roles.chain([role, role], role)

    def _domain(self, axiom: ax.ObjectPropertyDomain) -> None:
        role = self._role(axiom.property)
        if role is not None:
            concepts = self.concepts
            self.roles.domain(role, concepts.right(concepts.concept(axiom.domain)))

    def _range(self, axiom: ax.ObjectPropertyRange) -> None:
        role = self._role(axiom.property)
        if role is not None:
            concepts = self.concepts
            self.roles.range(role, concepts.right(concepts.concept(axiom.range)))

    def _class_assertion(self, axiom: ax.ClassAssertion) -> None:
        concepts = self.concepts
        individual = concepts.individual(axiom.individual)
        concepts.include(individual, concepts.concept(axiom.class_expression))

    def _assertion(self, axiom: ax.ObjectPropertyAssertion) -> None:
        concepts = self.concepts
        source, target = concepts.individual(axiom.source), concepts.individual(axiom.target)
        name = axiom.property
        if not isinstance(name, str):
            name, source, target = name.object_property, target, source
        concepts.include(source, concepts.existential(name, target))
        self._targets.append((self.roles.role(name), target))

    def _negative_assertion(self, axiom: ax.NegativeObjectPropertyAssertion) -> None:
        concepts = self.concepts
        source, target = concepts.individual(axiom.source), concepts.individual(axiom.target)
        name = axiom.property
        if not isinstance(name, str):
            name, source, target = name.object_property, target, source
        connected = concepts.existential(name, target)
        concepts.include(concepts.conjunction((source, connected)), BOTTOM)


_HANDLERS: dict[type, Callable[[Index, Any], None]] = {
    ax.Declaration: Index._declaration,
    ax.AnnotationAssertion: Index._annotation,
    ax.SubAnnotationPropertyOf: Index._annotation,
    ax.AnnotationPropertyDomain: Index._annotation,
    ax.AnnotationPropertyRange: Index._annotation,
    ax.SubClassOf: Index._sub_class,
    ax.EquivalentClasses: Index._equivalent_classes,
    ax.DisjointClasses: Index._disjoint_classes,
    ax.DisjointUnion: Index._disjoint_union,
    ax.SubObjectPropertyOf: Index._sub_property,
    ax.EquivalentObjectProperties: Index._equivalent_properties,
    ax.TransitiveObjectProperty: Index._transitive,
    ax.ObjectPropertyDomain: Index._domain,
    ax.ObjectPropertyRange: Index._range,
    ax.ClassAssertion: Index._class_assertion,
    ax.ObjectPropertyAssertion: Index._assertion,
    ax.NegativeObjectPropertyAssertion: Index._negative_assertion,
    ax.SameIndividual: Index._same,
    ax.DifferentIndividuals: Index._different,
}
