"""Two judges of the same graph: our evaluator and pySHACL, their results in one form."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from milia_onto.shacl.evaluate import validate
from milia_onto.shacl.shapes import read_shapes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from milia_onto.model.values import Sources

Triples = list[ox.Triple]
# Focus node, path ("" where it is not one predicate), value node, source shape, component.
Row = tuple[str, str, str, str, str]
SH = "http://www.w3.org/ns/shacl#"
PREFIXES = """
@prefix ex: <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def parse(text: str | bytes) -> Triples:
    """The triples of Turtle; prefixes that the tests share need no declaration."""
    data = text if isinstance(text, bytes) else (PREFIXES + text).encode()
    quads = ox.parse(data, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    return [quad.triple for quad in quads]


def load(triples: Iterable[ox.Triple]) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
    return store


def by_us(store: ox.Store, shapes: Triples) -> Counter[Row]:
    outcome = validate(store, read_shapes(shapes), must_look=False)
    return Counter(
        (
            str(result.focus),
            result.path,
            "" if result.value is None else str(result.value),
            str(result.shape.node),
            result.component,
        )
        for result in outcome.results
    )


def by_pyshacl(store: ox.Store, shapes: Triples) -> Counter[Row]:
    """pySHACL gets the literals as the store spells them."""
    import pyshacl
    from rdflib import RDF
    from rdflib import SH as NS

    data = _to_rdflib(quad.triple for quad in store)
    shapes_graph = _to_rdflib(quad.triple for quad in load(shapes))
    _, report, _ = pyshacl.validate(
        data, shacl_graph=shapes_graph, inference="none", advanced=False, inplace=True
    )
    # Nested results hang below sh:detail; the report itself lists what sh:result points to.
    listed = list(report.objects(report.value(None, RDF.type, NS.ValidationReport), NS.result))
    return Counter(
        (
            _text(report.value(result, NS.focusNode)),
            _path(report.value(result, NS.resultPath)),
            _text(report.value(result, NS.value)),
            _text(report.value(result, NS.sourceShape)),
            str(report.value(result, NS.sourceConstraintComponent)).removeprefix(SH),
        )
        for result in listed
    )


def _to_rdflib(triples: Iterable[ox.Triple]) -> Any:
    import rdflib

    graph = rdflib.Graph()
    for triple in triples:
        graph.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
    return graph


def _term(term: Any) -> Any:
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=term.datatype.value, normalize=False)


def _text(term: Any) -> str:
    import rdflib

    if term is None:
        return ""
    if isinstance(term, rdflib.URIRef):
        return str(ox.NamedNode(str(term)))
    if isinstance(term, rdflib.BNode):
        return str(ox.BlankNode(str(term)))
    if term.language:
        return str(ox.Literal(str(term), language=term.language))
    datatype = ox.NamedNode(str(term.datatype)) if term.datatype else None
    return str(ox.Literal(str(term), datatype=datatype))


def _path(term: Any) -> str:
    import rdflib

    return str(term) if isinstance(term, rdflib.URIRef) else ""


class Judges:
    """What the tests need of this module; a fixture because test modules import no other."""

    ours = staticmethod(by_us)
    theirs = staticmethod(by_pyshacl)
    triples = staticmethod(parse)

    def store(self, data: str | bytes | Iterable[ox.Triple]) -> ox.Store:
        return load(parse(data) if isinstance(data, str | bytes) else data)

    def term(self, turtle: str) -> str:
        """A term as a store spells it, "[]" for a blank node, "" for none."""
        if turtle in {"", "[]"}:
            return turtle
        return str(next(iter(self.store(f"ex:s ex:p {turtle} ."))).object)


@pytest.fixture(scope="session")
def judges() -> Judges:
    return Judges()


@pytest.fixture(scope="session")
def shape_files(sources: Sources) -> dict[str, bytes]:
    paths = [*sources.under("shapes/gate", ".ttl"), *sources.under("shapes/public", ".ttl")]
    return {path: sources.files[path] for path in paths}


@pytest.fixture(scope="session")
def all_shapes(shape_files: dict[str, bytes]) -> Triples:
    return [triple for _, data in sorted(shape_files.items()) for triple in parse(data)]
