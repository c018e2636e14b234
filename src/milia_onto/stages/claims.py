"""The claims tables as triples: who says what, on what evidence, and whether it holds.

The model follows SEPIO: a claim is an assertion with evidence lines that support or dispute it
(SEPIO:0000007, SEPIO:0000008); evidence types are ECO's. See ``docs/modelling.md``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from milia_onto.model import namespaces as ns
from milia_onto.model.namespaces import vocab
from milia_onto.stages import evidence, quantities
from milia_onto.stages.contribution import Contribution
from milia_onto.stages.predicates import FOLDER, PREDICATES, say_predicate
from milia_onto.stages.tables import (
    Column,
    Row,
    complain,
    one_of,
    out_of_order,
    read_table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from milia_onto.model.values import Finding, Place
    from milia_onto.stages.content import Reader
    from milia_onto.stages.predicates import Predicate

# What tables hold beside claims, by their whole name below FOLDER.
QUANTITIES = re.compile(r"quantities-.+\.tsv")
COVERAGE = {
    re.compile(r"claimless-.+\.tsv"): ("source", "line", "reason"),
    re.compile(r"seed-texts\.tsv"): ("source", "line", "sha256"),
}
CLAIM_ID = re.compile(r"[a-z]+\d*-\d{3}")
VERDICTS = ("supported", "partly", "contradicted", "unsupported", "marketing")
POLARITIES = ("positive", "negative")


def columns_of(reader: Reader, predicates: Mapping[str, Predicate]) -> list[Column]:
    """The columns of a claims table, in order."""
    return [
        Column("claim", test=_claim_id),
        Column("subject", test=reader.curie),
        Column("predicate", test=one_of(*predicates)),
        Column("object", required=False, test=reader.curie),
        Column("value", required=False),
        Column("qualifier", required=False),
        Column("polarity", test=one_of(*POLARITIES)),
        Column("source", test=reader.slugs),
        Column("locator", required=False),
        Column("evidence", test=reader.curie),
        Column("verdict", test=one_of(*VERDICTS)),
        Column("reason", required=False),
        Column("supported_by", required=False),
        Column("disputed_by", required=False),
        Column("source_wording", required=False),
    ]


def _claim_id(text: str) -> str:
    fits = CLAIM_ID.fullmatch(text)
    return "" if fits else f"“{text}” is not letters, a hyphen and three digits"


class Claims:
    """All claims of a project; tables are added one by one, then said together."""

    def __init__(
        self, reader: Reader, predicates: Mapping[str, Predicate], labels: Mapping[str, str]
    ) -> None:
        """``labels`` of every term of the ontology, by IRI."""
        self.reader = reader
        self.predicates = predicates
        self.labels = labels
        self.rows: dict[str, Row] = {}
        self.quantities: list[Row] = []
        self.findings: list[Finding] = []

    def add(self, file: str, data: bytes) -> None:
        """Read one table below ``FOLDER``; its name says what it holds."""
        name = file.removeprefix(f"{FOLDER}/")
        coverage = [names for each, names in COVERAGE.items() if each.fullmatch(name)]
        if coverage:
            self.findings += read_table(file, data, [Column(name) for name in coverage[0]])[1]
        elif QUANTITIES.fullmatch(name):
            self.add_quantities(file, data)
        elif file != PREDICATES:
            self.add_table(file, data)

    def add_table(self, file: str, data: bytes) -> None:
        """Read one claims table."""
        rows, findings = read_table(file, data, columns_of(self.reader, self.predicates))
        self.findings += [*findings, *out_of_order(rows, "claim")]
        for row in rows:
            if row["claim"] in self.rows:
                first = self.rows[row["claim"]].place
                message = f"claim {row['claim']} was already made at {first}"
                self.findings.append(complain(row.place, message, "give it the next free id"))
            else:
                self.rows[row["claim"]] = row

    def add_quantities(self, file: str, data: bytes) -> None:
        """Read one table of quantities."""
        rows, findings = quantities.read_quantities(file, data, CLAIM_ID)
        self.findings += findings
        self.quantities += rows

    def say(self, tiers: Mapping[str, str]) -> Contribution:
        """Everything as triples; ``tiers`` are the reliability tiers of the sources by slug."""
        out = Contribution()
        for predicate in self.predicates.values():
            self.findings += say_predicate(out, predicate, self.reader.prefixes)
        for name, row in sorted(self.rows.items()):
            self.findings += self._check(row)
            lines = evidence.lines_of(row, self.rows, tiers)
            self._say_claim(out, name, row, lines)
        self.findings += quantities.say_quantities(out, self.quantities, self.rows)
        out.findings += self.findings
        return out

    def _check(self, row: Row) -> Iterable[Finding]:
        predicate = self.predicates[row["predicate"]]
        if not row["object"] and not row["value"]:
            yield complain(row.place, "the claim has neither object nor value", "fill in one")
        for column in ("subject", "object"):
            iri = self.reader.prefixes.expand(row[column]) if row[column] else None
            if iri is not None and iri not in self.labels:
                message = f"{row[column]} is no term of the ontology"
                place = row.place._replace(column=column)
                yield complain(place, message, "import or mint it, or use a term that is there")
        kind = self.reader.prefixes.expand(row["evidence"])
        if kind not in self.labels or not row["evidence"].startswith("ECO:"):
            place = row.place._replace(column="evidence")
            message = f"{row['evidence']} is no evidence type of ontology/imports/eco.tsv"
            yield complain(place, message, "use an ECO class that is there, or import it")
        if predicate.holds != "term" and row["object"]:
            message = f"“{predicate.name}” takes no term as its object"
            yield complain(row.place._replace(column="object"), message, "write a value")
        for column in ("supported_by", "disputed_by"):
            for other in row.many(column):
                if other not in self.rows or other == row["claim"]:
                    place = row.place._replace(column=column)
                    yield complain(place, f"there is no other claim {other}", "correct the id")
        if row["verdict"] == "contradicted" and not row["disputed_by"]:
            fix = "name the claims that dispute it, or judge it unsupported"
            yield complain(row.place, "contradicted, but nothing disputes it", fix)
        if row["verdict"] != "supported" and not row["reason"]:
            yield complain(row.place, f"{row['verdict']}, but no reason is given", "say why")

    def _say_claim(
        self, out: Contribution, name: str, row: Row, lines: Sequence[evidence.Line]
    ) -> None:
        node, place = NamedNode(ns.CLAIM + name), row.place
        out.say(place, node, ns.RDF_TYPE, ns.OWL_NAMED_INDIVIDUAL)
        out.say(place, node, ns.RDF_TYPE, ns.named("SEPIO:0000001"))
        out.say(place, node, ns.RDFS_LABEL, Literal(self._label(name, row), language="en"))
        out.say(place, node, vocab("subject"), self.reader.node(row["subject"]))
        out.say(place, node, vocab("predicate"), vocab(row["predicate"]))
        if row["object"]:
            out.say(place, node, vocab("object"), self.reader.node(row["object"]))
        texts = {"value": "value", "qualifier": "qualifier", "reason": "reason"}
        for column, prop in texts.items():
            if row[column]:
                out.say(place, node, vocab(prop), Literal(row[column], language="en"))
        if row["source_wording"]:
            out.say(place, node, vocab("sourceWording"), Literal(row["source_wording"]))
        for locator in row.many("locator"):
            out.say(place, node, vocab("sourceLine"), Literal(locator))
        out.say(place, node, vocab("polarity"), vocab(row["polarity"]))
        out.say(place, node, vocab("verdict"), vocab(row["verdict"]))
        out.say(place, node, vocab("confidence"), vocab(evidence.confidence(row, lines)))
        out.say(place, node, vocab("evidenceType"), self.reader.node(row["evidence"]))
        for slug in row.many("source"):
            out.say(place, node, ns.DCTERMS_SOURCE, NamedNode(ns.SOURCE + slug))
        for column, prop in (("supported_by", "supportedBy"), ("disputed_by", "disputedBy")):
            for other in row.many(column):
                out.say(place, node, vocab(prop), NamedNode(ns.CLAIM + other))
        for number, line in enumerate(lines, 1):
            self._say_line(out, node, f"{name}/evidence-{number}", line, place)

    def _say_line(
        self, out: Contribution, claim: NamedNode, name: str, line: evidence.Line, place: Place
    ) -> None:
        node = NamedNode(ns.CLAIM + name)
        label = f"{name}: {line.direction} evidence from {line.source}"
        out.say(place, claim, vocab("evidenceLine"), node)
        out.say(place, node, ns.RDF_TYPE, ns.OWL_NAMED_INDIVIDUAL)
        out.say(place, node, ns.RDF_TYPE, ns.named("SEPIO:0000002"))
        out.say(place, node, ns.RDFS_LABEL, Literal(label, language="en"))
        out.say(place, node, vocab("direction"), vocab(line.direction))
        out.say(place, node, vocab("strength"), vocab(line.strength))
        out.say(place, node, vocab("evidenceType"), self.reader.node(line.eco))
        out.say(place, node, ns.DCTERMS_SOURCE, NamedNode(ns.SOURCE + line.source))

    def _label(self, name: str, row: Row) -> str:
        def called(curie: str) -> str:
            return self.labels.get(self.reader.prefixes.expand(curie) or "", curie)

        verb = self.predicates[row["predicate"]].label
        told = called(row["object"]) if row["object"] else row["value"]
        negation = "not: " if row["polarity"] == "negative" else ""
        return f"{name}: {negation}{called(row['subject'])} {verb} {told}"
