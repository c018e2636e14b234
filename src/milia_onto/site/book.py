"""A release, read once: its nodes by what they are, and who points to whom."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from milia_onto.model import namespaces as ns
from milia_onto.model.layout import JSONLD, MANIFEST, NTRIPLES
from milia_onto.publish.lookup import MATCHES, Index, index_of
from milia_onto.publish.why import Logic
from milia_onto.site.questions import Questions
from milia_onto.site.shapes import Shapes
from milia_onto.site.sources import short_names
from milia_onto.site.texts import first, ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from milia_onto.model.values import Release

Node: TypeAlias = dict[str, Any]
VERDICTS = ("supported", "partly", "contradicted", "unsupported", "marketing")
HOLDS = ("supported", "partly")


class Book:
    """All that the pages tell, looked up by the ids of the JSON-LD (CURIEs).

    Raises ContentError where ``milia.jsonld`` cannot be read.
    """

    def __init__(self, release: Release) -> None:
        self.files: Mapping[str, bytes] = release.files
        self.index: Index = index_of(release.files[JSONLD])
        self.nodes: dict[str, Node] = self.index.nodes
        self._by_type: defaultdict[str, list[str]] = defaultdict(list)
        for id_, node in self.nodes.items():
            for type_ in ids(node.get("type")):
                self._by_type[type_].append(id_)

    # What there is ---------------------------------------------------------------------------

    @cached_property
    def ontology(self) -> Node:
        """The header of the ontology."""
        return next((self.nodes[id_] for id_ in self._by_type["Ontology"]), {"id": ns.BASE})

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """``manifest.json``: files, sums, tools, what the reasoner said."""
        value: Mapping[str, Any] = json.loads(self.files[MANIFEST])
        return value

    @cached_property
    def version(self) -> str:
        """The version, a date."""
        return str(self.manifest["version"])

    @cached_property
    def classes(self) -> list[str]:
        """The classes, own and imported."""
        return self._by_type["Class"]

    @cached_property
    def terms(self) -> list[str]:
        """The own terms: classes and properties with an opaque number."""
        return [id_ for id_ in self.nodes if id_.startswith("MILIA:")]

    @cached_property
    def imported(self) -> list[str]:
        """The classes of other vocabularies that are merged in."""
        return [id_ for id_ in self.classes if not id_.startswith(("MILIA:", "vocab:"))]

    @cached_property
    def vocabulary(self) -> list[str]:
        """The names of the claims vocabulary."""
        return [id_ for id_ in self.nodes if id_.startswith("vocab:")]

    @cached_property
    def claims(self) -> list[str]:
        """The claims."""
        return self._by_type["Claim"]

    @cached_property
    def sources(self) -> list[str]:
        """What claims and definitions are taken from."""
        return [id_ for id_ in self.nodes if id_.startswith("source:")]

    @cached_property
    def mapping_sets(self) -> list[str]:
        """The mapping sets."""
        return self._by_type["MappingSet"]

    @cached_property
    def predicates(self) -> list[str]:
        """The claim predicates."""
        return self._by_type["vocab:ClaimPredicate"]

    @cached_property
    def questions(self) -> Questions:
        """The competency questions and their answers."""
        return Questions(self.files)

    @cached_property
    def shapes(self) -> Shapes:
        """The public shapes."""
        return Shapes(self.files)

    @cached_property
    def logic(self) -> Logic:
        """What is stated of each class, and why it stands where it stands."""
        return Logic(self.files[NTRIPLES])

    # Who points to whom ----------------------------------------------------------------------

    def _inverse(self, subjects: Iterable[str], *keys: str) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for id_ in subjects:
            for key in keys:
                for target in dict.fromkeys(ids(self.nodes[id_].get(key))):
                    found[target].append(id_)
        return found

    @cached_property
    def children(self) -> dict[str, list[str]]:
        """The direct kinds of each class, by label."""
        found = self._inverse(self.classes, "subClassOf")
        return {id_: sorted(kinds, key=self.sort_key) for id_, kinds in found.items()}

    def parents(self, id_: str) -> list[str]:
        """The direct parents of a class that the release describes; own terms first, by label."""
        value = self.nodes[id_].get("subClassOf", [])
        named = [p for p in (value if isinstance(value, list) else [value]) if isinstance(p, str)]
        known = [p for p in named if p in self.nodes and p != id_]
        return sorted(known, key=lambda p: (not p.startswith("MILIA:"), self.sort_key(p)))

    @cached_property
    def claims_about(self) -> dict[str, list[str]]:
        """The claims whose subject is a term."""
        return self._inverse(self.claims, "subject")

    @cached_property
    def claims_naming(self) -> dict[str, list[str]]:
        """The claims whose object is a term."""
        return self._inverse(self.claims, "object")

    @cached_property
    def claims_of(self) -> dict[str, list[str]]:
        """The claims of a source."""
        return self._inverse(self.claims, "sources")

    @cached_property
    def defined_from(self) -> dict[str, list[str]]:
        """The terms whose definition rests on a source."""
        return self._inverse(self.terms, "definitionSource")

    @cached_property
    def claims_with(self) -> dict[str, list[str]]:
        """The claims that use a name of the vocabulary."""
        return self._inverse(self.claims, "predicate", "verdict", "confidence", "polarity")

    @cached_property
    def parts_with(self) -> dict[str, list[str]]:
        """The figures and evidence lines that use a name of the vocabulary."""
        parts = [*self._by_type["Quantity"], *self._by_type["EvidenceLine"]]
        return self._inverse(parts, "quantityKind", "design", "direction", "strength")

    @cached_property
    def rows_of_set(self) -> dict[str, list[str]]:
        """The rows of a mapping set."""
        return self._inverse(self._by_type["Mapping"], "isPartOf")

    @cached_property
    def rows_about(self) -> dict[str, list[str]]:
        """The mapping rows of a term."""
        return self._inverse(self._by_type["Mapping"], "subject_id")

    @cached_property
    def defined_by(self) -> dict[str, list[str]]:
        """The defined classes whose definition sets in a term."""
        return self._inverse(self.classes, "vocab:differentia")

    # Words -----------------------------------------------------------------------------------

    def label(self, id_: str) -> str:
        """The label of a node, without the word in brackets that keeps vocabulary labels apart."""
        label = first(self.nodes.get(id_, {}).get("label")) or id_
        if id_.startswith("vocab:"):
            label = label.removesuffix(" (claim predicate)").removesuffix(" verdict")
        return label

    @cached_property
    def short_names(self) -> dict[str, str]:
        """Each source by the beginning of its label, as much as tells it from the others."""
        return short_names(self)

    def sort_key(self, id_: str) -> tuple[str, str]:
        """Labels without regard to case, then the id."""
        return self.label(id_).casefold(), id_

    def says(self, claim: str) -> str:
        """What a claim says, as one line."""
        return self.label(claim).partition(": ")[2] or self.label(claim)

    def verdicts(self, claims: Iterable[str]) -> list[tuple[str, int]]:
        """How many of the claims have each verdict, best first."""
        counted = Counter(self.verdict(claim) for claim in claims)
        order = [*VERDICTS, *sorted(set(counted) - set(VERDICTS))]
        return [(verdict, counted[verdict]) for verdict in order if counted[verdict]]

    def verdict(self, claim: str) -> str:
        """The local name of the verdict of a claim."""
        return str(self.nodes[claim].get("verdict", "")).partition(":")[2]

    def is_withdrawn(self, id_: str) -> bool:
        """Whether a term was withdrawn."""
        return self.nodes.get(id_, {}).get("deprecated") in {True, "true"}

    def mapped_codes(self, id_: str) -> Iterator[tuple[str, str]]:
        """The relation and the code of each mapping of a term, the closest relation first."""
        node = self.nodes[id_]
        return ((relation, code) for relation in MATCHES for code in ids(node.get(relation)))
