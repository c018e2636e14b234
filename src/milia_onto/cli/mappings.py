"""Care for mappings: do their targets still live, are they called so, does anybody disagree?

`check` reads SSSOM sets (those of the release, where no FILE is named) and holds each target
against the tables of its authority: same, relabelled, obsolete with or without a replacement,
split, merged, gone, or not covered. Mapping sets of third parties among the tables are held
against ours.
Without --against it says whether the sets can be read. A table is TSV with the columns id and
label, and, where it has them, synonyms, xrefs, obsolete, replaced_by, consider, alt_ids, parents;
or a vocabulary as OBO, OBO Graph, RDF or FHIR CodeSystem; each may be packed with gzip.

Examples:
  milia-onto mappings check
  milia-onto mappings check --against hp.tsv.gz mondo.tsv.gz mondo_sssom.tsv.gz
  milia-onto mappings check mine.sssom.tsv --against hp.obo --proposals repair.sssom.tsv
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from milia_onto.mappings.authority import Authorities
    from milia_onto.mappings.model import MappingSet, Verdict
    from milia_onto.model.values import Finding


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``mappings``."""
    from milia_onto.cli.findings import add_least

    parser.add_argument("action", choices=("check",), help="what to do with the mappings")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="SSSOM/TSV sets")
    parser.add_argument(
        "--against",
        nargs="+",
        action="extend",
        default=[],
        type=Path,
        metavar="TABLE",
        help="tables of authorities, and mapping sets of third parties",
    )
    parser.add_argument(
        "--partial",
        nargs="+",
        action="extend",
        default=[],
        metavar="PREFIX",
        help="vocabularies whose tables lack terms: absence proves nothing "
        "(tables called …_slice are taken so)",
    )
    parser.add_argument(
        "--proposals",
        metavar="FILE",
        help="where repair proposals go, as SSSOM; - writes them instead of the findings",
    )
    add_least(parser)
    parser.add_argument(
        "--format", choices=("text", "tsv", "json"), default="text", help="the form of the findings"
    )


def run(args: argparse.Namespace) -> int:
    """Print the findings; 1 where a mapping is stale.

    Raises UsageError where the options contradict each other.
    """
    from milia_onto.cli.findings import say
    from milia_onto.edges.mapping_files import read_mappings, read_table
    from milia_onto.mappings.authority import Authorities
    from milia_onto.mappings.compare import verdicts
    from milia_onto.model.errors import UsageError

    if args.proposals and not args.against:
        fix = "name tables with --against"
        raise UsageError("--proposals needs something to hold the mappings against", fix=fix)
    sets = [read_mappings(path) for path in args.files or _of_release()]
    rows = [row for found in sets for row in found.rows]
    if not args.against:
        say(f"{len(sets)} sets can be read, {len(rows)} mappings; name tables with --against")
        return 0
    authorities = Authorities(map(read_table, args.against), args.partial)
    judged = verdicts(rows, authorities)
    _tell(args, judged, _findings(judged, authorities), sets)
    counts: dict[str, int] = {}
    for verdict in judged:
        counts[verdict.state] = counts.get(verdict.state, 0) + 1
    told = ", ".join(f"{number} {state}" for state, number in sorted(counts.items()))
    say(f"{len(rows)} mappings: {told or 'none'}")
    return 0 if set(counts) <= {"same", "uncovered"} else 1


def _of_release() -> list[Path]:
    from milia_onto.edges.locate import find_release
    from milia_onto.model.errors import SurroundingsError

    folder = find_release() / "mappings"
    found = sorted(folder.glob("*.sssom.tsv"))
    if not found:
        raise SurroundingsError("holds no mapping set", place=str(folder), fix="name the files")
    return found


def _findings(judged: Sequence[Verdict], authorities: Authorities) -> list[Finding]:
    from milia_onto.mappings.compare import disputes, findings
    from milia_onto.mappings.triangles import disagreements

    rows = [verdict.mapping for verdict in judged]
    found = [
        *findings(judged),
        *disputes(rows, authorities),
        *disagreements(rows, authorities),
    ]
    return sorted(found, key=lambda finding: finding.sort_key)


def _tell(
    args: argparse.Namespace,
    judged: Sequence[Verdict],
    found: list[Finding],
    sets: Sequence[MappingSet],
) -> None:
    from milia_onto.cli.findings import listed, render
    from milia_onto.edges.write_whole import write_whole
    from milia_onto.mappings.repair import as_sssom, proposals

    if args.proposals:
        prefixes = {name: space for one in sets for name, space in one.prefixes.items()}
        text = as_sssom(proposals(judged), prefixes)
        if args.proposals == "-":
            sys.stdout.write(text)
            return
        write_whole(Path(args.proposals), text.encode())
    sys.stdout.write(render(listed(found, args), args.format))
