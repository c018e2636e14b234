"""The reconciliation service at /reconcile: the Reconciliation Service API 0.2 over HTTP.

JSONP is not offered: every answer may be read across origins (CORS), which the API asks for (4.3).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from milia_onto.linked import table
from milia_onto.reconcile import answers, read
from milia_onto.reconcile.entities import PROPERTIES, Entities
from milia_onto.reconcile.score import Matcher, result
from milia_onto.serve import asked
from milia_onto.serve.replies import READ, READ_AND_POST, ProblemError, Resource, sent

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from milia_onto.publish.lookup import Index

    _Suggest = Callable[[Entities, str, int], dict[str, Any]]

_T = TypeVar("_T")
PATH = "/reconcile"
# Other pages show previews in frames; nothing else of the policy is loosened.
FRAMED = {
    **table.ALWAYS,
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *",
    "Cache-Control": table.MOMENT,
}
SUGGEST = {
    "entity": answers.suggest_entities,
    "property": answers.suggest_properties,
    "type": answers.suggest_types,
}
KNOWN = frozenset(PROPERTIES)


class Reconciliation:
    """Answers requests of reconciliation clients about the terms of a release."""

    def __init__(self, index: Index) -> None:
        self.entities = Entities(index)
        self.matcher = Matcher(self.entities)

    async def service(self, request: Request) -> Response:
        """The manifest, a query batch, or a data extension query (4.1, 5.3, 8.3).

        Raises ProblemError where a form holds none of them or one that is malformed.
        """
        given = await _parameters(request)
        if "queries" in given:
            return _json(request, await run_in_threadpool(self._results, given["queries"]))
        if "extend" in given:
            return _json(request, await run_in_threadpool(self._extended, given["extend"]))
        if request.method == "POST":
            raise ProblemError(400, "the form has neither queries nor extend")
        return _json(request, answers.manifest(self.entities, _address(request)))

    def _results(self, text: str) -> dict[str, Any]:
        batch = _tried(lambda: read.batch(text))
        return {
            key: result(self.matcher.candidates(query), query.limit) for key, query in batch.items()
        }

    def _extended(self, text: str) -> dict[str, Any]:
        return answers.extended(self.entities, _tried(lambda: read.extension(text, KNOWN)))

    def suggest(self, make: _Suggest) -> Callable[[Request], Awaitable[Response]]:
        """What answers with suggestions of one kind for the beginning of a name (7.2).

        It raises ProblemError where that is too long or the cursor is no number.
        """

        async def respond(request: Request) -> Response:
            given = _of_address(request)
            prefix = given.get("prefix", "")
            if len(prefix) > read.MOST_LETTERS:
                raise ProblemError(400, f"prefix has more than {read.MOST_LETTERS} letters")
            cursor = _tried(lambda: read.number(given.get("cursor", ""), "cursor", 0, 0))
            return _json(request, await run_in_threadpool(make, self.entities, prefix, cursor))

        return respond

    async def properties(self, request: Request) -> Response:
        """The properties proposed for a type (8.2)."""
        given = _of_address(request)
        limit = _tried(lambda: read.number(given.get("limit", ""), "limit", len(KNOWN), 1))
        found = answers.propose(self.entities, given.get("type", ""), limit)
        return _json(request, found)

    async def preview(self, request: Request) -> Response:
        """A small page about a term (6.2). Raises ProblemError where there is no such term."""
        entity = self.entities.find(_of_address(request).get("id", ""))
        if entity is None:
            raise ProblemError(404, "there is no such term")
        body = answers.preview(self.entities, entity)
        return sent(request, body, FRAMED, "text/html; charset=utf-8")


def _tried(make: Callable[[], _T]) -> _T:
    try:
        return make()
    except read.WrongError as wrong:
        raise ProblemError(wrong.status, wrong.detail) from None


def _of_address(request: Request) -> dict[str, str]:
    return _single(asked.parameters(asked.query_string(request)))


async def _parameters(request: Request) -> dict[str, str]:
    """The parameters of the address and of a form."""
    if request.method != "POST":
        return _of_address(request)
    kind, charset = asked.content_type(request)
    if kind != asked.FORM or charset not in {"", "utf-8"}:
        raise ProblemError(415, f"send {asked.FORM}, in UTF-8", {"Accept": asked.FORM})
    found = asked.parameters(asked.query_string(request))
    return _single([*found, *asked.parameters(await asked.body(request))])


def _single(found: list[tuple[str, str]]) -> dict[str, str]:
    names = [name for name, _ in found]
    for name in ("queries", "extend"):
        if names.count(name) > 1:
            raise ProblemError(400, f"{name} was sent {names.count(name)} times; send it once")
    return dict(found)


def _address(request: Request) -> str:
    """The address of the service as the client knows it."""
    origin = asked.origin(request)
    if not origin:
        raise ProblemError(400, "the Host header names no host")
    return f"{origin}{PATH}"


def _json(request: Request, found: dict[str, Any]) -> Response:
    body = json.dumps(found).encode()
    return sent(request, body, {**table.ALWAYS, "Cache-Control": "no-cache"}, "application/json")


def routes(index: Index) -> list[Route]:
    """The routes of the service for the terms of ``index``."""
    service = Reconciliation(index)
    posted = Resource(service.service, READ_AND_POST)
    read_only: dict[str, Callable[[Request], Awaitable[Response]]] = {
        **{f"{PATH}/suggest/{kind}": service.suggest(make) for kind, make in SUGGEST.items()},
        f"{PATH}/properties": service.properties,
        f"{PATH}/preview": service.preview,
    }
    return [
        Route(PATH, posted),
        Route(f"{PATH}/", posted),
        *(Route(path, Resource(respond, READ)) for path, respond in read_only.items()),
    ]
