"""Findings as text for people, as TSV and JSON for tools."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from milia_onto.cli.records import as_json, as_tsv
from milia_onto.cli.streams import visible
from milia_onto.model.values import SEVERITIES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence

    from milia_onto.model.prefixes import Prefixes
    from milia_onto.model.values import Finding

COLUMNS = ("severity", "check", "place", "entity", "property", "value", "message", "why", "fix")


def add_least(parser: argparse.ArgumentParser) -> None:
    """The argument ``--least`` of commands whose text leaves findings out."""
    parser.add_argument(
        "--least",
        choices=SEVERITIES,
        default="warning",
        help="the least severe findings that text lists (default: warning; counted all the same)",
    )


def listed(findings: Sequence[Finding], args: argparse.Namespace) -> list[Finding]:
    """The findings that are printed: text leaves out what is less severe than ``--least``."""
    shown = SEVERITIES[: SEVERITIES.index(args.least) + 1]
    return [f for f in findings if args.format != "text" or f.severity in shown]


def as_record(finding: Finding) -> dict[str, str]:
    """A finding as a flat record."""
    return {
        "severity": finding.severity,
        "check": finding.check,
        "place": str(finding.place or ""),
        "entity": finding.entity,
        "property": finding.property,
        "value": finding.value,
        "message": finding.message,
        "why": finding.why,
        "fix": finding.fix,
    }


def as_text(finding: Finding, prefixes: Prefixes | None, labels: Mapping[str, str]) -> str:
    """A finding as two or three lines: where and what; why; how to mend it."""

    def short(iri: str) -> str:
        curie = prefixes.compress(iri) if prefixes else None
        label = labels.get(iri)
        return f"{curie or iri} “{label}”" if label else (curie or iri)

    head = [str(finding.place)] if finding.place else []
    head += [finding.severity, finding.message]
    about = [short(part) for part in (finding.entity, finding.property, finding.value) if part]
    lines = [": ".join(head) + f" [{finding.check}]"]
    lines += [f"    {' · '.join(about)}"] if about else []
    lines += [f"    why: {finding.why}"] if finding.why else []
    lines += [f"    fix: {finding.fix}"] if finding.fix else []
    return "\n".join(lines)


def render(
    findings: Sequence[Finding],
    form: str,
    prefixes: Prefixes | None = None,
    labels: Mapping[str, str] | None = None,
) -> str:
    """All findings in one of the forms ``text``, ``tsv``, ``json``."""
    if form == "json":
        return as_json([as_record(finding) for finding in findings])
    if form == "tsv":
        return as_tsv(COLUMNS, map(as_record, findings))
    return "".join(visible(as_text(f, prefixes, labels or {})) + "\n" for f in findings)


def summary(findings: Sequence[Finding]) -> str:
    """How many findings of each severity, in words."""
    counts = {name: sum(f.severity == name for f in findings) for name in SEVERITIES}
    parts = [f"{n} {name}{'s' if n != 1 and name != 'info' else ''}" for name, n in counts.items()]
    return ", ".join(parts)


def say(text: str) -> None:
    """Say something to the person at the terminal."""
    sys.stderr.write(text + "\n")
