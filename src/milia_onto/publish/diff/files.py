"""The files of two releases: which there are, and the names that programs rely on in them."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from milia_onto.model import namespaces as ns
from milia_onto.model.layout import CONTEXT
from milia_onto.publish.diff.changes import by_name, unreadable
from milia_onto.stages.canonical import relabel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.model.values import Release
    from milia_onto.publish.diff.changes import Change

TABLES, SHAPES = "tables/datapackage.json", "milia.shapes.ttl"
SELECT, ASK, CONSTRUCT = (ns.named(f"sh:{name}") for name in ("select", "ask", "construct"))


def file_changes(old: Release, new: Release) -> Iterator[Change]:
    """What changed in which files there are, in columns, JSON-LD names, shapes and queries.

    Raises ContentError where one of these files cannot be read.
    """
    yield from by_name("file", dict.fromkeys(old.files, ""), dict.fromkeys(new.files, ""))
    yield from by_name("context", _context(old), _context(new), CONTEXT)
    before, after = _columns(old), _columns(new)
    for table in sorted({*before} & {*after}):
        yield from by_name("column", before[table], after[table], table)
    yield from by_name("shape", _described(old, SHAPES), _described(new, SHAPES))
    queries = _queries(old), _queries(new)
    for path in sorted({*queries[0]} & {*queries[1]}):
        # Which there are is told as files already.
        if queries[0][path] != queries[1][path]:
            yield from by_name("query", {path: queries[0][path]}, {path: queries[1][path]})


def _json(release: Release, path: str) -> Any:
    try:
        return json.loads(release.files.get(path, b"{}"))
    except (ValueError, RecursionError) as error:
        raise unreadable(path, error) from None


def _context(release: Release) -> dict[str, str]:
    """The names of the context, each with what it stands for."""
    found = _json(release, CONTEXT)
    names = found.get("@context", {}) if isinstance(found, dict) else {}
    return {name: json.dumps(value, sort_keys=True) for name, value in dict(names).items()}


def _columns(release: Release) -> dict[str, dict[str, str]]:
    """The columns of each table by its path, each with its type."""
    try:
        return {
            f"tables/{table['path']}": {
                field["name"]: str(field["type"]) for field in table["schema"]["fields"]
            }
            for table in _json(release, TABLES).get("resources", ())
        }
    except (AttributeError, KeyError, TypeError) as error:
        raise unreadable(TABLES, error) from None


def _described(release: Release, path: str) -> dict[str, frozenset[str]]:
    """Each named subject of a Turtle file with all that is said of it, blank nodes included."""
    owned: defaultdict[str, set[str]] = defaultdict(set)
    inner: defaultdict[ox.BlankNode, list[ox.Triple]] = defaultdict(list)
    triples = relabel(_triples(release, path))
    for triple in triples:
        if isinstance(triple.subject, ox.BlankNode):
            inner[triple.subject].append(triple)
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode):
            waiting = [triple]
            while waiting:
                each = waiting.pop()
                owned[triple.subject.value].add(str(each))
                if isinstance(each.object, ox.BlankNode):
                    waiting += inner[each.object]
    return {name: frozenset(said) for name, said in owned.items()}


def _queries(release: Release) -> dict[str, frozenset[str]]:
    """The texts of the queries by path."""
    return {
        path: frozenset(
            t.object.value
            for t in _triples(release, path)
            if t.predicate in {SELECT, ASK, CONSTRUCT} and isinstance(t.object, ox.Literal)
        )
        for path in release.files
        if path.startswith("queries/") and path.endswith(".ttl")
    }


def _triples(release: Release, path: str) -> list[ox.Triple]:
    data = release.files.get(path, b"")
    try:
        return [quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise unreadable(path, error) from None
