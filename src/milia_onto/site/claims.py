"""Claims for a reader: by theme and relation, what holds first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from milia_onto.site.book import HOLDS, VERDICTS
from milia_onto.site.texts import first, ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milia_onto.site.book import Book, Node

THEMES: dict[str, tuple[str, ...]] = {
    "Causes and triggers": (
        "caused-by",
        "follows",
        "aggravated-by",
        "risk-factor",
        "suspected-risk-factor",
        "has-mechanism",
    ),
    "Found together with": ("associated-with", "feature-of", "co-mentioned-with"),
    "Genes and inheritance": ("has-gene", "has-inheritance"),
    "Site and origin": ("located-in", "arises-from"),
    "Whom, when and how often": (
        "affects",
        "has-onset",
        "has-prevalence",
        "has-frequency",
        "has-sex-ratio",
    ),
    "Appearance": (
        "has-appearance",
        "has-size",
        "has-colour",
        "has-content",
        "has-histology",
        "has-symptom",
    ),
    "Course": ("has-course", "has-behaviour"),
    "Diagnosis and look-alikes": ("diagnosed-by", "mistaken-for"),
    "Treatment and prevention": ("treated-by", "prevented-by", "recommends"),
    "Classification, names and codes": (
        "is-a",
        "classified-as",
        "has-synonym",
        "coded-as",
        "first-described",
    ),
}
CONFIDENCES = ("highConfidence", "mediumConfidence", "lowConfidence")
JUDGED = ("verdict", "confidence")
OTHER = "Other statements"
THEME_OF = {f"vocab:{name}": theme for theme, names in THEMES.items() for name in names}
ORDER = {
    f"vocab:{name}": at for at, name in enumerate(n for names in THEMES.values() for n in names)
}


class Relation(NamedTuple):
    """The claims with one predicate: those that hold, and those that do not."""

    predicate: str
    holding: tuple[str, ...]
    failing: tuple[str, ...]


class Theme(NamedTuple):
    """The relations of one theme, and how its claims fare."""

    name: str
    anchor: str
    relations: tuple[Relation, ...]
    verdicts: tuple[tuple[str, int], ...]


def themes(book: Book, claims: Iterable[str]) -> list[Theme]:
    """Claims by theme and predicate."""
    by_predicate: dict[str, list[str]] = {}
    for claim in sorted(claims, key=lambda claim: _rank(book, claim)):
        by_predicate.setdefault(str(book.nodes[claim].get("predicate", "")), []).append(claim)
    found = []
    for name in [*THEMES, OTHER]:
        chosen = [p for p in by_predicate if THEME_OF.get(p, OTHER) == name]
        chosen.sort(key=lambda p: (ORDER.get(p, 0), p))
        if chosen:
            every = [claim for predicate in chosen for claim in by_predicate[predicate]]
            relations = tuple(_relation(book, p, by_predicate[p]) for p in chosen)
            anchor = name.lower().replace(",", "").replace(" ", "-")
            found.append(Theme(name, anchor, relations, tuple(book.verdicts(every))))
    return found


def _relation(book: Book, predicate: str, claims: Sequence[str]) -> Relation:
    holding = tuple(claim for claim in claims if book.verdict(claim) in HOLDS)
    return Relation(predicate, holding, tuple(c for c in claims if c not in set(holding)))


def _rank(book: Book, claim: str) -> tuple[int, int, str]:
    verdict = book.verdict(claim)
    worth = VERDICTS.index(verdict) if verdict in VERDICTS else len(VERDICTS)
    sure = str(book.nodes[claim].get("confidence", "")).partition(":")[2]
    return worth, CONFIDENCES.index(sure) if sure in CONFIDENCES else len(CONFIDENCES), claim


def ranked(book: Book, claims: Iterable[str]) -> list[str]:
    """Claims in the order in which a reader wants them: what holds, and surely, first."""
    return sorted(claims, key=lambda claim: _rank(book, claim))


def figure(node: Node) -> str:
    """A quantity as it would be written: ``40 to 50 %``, ``up to 85 %``, ``at least 3 mm``."""
    low, high = first(node.get("low")), first(node.get("high"))
    if low and high:
        span = low if low == high else f"{low} to {high}"
    else:
        span = f"up to {high}" if high else f"at least {low}"
    counted = [first(node.get(key)) for key in ("numerator", "denominator")]
    unit = first(node.get("unit"))
    told = f"{span} {UNITS.get(unit, unit)}".strip() if low or high else ""
    among = f"{counted[0]} of {counted[1]}" if all(counted) else counted[0]
    return f"{told} ({among})" if told and among else told or among


UNITS = {"d": "days", "wk": "weeks", "mo": "months", "a": "years", "{case}": "cases", "1": ""}


def evidence(book: Book, claim: str) -> dict[str, list[Node]]:
    """The evidence lines of a claim by direction, the strongest first."""
    order = ("strong", "moderate", "weak", "veryWeak")
    lines = [book.nodes[id_] for id_ in ids(book.nodes[claim].get("evidenceLine"))]
    found: dict[str, list[Node]] = {}
    for line in sorted(lines, key=lambda line: _strength(line, order)):
        found.setdefault(str(line.get("direction", "")).partition(":")[2], []).append(line)
    return found


def _strength(line: dict[str, Any], order: Sequence[str]) -> tuple[int, str]:
    name = str(line.get("strength", "")).partition(":")[2]
    return (order.index(name) if name in order else len(order)), str(line["id"])


class Dispute(NamedTuple):
    """A claim and the claims that say otherwise."""

    claim: str
    against: tuple[str, ...]


class Topic(NamedTuple):
    """What is disputed of one subject."""

    subject: str
    disputes: tuple[Dispute, ...]


def disputes(book: Book) -> list[Topic]:
    """Every pair of claims that dispute each other, once, by subject.

    A pair stands with the claim that fares worse, so that what holds is what speaks against it.
    """
    seen: set[frozenset[str]] = set()
    by_subject: dict[str, list[Dispute]] = {}
    for claim in sorted(book.claims, key=lambda claim: _rank(book, claim), reverse=True):
        others = [c for c in ids(book.nodes[claim].get("disputedBy")) if c in book.nodes]
        fresh = [other for other in others if frozenset((claim, other)) not in seen]
        seen |= {frozenset((claim, other)) for other in fresh}
        if fresh:
            subject = str(book.nodes[claim].get("subject", ""))
            pair = Dispute(claim, tuple(ranked(book, fresh)))
            by_subject.setdefault(subject, []).append(pair)
    order = sorted(by_subject, key=lambda s: (-len(by_subject[s]), book.sort_key(s)))
    return [Topic(subject, tuple(by_subject[subject])) for subject in order]
