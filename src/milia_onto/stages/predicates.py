"""The predicates of claims: the table they are authored in, and what it says as triples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from milia_onto.model import namespaces as ns
from milia_onto.model.namespaces import vocab
from milia_onto.stages.tables import (
    Column,
    complain,
    one_of,
    out_of_order,
    read_table,
    repeated,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.model.prefixes import Prefixes
    from milia_onto.model.values import Finding, Place
    from milia_onto.stages.contribution import Contribution

FOLDER = "ontology/claims"
PREDICATES = f"{FOLDER}/predicates.tsv"


@dataclass(frozen=True, slots=True)
class Predicate:
    """One row of ``predicates.tsv``: what its object is, and the direct edge it may give."""

    name: str
    label: str
    holds: str
    edge: str
    definition: str
    place: Place


def read_predicates(file: str, data: bytes) -> tuple[dict[str, Predicate], list[Finding]]:
    """The predicates a claim may use, by name."""
    columns = [
        Column("predicate"),
        Column("label"),
        Column("object", test=one_of("term", "text", "quantity")),
        Column("edge", required=False),
        Column("definition"),
    ]
    rows, findings = read_table(file, data, columns)
    found = {
        r["predicate"]: Predicate(
            r["predicate"], r["label"], r["object"], r["edge"], r["definition"], r.place
        )
        for r in rows
    }
    return found, [*findings, *out_of_order(rows, "predicate"), *repeated(rows, "predicate")]


def say_predicate(out: Contribution, predicate: Predicate, prefixes: Prefixes) -> Iterator[Finding]:
    """Add one predicate as triples; a finding where its edge has no prefix of the map."""
    node, place = NamedNode(ns.VOCAB + predicate.name), predicate.place
    out.say(place, node, ns.RDF_TYPE, ns.OWL_NAMED_INDIVIDUAL)
    out.say(place, node, ns.RDF_TYPE, vocab("ClaimPredicate"))
    label = Literal(f"{predicate.label} (claim predicate)", language="en")
    out.say(place, node, ns.RDFS_LABEL, label)
    out.say(place, node, ns.RDFS_COMMENT, Literal(predicate.definition, language="en"))
    if predicate.edge:
        edge = prefixes.expand(predicate.edge)
        if edge is None:
            message = f"“{predicate.edge}” has no prefix of ontology/prefixes.tsv"
            yield complain(place._replace(column="edge"), message, "correct the edge")
        else:
            out.say(place, node, vocab("derivesEdge"), NamedNode(edge))
