"""How a request proves who sends it: as the store's challenge asks (RFC 7616, 7617, 6750)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Generator

    from milia_onto.edges.credentials import Credentials


class ByChallenge(httpx.Auth):
    """A bearer token from the start; a password only once asked for, digest before basic."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The requests to send until one is answered with something else than a challenge."""
        if self._credentials.token:
            request.headers["Authorization"] = f"Bearer {self._credentials.token}"
        if self._chosen is not None:
            yield from self._chosen.auth_flow(request)
            return
        response = yield request
        if response.status_code == 401 and self._credentials.user:
            self._chosen = self._choice(response)
            if self._chosen is not None:
                yield from self._chosen.auth_flow(request)

    def _choice(self, response: httpx.Response) -> httpx.Auth | None:
        challenges = response.headers.get_list("www-authenticate")
        offered = {challenge.split(" ")[0].lower() for challenge in challenges}
        user, password = self._credentials.user, self._credentials.password
        if "digest" in offered:
            return httpx.DigestAuth(user, password)
        return httpx.BasicAuth(user, password) if "basic" in offered else None
