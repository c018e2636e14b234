"""SSSOM mapping sets as triples (SSSOM 1.1, TSV form with the YAML header as comments).

Each row becomes an ``sssom:Mapping`` individual; a row that is not negated also becomes the
plain SKOS triple. The slots are annotation properties in the ``sssom`` namespace: the schema
gives some of them slot URIs such as ``owl:annotatedSource``, which OWL 2 DL keeps for axioms.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml
from pyoxigraph import Literal, NamedNode, Triple

from milia_onto.model import namespaces as ns
from milia_onto.model.numbers import decimal
from milia_onto.model.values import Finding, Place
from milia_onto.stages.contribution import Contribution
from milia_onto.stages.tables import Column, Row, complain, one_of, out_of_order, read_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milia_onto.stages.content import Reader
    from milia_onto.stages.imports import Known

PREDICATES = tuple(f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related"))
JUSTIFICATIONS = ("semapv:ManualMappingCuration", "semapv:LexicalMatching", "semapv:MappingReview")
MAPPING, MAPPING_SET = ns.named("sssom:Mapping"), ns.named("sssom:MappingSet")
NEEDED = ("mapping_set_id", "mapping_set_version", "mapping_set_title", "license", "curie_map")
SOURCES = ("subject_source", "object_source")
WHY = "A mapping that points to the wrong or a dead code sends coders and data to the wrong place."


def _confidence(text: str) -> str:
    fits = re.fullmatch(r"0(\.\d+)?|1(\.0+)?", text)
    return "" if fits else f"“{text}” is not a number from 0 to 1"


def columns_of(reader: Reader) -> list[Column]:
    """The columns of a mapping set, in order."""
    return [
        Column("record_id", test=reader.curie),
        Column("subject_id", test=reader.curie),
        Column("subject_label"),
        Column("predicate_id", test=one_of(*PREDICATES)),
        Column("predicate_modifier", required=False, test=one_of("Not")),
        Column("object_id", test=reader.curie),
        Column("object_label", required=False),
        Column("mapping_justification", test=one_of(*JUSTIFICATIONS)),
        Column("confidence", test=_confidence),
        Column("comment", required=False),
    ]


class Plain(yaml.SafeLoader):
    """YAML without anchors: the header of a mapping set needs none, and a bomb is made of them."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """A node. Raises MarkedYAMLError where it is an alias or has an anchor."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.MarkedYAMLError(
                problem="anchors are not read", problem_mark=event.start_mark
            )
        return super().compose_node(parent, index)


def parse_header(file: str, block: Sequence[str]) -> tuple[dict[str, Any], list[Finding]]:
    """The metadata in the lines of a YAML block; a finding where it is none (SSSOM/TSV, 2)."""
    place = Place(file, 1)
    try:
        header = yaml.load("\n".join(block), Loader=Plain)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = place._replace(line=mark.line + 1 if mark else 1)
        return {}, [complain(place, "the header is not YAML", "correct its indentation")]
    if not isinstance(header, dict):
        return {}, [complain(place, "no SSSOM header", "start with # mapping_set_id: …")]
    return header, []


def read_header(file: str, data: bytes) -> tuple[dict[str, Any], int, list[Finding]]:
    """The header of a curated set, the number of its lines, and what is wrong with it."""
    lines = data.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
    block = [line[1:] for line in lines[: header_length(lines)]]
    place = Place(file, 1)
    header, findings = parse_header(file, block)
    if findings:
        return header, len(block), findings
    missing = [slot for slot in NEEDED if not header.get(slot)]
    if not missing and not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", str(header["license"])):
        fix = "write the address of the licence"
        findings = [complain(place, "license is no address", fix)]
        return {**header, "license": ""}, len(block), findings
    return (
        header,
        len(block),
        [complain(place, f"no {slot} in the header", "add it") for slot in missing],
    )


def header_length(lines: Sequence[str]) -> int:
    """How many lines the header has."""
    return next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))


def read_mapping_set(
    file: str, data: bytes, reader: Reader, known: Mapping[str, Known], labels: Mapping[str, str]
) -> Contribution:
    """The set and its rows as triples; each end is held against what is known of it.

    ``labels`` are the labels of own terms by IRI, ``known`` the foreign identifiers by CURIE.
    """
    header, length, findings = read_header(file, data)
    rows, wrong = read_table(file, data, columns_of(reader), skip=length)
    out = Contribution(findings=[*findings, *wrong, *out_of_order(rows, "subject_id", "object_id")])
    if any(not header.get(slot) for slot in NEEDED):
        return out
    out.findings += _check_curie_map(file, header, reader)
    target = file.rsplit("/", 1)[-1].removesuffix(".sssom.tsv")
    home = NamedNode(ns.MAPPINGS + target)
    _describe_set(out, Place(file, 1), home, header)
    seen: set[str] = set()
    for row in rows:
        out.findings += _check_ends(row, reader, known, labels, target)
        if row["record_id"] in seen:
            out.findings.append(complain(row.place, f"record {row['record_id']} twice", "keep one"))
        seen.add(row["record_id"])
        _describe_row(out, row, reader, home)
    return out


def _check_curie_map(file: str, header: Mapping[str, Any], reader: Reader) -> list[Finding]:
    curie_map = header["curie_map"]
    # The two vocabularies as wholes have names that no term has.
    of_wholes = {str(header.get(slot, "")).partition(":")[0] for slot in SOURCES}
    if not isinstance(curie_map, dict):
        fix = "write a line “PREFIX: namespace” for each prefix below it"
        return [complain(Place(file, 1), "curie_map is not a map of prefixes", fix)]
    findings = []
    for name, namespace in curie_map.items():
        row = reader.prefixes.by_name.get(name)
        if row is None and name in of_wholes:
            continue
        if row is None or row.namespace != namespace:
            message = f"prefix {name} of the curie_map is not as in ontology/prefixes.tsv"
            findings.append(complain(Place(file, 1), message, "write it as there"))
    return findings


def _describe_set(
    out: Contribution, place: Place, home: NamedNode, header: Mapping[str, Any]
) -> None:
    out.say(place, home, ns.RDF_TYPE, ns.OWL_NAMED_INDIVIDUAL)
    out.say(place, home, ns.RDF_TYPE, MAPPING_SET)
    out.say(place, home, ns.RDFS_LABEL, Literal(str(header["mapping_set_title"]), language="en"))
    out.say(place, home, ns.named("dcterms:license"), NamedNode(str(header["license"])))
    out.say(place, home, ns.OWL_VERSION_INFO, Literal(str(header["mapping_set_version"])))
    if "mapping_set_description" in header:
        text = Literal(str(header["mapping_set_description"]), language="en")
        out.say(place, home, ns.named("dcterms:description"), text)


def _describe_row(out: Contribution, row: Row, reader: Reader, home: NamedNode) -> None:
    node, place = reader.node(row["record_id"]), row.place
    subject, predicate = reader.node(row["subject_id"]), reader.node(row["predicate_id"])
    obj = reader.node(row["object_id"])
    negated = row["predicate_modifier"] == "Not"
    kind = row["predicate_id"].removeprefix("skos:").removesuffix("Match")
    verb = f"not {kind} match" if negated else f"{kind} match"
    words = f" {row['object_label']}" if row["object_label"] else ""
    label = f"{row['subject_label']}: {verb} {row['object_id']}{words}"
    out.say(place, node, ns.RDF_TYPE, ns.OWL_NAMED_INDIVIDUAL)
    out.say(place, node, ns.RDF_TYPE, MAPPING)
    out.say(place, node, ns.RDFS_LABEL, Literal(label, language="en"))
    out.say(place, node, ns.named("sssom:subject_id"), subject)
    out.say(place, node, ns.named("sssom:predicate_id"), predicate)
    out.say(place, node, ns.named("sssom:object_id"), obj)
    if row["object_label"]:
        out.say(place, node, ns.named("sssom:object_label"), Literal(row["object_label"]))
    justification = reader.node(row["mapping_justification"])
    out.say(place, node, ns.named("sssom:mapping_justification"), justification)
    out.say(place, node, ns.named("sssom:confidence"), decimal(row["confidence"]))
    out.say(place, node, ns.named("dcterms:isPartOf"), home)
    if row["comment"]:
        out.say(place, node, ns.RDFS_COMMENT, Literal(row["comment"], language="en"))
    if negated:
        out.say(place, node, ns.named("sssom:predicate_modifier"), Literal("Not"))
        return
    out.triples.append(Triple(subject, predicate, obj))
    out.places[subject.value, obj.value] = place


def _check_ends(
    row: Row,
    reader: Reader,
    known: Mapping[str, Known],
    labels: Mapping[str, str],
    target: str,
) -> list[Finding]:
    """Both ends exist, live, and are called what the row says; the record id names both."""
    local = row["object_id"].partition(":")[2]
    expected = f"mappings:{target}/{row['subject_id'].replace(':', '_')}_{local}"
    wrong = [*_subject_faults(row, reader, labels), *_object_faults(row, known)]
    if row["record_id"] != expected:
        fix = "write it so: others link to it"
        wrong.append(("record_id", f"the record id is not {expected}", fix))
    ends = (row["subject_id"], row["predicate_id"], row["object_id"])
    return [
        Finding(
            "mapping-end", "violation", message, *ends, WHY, fix, row.place._replace(column=column)
        )
        for column, message, fix in wrong
    ]


def _subject_faults(
    row: Row, reader: Reader, labels: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """Column, what is wrong and how to mend it, for the subject of a row."""
    subject = reader.prefixes.expand(row["subject_id"]) or ""
    if not subject.startswith(ns.TERM) or subject not in labels:
        message = f"{row['subject_id']} is not a term of this ontology"
        return [("subject_id", message, "map an own term")]
    if labels[subject] != row["subject_label"]:
        message = f"{row['subject_id']} is called “{labels[subject]}”"
        return [("subject_label", message, "use that label")]
    return []


def _object_faults(row: Row, known: Mapping[str, Known]) -> list[tuple[str, str, str]]:
    """Column, what is wrong and how to mend it, for the object of a row."""
    end = known.get(row["object_id"])
    if end is None:
        fix = "check the identifier; if its authority has it, add it to the slice"
        return [("object_id", f"{row['object_id']} is not known to any pinned slice", fix)]
    if end.obsolete:
        fix = f"map to {end.replaced_by}" if end.replaced_by else "remove the row"
        return [("object_id", f"{row['object_id']} is obsolete in its vocabulary", fix)]
    if end.label != row["object_label"]:
        message = f"{row['object_id']} is called “{end.label}”"
        return [("object_label", message, "use that label")]
    return []
