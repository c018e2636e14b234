"""What one authored file adds to the merged graph."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Triple

from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

    from milia_onto.model.values import Finding, Place


@dataclass(slots=True)
class Contribution:
    """What one file adds: triples, the place of each (entity, value), what was wrong."""

    triples: list[Triple] = field(default_factory=list)
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def say(
        self, place: Place, subject: NamedNode, predicate: NamedNode, obj: Literal | NamedNode
    ) -> None:
        """Add one triple and remember where it was written."""
        self.triples.append(Triple(subject, predicate, obj))
        self.places.setdefault((subject.value, obj.value), place)
        self.places.setdefault((subject.value, ""), place)

    def annotate(
        self, triple: Triple, annotations: list[tuple[NamedNode, Literal | NamedNode]]
    ) -> None:
        """Annotate an axiom (OWL 2 Mapping to RDF Graphs, 2.2): nothing to say, nothing added."""
        if not annotations:
            return
        node = BlankNode()
        parts = [
            (ns.RDF_TYPE, ns.OWL_AXIOM),
            (ns.OWL_ANNOTATED_SOURCE, triple.subject),
            (ns.OWL_ANNOTATED_PROPERTY, triple.predicate),
            (ns.OWL_ANNOTATED_TARGET, triple.object),
            *annotations,
        ]
        self.triples += [Triple(node, predicate, obj) for predicate, obj in parts]
