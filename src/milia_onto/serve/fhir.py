"""The FHIR server below /fhir: bodies, media types and headers around ``milia_onto.fhir``."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from milia_onto.fhir.files import FOLDER
from milia_onto.fhir.outcome import OutcomeError
from milia_onto.fhir.publication import ROOT, written
from milia_onto.fhir.service import Request as Asking
from milia_onto.fhir.service import answer
from milia_onto.fhir.terminology import Terminology
from milia_onto.linked import table
from milia_onto.linked.negotiate import ranges
from milia_onto.serve import asked
from milia_onto.serve.app import LinkedData
from milia_onto.serve.replies import READ_AND_POST, ProblemError, field, preflight, reply, sent

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from milia_onto.linked.negotiate import Range
    from milia_onto.linked.site import Site

JSON = "application/fhir+json"
# How closely a media range names what is sent (RFC 9110, 12.5.1); clients may say JSON in
# general (R5, 3.2.0.1.11).
CLOSENESS = {
    JSON: 4,
    "application/json": 3,
    "text/json": 3,
    "application/*": 2,
    "text/*": 2,
    "*/*": 1,
}
SHORT = {"json": JSON, "application/json+fhir": JSON}
FORM = "application/x-www-form-urlencoded"
# Nearly all systems that run today speak R4; who speaks R5 says so.
USUAL = "r4"
VERSIONS = {"4.0": "r4", "4.0.1": "r4", "5.0": "r5", "5.0.0": "r5"}
STATED = {"r4": "4.0", "r5": "5.0"}


class Fhir:
    """Answers everything at /fhir and below; the files of the release keep their addresses."""

    def __init__(self, site: Site) -> None:
        self.files = site.current.release.files
        self.site = LinkedData(site)
        self.terminology = Terminology(self.files)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request (ASGI 3.0, HTTP connection scope)."""
        if scope["path"].removeprefix("/") in self.files:
            await self.site(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            if request.method == "OPTIONS":
                response = preflight(READ_AND_POST)
            elif scope["path"].strip("/") == FOLDER and request.method in {"GET", "HEAD"}:
                query = request.url.query
                location = f"/{FOLDER}/metadata{f'?{query}' if query else ''}"
                response = Response(status_code=303, headers={**table.ALWAYS, "Location": location})
            else:
                response = await self._response(request)
        except ClientDisconnect:
            return
        await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        release = USUAL
        try:
            pairs = asked.parameters(asked.query_string(request))
            release = version_of(field(request.headers, "accept"), pairs)
            asking = await _asking(request, release, pairs)
            body, tag = await run_in_threadpool(self._answered, asking, asked.origin(request))
            media_type = f"{JSON}; fhirVersion={STATED[release]}"
            return reply(request, body, media_type, tag, table.MOMENT)
        except OutcomeError as error:
            return _failed(request, error, release)
        except ProblemError as problem:
            told = OutcomeError(problem.response.status_code, str(problem))
            return _failed(request, told, release)

    def _answered(self, asking: Asking, origin: str) -> tuple[bytes, str]:
        """The answer and its entity tag."""
        resource = answer(self.terminology, asking)
        # The links of a search lead on here (R4, 3.1.1.2); what it found keeps its address.
        for link in resource.get("link", ()) if origin else ():
            link["url"] = link["url"].replace(ROOT, f"{origin}/{FOLDER}/", 1)
        body = written(resource)
        return body, f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'


def version_of(accept: str | None, pairs: list[tuple[str, str]]) -> str:
    """The FHIR release to answer in. ``_format`` beats Accept (R5, 3.2.0.1.11).

    Raises OutcomeError: 406 where the client takes no JSON, or only of another release.
    """
    form = next((value for name, value in pairs if name == "_format" and value), "")
    # Unescaped in an address, the plus sign of a media type reads as a blank.
    head, semicolon, tail = form.strip().partition(";")
    plain = SHORT.get(head.strip(), head.strip().replace(" ", "+"))
    wanted = list(ranges(f"{plain}{semicolon}{tail}" if form else accept or "*/*"))
    if form and not wanted:
        raise OutcomeError(406, f"“{form}” is not written here; use {JSON}")
    scores = {each: _score(wanted or list(ranges("*/*")), each) for each in (USUAL, *STATED)}
    best = max(scores, key=scores.__getitem__)
    if not scores[best][0]:
        told = f"only {JSON} with fhirVersion=4.0 or fhirVersion=5.0 is written here"
        raise OutcomeError(406, told)
    return best


def _score(wanted: list[Range], release: str) -> tuple[float, int]:
    """The weight of a release, by the range that names it most closely, and how closely."""
    closest, weight = 0, 0.0
    for each in wanted:
        stated = each.parameters.get("fhirversion", "")
        close = 2 * CLOSENESS.get(f"{each.type}/{each.subtype}", 0) + bool(stated)
        if close > max(closest, 1) and VERSIONS.get(stated or STATED[release]) == release:
            closest, weight = close, each.weight
    return weight, closest


async def _asking(request: Request, release: str, pairs: list[tuple[str, str]]) -> Asking:
    path: str = request.scope["path"].removeprefix(f"/{FOLDER}").strip("/")
    lenient = "handling=lenient" in (field(request.headers, "prefer") or "").replace(" ", "")
    body = None
    if request.method == "POST":
        kind = asked.content_type(request)[0]
        if path.endswith("/_search"):
            if kind != FORM:
                raise OutcomeError(415, f"a search is posted as {FORM}")
            pairs = [*pairs, *asked.parameters(await asked.body(request))]
        elif kind in {JSON, "application/json", "text/json"}:
            body = read_json(await asked.body(request))
        else:
            raise OutcomeError(415, f"post resources as {JSON}")
    return Asking(request.method, path, release, pairs, body, lenient)


def read_json(text: str) -> Any:
    """A JSON document. Raises OutcomeError: 400 for what is none, or not Unicode."""
    try:
        found = json.loads(text, parse_constant=_refused)
        # A lone surrogate is no character, and could not be sent back.
        json.dumps(found, ensure_ascii=False).encode()
    except RecursionError:
        raise OutcomeError(400, "the body is nested too deep", "structure") from None
    except ValueError as error:
        told = re.sub(r"\s+", " ", str(error))[:200]
        raise OutcomeError(400, f"the body is not JSON: {told}", "structure") from None
    return found


def _refused(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _failed(request: Request, error: OutcomeError, release: str) -> Response:
    headers = {**table.ALWAYS, "Cache-Control": "no-store", "Vary": "Accept"}
    if error.status == 405:
        headers["Allow"] = READ_AND_POST
    media_type = f"{JSON}; fhirVersion={STATED[release]}"
    return sent(request, written(error.resource), headers, media_type, error.status)


def routes(site: Site) -> list[Route]:
    """The routes of the FHIR server; none for a release that has no FHIR files."""
    if not any(path.startswith(f"{FOLDER}/") for path in site.current.release.files):
        return []
    route = Route(f"/{FOLDER}{{path:path}}", Fhir(site))
    # Starlette's own expression lets a path with a line end through to the pages.
    route.path_regex = re.compile(rf"/{FOLDER}(?P<path>(?:/.*)?)", re.DOTALL)
    return [route]
