"""The object property hierarchy: simple properties and regular chains (11.1, 11.2)."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from .. import axioms as ax
from .. import expressions as ex
from ..closure import reachable
from ..signature import parts
from ..vocabulary import BOTTOM_OBJECT_PROPERTY, TOP_OBJECT_PROPERTY
from .violation import SYNTAX, Violation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_NEEDS_SIMPLE = (
    ax.FunctionalObjectProperty,
    ax.InverseFunctionalObjectProperty,
    ax.IrreflexiveObjectProperty,
    ax.AsymmetricObjectProperty,
    ax.DisjointObjectProperties,
    ex.ObjectMinCardinality,
    ex.ObjectMaxCardinality,
    ex.ObjectExactCardinality,
    ex.ObjectHasSelf,
)


def property_hierarchy(axioms: Iterable[ax.Axiom]) -> Iterator[Violation]:
    """Non-simple properties where only simple ones may stand, and chains that are not regular."""
    axioms = tuple(axioms)
    above = _above(axioms)
    yield from _non_simple(axioms, above)
    yield from _irregular(axioms, above)


def _name(expression: ex.ObjectPropertyExpression) -> str:
    """The property without its direction, which neither restriction depends on."""
    if isinstance(expression, ex.ObjectInverseOf):
        return expression.object_property
    return expression


def _above(axioms: Iterable[ax.Axiom]) -> Mapping[str, set[str]]:
    """The hierarchy as told: what stands directly above each property (11.1)."""
    above: defaultdict[str, set[str]] = defaultdict(set)
    for axiom in axioms:
        if isinstance(axiom, ax.SubObjectPropertyOf):
            if not isinstance(axiom.sub_property, ax.ObjectPropertyChain):
                above[_name(axiom.sub_property)].add(_name(axiom.super_property))
        elif isinstance(axiom, ax.EquivalentObjectProperties | ax.InverseObjectProperties):
            for one, two in pairwise(map(_name, _operands(axiom))):
                above[one].add(two)
                above[two].add(one)
    return above


def _operands(
    axiom: ax.EquivalentObjectProperties | ax.InverseObjectProperties,
) -> tuple[ex.ObjectPropertyExpression, ...]:
    if isinstance(axiom, ax.EquivalentObjectProperties):
        return axiom.properties
    return axiom.first, axiom.second


def _composite(axioms: Iterable[ax.Axiom]) -> Iterator[str]:
    yield TOP_OBJECT_PROPERTY
    yield BOTTOM_OBJECT_PROPERTY
    for axiom in axioms:
        if isinstance(axiom, ax.TransitiveObjectProperty):
            yield _name(axiom.property)
        elif isinstance(axiom, ax.SubObjectPropertyOf) and isinstance(
            axiom.sub_property, ax.ObjectPropertyChain
        ):
            yield _name(axiom.super_property)


def _non_simple(axioms: Iterable[ax.Axiom], above: Mapping[str, set[str]]) -> Iterator[Violation]:
    composite = reachable(_composite(axioms), above)
    for axiom in axioms:
        for _, node in parts(axiom):
            if isinstance(node, _NEEDS_SIMPLE):
                for name in _constrained(node):
                    if name in composite:
                        yield _not_simple(axiom, node, name)


def _constrained(node: object) -> list[str]:
    if isinstance(node, ax.DisjointObjectProperties):
        return [_name(operand) for operand in node.properties]
    return [_name(node.property)]  # type: ignore[attr-defined]


def _not_simple(axiom: ax.Axiom, node: object, name: str) -> Violation:
    return Violation(
        "non-simple-property",
        f"{SYNTAX}, 11.2",
        axiom.subject,
        f"<{name}> is transitive or implied by a chain, itself or through a property below it, "
        f"so it cannot be used in {type(node).__name__}",
        axiom,
    )


def _irregular(axioms: Iterable[ax.Axiom], above: Mapping[str, set[str]]) -> Iterator[Violation]:
    """Chains for which no strict order of the properties exists.

    The order must put the steps of a chain before what it implies, and must not contradict the
    hierarchy. So nothing that comes after the implied property may stand below a step.
    """
    before: defaultdict[str, set[str]] = defaultdict(set)
    after: defaultdict[str, set[str]] = defaultdict(set)
    chains = []
    for axiom in axioms:
        if isinstance(axiom, ax.SubObjectPropertyOf) and isinstance(
            axiom.sub_property, ax.ObjectPropertyChain
        ):
            upper = _name(axiom.super_property)
            steps = set(_lower_steps(axiom.sub_property, axiom.super_property))
            chains.append((axiom, steps, upper))
            before[upper] |= steps
            for step in steps:
                after[step].add(upper)
    for axiom, steps, upper in chains:
        earlier = reachable(steps, before)
        later = reachable(reachable([upper], after), above)
        if not earlier.isdisjoint(later):
            yield Violation(
                "irregular-chain",
                f"{SYNTAX}, 11.2",
                axiom.subject,
                f"the chain that implies <{upper}> contains a property that itself depends on "
                f"<{upper}>: such chains can make reasoning undecidable",
                axiom,
            )


def _lower_steps(
    chain: ax.ObjectPropertyChain, upper: ex.ObjectPropertyExpression
) -> Iterator[str]:
    """The steps that must come before the implied property in the order."""
    steps = chain.properties
    if upper == TOP_OBJECT_PROPERTY or steps == (upper, upper):
        return
    if steps[0] == upper:
        steps = steps[1:]
    elif steps[-1] == upper:
        steps = steps[:-1]
    yield from map(_name, steps)
