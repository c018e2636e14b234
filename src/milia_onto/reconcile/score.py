"""Candidates for a query, best first, and whether one is certain.

The score is from 0 to 100: what an exact name, synonym, identifier or code is worth, else how alike
the spelling is. ``match`` is said only of the one candidate with exact evidence.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from rapidfuzz import fuzz, process

from milia_onto.publish.names import normal
from milia_onto.reconcile.entities import CERTAIN, CODES, OWN, short

if TYPE_CHECKING:
    from milia_onto.reconcile.entities import Entities, Entity
    from milia_onto.reconcile.read import Query

# How alike names are, from which likeness on they count, and how much: spelling alone is never as
# good as an exact name, and words that a longer name holds tell even less.
SCORERS = ((fuzz.token_sort_ratio, 65.0, 0.85), (fuzz.token_set_ratio, 95.0, 0.55))
# What is left of a score if no property fits, or a type that only should fit does not.
NO_PROPERTY, WRONG_TYPE = 0.6, 0.8
ANY_CODE = "mapping"
NOTHING: frozenset[str] = frozenset()


class Candidate(NamedTuple):
    """An entity that may be meant."""

    entity: Entity
    score: float
    exact: bool
    similarity: float
    fits_type: bool
    properties: float


class Wanted(NamedTuple):
    """What a query wants besides a name, normalised once: types, and values by property."""

    types: frozenset[str]
    properties: tuple[tuple[str, frozenset[str]], ...]

    @classmethod
    def of(cls, query: Query) -> Wanted:
        """The types and values of a query as they are compared."""
        properties = (
            (pid, frozenset(normal(short(v) if v.startswith(OWN) else v) for v in values) - {""})
            for pid, values in query.properties
        )
        return cls(frozenset(map(short, query.types)), tuple(properties))


class Matcher:
    """Finds candidates among the entities of a release."""

    def __init__(self, entities: Entities) -> None:
        self.entities = entities
        self._exact: dict[str, dict[str, float]] = {}
        self._names: list[str] = []
        self._owners: list[tuple[str, float]] = []
        for entity in entities.by_id.values():
            curie = entity.id.replace("_", ":", 1).casefold()
            own = [(entity.id.casefold(), 100.0), (curie, 100.0)]
            for key, worth in (*entity.names, *entity.codes, *own):
                held = self._exact.setdefault(key, {})
                held[entity.id] = max(worth, held.get(entity.id, 0.0))
            for name, worth in entity.names:
                self._names.append(name)
                self._owners.append((entity.id, worth))

    def candidates(self, query: Query) -> list[Candidate]:
        """All candidates, best first."""
        found = []
        wanted = Wanted.of(query)
        for id_, evidence in self._by_text(query.text).items():
            candidate = self._judged(self.entities.by_id[id_], query, wanted, evidence)
            if candidate:
                found.append(candidate)
        found.sort(key=lambda c: (-c.score, c.entity.name, c.entity.id))
        return found

    def _by_text(self, text: str) -> dict[str, tuple[float, bool, float]]:
        """Entities with the worth of the evidence, whether it is exact, how alike the names are."""
        if not text:
            return dict.fromkeys(self.entities.by_id, (100.0, False, 0.0))
        found: dict[str, tuple[float, bool, float]] = {}
        wanted = normal(text)
        for scorer, cutoff, trust in SCORERS:
            alike = process.extract(
                wanted, self._names, scorer=scorer, limit=None, score_cutoff=cutoff
            )
            for _, ratio, place in alike:
                id_, worth = self._owners[place]
                score = ratio * trust * worth / 100
                if score > found.get(id_, (0.0, False, 0.0))[0]:
                    found[id_] = (score, False, ratio)
        iri = self.entities.find(text)
        hits = {**self._exact.get(text.casefold(), {}), **self._exact.get(wanted, {})}
        for id_, worth in {**hits, **({iri.id: 100.0} if iri else {})}.items():
            if worth > found.get(id_, (0.0, False, 0.0))[0]:
                similarity = found.get(id_, (0.0, False, 0.0))[2]
                found[id_] = (worth, worth >= CERTAIN, similarity)
        return found

    def _judged(
        self, entity: Entity, query: Query, wanted: Wanted, evidence: tuple[float, bool, float]
    ) -> Candidate | None:
        score, exact, similarity = evidence
        fits = self._fits_type(entity, query, wanted)
        if not fits:
            if query.strictness != "should":
                return None
            score, exact = score * WRONG_TYPE, False
        share = 1.0
        if wanted.properties:
            held = self._values[entity.id]
            fitting = (not held.get(pid, NOTHING).isdisjoint(v) for pid, v in wanted.properties)
            share = sum(fitting) / len(wanted.properties)
            if not query.text and not share:
                return None
            score *= NO_PROPERTY + (1 - NO_PROPERTY) * share if query.text else share
            exact = exact and share == 1
        return Candidate(entity, round(score, 2), exact, round(similarity, 2), fits, share)

    def _fits_type(self, entity: Entity, query: Query, wanted: Wanted) -> bool:
        if not wanted.types:
            return True
        above = self._above[entity.id]
        if query.strictness == "all":
            return wanted.types <= above
        return not wanted.types.isdisjoint(above)

    @cached_property
    def _above(self) -> dict[str, frozenset[str]]:
        return {id_: frozenset(map(short, e.above)) for id_, e in self.entities.by_id.items()}

    @cached_property
    def _values(self) -> dict[str, dict[str, frozenset[str]]]:
        """The normalised values of each entity by property; ``mapping`` has those of all codes."""
        return {id_: self._held(entity) for id_, entity in self.entities.by_id.items()}

    def _held(self, entity: Entity) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for key in entity.node:
            held: set[str] = set()
            for value in self.entities.values(entity, key):
                text = value.get("id") or value["str"]
                held |= {normal(text), normal(value.get("name", ""))}
                if key in CODES:
                    held.add(normal(text.partition(":")[2]))
            found[key] = frozenset(held)
        return {**found, ANY_CODE: NOTHING.union(*(found.get(key, NOTHING) for key in CODES))}


def result(candidates: list[Candidate], limit: int) -> dict[str, Any]:
    """The best candidates as a reconciliation result (5.2); a match where one alone is certain."""
    certain = [candidate for candidate in candidates if candidate.exact]
    return {
        "result": [
            {
                "id": c.entity.id,
                "name": c.entity.name,
                "description": c.entity.description,
                "type": [{"id": kind.id, "name": kind.name} for kind in c.entity.types],
                "score": c.score,
                "match": certain == [c],
                "features": [
                    {"id": "exact", "value": c.exact},
                    {"id": "name_similarity", "value": c.similarity},
                    {"id": "type_match", "value": c.fits_type},
                    {"id": "properties_matched", "value": round(c.properties, 2)},
                ],
            }
            for c in candidates[:limit]
        ]
    }
