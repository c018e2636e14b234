"""The FHIR files of a release as an index: codes, what stands above them, sets and maps."""

from __future__ import annotations

import json
import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from milia_onto.concepts.hierarchy import Hierarchy
from milia_onto.fhir.files import FOLDER
from milia_onto.fhir.outcome import OutcomeError
from milia_onto.fhir.publication import RELEASES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from milia_onto.fhir.publication import Resource

TYPES = ("CodeSystem", "ConceptMap", "NamingSystem", "ValueSet")


class Coding(NamedTuple):
    """A code with its system, version and display; "" for what was not given."""

    system: str
    code: str
    version: str = ""
    display: str = ""


class Terminology:
    """What the operations answer from. ``resources`` are by release, then by type and id."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.resources: dict[str, dict[tuple[str, str], Resource]] = {r: {} for r in RELEASES}
        for path, data in sorted(files.items()):
            folder, _, name = path.partition("/")
            kind, _, rest = name.partition("-")
            if folder == FOLDER and kind in TYPES:
                release = rest.removesuffix(".json").rpartition(".")[2]
                resource = json.loads(data)
                for wanted in [release] if release in RELEASES else RELEASES:
                    self.resources[wanted][kind, resource["id"]] = resource
        self.code_system: Resource = self.resources["r4"]["CodeSystem", "milia"]
        self.system: str = self.code_system["url"]
        self.version: str = self.code_system["version"]
        self.concepts: dict[str, Resource] = {c["code"]: c for c in self.code_system["concept"]}
        self.hierarchy = Hierarchy({code: self.linked(code, "parent") for code in self.concepts})

    def linked(self, code: str, name: str) -> tuple[str, ...]:
        """The codes in a property of a code."""
        return tuple(
            p["valueCode"] for p in self.concepts[code].get("property", ()) if p["code"] == name
        )

    def is_inactive(self, code: str) -> bool:
        """Whether the code was withdrawn."""
        found = self.concepts[code].get("property", ())
        return any(p["code"] == "inactive" and p.get("valueBoolean") for p in found)

    def is_below(self, code: str, root: str) -> bool:
        """Whether ``root`` stands somewhere above ``code``."""
        return root in self._above[code]

    def above(self, code: str) -> frozenset[str]:
        """The codes above a code, near or far."""
        return self._above[code]

    def below(self, code: str) -> frozenset[str]:
        """The codes below a code, near or far."""
        return self._below[code]

    @cached_property
    def _above(self) -> dict[str, frozenset[str]]:
        known = self.concepts.keys()
        return {code: frozenset(self.hierarchy.ancestors(code) & known) for code in known}

    @cached_property
    def _below(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {code: set() for code in self.concepts}
        for code, above in self._above.items():
            for root in above:
                found[root].add(code)
        return {code: frozenset(below) for code, below in found.items()}

    @cached_property
    def having(self) -> dict[tuple[str, str], frozenset[str]]:
        """The codes by a property and its value as a filter writes it (ValueSet.compose)."""
        found: dict[tuple[str, str], set[str]] = {}
        for code, concept in self.concepts.items():
            for said in concept.get("property", ()):
                value = next(v for key, v in said.items() if key.startswith("value"))
                text = str(value).lower() if isinstance(value, bool) else str(value)
                found.setdefault((said["code"], text), set()).add(code)
        return {pair: frozenset(codes) for pair, codes in found.items()}

    @cached_property
    def words(self) -> dict[str, tuple[str, ...]]:
        """The folded words of all names of each code, and the code itself."""
        return {
            code: tuple(word for text in names_of(found) for word in folded(text).split())
            for code, found in self.concepts.items()
        }

    def concept(self, code: str) -> Resource:
        """The code as the CodeSystem has it. Raises OutcomeError: 404."""
        found = self.concepts.get(code)
        if found is None:
            raise OutcomeError(404, f"{self.system} {self.version} has no code “{code}”")
        return found

    def check_system(self, system: str, version: str = "") -> None:
        """Raises OutcomeError, 404, where this is not our code system in this version."""
        address, _, behind = system.partition("|")
        wanted = version or behind
        if address != self.system:
            raise OutcomeError(404, f"the code system “{address}” is not here, {self.system} is")
        if wanted and wanted != self.version:
            told = f"version “{wanted}” of {self.system} is not here, {self.version} is"
            raise OutcomeError(404, told)

    def canonical(self, release: str, kind: str, url: str, version: str = "") -> Resource:
        """The resource with this canonical address. Raises OutcomeError: 404."""
        address, _, behind = url.partition("|")
        wanted = version or behind
        for (type_, _), resource in self.resources[release].items():
            if type_ == kind and resource.get("url") == address:
                if wanted not in {"", resource["version"]}:
                    told = f"version “{wanted}” of {address} is not here"
                    raise OutcomeError(404, f"{told}, {resource['version']} is")
                return resource
        raise OutcomeError(404, f"there is no {kind} “{address}” here")

    def resource(self, release: str, kind: str, id_: str) -> Resource:
        """The resource of a type and id. Raises OutcomeError: 404."""
        found = self.resources[release].get((kind, id_))
        if found is None:
            raise OutcomeError(404, f"there is no {kind} with the id “{id_}”")
        return found

    def of_type(self, release: str, kind: str) -> list[Resource]:
        """All resources of a type, by id."""
        return [found for (type_, _), found in self.resources[release].items() if type_ == kind]


def names_of(concept: Resource) -> Iterator[str]:
    """The code, the display and every designation."""
    yield concept["code"]
    yield concept["display"]
    yield from (d["value"] for d in concept.get("designation", ()))


def folded(text: str) -> str:
    """Without case, marks and punctuation, so that a typist finds it."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (" " if c in "-_/,;:()'\u2019" else c for c in plain if not unicodedata.combining(c))
    return " ".join("".join(kept).split())
