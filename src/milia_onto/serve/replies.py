"""What the server sends: answers with entity tags, errors as problem details (RFC 9457)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from milia_onto.linked import table
from milia_onto.linked.problem import MEDIA_TYPE, is_known, is_other, problem

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.datastructures import Headers
    from starlette.types import Receive, Scope, Send

    from milia_onto.serve.jobs import JobError

STATUS = {
    "syntax": 400,
    "form": 406,
    "crash": 400,
    "time": 503,
    "memory": 503,
    "size": 503,
    "busy": 503,
}
SOON = "1"
READ, READ_AND_POST = table.ALLOW, "GET, HEAD, POST, OPTIONS"


class ProblemError(Exception):
    """A request that is not answered; its ``response`` says why."""

    def __init__(
        self, status: int, detail: str, headers: Mapping[str, str] | None = None, **more: object
    ) -> None:
        super().__init__(detail)
        body = problem(status, detail, **{key: value for key, value in more.items() if value})
        kept = {"Cache-Control": "no-store", **table.ALWAYS, **(headers or {})}
        self.response = Response(body, status, kept, MEDIA_TYPE)


def failed(error: JobError, seconds: float) -> ProblemError:
    """What a job without an answer becomes: 400, or 503 where a limit of the server was met."""
    status = STATUS[error.why]
    if status == 400:
        return ProblemError(400, error.detail, line=error.line, column=error.column)
    # What needs more memory or bytes than there are needs them the next time, too.
    later = {"time": str(round(seconds) or 1), "busy": SOON}.get(error.why)
    return ProblemError(
        status, error.detail, {"Retry-After": later} if later else {}, limit=error.why
    )


class Resource:
    """An ASGI application for one path: a response is made by ``respond``, or is the problem.

    ``allow`` are the methods it answers (RFC 9110, 10.2.1).
    """

    def __init__(self, respond: Callable[[Request], Awaitable[Response]], allow: str) -> None:
        self.respond = respond
        self.allow = allow

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request (ASGI 3.0, HTTP connection scope); OPTIONS is answered for all (CORS)."""
        request = Request(scope, receive)
        try:
            if request.method == "OPTIONS":
                response = preflight(self.allow)
            elif request.method not in self.allow.split(", "):
                told = f"{request.method} is not answered here, but {self.allow}"
                raise ProblemError(405, told, {"Allow": self.allow})
            else:
                response = await self.respond(request)
        except ProblemError as problem:
            response = problem.response
        except ClientDisconnect:
            return
        await response(scope, receive, send)


def preflight(allow: str) -> Response:
    """The answer to OPTIONS (RFC 9110, 9.3.7), also where a page of another origin asks first."""
    headers = {
        **table.ALWAYS,
        **table.PREFLIGHT,
        "Allow": allow,
        "Access-Control-Allow-Methods": allow,
        "Access-Control-Allow-Headers": "Accept, Content-Type, If-Match, If-None-Match, Prefer",
    }
    return Response(status_code=204, headers=headers)


def field(headers: Headers, name: str) -> str | None:
    """A field of a request; several lines of one name are one list (RFC 9110, 5.3)."""
    return ", ".join(headers.getlist(name)) or None


def sent(
    request: Request, body: bytes, headers: Mapping[str, str], media_type: str, status: int = 200
) -> Response:
    """A response; to HEAD it tells the length of the body it leaves out (RFC 9110, 9.3.2)."""
    kept = {**headers, "Content-Type": media_type, "Content-Length": str(len(body))}
    return Response(b"" if request.method == "HEAD" else body, status, kept)


def reply(request: Request, body: bytes, media_type: str, tag: str, cache: str) -> Response:
    """A body with its strong entity tag; 304 where the client has it (RFC 9110, 13.1.2, 13.2.2).

    Raises ProblemError: 412 where it wants another (13.1.1).
    """
    headers = {**table.ALWAYS, "ETag": tag, "Vary": "Accept", "Cache-Control": cache}
    if request.method in {"GET", "HEAD"}:
        if is_other(field(request.headers, "if-match"), tag):
            raise ProblemError(412, f"the entity tag of this answer is {tag}")
        if is_known(field(request.headers, "if-none-match"), tag):
            return Response(status_code=304, headers=headers)
    return sent(request, body, headers, table.with_charset(media_type))
