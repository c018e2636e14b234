"""Where our mappings and those of third parties cannot all be true.

``exactMatch`` is transitive and symmetric, ``broadMatch`` is the inverse of ``narrowMatch`` (SKOS
Reference, 10). From X p Y of ours and Y exactMatch Z of theirs follows X p Z.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from milia_onto.mappings.authority import name_key, respelt
from milia_onto.mappings.model import Link
from milia_onto.model.values import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Literal

    from milia_onto.mappings.authority import Authorities
    from milia_onto.mappings.model import Mapping

EXACT, XREF = "skos:exactMatch", "xref"
INVERSE = {"skos:broadMatch": "skos:narrowMatch", "skos:narrowMatch": "skos:broadMatch"}
ALIKE = {EXACT, "skos:closeMatch"}
WHY = "Two sets that contradict each other give two answers to one question."


class _Ours(NamedTuple):
    said: dict[str, Mapping]
    denied: dict[str, list[Mapping]]


class Neighbours:
    """What third parties say, by either end and by the name of the object."""

    def __init__(self, authorities: Authorities) -> None:
        self.around: dict[str, list[Link]] = defaultdict(list)
        self.by_name: dict[str, list[Link]] = defaultdict(list)
        self.authorities = authorities
        for link in authorities.links:
            self._add(link._replace(object=respelt(link.object)))

    def _add(self, link: Link) -> None:
        self.around[link.subject].append(link)
        back = INVERSE.get(link.predicate, link.predicate)
        named = self.label(link.subject)
        self.around[link.object].append(Link(link.object, back, link.subject, named, link.table))
        if link.predicate == EXACT:
            label = link.object_label or self.label(link.object)
            self.by_name[name_key(label)].append(link)

    def label(self, curie: str) -> str:
        """What the tables call a term; empty where they do not."""
        entry = self.authorities.entries.get(curie)
        return entry.label if entry else ""

    def of(self, curie: str) -> list[Link]:
        """The links at a term, then its plain cross-references that no link states."""
        links = self.around.get(curie, [])
        entry = self.authorities.entries.get(curie)
        refs = dict.fromkeys(map(respelt, entry.xrefs)) if entry else {}
        stated = {link.object for link in links}
        return [*links, *(Link(curie, XREF, r, "", "xrefs") for r in refs if r not in stated)]


def disagreements(mappings: Iterable[Mapping], authorities: Authorities) -> list[Finding]:
    """A finding for each contradiction: blocking where we ourselves deny what follows."""
    neighbours = Neighbours(authorities)
    ours: dict[str, _Ours] = defaultdict(lambda: _Ours({}, defaultdict(list)))
    for mapping in mappings:
        if mapping.negated:
            ours[mapping.subject].denied[mapping.object].append(mapping)
        else:
            ours[mapping.subject].said[mapping.object] = mapping
    found: list[Finding] = []
    for held in ours.values():
        for mapping in held.said.values():
            found += _from_links(mapping, held, neighbours)
            found += _one_to_many(mapping, neighbours)
            found += _crossed(mapping, neighbours)
            found += _hierarchy(mapping, held, authorities)
    return list(dict.fromkeys(found))


def _finding(
    check: str, mapping: Mapping, other: str, text: tuple[str, str], *, weak: bool = False
) -> Finding:
    """``text`` is what is wrong and how to mend it."""
    severity: Literal["warning", "info"] = "info" if weak else "warning"
    ends = (mapping.subject, mapping.predicate, other)
    return Finding(check, severity, text[0], *ends, WHY, text[1], mapping.place)


def _from_links(mapping: Mapping, held: _Ours, neighbours: Neighbours) -> Iterator[Finding]:
    for link in neighbours.of(mapping.object):
        if link.object == mapping.subject:
            yield from _asymmetric(mapping, link)
        elif link.predicate in {EXACT, XREF}:
            yield from _triangle(mapping, link, held, neighbours)


def _asymmetric(mapping: Mapping, link: Link) -> Iterator[Finding]:
    back = INVERSE.get(mapping.predicate, mapping.predicate)
    if link.predicate not in {back, XREF}:
        told = (
            f"{link.table} says {link.subject} {link.predicate} {link.object}, "
            f"and ours is {mapping.predicate} the other way"
        )
        fix = "agree with its curators on one of the two"
        yield _finding("mapping-asymmetric", mapping, link.subject, (told, fix))


def _triangle(
    mapping: Mapping, link: Link, held: _Ours, neighbours: Neighbours
) -> Iterator[Finding]:
    weak = link.predicate == XREF
    step = f"{mapping.object} {link.predicate} {link.object} ({link.table})"
    for denial in held.denied.get(link.object, ()):
        if denial.predicate == mapping.predicate:
            told = f"{step} leads to what we deny: not {denial.predicate} {link.object}"
            fix = "one of the three is wrong; if theirs, tell its curators"
            yield _finding("mapping-denied", mapping, link.object, (told, fix), weak=weak)
    said = held.said.get(link.object)
    if said is not None:
        ours = {said.predicate, mapping.predicate}
        if len(ours) > 1 and not ours <= ALIKE and "skos:relatedMatch" not in ours:
            told = f"{step}, yet ours to the two are {mapping.predicate} and {said.predicate}"
            fix = "give both the same predicate, or tell its curators"
            yield _finding("mapping-not-transitive", mapping, link.object, (told, fix), weak=weak)
    elif mapping.predicate == EXACT:
        prefix = link.object.partition(":")[0]
        for other in held.said.values():
            if other.predicate == EXACT and other.object.partition(":")[0] == prefix:
                if any(at.object == other.object for at in neighbours.of(mapping.object)):
                    continue
                told = f"{step}, yet ours is {other.object} “{other.object_label}”"
                fix = "look which of the two is meant"
                yield _finding(
                    "mapping-not-transitive", mapping, link.object, (told, fix), weak=weak
                )


def _one_to_many(mapping: Mapping, neighbours: Neighbours) -> Iterator[Finding]:
    """One term equal to two terms of one vocabulary that have different names."""
    by_prefix: dict[str, dict[str, str]] = defaultdict(dict)
    for link in neighbours.around.get(mapping.object, ()):
        label = link.object_label or neighbours.label(link.object)
        if link.predicate == EXACT and label:
            by_prefix[link.object.partition(":")[0]].setdefault(link.object, label)
    for equal in by_prefix.values():
        if len({name_key(label) for label in equal.values()}) > 1:
            told = " and ".join(f"{id_} “{label}”" for id_, label in sorted(equal.items()))
            message = f"a third party equates {mapping.object} with {told}"
            fix = "at most one of them is the same thing: chain no mapping through it"
            yield _finding("mapping-one-to-many", mapping, mapping.object, (message, fix))


def _crossed(mapping: Mapping, neighbours: Neighbours) -> Iterator[Finding]:
    """A term that has the name of our target, mapped to a sibling of it."""
    label = mapping.object_label
    for link in neighbours.by_name.get(name_key(label), ()) if label else ():
        same = link.subject.partition(":")[0] == mapping.object.partition(":")[0]
        theirs = neighbours.label(link.subject)
        if same and link.subject != mapping.object and name_key(theirs) != name_key(label):
            told = (
                f"{link.table} equates {link.object} “{link.object_label or label}” not with "
                f"{mapping.object} of that name but with {link.subject} “{theirs}”"
            )
            fix = "the two may be exchanged there: chain no mapping through it"
            yield _finding("mapping-crossed", mapping, link.object, (told, fix))


def _hierarchy(mapping: Mapping, held: _Ours, authorities: Authorities) -> Iterator[Finding]:
    """Equal to one term and below another that is not above the first (needs parents)."""
    if mapping.predicate != EXACT:
        return
    above = authorities.ancestors(mapping.object)
    prefix = mapping.object.partition(":")[0]
    for other in held.said.values():
        is_broad = other.predicate == "skos:broadMatch"
        fits = other.object in above or other.object.partition(":")[0] != prefix
        if above and is_broad and not fits:
            told = f"{other.object} “{other.object_label}” is not above {mapping.object} there"
            fix = "remove the row, or tell the authority's curators"
            yield _finding("mapping-not-above", mapping, other.object, (told, fix))
