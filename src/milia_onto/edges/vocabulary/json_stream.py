"""JSON vocabularies, element by element: OBO Graph and FHIR CodeSystem.

``ijson`` reads events, so that a file is never held whole; the few fields that matter are picked
out of the events as they pass, whatever else an element holds. The members of an object have no
order (RFC 8259, 4), so what belongs together is gathered and taken at the object's end.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from milia_onto.edges.vocabulary.source import malformed, opened
from milia_onto.link.record import Name, Record
from milia_onto.model.vocabularies import BY_SYSTEM

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from milia_onto.edges.vocabulary.identifiers import Identifiers

Event = tuple[str, str, Any]
DEPTH = 200
# Events are made for a whole buffer before the first is seen: what is nested too deep would cost
# the square of a large one.
BUFFER = 4096
TEXT = 1 << 20
GRAPH_SCOPES = {
    "hasExactSynonym": "exact",
    "hasBroadSynonym": "broad",
    "hasNarrowSynonym": "narrow",
    "hasRelatedSynonym": "related",
}
REPLACED_BY = "http://purl.obolibrary.org/obo/IAO_0100001"
FLAG = ".valueBoolean"
WITHDRAWN = ("retired", "deprecated", "inactive")
GRAPH_NODE, FHIR_CONCEPT = "graphs.item.nodes.item", "concept.item"


@contextmanager
def events(path: Path) -> Iterator[Iterator[Event]]:
    """The JSON events of a file as prefix, kind and value.

    Raises ContentError where it is not JSON, is nested deeper than 200, or holds a text of
    more than a mebibyte.
    """
    import ijson  # type: ignore[import-untyped]

    with opened(path) as stream:
        try:
            yield _limited(ijson.parse(stream, buf_size=BUFFER), path)
        except (ijson.JSONError, UnicodeDecodeError) as error:
            message = " ".join(str(error).split())[:120]
            raise malformed(path, 0, f"not JSON: {message}", "correct it") from None


def _limited(source: Iterator[Event], path: Path) -> Iterator[Event]:
    depth = 0
    for prefix, kind, value in source:
        if kind in {"start_map", "start_array"}:
            depth += 1
            if depth > DEPTH:
                raise malformed(path, 0, f"the JSON is nested deeper than {DEPTH}", "flatten it")
        elif kind in {"end_map", "end_array"}:
            depth -= 1
        elif kind == "string" and len(value) > TEXT:
            raise malformed(path, 0, f"a text of the JSON is longer than {TEXT} characters")
        yield prefix, kind, value


def _is_whole(held: dict[str, Any], item: str, event: Event) -> bool:
    """Gather in ``held`` the texts and flags of an object at ``item``; true at its end."""
    field, kind, value = event
    if field == item:
        if kind == "start_map":
            held.clear()
        return kind == "end_map"
    if field.startswith(f"{item}.") and kind == ("boolean" if field.endswith(FLAG) else "string"):
        held[field[len(item) + 1 :]] = value
    return False


def read_obograph(path: Path, ids: Identifiers) -> Iterator[Record]:
    """The class nodes of an OBO Graph document."""
    with events(path) as source:
        node: dict[str, Any] = {}
        for prefix, kind, value in source:
            if prefix == GRAPH_NODE and kind == "start_map":
                node = {"names": [], "xrefs": [], "replaced_by": [], "item": {}}
            elif prefix == GRAPH_NODE and kind == "end_map":
                if node.get("type", "CLASS") == "CLASS" and node.get("id"):
                    yield _graph_record(node, ids)
                node = {}
            elif prefix.startswith(GRAPH_NODE):
                _graph_field(node, (prefix[len(GRAPH_NODE) + 1 :], kind, value))


def _graph_field(node: dict[str, Any], event: Event) -> None:
    field, kind, value = event
    item = node["item"]
    if _is_whole(item, "meta.synonyms.item", event):
        if "pred" in item and "val" in item:
            scope = GRAPH_SCOPES.get(item["pred"].rpartition("#")[2], "synonym")
            node["names"].append(Name(item["val"], scope))
    elif _is_whole(item, "meta.basicPropertyValues.item", event):
        if item.get("pred") == REPLACED_BY and item.get("val"):
            node["replaced_by"].append(item["val"])
    elif kind == "boolean" and field == "meta.deprecated":
        node["deprecated"] = value
    elif kind == "string" and field in {"id", "lbl", "type", "meta.definition.val"}:
        node[field] = value
    elif kind == "string" and field == "meta.xrefs.item.val":
        node["xrefs"].append(value)


def _graph_record(node: dict[str, Any], ids: Identifiers) -> Record:
    label = [Name(node["lbl"], "label")] if node.get("lbl") else []
    return Record(
        ids.curie(node["id"], ""),
        (*label, *node["names"]),
        tuple(ids.xref(xref) for xref in node["xrefs"]),
        node.get("deprecated", False),
        tuple(ids.reference(other) for other in node["replaced_by"]),
        node.get("meta.definition.val", ""),
    )


def read_codesystem(path: Path, ids: Identifiers) -> Iterator[Record]:
    """The concepts of a FHIR CodeSystem (R4, R5), however deep they are nested.

    Raises ContentError where the document is another resource, or names no system.
    """
    url = _system(path)
    prefix_name = BY_SYSTEM.get(url) or _known_prefix(ids, url)
    ids.declare(prefix_name, f"{url}/")
    stack: list[dict[str, Any]] = []
    with events(path) as source:
        for prefix, kind, value in source:
            if not prefix.startswith(FHIR_CONCEPT):
                continue
            inner = prefix.replace("concept.item.", "").replace("concept.item", "")
            if not inner and kind == "start_map":
                stack.append({"names": [], "properties": [], "item": {}})
            elif not inner and kind == "end_map":
                yield _fhir_record(stack.pop(), prefix_name, ids, path)
            elif stack:
                _fhir_field(stack[-1], (inner, kind, value))


def _system(path: Path) -> str:
    """The address of a code system."""
    found: dict[str, str] = {}
    with events(path) as source:
        for prefix, kind, value in source:
            if prefix == "resourceType" and value != "CodeSystem":
                raise malformed(path, 0, f"the FHIR resource is a {value}", "name a CodeSystem")
            if prefix in {"resourceType", "url"} and kind == "string":
                found[prefix] = value
                if len(found) == 2:
                    break
    if "url" not in found:
        raise malformed(path, 0, "the CodeSystem has no url", "add it")
    return found["url"].rstrip("/")


def _known_prefix(ids: Identifiers, url: str) -> str:
    return next((name for name, ns in ids.known.items() if ns.rstrip("/#_") == url), "code")


def _fhir_field(concept: dict[str, Any], event: Event) -> None:
    field, kind, value = event
    item = concept["item"]
    if _is_whole(item, "designation.item", event):
        if "value" in item:
            concept["names"].append(Name(item["value"], "synonym", item.get("language", "")))
    elif _is_whole(item, "property.item", event):
        # The member that holds the value is named by its type: value[x].
        said = [v for name, v in item.items() if name.startswith("value") and "." not in name]
        concept["properties"] += [(item.get("code", ""), value) for value in said]
    elif kind == "string" and field in {"code", "display", "definition"}:
        concept[field] = value


def _fhir_record(concept: dict[str, Any], prefix: str, ids: Identifiers, path: Path) -> Record:
    def curie(code: str) -> str:
        # OBO vocabularies have whole CURIEs for codes.
        whole = code.partition(":")[1] and code.partition(":")[0] in ids.known
        return code if whole else f"{prefix}:{code}"

    code = concept.get("code")
    if not code:
        raise malformed(path, 0, "a concept of the CodeSystem has no code", "add it")
    said = concept["properties"]
    others = (v for name, v in said if name == "replacedBy" and isinstance(v, str))
    label = [Name(concept["display"], "label")] if concept.get("display") else []
    return Record(
        curie(code),
        (*label, *concept["names"]),
        (),
        ("inactive", True) in said or any(("status", word) in said for word in WITHDRAWN),
        tuple(curie(other) for other in others),
        concept.get("definition", ""),
    )
