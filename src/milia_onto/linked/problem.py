"""What every answer of the site and the endpoint shares: problem details and entity tags."""

from __future__ import annotations

import json
from http import HTTPStatus

MEDIA_TYPE = "application/problem+json"


def problem(status: int, detail: str, **more: object) -> bytes:
    """An error as problem details (RFC 9457, 3.1), with ``more`` members of its own."""
    # Python before 3.13 has the phrase of an older standard for 413.
    title = "Content Too Large" if status == 413 else HTTPStatus(status).phrase
    about = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return f"{json.dumps(about, indent=1)}\n".encode()


def is_other(if_match: str | None, tag: str) -> bool:
    """Whether the client wants other bytes than these (RFC 9110, 13.1.1: strong comparison)."""
    if if_match is None or if_match.strip() == "*":
        return False
    return tag not in {part.strip() for part in if_match.split(",")}


def is_known(if_none_match: str | None, tag: str) -> bool:
    """Whether the client has the very bytes (RFC 9110, 13.1.2: weak comparison)."""
    if if_none_match is None:
        return False
    known = (part.strip().removeprefix("W/") for part in if_none_match.split(","))
    return if_none_match.strip() == "*" or tag in known
