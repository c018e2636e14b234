"""The partitions are the lines of the graph; no blank node stands in two of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from milia_onto.stages import canonical
from milia_onto.tables.partitions import KINDS, partitions

if TYPE_CHECKING:
    from milia_onto.model.values import Release

# What each kind must hold, and what none but it may hold.
OWN_LINES = {
    "header": rb"<https://w3id.org/milia> <http://www.w3.org/2002/07/owl#versionIRI> ",
    "terms": rb"<https://w3id.org/milia/MILIA_\d+> <http://purl.obolibrary.org/obo/IAO_0000115> ",
    "imports": rb"<http://purl.obolibrary.org/obo/MONDO_\d+> <[^>]*rdf-schema#label> ",
    "axioms": rb"<[^>]*> <[^>]*rdf-schema#subClassOf> |_:\S+ <[^>]*owl#someValuesFrom> |_:\S+ <[^>]*oboInOwl#is_inferred> ",
    "edges": rb"<[^>]*MILIA_\d+> <https://w3id.org/milia/vocab/|_:\S+ <https://w3id.org/milia/vocab/derivedFrom> ",
    "claims": rb"<https://w3id.org/milia/(claim/|vocab/\S+ <[^>]*rdf-schema#label>)",
    "sources": rb"<https://w3id.org/milia/source/",
    "mappings": rb"<https://w3id.org/milia/mappings/|<[^>]*MILIA_\d+> <[^>]*core#\w+Match> ",
}


@pytest.fixture(scope="module")
def parts(made: Release) -> dict[str, bytes]:
    return {
        path.removeprefix("triples/kind=").removesuffix("/part-0.nt"): data
        for path, data in made.files.items()
        if path.startswith("triples/")
    }


def test_together_they_are_the_graph(parts: dict[str, bytes], made: Release) -> None:
    assert list(parts) == sorted(KINDS)
    lines = [line for data in parts.values() for line in data.splitlines(keepends=True)]
    assert b"".join(sorted(lines)) == made.files["milia.nt"]
    assert all(data.splitlines() == sorted(data.splitlines()) for data in parts.values())


def test_loaded_one_by_one_they_are_the_graph(parts: dict[str, bytes], made: Release) -> None:
    """A reader that renames the blank nodes of every file, as stores do."""
    triples = [
        quad.triple
        for data in parts.values()
        for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES, rename_blank_nodes=True)
    ]
    whole = [q.triple for q in ox.parse(made.files["milia.nt"], format=ox.RdfFormat.N_TRIPLES)]
    assert canonical.digest(triples) == canonical.digest(whole)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_holds_its_own_lines_alone(kind: str, parts: dict[str, bytes]) -> None:
    assert set(OWN_LINES) == set(KINDS)
    pattern = re.compile(OWN_LINES[kind])
    found = {name: sum(bool(pattern.match(line)) for line in data.splitlines()) for name, data in parts.items()}  # fmt: skip
    assert found.pop(kind) > 0
    assert set(found.values()) == {0}


def test_an_annotation_stays_with_the_axiom_that_it_speaks_of() -> None:
    lines = b"""<https://w3id.org/milia/MILIA_0000001> <http://www.w3.org/2000/01/rdf-schema#subClassOf> _:e .
_:a <http://www.w3.org/2002/07/owl#annotatedProperty> <http://www.w3.org/2000/01/rdf-schema#subClassOf> .
_:a <http://www.w3.org/2002/07/owl#annotatedSource> <https://w3id.org/milia/MILIA_0000001> .
_:a <http://www.w3.org/2002/07/owl#annotatedTarget> _:e .
_:b <http://www.w3.org/2002/07/owl#annotatedProperty> <http://www.w3.org/2004/02/skos/core#altLabel> .
_:b <http://www.w3.org/2002/07/owl#annotatedSource> <http://purl.obolibrary.org/obo/HP_1> .
_:b <http://www.w3.org/2002/07/owl#annotatedTarget> "a" .
_:e <http://www.w3.org/2002/07/owl#someValuesFrom> <http://purl.obolibrary.org/obo/HP_1> .
"""
    rows = lines.splitlines(keepends=True)
    assert partitions(lines) == {
        "axioms": b"".join([*rows[:4], rows[7]]),
        "imports": b"".join(rows[4:7]),
    }
