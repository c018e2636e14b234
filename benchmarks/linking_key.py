"""How good the candidates of `link` are on an authority's table: the key, and the score.

The key of a table holds the pairs of a code in it and a term of the release that curators call
the same: the release's own mapping sets, and for terms that the release takes from Mondo, Mondo's
mapping sets. Pairs that our curators call near are counted apart. The matcher is built without
the mappings of the table's vocabulary, so it cannot look the answers up.
"""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from milia_onto.edges.link import link_file, read_index
from milia_onto.edges.vocabulary.identifiers import Identifiers
from milia_onto.edges.vocabulary.reading import Asked
from milia_onto.link.match import Matcher
from milia_onto.link.xrefs import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from milia_onto.link.index import Index

PROJECT = Path(__file__).resolve().parent.parent
JUDGED = Path(__file__).with_name("linking-judged.tsv")
# The tables, and the prefix of their codes in the release.
TABLES = {
    "mondo": "MONDO",
    "hpo": "HP",
    "doid": "DOID",
    "icd10cm_2025": "ICD10CM",
    "icd10cm_2025_index": "ICD10CM",
    "icd10who_2019": "ICD10WHO",
    "icd9cm_v32": "ICD9CM",
    "ncit_slice": "NCIT",
    "ordo": "ORPHA",
    "mesh_2015": "MESH",
}
# Nothing in these means a kind of milia or a look-alike; what is found was imported or is wrong.
OTHERS = ("uberon", "cl", "go_slice", "chebi_slice", "hgnc_2015", "pr_slice", "pato", "maxo")
EXACT = "skos:exactMatch"
SAME = frozenset({EXACT, "skos:closeMatch"})
Pair = tuple[str, str]


@dataclass
class Score:
    """What was found in one table, beside the key."""

    table: str
    terms: int = 0
    key: set[Pair] = field(default_factory=set)
    near: set[Pair] = field(default_factory=set)
    found: set[Pair] = field(default_factory=set)
    known: set[Pair] = field(default_factory=set)
    right: set[Pair] = field(default_factory=set)
    wrong: set[Pair] = field(default_factory=set)
    friends: set[Pair] = field(default_factory=set)
    wider: int = 0
    reached: int = 0

    @property
    def unjudged(self) -> set[Pair]:
        """Found, not in any mapping set, and nobody judged it yet."""
        return self.found - self.known - self.right - self.wrong

    @property
    def strict(self) -> float:
        """Precision where all that the mapping sets do not say is wrong."""
        return len(self.found & self.known) / len(self.found) if self.found else 1.0

    @property
    def precision(self) -> float:
        """Precision where what the mapping sets do not say was judged by hand."""
        good = len(self.found & (self.known | self.right))
        return good / len(self.found) if self.found else 1.0

    @property
    def compared(self) -> float:
        """Precision among the pairs of which some curator mapped the code or the term."""
        pairs = self.key | self.near
        codes, terms = {code for code, _ in pairs}, {term for _, term in pairs}
        met = {pair for pair in self.found if pair[0] in codes or pair[1] in terms}
        return len(met & self.known) / len(met) if met else 1.0

    @property
    def recall(self) -> float:
        """The share of the key that was found."""
        return len(self.found & self.key) / len(self.key) if self.key else 1.0


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """The rows of an authority's table or a mapping set."""
    unpack = gzip.open if path.suffix == ".gz" else open
    with unpack(path, "rt", encoding="utf-8") as stream:
        lines = (line for line in stream if not line.startswith("#"))
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def judged() -> dict[Pair, bool]:
    """The pairs that were judged by hand: whether each is right."""
    rows = rows_of(JUDGED)
    return {(row["subject_id"], row["object_id"]): row["verdict"] == "right" for row in rows}


class Keys:
    """The curated pairs of a release and of Mondo."""

    def __init__(self, release: Path, vocabularies: Path, *, imported: bool) -> None:
        self.imported = imported
        self.vocabularies = vocabularies
        self.release = release
        self.curated: list[dict[str, str]] = []
        for path in sorted((release / "mappings").glob("*.sssom.tsv")):
            self.curated += rows_of(path)
        self.index = read_index(release, imported=imported)
        self.mondo: dict[Pair, str] = {}
        for row in rows_of(vocabularies / "mondo_sssom.tsv.gz"):
            for term in self.index.equivalent(row["mondo_id"]):
                self.mondo[canonical(row["object_id"]), term] = f"skos:{row['predicate']}"
        self.judged = judged()

    def score(self, table: str, found: Iterable[Pair]) -> Score:
        """The score of pairs of a code and a term that some matcher found in a table."""
        path = self.vocabularies / f"{table}.tsv.gz"
        rows = list(rows_of(path))
        live = {canonical(row["id"]) for row in rows if row["obsolete"] != "y"}
        score = Score(table, len(rows), found={pair for pair in found if pair[0] != pair[1]})
        said = {(row["object_id"], row["subject_id"]): row for row in self.curated}
        for pair, row in said.items():
            if row["predicate_modifier"]:
                score.friends |= {pair} & score.found
            else:
                score.known.add(pair)
                if row["predicate_id"] in SAME and pair[0] in live:
                    (score.key if row["predicate_id"] == EXACT else score.near).add(pair)
        for pair, predicate in self.mondo.items():
            if pair not in said or not said[pair]["predicate_modifier"]:
                score.known.add(pair)
                if predicate == EXACT and pair[0] in live and pair[0] != pair[1]:
                    score.key.add(pair)
        score.right = {p for p in score.found if self.judged.get(p)}
        score.wrong = {p for p in score.found if self.judged.get(p) is False}
        self._wider(score, live)
        return score

    def _wider(self, score: Score, live: set[str]) -> None:
        """Curated rows to wider codes that follow from what was found and the classification."""
        codes: dict[str, set[str]] = {}
        for code, term in score.found:
            codes.setdefault(code, set()).add(term)
        for row in self.curated:
            code, term = row["object_id"], row["subject_id"]
            if row["predicate_id"] != "skos:broadMatch" or row["predicate_modifier"]:
                continue
            if code in live:
                score.wider += 1
                above = self.index.ancestors(term) | {term}
                score.reached += bool(above & codes.get(code, set()))

    def index_for(self, table: str) -> Index:
        """The index for a table: without the mappings of its vocabulary."""
        return read_index(self.release, [TABLES.get(table, "")], imported=self.imported)

    def ours(self, table: str) -> Score:
        """The score of our matcher."""
        index = self.index_for(table)
        ids = Identifiers(index.prefixes)
        for other in ("GO", "PR", "RO"):
            ids.declare(other, f"http://purl.obolibrary.org/obo/{other}_")
        path = self.vocabularies / f"{table}.tsv.gz"
        linked = link_file(Asked(path, "tsv", {}), ids, Matcher(index), lambda _: None)
        return self.score(table, ((c.subject, c.object) for c in linked.candidates))
