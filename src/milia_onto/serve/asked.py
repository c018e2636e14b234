"""Reads a request of the SPARQL 1.1 Protocol (2.1) or the Graph Store HTTP Protocol (4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl

from milia_onto.serve.replies import ProblemError, field

if TYPE_CHECKING:
    from starlette.requests import Request

MOST_BYTES = 256 * 1024
MOST_PARAMETERS = 1000
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
UPDATE = "application/sparql-update"
IDENTITY = "identity"
HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?|\[[0-9a-fA-F:]+\](:[0-9]{1,5})?")
FORMAT_PARAMETERS = ("format", "output", "_mediatype")


class Asked(NamedTuple):
    """A query, None where none was sent; the data set asked for; the format asked for, or ""."""

    query: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str


async def read(request: Request) -> Asked:
    """What a request asks. Raises ProblemError: 400, 403, 413, 414, 415."""
    found = parameters(query_string(request))
    direct = []
    if request.method == "POST":
        kind, charset = content_type(request)
        if kind == UPDATE:
            raise ProblemError(403, "this endpoint is read only: updates are not answered")
        if kind not in {FORM, DIRECT} or charset not in {"", "utf-8"}:
            told = f"a query is sent as {FORM} or {DIRECT}, in UTF-8"
            raise ProblemError(415, told, {"Accept": f"{FORM}, {DIRECT}"})
        sent = await body(request)
        if kind == DIRECT:
            direct = [sent]
        else:
            # What the address says beside a form counts as well; nothing is passed over.
            found += parameters(sent)
    queries = [value for name, value in found if name == "query"] + direct
    if any(name == "update" for name, _ in found):
        raise ProblemError(403, "this endpoint is read only: updates are not answered")
    if request.method == "POST" and not queries:
        raise ProblemError(400, "no query was sent; the parameter is called query")
    if len(queries) > 1:
        raise ProblemError(400, f"{len(queries)} queries were sent; send one")
    return Asked(
        queries[0] if queries else None,
        tuple(value for name, value in found if name == "default-graph-uri" and value),
        tuple(value for name, value in found if name == "named-graph-uri" and value),
        next((value for name, value in found if name in FORMAT_PARAMETERS and value), ""),
    )


def read_graph(request: Request) -> tuple[str | None, str]:
    """The graph asked for, None for the default graph, and the format.

    Raises ProblemError: 400, 414.
    """
    found = parameters(query_string(request))
    graphs = [value for name, value in found if name == "graph"]
    default = any(name == "default" for name, _ in found)
    if len(graphs) + default != 1:
        raise ProblemError(400, "say ?default, or ?graph= and the IRI of one graph")
    form = next((value for name, value in found if name in FORMAT_PARAMETERS and value), "")
    return (graphs[0] if graphs else None), form


def query_string(request: Request) -> str:
    """The query string as it was sent. Raises ProblemError: 414."""
    raw: bytes = request.scope["query_string"]
    if len(raw) > MOST_BYTES:
        raise ProblemError(414, f"more than {MOST_BYTES} bytes; use POST, or ask for less")
    return raw.decode("latin-1")


def origin(request: Request) -> str:
    """Scheme and host of the server as the client knows it; "" where it named no host."""
    host = field(request.headers, "host") or ""
    return f"{request.scope['scheme']}://{host}" if HOST.fullmatch(host) else ""


def parameters(text: str) -> list[tuple[str, str]]:
    """Names and values of a form. Raises ProblemError: 400."""
    try:
        return parse_qsl(
            text, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS
        )
    except UnicodeDecodeError:
        raise ProblemError(400, "the parameters are not UTF-8") from None
    except ValueError:
        raise ProblemError(400, f"more than {MOST_PARAMETERS} parameters") from None


def content_type(request: Request) -> tuple[str, str]:
    """The media type of the content, and its charset, both in small letters."""
    kind, *parameters = (field(request.headers, "content-type") or "").lower().split(";")
    found = dict(part.strip().partition("=")[::2] for part in parameters)
    return kind.strip(), found.get("charset", "").strip('"')


async def body(request: Request) -> str:
    """What was sent, as text. Raises ProblemError: 400, 413, 415."""
    coding = (field(request.headers, "content-encoding") or IDENTITY).strip().lower()
    if coding != IDENTITY:
        told = f"content is sent without {coding}: no Content-Encoding is read here"
        raise ProblemError(415, told, {"Accept-Encoding": IDENTITY})
    size = 0
    parts = []
    async for part in request.stream():
        size += len(part)
        if size > MOST_BYTES:
            told = f"a request may hold {MOST_BYTES} bytes; make it shorter"
            raise ProblemError(413, told)
        parts.append(part)
    try:
        return b"".join(parts).decode()
    except UnicodeDecodeError:
        raise ProblemError(400, "the body is not UTF-8") from None
