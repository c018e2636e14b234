"""One build of ours against the other ways to get there, and what a rebuild costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.measure import middle, stages
from benchmarks.tables import figure, markdown, ratio, taken

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.chains import Project
    from benchmarks.measure import Run

OURS, UNCHANGED, HERMIT = "full build", "rebuild, nothing changed", "HermiT alone, our axioms"
SCRIPT, CANONICAL = "plain script", "plain script, canonical graphs"
ROBOT = {"hermit": "ROBOT, HermiT", "ELK": "ROBOT, ELK"}
# At most this part of the named alternative; the rebuild, of the full build.
AIMS = {SCRIPT: 0.2, CANONICAL: 0.2, **dict.fromkeys(ROBOT.values(), 0.5)}
REBUILD_AIM = 0.1


@dataclass(frozen=True, slots=True)
class Plan:
    """What is compared: how often, with what, and against which tools."""

    runs: int
    jars: Path | None
    script: bool
    canonical: bool
    say: Callable[[str], None]


def compare(project: Project, plan: Plan) -> str:
    """The tables; every tool has its turn in every round, so that a disturbance meets them all."""
    triples, axioms = project.prepare()
    tools: dict[str, Callable[[], Run]] = {
        OURS: project.build,
        UNCHANGED: lambda: project.build(force=False),
        HERMIT: lambda: project.hermit(axioms),
    }
    if plan.script:
        tools[SCRIPT] = project.script
    if plan.script and plan.canonical:
        tools[CANONICAL] = lambda: project.script(canonical=True)
    for reasoner, name in ROBOT.items() if plan.jars else ():
        tools[name] = _robot(project, plan.jars, reasoner)
    runs: dict[str, list[Run]] = {name: [] for name in tools}
    for number in range(1, plan.runs + 1):
        for name, tool in tools.items():
            runs[name].append(tool())
            plan.say(f"round {number}: {name}: {runs[name][-1].wall:.2f} s")
    found = {name: middle(some) for name, some in runs.items()}
    parts = [f"Merged, asserted graph: {triples} triples. Medians of {plan.runs} runs.\n"]
    if plan.script and not found[SCRIPT].cut:
        agreed = project.same_work(runs[SCRIPT][-1])
        parts.append(f"Full build and plain script agree: {agreed}.\n")
    parts.append(_against(found))
    parts.append(_shares(found, project.stages()))
    return "\n".join(parts)


def _robot(project: Project, jars: Path | None, reasoner: str) -> Callable[[], Run]:
    if jars is None:
        raise AssertionError("only called where the jars are")
    return lambda: project.robot(jars, reasoner)


def _against(found: dict[str, Run]) -> str:
    ours = found[OURS]
    rows = []
    for name, run in found.items():
        row = [name, *taken(run)]
        if name == UNCHANGED:
            share = run.wall / ours.wall
            row += [ratio(run.wall, ours.wall), ratio(run.cpu, ours.cpu)]
            row.append(_verdict(share, REBUILD_AIM))
        elif name in AIMS:
            share = ours.wall / run.wall
            row += [ratio(ours.wall, run.wall), ratio(ours.cpu, run.cpu)]
            row.append(_verdict(share, AIMS[name]))
        elif name == HERMIT:
            row += [ratio(ours.wall, run.wall), ratio(ours.cpu, run.cpu), ""]
        else:
            row += ["", "", ""]
        rows.append(row)
    head = ["", "wall, s", "CPU, s", "peak memory, MB"]
    head += ["full build / it, wall", "full build / it, CPU", "aim"]
    note = "For the rebuild the ratio is the other way round: rebuild / full build.\n"
    return f"{markdown(head, rows)}\n{note}"


def _verdict(share: float, aim: float) -> str:
    return f"≤ {aim:g}: {'met' if share <= aim else 'missed'}"


def _shares(found: dict[str, Run], cpu: dict[str, float]) -> str:
    """Where the time goes, in ours and in the script."""
    blocks = []
    for name in (OURS, SCRIPT):
        if name in found:
            run = found[name]
            parts = stages(run)
            parts["start and imports"] = run.wall - sum(parts.values())
            rows = [
                [stage, figure(seconds), f"{100 * seconds / run.wall:.0f} %"]
                + ([figure(cpu[stage]) if stage in cpu else ""] if name == OURS else [])
                for stage, seconds in parts.items()
            ]
            head = [f"stage of the {name}", "wall, s", "share"]
            blocks.append(markdown([*head, "CPU, s"] if name == OURS else head, rows))
    return "\n".join(blocks)
