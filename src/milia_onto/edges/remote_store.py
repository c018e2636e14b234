"""A SPARQL store on another machine: its queries, its updates, its graphs.

SPARQL 1.1 Protocol and SPARQL 1.1 Graph Store HTTP Protocol, indirect graph identification (4.2).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from milia_onto.edges.http import MEGABYTE, bare
from milia_onto.model.errors import SurroundingsError

if TYPE_CHECKING:
    from milia_onto.edges.http import Client, Reply

NTRIPLES = "application/n-triples"
READABLE = f"{NTRIPLES}, text/turtle;q=0.5, application/rdf+xml;q=0.2"
FORM = "application/x-www-form-urlencoded"
SPARQL_UPDATE = "application/sparql-update"
SHOWN = 160
FIXES = {
    401: "give --user NAME with MILIA_ONTO_PASSWORD or a netrc line, or MILIA_ONTO_TOKEN",
    403: "ask for the right to write, or name the address that takes updates",
    404: "check the address",
    405: "name the address that takes updates",
}


@dataclass(frozen=True, slots=True)
class Services:
    """Where a store answers queries, takes updates and gives graphs; empty where it does not."""

    query: str
    update: str = ""
    graphs: str = ""
    product: str = ""


class RemoteStore:
    """The operations of a store; each raises MiliaError where the store fails us."""

    def __init__(self, client: Client, services: Services) -> None:
        self.client = client
        self.services = services

    def ask(self, query: str) -> bool:
        """The answer to an ASK query."""
        reply = ask(self.client, self.services.query, query)
        return truth(self._expected(reply, "the query"), self.services.query)

    def column(self, query: str) -> list[str]:
        """The text of the one variable of a SELECT query, for each solution.

        Raises SurroundingsError where the reply is no SPARQL result.
        """
        reply = ask(self.client, self.services.query, query, most=16 * MEGABYTE)
        found = results(self._expected(reply, "the query"), self.services.query)
        try:
            (name,) = found["head"]["vars"]
            return [row[name]["value"] for row in found["results"]["bindings"] if name in row]
        except (KeyError, TypeError, ValueError):
            raise no_results(self.services.query) from None

    def count(self, graph: str) -> int:
        """How many triples a graph has, as the store counts them.

        Raises SurroundingsError where it does not count.
        """
        query = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        texts = self.column(query)
        if len(texts) != 1 or not texts[0].isdecimal():
            raise no_results(self.services.query)
        return int(texts[0])

    def read(self, graph: str, most: int) -> Reply:
        """A whole graph, as RDF: from the graph store, else as the answer to a CONSTRUCT query."""
        if self.services.graphs:
            reply = self._graph("GET", graph, accept=READABLE, most=most)
        else:
            query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
            reply = ask(self.client, self.services.query, query, accept=READABLE, most=most)
        return self._expected(reply, "reading the graph")

    def read_in_pages(self, graph: str, triples: int, page: int, most: int) -> Reply:
        """A graph of so many triples, from a store that gives few at a time.

        No order is asked for, since stores limit what they sort: what comes must be compared.
        """
        pattern = f"{{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        pages = []
        for start in range(0, triples, page):
            query = f"CONSTRUCT {pattern} LIMIT {page} OFFSET {start}"
            reply = ask(self.client, self.services.query, query, accept=NTRIPLES, most=most)
            pages.append(self._expected(reply, "reading the graph"))
        return replace(pages[-1], body=b"".join(each.body for each in pages))

    def put(self, graph: str, triples: bytes) -> Reply:
        """Make N-Triples the whole content of a graph (Graph Store Protocol, 5.3)."""
        return self._graph("PUT", graph, triples)

    def post(self, graph: str, triples: bytes, *, again: bool) -> Reply:
        """Add N-Triples to a graph (5.5); ``again`` is for triples without blank nodes."""
        return self._graph("POST", graph, triples, again=again)

    def delete(self, graph: str) -> Reply:
        """Remove a graph (5.4)."""
        return self._graph("DELETE", graph)

    def update(self, text: str, *, again: bool) -> Reply:
        """Send one update request (SPARQL 1.1 Protocol, 2.2)."""
        return update(self.client, self.services.update, text, again=again)

    def done(self, reply: Reply, what: str) -> None:
        """Raise SurroundingsError unless the store has done ``what`` it was asked."""
        # Stores answer a change with a page, a count, or nothing: the status alone tells.
        if not 200 <= reply.status < 300:
            raise refusal(self.client, reply, what)

    def _expected(self, reply: Reply, what: str) -> Reply:
        if not reply.good:
            raise refusal(self.client, reply, what)
        return reply

    def _graph(  # noqa: PLR0913
        self,
        method: str,
        graph: str,
        triples: bytes = b"",
        *,
        accept: str = "*/*",
        most: int = MEGABYTE,
        again: bool = True,
    ) -> Reply:
        address = graph_address(self.services.graphs, graph)
        headers = {"Accept": accept}
        if triples:
            headers["Content-Type"] = NTRIPLES
        return self.client.send(
            method, address, content=triples, headers=headers, most=most, again=again
        )


def graph_address(graphs: str, graph: str) -> str:
    """The address of one graph of a graph store (4.2)."""
    return f"{graphs}{'&' if '?' in graphs else '?'}{urlencode({'graph': graph})}"


def ask(  # noqa: PLR0913
    client: Client,
    address: str,
    query: str,
    *,
    accept: str = "application/sparql-results+json",
    most: int = MEGABYTE,
    timeout: float | None = None,
) -> Reply:
    """The reply to a query, sent as a form (SPARQL 1.1 Protocol, 2.1.2): every store takes it."""
    headers = {"Accept": accept, "Content-Type": FORM}
    content = urlencode({"query": query}).encode()
    return client.send(
        "POST", address, content=content, headers=headers, most=most, timeout=timeout
    )


def update(
    client: Client, address: str, text: str, *, again: bool, timeout: float | None = None
) -> Reply:
    """The reply to an update, sent as it is (SPARQL 1.1 Protocol, 2.2.2)."""
    headers = {"Accept": "*/*", "Content-Type": SPARQL_UPDATE}
    content = text.encode()
    return client.send(
        "POST", address, content=content, headers=headers, again=again, timeout=timeout
    )


def results(reply: Reply, address: str) -> dict[str, Any]:
    """SPARQL 1.1 results in JSON. Raises SurroundingsError where the reply holds none."""
    try:
        found = json.loads(reply.body)
    except (ValueError, RecursionError):
        raise no_results(address) from None
    if not isinstance(found, dict) or not {"boolean", "results"} & found.keys():
        raise no_results(address)
    return found


def truth(reply: Reply, address: str) -> bool:
    """The boolean of a reply to ASK; Virtuoso gives it as the one row of a table.

    Raises SurroundingsError where there is none.
    """
    found = results(reply, address)
    value = found.get("boolean")
    if isinstance(value, bool):
        return value
    try:
        ((cell,),) = (row.values() for row in found["results"]["bindings"])
        return cell["value"] in {"1", "true"}
    except (KeyError, TypeError, ValueError, AttributeError):
        raise no_results(address) from None


def no_results(address: str) -> SurroundingsError:
    """The error for a reply that is no SPARQL result."""
    return SurroundingsError(
        "what it answers is no SPARQL result", place=bare(address), fix="check the address"
    )


def refusal(client: Client, reply: Reply, what: str) -> SurroundingsError:
    """The error for a reply that is not what was asked for: one line, no secret."""
    place, known = bare(reply.address), client.credentials
    if reply.status == 401:
        who = f"the user {known.user}" if known.user else "our token" if known.token else ""
        message = f"does not accept {who} with this secret" if who else "asks who we are"
        return SurroundingsError(message, place=place, fix=FIXES[401])
    if 200 <= reply.status < 300:
        fix = "name the address of its SPARQL endpoint"
        return SurroundingsError("answers with a web page, no SPARQL", place=place, fix=fix)
    said = known.hide(words(reply))
    told = f": {said}" if said else ""
    fix = FIXES.get(reply.status, "look into the log of the store")
    message = f"refuses {what} (HTTP {reply.status}{told})"
    return SurroundingsError(message, place=place, fix=fix)


def words(reply: Reply) -> str:
    """The first words of a reason that a store gives as plain text; nothing of a web page."""
    if reply.kind not in {"text/plain", "application/json", "application/problem+json"}:
        return ""
    text = re.sub(r"[^\x20-\x7e\xa0-\U0010ffff]+", " ", reply.body.decode("utf-8", "replace"))
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
