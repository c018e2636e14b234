"""From the address that a user knows to those where a store may answer."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from milia_onto.model.errors import UsageError

# What a store appends to the address of a dataset; "" is the dataset itself.
QUERY = ("", "/sparql", "/query")
UPDATE = ("", "/update", "/statements", "/sparql")
GRAPHS = ("", "/data", "/store", "/rdf-graphs/service")
# Virtuoso: the same services twice, the second with digest authentication.
VIRTUOSO = ("/sparql", "/sparql-graph-crud")
ENDINGS = sorted(
    {*QUERY, *UPDATE, *GRAPHS, "/get", "/sparql-auth", "/sparql-graph-crud-auth", VIRTUOSO[1]}
    - {""},
    key=len,
    reverse=True,
)
NO_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')


class Candidates(NamedTuple):
    """Where each service may be, the likeliest first."""

    query: tuple[str, ...]
    update: tuple[str, ...]
    graphs: tuple[str, ...]


def checked(endpoint: str) -> str:
    """The address without its fragment.

    Raises UsageError where it is no http(s) address, or where it holds a user or a password,
    which would be seen by all who list processes.
    """
    fix = "name a store like http://localhost:3030/ds"
    try:
        parts = urlsplit(endpoint)
        _ = parts.port
    except ValueError:
        raise UsageError("ENDPOINT is no web address", fix=fix) from None
    if "@" in parts.netloc:
        fix = "leave it out; give --user NAME with MILIA_ONTO_PASSWORD or a netrc line"
        raise UsageError("ENDPOINT holds a user name or a password", fix=fix)
    if parts.scheme not in {"http", "https"} or not parts.hostname or NO_IRI.search(endpoint):
        raise UsageError("ENDPOINT is no web address", fix=fix)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query, ""))


def host_of(address: str) -> str:
    """The host of a checked address, without its port: what a netrc file knows it by."""
    return urlsplit(address).hostname or ""


def candidates(address: str, *, secret: bool) -> Candidates:
    """The addresses to try; ``secret`` says that we have a user, so that locked doors come first.

    The address itself comes first, then what stores append to that of its dataset.
    """
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    stem = next((path.removesuffix(end) for end in ENDINGS if path.endswith(end)), path)

    def full(paths: list[str]) -> tuple[str, ...]:
        at = [urlunsplit((parts.scheme, parts.netloc, p or "/", "", "")) for p in paths]
        return tuple(dict.fromkeys([address, *at]))

    sparql, crud = (f"{stem}{end}" for end in VIRTUOSO)
    locked = [f"{sparql}-auth"], [f"{crud}-auth"]
    updates = [f"{stem}{end}" for end in UPDATE]
    graphs = [f"{stem}{end}" for end in GRAPHS]
    asked = Candidates(
        full([f"{stem}{end}" for end in QUERY]),
        full([*updates, *locked[0]]),
        full([*graphs, crud, *locked[1]]),
    )
    return _locked_first(asked) if secret else asked


def _locked_first(found: Candidates) -> Candidates:
    """Where there is a user, an open door that only reads must not be taken for the right one."""

    def first(addresses: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(addresses, key=lambda each: not each.endswith("-auth")))

    return Candidates(first(found.query), first(found.update), first(found.graphs))


def checked_graph(iri: str) -> str:
    """The name of a graph. Raises UsageError where it is no absolute IRI."""
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:.", iri) or NO_IRI.search(iri):
        raise UsageError(f"“{iri}” is no IRI", fix="name the graph like https://w3id.org/milia")
    return iri
