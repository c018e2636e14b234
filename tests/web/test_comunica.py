"""Comunica as a client of the endpoint: every question of the release, against the store itself."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from milia_onto.site.editor import editor_data

if TYPE_CHECKING:
    from collections.abc import Callable

    from milia_onto.model.values import Release

pytestmark = pytest.mark.needs("node", "web")


def term(value: Any) -> tuple[str, ...]:
    """A term as comunica.mjs writes it."""
    if isinstance(value, ox.NamedNode):
        return ("NamedNode", value.value)
    if isinstance(value, ox.BlankNode):
        return ("BlankNode", "")
    return ("Literal", value.value, value.language or "", value.datatype.value)


def row(value: Any) -> str:
    """A row, comparable whatever the order of its variables."""
    return json.dumps(value, sort_keys=True)


def of_store(result: Any) -> Any:
    if isinstance(result, ox.QueryBoolean):
        return bool(result)
    if isinstance(result, ox.QueryTriples):
        return Counter(row([term(t) for t in (x.subject, x.predicate, x.object)]) for x in result)
    names = [variable.value for variable in result.variables]
    found = ([(n, x[n]) for n in names if x[n] is not None] for x in result)
    return Counter(row({name: term(value) for name, value in pairs}) for pairs in found)


def test_comunica_gets_the_rows_of_the_store(
    node: Callable[..., Any], server: str, release: Release, store: ox.Store
) -> None:
    examples = json.loads(editor_data(release))["examples"]
    queries = {example["name"]: example["query"] for example in examples}
    assert len(queries) > 130
    answers = node("comunica.mjs", f"{server}/sparql", given=json.dumps(queries))
    assert list(answers) == list(queries)
    for name, query in queries.items():
        got = answers[name]
        rows = got if isinstance(got, bool) else Counter(map(row, got))
        assert rows == of_store(store.query(query)), name
        assert rows or rows is False, name
