"""The full graph as N-Triples in partitions, one folder a kind, named as Spark and Hive read it.

A blank node never leaves its partition: labels of blank nodes hold for one document only
(RDF 1.1 N-Triples, 2.4), so files may be loaded one by one, and together are the graph.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from milia_onto.model import namespaces as ns
from milia_onto.tables.hierarchy import LOGICAL

if TYPE_CHECKING:
    from collections.abc import Iterable

KINDS = {
    "header": "what the ontology says of itself",
    "terms": "declarations, names, definitions and notes of own terms",
    "imports": "the same of terms that were taken from other vocabularies",
    "axioms": "subclass axioms, asserted and inferred, definitions in logic, domains and ranges",
    "edges": "direct edges out of claims and definitions",
    "claims": "claims with their evidence and figures, and the words that they use",
    "sources": "what was read",
    "mappings": "mapping sets and their rows, and the SKOS matches",
}
# The ontology itself, and the names below it whose second part is the kind.
BY_SUBJECT = re.compile(rf"<{re.escape(ns.BASE)}(?:> |/(claim|source|mappings)/)".encode())
FOLDERS = {
    None: "header",
    b"claim": "claims",
    b"source": "sources",
    b"mappings": "mappings",
}
LOGIC = {str(predicate).encode() for predicate in LOGICAL}
MATCHES = f"<{ns.NAMESPACES['skos']}".encode()
OWN = f"<{ns.OWN}".encode()
VOCAB = f"<{ns.VOCAB}".encode()
SOURCE, PROPERTY = str(ns.OWL_ANNOTATED_SOURCE).encode(), str(ns.OWL_ANNOTATED_PROPERTY).encode()


def partitions(document: bytes) -> dict[str, bytes]:
    """The lines of an N-Triples document of the full graph by kind, in the order they had."""
    found: dict[str, list[bytes]] = {kind: [] for kind in KINDS}
    lines = document.splitlines(keepends=True)
    annotated = _annotated(lines)
    for line in lines:
        if match := BY_SUBJECT.match(line):
            found[FOLDERS[match[1]]].append(line)
        else:
            subject, predicate, rest = line.split(b" ", 2)
            owner, relation = annotated.get(subject, (subject, predicate))
            found[_kind(owner, relation, rest)].append(line)
    return {kind: b"".join(lines) for kind, lines in found.items() if lines}


def _annotated(lines: Iterable[bytes]) -> dict[bytes, tuple[bytes, bytes]]:
    """Each annotation of an axiom with the subject and the predicate of that axiom."""
    said: dict[bytes, dict[bytes, bytes]] = defaultdict(dict)
    for line in lines:
        if line.startswith(b"_:"):
            subject, predicate, rest = line.split(b" ", 2)
            said[subject][predicate] = rest.removesuffix(b" .\n")
    return {
        node: (about[SOURCE], about[PROPERTY]) for node, about in said.items() if SOURCE in about
    }


def _kind(subject: bytes, predicate: bytes, rest: bytes) -> str:
    """The kind of a triple, or of an annotation by the axiom that it speaks of."""
    if predicate in LOGIC or subject.startswith(b"_:") or rest.startswith(b"_:"):
        return "axioms"
    if subject.startswith(VOCAB):
        return "claims"
    if predicate.startswith(MATCHES) and predicate.endswith(b"Match>"):
        return "mappings"
    if predicate.startswith(VOCAB):
        return "edges"
    return "terms" if subject.startswith(OWN) else "imports"
