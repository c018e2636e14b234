"""Check the sources, or any RDF file against the public shapes.

Without FILE: everything `build` would check, and nothing is written. With FILE: the data in it
against the shapes that ship with the release (milia.shapes.ttl), or those of --shapes.

Examples:
  milia-onto validate
  milia-onto validate my-terms.ttl --format json
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from milia_onto.cli.arguments import seconds
from milia_onto.model.layout import NTRIPLES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from milia_onto.model.values import Finding


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``validate``."""
    from milia_onto.cli.findings import add_least

    parser.add_argument("files", metavar="FILE", nargs="*", help="RDF files to check")
    parser.add_argument(
        "--shapes", type=Path, metavar="FILE", help="SHACL shapes to check FILE against"
    )
    parser.add_argument(
        "--project",
        type=Path,
        metavar="DIR",
        help="the project's folder (default: this one)",
    )
    add_least(parser)
    parser.add_argument(
        "--format",
        choices=("text", "tsv", "json", "turtle"),
        default="text",
        help="findings as text, TSV or JSON, or the SHACL report as Turtle",
    )
    parser.add_argument(
        "--time-limit",
        type=seconds,
        default=300.0,
        metavar="SECONDS",
        help="how long HermiT, or the check of FILE, may take (default: 300)",
    )


def run(args: argparse.Namespace) -> int:
    """Print the findings; 1 where one of them blocks. Raises UsageError for a wrong call."""
    from milia_onto.model.errors import UsageError

    if args.files and args.project:
        fix = "leave out one of the two"
        raise UsageError("--project is for the sources, not for FILE", fix=fix)
    if args.shapes and not args.files:
        fix = "name the file; the sources have shapes of their own"
        raise UsageError("--shapes is for FILE", fix=fix)
    return _run_files(args) if args.files else _run_sources(args)


def _run_sources(args: argparse.Namespace) -> int:
    from milia_onto.cli.findings import listed, render
    from milia_onto.cli.progress import progress
    from milia_onto.model.errors import GateClosedError
    from milia_onto.model.timer import Timer
    from milia_onto.pipeline import check

    try:
        with progress() as tell:
            outcome = check(args.project or Path(), limit=args.time_limit, timer=Timer(tell))
    except GateClosedError as closed:
        merged = closed.merged
        # Nothing was held against the shapes, so there is no SHACL report.
        form = "text" if args.format == "turtle" else args.format
        told = render(closed.findings, form, merged.prefixes, merged.labels)
        (sys.stderr if args.format == "turtle" else sys.stdout).write(told)
        return _exit_code(closed.findings)
    if args.format == "turtle":
        sys.stdout.write(outcome.shacl_report())
        return _exit_code(outcome.findings)
    shown = listed(outcome.findings, args)
    sys.stdout.write(render(shown, args.format, outcome.prefixes, outcome.labels))
    return _exit_code(outcome.findings)


def _run_files(args: argparse.Namespace) -> int:
    from milia_onto.cli.findings import listed, render
    from milia_onto.edges.beside import Beside

    # In a process that can be stopped: a pattern of the shapes may take for ever on some text.
    with Beside(lambda: _held_against_shapes(args)) as work:
        findings, report = work.result(args.time_limit)
    if args.format == "turtle":
        sys.stdout.write(report)
    else:
        sys.stdout.write(render(listed(findings, args), args.format))
    return _exit_code(findings)


def _held_against_shapes(args: argparse.Namespace) -> tuple[list[Finding], str]:
    """The findings on the files, and the SHACL report."""
    from milia_onto.edges.locate import find_release, read_bytes
    from milia_onto.edges.read_rdf import read_graph
    from milia_onto.edges.shacl import read_shapes, validate
    from milia_onto.publish.named_terms import named_terms, placed_terms
    from milia_onto.serialise.ntriples import ntriples

    folder = find_release()
    path = args.shapes or folder / "milia.shapes.ttl"
    shapes = read_shapes({str(path): read_bytes(path)})
    triples, places = read_graph(args.files)
    release = read_bytes(folder / NTRIPLES)
    terms = None if args.shapes else placed_terms(release)
    known = ntriples(named_terms(triples, release))
    outcome = validate(ntriples(triples), shapes, must_look=False, terms=terms, known=known)
    return places.locate(outcome.findings), outcome.report


def _exit_code(findings: Sequence[Finding]) -> int:
    from milia_onto.cli.findings import say, summary

    say(summary(findings))
    return 1 if any(finding.severity == "violation" for finding in findings) else 0
