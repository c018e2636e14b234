"""What the SPARQL editor reads: prefixes, the questions of the release, names and their counts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from milia_onto.model.layout import CONTEXT, NTRIPLES
from milia_onto.model.namespaces import NAMESPACES, OWN
from milia_onto.publish.lookup import prefixes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.model.values import Release

EDITOR_DATA = "assets/editor.json"

_EXAMPLES = """
SELECT ?query ?label ?question ?theme ?keywords ?text WHERE {
  ?query a sh:SPARQLExecutable ;
    rdfs:label ?label ;
    rdfs:comment ?question ;
    schema:about ?theme ;
    schema:keywords ?keywords ;
    sh:select|sh:ask|sh:construct|sh:describe ?text .
}
ORDER BY ?theme ?question
"""
_CLASSES = """
SELECT ?name ?count ?property ?used WHERE {
  ?dataset void:classPartition ?partition .
  ?partition void:class ?name ; void:entities ?count .
  OPTIONAL { ?partition void:propertyPartition [ void:property ?property ; void:triples ?used ] . }
}
ORDER BY ?name ?property
"""
_PROPERTIES = """
SELECT ?name ?count WHERE {
  ?dataset a dcat:Dataset ; void:propertyPartition [ void:property ?name ; void:triples ?count ] .
}
ORDER BY ?name
"""
_LABELS = """
SELECT ?name ?label WHERE { ?name rdfs:label ?label FILTER(LANG(?label) IN ("", "en")) }
ORDER BY ?name ?label
"""
_TERMS = """
SELECT DISTINCT ?name WHERE {
  ?name a owl:Class ; rdfs:label ?label .
  FILTER NOT EXISTS { ?name owl:deprecated true }
}
ORDER BY ?name
"""
_PREFIXES = {**NAMESPACES, "schema": "https://schema.org/"}


def editor_data(release: Release) -> bytes:
    """The JSON of ``EDITOR_DATA``, the same bytes for the same release.

    ``prefixes`` maps prefix to namespace; ``examples`` are the release's queries by theme;
    ``classes`` (with the counts of their properties), ``properties`` and ``terms`` are rows of
    IRI, label and, where VoID counts it, number.
    """
    graph = _store((release.files[NTRIPLES], ox.RdfFormat.N_TRIPLES))
    void = _store((release.files["void.ttl"], ox.RdfFormat.TURTLE))
    labels = {row["name"].value: row["label"].value for row in _rows(graph, _LABELS)}
    used: dict[str, dict[str, int]] = {}
    counts: dict[str, int] = {}
    for row in _rows(void, _CLASSES):
        name = row["name"].value
        counts[name] = int(row["count"].value)
        own = used.setdefault(name, {})
        if row["property"] is not None:
            own[row["property"].value] = int(row["used"].value)
    data: dict[str, Any] = {
        "base": OWN,
        "prefixes": dict(sorted(prefixes_of(release.files[CONTEXT]).items())),
        "examples": list(_examples(release)),
        "classes": [[iri, labels.get(iri, ""), n, used[iri]] for iri, n in counts.items()],
        "properties": [
            [row["name"].value, labels.get(row["name"].value, ""), int(row["count"].value)]
            for row in _rows(void, _PROPERTIES)
        ],
        "terms": [[row["name"].value, labels[row["name"].value]] for row in _rows(graph, _TERMS)],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _examples(release: Release) -> Iterator[dict[str, str]]:
    """The queries of the release: name, label, question, theme, keywords, text."""
    files = [data for path, data in release.files.items() if path.startswith("queries/")]
    store = _store(*((data, ox.RdfFormat.TURTLE) for data in files))
    for row in _rows(store, _EXAMPLES):
        yield {
            "name": row["query"].value.rsplit("/", 1)[-1],
            "label": row["label"].value,
            "question": row["question"].value,
            "theme": row["theme"].value,
            "keywords": row["keywords"].value,
            "query": row["text"].value,
        }


def _store(*files: tuple[bytes, ox.RdfFormat]) -> ox.Store:
    """A store of these files."""
    store = ox.Store()
    for data, form in files:
        store.load(data, format=form)
    return store


def _rows(store: ox.Store, query: str) -> Iterator[Any]:
    """The solutions of a SELECT that may use the prefixes above."""
    return iter(store.query(query, prefixes=_PREFIXES))  # type: ignore[arg-type]
