"""Serve the release as linked data: every term, claim, source and version, in the form asked for.

What https://w3id.org/milia/X names is answered at /X. /healthz is for load balancers.

Examples:
  milia-onto serve
  milia-onto serve --port 8080 --archive releases/2025-05-01
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``serve``."""
    from milia_onto.cli.arguments import port
    from milia_onto.linked.table import FORMATS

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
        "--release", type=Path, metavar="DIR", help="the release to serve (default: build/)"
    )
    parser.add_argument(
        "--archive",
        type=Path,
        metavar="DIR",
        nargs="+",
        action="extend",
        default=[],
        help="releases before it, to be served under releases/",
    )
    parser.add_argument(
        "--default-format",
        choices=FORMATS,
        default="rdfxml",
        help="what a client gets that accepts anything (default: rdfxml)",
    )


def run(args: argparse.Namespace) -> int:
    """Serve until stopped."""
    from milia_onto.edges.files import read_release
    from milia_onto.edges.locate import find_release
    from milia_onto.linked.site import Site
    from milia_onto.linked.table import FORMATS
    from milia_onto.serve.app import application
    from milia_onto.serve.listen import address_of, listen
    from milia_onto.serve.listen import run as serve

    with listen(args.host, args.port) as listening:
        release = read_release(args.release or find_release())
        archive = [read_release(folder) for folder in args.archive]
        site = Site(release, archive=archive, default=FORMATS[args.default_format])
        sys.stderr.write(f"serving {site.current.version} at {address_of(listening)}\n")
        sys.stderr.flush()
        serve(application(site), listening)
    return 0
