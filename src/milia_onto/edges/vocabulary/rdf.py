"""OWL, SKOS and any other RDF, in two passes over the file.

Statements about a term may lie anywhere in an RDF file, so a reader that goes over it once must
hold all of it. This one goes over it twice: the first pass only notes which subjects have a name
or a code that the release knows, the second gathers the fields of those. Memory grows with what
is found, not with the file. The second pass is skipped where the first finds nothing.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Protocol, cast
from xml.parsers import expat

import pyoxigraph as ox

from milia_onto.edges.vocabulary.source import malformed, opened
from milia_onto.edges.wellformed import bounded, held_back
from milia_onto.link.record import Name, Record
from milia_onto.model import namespaces as ns
from milia_onto.publish.nesting import Levels

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from milia_onto.edges.vocabulary.identifiers import Identifiers
    from milia_onto.model.formats import Format

OBO_IN_OWL = "http://www.geneontology.org/formats/oboInOwl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OBO = "http://purl.obolibrary.org/obo/"
SCOPES = {
    ns.RDFS_LABEL.value: "label",
    f"{SKOS}prefLabel": "label",
    f"{SKOS}altLabel": "synonym",
    f"{SKOS}hiddenLabel": "synonym",
    f"{OBO_IN_OWL}hasExactSynonym": "exact",
    f"{OBO_IN_OWL}hasBroadSynonym": "broad",
    f"{OBO_IN_OWL}hasNarrowSynonym": "narrow",
    f"{OBO_IN_OWL}hasRelatedSynonym": "related",
}
XREFS = {f"{OBO_IN_OWL}hasDbXref", f"{SKOS}exactMatch", f"{SKOS}notation"}
DEFINITIONS = {f"{OBO}IAO_0000115", f"{SKOS}definition"}
DEPRECATED = "http://www.w3.org/2002/07/owl#deprecated"
REPLACED_BY = f"{OBO}IAO_0100001"
SAID = {*SCOPES, *XREFS, *DEFINITIONS, DEPRECATED, REPLACED_BY}
CHUNK = 1 << 16


class Wanted(Protocol):
    """What the release knows: asked for every name and code of the first pass."""

    def touches(self, text: str) -> bool:
        """Whether a name might link."""

    def knows(self, code: str) -> bool:
        """Whether a code is mapped, or is a term."""


class Checked:
    """A file of RDF/XML that is held well-formed while the RDF parser reads it.

    The parser takes the end of a cut file for its end, and would unfold nested entities.
    """

    def __init__(self, stream: IO[bytes], path: Path) -> None:
        self.stream, self.path, self.size = stream, path, 0
        self.parser = expat.ParserCreate()
        self.parser.EntityDeclHandler = self._entity
        Levels(self.parser)

    def _entity(self, name: str, _: object, value: str | None, *__: object) -> None:
        if value is None or "&" in value:
            line = self.parser.CurrentLineNumber
            message = f"the entity {name} is made of others or lies outside the file"
            raise malformed(self.path, line, message, "write it out")

    def read(self, size: int = CHUNK) -> bytes:
        """The next bytes; raises ContentError where the XML is not well-formed."""
        data = self.stream.read(size)
        self.size += len(data)
        try:
            self.parser.Parse(data, not data)
        except expat.ExpatError as error:
            message = f"not rdfxml: {expat.ErrorString(error.code)}"
            raise malformed(self.path, error.lineno, message) from None
        return data


def read_rdf(path: Path, form: Format, ids: Identifiers, wanted: Wanted) -> Iterator[Record]:
    """The terms of an RDF file that might link. Raises ContentError where it is not RDF."""
    subjects = {
        subject
        for subject, predicate, value, _ in _statements(path, form, ids)
        if (predicate in SCOPES and wanted.touches(value))
        or (predicate in XREFS and wanted.knows(ids.xref(value)))
        or (predicate in SCOPES and wanted.knows(ids.xref(subject)))
    }
    if not subjects:
        return
    said: dict[str, list[tuple[str, str, str]]] = {subject: [] for subject in sorted(subjects)}
    for subject, predicate, value, language in _statements(path, form, ids):
        if subject in said:
            said[subject].append((predicate, value, language))
    for subject, statements in said.items():
        yield _record(subject, statements, ids)


def _record(subject: str, said: list[tuple[str, str, str]], ids: Identifiers) -> Record:
    # English first, so that the label of a term in many languages is the one that curators read.
    names = sorted(
        (Name(value, SCOPES[p], language) for p, value, language in said if p in SCOPES),
        key=lambda name: (name.scope != "label", name.language not in {"", "en"}, name),
    )
    return Record(
        ids.curie(subject, ""),
        tuple(names),
        tuple(sorted(ids.xref(value) for p, value, _ in said if p in XREFS)),
        any(p == DEPRECATED and value in {"true", "1"} for p, value, _ in said),
        tuple(sorted({ids.reference(value) for p, value, _ in said if p == REPLACED_BY})),
        " ".join(value for p, value, _ in said if p in DEFINITIONS),
    )


def _statements(path: Path, form: Format, ids: Identifiers) -> Iterator[tuple[str, str, str, str]]:
    """Subject, predicate, value and language of each statement that says something of a term."""
    with opened(path) as stream, bounded(str(path)):
        if form.name == "rdfxml":
            source = cast("IO[bytes]", Checked(stream, path))
        else:
            source = stream if form.name == "jsonld" else held_back(stream, str(path), form)
        syntax = ox.RdfFormat.from_media_type(form.media_type)
        try:
            quads = ox.parse(source, format=syntax, base_iri="https://example.org/")
            for quad in quads:
                predicate = quad.predicate.value
                if predicate in SAID and isinstance(quad.subject, ox.NamedNode):
                    value = quad.object
                    if isinstance(value, ox.Literal):
                        yield quad.subject.value, predicate, value.value, value.language or ""
                    elif isinstance(value, ox.NamedNode):
                        yield quad.subject.value, predicate, value.value, ""
        except SyntaxError as error:
            raise malformed(path, error.lineno or 0, f"not {form.name}: {error.msg}") from None
        for name, namespace in getattr(quads, "prefixes", {}).items():
            if name:
                ids.declare(name, namespace)
        if form.name == "rdfxml" and not cast("Checked", source).size:
            raise malformed(path, 1, "the file is empty", "name a file with content")
