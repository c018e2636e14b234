"""OWL 2 EL (Profiles, 2.2): what it leaves out of OWL 2 DL."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal

from .. import axioms as ax
from .. import expressions as ex
from ..closure import reachable
from ..signature import parts
from ..vocabulary import EL_DATATYPES, is_reserved
from .violation import PROFILES, Violation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..ontology import Axioms

_AXIOMS = (
    ax.DisjointUnion,
    ax.DisjointObjectProperties,
    ax.DisjointDataProperties,
    ax.InverseObjectProperties,
    ax.FunctionalObjectProperty,
    ax.InverseFunctionalObjectProperty,
    ax.IrreflexiveObjectProperty,
    ax.SymmetricObjectProperty,
    ax.AsymmetricObjectProperty,
)
_CLASS_EXPRESSIONS = (
    ex.ObjectUnionOf,
    ex.ObjectComplementOf,
    ex.ObjectAllValuesFrom,
    ex.ObjectMinCardinality,
    ex.ObjectMaxCardinality,
    ex.ObjectExactCardinality,
    ex.DataAllValuesFrom,
    ex.DataMinCardinality,
    ex.DataMaxCardinality,
    ex.DataExactCardinality,
)
_DATA_RANGES = (ex.DataUnionOf, ex.DataComplementOf, ex.DatatypeRestriction)


def el_violations(axioms: Axioms) -> list[Violation]:
    """Where the ontology leaves OWL 2 EL, beside its leaving OWL 2 DL (Profiles, 2.2).

    Annotations may say anything. Each construct is reported once for each axiom it stands in.
    """
    found: dict[Violation, None] = {}
    for axiom in axioms.logical:
        for kind, node in parts(axiom):
            broken = _broken(kind, node)
            if broken is not None:
                rule, clause, message = broken
                violation = Violation(rule, f"{PROFILES}, {clause}", axiom.subject, message, axiom)
                found[violation] = None
    return [*found, *_chains(axioms.logical)]


def _broken(kind: ax.EntityKind | None, node: object) -> tuple[str, str, str] | None:
    """Rule, clause and message for a node that EL does not have."""
    name = type(node).__name__
    if isinstance(node, Literal):
        return _datatype(node.datatype.value)
    if kind == ax.EntityKind.DATATYPE and isinstance(node, str):
        return _datatype(node)
    if isinstance(node, BlankNode):
        return "el-anonymous-individual", "2.2.1", "EL has no anonymous individuals"
    if isinstance(node, ex.ObjectInverseOf):
        return "el-inverse", "2.2.2", "EL has no inverse properties"
    several = _members(node) != 1
    if isinstance(node, _CLASS_EXPRESSIONS) or (isinstance(node, ex.ObjectOneOf) and several):
        return "el-class-expression", "2.2.3", f"EL has no {name}{_only_one(node)}"
    return _range_or_axiom(node, name, several)


def _range_or_axiom(node: object, name: str, several: bool) -> tuple[str, str, str] | None:
    if isinstance(node, _DATA_RANGES) or (isinstance(node, ex.DataOneOf) and several):
        return "el-data-range", "2.2.4", f"EL has no {name}{_only_one(node)}"
    if isinstance(node, _AXIOMS):
        return "el-axiom", "2.2.5", f"EL has no {name} axioms"
    return None


def _datatype(iri: str) -> tuple[str, str, str] | None:
    if iri in EL_DATATYPES or not is_reserved(iri):
        return None
    return "el-datatype", "2.2.1", f"EL has no datatype <{iri}>"


def _members(node: Any) -> int:
    return len(getattr(node, "individuals", getattr(node, "literals", ())))


def _only_one(node: object) -> str:
    return " of more than one" if isinstance(node, ex.ObjectOneOf | ex.DataOneOf) else ""


def _chains(axioms: Iterable[ax.Axiom]) -> Iterator[Violation]:
    """Chains whose last step lacks a range of what they imply (2.2.6)."""
    above: defaultdict[object, set[object]] = defaultdict(set)
    ranges: defaultdict[object, set[object]] = defaultdict(set)
    chains = []
    for axiom in axioms:
        if isinstance(axiom, ax.ObjectPropertyRange):
            ranges[axiom.property].add(axiom.range)
        elif isinstance(axiom, ax.EquivalentObjectProperties):
            for one in axiom.properties:
                above[one].update(axiom.properties)
        elif isinstance(axiom, ax.SubObjectPropertyOf):
            if isinstance(axiom.sub_property, ax.ObjectPropertyChain):
                chains.append((axiom, axiom.sub_property.properties[-1]))
            else:
                above[axiom.sub_property].add(axiom.super_property)
    for axiom, last in chains:
        imposed = _imposed(axiom.super_property, above, ranges)
        if not imposed <= _imposed(last, above, ranges):
            yield Violation(
                "el-chain-range",
                f"{PROFILES}, 2.2.6",
                axiom.subject,
                "the last property of the chain must have every range that the implied property "
                "has",
                axiom,
            )


def _imposed(
    name: object, above: dict[object, set[object]], ranges: dict[object, set[object]]
) -> set[object]:
    """The ranges of a property and of all above it."""
    return {imposed for one in reachable([name], above) for imposed in ranges.get(one, ())}
