"""Ask the release a SPARQL query, without a server; or a store that it was loaded into.

The prefixes of the release (MILIA:, skos:, rdfs: …) need not be declared. SELECT and ASK give a
table, csv, tsv, json or xml; CONSTRUCT and DESCRIBE give turtle, jsonld, nt or rdfxml. With
--endpoint a store answers, from the graph that `load` fills; secrets are given as to `load`.

Examples:
  milia-onto query 'SELECT ?kind WHERE { ?kind rdfs:subClassOf MILIA:0000013 }'
  milia-onto query question.rq --format csv
  milia-onto query --list
  milia-onto query cause-and-cure
  milia-onto query cause-and-cure --endpoint http://localhost:3030/ds
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from milia_onto.cli.arguments import add_secret_traps, seconds
from milia_onto.cli.streams import visible
from milia_onto.model.layout import CONTEXT, MANIFEST, NTRIPLES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    import pyoxigraph as ox

FORMS = ("table", "csv", "tsv", "json", "xml", "turtle", "jsonld", "nt", "rdfxml")
SUGGESTIONS = 5
TEXTS = (".rq", ".sparql")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``query``."""
    parser.add_argument(
        "query",
        nargs="?",
        metavar="QUERY-or-FILE.rq",
        help="the query; a file that holds it, as text (.rq) or as sh:SPARQLExecutable (.ttl); "
        "the name of a query of the release; or - for standard input",
    )
    parser.add_argument(
        "--list", action="store_true", help="list the queries of the release: name and question"
    )
    parser.add_argument(
        "--data",
        metavar="FILE",
        nargs="+",
        action="extend",
        help="RDF files to ask instead of the release",
    )
    parser.add_argument(
        "--endpoint", metavar="URL", help="a store to ask instead, by any address that load takes"
    )
    parser.add_argument(
        "--graph",
        metavar="IRI",
        help="the graph of the store to ask (default: the one of this version if it is there, "
        "else the default graph of the store)",
    )
    parser.add_argument("--user", metavar="NAME", help="who we are to the store")
    add_secret_traps(parser)
    parser.add_argument("--format", choices=FORMS, help="the form of the result")
    parser.add_argument(
        "--time-limit",
        type=seconds,
        default=60.0,
        metavar="SECONDS",
        help="how long the query may take (default: 60)",
    )


def run(args: argparse.Namespace) -> int:
    """Print the result of the query, or of the list of queries.

    Raises UsageError where the call contradicts itself or the query is refused.
    """
    from milia_onto.model.errors import UsageError

    _check_call(args)
    try:
        return _answer(args)
    except UsageError as error:
        # The engine speaks of the text alone, whatever file it came from.
        place = error.place or (args.query if _is_file(args.query) else "")
        raise UsageError(error.message, place=place, fix=error.fix) from None


def _answer(args: argparse.Namespace) -> int:
    from milia_onto.edges import query as engine
    from milia_onto.edges.isolated import isolated
    from milia_onto.edges.locate import find_release, rdf_file, read_bytes
    from milia_onto.model.errors import UsageError
    from milia_onto.publish.lookup import prefixes_of
    from milia_onto.publish.sparql_text import problem
    from milia_onto.publish.stored_query import LISTING

    folder = find_release()
    prefixes = prefixes_of(read_bytes(folder / CONTEXT))
    data = args.data or [str(folder / NTRIPLES)]
    if args.list:
        text, data = LISTING, _shipped(folder)
    else:
        text, declared = _question(args.query, folder)
        prefixes |= declared
    wrong = problem(text, prefixes)
    if wrong:
        raise UsageError(wrong, fix=engine.OTHERWISE)
    if args.endpoint:
        sys.stdout.buffer.write(_remote(args, text, prefixes, folder))
        return 0
    engine.check_graphs(text, prefixes)
    files = list(map(rdf_file, data))

    def work() -> bytes:
        store = engine.load(files)
        return engine.answer(
            store, text, args.format, prefixes, lambda found: table(found, prefixes)
        )

    sys.stdout.buffer.write(isolated(work, args.time_limit))
    return 0


def _check_call(args: argparse.Namespace) -> None:
    """Raise UsageError for arguments that do not go together."""
    from milia_onto.model.errors import UsageError

    if args.query is None and not args.list:
        if args.data:
            message = f"nothing to ask: --data takes all that follows, also “{args.data[-1]}”"
            raise UsageError(message, fix="say the query before --data")
        fix = "say a query, its file, the name of a query of the release, or --list"
        raise UsageError("nothing to ask", fix=fix)
    if args.query is not None and args.list:
        raise UsageError("--list takes no query", fix="say one of the two")
    if not args.endpoint and (args.graph or args.user):
        raise UsageError("--graph and --user are for --endpoint", fix="name a store")
    if args.endpoint and (args.list or args.data):
        raise UsageError("--endpoint takes no --list and no --data", fix="ask one at a time")


def _remote(args: argparse.Namespace, text: str, prefixes: dict[str, str], folder: Path) -> bytes:
    """What a store answers, in the form asked for."""
    from milia_onto.edges import remote_query
    from milia_onto.edges.credentials import credentials_for
    from milia_onto.edges.http import Client
    from milia_onto.edges.locate import read_bytes
    from milia_onto.load.address import checked, checked_graph, host_of
    from milia_onto.load.detect import query_service
    from milia_onto.publish.manifest import stated

    def in_table(found: ox.QuerySolutions) -> str:
        return table(found, prefixes)

    endpoint = checked(args.endpoint)
    credentials = credentials_for(host_of(endpoint), args.user)
    query = remote_query.prepared(text, args.format, prefixes, in_table, args.time_limit)
    with Client(credentials, args.time_limit) as client:
        address = query_service(client, endpoint)
        if args.graph:
            graph = checked_graph(args.graph)
        else:
            manifest = read_bytes(folder / MANIFEST)
            version = checked_graph(stated(manifest, "versionIRI"))
            graph = remote_query.graph_to_ask(client, address, query, version)
        return remote_query.answer(
            client, address, query, args.format, prefixes, in_table, graph=graph
        )


def _shipped(folder: Path) -> list[str]:
    return sorted(map(str, (folder / "queries").glob("*.ttl")))


def _is_file(asked: str | None) -> bool:
    """Whether a query is in a file: only DESCRIBE needs no brace, and ends in no file name."""
    from milia_onto.model.formats import format_of_path

    if asked is None or "{" in asked:
        return False
    return asked.endswith(TEXTS) or format_of_path(asked) is not None


def _question(asked: str, folder: Path) -> tuple[str, dict[str, str]]:
    """The text of a query and the prefixes that came with it, however it was asked for."""
    from milia_onto.edges.locate import read_text

    if asked == "-" or asked.endswith(TEXTS):
        return read_text(asked), {}
    if re.fullmatch(r"[\w-]+", asked):
        asked = _named(asked, folder)
    if _is_file(asked):
        from milia_onto.edges.read_rdf import read_graph
        from milia_onto.publish.stored_query import stored_query

        return stored_query(read_graph([asked])[0], asked)
    return asked, {}


def _named(name: str, folder: Path) -> str:
    """The file of a query of the release. Raises UsageError with the names that look like it."""
    from difflib import get_close_matches

    from milia_onto.model.errors import UsageError

    known = {Path(path).stem: path for path in _shipped(folder)}
    if name in known:
        return known[name]
    alike = [other for other in known if name in other] + get_close_matches(name, known)
    instead = ", ".join(list(dict.fromkeys(alike))[:SUGGESTIONS])
    fix = f"did you mean {instead}?" if instead else "list them with --list"
    raise UsageError(f"no query is called “{name}”", fix=fix)


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
    return visible(" ".join(value.split()))
