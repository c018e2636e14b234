"""What the endpoint sends: answers with entity tags, and errors as problem details (RFC 9457)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from milia_onto.linked import table
from milia_onto.linked.problem import MEDIA_TYPE, is_known, problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from milia_onto.serve.jobs import JobError

STATUS = {"syntax": 400, "crash": 400, "time": 503, "memory": 503, "size": 503, "busy": 503}
SOON = "1"


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


def reply(request: Request, body: bytes, media_type: str, tag: str, cache: str) -> Response:
    """A body with its strong entity tag; 304 where the client has it (RFC 9110, 13.1.2, 13.2.2)."""
    headers = {**table.ALWAYS, "ETag": tag, "Vary": "Accept", "Cache-Control": cache}
    is_read = request.method in {"GET", "HEAD"}
    if is_read and is_known(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    headers["Content-Type"] = table.with_charset(media_type)
    headers["Content-Length"] = str(len(body))
    return Response(b"" if request.method == "HEAD" else body, headers=headers)
