"""The order of the stages: the only module that knows it.

``Sources → merge → Merged → classify → Reasoned → verify + validate → findings → gate →
Validated → derive → Products → assemble → Release → write``
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox

from milia_onto.edges import files, held, reasoner
from milia_onto.edges.beside import Beside
from milia_onto.edges.locate import read_bytes
from milia_onto.model import layout
from milia_onto.model import namespaces as ns
from milia_onto.model.errors import GateClosedError
from milia_onto.model.timer import Timer
from milia_onto.publish.query_files import check_queries
from milia_onto.publish.verify import verify as verify_release
from milia_onto.serialise.ntriples import ntriples
from milia_onto.shacl.evaluate import validate
from milia_onto.shacl.shapes import parse_shapes
from milia_onto.stages import checks, derive, gate, merge, reason, release, text_checks
from milia_onto.stages.attachments import attachments
from milia_onto.stages.profiles import EL_EXCEPTIONS
from milia_onto.stages.tables import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from milia_onto.model.prefixes import Prefixes
    from milia_onto.model.values import Finding, Merged, Reasoned, Release, Sources

STAMP = "build.json"
FATAL = {"syntax", UNREADABLE}


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found on the way to the gate."""

    reasoned: Reasoned
    findings: tuple[Finding, ...]
    shapes: Mapping[str, bytes]

    @property
    def prefixes(self) -> Prefixes:
        """The prefix map of the sources."""
        return self.reasoned.merged.prefixes

    @property
    def labels(self) -> Mapping[str, str]:
        """The labels of the sources by IRI."""
        return self.reasoned.merged.labels

    def shacl_report(self) -> str:
        """The SHACL report on the sources as Turtle, by pySHACL, which takes seconds."""
        from milia_onto.edges import shacl

        data, shapes = ntriples(_validated(self.reasoned)), shacl.read_shapes(self.shapes)
        return shacl.validate(data, shapes, must_look=True).report


@dataclass(frozen=True, slots=True)
class Built:
    """The release that is in place now, and how it came there."""

    release: Release
    message: str
    timings: dict[str, float] = field(default_factory=dict)


def examine(sources: Sources, limit: float, timer: Timer) -> Checked:
    """Sources to findings, with HermiT at work beside the checks.

    Raises GateClosedError where a file cannot be read or the prefix map is broken, LimitError
    where HermiT gives no answer in ``limit`` seconds.
    """
    merged = merge.merge(sources)
    timer.lap("merge")
    # What follows from a file that cannot be read, or from a broken prefix map, is noise.
    fatal = [f for f in merged.findings if f.check in FATAL or _is_about(f, merge.PREFIXES)]
    if fatal:
        raise GateClosedError(tuple(sorted(fatal, key=lambda f: f.sort_key)), merged)
    axioms = reason.read(merged)
    hermit = reasoner.Hermit(reason.logic(axioms), limit)
    try:
        drafted = reason.draft(merged, axioms, sources.files.get(EL_EXCEPTIONS))
        timer.lap("classify (EL)")
        store = ox.Store()
        store.bulk_extend(_quads(merged.origin.everything))
        rules = checks.read_checks(sources.files)
        asserted = [rule for rule in rules if rule.graph == "asserted"]
        verify = partial(checks.verify, store, prefixes=merged.prefixes, places=merged.places)
        with Beside(partial(verify, asserted[::2])) as other:
            findings = verify(asserted[1::2])
            store.bulk_extend(_quads(derive.placements(drafted)))
            # Their annotations are axioms about edges, not about names: the shapes skip them.
            store.bulk_extend(_quads(t for t in drafted.edges if t.object != ns.OWL_AXIOM))
            findings += verify([rule for rule in rules if rule.graph == "reasoned"])
            findings += text_checks.check_text(merged.origin.everything, merged.places)
            timer.lap("verify (SPARQL)")
            shapes = _shape_files(sources)
            outcome = validate(store, parse_shapes(shapes), must_look=True)
            timer.lap("validate (SHACL)")
            findings += other.result()
            timer.lap("wait for the other half of verify")
        answer = hermit.answer()
        reasoned = reason.settle(
            drafted, reasoner.name(), answer.consistent, answer.unsatisfiable, answer.parents
        )
        timer.lap("wait for HermiT")
    finally:
        hermit.stop()
    findings += [*_placed(outcome.findings, merged), *check_queries(sources, merged.prefixes)]
    return Checked(reasoned, (*merged.findings, *reasoned.findings, *findings), shapes)


def _is_about(finding: Finding, path: str) -> bool:
    return finding.place is not None and finding.place.file == path


def _quads(triples: Iterable[ox.Triple]) -> Iterator[ox.Quad]:
    return (ox.Quad(t.subject, t.predicate, t.object) for t in triples)


def _validated(drafted: Reasoned) -> Iterator[ox.Triple]:
    yield from drafted.merged.origin.everything
    yield from derive.placements(drafted)


def _shape_files(sources: Sources) -> dict[str, bytes]:
    folders = (layout.GATE_SHAPES, layout.PUBLIC_SHAPES)
    paths = (path for folder in folders for path in sources.under(folder, ".ttl"))
    return {path: sources.files[path] for path in paths}


def _placed(findings: tuple[Finding, ...], merged: Merged) -> Iterator[Finding]:
    for finding in findings:
        curie = merged.prefixes.compress(finding.value) or ""
        place = merged.places.find(finding.entity, finding.value, [curie])
        yield replace(finding, place=place)


def check(
    project: Path,
    *,
    limit: float = reasoner.DEFAULT_LIMIT,
    timer: Timer | None = None,
) -> Checked:
    """Everything ``build`` would check, sorted, after waivers; nothing is written.

    Raises what ``examine`` raises; findings that block are told, not raised.
    """
    sources = files.read_sources(project)
    checked = examine(sources, limit, timer or Timer())
    waivers = sources.files.get(gate.WAIVERS, b"")
    return replace(checked, findings=gate.judge(checked.reasoned.merged, checked.findings, waivers))


def make(
    sources: Sources, *, limit: float = reasoner.DEFAULT_LIMIT, timer: Timer | None = None
) -> Release:
    """Sources to release, in memory.

    Raises GateClosedError where a finding blocks, LimitError where HermiT is cut.
    """
    clock = timer or Timer()
    checked = examine(sources, limit, clock)
    waivers = sources.files.get(gate.WAIVERS, b"")
    validated = gate.decide(checked.reasoned, checked.findings, waivers)
    products = derive.derive(validated, attachments(sources))
    clock.lap("derive")
    with Beside(partial(release.aside, products)) as other:
        made = release.assemble(products, other.result)
    clock.lap("serialise")
    return made


def build(
    project: Path,
    out: Path | None = None,
    *,
    limit: float = reasoner.DEFAULT_LIMIT,
    force: bool = False,
    timer: Timer | None = None,
) -> Built:
    """Make the release of ``project`` and put it in ``out`` (``build/`` of the project).

    Where neither sources nor code changed since a build whose release is still intact, that
    release stays. Raises what ``make`` raises; then nothing was written.
    """
    timer = timer or Timer()
    folder = out or project / layout.BUILD
    held.refuse_foreign(folder)
    sources = files.read_sources(project)
    inputs = fingerprint(sources)
    timer.lap("read")
    current = None if force else _current(project, folder, inputs)
    if current:
        timer.lap("compare")
        message = f"{folder}: nothing changed, the release is current"
        return Built(current, message, timer.seconds)
    made = make(sources, limit=limit, timer=timer)
    files.write_release(folder, made.files)
    timer.lap("write")
    sums = hashlib.sha256(made.files[layout.SUMS]).hexdigest()
    files.write_stamp(project, STAMP, json.dumps({"inputs": inputs, str(folder.absolute()): sums}))
    size = sum(map(len, made.files.values()))
    message = f"{folder}: {len(made.files)} files, {size / 1e6:.1f} MB"
    return Built(made, message, timer.seconds)


def fingerprint(sources: Sources) -> str:
    """A digest of all a release depends on: sources, our code, the versions of our tools."""
    digest = hashlib.sha256()
    for path, data in sorted({**sources.files, **files.package_files()}.items()):
        digest.update(f"{path}\0{len(data)}\0".encode())
        digest.update(data)
    digest.update(json.dumps(release.tool_versions()).encode())
    return digest.hexdigest()


def _current(project: Path, folder: Path, inputs: str) -> Release | None:
    """The release in ``folder``, where it is intact and one that ``inputs`` would give again."""
    try:
        stamp = json.loads(files.read_stamp(project, STAMP) or "{}")
    except ValueError:
        return None
    sums = folder / layout.SUMS
    if not isinstance(stamp, dict) or stamp.get("inputs") != inputs or not sums.is_file():
        return None
    if stamp.get(str(folder.absolute())) != hashlib.sha256(read_bytes(sums)).hexdigest():
        return None
    found = files.read_release(folder)
    return None if verify_release(found, graphs=False) else found
