"""Does a store hold the graph that was released? Told by RDFC-1.0 digests, not by counts alone."""

from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from milia_onto.edges.http import bare
from milia_onto.edges.isolated import isolated
from milia_onto.model.errors import LimitError, MiliaError, SurroundingsError
from milia_onto.model.namespaces import NAMESPACES
from milia_onto.stages.canonical import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from milia_onto.edges.http import Reply

XSD = NAMESPACES["xsd"]
DECIMALS = {
    f"{XSD}{name}"
    for name in ("decimal", "integer", "long", "int", "short", "byte", "nonNegativeInteger")
}
FLOATS = {f"{XSD}double", f"{XSD}float"}
TRUTH = {"1": "true", "0": "false"}


class Proof(NamedTuple):
    """What was read back: the number of triples, and in what sense they are the released ones."""

    triples: int
    same: bool
    normalised: bool = False

    def __str__(self) -> str:
        if not self.same:
            return f"{self.triples:,} triples that are not the released graph"
        how = "the released values, in the store's own spelling" if self.normalised else "released"
        return f"{self.triples:,} triples, RDFC-1.0 digest as {how}"


def prove(reply: Reply, released: bytes, wanted: str, limit: float) -> Proof:
    """Compare a graph that a store gave with the released one (N-Triples, RDFC-1.0 digest).

    Where the digests differ they are taken again with numbers, truth values and language tags in
    one spelling: stores may write 0.70 as 0.7 and en-US as en-us, which mean the same (RDF 1.1
    Concepts, 3.3 and 5.1). Raises SurroundingsError where the reply is no RDF, LimitError where
    the comparison takes longer than ``limit`` seconds.
    """
    form = ox.RdfFormat.from_media_type(reply.kind)

    def work() -> bytes:
        triples = {quad.triple for quad in ox.parse(reply.body, format=form)}
        found = digest(triples)
        told = found if found == wanted else digest(in_one_spelling(triples))
        return json.dumps([len(triples), told]).encode()

    place = bare(reply.address)
    if form is None:
        raise SurroundingsError(f"gives a graph as {reply.kind}", place=place, fix="name another")
    try:
        triples, told = json.loads(isolated(work, limit))
    except LimitError:
        fix = "allow more time with --timeout"
        raise LimitError("comparing the graphs takes too long", place=place, fix=fix) from None
    except MiliaError:
        fix = "look into the log of the store"
        raise SurroundingsError("gives a graph that is no RDF", place=place, fix=fix) from None
    if told == wanted:
        return Proof(triples, same=True)
    same = told == _digest_in_one_spelling(released)
    return Proof(triples, same=same, normalised=same)


@cache
def _digest_in_one_spelling(ntriples: bytes) -> str:
    quads = ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES)
    return digest(in_one_spelling(quad.triple for quad in quads))


def in_one_spelling(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The triples with each literal in one spelling of its value."""
    for triple in triples:
        value = triple.object
        if isinstance(value, ox.Literal):
            yield ox.Triple(triple.subject, triple.predicate, _spelling(value))
        else:
            yield triple


def _spelling(literal: ox.Literal) -> ox.Literal:
    if literal.language:
        return ox.Literal(literal.value, language=literal.language.lower())
    kind, text = literal.datatype.value, literal.value
    with suppress(InvalidOperation, ValueError, OverflowError):
        if kind in DECIMALS:
            # Adding nothing would round; what it has behind the point is compared to the last.
            plain = f"{Decimal(text):f}"
            plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
            text = "0" if plain in {"-0", ""} else plain
        elif kind in FLOATS:
            text = repr(float(text))
        elif kind == f"{XSD}boolean":
            text = TRUTH.get(text, text)
    return ox.Literal(text, datatype=literal.datatype)
