"""How each stage grows with the ontology."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.blow_up import blow_up
from benchmarks.chains import Project
from benchmarks.compare import ROBOT, SCRIPT
from benchmarks.tables import figure, markdown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.compare import Plan
    from benchmarks.measure import Run

# rdflib's joins grow faster than the graph: beyond this the script is not even tried.
SCRIPT_TIMES = 10
Cells = dict[str, tuple[float, bool]]


def grow(sources: Path, work: Path, sizes: Sequence[int], limit: float, plan: Plan) -> str:
    """A table with a column for each size, one run each; in brackets the ratio to the first size.

    Stages are in CPU seconds, without HermiT, which works beside them.
    """
    columns: dict[int, Cells] = {}
    for times in sizes:
        folder = work / f"times-{times}"
        blow_up(sources, folder, times)
        columns[times] = _column(Project(folder, limit), times, plan)
    names = list(dict.fromkeys(name for cells in columns.values() for name in cells))
    first = columns[sizes[0]]
    rows = [
        [name, *(_cell(name, columns[times], first, times != sizes[0]) for times in sizes)]
        for name in names
    ]
    return markdown(
        ["", *("as it is" if times == 1 else f"{times} times" for times in sizes)], rows
    )


def _column(project: Project, times: int, plan: Plan) -> Cells:
    triples, axioms = project.prepare()
    cells: Cells = {"triples, merged": (triples, False)}
    build = project.build()
    plan.say(f"{times} times: full build: {build.wall:.1f} s, exit {build.code}")
    cut = build.cut or bool(build.code)
    cells |= {f"{stage}, CPU, s": (value, False) for stage, value in project.stages().items()}
    _note(cells, "full build", build, cut=cut)
    _note(cells, "HermiT alone", project.hermit(axioms))
    for reasoner, name in ROBOT.items() if plan.jars else ():
        if plan.jars:
            _note(cells, name, project.robot(plan.jars, reasoner))
            plan.say(f"{times} times: {name}")
    if plan.script and times <= SCRIPT_TIMES and not cut:
        _note(cells, SCRIPT, project.script())
    return cells


def _note(cells: Cells, name: str, run: Run, *, cut: bool = False) -> None:
    ended = cut or run.cut
    cells[f"**{name}**, wall, s"] = (run.wall, ended)
    cells[f"**{name}**, CPU, s"] = (run.cpu, ended)
    cells[f"**{name}**, peak memory, MB"] = (run.memory / 1e6, ended)


def _cell(name: str, cells: Cells, first: Cells, later: bool) -> str:
    if name not in cells:
        return ""
    value, cut = cells[name]
    if cut:
        return f"cut at limit ({figure(value)})"
    text = f"{value:.0f}" if name.startswith("triples") else figure(value)
    base, base_cut = first.get(name, (0.0, True))
    return f"{text} ({value / base:.1f} x)" if later and base and not base_cut else text
