"""The barest endpoint there is: Starlette and our uvicorn over pyoxigraph, no limits, no isolation.

What ours costs beside it is what isolation costs. In the event loop one long query stops it for
all; in threads it does not, but nothing can stop that query.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from milia_onto.serve.listen import address_of, listen, run

if TYPE_CHECKING:
    from starlette.requests import Request

JSON = ox.QueryResultsFormat.JSON


def application(store: ox.Store, *, threads: bool) -> Starlette:
    """Answers ``/sparql?query=…`` in JSON, in the event loop or in Starlette's pool of threads."""

    def work(request: Request) -> Response:
        result = store.query(request.query_params["query"])
        assert not isinstance(result, ox.QueryTriples)
        return Response(result.serialize(format=JSON) or b"", media_type=JSON.media_type)

    async def in_the_loop(request: Request) -> Response:
        return work(request)

    return Starlette(routes=[Route("/sparql", work if threads else in_the_loop)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the graph, in N-Triples")
    parser.add_argument("--threads", action="store_true", help="answer in threads")
    args = parser.parse_args()
    store = ox.Store()
    store.load(path=args.data, format=ox.RdfFormat.N_TRIPLES)
    app = application(store, threads=args.threads)
    with listen("127.0.0.1", 0) as listening:
        sys.stderr.write(f"serving at {address_of(listening)}\n")
        sys.stderr.flush()
        run(app, listening)


if __name__ == "__main__":
    main()
