"""The entities, types and properties of the reconciliation service, out of ``terms.jsonld``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from milia_onto.publish.lookup import MATCHES, texts
from milia_onto.publish.names import normal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.publish.lookup import Index

OWN = "MILIA:"
# What terms are called kinds of, the most special first; each is a class of the release.
KINDS = (
    "MILIA:0000001",
    "MILIA:0000028",
    "MILIA:0000211",
    "OGMS:0000045",
    "MILIA:0000300",
    "MAXO:0000001",
    "CHEBI:24431",
    "UBERON:0001062",
)
# Keys of the JSON-LD: the names by which a term is found, and how good the evidence is.
NAMES = {
    "label": 100.0,
    "singular": 100.0,
    "plural": 100.0,
    "prefLabel": 100.0,
    "exactSynonym": 98.0,
    "altLabel": 90.0,
    "hiddenLabel": 90.0,
    "narrowSynonym": 80.0,
    "broadSynonym": 70.0,
    "relatedSynonym": 70.0,
}
CODES = {
    "exactMatch": 96.0,
    "closeMatch": 80.0,
    "narrowMatch": 60.0,
    "broadMatch": 60.0,
    "relatedMatch": 40.0,
}
# A match must be at least as good as an exact match of a code.
CERTAIN = 96.0
PROPERTIES = {
    "definition": ("definition", "what the term means"),
    "label": ("label", "the English label"),
    "prefLabel": ("label in another language", "preferred labels by language"),
    "singular": ("singular", "what one of them is called"),
    "plural": ("plural", "what several of them are called"),
    "exactSynonym": ("exact synonym", "other names of the same thing"),
    "broadSynonym": ("broad synonym", "names that say more than the term"),
    "narrowSynonym": ("narrow synonym", "names that say less than the term"),
    "relatedSynonym": ("related synonym", "names that are used for it loosely"),
    "subClassOf": ("subclass of", "the terms right above"),
    **{key: (f"{key[:-5]} match", f"codes: each {told}") for key, told in MATCHES.items()},
    "reportedCause": ("reported cause", "out of supported claims"),
    "reportedAssociation": ("reported association", "out of supported claims"),
    "reportedRiskFactor": ("reported risk factor", "out of supported claims"),
    "reportedSite": ("reported site", "out of supported claims"),
    "mistakenFor": ("mistaken for", "out of supported claims"),
    "treatedWith": ("treated with", "out of supported claims"),
    "featureOf": ("feature of", "the diseases it is a sign of"),
}


class Type(NamedTuple):
    """A type: its identifier, name and description."""

    id: str
    name: str
    description: str


class Entity(NamedTuple):
    """A term that can be meant: names and codes with the worth of each as evidence."""

    id: str
    name: str
    description: str
    types: tuple[Type, ...]
    above: frozenset[str]
    names: tuple[tuple[str, float], ...]
    codes: tuple[tuple[str, float], ...]
    node: dict[str, Any]


def short(curie: str) -> str:
    """The identifier in the service's space: what follows ``https://w3id.org/milia/``."""
    return curie.replace(":", "_", 1)


class Entities:
    """All entities of a release, by identifier; the types they have."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.by_id: dict[str, Entity] = {}
        kinds: set[str] = set()
        for curie, node in index.nodes.items():
            if curie.startswith(OWN) and node.get("type") == "Class" and not node.get("deprecated"):
                entity = self._entity(curie, node)
                self.by_id[entity.id] = entity
                kinds |= entity.above
        self.types = {short(curie): self._type(curie) for curie in sorted(kinds)}
        self.kinds = [self._type(curie) for curie in KINDS if short(curie) in self.types]

    def _type(self, curie: str) -> Type:
        node = self.index.nodes.get(curie, {})
        told = next(texts(node.get("definition", "")), "")
        return Type(short(curie), self.index.label(curie), told)

    def _entity(self, curie: str, node: dict[str, Any]) -> Entity:
        above = self._above(curie)
        names = [
            (normal(text), worth)
            for key, worth in NAMES.items()
            for text in texts(node.get(key, ""))
        ]
        codes = [
            (written, worth)
            for key, worth in CODES.items()
            for code in node.get(key, ())
            for written in {code.casefold(), code.partition(":")[2].casefold()}
        ]
        types = tuple(self._type(kind) for kind in KINDS if kind in above)
        told = next(texts(node.get("definition", "")), "")
        # From the least worth to the best: a name that stands twice counts with the better.
        found = tuple(dict(reversed(names)).items())
        held = (types, frozenset(above), found, tuple(codes))
        return Entity(short(curie), self.index.label(curie), told, *held, node)

    def _above(self, curie: str) -> set[str]:
        found = {curie}
        waiting = [curie]
        while waiting:
            node = self.index.nodes.get(waiting.pop(), {})
            parents = [p for p in node.get("subClassOf", ()) if isinstance(p, str)]
            waiting += [parent for parent in parents if parent not in found]
            found.update(parents)
        return found

    def find(self, text: str) -> Entity | None:
        """The entity with this identifier, CURIE or IRI."""
        curie = self.index.compressed(text.strip())
        return self.by_id.get(short(curie))

    def values(self, entity: Entity, key: str) -> Iterator[dict[str, str]]:
        """The values of a property in the form of a data extension response."""
        for value in _flat(entity.node.get(key, ())):
            own = self.by_id.get(short(value)) if value.startswith(OWN) else None
            yield {"id": own.id, "name": own.name} if own else {"str": self._readable(key, value)}

    def _readable(self, key: str, value: str) -> str:
        label = self.index.label(value)
        # Codes stay codes; other terms of other vocabularies can be read only with their label.
        return value if key in CODES or label == value else f"{value} {label}"


def _flat(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from _flat(part)
    else:
        yield from texts(value)
