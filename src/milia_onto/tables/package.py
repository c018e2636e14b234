"""``Products`` to the files of the tables and of the partitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.serialise.jsonld import document
from milia_onto.tables.claims import CLAIMS, EVIDENCE, QUANTITIES, SOURCES
from milia_onto.tables.dictionary import package, page
from milia_onto.tables.graph import Graph
from milia_onto.tables.hierarchy import CLOSURE, EDGES
from milia_onto.tables.mappings import MAPPINGS
from milia_onto.tables.parquet import parquet
from milia_onto.tables.partitions import partitions
from milia_onto.tables.terms import SYNONYMS, TERMS

if TYPE_CHECKING:
    from milia_onto.model.values import Products

TABLES = (
    TERMS,
    SYNONYMS,
    EDGES,
    CLOSURE,
    MAPPINGS,
    CLAIMS,
    QUANTITIES,
    EVIDENCE,
    SOURCES,
)


def files(products: Products, ntriples: bytes) -> dict[str, bytes]:
    """All files below ``tables/`` and ``triples/``.

    ``ntriples`` is the full graph as N-Triples, whose lines the partitions share out.
    Raises ContentError where a cell has two values.
    """
    graph = Graph(products.full, products.prefixes)
    rows = {table: table.rows(graph) for table in TABLES}
    written = {table.name: parquet(table, rows[table]) for table in TABLES}
    found = {f"tables/{name}.parquet": data for name, data in written.items()}
    found["tables/datapackage.json"] = document(package(products.header, rows, written))
    found["tables/README.md"] = page(products.header, rows)
    for kind, lines in partitions(ntriples).items():
        found[f"triples/kind={kind}/part-0.nt"] = lines
    return found
