"""Asks another machine over HTTP: with limits on time and size, retries, and secrets kept.

A request goes to the host that the user named and to no other: a redirect elsewhere is an error.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

from milia_onto._version import __version__
from milia_onto.edges.http_auth import ByChallenge
from milia_onto.model.errors import LimitError, SurroundingsError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from milia_onto.edges.credentials import Credentials

MEGABYTE = 1 << 20
ATTEMPTS = 4
FIRST_PAUSE = 0.25
LONGEST_PAUSE = 30.0
REDIRECTS = 5
# RFC 9110, 15.5 and 15.6, RFC 6585, 4: not now, but perhaps in a moment.
PASSING = {429, 502, 503, 504}
MOVED = {301, 302, 307, 308}


class HungUpError(SurroundingsError):
    """The store cannot be reached, or ended the connection before it had answered."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a store answered: status, media type in small letters, product, body, its address."""

    status: int
    kind: str
    product: str
    body: bytes
    address: str
    pause: float = 0.0

    @property
    def good(self) -> bool:
        """Whether the status says so, and it is no page for people."""
        return 200 <= self.status < 300 and self.kind != "text/html"


class Client:
    """Sends requests to one host. To be closed, best by ``with``."""

    def __init__(self, credentials: Credentials, timeout: float) -> None:
        self.credentials = credentials
        self.timeout = timeout
        self._auth = ByChallenge(credentials)
        self._runner = asyncio.Runner()
        self._http: httpx.AsyncClient | None = None

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._http:
            self._runner.run(self._http.aclose())
        self._runner.close()

    def send(  # noqa: PLR0913
        self,
        method: str,
        address: str,
        *,
        content: bytes = b"",
        headers: Mapping[str, str] | None = None,
        most: int = MEGABYTE,
        timeout: float | None = None,
        again: bool = True,
    ) -> Reply:
        """The reply, whatever its status; ``again`` says that a second request does no harm.

        Raises HungUpError (exit 3), SurroundingsError for a redirect to another host, LimitError
        where the reply takes longer than ``timeout`` or is larger than ``most`` bytes.
        """
        limit = timeout or self.timeout
        work = self._insist(method, address, content, dict(headers or {}), most, limit, again)
        return self._runner.run(work)

    async def _insist(  # noqa: PLR0913, PLR0917
        self,
        method: str,
        address: str,
        content: bytes,
        headers: dict[str, str],
        most: int,
        limit: float,
        again: bool,
    ) -> Reply:
        """One request, and more of them where the store only asks to wait."""
        attempts = ATTEMPTS if again else 1
        for attempt in range(1, attempts + 1):
            pause = FIRST_PAUSE * 2 ** (attempt - 1)
            try:
                async with asyncio.timeout(limit):
                    reply = await self._follow(method, address, content, headers, most)
            except TimeoutError:
                fix = "is it overloaded? Allow more time with --timeout"
                raise LimitError(
                    f"no full answer within {limit:g} s", place=bare(address), fix=fix
                ) from None
            except HungUpError:
                if attempt == attempts:
                    raise
            else:
                if attempt == attempts or reply.status not in PASSING:
                    return reply
                pause = max(pause, reply.pause)
            await asyncio.sleep(min(pause, LONGEST_PAUSE, limit))
        raise AssertionError("the last attempt returns or raises")

    async def _follow(
        self, method: str, address: str, content: bytes, headers: dict[str, str], most: int
    ) -> Reply:
        start = address
        for _ in range(REDIRECTS):
            request = self._opened().build_request(
                method, address, content=content or None, headers=headers
            )
            try:
                reply, target = await self._one(request, most)
            except (httpx.HTTPError, httpx.InvalidURL, NotImplementedError, ValueError) as error:
                raise self._unreached(error, address) from None
            if target is None:
                return reply
            address = urljoin(address, target)
            if not same_host(start, address):
                other = urlsplit(address).netloc.rpartition("@")[2]
                message = f"sends us to another host, {self.credentials.hide(other)}"
                fix = "name that host's address, if you trust it"
                raise SurroundingsError(message, place=bare(start), fix=fix)
        raise SurroundingsError("redirects in circles", place=bare(start), fix="check the address")

    async def _one(self, request: httpx.Request, most: int) -> tuple[Reply, str | None]:
        response = await self._opened().send(request, auth=self._auth, stream=True)
        address = str(request.url)
        try:
            if response.status_code in MOVED:
                return Reply(response.status_code, "", "", b"", address), response.headers.get(
                    "location", ""
                )
            body = bytearray()
            async for part in response.aiter_bytes():
                body += part
                if len(body) > most:
                    fix = "is this the address of a SPARQL store?"
                    raise LimitError(
                        f"answers with more than {most:,} bytes", place=bare(address), fix=fix
                    )
        finally:
            await response.aclose()
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        pause = response.headers.get("retry-after", "")
        wait = float(pause) if pause.isascii() and pause.isdigit() else 0.0
        product = response.headers.get("server", "")
        return Reply(response.status_code, kind, product, bytes(body), address, wait), None

    def _opened(self) -> httpx.AsyncClient:
        if self._http is None:
            headers = {"User-Agent": f"milia-onto/{__version__}"}
            self._http = httpx.AsyncClient(headers=headers, timeout=None, follow_redirects=False)
        return self._http

    def _unreached(self, error: Exception, address: str) -> HungUpError:
        words = " ".join(str(error).split()) or type(error).__name__
        if isinstance(error, httpx.ConnectError):
            message, fix = f"cannot be reached: {words}", "check the address, and that it runs"
        elif isinstance(error, httpx.TransportError):
            message, fix = f"ended the connection: {words}", "look into the log of the store"
        else:
            message, fix = f"gives no HTTP that we know: {words}", "check the address"
        return HungUpError(self.credentials.hide(message), place=bare(address), fix=fix)


def bare(address: str) -> str:
    """An address as it may be shown: no user, password, query or fragment."""
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def same_host(first: str, second: str) -> bool:
    """Whether two addresses are of one origin, or the second is the first one over TLS."""
    one, two = urlsplit(first), urlsplit(second)
    if one.hostname != two.hostname or "@" in two.netloc:
        return False
    ports = {"http": 80, "https": 443}
    here, there = (each.port or ports.get(each.scheme) for each in (one, two))
    upgraded = (one.scheme, here, two.scheme, there) == ("http", 80, "https", 443)
    return upgraded or (one.scheme, here) == (two.scheme, there)
