"""A SPARQL query over files: from RDF and a query to the bytes of a result."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from typing import TYPE_CHECKING

import pyoxigraph as ox

from milia_onto.edges.isolated import isolated
from milia_onto.edges.wellformed import check_complete
from milia_onto.model.errors import ContentError, UsageError
from milia_onto.model.formats import BY_NAME
from milia_onto.model.layout import CONTEXT, NTRIPLES
from milia_onto.publish.lookup import prefixes_of
from milia_onto.publish.sparql_errors import explained, no_graph
from milia_onto.publish.sparql_exists import with_exists_ordered
from milia_onto.publish.sparql_text import RefusedError, outline, problem, with_columns
from milia_onto.publish.sparql_xml import UnwritableError, checked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from milia_onto.model.formats import Format
    from milia_onto.model.values import Release

OTHERWISE = "ask a SPARQL 1.1 query"
SOLUTIONS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


def load(
    files: Sequence[tuple[str, bytes, Format]],
    graphs: Sequence[tuple[str, tuple[str, bytes, Format]]] = (),
) -> ox.Store:
    """A store of the default graph of each file (name, bytes, syntax); ``graphs`` are named.

    Raises ContentError.
    """
    store = ox.Store()
    nodes: list[ox.DefaultGraph | ox.NamedNode] = [ox.DefaultGraph()] * len(files)
    nodes += [ox.NamedNode(iri) for iri, _ in graphs]
    for graph, (name, data, form) in zip(
        nodes, [*files, *(file for _, file in graphs)], strict=True
    ):
        check_complete(name, data, form)
        syntax = ox.RdfFormat.from_media_type(form.media_type)
        try:
            # Not bulk_load: it takes 40 % more memory, and queries are slower over what it leaves.
            store.load(data, format=syntax, to_graph=graph)
        except SyntaxError as error:
            line = f":{error.lineno}" if error.lineno else ""
            message = f"cannot be read: {error.msg}"
            raise ContentError(message, place=f"{name}{line}", fix="correct it there") from None
    return store


def answer(
    store: ox.Store,
    query: str,
    form: str | None,
    prefixes: dict[str, str],
    table: Callable[[ox.QuerySolutions], str],
) -> bytes:
    """The result of a query in ``form``; None is a table, or Turtle for a graph.

    ``table`` renders solutions for people. Raises UsageError where the engine refuses the query,
    and where the form does not fit the kind of query.
    """
    try:
        result = run(store, query, prefixes)
    except RefusedError as refused:
        raise UsageError(str(refused), fix=OTHERWISE) from None
    if isinstance(result, ox.QueryTriples):
        return graph_as(result, form, prefixes)
    return solutions_as(result, form, table)


def graph_as(triples: Iterable[ox.Triple], form: str | None, prefixes: dict[str, str]) -> bytes:
    """The triples in ``form``; None is Turtle. Raises UsageError where it cannot say them."""
    name = form or "turtle"
    if name not in GRAPHS:
        fix = f"use one of {', '.join(GRAPHS)}"
        raise UsageError(f"a graph cannot be written as {name}", fix=fix)
    named = prefixes if name in {"turtle", "rdfxml"} else None
    data = ox.serialize(triples, format=GRAPHS[name], prefixes=named) or b""
    return _xml(data) if name == "rdfxml" else data


def solutions_as(
    result: ox.QuerySolutions | ox.QueryBoolean,
    form: str | None,
    table: Callable[[ox.QuerySolutions], str],
) -> bytes:
    """The solutions, or yes or no, in ``form``; None is a table. Raises UsageError likewise."""
    if form is None or form == "table":
        if isinstance(result, ox.QueryBoolean):
            return b"yes\n" if result else b"no\n"
        return table(result).encode()
    if form not in SOLUTIONS:
        fix = f"use one of table, {', '.join(SOLUTIONS)}"
        raise UsageError(f"solutions cannot be written as {form}", fix=fix)
    sink = io.BytesIO()
    result.serialize(sink, format=SOLUTIONS[form])
    return _xml(sink.getvalue()) if form == "xml" else sink.getvalue()


def _xml(data: bytes) -> bytes:
    try:
        return checked(data)
    except UnwritableError as error:
        fix = "use another --format"
        raise UsageError(f"the result cannot be written as XML: {error}", fix=fix) from None


def run(
    store: ox.Store,
    query: str,
    prefixes: dict[str, str],
    default_graph: Sequence[ox.NamedNode] | None = None,
    named_graphs: Sequence[ox.NamedNode] | None = None,
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """The result of a query, the columns of ``SELECT *`` as they first appear in it.

    Raises RefusedError with the place in the query as it was given, and what else the engine
    raises.
    """
    try:
        return _run(store, query, prefixes, default_graph, named_graphs)
    except SyntaxError as error:
        raise explained(query, error.msg) from None


def _run(
    store: ox.Store,
    query: str,
    prefixes: dict[str, str],
    default_graph: Sequence[ox.NamedNode] | None,
    named_graphs: Sequence[ox.NamedNode] | None,
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    # The engine reads anew, for each query, every namespace that it is given.
    used = {prefix: iri for prefix, iri in prefixes.items() if f"{prefix}:" in query}

    def ask(text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        return store.query(
            text,
            prefixes=used,
            default_graph=list(default_graph) if default_graph is not None else None,
            named_graphs=list(named_graphs) if named_graphs is not None else None,
        )

    named = in_order(query, prefixes)
    ordered = with_exists_ordered(named)
    if ordered != named:
        with suppress(SyntaxError):
            return ask(ordered)
    return ask(named)


def check_graphs(query: str, prefixes: dict[str, str]) -> None:
    """Raise UsageError for a query of graphs by name: files and releases are asked as one graph."""
    told = outline(query, prefixes)
    for graph in (*told.default_graphs, *told.named_graphs):
        raise UsageError(no_graph(graph), fix="leave out FROM, or ask an --endpoint that has it")


def in_order(query: str, prefixes: dict[str, str]) -> str:
    """The query, the columns of ``SELECT *`` named as they first appear: the engine sorts them."""
    return with_columns(query, lambda: _in_scope(query, prefixes))


def _in_scope(query: str, prefixes: dict[str, str]) -> list[str]:
    # Over no data it costs nothing to learn which variables a query gives.
    columns = ox.Store().query(query, prefixes=prefixes)
    if not isinstance(columns, ox.QuerySolutions):
        return []
    return [variable.value for variable in columns.variables]


def ask(release: Release, query: str, *, limit: float = 60.0) -> list[dict[str, str]]:
    """The solutions of a SELECT query over a release: a value for each bound variable.

    IRIs and literals are given as their text. Raises UsageError for what is no SELECT query,
    LimitError where it takes longer than ``limit`` seconds.
    """
    data, prefixes = release.files[NTRIPLES], prefixes_of(release.files[CONTEXT])
    wrong = problem(query, prefixes)
    if wrong:
        raise UsageError(wrong, fix=OTHERWISE)
    form = outline(query, prefixes).form
    if form != "SELECT":
        raise UsageError(f"{form} gives no solutions", fix="ask a SELECT query")
    check_graphs(query, prefixes)

    def work() -> bytes:
        store = load([(NTRIPLES, data, BY_NAME["nt"])])
        return answer(store, query, "json", prefixes, str)

    found = json.loads(isolated(work, limit))
    return [
        {name: cell["value"] for name, cell in row.items()} for row in found["results"]["bindings"]
    ]
