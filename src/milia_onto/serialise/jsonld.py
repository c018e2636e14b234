"""JSON-LD for web developers: one object a term, short keys, the context inline.

Written term by term with the published context; no library compacts 10 000 triples in less than
seconds, and framing multiplies the file (JSON-LD 1.1 Compaction, 6). The tests hold the result
against pyld and against the N-Triples.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode

from milia_onto.model import namespaces as ns
from milia_onto.serialise import context as ctx
from milia_onto.serialise.tree import ListValue, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from milia_onto.model.prefixes import Prefixes
    from milia_onto.serialise.context import Key
    from milia_onto.serialise.tree import Forest, Value

XSD = ns.NAMESPACES["xsd"]
BOOLEANS = {"true": True, "false": False}


class JsonLdWriter:
    """Turns nodes into JSON objects under the context."""

    def __init__(self, prefixes: Prefixes) -> None:
        self.prefixes = prefixes
        self.keys = ctx.keys_by_iri()
        self.types = {ctx.ns_iri(curie): name for name, curie in ctx.TYPES.items()}
        self.ranks = {name: n for n, name in enumerate(["id", "type", *(k.name for k in ctx.KEYS)])}

    def name(self, node: NamedNode) -> str:
        """A compact IRI where the prefix map gives one (JSON-LD 1.1, 4.1.5), else the IRI."""
        curie = self.prefixes.compress(node.value)
        return curie if curie and not curie.partition(":")[2].startswith("//") else node.value

    def node(self, node: Node) -> dict[str, Any]:
        """A node as a JSON object, keys in the order of the table, then the rest by name."""
        found: dict[str, list[Value]] = {}
        for predicate, value in node.pairs:
            found.setdefault(predicate.value, []).append(value)
        types = found.pop(ns.RDF_TYPE.value, [])
        out: dict[str, Any] = {"id": self.name(node.name)} if node.name else {}
        if types:
            names = sorted(self.types.get(t.value, self.name(t)) for t in types)  # type: ignore[union-attr,arg-type]
            out["type"] = names[0] if len(names) == 1 else names
        body = dict(item for iri, values in found.items() for item in self.pairs(iri, values))
        ordered = sorted(body, key=lambda name: (self.ranks.get(name, len(self.ranks)), name))
        out |= {name: body[name] for name in ordered}
        if node.annotations:
            out[ctx.ANNOTATIONS] = self.annotations(node)
        return out

    def annotations(self, node: Node) -> list[dict[str, Any]]:
        """Annotations of the term's axioms; the term itself is the reverse side of the key."""
        bodies = []
        for axiom in node.annotations:
            pairs = [p for p in axiom.pairs if p[0] != ns.OWL_ANNOTATED_SOURCE]
            bodies.append(self.node(Node(axiom.name, pairs)))
        return sorted(bodies, key=_text)

    def pairs(self, iri: str, values: list[Value]) -> Iterable[tuple[str, Any]]:
        """The JSON member or members that carry all values of one property."""
        key = self.keys.get(iri)
        if key is None:
            objects = sorted((self.plain(value) for value in values), key=_text)
            yield self.name(NamedNode(iri)), _one(objects)
        elif key.holds == "languages":
            yield from self.by_language(key, values)
        elif key.holds == "list":
            if len(values) == 1 and isinstance(values[0], ListValue):
                yield key.name, [self.reference(member) for member in values[0].members]
            else:
                # Under the key, whose container is a list, they would be lists in a list.
                yield key.curie, _one(sorted(map(self.plain, values), key=_text))
        else:
            objects = sorted((self.under(key, value) for value in values), key=_text)
            yield key.name, objects if key.holds in {"iris", "texts"} else _one(objects)

    def by_language(self, key: Key, values: list[Value]) -> Iterable[tuple[str, Any]]:
        """A language map (JSON-LD 1.1, 4.6.2); what is no language-tagged text goes elsewhere."""
        texts: dict[str, list[str]] = {}
        others = []
        for value in values:
            if isinstance(value, Literal) and value.language:
                texts.setdefault(value.language, []).append(value.value)
            else:
                others.append(self.plain(value))
        if texts:
            yield key.name, {tag: _one(sorted(texts[tag])) for tag in sorted(texts)}
        if others:
            yield key.curie, _one(sorted(others, key=_text))

    def under(self, key: Key, value: Value) -> Any:
        """A value under a key: the short form the key's coercion allows, else the full one."""
        if not isinstance(value, Literal):
            return self.reference(value) if key.holds in {"iri", "iris"} else self.plain(value)
        if key.holds == "english" and value.language == "en":
            return value.value
        datatype = ctx.ns_iri(key.datatype) if key.datatype else XSD + "string"
        if key.holds in {"text", "texts", "any"} and not value.language:
            if value.datatype.value == datatype == XSD + "boolean" and value.value in BOOLEANS:
                return BOOLEANS[value.value]
            if value.datatype.value == datatype:
                return value.value
        return self.plain(value)

    def reference(self, value: Value) -> Any:
        """A value where a node is expected: its name alone, or the node itself."""
        return self.name(value) if isinstance(value, NamedNode) else self.plain(value)

    def plain(self, value: Value) -> Any:
        """A value with nothing taken for granted (JSON-LD 1.1, 9.3 node and 9.5 value objects)."""
        if isinstance(value, NamedNode):
            return {"id": self.name(value)}
        if isinstance(value, ListValue):
            return {"@list": [self.plain(member) for member in value.members]}
        if isinstance(value, Node):
            return self.node(value)
        if value.language:
            return {"@value": value.value, "@language": value.language}
        if value.datatype.value == XSD + "string":
            return {"@value": value.value}
        return {"@value": value.value, "@type": self.name(value.datatype)}


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _text(value: Any) -> str:
    return (
        value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    )


def jsonld(forest: Forest, prefixes: Prefixes) -> bytes:
    """The graph as JSON-LD with its context inline."""
    return document({"@context": ctx.context(prefixes), "@graph": _nodes(forest, prefixes)})


def compact_document(forest: Forest, prefixes: Prefixes) -> bytes:
    """The same with no more of the context than the graph needs: for small documents."""
    nodes = _nodes(forest, prefixes)
    whole, needed = _whole_context(prefixes)
    used = _words(nodes)
    used = used.union(*(needed[name] for name in used & needed.keys()))
    kept = {k: v for k, v in whole.items() if k in used or k in {"@version", "id", "type"}}
    return document({"@context": kept, "@graph": nodes})


@lru_cache(maxsize=1)
def _whole_context(prefixes: Prefixes) -> tuple[Mapping[str, Any], Mapping[str, set[str]]]:
    """The context, and for each of its names what else that needs of it: its prefix."""
    whole = ctx.context(prefixes)
    return whole, {name: _words(entry) for name, entry in whole.items()}


@lru_cache(maxsize=1)
def _writer(prefixes: Prefixes) -> JsonLdWriter:
    return JsonLdWriter(prefixes)


def _nodes(forest: Forest, prefixes: Prefixes) -> list[dict[str, Any]]:
    writer = _writer(prefixes)
    nodes = [writer.node(node) for node in forest.named]
    return nodes + sorted((writer.node(node) for node in forest.loose), key=_text)


def _words(value: Any) -> set[str]:
    """Every key, every text and the part of each before its colon: what a context may define."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            found.add(each)
        elif isinstance(each, list):
            waiting += each
        elif isinstance(each, dict):
            found.update(each)
            waiting += each.values()
    return found | {word.partition(":")[0] for word in found}


def terms_document(whole: bytes) -> bytes:
    """The terms alone out of a JSON-LD document of ours: what a quick look-up needs.

    Classes without the annotations of their axioms, and the label of each mapping's object.
    """
    found = json.loads(whole)
    nodes = [_term(node) for node in found["@graph"] if _is_term(node)]
    nodes += [
        {key: node[key] for key in ("id", "type", "object_id", "object_label") if key in node}
        for node in found["@graph"]
        if "Mapping" in node.get("type", ())
    ]
    text = json.dumps({"@context": found["@context"], "@graph": nodes}, ensure_ascii=False)
    return (text + "\n").encode()


def _is_term(node: dict[str, Any]) -> bool:
    types = node.get("type", "")
    return "id" in node and "Class" in ([types] if isinstance(types, str) else types)


def _term(node: dict[str, Any]) -> dict[str, Any]:
    left_out = {ctx.ANNOTATIONS, "skosDefinition", "definitionSource", "isDefinedBy"}
    return {key: value for key, value in node.items() if key not in left_out}


def context_document(prefixes: Prefixes) -> bytes:
    """``context.jsonld``: the context alone (JSON-LD 1.1, 9.15 context definitions)."""
    return document({"@context": ctx.context(prefixes)})


def document(value: Any) -> bytes:
    """JSON for reading and for diffs: one member a line, UTF-8, a final line end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
