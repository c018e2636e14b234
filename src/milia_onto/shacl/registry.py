"""The constraint components of SHACL Core (chapter 4), by their parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from milia_onto.shacl import by_group, by_shape, by_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from milia_onto.shacl.model import Constraint, Term
    from milia_onto.shacl.reader import Reader


class Component(NamedTuple):
    """How the constraints of some parameters are read.

    ``optional`` parameters mean something only beside one of ``parameters``; ``properties_only``
    ones are not allowed on a node shape.
    """

    read: Callable[[Reader, Term], Iterable[Constraint]]
    parameters: tuple[str, ...]
    optional: tuple[str, ...] = ()
    properties_only: bool = False


COMPONENTS = (
    Component(by_value.read_class, ("class",)),
    Component(by_value.read_datatype, ("datatype",)),
    Component(by_value.read_node_kind, ("nodeKind",)),
    Component(by_group.read_counts, ("minCount", "maxCount"), properties_only=True),
    Component(by_value.read_ranges, tuple(by_value.RANGES)),
    Component(by_value.read_lengths, ("minLength", "maxLength")),
    Component(by_value.read_pattern, ("pattern",), ("flags",)),
    Component(by_value.read_language_in, ("languageIn",)),
    Component(by_group.read_unique_lang, ("uniqueLang",), properties_only=True),
    Component(by_group.read_equals, ("equals",)),
    Component(by_group.read_disjoint, ("disjoint",)),
    Component(by_group.read_less, tuple(by_group.ORDERS), properties_only=True),
    Component(by_shape.read_not, ("not",)),
    Component(by_shape.read_lists, tuple(by_shape.LISTS)),
    Component(by_shape.read_node, ("node",)),
    Component(
        by_shape.read_qualified,
        ("qualifiedValueShape",),
        ("qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShapesDisjoint"),
        properties_only=True,
    ),
    Component(by_group.read_closed, ("closed",), ("ignoredProperties",)),
    Component(by_group.read_has_value, ("hasValue",)),
    Component(by_value.read_in, ("in",)),
)
PARAMETERS = frozenset(
    name for component in COMPONENTS for name in (*component.parameters, *component.optional)
) | {"property"}
