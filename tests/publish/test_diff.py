"""What changed between two releases: every kind of change, by the smallest edit that makes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import pytest

from milia_onto import ContentError, Release, diff, read_release
from milia_onto.publish.diff.changes import KINDS, LEVELS

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://w3id.org/milia"
PREFIXES = {
    "M": f"{BASE}/MILIA_",
    "claim": f"{BASE}/claim/",
    "map": f"{BASE}/mappings/",
    "vocab": f"{BASE}/vocab/",
    "obo": "http://purl.obolibrary.org/obo/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "oio": "http://www.geneontology.org/formats/oboInOwl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
}
A, SUB, LABEL = "rdf:type", "rdfs:subClassOf", "rdfs:label"
GRAPH = f"""\
M:1 {A} owl:Class
M:1 {LABEL} "cyst"@en
M:1 oio:hasExactSynonym "wen"@en
M:1 obo:IAO_0000115 "A closed sac."@en
M:2 {A} owl:Class
M:2 {LABEL} "milia"@en
M:2 {SUB} M:1
M:3 {A} owl:Class
M:3 {LABEL} "neonatal milia"@en
M:3 {SUB} M:2
M:3 owl:disjointWith M:4
M:4 {A} owl:Class
M:4 {LABEL} "acquired milia"@en
M:5 {A} owl:Class
M:5 {LABEL} "old name"@en
M:5 owl:deprecated "true"
obo:X_1 {A} owl:Class
obo:X_1 {LABEL} "skin"@en
claim:a {A} vocab:Claim
claim:a {LABEL} "milia is benign"@en
claim:a vocab:verdict vocab:supported
claim:a vocab:value "40 %"@en
claim:a vocab:reason "Counted twice."@en
claim:a/part {A} vocab:Part
map:hp {A} sssom:MappingSet
map:hp/m {A} sssom:Mapping
map:hp/m sssom:subject_id M:2
map:hp/m sssom:predicate_id skos:exactMatch
map:hp/m sssom:object_id obo:HP_1
"""
SHAPE = "<urn:s> a <http://www.w3.org/ns/shacl#NodeShape> ; <http://www.w3.org/ns/shacl#property> [ <http://www.w3.org/ns/shacl#minCount> 1 ] ."
QUERY = '<urn:q> <http://www.w3.org/ns/shacl#select> "SELECT * {}" .'


def expanded(curie: str) -> str:
    prefix, _, local = curie.partition(":")
    return PREFIXES[prefix] + local


def line(text: str) -> str:
    subject, predicate, value = text.split(" ", 2)
    node = value if value.startswith('"') else f"<{expanded(value)}>"
    return f"<{expanded(subject)}> <{expanded(predicate)}> {node} .\n"


def tables(*fields: tuple[str, str]) -> bytes:
    columns = [{"name": name, "type": kind} for name, kind in fields]
    resources = [{"path": "terms.parquet", "schema": {"fields": columns}}]
    return json.dumps({"resources": resources}).encode()


FILES = {
    "milia.nt": GRAPH.encode(),
    "context.jsonld": json.dumps({"@context": {"id": "@id", "label": "rdfs:label"}}).encode(),
    "tables/datapackage.json": tables(("term", "string"), ("count", "integer")),
    "milia.shapes.ttl": SHAPE.encode(),
    "queries/q.ttl": QUERY.encode(),
}


class Edit(NamedTuple):
    """What is taken out of a file and put in its place, and the changes that this is."""

    file: str
    old: str
    new: str
    expected: list[tuple[str, ...]]


def graph(old: str, new: str, *expected: tuple[str, ...]) -> Edit:
    return Edit("milia.nt", old, new, list(expected))


EDITS = [
    graph(f"M:4 {A} owl:Class\nM:4 {LABEL} \"acquired milia\"@en\n", "", ("entity-gone", "M:4")),
    graph("obo:X_1 ", "M:6 ", ("import-gone", "obo:X_1"), ("entity-new", "M:6")),
    graph("M:4 ", "obo:X_2 ", ("entity-gone", "M:4"), ("import-new", "obo:X_2")),
    graph(f"claim:a/part {A} vocab:Part\n", "", ("part-gone", "claim:a/part")),
    graph("claim:a/part ", "claim:a/other ", ("part-gone", "claim:a/part"), ("part-new", "claim:a/other")),
    graph(
        f"M:4 {LABEL}",
        f'M:4 owl:deprecated "true"\nM:4 obo:IAO_0100001 M:3\nM:4 {LABEL}',
        ("deprecated", "M:4", "", "", "M:3"),
    ),
    graph('M:5 owl:deprecated "true"\n', "", ("restored", "M:5")),
    graph(f"M:4 {A} owl:Class", f"M:4 {A} owl:ObjectProperty",
          ("type-gone", "M:4", A, "owl:Class"), ("type-new", "M:4", A, "", "owl:ObjectProperty")),
    graph('M:1 oio:hasExactSynonym "wen"', 'M:1 oio:hasExactSynonym "sac"',
          ("name-gone", "M:1", "", "wen"), ("name-new", "M:1", "", "", "sac")),
    # The old label is still a name: whoever looks for it finds the term.
    graph(f'M:1 {LABEL} "cyst"@en', f'M:1 {LABEL} "closed cyst"@en\nM:1 skos:altLabel "cyst"@en',
          ("name-new", "M:1", "", "", "closed cyst"), ("label-changed", "M:1", LABEL, "cyst", "closed cyst")),
    # M:3 loses M:1 as well, which follows from what M:2 loses.
    graph(f"M:2 {SUB} M:1\n", "", ("ancestor-gone", "M:2", SUB, "M:1")),
    graph(f"M:3 {SUB} M:2\n", f"M:3 {SUB} M:1\n", ("ancestor-gone", "M:3", SUB, "M:2")),
    graph(f"M:4 {A}", f"M:4 {SUB} M:2\nM:4 {A}", ("ancestor-new", "M:4", SUB, "", "M:2")),
    graph("M:3 owl:disjointWith M:4\n", "",
          ("axiom-gone", "M:3", "", "'neonatal milia' DisjointWith 'acquired milia'")),
    graph("M:3 owl:disjointWith M:4\n", "M:3 owl:disjointWith M:4\nM:1 owl:equivalentClass M:5\n",
          ("axiom-new", "M:1", "", "", "'cyst' EquivalentTo 'old name'")),
    graph("M:4 " + A, f"M:4 owl:disjointWith M:1\nM:4 {A}",
          ("constraint-new", "M:4", "", "", "'acquired milia' DisjointWith 'cyst'")),
    graph("map:hp/m ", "map:hp/n ", ("mapping-gone", "map:hp/m"), ("mapping-new", "map:hp/n")),
    graph("skos:exactMatch", "skos:closeMatch",
          ("mapping-changed", "map:hp/m", "", "M:2 skos:exactMatch obo:HP_1", "M:2 skos:closeMatch obo:HP_1")),
    graph("verdict vocab:supported", "verdict vocab:partly",
          ("value-changed", "claim:a", "vocab:verdict", "vocab:supported", "vocab:partly")),
    graph('claim:a vocab:value "40 %"@en\n', "", ("value-gone", "claim:a", "vocab:value", "40 %")),
    graph("M:1 obo", "M:1 vocab:featureOf M:4\nM:1 obo", ("value-new", "M:1", "vocab:featureOf", "", "M:4")),
    graph("A closed sac.", "A sac that is closed.",
          ("text-changed", "M:1", "obo:IAO_0000115", "A closed sac.", "A sac that is closed.")),
    graph('claim:a vocab:reason "Counted twice."@en\n', "",
          ("text-gone", "claim:a", "vocab:reason", "Counted twice.")),
    graph("M:4 " + A, f'M:4 rdfs:comment "Rare."@en\nM:4 {A}',
          ("text-new", "M:4", "rdfs:comment", "", "Rare.")),
    Edit("context.jsonld", '"label": "rdfs:label"', '"name": "rdfs:label"',
         [("context-gone", "context.jsonld", "label"), ("context-new", "context.jsonld", "name")]),
    Edit("context.jsonld", "rdfs:label", "skos:prefLabel", [("context-changed", "context.jsonld", "label")]),
    Edit("tables/datapackage.json", '"count"', '"number"',
         [("column-gone", "tables/terms.parquet", "count"), ("column-new", "tables/terms.parquet", "number")]),
    Edit("tables/datapackage.json", "integer", "string", [("column-changed", "tables/terms.parquet", "count")]),
    Edit("milia.shapes.ttl", "minCount> 1", "minCount> 2", [("shape-changed", "urn:s")]),
    Edit("milia.shapes.ttl", "urn:s", "urn:t", [("shape-gone", "urn:s"), ("shape-new", "urn:t")]),
    Edit("queries/q.ttl", "SELECT * {}", "SELECT ?x {}", [("query-changed", "queries/q.ttl")]),
]  # fmt: skip


def release(**changed: bytes) -> Release:
    files = {**FILES, **changed}
    text = files["milia.nt"].decode()
    return Release({**files, "milia.nt": "".join(map(line, text.splitlines())).encode()})


def told(change: tuple[str, ...]) -> tuple[str, ...]:
    """A change with its IRIs as CURIEs, without empty ends."""
    parts = list(change)
    for prefix, iri in PREFIXES.items():
        parts = [part.replace(iri, f"{prefix}:") for part in parts]
    while not parts[-1]:
        parts.pop()
    return tuple(parts)


def test_all_kinds_of_changes_are_tried() -> None:
    tried = {change[0] for edit in EDITS for change in edit.expected}
    assert tried | {"file-gone", "file-new"} == set(KINDS)
    assert {level for level, _ in KINDS.values()} == set(LEVELS)
    assert len(EDITS) == 31


@pytest.mark.parametrize(
    "edit", EDITS, ids=[f"{at}-{e.expected[0][0]}" for at, e in enumerate(EDITS)]
)
def test_an_edit_is_told_as_what_it_is_and_nothing_else(edit: Edit) -> None:
    text = FILES[edit.file].decode()
    assert edit.old in text
    after = release(**{edit.file: text.replace(edit.old, edit.new).encode()})
    assert sorted(map(told, diff(release(), after))) == sorted(edit.expected)


def test_files_come_and_go() -> None:
    old, new = release(**{"old.tsv": b""}), release(**{"new.tsv": b""})
    assert [told(change) for change in diff(old, new)] == [
        ("file-gone", "old.tsv"),
        ("file-new", "new.tsv"),
    ]


def test_what_breaks_comes_first() -> None:
    new = release(**{"milia.nt": GRAPH.replace('"cyst"', '"closed cyst"').encode(), "x.tsv": b""})
    assert [change.level for change in diff(release(), new)] == [
        "breaking", "additive", "additive", "editorial",
    ]  # fmt: skip


@pytest.mark.parametrize("file", ["context.jsonld", "tables/datapackage.json", "milia.shapes.ttl"])
def test_a_file_that_cannot_be_read_is_named(file: str) -> None:
    with pytest.raises(ContentError) as raised:
        diff(release(), release(**{file: b"{"}))
    assert raised.value.place == file


def test_the_release_differs_from_itself_in_nothing(project: Path) -> None:
    built = read_release(project / "build")
    assert diff(built, built) == []
