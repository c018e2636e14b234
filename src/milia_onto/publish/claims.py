"""The claims of a release: who says so, on what evidence, who disagrees, and our verdict."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from milia_onto.publish.names import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milia_onto.publish.lookup import Index

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim in words: what it says, who says so, how it is judged, what speaks for or against.

    ``sources``, ``supported_by`` and ``disputed_by`` hold readable lines.
    """

    id: str
    says: str
    qualifier: str
    verdict: str
    confidence: str
    reason: str
    sources: tuple[str, ...]
    evidence: str
    lines: tuple[str, ...]
    supported_by: tuple[str, ...]
    disputed_by: tuple[str, ...]


class ClaimBook:
    """All claims of a release, over its index of terms."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.claims = {
            id_: node for id_, node in index.nodes.items() if "Claim" in _many(node.get("type"))
        }

    def claim(self, text: str) -> list[Statement]:
        """The claim of an id, with or without ``claim:``, then those it names; [] for no claim."""
        ids = [id_ for id_ in (text, f"claim:{text}") if id_ in self.claims]
        return [self.statement(id_) for id_ in [*ids, *self._linked(ids)]]

    def near(self, subject: str, predicate: str, obj: str) -> str:
        """What is claimed of a term where nobody claims this link: other links, other ends."""
        from difflib import SequenceMatcher

        said = [
            (node["predicate"], next((e for e in ends if e != subject), subject))
            for node in self.claims.values()
            if node.get("object") and subject in (ends := (node["subject"], node["object"]))
        ]
        label = self.index.label
        if by := sorted({p for p, other in said if other == obj}):
            return f"they are linked by {', '.join(by)}"
        others = {label(other) for p, other in said if p == predicate}
        if others:
            wanted = label(obj)
            alike = sorted(others, key=lambda n: (-SequenceMatcher(None, n, wanted).ratio(), n))
            return f"{predicate} links {label(subject)} with {some(alike)}"
        if said:
            return f"claims link {label(subject)} by {some(sorted({p for p, _ in said}))}"
        return f"no claim links {label(subject)} with anything"

    def about(self, subject: str, predicate: str = "", obj: str = "") -> list[Statement]:
        """The claims about a term; narrowed to a predicate and an object where they are given.

        The object may also be the subject and the subject the object: a link reads both ways.
        With an object, the claims that these name as support or dispute follow them.
        """
        found = []
        for id_, node in self.claims.items():
            ends = (node.get("subject"), node.get("object"))
            fits = subject in ends and (not obj or obj in ends)
            if fits and (not predicate or node.get("predicate") == predicate):
                found.append(id_)
        linked = self._linked(found) if obj else []
        return [self.statement(id_) for id_ in [*found, *linked]]

    def _linked(self, claims: list[str]) -> list[str]:
        """The other claims that these name as support or dispute, in order."""
        named = (
            other
            for id_ in claims
            for key in ("supportedBy", "disputedBy")
            for other in _many(self.claims[id_].get(key))
        )
        return [id_ for id_ in dict.fromkeys(named) if id_ not in claims and id_ in self.claims]

    def of_source(self, source: str) -> list[Statement]:
        """What a source says, in the order of its claims; those that only cite it come last."""
        found = [n for n in self.claims.items() if source in _many(n[1].get("sources"))]
        found.sort(key=lambda claim: "sourceLine" not in claim[1])
        return [self.statement(id_) for id_, _ in found]

    def predicates(self) -> dict[str, str]:
        """The claim predicates: normalised name and label to id."""
        found = {}
        for id_, node in self.index.nodes.items():
            if "vocab:ClaimPredicate" in _many(node.get("type")):
                found[normal(id_.partition(":")[2])] = id_
                found[normal(self.index.label(id_).removesuffix(" (claim predicate)"))] = id_
        return found

    def sources(self) -> dict[str, str]:
        """The sources: slug, label and seed file name to id."""
        found = {}
        for id_, node in self.index.nodes.items():
            if "MILIA:0000930" in _many(node.get("type")):
                found[normal(id_.partition(":")[2])] = id_
                found[normal(self.index.label(id_))] = id_
                for text in _comments(node):
                    found[normal(text)] = id_
        return found

    def statement(self, id_: str) -> Statement:
        """A claim in words."""
        node = self.claims[id_]
        said = self.index.label(id_).partition(": ")[2]
        return Statement(
            id=id_,
            says=said,
            qualifier=str(node.get("qualifier", "")),
            verdict=_local(node["verdict"]),
            confidence=_local(node["confidence"]).removesuffix("Confidence"),
            reason=str(node.get("reason", "")),
            sources=tuple(self.index.label(source) for source in _many(node.get("sources"))),
            evidence=self.index.label(node["evidenceType"]),
            lines=tuple(_many(node.get("sourceLine"))),
            supported_by=tuple(map(self.told, _many(node.get("supportedBy")))),
            disputed_by=tuple(map(self.told, _many(node.get("disputedBy")))),
        )

    def told(self, id_: str) -> str:
        """A claim in one line, with its first source."""
        sources = _many(self.claims.get(id_, {}).get("sources"))
        who = f" ({self.index.label(sources[0])})" if sources else ""
        return f"{self.index.label(id_)}{who}"


def some(names: Sequence[str]) -> str:
    """The first few of many names, and how many more there are."""
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")


def verdict_counts(statements: Iterable[Statement]) -> Counter[str]:
    """How many claims have each verdict."""
    return Counter(statement.verdict for statement in statements)


def _many(value: Any) -> list[str]:
    if value is None:
        return []
    return [value] if isinstance(value, str) else [v for v in value if isinstance(v, str)]


def _comments(node: dict[str, Any]) -> list[str]:
    comment = node.get("comment", {})
    return _many(comment.get("en")) if isinstance(comment, dict) else _many(comment)


def _local(id_: str) -> str:
    return id_.partition(":")[2]
