"""The ASGI application: a thin adapter from Starlette to ``linked.answer``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse
from starlette.responses import Response as Sent
from starlette.routing import Route

from milia_onto.linked.answer import Request, Response, answer

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
        headers: dict[str, str] = {}
        for name, value in scope["headers"]:
            key, text = name.decode("latin-1"), value.decode("latin-1")
            # Several fields of one name are one list (RFC 9110, 5.3).
            headers[key] = f"{headers[key]}, {text}" if key in headers else text
        query = scope["query_string"].decode("latin-1")
        request = Request(scope["method"], scope["path"], query, headers)
        if self.site.is_at_hand(request.path.removeprefix("/")):
            found = answer(request, self.site)
        else:
            # The document is made first; other requests do not wait for it.
            found = await run_in_threadpool(answer, request, self.site)
        await _sent(found)(scope, receive, send)


def _sent(response: Response) -> Sent:
    sent = Sent(response.body, response.status)
    sent.raw_headers = [
        (name.lower().encode("latin-1"), value.encode("latin-1", "replace"))
        for name, value in response.headers
    ]
    return sent


async def _health(_request: Received) -> Sent:
    return PlainTextResponse("ok\n", headers={"cache-control": "no-store"})


def application(
    site: Site,
    routes: Sequence[BaseRoute] = (),
    lifespan: Lifespan[Starlette] | None = None,
) -> Starlette:
    """The whole application: ``routes`` first (the endpoint), then health, then the site."""
    everything: list[BaseRoute] = [*routes, Route("/healthz", _health)]
    app = Starlette(routes=everything, lifespan=lifespan)
    app.router.redirect_slashes = False
    app.router.default = LinkedData(site)
    return app
