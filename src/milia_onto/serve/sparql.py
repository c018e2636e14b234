"""The endpoint: SPARQL 1.1 Protocol for queries at /sparql, graphs to read at /graphs."""

from __future__ import annotations

import asyncio
import hashlib
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Route

from milia_onto.linked import table
from milia_onto.linked.negotiate import EXPANDED, choose
from milia_onto.publish.sparql_errors import no_graph
from milia_onto.publish.sparql_text import RefusedError, outline
from milia_onto.serve import asked, forms
from milia_onto.serve.cache import Cache
from milia_onto.serve.description import Description
from milia_onto.serve.jobs import Job, JobError
from milia_onto.serve.pool import MOMENT
from milia_onto.serve.replies import (
    READ,
    READ_AND_POST,
    ProblemError,
    Resource,
    failed,
    field,
    reply,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

    from milia_onto.serve.data import Data
    from milia_onto.serve.jobs import Answer
    from milia_onto.serve.pool import Pool

EDITOR = "/sparql.html"
HTML = "text/html"
FRESH = "no-cache"


class Endpoint:
    """Answers requests out of a pool, and keeps the answers."""

    def __init__(self, pool: Pool, data: Data) -> None:
        self.pool = pool
        self.data = data
        self.cache = Cache()
        self.description = Description(data)

    async def query(self, request: Request) -> Response:
        """The answer to a query; without one the service description, or the editor for people.

        Raises ProblemError where the request or the query is refused.
        """
        wanted = await asked.read(request)
        if wanted.query is None:
            return self._describe(request, wanted.format)
        try:
            outlined = outline(wanted.query, self.data.prefixes)
        except RefusedError as refused:
            raise _refused(refused) from None
        types = forms.offered(outlined.form)
        media_type = _chosen(request, wanted.format, types)
        if wanted.default_graphs or wanted.named_graphs:
            stated = (wanted.default_graphs, wanted.named_graphs)
        else:
            stated = (outlined.default_graphs, outlined.named_graphs)
        self._check_graphs((*stated[0], *stated[1]))
        data_set = stated if any(stated) else (None, None)
        job = Job(wanted.query, types[media_type], *data_set)
        if outlined.volatile:
            return self._sent(request, await self._run(request, job), media_type, types, FRESH)
        answer = self.cache.get(job) or await self._run(request, job)
        self.cache.put(job, answer)
        return self._sent(request, answer, media_type, types, table.MOMENT)

    async def graph(self, request: Request) -> Response:
        """A whole graph (SPARQL 1.1 Graph Store HTTP Protocol, 5.2).

        Raises ProblemError where there is no such graph.
        """
        name, form = asked.read_graph(request)
        if name is not None and name not in self.data.named_graphs:
            raise ProblemError(404, "there is no such graph", graphs=list(self.data.named_graphs))
        media_type = _chosen(request, form, forms.GRAPHS)
        job = Job("", forms.GRAPHS[media_type], () if name is None else (name,))
        answer = self.cache.get(job) or await self._run(request, job)
        self.cache.put(job, answer)
        return self._sent(request, answer, media_type, forms.GRAPHS, table.MOMENT)

    def _check_graphs(self, graphs: Sequence[str]) -> None:
        for graph in graphs:
            if graph not in self.data.named_graphs:
                there = list(self.data.named_graphs)
                raise ProblemError(400, no_graph(graph), graphs=there)

    def _describe(self, request: Request, form: str) -> Response:
        types = forms.GRAPHS
        if not form:
            accept = field(request.headers, "accept")
            if choose(accept, (*types, HTML), next(iter(types)), EXPANDED) == HTML:
                headers = {**table.ALWAYS, "Location": EDITOR, "Vary": "Accept"}
                return Response(status_code=303, headers=headers)
        media_type = _chosen(request, form, types)
        body = self.description.document(types[media_type])
        tag = f'"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
        return reply(request, body, media_type, tag, table.MOMENT)

    async def _run(self, request: Request, job: Job) -> Answer:
        """The pool's answer; where the client leaves, its worker is stopped."""
        work = asyncio.ensure_future(self.pool.run(job))
        try:
            # Most are answered before it is worth while to look whether anybody still waits.
            if not (await asyncio.wait({work}, timeout=MOMENT))[0]:
                await self._until_done_or_gone(work, request)
            return work.result()
        except JobError as error:
            if error.why == "form":
                types = forms.GRAPHS if job.media_type in forms.GRAPHS else forms.SOLUTIONS
                raise _not_acceptable(error.detail, types, job.media_type) from None
            raise failed(error, self.pool.limits.seconds) from None
        finally:
            work.cancel()

    @staticmethod
    async def _until_done_or_gone(work: asyncio.Task[Answer], request: Request) -> None:
        """Wait for the work. Raises ClientDisconnect where the client leaves before it is done."""
        gone = asyncio.ensure_future(_gone(request))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
        if not work.done():
            raise ClientDisconnect

    @staticmethod
    def _sent(
        request: Request, answer: Answer, media_type: str, types: Mapping[str, str], cache: str
    ) -> Response:
        # The same bytes under another media type are another representation.
        tag = f'"{answer.digest}-{list(types).index(media_type)}"'
        return reply(request, answer.body, media_type, tag, cache)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _chosen(request: Request, form: str, types: Mapping[str, str]) -> str:
    """The media type to answer with. Raises ProblemError: 406 with the variants there are."""
    media_type = forms.media_type(form, field(request.headers, "accept"), types)
    if media_type is None:
        wanted = f"“{form}”" if form else "that Accept names"
        told = f"this answer has no form {wanted}; see variants for what there is"
        raise _not_acceptable(told, types)
    return media_type


def _not_acceptable(told: str, types: Mapping[str, str], unless: str = "") -> ProblemError:
    """406 with the forms that there are."""
    there = [name for name in types if types[name] == name != unless]
    return ProblemError(406, told, {"Vary": "Accept"}, variants=there)


def _refused(refused: RefusedError) -> ProblemError:
    status = 403 if refused.detail.startswith("SERVICE") else 400
    return ProblemError(status, refused.detail, line=refused.line, column=refused.column)


def routes(pool: Pool, data: Data) -> list[Route]:
    """The routes of the endpoint, for an application whose lifespan enters ``pool``."""
    endpoint = Endpoint(pool, data)
    return [
        Route("/sparql", Resource(endpoint.query, READ_AND_POST)),
        Route("/graphs", Resource(endpoint.graph, READ)),
    ]
