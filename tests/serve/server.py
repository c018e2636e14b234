"""The endpoint alone, as a process: ``python -m tests.serve.server --release build``.

Prints its address once it answers.
"""

from __future__ import annotations

import argparse
import resource
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette

from milia_onto.edges.files import read_release
from milia_onto.model.formats import BY_NAME
from milia_onto.serve.data import of_files, of_release
from milia_onto.serve.listen import address_of, listen, run
from milia_onto.serve.pool import Pool
from milia_onto.serve.sparql import routes
from milia_onto.serve.worker import Limits

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PREFIXES = {"e": "http://example.org/", "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--release", type=Path)
    parser.add_argument("--data", type=Path, nargs="*", default=[])
    parser.add_argument("--graph", nargs="*", default=[])
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--megabytes", type=int, default=512)
    parser.add_argument("--answer-megabytes", type=int, default=64)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--patience", type=float, default=30.0)
    parser.add_argument("--files", type=int)
    args = parser.parse_args()
    if args.files:
        resource.setrlimit(resource.RLIMIT_NOFILE, (args.files, args.files))
    if args.release:
        data = of_release(read_release(args.release))
    else:
        files = [(path.name, path.read_bytes(), BY_NAME["turtle"]) for path in args.data]
        named = [given.partition("=") for given in args.graph]
        graphs = [
            (iri, (path, Path(path).read_bytes(), BY_NAME["turtle"])) for iri, _, path in named
        ]
        data = of_files(files, graphs, PREFIXES)
    limits = Limits(args.seconds, args.megabytes << 20, args.answer_megabytes << 20)
    pool = Pool(data.load, workers=args.workers, limits=limits, prefixes=data.prefixes)
    pool.start()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with pool:
            sys.stdout.write(f"{address_of(listening).rstrip('/')}\n")
            sys.stdout.flush()
            yield

    app = Starlette(routes=routes(pool, data), lifespan=lifespan)
    with listen("127.0.0.1", 0) as listening:
        run(app, listening, args.patience)


if __name__ == "__main__":
    main()
