"""Contradictions with third parties, on small data; then on the authorities' own tables.

The tables lie beside the project in ``../shared/vocab``; they are not ours to publish.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milia_onto.edges.mapping_files import read_mappings, read_table
from milia_onto.mappings.authority import Authorities
from milia_onto.mappings.compare import disputes, verdicts
from milia_onto.mappings.model import Entry, Link, Mapping, Table
from milia_onto.mappings.repair import proposals
from milia_onto.mappings.triangles import disagreements
from milia_onto.model.values import Place
from tests.conftest import authority_tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from milia_onto.model.values import Finding
    from tests.conftest import Result

PROJECT = Path(__file__).resolve().parents[2]
CURATED = sorted((PROJECT / "ontology" / "mappings").glob("*.sssom.tsv"))
EXACT, BROAD, RELATED = "skos:exactMatch", "skos:broadMatch", "skos:relatedMatch"
M = "MILIA:0000001"


def said(predicate: str, target: str, label: str = "", *, negated: bool = False) -> Mapping:
    return Mapping(Place("a", 1), M, "milia", predicate, negated, target, label)


def denied(predicate: str, target: str) -> Mapping:
    return said(predicate, target, negated=True)


def link(subject: str, predicate: str, object_: str, label: str = "") -> Link:
    return Link(subject, predicate, object_, label, "theirs")


A = link("A:1", EXACT, "B:2")
# our rows, links, entries, the checks that speak
SMALL = [
    ("agreed", [said(EXACT, "A:1"), said(EXACT, "B:2")], [A], [], []),
    ("close to one", [said(EXACT, "A:1"), said("skos:closeMatch", "B:2")], [A], [], []),
    ("nothing said", [said(EXACT, "A:1")], [A], [], []),
    ("other target", [said(EXACT, "A:1"), said(EXACT, "B:3")], [A], [], ["mapping-not-transitive"]),
    (
        "other target, the other way",
        [said(EXACT, "B:2"), said(EXACT, "A:9")],
        [A],
        [],
        ["mapping-not-transitive"],
    ),
    (
        "two predicates",
        [said(EXACT, "A:1"), said(BROAD, "B:2")],
        [A],
        [],
        ["mapping-not-transitive"] * 2,
    ),
    ("related tells little", [said(EXACT, "A:1"), said(RELATED, "B:2")], [A], [], []),
    ("denied", [said(RELATED, "A:1"), denied(RELATED, "B:2")], [A], [], ["mapping-denied"]),
    ("another denial", [said(RELATED, "A:1"), denied(EXACT, "B:2")], [A], [], []),
    ("asymmetric", [said(BROAD, "A:1")], [link("A:1", BROAD, M)], [], ["mapping-asymmetric"]),
    ("symmetric", [said(BROAD, "A:1")], [link("A:1", "skos:narrowMatch", M)], [], []),
    ("symmetric, as ours", [said(BROAD, "A:1")], [link(M, BROAD, "A:1")], [], []),
    (
        "equal to two",
        [said(BROAD, "A:1")],
        [link("A:1", EXACT, "B:2", "cyst"), link("A:1", EXACT, "B:3", "sac")],
        [],
        ["mapping-one-to-many"],
    ),
    (
        "equal to two of a name",
        [said(BROAD, "A:1")],
        [link("A:1", EXACT, "B:2", "cyst"), link("A:1", EXACT, "B:3", "Cyst")],
        [],
        [],
    ),
    (
        "crossed",
        [said(RELATED, "A:1", "cyst")],
        [link("A:2", EXACT, "B:2", "Cyst")],
        [Entry("A:2", "sac")],
        ["mapping-crossed"],
    ),
    (
        "a cross-reference",
        [said(EXACT, "A:1"), denied(EXACT, "SCTID:7")],
        [],
        [Entry("A:1", "cyst", xrefs=("SNOMEDCT_US:7",))],
        ["mapping-denied"],
    ),
    (
        "not above",
        [said(EXACT, "A:1"), said(BROAD, "A:3")],
        [],
        [Entry("A:1", parents=("A:2",))],
        ["mapping-not-above"],
    ),
    (
        "above by two steps",
        [said(EXACT, "A:1"), said(BROAD, "A:3")],
        [],
        [Entry("A:1", parents=("A:2",)), Entry("A:2", parents=("A:3", "A:1"))],
        [],
    ),
]


@pytest.mark.parametrize(
    ("rows", "links", "entries", "checks"), [pytest.param(*rest, id=n) for n, *rest in SMALL]
)
def test_a_contradiction_is_found(
    rows: list[Mapping], links: list[Link], entries: list[Entry], checks: list[str]
) -> None:
    assert len(SMALL) == 18
    authorities = Authorities([Table("t", tuple(entries), True, tuple(links))])
    found = disagreements(rows, authorities)
    assert [finding.check for finding in found] == checks
    # A mere cross-reference does not claim that two things are the same.
    assert {f.severity for f in found} <= ({"warning"} if links or "A:3" in str(rows) else {"info"})


def test_releases_that_disagree_are_told() -> None:
    tables = [Table(n, (Entry("A:1", label),)) for n, label in (("old", "cyst"), ("new", "acid"))]
    (finding,) = disputes([said(EXACT, "A:1", "cyst")], Authorities(tables))
    assert finding.severity == "warning"
    assert "“cyst”, “acid”" in finding.message


@cache
def tables() -> tuple[Table, ...]:
    folder = authority_tables()
    return tuple(map(read_table, sorted(folder.glob("*.tsv.gz"))))


@cache
def authorities() -> Authorities:
    # MeSH has headings of 2015 and later ids that were mapped, NCIT is a slice.
    return Authorities(tables(), ("MESH", "NCIT"))


def curated() -> list[Mapping]:
    return [row for path in CURATED for row in read_mappings(path).rows]


@cache
def told() -> list[Finding]:
    return disagreements(curated(), authorities())


def test_no_curated_mapping_is_stale() -> None:
    judged = verdicts(curated(), authorities())
    assert [
        (v.mapping.object, v.state) for v in judged if v.state not in {"same", "uncovered"}
    ] == []
    states = [v.state for v in judged]
    assert states.count("same") > 800
    # These vocabularies allow no table, or only a slice of them is at hand.
    unknown = {v.mapping.object.partition(":")[0] for v in judged if v.state == "uncovered"}
    assert unknown == {"ICD11F", "ICD11MMS", "MESH", "NCIT", "OMIM", "SCTID", "UMLS"} & unknown


def test_bazex_of_mondo_is_two_diseases_of_orphanet() -> None:
    found = [f for f in told() if "ORPHA:166113" in f.message]
    assert {(f.check, f.entity) for f in found} == {
        ("mapping-denied", "MILIA:0000130"),
        ("mapping-one-to-many", "MILIA:0000130"),
    }


def test_brooke_spiegler_of_ncit_hangs_on_another_disease() -> None:
    found = [f for f in told() if f.check == "mapping-crossed"]
    assert [(f.entity, f.value) for f in found] == [("MILIA:0000132", "NCIT:C43352")]
    assert "MONDO:0007565 “familial cylindromatosis”" in found[0].message


def test_an_identifier_with_an_invented_meaning_is_led_back_to_its_name() -> None:
    """Generated texts call HP:0001056 a skin ulcer, an angiokeratoma or an exfoliation."""
    right = {"Skin ulcer": "HP:0200042", "Angiokeratoma": "HP:0001014"}
    for label, term in right.items():
        judged = verdicts([said(EXACT, "HP:0001056", label)], authorities())
        assert [(v.state, v.label) for v in judged] == [("relabelled", "Milia")]
        assert [row.object for row in proposals(judged)] == [term]
    (verdict,) = verdicts([said(EXACT, "HP:0001056", "Exfoliation")], authorities())
    assert verdict.state == "relabelled"


def test_milia_are_not_below_cutaneous_cyst_in_hpo() -> None:
    """The table has no parents; HPO's placement is given here as SOURCES.md states it."""
    cyst = next(authorities().called("Cutaneous cyst", "HP"))
    lesion = next(authorities().called("Localized skin lesion", "HP"))
    placed = Table("hp", (Entry("HP:0001056", "Milia", parents=(lesion.id,)),), True)
    rows = [said(EXACT, "HP:0001056", "Milia"), said(BROAD, cyst.id, cyst.label)]
    (finding,) = disagreements(rows, Authorities([placed]))
    assert (finding.check, finding.value) == ("mapping-not-above", cyst.id)
    assert disagreements([rows[0], said(BROAD, lesion.id)], Authorities([placed])) == []


def test_identifiers_that_changed_places_between_releases_are_led_back() -> None:
    """DrugCentral's exports: fluorouracil is 26 in one, 76 in the other."""
    old = Table("2021", (Entry("D:26", "fluorouracil"), Entry("D:76", "acipimox")))
    new = Table("2025", (Entry("D:76", "fluorouracil"), Entry("D:26", "acipimox")))
    row = said(EXACT, "D:26", "fluorouracil")
    judged = verdicts([row], Authorities([new]))
    assert [(v.state, v.instead[0].id) for v in judged] == [("relabelled", "D:76")]
    assert len(list(disputes([row], Authorities([old, new])))) == 1


def test_a_slice_of_the_sources_proves_no_absence() -> None:
    slices = {table.name for table in tables() if table.partial}
    assert slices == {"chebi_slice", "go_slice", "ncit_slice", "pr_slice"}
    (verdict,) = verdicts([said(EXACT, "CHEBI:99999999", "no such acid")], authorities())
    assert verdict.state == "uncovered"


def test_mondo_withdraws_by_the_label() -> None:
    """`obsolete` of the table was inferred from labels; one says “obsoleted” and was missed."""
    row = said(EXACT, "MONDO:0007506", "echo virus 11 sensitivity")
    assert [v.state for v in verdicts([row], authorities())] == ["obsolete"]


def test_the_command_on_all_tables(milia_onto: Callable[..., Result]) -> None:
    tables()
    paths = sorted(authority_tables().glob("*.tsv.gz"))
    call = ("mappings", "check", *CURATED, "--against", *paths, "--partial", "MESH", "NCIT")
    answer = milia_onto(*call, "--format", "tsv")
    assert answer.code == 0
    assert len(answer.out.splitlines()) > 1000
