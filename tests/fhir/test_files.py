"""The FHIR files of the release: valid FHIR, whole, and true to the ontology."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import pytest

from milia_onto.fhir.compose import members
from milia_onto.fhir.conceptmaps import APART, EQUIVALENCE, RELATIONSHIP
from milia_onto.fhir.terminology import Terminology
from milia_onto.fhir.valuesets import KINDS
from milia_onto.model.vocabularies import VOCABULARIES
from tests.fhir.asking import validate
from tests.fhir.hapi import messages

if TYPE_CHECKING:
    from pathlib import Path

    from milia_onto.model.values import Release

BASE = "https://w3id.org/milia"
RELEASES = ("r4", "r5")
# What the reference validator may remark on, and why that is right.
REMARKS = {
    "dom-6": "no narrative: the pages of the site are for people",
    "Designation Use": "the binding is extensible; SKOS and OBO have the words that it lacks",
    "target code checking will not be performed": "the code system is not in the validator",
    "the target codes cannot be checked": "the code system is not in the validator",
}


def fhir_files(release: Release, wanted: str = "") -> dict[str, Any]:
    """Every FHIR resource by its name, for one FHIR release or all."""
    other = {"r4": ".r5.", "r5": ".r4."}.get(wanted, "//")
    return {
        path.removeprefix("fhir/"): json.loads(data)
        for path, data in release.files.items()
        if path.startswith("fhir/") and other not in path
    }


@pytest.mark.parametrize("release", RELEASES)
def test_every_file_is_valid_for_fhir_resources(released: Release, release: str) -> None:
    found = fhir_files(released, release)
    assert len(found) == 27
    for resource in found.values():
        validate(resource, release)


@pytest.mark.timeout(900)
@pytest.mark.needs("hapi", "javac")
@pytest.mark.parametrize("release", RELEASES)
def test_every_file_holds_before_the_reference_validator(
    released: Release, release: str, tmp_path: Path
) -> None:
    # The transaction holds every resource, so each is looked at once.
    bundle, known = tmp_path / "bundle.json", tmp_path / "known.json"
    bundle.write_bytes(released.files[f"fhir/Bundle-milia.{release}.json"])
    known.write_bytes(released.files["fhir/CodeSystem-milia.json"])
    found = messages(release, [bundle], [known])
    unexplained = [m for m in found if not any(words in m[-1] for words in REMARKS)]
    assert unexplained == []
    assert {m[1] for m in found} <= {"warning"}


@pytest.mark.timeout(900)
@pytest.mark.needs("hapi", "javac")
def test_the_reference_validator_sees_what_is_wrong(released: Release, tmp_path: Path) -> None:
    resource = fhir_files(released)["CodeSystem-milia.json"]
    resource["status"] = "nearly"
    path = tmp_path / "wrong.json"
    path.write_text(json.dumps(resource), encoding="utf-8")
    assert any(m[1] == "error" and "nearly" in m[-1] for m in messages("r4", [path], []))


def test_code_and_address_make_the_iri(released: Release) -> None:
    system = fhir_files(released)["CodeSystem-milia.json"]
    graph = released.files["milia.nt"].decode()
    assert system["url"] == BASE
    assert system["count"] == len(system["concept"]) > 350
    for concept in system["concept"]:
        assert f"<{BASE}/{concept['code']}> " in graph
    assert system["version"] == json.loads(released.files["manifest.json"])["version"]


def test_every_property_of_a_concept_is_declared(released: Release) -> None:
    system = fhir_files(released)["CodeSystem-milia.json"]
    declared = {
        p["code"]: f"value{p['type'][0].upper()}{p['type'][1:]}" for p in system["property"]
    }
    used = {
        p["code"]: k for c in system["concept"] for p in c["property"] for k in p if k != "code"
    }
    assert used == declared
    codes = {concept["code"] for concept in system["concept"]}
    linked = {
        p["valueCode"]
        for c in system["concept"]
        for p in c["property"]
        if p["code"] in {"parent", "child", "replacedBy"}
    }
    assert linked <= codes


def test_a_withdrawn_code_stands_with_its_replacement(released: Release) -> None:
    system = fhir_files(released)["CodeSystem-milia.json"]
    concept = next(c for c in system["concept"] if c["code"] == "MILIA_0000998")
    said = {p["code"]: v for p in concept["property"] for k, v in p.items() if k != "code"}
    assert said.pop("definitionSource")
    assert said == {
        "status": "deprecated",
        "inactive": True,
        "deprecationDate": "2026-11-01",
        "replacedBy": "MILIA_0000001",
    }


def test_designations_carry_language_and_use(released: Release) -> None:
    system = fhir_files(released)["CodeSystem-milia.json"]
    milia = next(c for c in system["concept"] if c["code"] == "MILIA_0000001")
    names = {(d["language"], d["value"]): d["use"]["code"] for d in milia["designation"]}
    assert names["de", "Milien"] == "preferredForLanguage"
    assert names["en", "milk spots"] == "900000000000013009"
    assert names["en", "white spots"] == "hasBroadSynonym"
    assert names["ja", "ひりゅうしゅ"] == "hiddenLabel"
    assert ("en", "milia") not in names


def test_a_value_set_holds_what_its_filter_says(released: Release) -> None:
    terminology = Terminology(released.files)
    sets = [r for n, r in fhir_files(released).items() if n.startswith("ValueSet")]
    assert len(sets) == len(KINDS) + 1
    for each in sets:
        listed = [found["code"] for found in each["expansion"]["contains"]]
        assert listed == members(terminology, "r4", each)
        assert each["expansion"]["total"] == len(listed) > 2
    graph = released.files["milia.nt"].decode()
    below = f"<{BASE}/MILIA_0000013> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <{BASE}/MILIA_0000003> ."
    assert below in graph


@pytest.mark.parametrize("release", RELEASES)
def test_every_row_of_every_mapping_set_is_in_a_map(released: Release, release: str) -> None:
    member = "equivalence" if release == "r4" else "relationship"
    words = EQUIVALENCE if release == "r4" else RELATIONSHIP
    found = fhir_files(released, release)
    rows = 0
    for path, data in released.files.items():
        if not path.startswith("mappings/"):
            continue
        target = path.removeprefix("mappings/").removesuffix(".sssom.tsv")
        lines = [line for line in data.decode().splitlines() if not line.startswith("#")]
        wanted = []
        for row in csv.DictReader(lines, delimiter="\t"):
            kind = words[row["predicate_id"].removeprefix("skos:")]
            negated = row["predicate_modifier"] == "Not"
            name, _, local = row["object_id"].partition(":")
            code = row["object_id"] if name in VOCABULARIES and VOCABULARIES[name].curie else local
            subject = row["subject_id"].replace(":", "_")
            wanted.append((subject, code, APART[release] if negated else kind))
        held = [
            (element["code"], each["code"], each[member])
            for rows_of in found[f"ConceptMap-milia-{target}.{release}.json"]["group"]
            for element in rows_of["element"]
            for each in element["target"]
        ]
        assert sorted(held) == sorted(wanted)
        rows += len(held)
    assert rows > 900


def test_l72_is_wider_than_milia_in_both_releases(released: Release) -> None:
    for release, word in (("r4", "wider"), ("r5", "source-is-narrower-than-target")):
        rows = fhir_files(released, release)[f"ConceptMap-milia-icd10who.{release}.json"]["group"]
        assert [each["target"] for each in rows] == ["http://hl7.org/fhir/sid/icd-10"]
        milia = next(e for e in rows[0]["element"] if e["code"] == "MILIA_0000001")
        target = next(each for each in milia["target"] if each["code"] == "L72.0")
        assert word in target.values()
        assert target["comment"].endswith(")")


@pytest.mark.parametrize("release", RELEASES)
def test_the_transaction_puts_every_resource(released: Release, release: str) -> None:
    found = fhir_files(released, release)
    bundle = found.pop(f"Bundle-milia.{release}.json")
    assert bundle["type"] == "transaction"
    put = [entry["request"] for entry in bundle["entry"]]
    assert {each["method"] for each in put} == {"PUT"}
    assert sorted(each["url"] for each in put) == sorted(
        f"{r['resourceType']}/{r['id']}" for r in found.values()
    )
    assert [entry["resource"] for entry in bundle["entry"]] != []
    for entry in bundle["entry"]:
        assert entry["resource"] in found.values()
        assert entry["fullUrl"] == f"{BASE}/fhir/{entry['request']['url']}"


def test_the_manifest_names_the_media_type(released: Release) -> None:
    files = json.loads(released.files["manifest.json"])["files"]
    assert files["fhir/CodeSystem-milia.json"]["mediaType"] == "application/fhir+json"
    assert files["omop/CONCEPT.csv"]["mediaType"] == "text/tab-separated-values"
