"""Terms by label, synonym, code or identifier, out of the JSON-LD of a release.

Only the standard library: a lookup answers before a graph library would be imported.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from milia_onto.model.errors import damaged
from milia_onto.model.layout import CONTEXT, JSONLD
from milia_onto.publish.names import normal, normals, plain, spellings
from milia_onto.publish.sound import check_context, check_document

if TYPE_CHECKING:
    from collections.abc import Iterator

MATCHES = {
    "exactMatch": "means the same as the term",
    "closeMatch": "is close to the term, but not the same",
    "broadMatch": "is broader than the term",
    "narrowMatch": "is narrower than the term",
    "relatedMatch": "is related to the term, no more",
}
NAMES = {
    "label": "label",
    "singular": "singular",
    "plural": "plural",
    "prefLabel": "label",
    "altLabel": "alternative label",
    "hiddenLabel": "hidden label",
    "exactSynonym": "exact synonym",
    "broadSynonym": "broad synonym",
    "narrowSynonym": "narrow synonym",
    "relatedSynonym": "related synonym",
}
RANK = list(NAMES)
SYNONYMS = [key for key in RANK if key.endswith("Synonym")]
SUGGESTIONS = 5


class Mapping(NamedTuple):
    """One end of a mapping of a term: what the code is to the term, the code, its label."""

    relation: str
    code: str
    label: str


class Hit(NamedTuple):
    """A term that was found: how, what it is called, what it is, where it sits, its mappings."""

    id: str
    label: str
    matched: str
    definition: str
    parents: tuple[str, ...]
    synonyms: tuple[str, ...]
    mappings: tuple[Mapping, ...]


class Answer(NamedTuple):
    """The hits for a text, best first; where there are none, names that look like it."""

    hits: tuple[Hit, ...]
    suggestions: tuple[str, ...]


def texts(value: Any) -> Iterator[str]:
    """All texts in a JSON-LD value: strings, arrays, language maps, value objects."""
    if isinstance(value, str):
        yield from filter(None, [value])
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in {"@language", "@type"}:
                yield from texts(part)


class Index:
    """The terms of one release. ``document`` is the parsed ``milia.jsonld``."""

    def __init__(self, document: Any) -> None:
        nodes = document["@graph"]
        self.nodes: dict[str, dict[str, Any]] = {n["id"]: n for n in nodes if "id" in n}
        self.prefixes = prefixes(document)
        self.object_labels = {
            node["object_id"]: node.get("object_label", "")
            for node in nodes
            if node.get("object_id")
        }

    def search(self, text: str) -> Answer:
        """Everything that ``text`` names: an identifier, a code, a label or a synonym."""
        text = plain(text)
        found: dict[str, str] = {}
        for id_, how in [*self._by_id(text), *self._by_code(text), *self._by_name(text)]:
            found.setdefault(id_, how)
        hits = tuple(self.hit(id_, how) for id_, how in found.items())
        return Answer(hits, () if hits else self.suggest(text))

    def _by_id(self, text: str) -> Iterator[tuple[str, str]]:
        curie = text.replace("_", ":", 1)
        for candidate in (text, curie, curie.upper(), self.compressed(text)):
            if candidate in self.nodes:
                yield candidate, "identifier"

    def compressed(self, iri: str) -> str:
        """An IRI as the CURIE it has in the document; unchanged where no prefix fits."""
        fitting = [(len(ns), name) for name, ns in self.prefixes.items() if iri.startswith(ns)]
        length, name = max(fitting, default=(0, ""))
        return f"{name}:{iri[length:]}" if name else iri

    def expanded(self, curie: str) -> str:
        """The IRI of a CURIE of the document."""
        name, _, local = curie.partition(":")
        return self.prefixes.get(name, f"{name}:") + local

    def wanted(self, text: str) -> set[str]:
        """The ways to write the code that a user typed, without regard to case."""
        curies = (text, text.replace("_", ":", 1), self.compressed(text))
        return {curie.casefold() for curie in curies}

    def _by_code(self, text: str) -> Iterator[tuple[str, str]]:
        wanted = self.wanted(text)
        for id_, relation, code in self._codes():
            if not wanted.isdisjoint(spellings(code)):
                label = self.object_labels.get(code, "")
                name = f"{code} “{label}”" if label else code
                yield id_, f"{name} {MATCHES[relation]}"

    def _codes(self) -> Iterator[tuple[str, str, str]]:
        """Term, relation and code of each mapping; what means the same comes first."""
        same, *others = MATCHES
        for relations in ([same], others):
            # Else the order of the terms, where milia lead.
            for id_, node in self.nodes.items():
                for relation in relations:
                    for code in node.get(relation, ()):
                        yield id_, relation, code

    def names(self) -> Iterator[tuple[int, str, str]]:
        """Every name: the rank of its kind, the name, the term's id."""
        for id_, node in self.nodes.items():
            if "Class" in texts(node.get("type", "")):
                for key in RANK:
                    for text in texts(node.get(key, "")):
                        yield RANK.index(key), text, id_

    def _by_name(self, text: str) -> list[tuple[str, str]]:
        wanted, names = normal(text), list(self.names())
        compared = normals([name for _, name, _ in names])
        found = sorted(
            (rank, id_, name)
            for (rank, name, id_), words in zip(names, compared, strict=True)
            if words == wanted
        )
        return [(id_, f"{NAMES[RANK[rank]]} “{name}”") for rank, id_, name in found]

    def suggest(self, text: str) -> tuple[str, ...]:
        """Up to five names that hold the text or are spelt like it."""
        import difflib

        found = [name for _, name, _ in self.names()]
        names = dict(zip(normals(found), found, strict=True))
        wanted = normal(text)
        inside = sorted((n for n in names if wanted and wanted in n), key=lambda n: (len(n), n))
        like = difflib.get_close_matches(wanted, names, n=SUGGESTIONS, cutoff=0.75)
        chosen = list(dict.fromkeys([*inside[:SUGGESTIONS], *like]))[:SUGGESTIONS]
        return tuple(names[name] for name in chosen)

    def label(self, id_: str) -> str:
        """The label of a term, or its id where it has none."""
        return next(texts(self.nodes.get(id_, {}).get("label", "")), id_)

    def hit(self, id_: str, matched: str) -> Hit:
        """A term with all that a person wants to see at once."""
        node = self.nodes[id_]
        parents = [p for p in node.get("subClassOf", ()) if isinstance(p, str)]
        synonyms = [t for key in SYNONYMS for t in texts(node.get(key, ""))]
        mappings = [
            Mapping(meaning, code, self.object_labels.get(code, ""))
            for relation, meaning in MATCHES.items()
            for code in node.get(relation, ())
        ]
        return Hit(
            id_,
            self.label(id_),
            matched,
            next(texts(node.get("definition", "")), ""),
            tuple(f"{parent} “{self.label(parent)}”" for parent in parents),
            tuple(synonyms),
            tuple(mappings),
        )


def prefixes(document: Any) -> dict[str, str]:
    """The prefixes that the context of a JSON-LD document declares (JSON-LD 1.1, 9.15.1)."""
    return {
        name: entry["@id"]
        for name, entry in document["@context"].items()
        if isinstance(entry, dict) and entry.get("@prefix")
    }


def prefixes_of(data: bytes) -> dict[str, str]:
    """The prefix map of the ``context.jsonld`` of a release.

    Raises ContentError where the file is damaged.
    """
    try:
        document = json.loads(data)
        check_context(document)
        return prefixes(document)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise damaged(CONTEXT) from None


def index_of(data: bytes, name: str = JSONLD) -> Index:
    """The index of the ``milia.jsonld`` of a release. Raises ContentError where it is damaged."""
    try:
        document = json.loads(data)
        check_document(document)
        return Index(document)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise damaged(name) from None
