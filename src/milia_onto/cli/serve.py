"""Serve the release as linked data: every term, claim, source and version, in the form asked for.

What https://w3id.org/milia/X names is answered at /X; /sparql is a SPARQL 1.1 endpoint, /graphs
has whole graphs to read, /fhir is a FHIR terminology server (R4 and R5), /reconcile is a
reconciliation service for OpenRefine and its like, /healthz is for load balancers. With --data or
--graph the endpoint answers from these files instead of the release.

Examples:
  milia-onto serve
  milia-onto serve --port 8080 --archive releases/2025-05-01
  milia-onto serve --data mine.ttl --graph https://example.org/other=other.nt
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from milia_onto.cli.arguments import port, seconds
from milia_onto.model.layout import TERMS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from socket import socket

    from milia_onto.linked.site import Site
    from milia_onto.serve.data import Data
    from milia_onto.serve.pool import Pool


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``serve``."""
    parser.add_argument(
        "--data",
        metavar="FILE",
        nargs="+",
        action="extend",
        default=[],
        help="RDF files that /sparql answers from instead of the release",
    )
    parser.add_argument(
        "--graph",
        metavar="IRI=FILE",
        nargs="+",
        action="extend",
        default=[],
        type=graph,
        help="RDF files for named graphs of it",
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to listen at (default: 127.0.0.1)"
    )
    parser.add_argument(
        "--port",
        type=port,
        default=8000,
        metavar="N",
        help="the port to listen at, 0 for any free one (default: 8000)",
    )
    parser.add_argument(
        "--time-limit",
        type=seconds,
        default=10.0,
        metavar="SECONDS",
        help="how long a query may take (default: 10)",
    )
    add_site_arguments(parser)


def add_site_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that say what the site is made of."""
    from milia_onto.linked.table import FORMATS

    parser.add_argument(
        "--release", type=Path, metavar="DIR", help="the release to publish (default: build/)"
    )
    parser.add_argument(
        "--archive",
        type=Path,
        metavar="DIR",
        nargs="+",
        action="extend",
        default=[],
        help="other versions of it, to be found under releases/",
    )
    parser.add_argument(
        "--default-format",
        choices=FORMATS,
        default="rdfxml",
        help="what a client gets that accepts anything (default: rdfxml)",
    )


def graph(text: str) -> tuple[str, str]:
    """A named graph: its IRI and the file that holds it."""
    iri, equals, name = text.rpartition("=")
    if not equals or not name or not _is_iri(iri):
        raise argparse.ArgumentTypeError(f"“{text}” is not IRI=FILE")
    return iri, name


def _is_iri(text: str) -> bool:
    from pyoxigraph import NamedNode

    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def read_site(args: argparse.Namespace) -> Site:
    """The site that the arguments speak of."""
    from milia_onto.edges.files import read_release
    from milia_onto.edges.locate import find_release, find_scripts
    from milia_onto.linked.table import FORMATS
    from milia_onto.site.build import site_of

    release = read_release(args.release or find_release())
    archive = [read_release(folder) for folder in args.archive]
    default = FORMATS[args.default_format]
    return site_of(release, find_scripts(), archive=archive, default=default)


def run(args: argparse.Namespace) -> int:
    """Serve until stopped."""
    import os

    from milia_onto.serve.listen import address_of, listen
    from milia_onto.serve.pool import Pool
    from milia_onto.serve.worker import Limits

    with listen(args.host, args.port) as listening:
        site = read_site(args)
        data = _data(args, site)
        limits = Limits(seconds=args.time_limit)
        # More than processors: a long query then never keeps all of them from the short ones.
        workers = 2 * (os.cpu_count() or 1)
        pool = Pool(data.load, workers=workers, limits=limits, prefixes=data.prefixes)
        # Before there is any thread: the workers are made by forking.
        pool.start()
        said = f"serving {site.current.version} at {address_of(listening)}\n"
        _serve(site, pool, data, listening, said)
    return 0


def _serve(site: Site, pool: Pool, data: Data, listening: socket, said: str) -> None:
    from contextlib import asynccontextmanager
    from threading import Thread

    from milia_onto.publish.lookup import index_of
    from milia_onto.serve import fhir, reconcile
    from milia_onto.serve.app import application
    from milia_onto.serve.listen import run as serve
    from milia_onto.serve.sparql import routes

    terms = index_of(site.current.release.files[TERMS], TERMS)
    answering = [*routes(pool, data), *fhir.routes(site), *reconcile.routes(terms)]

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        async with pool:
            # Not before: who reads it may send requests and signals at once.
            sys.stderr.write(said)
            sys.stderr.flush()
            Thread(target=site.warm, daemon=True).start()
            yield

    serve(application(site, answering, lifespan), listening)


def _data(args: argparse.Namespace, site: Site) -> Data:
    """What the endpoint answers from: the release, or the files that were named."""
    from milia_onto.edges.locate import rdf_file
    from milia_onto.serve.data import of_files, of_release

    release = site.current.release
    if not args.data and not args.graph:
        return of_release(release)
    graphs = [(iri, rdf_file(name)) for iri, name in args.graph]
    prefixes = {row.name: row.namespace for row in site.current.prefixes.rows}
    return of_files(list(map(rdf_file, args.data)), graphs, prefixes)
