"""The part of an ontology that can matter for one entity, found by syntax alone.

An axiom is local when it is true whenever everything outside the signature is empty: it cannot
matter (bottom-locality; Grau, Horrocks, Kazakov, Sattler, "Modular Reuse of Ontologies", 2008).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from . import axioms as ax
from .emptiness import Known, is_empty, is_full, no_data, no_object
from .signature import entities

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Modules", "relevant"]


class Modules:
    """The parts of one ontology, with what is common to all of them worked out once."""

    def __init__(self, axioms: Sequence[ax.Axiom]) -> None:
        self.axioms = axioms
        self._signatures = [tuple(dict.fromkeys(entities(axiom))) for axiom in axioms]
        self._by_entity: defaultdict[ax.Entity, list[int]] = defaultdict(list)
        for at, signature in enumerate(self._signatures):
            for used in signature:
                self._by_entity[used].append(at)
        nothing: Known = set()
        self._always = [at for at, axiom in enumerate(axioms) if not _is_local(axiom, nothing)]

    def relevant(self, entity: str) -> tuple[ax.Axiom, ...]:
        """The logical axioms, in their order, that contain every justification about the entity.

        Sound for all of OWL 2 DL: whatever the axioms entail about what the entity is under, or
        its being unsatisfiable, follows from these alone. Declarations and annotations are left
        out.
        """
        known = {ax.Entity(kind, entity) for kind in ax.EntityKind}
        chosen: set[int] = set()
        # What is local may matter only once something that it names does.
        waiting = [*self._always, *(at for used in known for at in self._by_entity.get(used, ()))]
        while waiting:
            at = waiting.pop()
            if at in chosen or _is_local(self.axioms[at], known):
                continue
            chosen.add(at)
            for used in self._signatures[at]:
                if used not in known:
                    known.add(used)
                    waiting += self._by_entity[used]
        return tuple(self.axioms[at] for at in sorted(chosen))


def relevant(axioms: Sequence[ax.Axiom], entity: str) -> tuple[ax.Axiom, ...]:
    """The part of the axioms that can matter for one entity (see ``Modules``)."""
    return Modules(axioms).relevant(entity)


def _is_local(axiom: ax.Axiom, known: Known) -> bool:
    """Whether the axiom is true when everything unknown is empty. When in doubt: no."""
    return _LOCAL.get(type(axiom), _never)(axiom, known)


def _never(_axiom: ax.Axiom, _known: Known) -> bool:
    return False


def _always(_axiom: ax.Axiom, _known: Known) -> bool:
    return True


def _sub_class(axiom: ax.SubClassOf, known: Known) -> bool:
    return is_empty(axiom.sub_class, known) or is_full(axiom.super_class, known)


def _equivalent(axiom: ax.EquivalentClasses, known: Known) -> bool:
    operands = axiom.operands
    return all(is_empty(o, known) for o in operands) or all(is_full(o, known) for o in operands)


def _disjoint(axiom: ax.DisjointClasses, known: Known) -> bool:
    return sum(not is_empty(operand, known) for operand in axiom.operands) <= 1


def _disjoint_union(axiom: ax.DisjointUnion, known: Known) -> bool:
    return all(is_empty(one, known) for one in (axiom.union, *axiom.operands))


def _first_is_empty(axiom: ax.Axiom, known: Known) -> bool:
    name = axiom.arguments[0]
    return no_data(name, known) if _on_data(axiom) else no_object(name, known)


def _all_empty(axiom: ax.Axiom, known: Known) -> bool:
    empty = no_data if _on_data(axiom) else no_object
    operands = axiom.arguments[0] if len(axiom.arguments) == 1 else axiom.arguments
    return all(empty(operand, known) for operand in operands)


def _on_data(axiom: ax.Axiom) -> bool:
    return "Data" in type(axiom).__name__


def _key(axiom: ax.HasKey, known: Known) -> bool:
    return is_empty(axiom.key_class, known)


def _class_assertion(axiom: ax.ClassAssertion, known: Known) -> bool:
    return is_full(axiom.class_expression, known)


_LOCAL: dict[type, Callable[[Any, Known], bool]] = {
    **dict.fromkeys(
        (
            ax.Declaration,
            ax.AnnotationAssertion,
            ax.SubAnnotationPropertyOf,
            ax.AnnotationPropertyDomain,
            ax.AnnotationPropertyRange,
        ),
        _always,
    ),
    ax.SubClassOf: _sub_class,
    ax.EquivalentClasses: _equivalent,
    ax.DisjointClasses: _disjoint,
    ax.DisjointUnion: _disjoint_union,
    **dict.fromkeys(
        (
            ax.SubObjectPropertyOf,
            ax.ObjectPropertyDomain,
            ax.ObjectPropertyRange,
            ax.FunctionalObjectProperty,
            ax.InverseFunctionalObjectProperty,
            ax.IrreflexiveObjectProperty,
            ax.SymmetricObjectProperty,
            ax.AsymmetricObjectProperty,
            ax.TransitiveObjectProperty,
            ax.NegativeObjectPropertyAssertion,
            ax.SubDataPropertyOf,
            ax.DataPropertyDomain,
            ax.DataPropertyRange,
            ax.FunctionalDataProperty,
            ax.NegativeDataPropertyAssertion,
        ),
        _first_is_empty,
    ),
    **dict.fromkeys(
        (ax.EquivalentObjectProperties, ax.EquivalentDataProperties, ax.InverseObjectProperties),
        _all_empty,
    ),
    ax.HasKey: _key,
    ax.ClassAssertion: _class_assertion,
}
