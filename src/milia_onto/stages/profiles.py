"""Findings on the OWL 2 profiles: DL must hold, and EL but for the exceptions that are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.model.values import Finding
from milia_onto.owl.profile import dl_violations, el_violations
from milia_onto.stages.tables import Column, complain, read_table

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from milia_onto.model.values import Merged, Place
    from milia_onto.owl.ontology import Axioms
    from milia_onto.owl.profile import Violation

EL_EXCEPTIONS = "shapes/el-exceptions.tsv"
PROFILE_WHY = "Reasoners outside the profile may answer wrongly, late or never."


def judge_profiles(
    merged: Merged, axioms: Axioms, exceptions: bytes | None
) -> tuple[dict[str, bool], list[Finding]]:
    """Whether each profile holds, and a finding for each axiom that leaves it unexcused.

    ``exceptions`` is the table ``EL_EXCEPTIONS``; a row that no axiom needs is a finding, too.
    """
    dl, el = dl_violations(axioms), el_violations(axioms)
    allowed, findings = _el_exceptions(exceptions)
    findings += [_profile_finding("owl-dl", v, merged) for v in dl]
    findings += [
        _profile_finding("owl-el", v, merged) for v in el if (v.rule, v.subject) not in allowed
    ]
    findings += _unused(allowed, {(v.rule, v.subject) for v in el})
    return {"OWL 2 DL": not dl, "OWL 2 EL": not el}, findings


def _profile_finding(check: str, violation: Violation, merged: Merged) -> Finding:
    entity, whose = violation.subject, ""
    # The id of a blank node is another at every run: a finding goes by an IRI beside it.
    if entity.startswith("_:"):
        entity = next(iter(violation.axiom.iris), "") if violation.axiom else ""
        whose = ", said of a blank node"
    place = merged.places.find(entity) if entity else None
    exception = f"rewrite the axiom, or list the exception with its reason in {EL_EXCEPTIONS}"
    return Finding(
        check,
        "violation",
        f"{violation.message}{whose} ({violation.clause})",
        entity,
        value=violation.rule,
        why=PROFILE_WHY,
        fix=exception if check == "owl-el" else "rewrite the axiom",
        place=place,
    )


def _el_exceptions(
    data: bytes | None,
) -> tuple[dict[tuple[str, str], Place], list[Finding]]:
    """The (rule, subject) pairs that may leave OWL 2 EL, each with the row that gives a reason."""
    if data is None:
        return {}, []
    columns = [Column("rule"), Column("subject"), Column("reason")]
    rows, findings = read_table(EL_EXCEPTIONS, data, columns)
    allowed: dict[tuple[str, str], Place] = {}
    for row in rows:
        pair = (row["rule"], row["subject"])
        if pair in allowed:
            message = f"“{pair[0]}” of {pair[1]} was already given in line {allowed[pair].line}"
            findings.append(complain(row.place, message, "keep one of the two rows"))
        allowed.setdefault(pair, row.place)
    return allowed, findings


def _unused(
    allowed: Mapping[tuple[str, str], Place], found: Container[tuple[str, str]]
) -> list[Finding]:
    """A finding for each exception that no axiom needs: it would hide the next such axiom."""
    return [
        complain(place, f"no axiom of {subject} breaks the rule “{rule}”", "delete the row")
        for (rule, subject), place in allowed.items()
        if (rule, subject) not in found
    ]
