"""Candidates as SSSOM (TSV form, version 1.1), and the review list as SSSOM rows that say Not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto._version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from milia_onto.link.record import Candidate

SET = "https://w3id.org/milia/mappings/candidates"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "confidence",
    "subject_match_field",
    "object_match_field",
    "match_string",
    "similarity_score",
)
REVIEW = ("predicate_modifier", "comment")


def in_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate a pair, the surest, sorted by subject and object."""
    best: dict[tuple[str, str], Candidate] = {}
    for candidate in candidates:
        pair = (candidate.subject, candidate.object)
        if pair not in best or _rank(candidate) > _rank(best[pair]):
            best[pair] = candidate
    return [best[pair] for pair in sorted(best)]


def _rank(candidate: Candidate) -> tuple[float, Candidate]:
    return candidate.confidence, candidate


def sssom(
    candidates: Iterable[Candidate], prefixes: Mapping[str, str], version: str, *, refused: bool
) -> str:
    """A mapping set; with ``refused`` each row carries ``Not`` and the reason as its comment.

    ``prefixes`` are those of the identifiers in the rows, ``version`` the version of the release.
    """
    title = "Refused candidates for mappings" if refused else "Candidates for mappings"
    said = {name: prefixes[name] for name in sorted(prefixes)}
    header = [
        "# curie_map:",
        *(f'#   {name}: "{namespace}"' for name, namespace in said.items()),
        f"# license: {LICENCE}",
        f"# mapping_set_id: {SET}/{'refused' if refused else 'proposed'}",
        f'# mapping_set_title: "{title} to the Milia Ontology"',
        f'# mapping_set_version: "{version}"',
        "# mapping_tool: milia-onto",
        f'# mapping_tool_version: "{__version__}"',
        '# object_source: "https://w3id.org/milia"',
        f'# object_source_version: "{version}"',
        '# sssom_version: "1.1"',
    ]
    columns = (*COLUMNS, *REVIEW) if refused else COLUMNS
    rows = ["\t".join(_cells(candidate, refused)) for candidate in candidates]
    return "\n".join([*header, "\t".join(columns), *rows]) + "\n"


def _cells(candidate: Candidate, refused: bool) -> list[str]:
    cells = [
        candidate.subject,
        candidate.subject_label,
        candidate.predicate,
        candidate.object,
        candidate.object_label,
        candidate.justification,
        f"{candidate.confidence:.2f}",
        candidate.subject_field,
        candidate.object_field,
        candidate.match,
        f"{candidate.similarity:g}" if candidate.similarity else "",
    ]
    cells += ["Not", candidate.comment] if refused else []
    return [" ".join(cell.split()) for cell in cells]
