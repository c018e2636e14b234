"""Reading small ontologies, and writing them down as lines that a person can check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from milia_onto.owl.manchester import render
from milia_onto.owl.reader import read_axioms
from milia_onto.owl.vocabulary import THING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from milia_onto.owl.axioms import Annotation, Axiom
    from milia_onto.owl.ontology import Axioms
    from milia_onto.owl.taxonomy import Taxonomy


def is_below(taxonomy: Taxonomy, lower: str, upper: str) -> bool:
    """Whether every instance of one class must be an instance of the other."""
    if not taxonomy.consistent or lower in taxonomy.unsatisfiable or upper == THING:
        return True
    return upper == lower or upper in taxonomy.subsumers.get(lower, ())


EXAMPLE = "http://example.org/"
PREFIXES = f"""
@prefix : <{EXAMPLE}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture(scope="session")
def read() -> Callable[[str], Axioms]:
    """The axioms of a Turtle text; the prefixes above are known."""

    def axioms(turtle: str) -> Axioms:
        quads = parse(
            (PREFIXES + turtle).encode(), format=RdfFormat.TURTLE, rename_blank_nodes=False
        )
        return read_axioms(quad.triple for quad in quads)

    return axioms


@pytest.fixture(scope="session")
def label() -> Callable[[str], str | None]:
    """The local name of an example IRI as its label."""

    def name(iri: str) -> str | None:
        return iri.removeprefix(EXAMPLE) if iri.startswith(EXAMPLE) else None

    return name


@pytest.fixture(scope="session")
def describe(label: Callable[[str], str | None]) -> Callable[[Axioms], str]:
    """Everything that was read, one line each: headers, declarations, logic, annotations."""

    def annotations(found: tuple[Annotation, ...], indent: str) -> Iterator[str]:
        for one in found:
            yield f"{indent}{render(one.property, label)} {render(one.value, label)}"
            yield from annotations(one.annotations, indent + "  ")

    def statement(axiom: Axiom) -> Iterator[str]:
        yield render(axiom, label)
        yield from annotations(axiom.annotations, "  ")

    def lines(axioms: Axioms) -> Iterator[str]:
        for header in axioms.headers:
            yield f"Ontology: {header.iri} {header.version_iri or ''}".rstrip()
            yield from (f"  import {iri}" for iri in header.imports)
            yield from annotations(header.annotations, "  ")
        for group in (axioms.declarations, axioms.logical, axioms.annotations):
            for axiom in group:
                yield from statement(axiom)
        yield from (f"Remainder: {triple}" for triple in axioms.remainder)

    return lambda axioms: "".join(line + "\n" for line in lines(axioms))
