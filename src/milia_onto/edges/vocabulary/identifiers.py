"""Identifiers of other vocabularies as CURIEs, and the prefixes that the output must declare."""

from __future__ import annotations

import re
from bisect import insort
from operator import neg
from typing import TYPE_CHECKING

from milia_onto.link.xrefs import canonical
from milia_onto.model.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

OBO = "http://purl.obolibrary.org/obo/"
ORPHANET = "http://www.orpha.net/ORDO/Orphanet_"
CURIE = re.compile(r"([A-Za-z_][\w.-]*):(?!//)(\S+)")
OBO_LOCAL = re.compile(r"([A-Za-z]+)_([A-Za-z0-9]+)")
ADDRESS = re.compile(r"(?:https?|urn|ftp):", re.IGNORECASE)


class Identifiers:
    """The prefixes of the release, those the file declares, and those the caller gives.

    ``bare`` is the prefix of identifiers that have none. IRIs that no namespace fits get prefixes
    of ours (``ns1``, ``ns2`` …), which no CURIE of the file can mean.
    """

    def __init__(self, release: Mapping[str, str], bare: str = "") -> None:
        self.known: dict[str, str] = {}
        self.bare = bare
        self._coined: dict[str, str] = {}
        self._by_namespace: dict[str, str] = {}
        self._by_cut: dict[str, str] = {}
        self._lengths: list[int] = []
        self._last = 0
        for prefix, namespace in {"ORPHA": ORPHANET, **release}.items():
            self.declare(prefix, namespace)

    def declare(self, prefix: str, namespace: str) -> None:
        """Note a prefix that the file or the caller declares; the release's meaning wins."""
        if prefix in self.known or prefix in self._coined:
            return
        self.known[prefix] = namespace
        if namespace and namespace not in self._by_namespace:
            self._by_namespace[namespace] = prefix
            if len(namespace) not in self._lengths:
                insort(self._lengths, len(namespace), key=neg)

    def curie(self, text: str, place: str) -> str:
        """The CURIE of an identifier of the file, a CURIE or an IRI.

        Raises UsageError where it is neither, or its prefix is declared nowhere.
        """
        if ADDRESS.match(text):
            return self._of_iri(text)
        curie = self._spelt(text)
        if curie == text and not CURIE.fullmatch(text):
            fix = "write PREFIX:CODE, or name the prefix with --id-prefix"
            raise UsageError(f"“{text[:40]}” is no identifier", place=place, fix=fix)
        prefix = curie.partition(":")[0]
        if prefix not in self.known:
            fix = f"say --prefix {prefix}=IRI"
            raise UsageError(f"the prefix {prefix} is not declared", place=place, fix=fix)
        return curie

    def reference(self, text: str) -> str:
        """Another term of the vocabulary, spelt as ``curie`` spells it; else as it stands."""
        return self._of_iri(text) if ADDRESS.match(text) else self._spelt(text)

    def xref(self, text: str) -> str:
        """A cross-reference in the spelling of the release; an unknown one stays as it is."""
        return self._fitting(text) or text if ADDRESS.match(text) else canonical(text)

    def _spelt(self, text: str) -> str:
        if CURIE.fullmatch(text):
            ours = canonical(text)
            return ours if ours.partition(":")[0] in self.known else text
        return f"{self.bare}:{text}" if self.bare and re.fullmatch(r"\S+", text) else text

    def _fitting(self, iri: str) -> str:
        """The CURIE of an IRI by OBO's rule or the longest namespace, empty where none fits."""
        obo = OBO_LOCAL.fullmatch(iri.removeprefix(OBO)) if iri.startswith(OBO) else None
        if obo and obo[1] not in self._coined:
            namespace = f"{OBO}{obo[1]}_"
            if self.known.get(obo[1], namespace) == namespace:
                return f"{obo[1]}:{obo[2]}"
        for length in self._lengths:
            if length < len(iri) and (name := self._by_namespace.get(iri[:length])):
                return f"{name}:{iri[length:]}"
        return ""

    def _of_iri(self, iri: str) -> str:
        if curie := self._fitting(iri):
            prefix = curie.partition(":")[0]
            self.declare(prefix, f"{OBO}{prefix}_")  # known, unless by OBO's rule
            return curie
        # Before the last letter, so that something is left for the local part.
        cut = max(iri.rfind(sign, 0, len(iri) - 1) for sign in "/#:") + 1 or len(iri)
        return f"{self._coin(iri[:cut])}:{iri[cut:]}"

    def _coin(self, namespace: str) -> str:
        if namespace not in self._by_cut:
            self._last += 1
            while f"ns{self._last}" in self.known:
                self._last += 1
            name = f"ns{self._last}"
            self._coined[name], self._by_cut[namespace] = namespace, name
        return self._by_cut[namespace]

    def namespaces(self, curies: set[str]) -> dict[str, str]:
        """The prefixes of these CURIEs with their namespaces: the curie_map of the output."""
        names = sorted({curie.partition(":")[0] for curie in curies})
        every = {**self.known, **self._coined}
        return {name: every[name] for name in names if name in every}
