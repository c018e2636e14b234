"""How the target of each mapping fares in the authorities' tables of today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.mappings.authority import is_withdrawn, name_key
from milia_onto.mappings.model import GOOD, STATES, Verdict
from milia_onto.model.values import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from milia_onto.mappings.authority import Authorities
    from milia_onto.mappings.model import Entry, Mapping

WHY = "A mapping that points to a dead or another thing sends coders and data to the wrong place."
MOST_INSTEAD = 5


def verdicts(mappings: Iterable[Mapping], authorities: Authorities) -> list[Verdict]:
    """A verdict for each mapping, in their order."""
    return [_verdict(mapping, authorities) for mapping in mappings]


def _verdict(mapping: Mapping, authorities: Authorities) -> Verdict:
    entry = authorities.entries.get(mapping.object)
    if entry is None:
        return _absent(mapping, authorities)
    if is_withdrawn(entry):
        return _withdrawn(mapping, entry, authorities)
    if not entry.label or not mapping.object_label or entry.label == mapping.object_label:
        return Verdict(mapping, "same", entry.label)
    return _relabelled(mapping, entry, authorities)


def _absent(mapping: Mapping, authorities: Authorities) -> Verdict:
    holders = authorities.merged_into(mapping.object)
    if holders:
        ids = " and ".join(entry.id for entry in holders)
        return Verdict(mapping, "merged", "", tuple(holders), f"{ids} lists it as another id")
    if not authorities.covers(mapping.object):
        return Verdict(mapping, "uncovered")
    return Verdict(mapping, "gone", "", _namesakes(mapping, authorities))


def _withdrawn(mapping: Mapping, entry: Entry, authorities: Authorities) -> Verdict:
    known = authorities.entries
    heirs = tuple(known[id_] for id_ in entry.replaced_by if id_ in known)
    holders = tuple(authorities.merged_into(entry.id))
    if len(heirs) > 1:
        return Verdict(mapping, "split", entry.label, heirs)
    if heirs and authorities.shares_replacement(entry):
        reason = f"other withdrawn terms became {heirs[0].id}, too"
        return Verdict(mapping, "merged", entry.label, heirs, reason)
    if holders:
        return Verdict(mapping, "merged", entry.label, holders)
    if heirs:
        return Verdict(mapping, "replaced", entry.label, heirs)
    advised = tuple(known[id_] for id_ in entry.consider if id_ in known)
    if len(advised) > 1:
        return Verdict(mapping, "split", entry.label, advised, "its authority advises them")
    instead = advised or _namesakes(mapping, authorities)
    return Verdict(mapping, "obsolete", entry.label, instead)


def _relabelled(mapping: Mapping, entry: Entry, authorities: Authorities) -> Verdict:
    keys = {name_key(name) for name in (entry.label, *entry.synonyms)}
    if name_key(mapping.object_label) in keys:
        reason = "the old label is still a name of it"
        return Verdict(mapping, "relabelled", entry.label, (entry,), reason)
    namesakes = tuple(e for e in _namesakes(mapping, authorities) if e.id != entry.id)
    reason = "the old label is no name of it any more: it may mean something else now"
    if namesakes:
        reason = f"{namesakes[0].id} has that name: the identifiers may have changed places"
    return Verdict(mapping, "relabelled", entry.label, namesakes or (entry,), reason)


def _namesakes(mapping: Mapping, authorities: Authorities) -> tuple[Entry, ...]:
    prefix = mapping.object.partition(":")[0]
    return tuple(authorities.called(mapping.object_label, prefix))[:MOST_INSTEAD]


def findings(found: Iterable[Verdict]) -> Iterator[Finding]:
    """A finding for each verdict: blocking where the mapping is stale, else for information."""
    for verdict in found:
        mapping = verdict.mapping
        label = f" “{mapping.object_label}”" if mapping.object_label else ""
        message = f"{mapping.object}{label} {STATES[verdict.state]}"
        if verdict.state == "relabelled":
            message += f", “{verdict.label}”"
        if verdict.reason:
            message += f"; {verdict.reason}"
        good = verdict.state in GOOD
        yield Finding(
            f"mapping-{verdict.state}",
            "info" if good else "violation",
            message,
            mapping.subject,
            f"not {mapping.predicate}" if mapping.negated else mapping.predicate,
            mapping.object,
            "" if good else WHY,
            "" if good else _fix(verdict),
            mapping.place,
        )


def _fix(verdict: Verdict) -> str:
    named = [f"{entry.id} “{entry.label}”" for entry in verdict.instead]
    if verdict.state == "relabelled" and verdict.instead[0].id == verdict.mapping.object:
        return f"read what it means today; if the same, write the label “{verdict.label}”"
    if named:
        return f"look at {', '.join(named)}; --proposals writes the rows"
    return "look for a term of the same meaning; if there is none, remove the row"


def disputes(mappings: Iterable[Mapping], authorities: Authorities) -> Iterator[Finding]:
    """A warning for each target whose label differs between the tables themselves."""
    for mapping in mappings:
        names = authorities.disputed.get(mapping.object)
        if names:
            told = ", ".join(f"“{label}”" for label in dict.fromkeys(label for _, label in names))
            yield Finding(
                "tables-disagree",
                "warning",
                f"the tables call {mapping.object} {told}",
                mapping.subject,
                mapping.predicate,
                mapping.object,
                "Where releases give an identifier to another thing, no mapping to it holds.",
                "find out which release is meant, and check against that one alone",
                mapping.place,
            )
