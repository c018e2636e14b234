"""The ASGI application: a thin adapter from Starlette to ``linked.answer``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response as Sent
from starlette.routing import Route

from milia_onto.linked import table
from milia_onto.linked.answer import FIELDS, Request, Response, answer
from milia_onto.serve.replies import READ, Resource, field, sent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request as Received
    from starlette.routing import BaseRoute
    from starlette.types import Lifespan, Receive, Scope, Send

    from milia_onto.linked.site import Site


class LinkedData:
    """Answers whatever no other route took."""

    def __init__(self, site: Site) -> None:
        self.site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request (ASGI 3.0, HTTP connection scope)."""
        received = Headers(scope=scope)
        told = {name: field(received, name) for name in FIELDS}
        headers = {name: value for name, value in told.items() if value is not None}
        query = scope["query_string"].decode("latin-1")
        request = Request(scope["method"], scope["path"], query, headers)
        if self.site.is_at_hand(request.path.removeprefix("/")):
            found = answer(request, self.site)
        else:
            # The document is made first; other requests do not wait for it.
            found = await run_in_threadpool(answer, request, self.site)
        await _response(found)(scope, receive, send)


def _response(response: Response) -> Sent:
    found = Sent(response.body, response.status)
    found.raw_headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1", "replace"))
        for name, value in response.headers
    ]
    return found


async def _health(request: Received) -> Sent:
    headers = {**table.ALWAYS, "Cache-Control": "no-store"}
    return sent(request, b"ok\n", headers, "text/plain; charset=utf-8")


def application(
    site: Site,
    routes: Sequence[BaseRoute] = (),
    lifespan: Lifespan[Starlette] | None = None,
) -> Starlette:
    """The whole application: ``routes`` first (the endpoint), then health, then the site."""
    everything: list[BaseRoute] = [*routes, Route("/healthz", Resource(_health, READ))]
    app = Starlette(routes=everything, lifespan=lifespan)
    app.router.redirect_slashes = False
    app.router.default = LinkedData(site)
    return app
