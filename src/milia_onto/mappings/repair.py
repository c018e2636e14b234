"""Repair proposals for stale mappings, as an SSSOM set that a curator decides upon."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from milia_onto.mappings.model import GOOD, NOTHING_FOUND, STATES
from milia_onto.model.layout import MAPPING_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from milia_onto.mappings.model import Entry, Verdict

# The identifier of a mapping is given when it is taken over.
COLUMNS = MAPPING_COLUMNS[1:]
HEADER = (
    "# mapping_set_id: https://w3id.org/milia/mappings/proposals",
    '# mapping_set_title: "Repair proposals for stale mappings"',
    "# license: https://creativecommons.org/publicdomain/zero/1.0/",
    '# sssom_version: "1.1"',
)
REVIEW, LEXICAL = "semapv:MappingReview", "semapv:LexicalMatching"
# What is left of a match when the target became a part, or took others in.
WEAKER = {
    "split": {"skos:exactMatch": "skos:narrowMatch", "skos:broadMatch": "skos:relatedMatch"},
    "merged": {"skos:exactMatch": "skos:broadMatch", "skos:narrowMatch": "skos:relatedMatch"},
}
# How much of the confidence is left, by what became of the target.
TRUST = {"relabelled": 0.9, "replaced": 0.9, "merged": 0.7, "split": 0.6}
GUESSED = 0.5


class Proposal(NamedTuple):
    """One row that may take the place of a stale one."""

    verdict: Verdict
    predicate: str
    object: str
    object_label: str
    justification: str
    confidence: float


def proposals(verdicts: Iterable[Verdict]) -> Iterator[Proposal]:
    """At least one proposal for each stale mapping: other rows, or that nothing was found."""
    for verdict in verdicts:
        if verdict.state in GOOD:
            continue
        if not verdict.instead:
            old = verdict.mapping.predicate
            yield Proposal(verdict, old, NOTHING_FOUND, "", REVIEW, GUESSED)
        for entry in verdict.instead:
            yield _proposal(verdict, entry)


def _proposal(verdict: Verdict, entry: Entry) -> Proposal:
    mapping = verdict.mapping
    kept = mapping.confidence if mapping.confidence is not None else 1.0
    guessed = verdict.state in {"gone", "obsolete"} or (
        verdict.state == "relabelled" and entry.id != mapping.object
    )
    trust = GUESSED if guessed else TRUST[verdict.state]
    weaker = {} if mapping.negated else WEAKER.get(verdict.state, {})
    predicate = weaker.get(mapping.predicate, mapping.predicate)
    justification = LEXICAL if guessed else REVIEW
    return Proposal(
        verdict, predicate, entry.id, entry.label, justification, round(kept * trust, 2)
    )


def as_sssom(rows: Iterable[Proposal], prefixes: Mapping[str, str]) -> str:
    """Proposals as SSSOM/TSV, sorted, with the prefixes they use."""
    lines = sorted({"\t".join(_cells(row)) for row in rows})
    used = {
        cell.partition(":")[0] for line in lines for cell in line.split("\t")[:7] if ":" in cell
    }
    declared = [
        f'#   {name}: "{prefixes[name]}"' for name in sorted(used | {"semapv"}) if name in prefixes
    ]
    return "\n".join((*HEADER, "# curie_map:", *declared, "\t".join(COLUMNS), *lines)) + "\n"


def _cells(row: Proposal) -> tuple[str, ...]:
    mapping = row.verdict.mapping
    comment = f"{mapping.object} “{mapping.object_label}” {STATES[row.verdict.state]}."
    if row.verdict.reason:
        comment += f" {row.verdict.reason[:1].upper()}{row.verdict.reason[1:]}."
    cells = (
        mapping.subject,
        mapping.subject_label,
        row.predicate,
        "Not" if mapping.negated else "",
        row.object,
        row.object_label,
        row.justification,
        f"{row.confidence:.2f}",
        comment,
    )
    return tuple(" ".join(cell.replace('"', "”").split()) for cell in cells)
