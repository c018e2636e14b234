"""The authored tables as triples: synonyms, labels, sources, deprecations.

Every function takes the file's path and bytes and gives a ``Contribution``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from milia_onto.model import namespaces as ns
from milia_onto.stages.contribution import Contribution
from milia_onto.stages.evidence import STRENGTH
from milia_onto.stages.tables import Column, Row, date, one_of, out_of_order, read_table, repeated

if TYPE_CHECKING:
    from milia_onto.model.prefixes import Prefixes

SCOPES = {
    "exact": ns.named("oboInOwl:hasExactSynonym"),
    "broad": ns.named("oboInOwl:hasBroadSynonym"),
    "narrow": ns.named("oboInOwl:hasNarrowSynonym"),
    "related": ns.named("oboInOwl:hasRelatedSynonym"),
}
SYNONYM_TYPES = {
    "abbreviation": ns.named("OMO:0003000"),
    "layperson": ns.named("OMO:0003003"),
    "plural": ns.named("OMO:0003004"),
    "uk_spelling": ns.named("OMO:0003005"),
    "misspelling": ns.named("OMO:0003006"),
}
SYNONYM_TYPE = ns.named("oboInOwl:hasSynonymType")
LABEL_KINDS = {
    "preferred": ns.named("skos:prefLabel"),
    "alternative": ns.named("skos:altLabel"),
    "hidden": ns.named("skos:hiddenLabel"),
}
INFORMATION_SOURCE = ns.named("MILIA:0000930")
SOURCE_KIND = ns.named("MILIA:0000912")
TIER = ns.named("MILIA:0000913")
SOURCE_KINDS = (
    "review",
    "clinical_trial",
    "cohort_study",
    "case_report",
    "case_series",
    "lab_study",
    "clinical_reference",
    "textbook_chapter",
    "curated_annotation",
    "vocabulary",
    "web_page",
    "media",
    "seed_document",
    "curation",
)


class Reader:
    """Reads the tables of one project; holds the prefix map and the known source slugs."""

    def __init__(self, prefixes: Prefixes) -> None:
        self.prefixes = prefixes
        self.sources: set[str] = set()

    def curie(self, text: str) -> str:
        """What is wrong with a CURIE: unknown prefix, or a code not shaped as its system's are."""
        name = text.partition(":")[0]
        if ":" not in text or name not in self.prefixes.by_name:
            return f"“{text}” has no prefix of ontology/prefixes.tsv"
        if not self.prefixes.is_well_formed(text):
            shape = self.prefixes.by_name[name].pattern
            return f"“{text}” is not shaped as {name} identifiers are ({shape})"
        return ""

    def curies(self, text: str) -> str:
        """What is wrong with the first bad CURIE of a list joined by ``|``."""
        return next(filter(None, map(self.curie, text.split("|"))), "")

    def slugs(self, text: str) -> str:
        """What is wrong with the first unknown source of a list joined by ``|``."""
        unknown = (slug for slug in text.split("|") if slug not in self.sources)
        slug = next(unknown, None)
        return f"“{slug}” is not in ontology/tables/sources.tsv" if slug else ""

    def node(self, curie: str) -> NamedNode:
        """The node of a CURIE that passed ``curie``."""
        iri = self.prefixes.expand(curie)
        if iri is None:
            raise AssertionError(f"{curie} was not checked by its column")
        return NamedNode(iri)

    def source_notes(self, row: Row) -> list[tuple[NamedNode, Literal | NamedNode]]:
        """``dcterms:source`` for each source of the row."""
        return [(ns.DCTERMS_SOURCE, NamedNode(ns.SOURCE + slug)) for slug in row.many("source")]

    def information_sources(self, file: str, data: bytes) -> Contribution:
        """``sources.tsv``: each source as an individual with title, kind, tier and address."""
        columns = [
            Column("source", test=_slug),
            Column("title"),
            Column("kind", test=one_of(*SOURCE_KINDS)),
            Column("tier", test=one_of(*STRENGTH)),
            Column("locator", required=False),
            Column("note", required=False),
        ]
        rows, findings = read_table(file, data, columns)
        out = Contribution(
            findings=[*findings, *out_of_order(rows, "source"), *repeated(rows, "source")]
        )
        self.sources.update(row["source"] for row in rows)
        for row in rows:
            node = NamedNode(ns.SOURCE + row["source"])
            out.say(row.place, node, ns.RDF_TYPE, ns.OWL_NAMED_INDIVIDUAL)
            out.say(row.place, node, ns.RDF_TYPE, INFORMATION_SOURCE)
            title = Literal(row["title"], language="en")
            out.say(row.place, node, ns.RDFS_LABEL, title)
            out.say(row.place, node, ns.named("dcterms:title"), title)
            out.say(row.place, node, SOURCE_KIND, Literal(row["kind"]))
            out.say(row.place, node, TIER, Literal(row["tier"]))
            if row["locator"]:
                out.say(row.place, node, ns.RDFS_SEEALSO, _locator(row["locator"]))
            if row["note"]:
                out.say(row.place, node, ns.RDFS_COMMENT, Literal(row["note"], language="en"))
        return out

    def synonyms(self, file: str, data: bytes) -> Contribution:
        """``synonyms.tsv``: English synonyms with scope, kind of synonym and source."""
        columns = [
            Column("term", test=self.curie),
            Column("scope", test=one_of(*SCOPES)),
            Column("synonym"),
            Column("type", required=False, test=one_of(*SYNONYM_TYPES)),
            Column("source", test=self.slugs),
        ]
        rows, findings = read_table(file, data, columns)
        out = Contribution(findings=[*findings, *out_of_order(rows, "term")])
        for row in rows:
            obj = Literal(row["synonym"], language="en")
            subject, predicate = self.node(row["term"]), SCOPES[row["scope"]]
            kind = SYNONYM_TYPES.get(row["type"])
            notes = [(SYNONYM_TYPE, kind)] if kind else []
            out.say(row.place, subject, predicate, obj)
            out.annotate(Triple(subject, predicate, obj), [*notes, *self.source_notes(row)])
        return out

    def labels(self, file: str, data: bytes) -> Contribution:
        """``labels.tsv``: labels in other languages than English, each with its source."""
        columns = [
            Column("term", test=self.curie),
            Column("language", test=_language),
            Column("kind", test=one_of(*LABEL_KINDS)),
            Column("label"),
            Column("source", test=self.slugs),
        ]
        rows, findings = read_table(file, data, columns)
        out = Contribution(findings=[*findings, *out_of_order(rows, "term", "language")])
        for row in rows:
            obj = Literal(row["label"], language=row["language"])
            subject, predicate = self.node(row["term"]), LABEL_KINDS[row["kind"]]
            out.say(row.place, subject, predicate, obj)
            out.annotate(Triple(subject, predicate, obj), self.source_notes(row))
        return out

    def deprecations(self, file: str, data: bytes) -> Contribution:
        """``deprecations.tsv``: retired terms; their definition stays, their axioms are gone."""
        columns = [
            Column("term", test=self.curie),
            Column("label"),
            Column("definition"),
            Column("source", test=self.slugs),
            Column("since", test=date),
            Column("reason"),
            Column("replaced_by", required=False, test=self.curie),
        ]
        rows, findings = read_table(file, data, columns)
        out = Contribution(
            findings=[*findings, *out_of_order(rows, "term"), *repeated(rows, "term")]
        )
        boolean = NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
        for row in rows:
            node = self.node(row["term"])
            note = f"Deprecated on {row['since']}: {row['reason']}"
            out.say(row.place, node, ns.RDF_TYPE, ns.OWL_CLASS)
            out.say(
                row.place, node, ns.RDFS_LABEL, Literal(f"obsolete {row['label']}", language="en")
            )
            out.say(row.place, node, ns.DEFINITION, Literal(row["definition"], language="en"))
            for slug in row.many("source"):
                source = NamedNode(ns.SOURCE + slug)
                out.say(row.place, node, ns.DEFINITION_SOURCE, source)
            out.say(row.place, node, ns.EDITOR_NOTE, Literal(note, language="en"))
            out.say(row.place, node, ns.OWL_DEPRECATED, Literal("true", datatype=boolean))
            if row["replaced_by"]:
                out.say(row.place, node, ns.REPLACED_BY, self.node(row["replaced_by"]))
        return out


def _slug(text: str) -> str:
    fits = re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text)
    return "" if fits else f"“{text}” is not lower-case words joined by hyphens"


def _language(text: str) -> str:
    if text == "en":
        return "English labels are written in the modules, English synonyms in synonyms.tsv"
    fits = re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", text)
    return "" if fits else f"“{text}” is not a BCP 47 language tag"


def _locator(text: str) -> Literal | NamedNode:
    return NamedNode(text) if re.match(r"https?://[^\s<>\"{}|\\^`]+$", text) else Literal(text)
