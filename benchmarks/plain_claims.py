"""The claims tables as rdflib triples, and the direct edges that follow from them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from plain_tables import DCTERMS, MILIA, OBO, SOURCE, Tables, rows
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

if TYPE_CHECKING:
    from rdflib.term import Node

CLAIM = Namespace("https://w3id.org/milia/claim/")
VOCAB = Namespace("https://w3id.org/milia/vocab/")
IN_SUBSET = URIRef("http://www.geneontology.org/formats/oboInOwl#inSubset")
NO_CLAIMS = ("predicates", "claimless", "seed-texts")
STRENGTH = {"A": "strong", "B": "moderate", "C": "weak", "D": "veryWeak", "S": "veryWeak"}
LEVELS = ("lowConfidence", "mediumConfidence", "highConfidence")
WEIGHTLESS = ("ECO:0000034", "ECO:0000501")
MENTIONS = ("ECO:0000035", "ECO:0000204", "ECO:0000311")
CASES = ("ECO:0006016", "ECO:0006017")


def _many(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


# Direction, source and evidence type of an evidence line.
Line = tuple[str, str, str]


class Claims:
    """Reads the claims tables of a project."""

    def __init__(self, tables: Tables, parts: dict[str, Graph]) -> None:
        self.node = tables.node
        self.folder = tables.home / "claims"
        self.tiers = {
            str(source).removeprefix(str(SOURCE)): str(tier)
            for source, tier in parts["tables"].subject_objects(MILIA["0000913"])
        }
        self.labels = {
            term: str(label)
            for name in ("modules", "imports")
            for term, label in parts[name].subject_objects(RDFS.label)
        }
        self.predicates = {r["predicate"]: r for r in rows(self.folder / "predicates.tsv")}
        files = [p for p in sorted(self.folder.glob("*.tsv")) if not p.stem.startswith(NO_CLAIMS)]
        self.claims = {
            row["claim"]: row
            for path in files
            if not path.stem.startswith("quantities")
            for row in rows(path)
        }
        self.quantities = [
            row for path in files if path.stem.startswith("quantities") for row in rows(path)
        ]

    def say(self, graph: Graph) -> None:
        for name, row in self.predicates.items():
            node = VOCAB[name]
            graph.add((node, RDF.type, OWL.NamedIndividual))
            graph.add((node, RDF.type, VOCAB.ClaimPredicate))
            label = Literal(f"{row['label']} (claim predicate)", lang="en")
            graph.add((node, RDFS.label, label))
            graph.add((node, RDFS.comment, Literal(row["definition"], lang="en")))
            if row["edge"]:
                graph.add((node, VOCAB.derivesEdge, self.node(row["edge"])))
        for name, row in self.claims.items():
            self._claim(graph, name, row)
        counts: Counter[str] = Counter()
        for row in self.quantities:
            counts[row["claim"]] += 1
            self._quantity(graph, row, counts[row["claim"]])
        for subject, text in list(graph.subject_objects(OBO.IAO_0000115)):
            graph.add((subject, SKOS.definition, text))

    def _lines(self, row: dict[str, str]) -> list[Line]:
        found = {("supporting", slug): row["evidence"] for slug in _many(row["source"])}
        for column, direction in (("supported_by", "supporting"), ("disputed_by", "disputing")):
            for name in _many(row[column]):
                for slug in _many(self.claims[name]["source"]):
                    found.setdefault((direction, slug), self.claims[name]["evidence"])
        return [(direction, slug, eco) for (direction, slug), eco in found.items()]

    def _level(self, lines: list[Line], wanted: str) -> int:
        # Patients speak in full against a claim, and never make one high.
        few = CASES if wanted == "supporting" else ()
        shown: Counter[str] = Counter()
        weaker: Counter[str] = Counter()
        for direction, slug, eco in lines:
            if direction != wanted or eco in WEIGHTLESS:
                continue
            tier = self.tiers[slug]
            if eco in MENTIONS:
                weaker[{"A": "B", "B": "C"}.get(tier, "D")] += 1
            elif eco in few:
                weaker["B" if tier in {"A", "B"} else tier] += 1
            else:
                shown[tier] += 1
        if shown["A"] or shown["B"] > 1:
            return 2
        if shown["B"] or weaker["B"]:
            return 1
        return 1 if shown["C"] + weaker["C"] > 1 else 0

    def _confidence(self, row: dict[str, str], lines: list[Line]) -> str:
        if row["verdict"] in {"contradicted", "unsupported", "marketing"}:
            return LEVELS[0]
        level = self._level(lines, "supporting")
        disputed = any(direction == "disputing" for direction, _, _ in lines)
        if disputed and self._level(lines, "disputing") >= level:
            level -= 1
        return LEVELS[max(level, 0)]

    def _label(self, name: str, row: dict[str, str]) -> str:
        def called(curie: str) -> str:
            return self.labels.get(self.node(curie), curie)

        verb = self.predicates[row["predicate"]]["label"]
        told = called(row["object"]) if row["object"] else row["value"]
        negation = "not: " if row["polarity"] == "negative" else ""
        return f"{name}: {negation}{called(row['subject'])} {verb} {told}"

    def _claim(self, graph: Graph, name: str, row: dict[str, str]) -> None:
        node, lines = CLAIM[name], self._lines(row)
        pairs: list[tuple[Node, Node]] = [
            (RDF.type, OWL.NamedIndividual),
            (RDF.type, self.node("SEPIO:0000001")),
            (RDFS.label, Literal(self._label(name, row), lang="en")),
            (VOCAB.subject, self.node(row["subject"])),
            (VOCAB.predicate, VOCAB[row["predicate"]]),
            (VOCAB.polarity, VOCAB[row["polarity"]]),
            (VOCAB.verdict, VOCAB[row["verdict"]]),
            (VOCAB.confidence, VOCAB[self._confidence(row, lines)]),
            (VOCAB.evidenceType, self.node(row["evidence"])),
        ]
        if row["object"]:
            pairs.append((VOCAB.object, self.node(row["object"])))
        for column in ("value", "qualifier", "reason"):
            if row[column]:
                pairs.append((VOCAB[column], Literal(row[column], lang="en")))
        if row["source_wording"]:
            pairs.append((VOCAB.sourceWording, Literal(row["source_wording"])))
        pairs += [(VOCAB.sourceLine, Literal(text)) for text in _many(row["locator"])]
        pairs += [(DCTERMS.source, SOURCE[slug]) for slug in _many(row["source"])]
        pairs += [(VOCAB.supportedBy, CLAIM[other]) for other in _many(row["supported_by"])]
        pairs += [(VOCAB.disputedBy, CLAIM[other]) for other in _many(row["disputed_by"])]
        for number, (direction, slug, eco) in enumerate(lines, 1):
            line = CLAIM[f"{name}/evidence-{number}"]
            text = f"{name}/evidence-{number}: {direction} evidence from {slug}"
            pairs.append((VOCAB.evidenceLine, line))
            graph.add((line, RDF.type, OWL.NamedIndividual))
            graph.add((line, RDF.type, self.node("SEPIO:0000002")))
            graph.add((line, RDFS.label, Literal(text, lang="en")))
            graph.add((line, VOCAB.direction, VOCAB[direction]))
            graph.add((line, VOCAB.strength, VOCAB[STRENGTH[self.tiers[slug]]]))
            graph.add((line, VOCAB.evidenceType, self.node(eco)))
            graph.add((line, DCTERMS.source, SOURCE[slug]))
        for pair in pairs:
            graph.add((node, *pair))

    def _quantity(self, graph: Graph, row: dict[str, str], number: int) -> None:
        name = f"{row['claim']}/quantity-{number}"
        node = CLAIM[name]
        graph.add((CLAIM[row["claim"]], VOCAB.quantity, node))
        graph.add((node, RDF.type, OWL.NamedIndividual))
        graph.add((node, RDF.type, VOCAB.Quantity))
        graph.add((node, RDFS.label, Literal(f"{name}: {row['quantity']}", lang="en")))
        graph.add((node, VOCAB.quantityKind, VOCAB[row["quantity"]]))
        graph.add((node, VOCAB.unit, Literal(row["unit"])))
        graph.add((node, VOCAB.design, VOCAB[row["design"]]))
        for column in ("low", "high", "numerator", "denominator"):
            if row[column]:
                graph.add((node, VOCAB[column], number(row[column])))
        for column, name in {"age_window": "ageWindow", "population": "population"}.items():
            if row[column]:
                graph.add((node, VOCAB[name], Literal(row[column])))
        for column in ("place", "year"):
            if row[column]:
                graph.add((node, VOCAB[column], Literal(row[column])))

    def edges(self, graph: Graph) -> None:
        """The direct edges out of supported claims, each annotated with its claims."""
        found = defaultdict(list)
        for name, row in self.claims.items():
            edge = self.predicates[row["predicate"]]["edge"]
            holds = (row["polarity"], row["verdict"]) == ("positive", "supported")
            if edge and row["object"] and holds and self._vouched(row):
                if (self.node(row["object"]), IN_SUBSET, VOCAB.groupingTerm) in graph:
                    continue
                triple = (self.node(row["subject"]), self.node(edge), self.node(row["object"]))
                found[triple].append(CLAIM[name])
        for triple, support in found.items():
            axiom = BNode()
            graph.add(triple)
            graph.add((axiom, RDF.type, OWL.Axiom))
            graph.add((axiom, OWL.annotatedSource, triple[0]))
            graph.add((axiom, OWL.annotatedProperty, triple[1]))
            graph.add((axiom, OWL.annotatedTarget, triple[2]))
            for claim in support:
                graph.add((axiom, VOCAB.derivedFrom, claim))

    def _vouched(self, row: dict[str, str]) -> bool:
        return any(
            direction == "supporting" and eco not in WEIGHTLESS and self.tiers[slug] != "S"
            for direction, slug, eco in self._lines(row)
        )


def differentiae(graph: Graph) -> None:
    """From each defined class to the named fillers of its definition."""
    found = [
        (name, VOCAB.differentia, filler)
        for name, whole in graph.subject_objects(OWL.equivalentClass)
        if isinstance(name, URIRef)
        for members in graph.objects(whole, OWL.intersectionOf)
        for part in Collection(graph, members)
        for filler in graph.objects(part, OWL.someValuesFrom)
        if isinstance(filler, URIRef)
    ]
    for triple in found:
        graph.add(triple)
