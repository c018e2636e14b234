"""Is this release intact, complete, and the one it says it is?"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from milia_onto.model import namespaces as ns
from milia_onto.model.formats import format_of_path
from milia_onto.model.values import Finding, Place
from milia_onto.stages import canonical
from milia_onto.stages.release import FULL, MANIFEST, SUMS, sums

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from milia_onto.model.values import Release

WHY = "Whoever uses this file does not get what was released."
FIX = "take the release again, or rebuild it"


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
        listed = {path: str(entry["sha256"]) for path, entry in manifest["files"].items()}
        expected = str(manifest["graph"]["sha256"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return [_finding("manifest", MANIFEST, "is not a manifest")]
    findings = [*_files(files, listed), *_sums(files)]
    if graphs and not findings:
        findings += [*_graphs(files, expected), *_versions(files, manifest)]
    return sorted(findings, key=lambda finding: finding.sort_key)


def _finding(check: str, path: str, message: str) -> Finding:
    return Finding(check, "violation", message, why=WHY, fix=FIX, place=Place(path))


def _files(files: Mapping[str, bytes], listed: Mapping[str, str]) -> Iterable[Finding]:
    present = set(files) - {MANIFEST, SUMS}
    for path in sorted(set(listed) - present):
        yield _finding("missing-file", path, "the file is missing")
    for path in sorted(present - set(listed)):
        yield _finding("extra-file", path, "the file is not part of the release")
    for path in sorted(present & set(listed)):
        if hashlib.sha256(files[path]).hexdigest() != listed[path]:
            yield _finding("changed-file", path, "the file is not the one that was released")


def _sums(files: Mapping[str, bytes]) -> Iterable[Finding]:
    rest = {path: data for path, data in files.items() if path != SUMS}
    if sums(rest) != files[SUMS]:
        yield _finding("changed-file", SUMS, "the sums are not those of the files beside it")


def _graphs(files: Mapping[str, bytes], expected: str) -> Iterable[Finding]:
    for path in FULL:
        entry = format_of_path(path)
        if path not in files or entry is None:
            yield _finding("missing-file", path, "the release has no such file")
            continue
        form = ox.RdfFormat.from_media_type(entry.media_type)
        try:
            quads = ox.parse(files[path], format=form)
            found = canonical.digest(quad.triple for quad in quads)
        except SyntaxError as error:
            yield _finding("syntax", path, f"cannot be read: {error.msg}")
            continue
        if found != expected:
            yield _finding("other-graph", path, "holds another graph than the manifest says")


def _versions(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Iterable[Finding]:
    stated = manifest.get("versionIRI")
    for quad in ox.parse(files["milia.nt"], format=ox.RdfFormat.N_TRIPLES):
        is_version = quad.predicate == ns.OWL_VERSION_IRI
        if is_version and getattr(quad.object, "value", "") != stated:
            yield _finding("version", "milia.nt", f"its version IRI is not {stated}")
