"""What the readers make of a term: replacements as identifiers, JSON members in any order."""

from __future__ import annotations

import json
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

from milia_onto.edges.mapping_files import read_table
from milia_onto.edges.vocabulary.identifiers import Identifiers
from milia_onto.edges.vocabulary.reading import Asked, read_vocabulary
from milia_onto.link.record import Name, Record
from milia_onto.mappings.authority import Authorities
from milia_onto.mappings.compare import verdicts
from milia_onto.mappings.model import Mapping
from milia_onto.model.errors import ContentError
from milia_onto.model.values import Place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result

X = "https://x.example/"
REPLACED = "http://purl.obolibrary.org/obo/IAO_0100001"


class Everything:
    """Wants every term."""

    def touches(self, _text: str) -> bool:
        return True

    def knows(self, _code: str) -> bool:
        return True


def records(path: Path, text: str) -> list[Record]:
    path.write_text(text, encoding="utf-8")
    ids = Identifiers({"X": X, "ICD10CM": "https://icd.example/"}, bare="X")
    return list(read_vocabulary(Asked(path, "", {}), ids, Everything()))


def codes(*concepts: dict[str, Any], url: str = "http://hl7.org/fhir/sid/icd-10-cm") -> str:
    return json.dumps({"resourceType": "CodeSystem", "url": url, "concept": concepts})


def has(name: str, **value: Any) -> dict[str, Any]:
    return {"code": name, **value}


GONE = {
    "code": "L72.0",
    "display": "cyst",
    "property": [
        has("inactive", valueBoolean=True),
        has("replacedBy", valueCode="L72.1"),
        has("replacedBy", valueString="ICD10CM:L72.8"),
        has("replacedBy", valueCoding={"system": "http://b.example", "code": "B1"}),
        has("replacedBy", valueBoolean=True),
    ],
}
OBSOLETE = {"id": f"{X}1", "meta": {"basicPropertyValues": [{"pred": REPLACED, "val": v} for v in (f"{X}2", "X:3", "4")]}}  # fmt: skip
TURTLE = f"""@prefix y: <https://y.example/> .
<{X}1> <http://www.w3.org/2000/01/rdf-schema#label> "a" ; <{REPLACED}> <{X}2>, "X:3", "4", y:5 ."""
# the name of the file, what is in it, and what replaces its first term
REPLACEMENTS = {
    "codes.json": (codes(GONE), ("ICD10CM:L72.1", "ICD10CM:L72.8")),
    "graph.json": (json.dumps({"graphs": [{"nodes": [OBSOLETE]}]}), ("X:2", "X:3", "X:4")),
    "a.tsv": (f"id\tlabel\treplaced_by\n1\ta\t2|X:3|{X}4\n", ("X:2", "X:3", "X:4")),
    "a.csv": ("id,label,replaced_by\nX:1,a,\n", ()),
    "a.obo": (
        f"[Term]\nid: X:1\nreplaced_by: X:2 ! other\nreplaced_by: {X}3\nreplaced_by:\n",
        ("X:2", "X:3"),
    ),
    "a.ttl": (TURTLE, ("X:2", "X:3", "X:4", "y:5")),
}


@pytest.mark.parametrize("name", REPLACEMENTS)
def test_what_replaces_a_term_is_an_identifier(name: str, tmp_path: Path) -> None:
    assert len(REPLACEMENTS) == 6
    text, expected = REPLACEMENTS[name]
    assert records(tmp_path / name, text)[0].replaced_by == expected


def test_what_an_obo_term_names_is_identifiers(tmp_path: Path) -> None:
    text = f"[Term]\nid: X:1\nconsider: {X}2 ! two\nalt_id: {X}3\nis_a: 4 ! four\n"
    (found,) = records(tmp_path / "a.obo", text)
    assert (found.consider, found.alternatives, found.parents) == (("X:2",), ("X:3",), ("X:4",))


def test_a_code_that_a_codesystem_replaces_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "codes.json"
    gone = {**GONE, "property": GONE["property"][:2]}
    path.write_text(codes(gone, {"code": "L72.1", "display": "sac"}), encoding="utf-8")
    ours = Mapping(Place("a", 1), "MILIA:1", "m", "skos:exactMatch", False, "ICD10CM:L72.0", "cyst")
    (verdict,) = verdicts([ours], Authorities([read_table(path)]))
    assert verdict.state == "replaced"
    assert [entry.id for entry in verdict.instead] == ["ICD10CM:L72.1"]


def shuffled(value: Any, order: int) -> Any:
    """The same JSON with the members of every object in another order."""
    if isinstance(value, list):
        return [shuffled(part, order) for part in value]
    if not isinstance(value, dict):
        return value
    orders = list(permutations(value))
    return {key: shuffled(value[key], order) for key in orders[order % len(orders)]}


CONCEPT = {
    "code": "1",
    "display": "milia",
    "designation": [
        {"language": "de", "value": "Milien", "use": {"system": "s", "code": "c"}},
        {"value": "no language"},
        {"language": "fr"},
        {"language": "it", "value": "Milio", "use": {"code": "c"}},
        {"value": True},
    ],
    "property": [
        {"code": "status", "valueCode": "retired"},
        {"code": "other", "valueString": "active"},
        {"code": "replacedBy", "valueCode": "2"},
        {"valueCode": "3"},
    ],
}
SYSTEM = {"resourceType": "CodeSystem", "url": X, "concept": [CONCEPT]}
NODE = {
    "id": f"{X}1",
    "lbl": "milia",
    "type": "CLASS",
    "meta": {
        "synonyms": [
            {"pred": "hasExactSynonym", "val": "one"},
            {"pred": "hasBroadSynonym"},
            {"val": "without"},
            {"pred": "hasNarrowSynonym", "val": "two", "xrefs": ["a"]},
            {"pred": True, "val": True},
        ],
        "basicPropertyValues": [
            {"pred": REPLACED, "val": f"{X}2"},
            {"pred": f"{X}comment", "val": "some comment"},
            {"pred": REPLACED},
            {"val": "bare"},
        ],
        "deprecated": True,
    },
}
ANY_ORDER = {
    "codes.json": (
        SYSTEM,
        Record(
            "X:1",
            (
                Name("milia", "label"),
                Name("Milien", "synonym", "de"),
                Name("no language", "synonym"),
                Name("Milio", "synonym", "it"),
            ),
            deprecated=True,
            replaced_by=("X:2",),
        ),
    ),
    "graph.json": (
        {"graphs": [{"nodes": [NODE]}]},
        Record(
            "X:1",
            (Name("milia", "label"), Name("one", "exact"), Name("two", "narrow")),
            deprecated=True,
            replaced_by=("X:2",),
        ),
    ),
}


@pytest.mark.parametrize("order", range(24))
@pytest.mark.parametrize("name", ANY_ORDER)
def test_the_order_of_members_does_not_count(name: str, order: int, tmp_path: Path) -> None:
    assert len(ANY_ORDER) == 2
    value, expected = ANY_ORDER[name]
    assert records(tmp_path / name, json.dumps(shuffled(value, order))) == [expected]


def test_another_resource_is_told_wherever_it_says_so(tmp_path: Path) -> None:
    text = json.dumps({"url": X, "concept": [{"code": "1"}], "resourceType": "ValueSet"})
    with pytest.raises(ContentError, match="the FHIR resource is a ValueSet"):
        records(tmp_path / "a.json", text)


LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
# beside the file's own prefix: what comes before the term that links, and how that is written
OWN = {
    "another term first": ("ex:a1", "ex:m1", "https://ex.example/"),
    "another name for the release's": ("sct:1", "SCTID:254679001", "http://snomed.info/id/"),
}


@pytest.mark.parametrize("name", OWN)
def test_rdf_keeps_its_own_prefix_and_the_release_s(
    name: str, tmp_path: Path, milia_onto: Callable[..., Result]
) -> None:
    first, subject, namespace = OWN[name]
    prefix, local = first.partition(":")[0], subject.partition(":")[2]
    lines = [f"@prefix {prefix}: <{namespace}> .", f'{first} {LABEL} "something else" .']
    path = tmp_path / "a.ttl"
    path.write_text("\n".join([*lines, f'{prefix}:{local} {LABEL} "milia" .']), encoding="utf-8")
    answer = milia_onto("link", path)
    assert answer.code == 0, answer.err
    assert answer.out.splitlines()[-1].startswith(
        f"{subject}\tmilia\tskos:exactMatch\tMILIA:0000001\t"
    )
    assert f'#   {subject.partition(":")[0]}: "{namespace}"\n' in answer.out
