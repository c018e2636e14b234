"""One foreign term in, mapping candidates out.

Evidence in the order in which it counts: a curated mapping of the release names the code; a
cross-reference both sides share; the same label; a synonym; a normalised name; the same words
in another order; a typing error. The subject of a candidate is the foreign term, its object the
term of the release: a code of ICD-10 that lists milia is broader than milia, so milia are its
``skos:narrowMatch``, which read from the other end is the curated ``skos:broadMatch``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.link import weigh
from milia_onto.link.index import OWN, SAME
from milia_onto.link.normalise import exact, is_abbreviation, without_gloss, words
from milia_onto.link.record import NOTHING, Linked
from milia_onto.link.typing_errors import TypingErrors
from milia_onto.link.weigh import Match
from milia_onto.link.xrefs import CLASSIFICATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from milia_onto.link.index import Index
    from milia_onto.link.record import Candidate, Name, Record

# A candidate so much less sure than the best of its foreign term is dropped.
WITHIN = 0.05


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
            if record.id in self.index.ancestors(term):
                continue  # the release places the term below this very code
            candidate = self._candidate(record, term, found.get(term), chained.get(term, ""))
            if reason := self._objection(record, candidate, found.get(term)):
                refused.append(candidate._replace(comment=reason))
            elif candidate.confidence >= self.least:
                kept.append(candidate)
        if friend and not refused:
            label = self.index.labels[friend.refused]
            refused.append(weigh.refusal(record, friend.refused, label, friend.reason))
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
            implied = any((a, p) in same for a in above for p in (row.predicate, SAME))
            if row.predicate == "skos:broadMatch" and implied:
                continue
            yield weigh.inverted(record, self.index.labels[row.term], row)

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
        form, ordered = exact(name.text), words(name.text)
        bag = tuple(sorted(ordered))
        if bag not in self.index.bags and (plain := without_gloss(name.text)) != name.text:
            form, ordered = exact(plain), words(plain)
            bag = tuple(sorted(ordered))
        if bag not in self.index.bags:
            yield from self._misspelt(name, form, bag)
            return
        for entry in self.index.bags[bag]:
            off = 0.0
            if entry.exact != form:
                off = weigh.BY_WORDS if entry.words == ordered else weigh.BY_BAG
            sure = weigh.sure(name.scope, entry.scope) - off
            if is_abbreviation(name.text) or is_abbreviation(entry.text):
                sure = min(sure, weigh.ABBREVIATION)
            yield Match(entry, name, sure, 1.0)

    def _misspelt(self, name: Name, form: str, bag: tuple[str, ...]) -> Iterator[Match]:
        """Typing errors in names that are otherwise letter by letter the same."""
        for near in self._errors.find(bag):
            if self._errors.count(form, near.entry.exact) == near.errors:
                sure = min(weigh.sure(name.scope, near.entry.scope), weigh.TYPO * near.similarity)
                yield Match(near.entry, name, sure, near.similarity)

    def _candidate(self, record: Record, term: str, match: Match | None, code: str) -> Candidate:
        label = self.index.labels[term]
        if match is None:
            return weigh.chained(record, term, label, code)
        boxes = self.classification or record.id.partition(":")[0] in CLASSIFICATIONS
        return weigh.proposed(record, label, match, code, classification=boxes)

    def _objection(self, record: Record, candidate: Candidate, match: Match | None) -> str:
        """Why a candidate must not be proposed; empty where nothing speaks against it."""
        term, friends = candidate.object, self.index.friends
        if record.deprecated:
            instead = f": see {' or '.join(record.replaced_by)}" if record.replaced_by else ""
            return f"{record.id} is obsolete in its vocabulary{instead}"
        if reason := friends.of_code(term, (record.id, *record.xrefs)):
            return reason
        if match and (reason := friends.of_name(term, match.name.text)):
            return reason
        friend = friends.of_record(record)
        return friend.reason if friend and term in friends.kinds[friend.refused] else ""

    def _best(self, candidates: list[Candidate], chained: Mapping[str, str]) -> list[Candidate]:
        """The surest candidates of one record; imported terms give way to own ones.

        A kind that a shared cross-reference or a name as sure points to stands for what is above
        it: names are often given for wider things. A kind that is less sure stands for itself, but
        not as the same: a record that means the wider term does not mean its kind.
        """
        passed = set()
        for kind in candidates:
            for wider in candidates:
                if wider.object in self.index.ancestors(kind.object):
                    if kind.object in chained or kind.confidence >= wider.confidence:
                        passed.add(wider.object)
                    elif kind.predicate == wider.predicate == SAME:
                        passed.add(kind.object)
        left = [candidate for candidate in candidates if candidate.object not in passed]
        top = max((candidate.confidence for candidate in left), default=0)
        near = [c for c in left if c.confidence >= top - WITHIN]
        own = [c for c in near if c.object.startswith(OWN)]
        return own or near
