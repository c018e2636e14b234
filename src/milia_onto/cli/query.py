"""Ask the release a SPARQL query, without a server.

The prefixes of the release (MILIA:, skos:, rdfs: …) need not be declared. SELECT and ASK give a
table, csv, tsv, json or xml; CONSTRUCT and DESCRIBE give turtle, jsonld, nt or rdfxml.

Examples:
  milia-onto query 'SELECT ?kind WHERE { ?kind rdfs:subClassOf MILIA:0000013 }'
  milia-onto query question.rq --format csv
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from milia_onto.cli.arguments import seconds

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    import pyoxigraph as ox

FORMS = ("table", "csv", "tsv", "json", "xml", "turtle", "jsonld", "nt", "rdfxml")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``query``."""
    parser.add_argument(
        "query",
        metavar="QUERY-or-FILE.rq",
        help="the query, a file that holds it, or - for standard input",
    )
    parser.add_argument(
        "--data",
        metavar="FILE",
        nargs="+",
        action="extend",
        help="RDF files to ask instead of the release",
    )
    parser.add_argument("--format", choices=FORMS, help="the form of the result")
    parser.add_argument(
        "--time-limit",
        type=seconds,
        default=60.0,
        metavar="SECONDS",
        help="how long the query may take (default: 60)",
    )


def run(args: argparse.Namespace) -> int:
    """Print the result of the query."""
    from milia_onto.edges import query as engine
    from milia_onto.edges.locate import find_release, read_bytes, read_text
    from milia_onto.model.errors import UsageError
    from milia_onto.model.formats import format_of_path
    from milia_onto.publish.lookup import prefixes_of
    from milia_onto.publish.sparql_text import problem

    text = (
        read_text(args.query)
        if args.query == "-" or args.query.endswith((".rq", ".sparql"))
        else args.query
    )
    folder = find_release()
    prefixes = prefixes_of(read_bytes(folder / "context.jsonld"))
    wrong = problem(text, prefixes)
    if wrong:
        raise UsageError(wrong, fix="ask a SPARQL 1.1 query")
    files = []
    for name in args.data or [str(folder / "milia.nt")]:
        entry = format_of_path(name)
        if entry is None:
            raise UsageError(
                "the suffix tells no RDF syntax", place=name, fix="rename or convert it"
            )
        files.append((name, read_bytes(Path(name)), entry))

    def work() -> bytes:
        store = engine.load(files)
        return engine.answer(
            store, text, args.format, prefixes, lambda found: table(found, prefixes)
        )

    sys.stdout.buffer.write(engine.isolated(work, args.time_limit))
    return 0


def table(solutions: ox.QuerySolutions, prefixes: Mapping[str, str]) -> str:
    """Solutions in aligned columns, IRIs as CURIEs, and the number of rows at the end."""
    names = [variable.value for variable in solutions.variables]
    rows = [[_cell(solution[name], prefixes) for name in names] for solution in solutions]
    widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [names, ["-" * width for width in widths], *rows]
    ]
    count = f"({len(rows)} row{'s' if len(rows) != 1 else ''})"
    return "\n".join([*lines, count]) + "\n"


def _cell(term: object, prefixes: Mapping[str, str]) -> str:
    value = str(getattr(term, "value", "" if term is None else term))
    if type(term).__name__ == "NamedNode":
        fitting = [(len(ns), name) for name, ns in prefixes.items() if value.startswith(ns)]
        length, name = max(fitting, default=(0, ""))
        return f"{name}:{value[length:]}" if name else value
    return " ".join(value.split())
