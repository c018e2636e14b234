"""The conflict report: every pair of claims that dispute each other, as a table and as a page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from milia_onto.model import namespaces as ns
from milia_onto.model.namespaces import vocab

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyoxigraph import Triple

COLUMNS = ("topic", "claim_a", "a_says", "a_sources", "a_verdict", "a_reason")
SECOND = ("claim_b", "b_says", "b_sources", "b_verdict", "b_reason")
HEAD = """# Contradictions

Claims of this release that dispute each other, by topic. A verdict is the judgement of the
editors; the reason says on what it rests. The same rows are in `conflicts.tsv`.
"""


@dataclass(frozen=True, slots=True)
class Side:
    """One claim of a conflict, in words."""

    claim: str
    says: str
    sources: str
    verdict: str
    reason: str

    def cells(self) -> tuple[str, ...]:
        """The side as cells of the table."""
        return (self.claim, self.says, self.sources, self.verdict, self.reason)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two claims that dispute each other, and what they are about."""

    topic: str
    one: Side
    other: Side


def conflicts(triples: Sequence[Triple]) -> list[Conflict]:
    """Every disputing pair of the graph once, sorted by topic and claim."""
    about: dict[NamedNode, dict[NamedNode, list[str]]] = defaultdict(lambda: defaultdict(list))
    label: dict[str, str] = {}
    pairs = set()
    for triple in triples:
        subject, obj = triple.subject, triple.object
        if not isinstance(subject, NamedNode):
            continue
        if triple.predicate == ns.RDFS_LABEL:
            label[subject.value] = getattr(obj, "value", "")
        if subject.value.startswith(ns.CLAIM):
            about[subject][triple.predicate].append(getattr(obj, "value", ""))
            if triple.predicate == vocab("disputedBy") and isinstance(obj, NamedNode):
                pairs.add((subject, obj) if subject.value < obj.value else (obj, subject))
    found = [
        Conflict(_topic(about[one], label), _side(one, about, label), _side(other, about, label))
        for one, other in pairs
    ]
    return sorted(found, key=lambda c: (c.topic, c.one.claim, c.other.claim))


def _topic(said: Mapping[NamedNode, list[str]], label: Mapping[str, str]) -> str:
    subject, predicate = said[vocab("subject")][0], said[vocab("predicate")][0]
    verb = label.get(predicate, predicate).removesuffix(" (claim predicate)")
    return f"{label.get(subject, subject)}: {verb}"


def _side(
    claim: NamedNode,
    about: Mapping[NamedNode, Mapping[NamedNode, list[str]]],
    label: Mapping[str, str],
) -> Side:
    said = about[claim]
    name = claim.value.removeprefix(ns.CLAIM)
    sources = sorted(label.get(source, source) for source in said[ns.DCTERMS_SOURCE])
    verdict = said[vocab("verdict")][0].removeprefix(ns.VOCAB)
    reason = said[vocab("reason")][0] if said[vocab("reason")] else ""
    qualifier = f" ({said[vocab('qualifier')][0]})" if said[vocab("qualifier")] else ""
    says = label.get(claim.value, "").removeprefix(f"{name}: ") + qualifier
    return Side(name, says, "; ".join(sources), verdict, reason)


def as_table(found: Sequence[Conflict]) -> bytes:
    """The conflicts as tab-separated rows."""
    lines = ["\t".join((*COLUMNS, *SECOND))]
    lines += ["\t".join((c.topic, *c.one.cells(), *c.other.cells())) for c in found]
    return ("\n".join(lines) + "\n").encode()


def as_page(found: Sequence[Conflict]) -> bytes:
    """The conflicts as Markdown, a heading a topic."""
    lines = [HEAD]
    topic = ""
    for conflict in found:
        if conflict.topic != topic:
            topic = conflict.topic
            lines.append(f"## {topic}\n")
        for side, mark in ((conflict.one, "-"), (conflict.other, "  against")):
            reason = f": {side.reason}" if side.reason else ""
            lines.append(
                f"{mark} {side.says} [{side.claim}; {side.sources}] **{side.verdict}**{reason}"
            )
        lines.append("")
    return ("\n".join(lines).rstrip("\n") + "\n").encode()
