"""Is this release intact, complete, and the one it says it is?"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any
from xml.parsers.expat import ExpatError

import pyoxigraph as ox

from milia_onto.model import namespaces as ns
from milia_onto.model.errors import ContentError
from milia_onto.model.formats import format_of_path
from milia_onto.model.layout import FULL, MANIFEST, NTRIPLES, SUMS
from milia_onto.model.values import Finding, Place
from milia_onto.publish.nesting import TooDeepError, check
from milia_onto.stages import canonical
from milia_onto.stages.release import sums

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from milia_onto.model.values import Release

WHY = "Whoever uses this file does not get what was released."
FIX = "take the release again, or rebuild it"
# What each file has to say of its version: about what, by which property, and what.
STATED = {
    NTRIPLES: (
        ("{base}", "owl:versionIRI", "{iri}"),
        ("{base}", "owl:versionInfo", "{version}"),
    ),
    "milia-base.ttl": (
        ("{base}/base", "owl:versionIRI", "{iri}/base"),
        ("{base}/base", "owl:versionInfo", "{version}"),
    ),
    "milia-skos.ttl": (
        ("{base}/skos", "dcterms:source", "{iri}"),
        ("{base}/skos", "owl:versionInfo", "{version}"),
    ),
    "void.ttl": (
        ("{iri}", "dcterms:isVersionOf", "{base}"),
        ("{iri}", "dcat:version", "{version}"),
    ),
}


def verify(release: Release, *, graphs: bool = True) -> list[Finding]:
    """Everything that is wrong with a release, sorted; an empty list proves it intact.

    Without ``graphs`` only the files are held against their digests.
    """
    files = release.files
    if MANIFEST not in files or SUMS not in files:
        gone = MANIFEST if MANIFEST not in files else SUMS
        return [_finding("missing-file", gone, "the file is missing")]
    try:
        manifest = json.loads(files[MANIFEST])
        listed = {path: (str(e["sha256"]), e.get("bytes")) for path, e in manifest["files"].items()}
        expected = str(manifest["graph"]["sha256"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return [_finding("manifest", MANIFEST, "is not a manifest")]
    findings = [*_files(release, listed), *_sums(files)]
    if graphs and not findings:
        findings += [*_identity(manifest), *_graphs(files, expected, manifest)]
    return sorted(findings, key=lambda finding: finding.sort_key)


def _finding(check: str, path: str, message: str) -> Finding:
    return Finding(check, "violation", message, why=WHY, fix=FIX, place=Place(path))


def _files(release: Release, listed: Mapping[str, tuple[str, Any]]) -> Iterable[Finding]:
    files = release.files
    present = set(files) - {MANIFEST, SUMS}
    for path in sorted(set(listed) - present):
        yield _finding("missing-file", path, "the file is missing")
    for path in sorted((present | release.others) - set(listed)):
        yield _finding("extra-file", path, "the file is not part of the release")
    for path in sorted(present & set(listed)):
        digest, size = listed[path]
        if hashlib.sha256(files[path]).hexdigest() != digest:
            yield _finding("changed-file", path, "the file is not the one that was released")
        elif size != len(files[path]):
            told = f"has {len(files[path])} bytes, not {size} as the manifest says"
            yield _finding("manifest", path, told)


def _sums(files: Mapping[str, bytes]) -> Iterable[Finding]:
    rest = {path: data for path, data in files.items() if path != SUMS}
    if sums(rest) != files[SUMS]:
        yield _finding("changed-file", SUMS, "the sums are not those of the files beside it")


def _identity(manifest: Mapping[str, Any]) -> Iterable[Finding]:
    iri = f"{ns.BASE}/releases/{manifest.get('version')}"
    for key, value in (("ontology", ns.BASE), ("versionIRI", iri)):
        if manifest.get(key) != value:
            yield _finding("version", MANIFEST, f"its {key} is {manifest.get(key)}, not {value}")


def _graphs(
    files: Mapping[str, bytes], expected: str, manifest: Mapping[str, Any]
) -> Iterator[Finding]:
    for path in dict.fromkeys((*FULL, *STATED)):
        if path not in files:
            yield _finding("missing-file", path, "the release has no such file")
            continue
        try:
            triples = _triples(path, files[path])
        except ContentError as error:
            yield _finding("syntax", path, f"cannot be read: {error.message}")
            continue
        if path in FULL and canonical.digest(triples) != expected:
            yield _finding("other-graph", path, "holds another graph than the manifest says")
        elif path in FULL and len(triples) != manifest["graph"].get("triples"):
            told = f"holds {len(triples)} triples, not as many as the manifest says"
            yield _finding("manifest", path, told)
        yield from _versions(path, triples, str(manifest.get("version")))


def _triples(path: str, data: bytes) -> set[ox.Triple]:
    """The triples of a file. Raises ContentError where it is not in its syntax."""
    form = format_of_path(path)
    if form is None:
        raise ValueError(f"{path}: the suffix tells no RDF syntax")
    try:
        check(data, form.name)
        quads = ox.parse(data, format=ox.RdfFormat.from_media_type(form.media_type))
        return {quad.triple for quad in quads}
    except (SyntaxError, TooDeepError, ExpatError) as error:
        raise ContentError(getattr(error, "msg", str(error)), place=path) from None


def _versions(path: str, triples: set[ox.Triple], version: str) -> Iterator[Finding]:
    names = {"base": ns.BASE, "iri": f"{ns.BASE}/releases/{version}", "version": version}
    for about, curie, value in STATED.get(path, ()):
        subject, by, wanted = about.format_map(names), ns.named(curie), value.format_map(names)
        found = [t for t in triples if t.predicate == by and _text(t.subject) == subject]
        if {_text(triple.object) for triple in found} != {wanted}:
            yield _finding("version", path, f"its {curie} is not {wanted}")


def _text(node: object) -> str:
    return str(getattr(node, "value", ""))
