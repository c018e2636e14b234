"""pySHACL behind one door: N-Triples and shapes in, findings and the SHACL report out.

For users' files, whose shapes may need more than the Core that ``milia_onto.shacl`` knows, and
for reports in RDF. The gate does without: pySHACL takes seconds for what it does in a blink.
pySHACL says "conforms" of an empty shapes file, of a misspelt constraint and of a target that
matches nothing. Here each of these is an error: a shape that looked at no node proves nothing.
"""

from __future__ import annotations

import contextlib
import io
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox
import rdflib
from rdflib.exceptions import ParserError
from rdflib.namespace import OWL, RDF, RDFS, SH

from milia_onto.edges.wellformed import check_complete
from milia_onto.model import namespaces as ns
from milia_onto.model.errors import ContentError
from milia_onto.model.formats import BY_NAME
from milia_onto.model.values import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set

    from rdflib.term import Node

    from milia_onto.model.values import Severity

SEVERITY: dict[Node, Severity] = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}
# rdflib's SH namespace is closed over the SHACL vocabulary, so membership tells a misspelling.
SHACL = str(SH)
TARGETS = {SH.targetNode, SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf}


@dataclass(frozen=True, slots=True)
class ShaclOutcome:
    """Findings without places, the SHACL report as Turtle, and how many nodes each shape saw."""

    findings: tuple[Finding, ...]
    report: str
    focus: Mapping[str, int]


def read_shapes(files: Mapping[str, bytes]) -> rdflib.Graph:
    """One shapes graph out of Turtle files.

    Raises ContentError for a file that is not Turtle, holds no shape, or uses a term that the
    SHACL vocabulary does not have.
    """
    graph = rdflib.Graph()
    for path, data in sorted(files.items()):
        part = _read_turtle(path, data)
        if not set(part.subjects(RDF.type, SH.NodeShape)):
            raise ContentError(
                "holds no sh:NodeShape", place=path, fix="write a shape or delete it"
            )
        for term in {*part.predicates(), *part.objects()}:
            local = str(term).removeprefix(SHACL) if isinstance(term, rdflib.URIRef) else ""
            if local != str(term) and local and local not in SH:
                fix = "correct the spelling"
                raise ContentError(f"SHACL has no term sh:{local}", place=path, fix=fix)
        graph += part
    if not files:
        raise ContentError("no shapes file was given", fix="name one")
    return graph


def _read_turtle(path: str, data: bytes) -> rdflib.Graph:
    check_complete(path, data, BY_NAME["turtle"])
    try:
        # rdflib tells no line, and takes some of what is not Turtle.
        for _ in ox.parse(data, format=ox.RdfFormat.TURTLE):
            pass
        return rdflib.Graph().parse(data=data, format="turtle")
    except SyntaxError as error:
        place = f"{path}:{error.lineno}" if error.lineno else path
        raise ContentError(f"not Turtle: {error.msg}", place=place, fix="correct it") from None


def _focus_nodes(
    data: rdflib.Graph, shapes: rdflib.Graph, shape: Node, terms: Set[str] | None
) -> set[Node]:
    found: set[Node] = set(shapes.objects(shape, SH.targetNode))
    # A shape that is a class itself targets its instances (SHACL, 2.1.3.3).
    implicit = {shape} if {OWL.Class, RDFS.Class} & set(shapes.objects(shape, RDF.type)) else set()
    for cls in {*shapes.objects(shape, SH.targetClass), *implicit}:
        for below in data.transitive_subjects(RDFS.subClassOf, cls):
            found |= set(data.subjects(RDF.type, below))
    for predicate in shapes.objects(shape, SH.targetSubjectsOf):
        pairs = data.subject_objects(predicate)
        found |= {s for s, o in pairs if _counts(s, terms) or _counts(o, terms)}
    for predicate in shapes.objects(shape, SH.targetObjectsOf):
        found |= {o for o in data.objects(None, predicate) if _counts(o, terms)}
    return found


def _counts(node: Node, terms: Set[str] | None) -> bool:
    if terms is None or isinstance(node, rdflib.Literal):
        return True
    return str(node) in terms or str(node).startswith(ns.TERM)


def focus_counts(
    data: rdflib.Graph, shapes: rdflib.Graph, terms: Set[str] | None = None
) -> dict[str, int]:
    """How many focus nodes each node shape has, but for those that are only referred to.

    ``terms``: what names neither one of these nor a MILIA term does not count.
    """
    referred = {*shapes.objects(None, SH.node), *shapes.objects(None, SH.qualifiedValueShape)}
    return {
        str(shape): len(_focus_nodes(data, shapes, shape, terms))
        for shape in sorted(set(shapes.subjects(RDF.type, SH.NodeShape)), key=str)
        if shape not in referred or _has_target(shapes, shape)
    }


def _has_target(shapes: rdflib.Graph, shape: Node) -> bool:
    """Whether a shape chooses nodes itself (SHACL, 2.1.3), even if another refers to it."""
    is_class = {OWL.Class, RDFS.Class} & set(shapes.objects(shape, RDF.type))
    return bool(is_class) or not TARGETS.isdisjoint(shapes.predicates(shape))


def validate(
    ntriples: bytes,
    shapes: rdflib.Graph,
    *,
    must_look: bool,
    terms: Set[str] | None = None,
    known: bytes = b"",
) -> ShaclOutcome:
    """Validate a graph given as N-Triples, beside what is ``known`` (N-Triples) of its terms.

    ``must_look``: every shape has to find a focus node (for the sources); without it at least
    one shape has to (for a user's own data). Raises ContentError where that does not hold.
    ``terms``: what names neither one of these nor a MILIA term does not count. The shapes for
    users look at every class in use; of one from elsewhere they can tell nothing.
    """
    data = _read_data(ntriples)
    focus = focus_counts(data, shapes, terms)
    idle = [shape for shape, count in focus.items() if not count]
    if must_look and idle:
        raise ContentError(f"the shape {idle[0]} looked at no node", fix="correct its target")
    if len(idle) == len(focus):
        in_terms = "it types, defines, maps or matches nothing with MILIA terms"
        why = "the shapes have no target in it" if terms is None else in_terms
        raise ContentError("no shape applies to the data", fix=why)
    report = _run(data + _read_data(known) if known else data, shapes)
    findings = sorted(_findings(report, shapes), key=lambda finding: finding.sort_key)
    return ShaclOutcome(tuple(findings), report.serialize(format="turtle"), focus)


def _read_data(ntriples: bytes) -> rdflib.Graph:
    # rdflib logs a traceback for every literal it cannot convert; the shapes judge literals here.
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)
    try:
        return rdflib.Graph().parse(data=ntriples, format="nt")
    except ParserError:
        message = "the data uses RDF 1.2 (triple terms or text direction), which SHACL cannot see"
        raise ContentError(message, fix="validate the RDF 1.1 part") from None


def _run(data: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    try:
        # pySHACL also logs what it raises, through handlers it makes when it is imported.
        with contextlib.redirect_stderr(io.StringIO()):
            import pyshacl

            _, report, _ = pyshacl.validate(
                data, shacl_graph=shapes, inference="none", advanced=False, inplace=True
            )
    # pySHACL lets whatever a broken shape causes pass through, from its own errors to re.error.
    except Exception as error:
        raise ContentError(_why(error), fix="correct the shapes") from None
    if not isinstance(report, rdflib.Graph):
        raise ContentError(_why(report), fix="correct the shapes")
    return report


def _why(error: object) -> str:
    text = str(getattr(error, "message", "") or error or type(error).__name__)
    return f"the shapes could not be used: {text.strip().splitlines()[0]}"


def _findings(report: rdflib.Graph, shapes: rdflib.Graph) -> Iterable[Finding]:
    for result in report.subjects(RDF.type, SH.ValidationResult):
        source = report.value(result, SH.sourceShape)
        value = report.value(result, SH.value)
        path = report.value(result, SH.resultPath)
        yield Finding(
            check=str(source).rsplit("/", 1)[-1] if isinstance(source, rdflib.URIRef) else "shape",
            severity=SEVERITY.get(
                report.value(result, SH.resultSeverity) or OWL.Thing, "violation"
            ),
            message=str(report.value(result, SH.resultMessage) or ""),
            entity=str(report.value(result, SH.focusNode) or ""),
            property=str(path) if isinstance(path, rdflib.URIRef) else "",
            value="" if value is None else str(value),
            why=str(shapes.value(source, RDFS.comment) or ""),
            fix=str(shapes.value(source, SH.description) or ""),
        )
