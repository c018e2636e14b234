"""Identifiers of other vocabularies as CURIEs, and the prefixes that the output must declare."""

from __future__ import annotations

import re
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

    ``bare`` is the prefix of identifiers that have none.
    """

    def __init__(self, release: Mapping[str, str], bare: str = "") -> None:
        self.known = {**release, "ORPHA": ORPHANET} if "ORPHA" not in release else dict(release)
        self.bare = bare

    def declare(self, prefix: str, namespace: str) -> None:
        """Note a prefix that the file or the caller declares; the release's meaning wins."""
        self.known.setdefault(prefix, namespace)

    def curie(self, text: str, place: str) -> str:
        """The CURIE of an identifier of the file, a CURIE or an IRI.

        Raises UsageError where its prefix is declared nowhere.
        """
        if ADDRESS.match(text):
            return self._of_iri(text)
        found = CURIE.fullmatch(text)
        if not found:
            if self.bare and text and not re.search(r"\s", text):
                return self._noted(self.bare, text)
            fix = "write PREFIX:CODE, or name the prefix with --id-prefix"
            raise UsageError(f"“{text[:40]}” is no identifier", place=place, fix=fix)
        if canonical(text).partition(":")[0] in self.known:
            text = canonical(text)
        prefix, _, local = text.partition(":")
        return self._noted(prefix, local, place)

    def xref(self, text: str) -> str:
        """A cross-reference in the spelling of the release; an unknown one stays as it is."""
        return self._of_iri(text) if ADDRESS.match(text) else canonical(text)

    def _of_iri(self, iri: str) -> str:
        fitting = [(len(ns), name) for name, ns in self.known.items() if iri.startswith(ns)]
        length, name = max(fitting, default=(0, ""))
        local = iri[length:]
        if iri.startswith(OBO) and (found := OBO_LOCAL.fullmatch(iri[len(OBO) :])):
            name, local = found[1], found[2]
            self.known.setdefault(name, f"{OBO}{name}_")
        elif not name or not local:
            cut = max(iri.rfind("/"), iri.rfind("#"), iri.rfind(":")) + 1
            namespace, local = iri[:cut], iri[cut:]
            name = next((p for p, ns in self.known.items() if ns == namespace), "")
            if not name:
                name = f"ns{sum(p.startswith('ns') for p in self.known) + 1}"
                self.known[name] = namespace
        return f"{name}:{local}"

    def _noted(self, prefix: str, local: str, place: str = "") -> str:
        if prefix not in self.known:
            fix = f"say --prefix {prefix}=IRI"
            raise UsageError(f"the prefix {prefix} is not declared", place=place, fix=fix)
        return f"{prefix}:{local}"

    def namespaces(self, curies: set[str]) -> dict[str, str]:
        """The prefixes of these CURIEs with their namespaces: the curie_map of the output."""
        names = {curie.partition(":")[0] for curie in curies}
        return {name: self.known[name] for name in sorted(names) if name in self.known}
