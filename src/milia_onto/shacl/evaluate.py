"""Validation (chapter 3): each shape once, for all its focus nodes together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.model.errors import ContentError
from milia_onto.model.values import Finding
from milia_onto.shacl.data import Data, Values
from milia_onto.shacl.graph import name_of, refuse
from milia_onto.shacl.model import Context, Outcome, Result

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    import pyoxigraph as ox

    from milia_onto.shacl.model import Failure, NodeShape, PropertyShape, Shapes, Term


def validate(store: ox.Store, shapes: Shapes, *, must_look: bool) -> Outcome:
    """Validate the default graph of a store (3.4).

    ``must_look``: every shape with a target has to find a focus node (for the gate); without it
    at least one shape has to (for a user's own data). Raises ContentError where that does not
    hold. A deactivated shape (2.1.6) looks at nothing and need not.
    """
    data = Data(store)
    active = [shape for shape in shapes.targeted if not shape.deactivated]
    focus = {shape: focus_nodes(shape, data) for shape in active}
    idle = [shape for shape in active if not focus[shape]]
    if must_look and idle:
        raise refuse(idle[0].node, "looked at no node", "correct its target")
    if len(idle) == len(active):
        fix = "does the file use MILIA terms at all?"
        raise ContentError("no shape applies to the data", fix=fix)
    results = [result for shape in active for _, result in _results(shape, focus[shape], data)]
    told = sorted(((_finding(result), result) for result in results), key=lambda x: x[0].sort_key)
    counts = {shape.node.value: len(focus[shape]) for shape in active}
    return Outcome(tuple(f for f, _ in told), tuple(result for _, result in told), counts)


def focus_nodes(shape: NodeShape | PropertyShape, data: Data) -> Set[Term]:
    """The focus nodes of a shape by its own targets (2.1.3)."""
    return frozenset(node for target in shape.targets for node in target.nodes(data))


def _results(
    shape: NodeShape | PropertyShape, focus: Set[Term], data: Data
) -> Iterator[tuple[Term, Result]]:
    """The results of validating focus nodes against a shape (3.4.1), each with the focus node.

    A result of a nested property shape speaks of another node than the one it is found for.
    """
    if shape.deactivated or not focus:
        return
    if shape.path is None:
        values = Values({node: (node,) for node in focus})
    else:
        values = Values(shape.path.follow(focus, data))

    def conforming(other: NodeShape | PropertyShape, nodes: Set[Term]) -> Set[Term]:
        return nodes - {node for node, _ in _results(other, nodes, data)}

    context = Context(focus, values, data, conforming)
    for constraint in shape.constraints:
        for failure in constraint.failures(context):
            yield failure.focus, _result(shape, constraint.component, failure)
    for nested in shape.properties:
        found = list(_results(nested, values.distinct, data))
        yield from found if shape.path is None else _brought_up(found, values)


def _brought_up(found: list[tuple[Term, Result]], values: Values) -> Iterator[tuple[Term, Result]]:
    """The results for value nodes, once for each focus node that has the value (4.7.2)."""
    by_value: dict[Term, list[Result]] = {}
    for node, result in found:
        by_value.setdefault(node, []).append(result)
    for focus, value in values.pairs() if found else ():
        yield from ((focus, result) for result in by_value.get(value, ()))


def _result(shape: NodeShape | PropertyShape, component: str, failure: Failure) -> Result:
    path = shape.path.iri if shape.path is not None else ""
    if failure.path is not None:
        path = failure.path
    return Result(failure.focus, path, failure.value, shape, component)


def _finding(result: Result) -> Finding:
    shape = result.shape
    component = result.component.removesuffix("ConstraintComponent")
    return Finding(
        check=shape.slug,
        severity=shape.severity,
        message=shape.message or f"{name_of(shape.node)}: the {component} constraint is not met",
        entity=result.focus.value,
        property=result.path,
        value="" if result.value is None else result.value.value,
        why=shape.why,
        fix=shape.fix,
    )
