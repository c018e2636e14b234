"""``Sources`` to ``Merged``: every authored file as one graph, each part with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from milia_onto.model import namespaces as ns
from milia_onto.model.errors import ContentError
from milia_onto.model.values import Block, Finding, Header, Merged, Origin, Place, Places, Sources
from milia_onto.stages import claims, identifiers, imports, sssom, turtle_source
from milia_onto.stages.content import TIER, Reader
from milia_onto.stages.prefix_table import read_prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable

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
NO_CLAIMS = ("predicates", "claimless", "seed-texts")
NEEDED = (HEADER, PREFIXES, VOCABULARIES, ID_RANGES, f"{TABLES}/sources.tsv")


@dataclass(slots=True)
class _Collector:
    """Gathers contributions while the files are read."""

    blocks: dict[str, list[Block]] = field(default_factory=dict)
    rows: dict[tuple[str, str], Place] = field(default_factory=dict)
    lines: dict[str, tuple[str, ...]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def places(self) -> Places:
        blocks = {iri: tuple(found) for iri, found in self.blocks.items()}
        return Places(blocks, self.rows, self.lines)

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
    for path in NEEDED:
        if path not in sources.files:
            raise ContentError("the file is missing", place=path, fix="restore it")
    prefixes, findings = read_prefixes(PREFIXES, sources.files[PREFIXES])
    collector = _Collector(findings=findings)
    reader = Reader(prefixes)
    tables = _tables(sources, reader, collector)
    header = _turtle(sources, [HEADER], prefixes, collector)
    modules = _turtle(sources, sources.under(MODULES, ".ttl"), prefixes, collector)
    slices, known = _slices(sources, reader, collector)
    own_labels = _labels(modules)
    mappings = _mappings(sources, reader, known, own_labels, collector)
    terms = _labels([*modules, *slices])
    said = _claims(sources, reader, terms, _tiers(tables), collector)
    collector.findings += identifiers.check(
        sources.files[ID_RANGES], ID_RANGES, modules, tables, collector.blocks
    )
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
    sources: Sources, paths: Iterable[str], prefixes: Prefixes, collector: _Collector
) -> list[Triple]:
    triples: list[Triple] = []
    for path in paths:
        found, findings = turtle_source.parse(path, sources.files[path])
        lines = sources.files[path].decode("utf-8", "replace").split("\n")
        collector.lines[path] = tuple(lines)
        collector.findings += [*findings, *turtle_source.check_prefixes(path, lines, prefixes)]
        for iri, block in turtle_source.blocks(path, lines, prefixes):
            collector.blocks.setdefault(iri, []).append(block)
        triples += found
    return triples


def _tables(sources: Sources, reader: Reader, collector: _Collector) -> list[Triple]:
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
        if path in sources.files:
            triples += collector.take(read(path, sources.files[path]))
    return triples


def _slices(
    sources: Sources, reader: Reader, collector: _Collector
) -> tuple[list[Triple], dict[str, imports.Known]]:
    vocabularies, findings = imports.read_vocabularies(VOCABULARIES, sources.files[VOCABULARIES])
    collector.findings += findings
    by_file = {f"{IMPORTS}/{prefix.lower()}.tsv": entry for prefix, entry in vocabularies.items()}
    triples: list[Triple] = []
    known: dict[str, imports.Known] = {}
    for path in sources.under(IMPORTS, ".tsv"):
        if path == VOCABULARIES:
            continue
        part, more = imports.read_slice(path, sources.files[path], reader, by_file.get(path))
        triples += collector.take(part)
        known |= more
    return triples, known


def _mappings(
    sources: Sources,
    reader: Reader,
    known: dict[str, imports.Known],
    labels: dict[str, str],
    collector: _Collector,
) -> list[Triple]:
    triples: list[Triple] = []
    for path in sources.under(MAPPINGS, ".sssom.tsv"):
        part = sssom.read_mapping_set(path, sources.files[path], reader, known, labels)
        triples += collector.take(part)
    return triples


def _claims(
    sources: Sources,
    reader: Reader,
    labels: dict[str, str],
    tiers: dict[str, str],
    collector: _Collector,
) -> list[Triple]:
    """The claims tables; a project without a claims folder has none."""
    if claims.PREDICATES not in sources.files:
        return []
    predicates, findings = claims.read_predicates(
        claims.PREDICATES, sources.files[claims.PREDICATES]
    )
    collector.findings += findings
    gathered = claims.Claims(reader, predicates, labels)
    for path in sources.under(claims.FOLDER, ".tsv"):
        name = path.rsplit("/", 1)[1]
        if name.startswith("quantities"):
            gathered.add_quantities(path, sources.files[path])
        elif not name.startswith(NO_CLAIMS):
            gathered.add_table(path, sources.files[path])
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
