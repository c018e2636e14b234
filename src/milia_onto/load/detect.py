"""What a store supports: found by asking it, not by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.edges.http import HungUpError, Reply, bare
from milia_onto.edges.remote_store import (
    READABLE,
    Services,
    ask,
    graph_address,
    refusal,
    truth,
    update,
)
from milia_onto.load.address import candidates
from milia_onto.model.errors import LimitError, MiliaError, SurroundingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from milia_onto.edges.http import Client

PROBE_SECONDS = 30.0
ABSENT = "https://w3id.org/milia/releases/staging/absent"
RDF = {"application/n-triples", "text/turtle", "application/rdf+xml", "application/ld+json"}
# The worst news is kept: a wrong password says more than an address that is not there.
TELLING = (401, 403, 500)


def services(client: Client, address: str) -> Services:
    """The services of the store that a user knows by ``address``.

    Raises SurroundingsError where nothing there answers a query, where the store asks for
    another user, or where it has neither updates nor graphs; LimitError where it hangs.
    """
    tried = candidates(address, secret=bool(client.credentials))
    query, product = _query(client, tried.query)
    news: list[Reply | MiliaError] = []
    updates, _ = _first(tried.update, lambda at: _takes_updates(client, at, news))
    graphs, _ = _first(tried.graphs, lambda at: _gives_graphs(client, at))
    asks_who = any(isinstance(each, Reply) and each.status == 401 for each in news)
    if not updates and (asks_who or not graphs):
        raise _worst(client, news, "updates")
    return Services(query, updates, graphs, product)


def query_service(client: Client, address: str) -> str:
    """The address that answers queries. Raises as ``services`` does."""
    tried = candidates(address, secret=bool(client.credentials))
    return _query(client, tried.query)[0]


def _query(client: Client, addresses: tuple[str, ...]) -> tuple[str, str]:
    news: list[Reply | MiliaError] = []

    def answers(address: str) -> Reply | None:
        reply = ask(client, address, "ASK {}", timeout=_patience(client))
        try:
            if reply.good and truth(reply, address):
                return reply
        except SurroundingsError as error:
            news.append(error)
            return None
        news.append(reply)
        return None

    found, product = _first(addresses, answers)
    if not found:
        raise _worst(client, news, "the query")
    return found, product


def _first(addresses: tuple[str, ...], works: Callable[[str], Reply | None]) -> tuple[str, str]:
    """The first address that works, and the product that says so; both empty where none does."""
    for number, address in enumerate(addresses):
        try:
            reply = works(address)
        except (HungUpError, LimitError):
            # Where the address that the user named does not answer, its neighbours will not.
            if number == 0:
                raise
            continue
        if reply:
            return address, reply.product
    return "", ""


def _worst(client: Client, news: list[Reply | MiliaError], what: str) -> MiliaError:
    """The error that tells most of why no address did ``what`` it was asked."""
    replies = [each for each in news if not isinstance(each, MiliaError)]
    for status in TELLING:
        for reply in replies:
            if reply.status == status:
                return refusal(client, reply, what)
    first = news[0]
    return first if isinstance(first, MiliaError) else refusal(client, first, what)


def _takes_updates(client: Client, address: str, news: list[Reply | MiliaError]) -> Reply | None:
    """Whether an update of nothing is taken: it changes no data."""
    text = f"CLEAR SILENT GRAPH <{ABSENT}>"
    reply = update(client, address, text, again=True, timeout=_patience(client))
    if reply.good:
        return reply
    news.append(reply)
    return None


def _gives_graphs(client: Client, address: str) -> Reply | None:
    """Whether graphs can be read: an absent one, else what a graph store says of the default one.

    404 for an absent graph is as the protocol has it (5.2), but any server says so of any path.
    """
    headers = {"Accept": READABLE}
    absent = graph_address(address, ABSENT)
    reply = client.send("GET", absent, headers=headers, timeout=_patience(client))
    if reply.good and reply.kind in RDF:
        return reply
    if reply.status != 404:
        return None
    if reply.product.startswith("Virtuoso") and "graph-crud" in bare(address):
        return reply
    default = f"{address}{'&' if '?' in address else '?'}default"
    head = client.send("HEAD", default, headers=headers, timeout=_patience(client))
    return head if head.good and head.kind in RDF else None


def _patience(client: Client) -> float:
    return min(client.timeout, PROBE_SECONDS)
