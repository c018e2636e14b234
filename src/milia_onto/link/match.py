"""One foreign term in, mapping candidates out.

Evidence in the order in which it counts: a curated mapping of the release names the code; a
cross-reference both sides share; the same label; a synonym; a normalised name; the same words
in another order; a typing error. The subject of a candidate is the foreign term, its object the
term of the release: a code of ICD-10 that lists milia is broader than milia, so milia are its
``skos:narrowMatch``, which read from the other end is the curated ``skos:broadMatch``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from milia_onto.link.index import OWN, Entry
from milia_onto.link.normalise import exact, is_abbreviation, words
from milia_onto.link.record import NOTHING, Candidate, Linked
from milia_onto.link.typing_errors import TypingErrors
from milia_onto.link.xrefs import CLASSIFICATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from milia_onto.link.index import Index
    from milia_onto.link.record import Name, Record

LEXICAL, ALIKE = "semapv:LexicalMatching", "semapv:LexicalSimilarityThresholdMatching"
CHAINED, INVERTED = "semapv:MappingChaining", "semapv:MappingInversion"
SUBJECT_FIELDS = {
    "label": "rdfs:label",
    "exact": "oboInOwl:hasExactSynonym",
    "broad": "oboInOwl:hasBroadSynonym",
    "narrow": "oboInOwl:hasNarrowSynonym",
    "related": "oboInOwl:hasRelatedSynonym",
    "synonym": "oboInOwl:hasSynonym",
}
SAME = frozenset({"label", "exact", "synonym"})
# How sure a pair of kinds of names makes us, and what a looser comparison takes off.
SURE = {"label": 0.0, "exact": 0.03, "synonym": 0.06}
BEST, BY_WORDS, BY_BAG, BY_XREF = 0.97, 0.03, 0.06, 0.75
NEARLY, WIDER, RELATED, ABBREVIATION, TYPO = 0.76, 0.6, 0.4, 0.5, 0.85
# A candidate so much less sure than the best of its foreign term is dropped.
WITHIN = 0.05
INVERSE = {"skos:broadMatch": "skos:narrowMatch", "skos:narrowMatch": "skos:broadMatch"}


class Match(NamedTuple):
    """A name of ours that a foreign name met."""

    entry: Entry
    name: Name
    confidence: float
    similarity: float


class Matcher:
    """Links records to the terms of an index.

    ``least`` is the confidence below which a candidate is not proposed; ``classification`` says
    that the vocabulary is one like ICD-10 even if its prefix does not tell.
    """

    def __init__(self, index: Index, least: float = 0.7, *, classification: bool = False) -> None:
        self.index = index
        self.least = least
        self.classification = classification
        self._errors = TypingErrors(index.bags.items())

    def link(self, record: Record) -> Linked:
        """The candidates for one record, and those that a false friend stopped."""
        curated = list(self._curated(record))
        chained = self._chained(record)
        found = self._by_names(record.names)
        friend = self.index.friends.named(record.label)
        if not (curated or chained or found or friend):
            return NOTHING
        kept: list[Candidate] = []
        refused: list[Candidate] = []
        for term in sorted({*found, *chained} - {record.id}):
            candidate = self._candidate(record, term, found.get(term), chained.get(term))
            if reason := self._objection(record, candidate, found.get(term)):
                refused.append(candidate._replace(comment=reason))
            elif candidate.confidence >= self.least:
                kept.append(candidate)
        if friend and not refused:
            refused.append(self._refusal(record, friend.refused, friend.reason))
        kept = self._best(kept, chained)
        known = {candidate.object for candidate in curated}
        kept = [candidate for candidate in kept if candidate.object not in known]
        return Linked((*curated, *kept), tuple(refused))

    def touches(self, text: str) -> bool:
        """Whether a name might link: what a reader that goes twice over a file asks."""
        bag = tuple(sorted(words(text)))
        if bag in self.index.bags or self.index.friends.named(text):
            return True
        return any(True for _ in self._errors.find(bag))

    def knows(self, code: str) -> bool:
        """Whether a code is mapped, or is a term of the release."""
        return code in self.index.codes or code in self.index.terms

    def _curated(self, record: Record) -> Iterator[Candidate]:
        """The release's own mappings of this code, seen from the code; the most general ones."""
        rows = self.index.codes.get(record.id, ())
        same = {(row.term, row.predicate) for row in rows}
        for row in sorted(row for row in rows if row.confidence >= self.least):
            above = self.index.ancestors(row.term)
            if row.predicate == "skos:broadMatch" and any(
                (a, p) in same for a in above for p in (row.predicate, "skos:exactMatch")
            ):
                continue
            predicate = INVERSE.get(row.predicate, row.predicate)
            yield Candidate(
                record.id,
                record.label,
                predicate,
                row.term,
                self.index.labels[row.term],
                INVERTED,
                row.confidence,
            )

    def _chained(self, record: Record) -> dict[str, str]:
        """Terms that share a code with the record: the term, the code."""
        found: dict[str, str] = {}
        for code in record.xrefs:
            if code.partition(":")[0] not in CLASSIFICATIONS:
                for term in self.index.equivalent(code):
                    found.setdefault(term, code)
        return found

    def _by_names(self, names: Iterable[Name]) -> dict[str, Match]:
        best: dict[str, Match] = {}
        for name in names:
            for match in self._matches(name):
                term = match.entry.term
                if term not in best or match.confidence > best[term].confidence:
                    best[term] = match
        return best

    def _matches(self, name: Name) -> Iterator[Match]:
        ordered = words(name.text)
        bag = tuple(sorted(ordered))
        entries = self.index.bags.get(bag)
        if entries is None:
            for near in self._errors.find(bag):
                sure = _sure(name.scope, near.entry.scope)
                yield Match(near.entry, name, min(sure, TYPO * near.similarity), near.similarity)
            return
        form = exact(name.text)
        for entry in entries:
            off = 0.0
            if entry.exact != form:
                off = BY_WORDS if entry.words == ordered else BY_BAG
            sure = _sure(name.scope, entry.scope) - off
            if is_abbreviation(name.text) or is_abbreviation(entry.text):
                sure = min(sure, ABBREVIATION)
            yield Match(entry, name, sure, 1.0)

    def _candidate(
        self, record: Record, term: str, match: Match | None, code: str | None
    ) -> Candidate:
        label = self.index.labels[term]
        if match is None:
            return Candidate(
                record.id,
                record.label,
                "skos:closeMatch",
                term,
                label,
                CHAINED,
                BY_XREF,
                "oboInOwl:hasDbXref",
                "skos:exactMatch",
                code or "",
            )
        confidence = match.confidence
        if code:
            confidence = min(0.99, max(confidence, BY_XREF) + 0.02)
        typo = match.similarity < 1
        return Candidate(
            record.id,
            record.label,
            self._predicate(record, match),
            term,
            label,
            ALIKE if typo else LEXICAL,
            round(confidence, 2),
            SUBJECT_FIELDS[match.name.scope],
            match.entry.field,
            match.name.text,
            round(match.similarity, 3),
        )

    def _predicate(self, record: Record, match: Match) -> str:
        theirs, ours = match.name.scope, match.entry.scope
        if theirs in SAME and ours in SAME:
            if self.classification or record.id.partition(":")[0] in CLASSIFICATIONS:
                return "skos:closeMatch" if theirs == "label" else "skos:narrowMatch"
            return "skos:exactMatch"
        if "related" in {theirs, ours} or not {theirs, ours} & SAME:
            return "skos:relatedMatch"
        if "close" in {theirs, ours}:
            return "skos:closeMatch"
        wider = theirs == "broad" or ours == "narrow"
        return "skos:broadMatch" if wider else "skos:narrowMatch"

    def _objection(self, record: Record, candidate: Candidate, match: Match | None) -> str:
        """Why a candidate must not be proposed; empty where nothing speaks against it."""
        term, friends = candidate.object, self.index.friends
        if record.deprecated:
            instead = f": see {record.replaced_by}" if record.replaced_by else ""
            return f"{record.id} is obsolete in its vocabulary{instead}"
        if reason := friends.of_code(term, (record.id, *record.xrefs)):
            return reason
        if match and (reason := friends.of_name(term, match.name.text)):
            return reason
        friend = friends.of_record(record)
        return friend.reason if friend and term in friends.kinds[friend.refused] else ""

    def _refusal(self, record: Record, term: str, reason: str) -> Candidate:
        return Candidate(
            record.id,
            record.label,
            "skos:exactMatch",
            term,
            self.index.labels[term],
            LEXICAL,
            0.95,
            comment=reason,
        )

    def _best(self, candidates: list[Candidate], chained: Mapping[str, str]) -> list[Candidate]:
        """The surest candidates of one record; imported terms give way to own ones.

        A shared cross-reference decides between a term and its kinds, which names often do not.
        """
        if len(candidates) < 2:
            return candidates
        general = {
            a for c in candidates if c.object in chained for a in self.index.ancestors(c.object)
        }
        left = [c for c in candidates if c.object not in general - chained.keys()]
        top = max(candidate.confidence for candidate in left)
        near = [c for c in left if c.confidence >= top - WITHIN]
        own = [c for c in near if c.object.startswith(OWN)]
        return own or near


def _sure(theirs: str, ours: str) -> float:
    if theirs in SAME and ours in SAME:
        return BEST - SURE[theirs] - SURE[ours]
    if theirs in SAME and ours == "close":
        return NEARLY - SURE[theirs]
    return RELATED if "related" in {theirs, ours} else WIDER
