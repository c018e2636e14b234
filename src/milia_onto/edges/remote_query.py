"""A SPARQL query to a store on another machine, answered as if it were embedded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pyoxigraph as ox

from milia_onto.edges import query as engine
from milia_onto.edges.http import bare
from milia_onto.edges.isolated import isolated
from milia_onto.edges.remote_store import FORM, READABLE, no_results, refusal, truth
from milia_onto.model.errors import SurroundingsError, UsageError
from milia_onto.publish.sparql_text import GRAPH_FORMS, outline, uses_graphs

if TYPE_CHECKING:
    from collections.abc import Callable

    from milia_onto.edges.http import Client, Reply

RESULTS = "application/sparql-results+json"
# What our own process may hold of an answer.
MOST = 1 << 30


def prepared(
    query: str,
    form: str | None,
    prefixes: dict[str, str],
    table: Callable[[ox.QuerySolutions], str],
    limit: float,
) -> str:
    """The query as any store takes it: its prefixes declared, its columns named.

    Raises UsageError where it is no SPARQL or ``form`` does not fit: it is tried over no data.
    """

    def work() -> bytes:
        engine.answer(ox.Store(), query, form, prefixes, table)
        return engine.in_order(query, prefixes).encode()

    text = isolated(work, limit).decode()
    used = {name: iri for name, iri in prefixes.items() if f"{name}:" in text}
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in used.items()) + text


def graph_to_ask(client: Client, address: str, query: str, graph: str) -> str:
    """``graph`` where the store has it and the query says nothing of graphs, else "".

    A release that was loaded is in a graph of its own, which stores do not ask by themselves.
    """
    told = outline(query, {})
    if told.default_graphs or told.named_graphs or uses_graphs(query):
        return ""
    reply = _send(client, address, f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}", RESULTS, "")
    return graph if truth(reply, address) else ""


def answer(  # noqa: PLR0913, PLR0917
    client: Client,
    address: str,
    query: str,
    form: str | None,
    prefixes: dict[str, str],
    table: Callable[[ox.QuerySolutions], str],
    *,
    graph: str,
) -> bytes:
    """The result of a ``prepared`` query in ``form``, from ``graph`` of a store.

    Raises MiliaError where the store fails us, LimitError where it takes too long.
    """
    kind = outline(query, {}).form
    accept = READABLE if kind in GRAPH_FORMS else RESULTS
    reply = _send(client, address, query, accept, graph)
    if kind == "ASK":
        data = json.dumps({"head": {}, "boolean": truth(reply, address)}).encode()
    else:
        data = reply.body

    def work() -> bytes:
        if kind in GRAPH_FORMS:
            syntax = ox.RdfFormat.from_media_type(reply.kind)
            triples = [quad.triple for quad in ox.parse(data, format=syntax)]
            return engine.graph_as(triples, form, prefixes)
        found = ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)
        return engine.solutions_as(found, form, table)

    try:
        return isolated(work, client.timeout)
    except UsageError:
        raise no_results(address) from None


def _send(client: Client, address: str, query: str, accept: str, graph: str) -> Reply:
    """The reply, once it is sure to be what was asked for (SPARQL 1.1 Protocol, 2.1.2, 2.1.4)."""
    fields = {"query": query} | ({"default-graph-uri": graph} if graph else {})
    headers = {"Accept": accept, "Content-Type": FORM}
    content = urlencode(fields).encode()
    reply = client.send("POST", address, content=content, headers=headers, most=MOST)
    if not reply.good:
        raise refusal(client, reply, "the query")
    if accept == READABLE and not ox.RdfFormat.from_media_type(reply.kind):
        fix = "check the address"
        raise SurroundingsError(f"gives a graph as {reply.kind}", place=bare(address), fix=fix)
    return reply
