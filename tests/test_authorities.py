"""Every external identifier exists in its authority's table, is alive there and is called so.

The authority tables lie beside the project in ``../shared/vocab``; they are not ours to publish.
An identifier that no table can vouch for is named in ``tests/data/unchecked-identifiers.tsv`` with
the reason and where it was seen instead. RDF, RDFS, OWL and XSD are the language itself; the
check ``unknown-vocabulary-term`` holds their names. Addresses of web pages are no identifiers.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from milia_onto.model.namespaces import RDFS_LABEL
from tests.conftest import authority_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PROJECT = Path(__file__).resolve().parent.parent
ONTOLOGY = PROJECT / "ontology"
UNCHECKED = PROJECT / "tests" / "data" / "unchecked-identifiers.tsv"
TABLES = {
    "BFO": ("bfo", "ro"),
    "CHEBI": ("chebi_slice",),
    "CL": ("cl",),
    "DOID": ("doid",),
    "ECO": ("eco",),
    "GO": ("go_slice",),
    "HGNC": ("hgnc_2015",),
    "HP": ("hpo",),
    "IAO": ("iao", "ro"),
    "ICD10CM": ("icd10cm_2025",),
    "ICD10WHO": ("icd10who_2019",),
    "ICD9CM": ("icd9cm_v32",),
    "MAXO": ("maxo",),
    "MESH": ("mesh_2015",),
    "MONDO": ("mondo",),
    "NCIT": ("ncit_slice",),
    "OGMS": ("ogms",),
    "ORPHA": ("ordo",),
    "PATO": ("pato",),
    "RO": ("ro",),
    "SEPIO": ("sepio",),
    "UBERON": ("uberon",),
}
# Of these the ids alone are read, as cross-references.
ATTESTING = ("pharmgkb_drug",)
OURS = {"MILIA", "claim", "mappings", "shapes", "source", "vocab"}
LANGUAGE = {"owl", "rdf", "rdfs", "xsd"}
# How authorities' cross-references spell the prefixes of the project.
SPELLINGS = {"icd11.foundation": "ICD11F", "SNOMEDCT_US": "SCTID"}
# Identifiers in running text: a qualifier that names the record, the address of an article.
IN_TEXT = re.compile(
    r"\b(?:OMIM|ORPHA|PMID|HP|MONDO|DOID|CHEBI|NCIT|MESH|UMLS|UBERON|HGNC|GO|ECO):[CD]?\d+"
    r"|\bPMC\d+|\bNBK\d+|(?<=doi\.org/)10\.\S+|(?<=pubmed\.ncbi\.nlm\.nih\.gov/)\d+"
)
TEXTS = ("claims/*.tsv", "tables/sources.tsv", "tables/synonyms.tsv", "tables/labels.tsv")
# `MONDO:0000001 ; # disease` and `someValuesFrom HGNC:2214 ] ; # … in some COL7A1`
REMARK = re.compile(r"\b([A-Z]+:\d+) (?:\] )*[;,.] # (?:.* (?:some|only) )?(.+)$", re.MULTILINE)


class Use(NamedTuple):
    """An identifier, where it stands, and what it is called there (nothing if it is not)."""

    place: str
    identifier: str
    label: str = ""
    may_be_obsolete: bool = False


@dataclass(frozen=True)
class Entry:
    """What an authority says of an identifier."""

    names: frozenset[str]
    obsolete: bool
    references: frozenset[str]


def rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a table, each with its file and line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if not line.startswith("#"))
    names = lines[start].split("\t")
    for number, line in enumerate(lines[start + 1 :], start + 2):
        where = f"{path.relative_to(PROJECT)}:{number}"
        yield where, dict(zip(names, line.split("\t"), strict=True))


@pytest.fixture(scope="module")
def authorities() -> dict[str, Entry]:
    """What the authority tables hold, by CURIE."""
    folder = authority_tables()
    wanted = {name for names in TABLES.values() for name in names} | set(ATTESTING)
    found: dict[str, Entry] = {}
    for name in sorted(wanted):
        with gzip.open(folder / f"{name}.tsv.gz", "rt", encoding="utf-8") as table:
            assert next(table).split() == ["id", "label", "synonyms", "xrefs", "obsolete"]
            for line in table:
                curie, label, synonyms, references, obsolete = line.rstrip("\n").split("\t")
                if name in TABLES.get(curie.partition(":")[0], ATTESTING):
                    names = frozenset([label, *filter(None, synonyms.split("|"))])
                    known = frozenset(map(respelt, filter(None, references.split("|"))))
                    found.setdefault(curie, Entry(names, obsolete == "y", known))
    return found


@pytest.fixture(scope="module")
def titles(authorities: dict[str, Entry]) -> dict[str, str]:
    """What Mondo's mapping sets call the objects that the authority tables lack."""
    path = authority_tables() / "mondo_sssom.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as table:
        quoted = [line.rstrip("\n").split("\t")[2:] for line in table]
    named = {respelt(curie): label for curie, label in quoted if label}
    return {curie: label for curie, label in named.items() if curie not in authorities}


def respelt(reference: str) -> str:
    prefix, _, local = reference.partition(":")
    return f"{SPELLINGS.get(prefix, prefix)}:{local}"


def curie_of(iri: str, namespaces: Mapping[str, str]) -> str:
    """The CURIE with the longest namespace; nothing where there is none."""
    fits = [prefix for prefix, start in namespaces.items() if iri.startswith(start)]
    best = max(fits, key=lambda prefix: len(namespaces[prefix]), default="")
    return f"{best}:{iri.removeprefix(namespaces[best])}" if best else ""


def in_modules() -> Iterator[Use]:
    """Every IRI and label of the Turtle files, and the remarks that call a term by its label."""
    prefixes = dict(rows(ONTOLOGY / "prefixes.tsv")).values()
    namespaces = {row["prefix"]: row["namespace"] for row in prefixes}
    for path in [ONTOLOGY / "milia.ttl", *sorted((ONTOLOGY / "modules").glob("*.ttl"))]:
        where = str(path.relative_to(PROJECT))
        for triple in parse(path.read_bytes(), format=RdfFormat.TURTLE):
            for part in (triple.subject, triple.predicate, triple.object):
                curie = curie_of(part.value, namespaces) if isinstance(part, NamedNode) else ""
                named = part == triple.subject and triple.predicate == RDFS_LABEL
                label = triple.object.value if isinstance(triple.object, Literal) else ""
                if curie:
                    yield Use(where, curie, label if named else "")
        for remark in REMARK.finditer(path.read_text(encoding="utf-8")):
            yield Use(where, remark[1], remark[2])


def in_slices() -> Iterator[Use]:
    """Identifier, label, parents and replacement of every imported row."""
    for path in sorted((ONTOLOGY / "imports").glob("*.tsv")):
        for where, row in rows(path) if path.stem != "vocabularies" else ():
            yield Use(where, row["id"], row["label"], may_be_obsolete=row["obsolete"] == "y")
            for other in filter(None, f"{row['parents']}|{row['replaced_by']}".split("|")):
                yield Use(where, other)


def in_claims() -> Iterator[Use]:
    """Subject, object and evidence type of every claim."""
    for path in sorted((ONTOLOGY / "claims").glob("*.tsv")):
        for where, row in rows(path):
            for column in ("subject", "object", "evidence"):
                if row.get(column) and "predicate" in row and "polarity" in row:
                    yield Use(where, row[column])


def in_mappings() -> Iterator[Use]:
    """Object with its label, predicate and justification of every mapping."""
    for path in sorted((ONTOLOGY / "mappings").glob("*.tsv")):
        for where, row in rows(path):
            yield Use(where, row["object_id"], row["object_label"])
            yield Use(where, row["predicate_id"])
            yield Use(where, row["mapping_justification"])


def in_texts() -> Iterator[Use]:
    """Identifiers that a qualifier, a reason or the address of a source names."""
    for path in sorted(found for pattern in TEXTS for found in ONTOLOGY.glob(pattern)):
        for where, row in rows(path):
            for column, cell in row.items():
                if column not in {"subject", "object", "evidence", "term"}:
                    for found in IN_TEXT.findall(cell):
                        yield Use(where, found if ":" in found else spelt_out(found))
                elif column == "term":
                    yield Use(where, cell)


def spelt_out(found: str) -> str:
    """An identifier of an address as a CURIE."""
    if found.startswith("10."):
        return f"doi:{found}"
    return f"PMID:{found}" if found.isdecimal() else found


GROUPS = {
    # name: where to look, the fewest foreign identifiers that must be found there
    "modules": (in_modules, 200),
    "slices": (in_slices, 1000),
    "claims": (in_claims, 150),
    "mappings": (in_mappings, 350),
    "texts": (in_texts, 60),
}


def foreign(uses: Iterable[Use]) -> list[Use]:
    return [u for u in uses if u.identifier.partition(":")[0] not in OURS | LANGUAGE]


@pytest.fixture(scope="module")
def unchecked() -> dict[str, dict[str, str]]:
    """The identifiers that no table can vouch for."""
    listed = [row for _, row in rows(UNCHECKED)]
    found = {row["identifier"]: row for row in listed}
    assert list(found) == sorted(found)
    assert len(found) == len(listed)
    return found


def deviations(uses: Iterable[Use], authorities: Mapping[str, Entry]) -> Iterator[str]:
    """What is wrong with the identifiers that an authority knows: label, obsolescence."""
    for use in uses:
        entry = authorities.get(use.identifier)
        if entry is None:
            continue
        if entry.obsolete != use.may_be_obsolete and (entry.obsolete or use.may_be_obsolete):
            told = "obsolete" if entry.obsolete else "not obsolete"
            yield f"{use.place}: {use.identifier} is {told} in its vocabulary"
        if use.label and use.label not in entry.names:
            yield f"{use.place}: {use.identifier} is not called “{use.label}”"


@pytest.mark.parametrize("group", GROUPS)
def test_every_identifier_is_alive_and_called_as_its_authority_calls_it(
    group: str, authorities: dict[str, Entry]
) -> None:
    assert len(GROUPS) == 5
    find, fewest = GROUPS[group]
    uses = foreign(find())
    known = {use.identifier for use in uses if use.identifier in authorities}
    print(f"{group}: {len(uses)} uses of {len({u.identifier for u in uses})}, {len(known)} known")
    assert len({use.identifier for use in uses}) >= fewest
    assert sorted(set(deviations(uses, authorities))) == []


def test_every_identifier_that_no_table_holds_is_named(
    authorities: dict[str, Entry], unchecked: dict[str, dict[str, str]]
) -> None:
    used = {use.identifier for find, _ in GROUPS.values() for use in foreign(find())}
    unknown = used - set(authorities)
    assert sorted(unknown - set(unchecked)) == [], "nobody says why these were not checked"
    assert sorted(set(unchecked) - unknown) == [], "these are checked, or used nowhere"
    print(f"{len(used)} identifiers, {len(unknown)} in no table")


def test_only_a_vocabulary_without_a_full_table_has_unchecked_identifiers(
    unchecked: dict[str, dict[str, str]],
) -> None:
    partial = {"MESH", "NCIT"}
    whole = set(TABLES) - partial
    assert [name for name in unchecked if name.partition(":")[0] in whole] == []


def test_every_unchecked_identifier_says_why_and_where_it_was_seen(
    unchecked: dict[str, dict[str, str]],
) -> None:
    assert len(unchecked) >= 100
    empty = [n for n, row in unchecked.items() if len(row["why"]) < 5 or len(row["seen_in"]) < 5]
    assert empty == []


def test_what_attests_an_unchecked_identifier_names_it(
    authorities: dict[str, Entry], unchecked: dict[str, dict[str, str]]
) -> None:
    attested = {name: row["attested_by"] for name, row in unchecked.items() if row["attested_by"]}
    assert len(attested) >= 50
    assert [n for n, by in attested.items() if n not in authorities[by].references] == []


def test_what_mondo_quotes_is_called_so(
    titles: dict[str, str], unchecked: dict[str, dict[str, str]]
) -> None:
    uses = {use for find, _ in GROUPS.values() for use in foreign(find()) if use.label}
    quoted = [use for use in uses if use.identifier in unchecked and use.identifier in titles]
    assert len({use.identifier for use in quoted}) >= 25
    assert sorted(use for use in quoted if use.label != titles[use.identifier]) == []


def test_every_parent_is_an_imported_term() -> None:
    paths = [p for p in (ONTOLOGY / "imports").glob("*.tsv") if p.stem != "vocabularies"]
    imported = {row["id"]: row for path in paths for _, row in rows(path)}
    terms = {name for name, row in imported.items() if row["use"] in {"term", "both"}}
    pairs = [
        (name, parent)
        for name in terms
        for parent in filter(None, imported[name]["parents"].split("|"))
    ]
    assert len(pairs) >= 400
    assert [pair for pair in pairs if pair[1] not in terms] == []


WRONG = [
    pytest.param(Use("x", "HP:1"), ["x: HP:1 is obsolete in its vocabulary"], id="obsolete"),
    pytest.param(Use("x", "HP:2", "milium"), ["x: HP:2 is not called “milium”"], id="label"),
    pytest.param(
        Use("x", "HP:2", "milia", may_be_obsolete=True),
        ["x: HP:2 is not obsolete in its vocabulary"],
        id="alive",
    ),
    pytest.param(Use("x", "HP:2", "milk spot"), [], id="synonym"),
    pytest.param(Use("x", "HP:1", "pimple", may_be_obsolete=True), [], id="said to be obsolete"),
]


@pytest.mark.parametrize(("use", "expected"), WRONG)
def test_a_deviation_is_named(use: Use, expected: list[str]) -> None:
    assert len(WRONG) == 5
    table = {
        "HP:1": Entry(frozenset({"pimple"}), True, frozenset()),
        "HP:2": Entry(frozenset({"milia", "milk spot"}), False, frozenset()),
    }
    assert list(deviations([use], table)) == expected
