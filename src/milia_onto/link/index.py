"""What another vocabulary is compared with: the names and codes of one release.

The index is a few thousand strings whatever is compared with it, so every step of the matcher
costs the same for each foreign name: one look-up for all exact and normalised forms, and as many
as the name has words for typing errors.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from milia_onto.link.normalise import exact, words
from milia_onto.link.xrefs import CLASSIFICATIONS
from milia_onto.owl.closure import reachable
from milia_onto.publish.lookup import prefixes, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from milia_onto.link.friends import Friend

# Terms of upper ontologies are scaffolding: nobody links a vocabulary of diseases to them.
SCAFFOLDING = frozenset({"BFO", "ECO", "IAO", "OGMS", "PATO", "RO", "SEPIO", "SO", "OMO"})
OWN, SAME = "MILIA:", "skos:exactMatch"
SCOPE_OF_MAPPED = {SAME: "exact", "skos:closeMatch": "close"}
# The key in terms.jsonld: the scope of the name, the property that holds it.
FIELDS = {
    "label": ("label", "rdfs:label"),
    "singular": ("label", "MILIA:0000910"),
    "plural": ("label", "MILIA:0000911"),
    "prefLabel": ("label", "skos:prefLabel"),
    "altLabel": ("exact", "skos:altLabel"),
    "hiddenLabel": ("exact", "skos:hiddenLabel"),
    "exactSynonym": ("exact", "oboInOwl:hasExactSynonym"),
    "broadSynonym": ("broad", "oboInOwl:hasBroadSynonym"),
    "narrowSynonym": ("narrow", "oboInOwl:hasNarrowSynonym"),
    "relatedSynonym": ("related", "oboInOwl:hasRelatedSynonym"),
}


class Entry(NamedTuple):
    """One name of one term: the term, the name as written and compared, what kind of name."""

    term: str
    text: str
    exact: str
    words: tuple[str, ...]
    scope: str
    field: str


class Curated(NamedTuple):
    """A mapping of the release: the term, the predicate from term to code, its confidence."""

    term: str
    predicate: str
    confidence: float


class Index:
    """The names, codes, classification and false friends of one release.

    ``document`` is the parsed ``terms.jsonld``, ``mappings`` the rows of all mapping sets,
    ``friends`` the table of false friends. ``without`` names prefixes whose codes are left out,
    so that a measurement cannot find what it is measured against. Terms that the release takes
    from other vocabularies are linked to only with ``imported``; without it they still lend their
    names to the own terms that a curator mapped to them as the same.
    """

    def __init__(
        self,
        document: Any,
        mappings: Iterable[Mapping[str, str]],
        friends: Iterable[Friend],
        without: Iterable[str] = (),
        *,
        imported: bool = False,
    ) -> None:
        from milia_onto.link.friends import Friends

        left_out = frozenset(without)
        nodes = [n for n in document["@graph"] if "id" in n and n.get("type") == "Class"]
        self.prefixes = prefixes(document)
        self.labels = {n["id"]: next(texts(n.get("label", "")), n["id"]) for n in nodes}
        self._parents = {
            n["id"]: [p for p in n.get("subClassOf", ()) if isinstance(p, str)] for n in nodes
        }
        rows = list(mappings)
        kept = [row for row in rows if row["object_id"].partition(":")[0] not in left_out]
        positive = [row for row in kept if not row["predicate_modifier"]]
        self.codes: dict[str, list[Curated]] = defaultdict(list)
        for row in positive:
            curated = Curated(row["subject_id"], row["predicate_id"], float(row["confidence"]))
            self.codes[row["object_id"]].append(curated)
        self.terms = frozenset(
            n["id"]
            for n in nodes
            if n["id"].startswith(OWN) or (imported and not _is_scaffolding(n["id"]))
        )
        self.bags: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        for entry in (*self._names(nodes), *_mapped_names(positive)):
            self.bags[tuple(sorted(entry.words))].append(entry)
        negative = [row for row in rows if row["predicate_modifier"]]
        self.friends = Friends(friends, negative, self.kinds_of)

    def _names(self, nodes: Iterable[Mapping[str, Any]]) -> Iterator[Entry]:
        """The names of all terms; those of an imported term speak for its own equivalents."""
        for node in nodes:
            terms = self.equivalent(node["id"])
            for entry in _entries(node) if terms else ():
                yield from (entry._replace(term=term) for term in terms)

    def ancestors(self, term: str) -> set[str]:
        """Everything above a term, without itself."""
        return reachable([term], self._parents) - {term}

    def kinds_of(self, term: str) -> set[str]:
        """A term and everything below it."""
        children: dict[str, list[str]] = defaultdict(list)
        for child, parents in self._parents.items():
            for parent in parents:
                children[parent].append(child)
        return reachable([term], children)

    def equivalent(self, code: str) -> list[str]:
        """The terms that mean the same as a code: that term itself, or by an exact mapping."""
        same = [c.term for c in self.codes.get(code, ()) if c.predicate == SAME]
        return [code] if code in self.terms and not same else same


def _is_scaffolding(term: str) -> bool:
    return term.partition(":")[0] in SCAFFOLDING


def _entries(node: Mapping[str, Any]) -> Iterator[Entry]:
    seen: set[tuple[str, str]] = set()
    for key, (scope, field) in FIELDS.items():
        for text in texts(node.get(key, ())):
            form, compared = exact(text), words(text)
            if compared and (form, scope) not in seen:
                seen.add((form, scope))
                yield Entry(node["id"], text, form, compared, scope, field)


def _mapped_names(rows: Iterable[Mapping[str, str]]) -> Iterator[Entry]:
    """The label of a code that means the same as a term is a name of it; of a near one, nearly."""
    for row in rows:
        scope = SCOPE_OF_MAPPED.get(row["predicate_id"])
        compared = words(row["object_label"])
        if scope and compared and row["object_id"].partition(":")[0] not in CLASSIFICATIONS:
            text = row["object_label"]
            yield Entry(row["subject_id"], text, exact(text), compared, scope, "sssom:object_label")
