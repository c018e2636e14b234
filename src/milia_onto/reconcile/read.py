"""Reads what a client asks: query batches and data extension queries (Reconciliation API 0.2).

Everything is checked before anything is answered; what does not fit raises ``WrongError``.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

MOST_QUERIES = 100
MOST_IDS = 500
MOST_PROPERTIES = 50
MOST_IN_BATCH = 2000
MOST_LETTERS = 1000
MOST_CANDIDATES = 50
CANDIDATES = 10
STRICTNESS = ("any", "should", "all")
FIELDS = {"query", "type", "limit", "properties", "type_strict"}


class WrongError(ValueError):
    """A request that cannot be answered: the HTTP status and why."""

    def __init__(self, detail: str, status: int = 400) -> None:
        super().__init__(detail)
        self.detail = detail
        self.status = status


class Query(NamedTuple):
    """One reconciliation query (5.1)."""

    text: str
    types: tuple[str, ...]
    limit: int
    properties: tuple[tuple[str, tuple[str, ...]], ...]
    strictness: str


class Extension(NamedTuple):
    """A data extension query (8.3)."""

    ids: tuple[str, ...]
    properties: tuple[str, ...]


def _object(text: str, what: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise WrongError(f"{what} is no JSON") from None
    if not isinstance(found, dict):
        raise WrongError(f"{what} is no JSON object")
    return found


def batch(text: str) -> dict[str, Query]:
    """The queries of a batch by their keys, in their order.

    Raises WrongError: 413 for more than 100 queries or 2000 properties in all, 400 for what is no
    query.
    """
    found = _object(text, "queries")
    if len(found) > MOST_QUERIES:
        raise WrongError(f"{len(found)} queries were sent; send at most {MOST_QUERIES}", 413)
    queries = {key: _query(key, value) for key, value in found.items()}
    properties = sum(len(query.properties) for query in queries.values())
    if properties > MOST_IN_BATCH:
        told = f"the queries have {properties} properties; send at most {MOST_IN_BATCH} at once"
        raise WrongError(told, 413)
    return queries


def _query(key: str, value: Any) -> Query:
    where = f"query “{key[:40]}”"
    if not isinstance(value, dict) or not set(value) <= FIELDS:
        raise WrongError(f"{where} is no object of the fields {', '.join(sorted(FIELDS))}")
    text = value.get("query", "")
    if not isinstance(text, str) or len(text) > MOST_LETTERS:
        raise WrongError(f"{where}: query is no text of at most {MOST_LETTERS} letters")
    properties = _properties(where, value.get("properties", []))
    if not text.strip() and not properties:
        raise WrongError(f"{where} has neither a query nor properties")
    limit = value.get("limit", CANDIDATES)
    if isinstance(limit, bool) or not isinstance(limit, int | float) or not limit >= 1:
        raise WrongError(f"{where}: limit is no positive number")
    strictness = value.get("type_strict", "any")
    if strictness not in STRICTNESS:
        raise WrongError(f"{where}: type_strict is none of {', '.join(STRICTNESS)}")
    types = value.get("type", [])
    types = [types] if isinstance(types, str) else types
    wanted = _texts(f"{where}: type", types)
    return Query(text.strip(), wanted, int(min(limit, MOST_CANDIDATES)), properties, strictness)


def _texts(where: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MOST_IDS:
        raise WrongError(f"{where} is no list of at most {MOST_IDS} texts")
    if not all(isinstance(part, str) for part in value):
        raise WrongError(f"{where} is no list of texts")
    return tuple(value)


def _properties(where: str, value: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(value, list) or len(value) > MOST_PROPERTIES:
        raise WrongError(f"{where}: properties is no list of at most {MOST_PROPERTIES}")
    found = []
    for part in value:
        if not isinstance(part, dict) or not isinstance(part.get("pid"), str) or "v" not in part:
            raise WrongError(f"{where}: a property is no object with pid and v")
        values = part["v"] if isinstance(part["v"], list) else [part["v"]]
        if len(values) > MOST_PROPERTIES:
            raise WrongError(f"{where}: a property has more than {MOST_PROPERTIES} values")
        found.append((part["pid"], tuple(_value(where, item) for item in values)))
    return tuple(found)


def _value(where: str, value: Any) -> str:
    """A property value as text: what an entity is compared by is its identifier."""
    if isinstance(value, dict) and isinstance(value.get("id"), str):
        value = value["id"]
    if not isinstance(value, str | int | float) or len(str(value)) > MOST_LETTERS:
        raise WrongError(f"{where}: a property value is no text, number, boolean or entity")
    return str(value)


def extension(text: str, known: frozenset[str]) -> Extension:
    """A data extension query; ``known`` are the properties there are.

    Raises WrongError where it is malformed or names another property.
    """
    found = _object(text, "extend")
    ids = _texts("ids", found.get("ids"))
    properties = found.get("properties")
    if not isinstance(properties, list) or len(properties) > MOST_PROPERTIES:
        raise WrongError(f"properties is no list of at most {MOST_PROPERTIES}")
    wanted = []
    for part in properties:
        if not isinstance(part, dict) or not isinstance(part.get("id"), str):
            raise WrongError("a property is no object with an id")
        if part["id"] not in known:
            raise WrongError(f"there is no property “{part['id'][:60]}”")
        wanted.append(part["id"])
    return Extension(ids, tuple(dict.fromkeys(wanted)))


def number(text: str, name: str, default: int, least: int) -> int:
    """A whole number out of the address. Raises WrongError where it is none, or below ``least``."""
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < least:
        raise WrongError(f"{name} is no whole number from {least}")
    return int(text)
