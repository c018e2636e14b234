"""What is said of one thing in two releases: values, texts, and the relation of a mapping."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from milia_onto.concepts.read import NAMES
from milia_onto.model import namespaces as ns
from milia_onto.publish.diff.changes import Change, pairs

if TYPE_CHECKING:
    from collections.abc import Iterator

Said: TypeAlias = dict[str, set[ox.NamedNode | ox.Literal]]
# What a mapping says: another of these is another mapping (SSSOM, 1.1).
RELATION = tuple(
    ns.named(f"sssom:{slot}").value
    for slot in ("subject_id", "predicate_modifier", "predicate_id", "object_id")
)
# Told as identifiers, names, placements, axioms and mappings.
TOLD_ELSEWHERE = {
    name.value
    for name in (
        ns.RDF_TYPE,
        ns.RDFS_SUBCLASSOF,
        ns.RDFS_ISDEFINEDBY,
        ns.OWL_DEPRECATED,
        ns.REPLACED_BY,
        *(ns.named(f"owl:{name}") for name in ("equivalentClass", "disjointWith", "inverseOf")),
        *(ns.named(f"rdfs:{name}") for name in ("domain", "range", "subPropertyOf")),
        *(
            ns.named(f"skos:{name}Match")
            for name in ("exact", "close", "broad", "narrow", "related")
        ),
    )
}
NAMED = {ns.RDFS_LABEL.value, *(name.value for name in NAMES)}
# Words about a thing though no language is stated; and what says something though one is.
WORDS = {
    name.value
    for name in (
        ns.RDFS_SEEALSO,
        ns.DEFINITION_SOURCE,
        ns.named("sssom:object_label"),
        ns.vocab("sourceWording"),
    )
}
SAYING = {ns.vocab("value").value, ns.vocab("qualifier").value}


def schema_changes(thing: str, before: Said, after: Said) -> Iterator[Change]:
    """What is said of a class or property otherwise; its names are told elsewhere."""
    rest = [{key: v for key, v in said.items() if key not in NAMED} for said in (before, after)]
    yield from value_changes(thing, *rest)


def value_changes(thing: str, before: Said, after: Said) -> Iterator[Change]:
    """What is said of a thing otherwise."""
    for predicate in sorted(({*before} | {*after}) - TOLD_ELSEWHERE):
        yield from _values(
            thing, predicate, before.get(predicate, set()), after.get(predicate, set())
        )


def mapping_changes(thing: str, before: Said, after: Said) -> Iterator[Change]:
    """What a mapping says otherwise: its relation as one change, and the rest of its slots."""
    relations = [
        " ".join(_text(v) for key in RELATION for v in sorted(said.get(key, ()), key=str))
        for said in (before, after)
    ]
    if relations[0] != relations[1]:
        yield Change("mapping-changed", thing, "", *relations)
    rest = [{key: v for key, v in said.items() if key not in RELATION} for said in (before, after)]
    yield from value_changes(thing, *rest)


def _values(
    thing: str,
    predicate: str,
    before: set[ox.NamedNode | ox.Literal],
    after: set[ox.NamedNode | ox.Literal],
) -> Iterator[Change]:
    are_words = predicate in WORDS or all(
        isinstance(value, ox.Literal) and value.language for value in before | after
    )
    prefix = "text" if are_words and predicate not in SAYING else "value"
    lost, gained = pairs(map(_text, before - after), map(_text, after - before))
    if len(lost) == len(gained) == 1:
        yield Change(f"{prefix}-changed", thing, predicate, lost[0], gained[0])
        return
    yield from (Change(f"{prefix}-gone", thing, predicate, before=value) for value in lost)
    yield from (Change(f"{prefix}-new", thing, predicate, after=value) for value in gained)


def _text(value: ox.NamedNode | ox.Literal) -> str:
    """An IRI, or the text of a literal with its language where it is not English."""
    if isinstance(value, ox.Literal) and value.language and value.language != "en":
        return f"{value.value} ({value.language})"
    return value.value
