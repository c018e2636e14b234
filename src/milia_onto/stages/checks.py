"""SPARQL checks: one file a rule, every row it selects a finding.

A file starts with ``# title: … # severity: … # covers: … # why: … # fix: …`` and then selects
``?entity ?property ?value``. Prefix lines come from the project's prefix map. A check sees what
was asserted, unless a line ``# graph: reasoned`` asks for the inferred subclass axioms as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from milia_onto.model.errors import ContentError
from milia_onto.model.values import SEVERITIES, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from milia_onto.model.prefixes import Prefixes
    from milia_onto.model.values import Places, Severity

FIELDS = ("title", "severity", "covers", "why", "fix")
VARIABLES = ("entity", "property", "value")
GRAPHS = ("asserted", "reasoned")
HEADER_LINE = re.compile(r"#\s*(\w+):\s*(.*)")


@dataclass(frozen=True, slots=True)
class Check:
    """One SPARQL check. ``covers`` names the rules of public checklists it stands for."""

    slug: str
    title: str
    severity: Severity
    covers: tuple[str, ...]
    why: str
    fix: str
    graph: str
    query: str


def read_check(path: str, text: str) -> Check:
    """The check in a ``.rq`` file. Raises ContentError where a header field or variable lacks."""
    found: dict[str, str] = {}
    for line in text.split("\n"):
        match = HEADER_LINE.match(line)
        if match is None:
            break
        found[match[1]] = match[2].strip()
    missing = [name for name in FIELDS if name not in found]
    if missing:
        raise ContentError(f"no “# {missing[0]}:” line", place=path, fix="add it to the header")
    if found["severity"] not in SEVERITIES:
        fix = f"use one of {', '.join(SEVERITIES)}"
        raise ContentError(f"unknown severity “{found['severity']}”", place=path, fix=fix)
    graph = found.get("graph", "asserted")
    if graph not in GRAPHS:
        fix = f"use one of {', '.join(GRAPHS)}"
        raise ContentError(f"unknown graph “{graph}”", place=path, fix=fix)
    slug = path.rsplit("/", 1)[-1].removesuffix(".rq")
    return Check(
        slug,
        found["title"],
        next(s for s in SEVERITIES if s == found["severity"]),
        tuple(found["covers"].split()),
        found["why"],
        found["fix"],
        graph,
        text,
    )


def read_checks(files: Mapping[str, bytes]) -> list[Check]:
    """All checks below ``shapes/checks``, by slug. An empty folder is an error, not a pass."""
    paths = sorted(p for p in files if p.startswith("shapes/checks/") and p.endswith(".rq"))
    if not paths:
        raise ContentError("no checks found", place="shapes/checks", fix="restore the folder")
    return [read_check(path, _decoded(path, files[path])) for path in paths]


def _decoded(path: str, data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise ContentError("is not UTF-8", place=path, fix="save it as UTF-8") from None


def run_check(store: ox.Store, check: Check, prefixes: Prefixes) -> list[tuple[str, str, str]]:
    """The sorted (entity, property, value) rows a check selects; unbound is "".

    Raises ContentError where the query is not SPARQL or selects other variables.
    """
    place = f"shapes/checks/{check.slug}.rq"
    try:
        solutions = store.query(prefixes.sparql() + check.query)
    except SyntaxError as error:
        raise ContentError(f"not SPARQL: {error.msg}", place=place, fix="correct it") from None
    if (
        not isinstance(solutions, ox.QuerySolutions)
        or tuple(variable.value for variable in solutions.variables) != VARIABLES
    ):
        raise ContentError("does not select ?entity ?property ?value", place=place, fix="do so")
    rows = {tuple(_text(solution[name]) for name in VARIABLES) for solution in solutions}
    return sorted(rows)  # type: ignore[arg-type]


def _text(term: object) -> str:
    return str(getattr(term, "value", term)) if term is not None else ""


def verify(
    store: ox.Store, checks: Iterable[Check], prefixes: Prefixes, places: Places
) -> list[Finding]:
    """The findings of all checks over the merged graph, each with the place in the sources."""
    findings = []
    for check in checks:
        for entity, prop, value in run_check(store, check, prefixes):
            spellings = [curie for iri in (value, prop) if (curie := prefixes.compress(iri))]
            findings.append(
                Finding(
                    check.slug,
                    check.severity,
                    check.title,
                    entity,
                    prop,
                    value,
                    check.why,
                    check.fix,
                    places.find(entity, value, spellings),
                )
            )
    return findings
