"""What a match is worth: its predicate, its justification and its confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from milia_onto.link.record import Candidate

if TYPE_CHECKING:
    from milia_onto.link.index import Curated, Entry
    from milia_onto.link.record import Name, Record

LEXICAL, ALIKE = "semapv:LexicalMatching", "semapv:LexicalSimilarityThresholdMatching"
CHAINED, INVERTED = "semapv:MappingChaining", "semapv:MappingInversion"
INVERSE = {"skos:broadMatch": "skos:narrowMatch", "skos:narrowMatch": "skos:broadMatch"}
SUBJECT_FIELDS = {
    "label": "rdfs:label",
    "exact": "oboInOwl:hasExactSynonym",
    "broad": "oboInOwl:hasBroadSynonym",
    "narrow": "oboInOwl:hasNarrowSynonym",
    "related": "oboInOwl:hasRelatedSynonym",
    "synonym": "oboInOwl:hasSynonym",
}
SAME = frozenset({"label", "exact", "synonym"})
# How sure two labels make us, what other kinds of names and looser comparisons take off.
BEST = 0.97
KIND = {"label": 0.0, "exact": 0.03, "synonym": 0.06}
BY_WORDS, BY_BAG = 0.03, 0.06
# How sure at most: by the name of a near code, a wider or narrower name, a related one …
NEARLY, WIDER, RELATED, ABBREVIATION, TYPO = 0.76, 0.6, 0.4, 0.5, 0.85
# A shared cross-reference alone; with a name that matches it adds a little.
BY_XREF, AGREED, MOST = 0.75, 0.02, 0.99


class Match(NamedTuple):
    """A name of ours that a foreign name met."""

    entry: Entry
    name: Name
    confidence: float
    similarity: float


def sure(theirs: str, ours: str) -> float:
    """How sure two names of these scopes make us, before looser comparison takes off."""
    if theirs in SAME and ours in SAME:
        return BEST - KIND[theirs] - KIND[ours]
    if theirs in SAME and ours == "close":
        return NEARLY - KIND[theirs]
    return RELATED if "related" in {theirs, ours} else WIDER


def proposed(
    record: Record, label: str, match: Match, code: str, *, classification: bool
) -> Candidate:
    """The candidate that a match of names makes; ``code`` is a cross-reference that agrees."""
    confidence = match.confidence
    if code:
        confidence = min(MOST, max(confidence, BY_XREF) + AGREED)
    return Candidate(
        record.id,
        record.label,
        predicate(match.name.scope, match.entry.scope, classification=classification),
        match.entry.term,
        label,
        ALIKE if match.similarity < 1 else LEXICAL,
        round(confidence, 2),
        SUBJECT_FIELDS[match.name.scope],
        match.entry.field,
        match.name.text,
        round(match.similarity, 3),
    )


def chained(record: Record, term: str, label: str, code: str) -> Candidate:
    """The candidate that a shared cross-reference alone makes: near, since nobody said same."""
    fields = ("oboInOwl:hasDbXref", "skos:exactMatch", code)
    near = "skos:closeMatch"
    return Candidate(record.id, record.label, near, term, label, CHAINED, BY_XREF, *fields)


def inverted(record: Record, label: str, row: Curated) -> Candidate:
    """A curated mapping of the release, seen from the code."""
    seen = INVERSE.get(row.predicate, row.predicate)
    return Candidate(record.id, record.label, seen, row.term, label, INVERTED, row.confidence)


def refusal(record: Record, term: str, label: str, reason: str) -> Candidate:
    """What must not be proposed: the record bears the name of a false friend."""
    same = "skos:exactMatch"
    return Candidate(record.id, record.label, same, term, label, LEXICAL, BEST, comment=reason)


def predicate(theirs: str, ours: str, *, classification: bool) -> str:
    """The predicate from the foreign term to ours for names of these scopes.

    A code of a classification that lists a name is wider than what the name means; one that is
    called so is near. A name that is broader than its own term makes the other end broader.
    """
    if theirs in SAME and ours in SAME:
        if classification:
            return "skos:closeMatch" if theirs == "label" else "skos:narrowMatch"
        return "skos:exactMatch"
    if "related" in {theirs, ours} or not {theirs, ours} & SAME:
        return "skos:relatedMatch"
    if ours == "close":
        return "skos:closeMatch"
    wider = theirs == "broad" or ours == "narrow"
    return "skos:broadMatch" if wider else "skos:narrowMatch"
