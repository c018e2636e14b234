"""The competency queries, what a store answers to one, and when two answers are the same.

Answers are multisets of rows. Terms are compared by what they mean: numbers by value ("1.0" and
"1.00" are one decimal), a literal without a datatype as an xsd:string, language tags without regard
to case (RDF 1.1 Concepts, 3.3). A blank node is equal to any other: no answer joins by one.
"""

from __future__ import annotations

import sys
from collections import Counter
from decimal import Decimal
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pyoxigraph as ox

if TYPE_CHECKING:
    from tests.stores.servers import Store

PROJECT = Path(__file__).resolve().parents[2]
XSD = "http://www.w3.org/2001/XMLSchema#"
EXACT = {"decimal", "integer", "int", "long", "short", "byte", "nonNegativeInteger"}
INEXACT = {"double", "float"}
TIMEOUT = 300.0
JSON = "application/sparql-results+json"

Row = frozenset[tuple[str, tuple[str, ...]]]
Rows = Counter[Row]


class RefusedError(Exception):
    """A store gave no answer to a query."""


def queries() -> list[Any]:
    """All competency queries of the sources, by slug, as tests/queries/record.py reads them."""
    spec = spec_from_file_location("record_of_stores", PROJECT / "tests" / "queries" / "record.py")
    assert spec
    assert spec.loader
    record = module_from_spec(spec)
    sys.modules[spec.name] = record
    spec.loader.exec_module(record)
    files = {f"ontology/queries/{p.name}": p.read_bytes() for p in FOLDER.glob("*.ttl")}
    found: list[Any] = record.read_all(files)
    return found


FOLDER = PROJECT / "ontology" / "queries"


def expected(data: Path) -> dict[str, Rows]:
    """What pyoxigraph answers; tests/queries holds that these are the recorded answers."""
    store = ox.Store()
    store.bulk_load(path=str(data), format=ox.RdfFormat.N_TRIPLES)
    return {query.slug: of_solutions(store.query(query.text)) for query in queries()}


def of_solutions(solutions: Any) -> Rows:
    """The rows of an answer of pyoxigraph."""
    names = [variable.value for variable in solutions.variables]
    return Counter(
        frozenset((name, _term(row[name])) for name in names if row[name] is not None)
        for row in solutions
    )


def _term(term: Any) -> tuple[str, ...]:
    if isinstance(term, ox.NamedNode):
        return ("iri", term.value)
    if isinstance(term, ox.BlankNode):
        return ("blank node",)
    return literal(term.value, term.language or "", term.datatype.value)


def literal(value: str, language: str, datatype: str) -> tuple[str, ...]:
    """A literal by its meaning."""
    if language:
        return ("text", value, language.lower())
    name = datatype.removeprefix(XSD)
    if name in EXACT:
        return ("number", str(Decimal(value).normalize() + 0))
    if name in INEXACT:
        return ("double", str(float(value)))
    if name == "boolean":
        return ("boolean", {"1": "true", "0": "false"}.get(value, value))
    return ("text", value) if name in {"", "string"} else ("literal", value, datatype)


def of_results(found: dict[str, Any]) -> Rows:
    """The rows of SPARQL 1.1 results in JSON."""
    return Counter(
        frozenset((name, _cell(cell)) for name, cell in row.items())
        for row in found["results"]["bindings"]
    )


def _cell(cell: dict[str, str]) -> tuple[str, ...]:
    if cell["type"] == "uri":
        return ("iri", cell["value"])
    if cell["type"] == "bnode":
        return ("blank node",)
    return literal(cell["value"], cell.get("xml:lang", ""), cell.get("datatype", ""))


def ask(client: httpx.Client, store: Store, text: str) -> Rows:
    """What a store answers. Raises RefusedError."""
    parameters = {"query": text, **({"default-graph-uri": store.default} if store.default else {})}
    try:
        reply = client.get(store.query, params=parameters, headers={"Accept": JSON})
    except httpx.HTTPError as error:
        raise RefusedError(f"no answer: {error!r}") from None
    if not reply.is_success:
        raise RefusedError(f"HTTP {reply.status_code}: {' '.join(reply.text.split())[:200]}")
    try:
        return of_results(reply.json())
    except (ValueError, KeyError) as error:
        raise RefusedError(f"no SPARQL result: {error!r}") from None


def client() -> httpx.Client:
    """A client that goes to this machine directly, and waits."""
    return httpx.Client(trust_env=False, timeout=TIMEOUT)
