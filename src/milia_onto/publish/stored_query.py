"""The SPARQL query that an RDF file holds as ``sh:SPARQLExecutable`` (SHACL-AF, 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from milia_onto.model.errors import ContentError
from milia_onto.model.namespaces import named

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMS = [named(f"sh:{form}") for form in ("select", "ask", "construct")]
DECLARE, PREFIX, NAMESPACE = map(named, ("sh:declare", "sh:prefix", "sh:namespace"))
# What --list asks of the shipped queries: the name to ask by, and the question.
LISTING = """SELECT ?name ?question WHERE {
  ?query a sh:SPARQLExecutable ; rdfs:comment ?question .
  BIND(REPLACE(STR(?query), "^.*/", "") AS ?name)
} ORDER BY ?name"""


def stored_query(triples: Iterable[ox.Triple], place: str) -> tuple[str, dict[str, str]]:
    """The text of the one query among ``triples``, and the prefixes declared with it.

    Prefixes are those of sh:declare (SHACL, 5.2.1). Raises ContentError where there is no query,
    or more than one.
    """
    known = list(triples)
    texts = [
        t.object.value for t in known if t.predicate in FORMS if isinstance(t.object, ox.Literal)
    ]
    if len(texts) != 1:
        message = f"holds {len(texts)} queries" if texts else "holds no query"
        fix = "give it one sh:select, sh:ask or sh:construct"
        raise ContentError(message, place=place, fix=fix)
    values = {(t.subject, t.predicate): t.object for t in known}
    prefixes = {
        prefix.value: namespace.value
        for declaration in {t.object for t in known if t.predicate == DECLARE}
        if isinstance(declaration, ox.BlankNode | ox.NamedNode)
        if isinstance(prefix := values.get((declaration, PREFIX)), ox.Literal)
        if isinstance(namespace := values.get((declaration, NAMESPACE)), ox.Literal)
    }
    return texts[0], prefixes
