"""Expressions and axioms in the words of the OWL 2 Manchester Syntax, for people to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from pyoxigraph import BlankNode, Literal

from . import axioms as ax
from . import expressions as ex
from .vocabulary import OWL, RDF, RDFS, XSD

__all__ = ["Label", "render"]

Label: TypeAlias = Callable[[str], str | None]
"""The label of an IRI, or None when it has none."""

_PREFIXES = {OWL: "owl:", RDF: "rdf:", RDFS: "rdfs:", XSD: "xsd:"}

_JOINED: dict[type, str] = {
    ex.ObjectIntersectionOf: " and ",
    ex.DataIntersectionOf: " and ",
    ex.ObjectUnionOf: " or ",
    ex.DataUnionOf: " or ",
}
_QUANTIFIED: dict[type, str] = {
    ex.ObjectSomeValuesFrom: "some",
    ex.DataSomeValuesFrom: "some",
    ex.ObjectAllValuesFrom: "only",
    ex.DataAllValuesFrom: "only",
    ex.ObjectHasValue: "value",
    ex.DataHasValue: "value",
}
_COUNTED: dict[type, str] = {
    ex.ObjectMinCardinality: "min",
    ex.DataMinCardinality: "min",
    ex.ObjectMaxCardinality: "max",
    ex.DataMaxCardinality: "max",
    ex.ObjectExactCardinality: "exactly",
    ex.DataExactCardinality: "exactly",
}
_FACETS = {
    XSD + "minInclusive": ">=",
    XSD + "minExclusive": ">",
    XSD + "maxInclusive": "<=",
    XSD + "maxExclusive": "<",
    XSD + "length": "length",
    XSD + "minLength": "minLength",
    XSD + "maxLength": "maxLength",
    XSD + "pattern": "pattern",
    RDF + "langRange": "langRange",
}
_INFIX: dict[type, str] = {
    ax.SubClassOf: "SubClassOf",
    ax.SubObjectPropertyOf: "SubPropertyOf",
    ax.SubDataPropertyOf: "SubPropertyOf",
    ax.SubAnnotationPropertyOf: "SubPropertyOf",
    ax.InverseObjectProperties: "InverseOf",
    ax.ObjectPropertyDomain: "Domain",
    ax.DataPropertyDomain: "Domain",
    ax.AnnotationPropertyDomain: "Domain",
    ax.ObjectPropertyRange: "Range",
    ax.DataPropertyRange: "Range",
    ax.AnnotationPropertyRange: "Range",
    ax.DatatypeDefinition: "EquivalentTo",
}
_NARY: dict[type, tuple[str, str]] = {
    ax.EquivalentClasses: ("EquivalentTo", "EquivalentClasses"),
    ax.EquivalentObjectProperties: ("EquivalentTo", "EquivalentProperties"),
    ax.EquivalentDataProperties: ("EquivalentTo", "EquivalentProperties"),
    ax.DisjointClasses: ("DisjointWith", "DisjointClasses"),
    ax.DisjointObjectProperties: ("DisjointWith", "DisjointProperties"),
    ax.DisjointDataProperties: ("DisjointWith", "DisjointProperties"),
    ax.SameIndividual: ("SameAs", "SameIndividual"),
    ax.DifferentIndividuals: ("DifferentFrom", "DifferentIndividuals"),
}
_CHARACTERISTIC: dict[type, str] = {
    ax.FunctionalObjectProperty: "Functional",
    ax.FunctionalDataProperty: "Functional",
    ax.InverseFunctionalObjectProperty: "InverseFunctional",
    ax.ReflexiveObjectProperty: "Reflexive",
    ax.IrreflexiveObjectProperty: "Irreflexive",
    ax.SymmetricObjectProperty: "Symmetric",
    ax.AsymmetricObjectProperty: "Asymmetric",
    ax.TransitiveObjectProperty: "Transitive",
}
_PAIR = 2


def render(item: ax.Axiom | ex.ClassExpression | ex.DataRange | Any, label: Label) -> str:
    """One line of Manchester Syntax for an axiom, an expression or the IRI of an entity.

    Labels stand in quotes, entities without a label as `<iri>`, the reserved vocabulary with its
    prefix. Operands keep their order and every nested expression has brackets, so the same value
    always gives the same text. Axioms are one line each, without frames or annotations.

    >>> render(ex.ObjectSomeValuesFrom("urn:p", "urn:c"), {"urn:p": "part of"}.get)
    "'part of' some <urn:c>"
    """
    return _Renderer(label).text(item)


class _Renderer:
    def __init__(self, label: Label) -> None:
        self._label = label

    def text(self, item: Any) -> str:
        return _RENDERERS[type(item)](self, item)

    def inner(self, item: Any) -> str:
        text = self.text(item)
        return text if type(item) in _ATOMIC else f"({text})"

    def list(self, items: Iterable[Any]) -> str:
        return ", ".join(map(self.inner, items))

    def name(self, iri: str) -> str:
        for namespace, prefix in _PREFIXES.items():
            if iri.startswith(namespace):
                return prefix + iri.removeprefix(namespace)
        label = self._label(iri)
        if label is None:
            return f"<{iri}>"
        return "'" + label.replace("\\", "\\\\").replace("'", "\\'") + "'"

    def literal(self, literal: Literal) -> str:
        text = str(literal)
        typed = f"^^<{literal.datatype.value}>"
        if not text.endswith(typed):
            return text
        return text.removesuffix(typed) + "^^" + self.name(literal.datatype.value)

    def anonymous(self, node: BlankNode) -> str:
        return str(node)

    def joined(self, expression: Any) -> str:
        return _JOINED[type(expression)].join(map(self.inner, expression.operands))

    def quantified(self, expression: Any) -> str:
        name, filler = (getattr(expression, field) for field in expression.__match_args__)
        return f"{self.inner(name)} {_QUANTIFIED[type(expression)]} {self.inner(filler)}"

    def counted(self, expression: Any) -> str:
        word = f"{_COUNTED[type(expression)]} {expression.cardinality}"
        return f"{self.inner(expression.property)} {word} {self.inner(expression.filler)}"

    def complement(self, expression: Any) -> str:
        return f"not {self.inner(expression.operand)}"

    def individuals(self, expression: ex.ObjectOneOf) -> str:
        return "{" + self.list(expression.individuals) + "}"

    def literals(self, expression: ex.DataOneOf) -> str:
        return "{" + self.list(expression.literals) + "}"

    def self_restriction(self, expression: ex.ObjectHasSelf) -> str:
        return f"{self.inner(expression.property)} Self"

    def inverse(self, expression: ex.ObjectInverseOf) -> str:
        return f"inverse {self.name(expression.object_property)}"

    def chain(self, chain: ax.ObjectPropertyChain) -> str:
        return " o ".join(map(self.inner, chain.properties))

    def facets(self, expression: ex.DatatypeRestriction) -> str:
        shown = (
            f"{_FACETS.get(facet.facet, facet.facet)} {self.text(facet.value)}"
            for facet in expression.restrictions
        )
        return f"{self.name(expression.datatype)}[{', '.join(shown)}]"

    def infix(self, axiom: ax.Axiom) -> str:
        first, second = axiom.arguments
        return f"{self.text(first)} {_INFIX[type(axiom)]} {self.text(second)}"

    def nary(self, axiom: ax.Axiom) -> str:
        infix, prefix = _NARY[type(axiom)]
        (operands,) = axiom.arguments
        if len(operands) == _PAIR:
            return f"{self.text(operands[0])} {infix} {self.text(operands[1])}"
        return f"{prefix}: {self.list(operands)}"

    def characteristic(self, axiom: ax.Axiom) -> str:
        return f"{_CHARACTERISTIC[type(axiom)]}: {self.text(axiom.arguments[0])}"

    def union(self, axiom: ax.DisjointUnion) -> str:
        return f"{self.name(axiom.union)} DisjointUnionOf {self.list(axiom.operands)}"

    def key(self, axiom: ax.HasKey) -> str:
        names = self.list((*axiom.object_properties, *axiom.data_properties))
        return f"{self.text(axiom.key_class)} HasKey {names}"

    def membership(self, axiom: ax.ClassAssertion) -> str:
        return f"{self.text(axiom.individual)} Type {self.text(axiom.class_expression)}"

    def assertion(self, axiom: ax.Axiom) -> str:
        name, source, target = axiom.arguments
        return f"{self.text(source)} {self.inner(name)} {self.text(target)}"

    def negative(self, axiom: ax.Axiom) -> str:
        return f"not ({self.assertion(axiom)})"

    def declaration(self, axiom: ax.Declaration) -> str:
        return f"{axiom.kind}: {self.name(axiom.iri)}"


_RENDERERS: dict[type, Callable[[_Renderer, Any], str]] = {
    str: _Renderer.name,
    Literal: _Renderer.literal,
    BlankNode: _Renderer.anonymous,
    **dict.fromkeys(_JOINED, _Renderer.joined),
    **dict.fromkeys(_QUANTIFIED, _Renderer.quantified),
    **dict.fromkeys(_COUNTED, _Renderer.counted),
    ex.ObjectComplementOf: _Renderer.complement,
    ex.DataComplementOf: _Renderer.complement,
    ex.ObjectOneOf: _Renderer.individuals,
    ex.DataOneOf: _Renderer.literals,
    ex.ObjectHasSelf: _Renderer.self_restriction,
    ex.ObjectInverseOf: _Renderer.inverse,
    ex.DatatypeRestriction: _Renderer.facets,
    ax.ObjectPropertyChain: _Renderer.chain,
    **dict.fromkeys(_INFIX, _Renderer.infix),
    **dict.fromkeys(_NARY, _Renderer.nary),
    **dict.fromkeys(_CHARACTERISTIC, _Renderer.characteristic),
    ax.DisjointUnion: _Renderer.union,
    ax.HasKey: _Renderer.key,
    ax.ClassAssertion: _Renderer.membership,
    **dict.fromkeys(
        (ax.ObjectPropertyAssertion, ax.DataPropertyAssertion, ax.AnnotationAssertion),
        _Renderer.assertion,
    ),
    ax.NegativeObjectPropertyAssertion: _Renderer.negative,
    ax.NegativeDataPropertyAssertion: _Renderer.negative,
    ax.Declaration: _Renderer.declaration,
}
_ATOMIC = frozenset({str, Literal, BlankNode, ex.ObjectOneOf, ex.DataOneOf, ex.DatatypeRestriction})
