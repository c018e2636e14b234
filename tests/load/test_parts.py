"""The pure parts: addresses, batches, the proof."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox
import pytest

from milia_onto.edges.credentials import Credentials
from milia_onto.edges.http import Reply, same_host
from milia_onto.load import batches
from milia_onto.load.address import candidates
from milia_onto.load.proof import in_one_spelling, prove
from milia_onto.model.errors import LimitError, SurroundingsError
from milia_onto.stages.canonical import digest
from tests.load.releases import OLD, small_release

NT = small_release(OLD).files["milia.nt"]
FIRST = b"<https://w3id.org/milia> <http://www.w3.org/2002/07/owl#versionIRI> "
HOST = "http://h:1"
# What a user knows, and where that store has its query, update and graph store services.
KNOWN = {
    "Fuseki": ("/ds", "/ds", "/ds/update", "/ds/data"),
    "Fuseki, query service": ("/ds/sparql", "/ds/query", "/ds/update", "/ds/data"),
    "RDF4J": ("/r/repositories/x", "/r/repositories/x", "/r/repositories/x/statements", "/r/repositories/x/rdf-graphs/service"),
    "RDF4J, statements": ("/r/repositories/x/statements", "/r/repositories/x", "/r/repositories/x/statements", "/r/repositories/x/rdf-graphs/service"),
    "Virtuoso": ("/sparql", "/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
    "Virtuoso, graph store": ("/sparql-graph-crud", "/sparql", "/sparql-auth", "/sparql-graph-crud"),
    "Oxigraph": ("", "/query", "/update", "/store"),
    "Oxigraph, update": ("/update", "/query", "/update", "/store"),
    "rdflib-endpoint": ("/", "/", "/", "/store"),
    "one address for all": ("/x/sparql", "/x/sparql", "/x/sparql", "/x/sparql"),
}  # fmt: skip


@pytest.mark.parametrize("name", KNOWN)
def test_the_services_of_known_stores_are_tried(name: str) -> None:
    assert len(KNOWN) == 10
    known, *services = KNOWN[name]
    for secret in (False, True):
        tried = candidates(HOST + known, secret=secret)
        for service, addresses in zip(services, tried, strict=True):
            assert HOST + service in addresses
            assert len(addresses) == len(set(addresses)) <= 8


def test_with_a_user_the_locked_doors_come_first() -> None:
    tried = candidates(f"{HOST}/sparql", secret=True)
    assert tried.update[0].endswith("-auth")
    assert tried.graphs[0].endswith("-auth")
    assert not candidates(f"{HOST}/sparql", secret=False).update[0].endswith("-auth")


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("http://a/x", "http://a:80/y", True),
        ("http://a/x", "https://a/x", True),
        ("https://a/x", "http://a/x", False),
        ("http://a/x", "https://a:444/x", False),
        ("http://a/x", "http://b/x", False),
        ("http://a/x", "http://a:81/x", False),
        ("http://a/x", "http://a@b/x", False),
        ("http://a/x", "http://me:pw@a/x", False),
    ],
)
def test_a_redirect_stays_on_its_host(first: str, second: str, *, same: bool) -> None:
    assert same_host(first, second) is same


def test_secrets_do_not_show() -> None:
    known = Credentials("me", "pass-word", "to-ken")
    assert "pass-word" not in repr(known)
    assert "to-ken" not in repr(known)
    assert known.hide("Basic bWU6cGFzcy13b3Jk pass-word to-ken") == "Basic *** *** ***"


def cut_up(whole: batches.Batch, most: int) -> list[batches.Batch]:
    found: list[batches.Batch] = []
    while (at := sum(map(len, found))) < len(whole):
        found.append(batches.first(whole, at, most))
    assert sum(found, ()) == whole
    return found


@pytest.mark.parametrize("most", [1, 2, 5, 7, 1000])
def test_batches_mean_what_the_whole_means(most: int) -> None:
    whole = batches.pieces(NT, FIRST)
    cut = cut_up(whole, most)
    for batch in cut:
        assert batches.size(batch) <= most or len(batch) == 1
    assert sum(map(batches.size, cut)) == len(NT.splitlines())
    # Each batch is a document of its own: blank nodes of two are never the same.
    store = ox.Store()
    for batch in cut:
        store.update(batches.as_insert(batch, "urn:g"))
    sent = {quad.triple for quad in store}
    parsed = {quad.triple for quad in ox.parse(NT, format=ox.RdfFormat.N_TRIPLES)}
    assert digest(in_one_spelling(sent)) == digest(in_one_spelling(parsed))


class Watched(tuple[batches.Piece, ...]):
    """Pieces that count how often one is looked at."""

    looks = 0

    def __getitem__(self, key: Any) -> Any:
        Watched.looks += 1
        return super().__getitem__(key)


def test_cutting_looks_at_each_piece_a_few_times_only() -> None:
    lines = b"".join(b"<urn:s> <urn:p> <urn:o%d> .\n" % number for number in range(500))
    whole = Watched(batches.pieces(lines, FIRST))
    assert len(cut_up(whole, 1)) == len(whole) == 500
    assert 500 <= Watched.looks <= 4 * 500


def test_the_version_and_the_blank_nodes_come_first() -> None:
    whole = batches.pieces(NT, FIRST)
    assert whole[0].lines[0].startswith(FIRST)
    blank = [piece.blank for piece in whole]
    assert blank[1] is True
    assert blank[1:] == sorted(blank[1:], reverse=True)


def test_blank_nodes_are_joined_in_whatever_order_they_come() -> None:
    lines = b"_:a <urn:p> _:b .\n_:c <urn:p> _:d .\n_:d <urn:p> _:b .\n_:e <urn:p> <urn:x> .\n"
    assert [len(piece.lines) for piece in batches.pieces(lines, FIRST)] == [3, 1]


def test_what_looks_like_an_escape_is_none() -> None:
    line = rb'<urn:s> <urn:p> "a\\u0041 \\\u0042 \\\\u" .'
    batch = batches.pieces(line, FIRST)
    store = ox.Store()
    store.update(batches.as_insert(batch, "urn:g"))
    (quad,) = store
    assert quad.object.value == r"a\u0041 \B \\u"
    assert r"\\\u0075" in batches.as_insert(batch, "urn:g")


def reply(body: bytes, kind: str = "application/n-triples") -> Reply:
    return Reply(200, kind, "", body, "http://h/ds")


DIGEST = digest(quad.triple for quad in ox.parse(NT, format=ox.RdfFormat.N_TRIPLES))
CHANGES: dict[str, tuple[bytes, bytes, str]] = {
    "nothing": (b"", b"", "same"),
    "names of blank nodes": (b"_:", b"_:x", "same"),
    "zeros": (b'"0.70"', b'"0.7"', "normalised"),
    "a point": (b'"3"^^', b'"3.0"^^', "normalised"),
    "a truth": (b'"true"', b'"1"', "normalised"),
    "a language tag": (b"@en-gb", b"@en-GB", "same"),
    "a number": (b'"0.70"', b'"0.71"', "other"),
    "a language": (b"@en-gb", b"@en-us", "other"),
    "a letter": (b"term 7 of", b"Term 7 of", "other"),
    "an umlaut": ("ü".encode(), b"u", "other"),
    "a datatype": (b"#decimal", b"#double", "other"),
    "a truth turned": (b'"true"', b'"0"', "other"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_proof_tells_values_from_spellings(name: str) -> None:
    assert len(CHANGES) == 12
    old, new, verdict = CHANGES[name]
    changed = NT.replace(old, new) if old else NT
    assert (changed == NT) is (name == "nothing")
    proof = prove(reply(changed), NT, DIGEST, 60)
    assert (proof.same, proof.normalised) == (verdict != "other", verdict == "normalised")
    assert proof.triples == len(NT.splitlines())


def test_the_proof_sees_a_triple_less_or_more() -> None:
    lines = NT.splitlines(keepends=True)
    for changed in (lines[1:], [*lines, b"<urn:a> <urn:b> <urn:c> .\n"], []):
        assert not prove(reply(b"".join(changed)), NT, DIGEST, 60).same


def test_twisted_blank_nodes_end_at_the_limit() -> None:
    twisted = "".join(f"_:b{a} <urn:p> _:b{b} .\n" for a in range(12) for b in range(12) if a != b)
    with pytest.raises(LimitError, match="comparing the graphs takes too long"):
        prove(reply(twisted.encode()), NT, DIGEST, 1)


@pytest.mark.parametrize("kind", ["application/n-triples", "text/plain+odd", ""])
def test_what_is_no_rdf_is_said_so(kind: str) -> None:
    with pytest.raises(SurroundingsError):
        prove(reply(b"<html>", kind), NT, DIGEST, 60)
