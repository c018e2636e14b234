"""JSON vocabularies, element by element: OBO Graph and FHIR CodeSystem.

``ijson`` reads events, so that a file is never held whole; the few fields that matter are picked
out of the events as they pass, whatever else an element holds.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from milia_onto.edges.vocabulary.source import malformed, opened
from milia_onto.link.record import Name, Record

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
# The addresses that HL7 gives vocabularies, where they are not those of the release.
SYSTEMS = {
    "http://hl7.org/fhir/sid/icd-10": "ICD10WHO",
    "http://hl7.org/fhir/sid/icd-10-cm": "ICD10CM",
    "http://hl7.org/fhir/sid/icd-9-cm": "ICD9CM",
    "http://snomed.info/sct": "SCTID",
    "https://omim.org": "OMIM",
    "http://www.nlm.nih.gov/research/umls": "UMLS",
}
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


def read_obograph(path: Path, ids: Identifiers) -> Iterator[Record]:
    """The class nodes of an OBO Graph document."""
    with events(path) as source:
        node: dict[str, Any] = {}
        for prefix, kind, value in source:
            if prefix == GRAPH_NODE and kind == "start_map":
                node = {"names": [], "xrefs": []}
            elif prefix == GRAPH_NODE and kind == "end_map":
                if node.get("type", "CLASS") == "CLASS" and node.get("id"):
                    yield _graph_record(node, ids)
                node = {}
            elif prefix.startswith(GRAPH_NODE):
                _graph_field(node, prefix[len(GRAPH_NODE) + 1 :], kind, value)


def _graph_field(node: dict[str, Any], field: str, kind: str, value: Any) -> None:
    if kind not in {"string", "boolean"}:
        return
    if field in {"id", "lbl", "type"}:
        node[field] = value
    elif field == "meta.definition.val":
        node["definition"] = value
    elif field == "meta.deprecated":
        node["deprecated"] = value
    elif field == "meta.xrefs.item.val":
        node["xrefs"].append(value)
    elif field == "meta.synonyms.item.pred":
        node["scope"] = GRAPH_SCOPES.get(value.rpartition("#")[2], "synonym")
        _paired(node, "scope", "text")
    elif field == "meta.synonyms.item.val":
        node["text"] = value
        _paired(node, "scope", "text")
    elif field == "meta.basicPropertyValues.item.pred":
        node["property"] = value
    elif field == "meta.basicPropertyValues.item.val" and node.get("property") == REPLACED_BY:
        node["replaced_by"] = value


def _paired(node: dict[str, Any], scope: str, text: str) -> None:
    if scope in node and text in node:
        node["names"].append(Name(node.pop(text), node.pop(scope)))


def _graph_record(node: dict[str, Any], ids: Identifiers) -> Record:
    label = [Name(node["lbl"], "label")] if node.get("lbl") else []
    return Record(
        ids.curie(node["id"], ""),
        (*label, *node["names"]),
        tuple(ids.xref(xref) for xref in node["xrefs"]),
        bool(node.get("deprecated")),
        ids.xref(node.get("replaced_by", "")),
        node.get("definition", ""),
    )


def read_codesystem(path: Path, ids: Identifiers) -> Iterator[Record]:
    """The concepts of a FHIR CodeSystem (R4, R5), however deep they are nested.

    Raises ContentError where the document is another resource, or names no system.
    """
    url = _system(path)
    prefix_name = SYSTEMS.get(url) or _known_prefix(ids, url)
    ids.declare(prefix_name, f"{url}/")
    stack: list[dict[str, Any]] = []
    with events(path) as source:
        for prefix, kind, value in source:
            if not prefix.startswith(FHIR_CONCEPT):
                continue
            inner = prefix.replace("concept.item.", "").replace("concept.item", "")
            if not inner and kind == "start_map":
                stack.append({"names": [], "properties": {}})
            elif not inner and kind == "end_map":
                yield _fhir_record(stack.pop(), prefix_name, ids, path)
            elif stack:
                _fhir_field(stack[-1], inner, value)


def _system(path: Path) -> str:
    """The address of a code system, which other members may precede."""
    with events(path) as source:
        for prefix, _, value in source:
            if prefix == "resourceType" and value != "CodeSystem":
                raise malformed(path, 0, f"the FHIR resource is a {value}", "name a CodeSystem")
            if prefix == "url":
                return str(value).rstrip("/")
    raise malformed(path, 0, "the CodeSystem has no url", "add it")


def _known_prefix(ids: Identifiers, url: str) -> str:
    return next((name for name, ns in ids.known.items() if ns.rstrip("/#_") == url), "code")


def _fhir_field(concept: dict[str, Any], field: str, value: Any) -> None:
    if field in {"code", "display", "definition"}:
        concept[field] = value
    elif field == "designation.item.language":
        concept["language"] = value
    elif field == "designation.item.value":
        concept["names"].append(Name(value, "synonym", concept.pop("language", "")))
    elif field == "property.item.code":
        concept["property"] = value
    elif field.startswith("property.item.value") and isinstance(value, (str, bool)):
        concept["properties"][concept.get("property", "")] = value


def _fhir_record(concept: dict[str, Any], prefix: str, ids: Identifiers, path: Path) -> Record:
    code = concept.get("code")
    if not isinstance(code, str) or not code:
        raise malformed(path, 0, "a concept of the CodeSystem has no code", "add it")
    properties = concept["properties"]
    status = str(properties.get("status", ""))
    label = [Name(concept["display"], "label")] if concept.get("display") else []
    # OBO vocabularies have whole CURIEs for codes.
    whole = code.partition(":")[1] and code.partition(":")[0] in ids.known
    return Record(
        code if whole else f"{prefix}:{code}",
        (*label, *concept["names"]),
        (),
        properties.get("inactive") is True or status in {"retired", "deprecated", "inactive"},
        str(properties.get("replacedBy", "")),
        concept.get("definition", ""),
    )
