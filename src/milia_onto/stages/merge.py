"""``Sources`` to ``Merged``: every authored file as one graph, each part with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from milia_onto.model import namespaces as ns
from milia_onto.model.errors import ContentError
from milia_onto.model.values import Block, Finding, Header, Merged, Origin, Place, Places, Sources
from milia_onto.stages import identifiers, imports, sssom, turtle_source
from milia_onto.stages.claims import Claims
from milia_onto.stages.content import TIER, Reader
from milia_onto.stages.predicates import FOLDER, PREDICATES, read_predicates
from milia_onto.stages.prefix_table import read_prefixes
from milia_onto.stages.unread import unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from milia_onto.model.prefixes import Prefixes
    from milia_onto.stages.contribution import Contribution

HEADER = "ontology/milia.ttl"
PREFIXES = "ontology/prefixes.tsv"
MODULES = "ontology/modules"
TABLES = "ontology/tables"
IMPORTS = "ontology/imports"
MAPPINGS = "ontology/mappings"
VOCABULARIES = f"{IMPORTS}/vocabularies.tsv"
ID_RANGES = f"{TABLES}/id-ranges.tsv"
NEEDED = (HEADER, PREFIXES, VOCABULARIES, ID_RANGES, f"{TABLES}/sources.tsv")


@dataclass(slots=True)
class _Collector:
    """Reads the files, remembers which, and gathers what they contribute."""

    sources: Sources
    read: set[str] = field(default_factory=set)
    blocks: dict[str, list[Block]] = field(default_factory=dict)
    rows: dict[tuple[str, str], Place] = field(default_factory=dict)
    lines: dict[str, tuple[str, ...]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def places(self) -> Places:
        blocks = {iri: tuple(found) for iri, found in self.blocks.items()}
        return Places(blocks, self.rows, self.lines)

    def file(self, path: str) -> bytes:
        self.read.add(path)
        return self.sources.files[path]

    def files(self, folder: str, suffix: str) -> Iterator[tuple[str, bytes]]:
        return ((path, self.file(path)) for path in self.sources.under(folder, suffix))

    def take(self, part: Contribution) -> list[Triple]:
        for key, place in part.places.items():
            self.rows.setdefault(key, place)
        self.findings += part.findings
        return part.triples


def merge(sources: Sources) -> Merged:
    """One graph out of all sources.

    Raises ContentError where a file without which nothing can be read is missing; all else
    that is wrong is collected as findings, so that one run reports everything.
    """
    for path in (*NEEDED, *([PREDICATES] if sources.under(FOLDER) else [])):
        if path not in sources.files:
            raise ContentError("the file is missing", place=path, fix="restore it")
    collector = _Collector(sources)
    prefixes, collector.findings = read_prefixes(PREFIXES, collector.file(PREFIXES))
    reader = Reader(prefixes)
    tables = _tables(reader, collector)
    header = _turtle([(HEADER, collector.file(HEADER))], prefixes, collector)
    modules = _turtle(collector.files(MODULES, ".ttl"), prefixes, collector)
    slices, known = _slices(reader, collector)
    own_labels = _labels(modules)
    mappings = _mappings(reader, known, own_labels, collector)
    terms = _labels([*modules, *slices])
    said = _claims(reader, terms, _tiers(tables), collector)
    collector.findings += identifiers.check(
        collector.file(ID_RANGES), ID_RANGES, modules, tables, collector.blocks
    )
    collector.findings += unread(sources, collector.read)
    origin = Origin(
        tuple(header),
        tuple(_with_skos_definitions(modules)),
        tuple(_with_skos_definitions(tables)),
        tuple(slices),
        tuple(mappings),
        tuple(_with_skos_definitions(said)),
    )
    return Merged(
        origin=origin,
        header=_header(header, collector),
        prefixes=prefixes,
        places=collector.places(),
        labels=_labels(origin.everything),
        findings=tuple(collector.findings),
    )


def _turtle(
    files: Iterable[tuple[str, bytes]], prefixes: Prefixes, collector: _Collector
) -> list[Triple]:
    triples: list[Triple] = []
    for path, data in files:
        found, findings = turtle_source.parse(path, data)
        lines = data.decode("utf-8", "replace").split("\n")
        collector.lines[path] = tuple(lines)
        collector.findings += [*findings, *turtle_source.check_prefixes(path, lines, prefixes)]
        for iri, block in turtle_source.blocks(path, lines, prefixes):
            collector.blocks.setdefault(iri, []).append(block)
        triples += found
    return triples


def _tables(reader: Reader, collector: _Collector) -> list[Triple]:
    # Sources first: the other tables may only cite what is there.
    readers = {
        "sources": reader.information_sources,
        "synonyms": reader.synonyms,
        "labels": reader.labels,
        "deprecations": reader.deprecations,
    }
    triples: list[Triple] = []
    for name, read in readers.items():
        path = f"{TABLES}/{name}.tsv"
        if path in collector.sources.files:
            triples += collector.take(read(path, collector.file(path)))
    return triples


def _slices(reader: Reader, collector: _Collector) -> tuple[list[Triple], dict[str, imports.Known]]:
    vocabularies, findings = imports.read_vocabularies(VOCABULARIES, collector.file(VOCABULARIES))
    collector.findings += findings
    by_file = {f"{IMPORTS}/{prefix.lower()}.tsv": entry for prefix, entry in vocabularies.items()}
    triples: list[Triple] = []
    known: dict[str, imports.Known] = {}
    for path, data in collector.files(IMPORTS, ".tsv"):
        if path == VOCABULARIES:
            continue
        part, more = imports.read_slice(path, data, reader, by_file.get(path))
        triples += collector.take(part)
        known |= more
    return triples, known


def _mappings(
    reader: Reader,
    known: dict[str, imports.Known],
    labels: dict[str, str],
    collector: _Collector,
) -> list[Triple]:
    triples: list[Triple] = []
    for path, data in collector.files(MAPPINGS, ".sssom.tsv"):
        part = sssom.read_mapping_set(path, data, reader, known, labels)
        triples += collector.take(part)
    return triples


def _claims(
    reader: Reader, labels: dict[str, str], tiers: dict[str, str], collector: _Collector
) -> list[Triple]:
    """The claims tables; a project without a claims folder has none."""
    if PREDICATES not in collector.sources.files:
        return []
    predicates, findings = read_predicates(PREDICATES, collector.file(PREDICATES))
    collector.findings += findings
    gathered = Claims(reader, predicates, labels)
    for path, data in collector.files(FOLDER, ".tsv"):
        gathered.add(path, data)
    return collector.take(gathered.say(tiers))


def _tiers(tables: list[Triple]) -> dict[str, str]:
    """The reliability tier of each source, by slug."""
    return {
        t.subject.value.removeprefix(ns.SOURCE): t.object.value
        for t in tables
        if t.predicate == TIER
        and isinstance(t.subject, NamedNode)
        and isinstance(t.object, Literal)
    }


def _labels(triples: Iterable[Triple]) -> dict[str, str]:
    return {
        triple.subject.value: triple.object.value
        for triple in triples
        if triple.predicate == ns.RDFS_LABEL
        and isinstance(triple.subject, NamedNode)
        and isinstance(triple.object, Literal)
    }


def _with_skos_definitions(triples: Iterable[Triple]) -> Iterable[Triple]:
    # Definitions are authored once, as IAO:0000115; readers of SKOS look for skos:definition.
    for triple in triples:
        yield triple
        if triple.predicate == ns.DEFINITION:
            yield Triple(triple.subject, ns.SKOS_DEFINITION, triple.object)


def _header(triples: list[Triple], collector: _Collector) -> Header:
    ontology = next(
        (
            t.subject.value
            for t in triples
            if t.object == ns.OWL_ONTOLOGY and isinstance(t.subject, NamedNode)
        ),
        "",
    )
    found = {
        t.predicate: t.object.value
        for t in triples
        if t.subject == NamedNode(ontology or ns.BASE) and isinstance(t.object, NamedNode | Literal)
    }
    version = found.get(ns.OWL_VERSION_INFO, "")
    version_iri = found.get(ns.OWL_VERSION_IRI, "")
    if ontology != ns.BASE or version_iri != f"{ns.BASE}/releases/{version}":
        collector.findings.append(
            Finding(
                "header-version",
                "violation",
                f"ontology IRI, owl:versionIRI and owl:versionInfo are not {ns.BASE}, "
                f"{ns.BASE}/releases/<date> and <date>",
                entity=ontology,
                why="Users find a version by its IRI; the date is taken from nowhere else.",
                fix="write all three for the same date",
                place=Place(HEADER, 1),
            )
        )
    return Header(ns.BASE, version, version_iri)
