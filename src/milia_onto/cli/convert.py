"""Turn any RDF syntax into any other.

The input is read to its end before anything is written, so a broken file gives no half output.

Example:
  milia-onto convert build/milia.ttl --to jsonld --out milia.jsonld
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from milia_onto.model.formats import BY_NAME

if TYPE_CHECKING:
    import argparse

NAMES = tuple(BY_NAME)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``convert``."""
    parser.add_argument("input", metavar="IN", help="the file to read, - for standard input")
    parser.add_argument(
        "--from", dest="source", choices=NAMES, help="the syntax of IN (default: by its suffix)"
    )
    parser.add_argument(
        "--to", choices=NAMES, help="the syntax to write (default: by OUT's suffix, else nquads)"
    )
    parser.add_argument("--base", metavar="IRI", help="what relative IRIs in IN are relative to")
    parser.add_argument("--out", metavar="FILE", help="where to write (default: standard output)")


def run(args: argparse.Namespace) -> int:
    """Convert IN. Raises UsageError where no RDF syntax is told."""
    from milia_onto.edges.convert import convert
    from milia_onto.edges.locate import rdf_syntax
    from milia_onto.model.errors import UsageError
    from milia_onto.model.formats import format_of_path

    source = BY_NAME[args.source] if args.source else rdf_syntax(args.input, "say --from")
    target = BY_NAME[args.to] if args.to else format_of_path(args.out or "")
    if target is None and args.out and Path(args.out).suffix:
        raise UsageError("the suffix tells no RDF syntax", place=args.out, fix="say --to")
    formats = (source, target or BY_NAME["nquads"])
    convert(args.input, formats, args.out, sys.stdout.buffer, base=args.base)
    return 0
