"""Find terms by label, synonym, code or identifier.

A code of ICD-10 or another vocabulary finds the terms mapped to it, and says whether the code is
broader, narrower or the same.

Examples:
  milia-onto lookup L72.0
  milia-onto lookup "milk spots"
  milia-onto lookup MILIA:0000006 --format json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

COLUMNS = ("id", "label", "matched", "definition", "parents", "mappings")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``lookup``."""
    parser.add_argument("text", metavar="TEXT-or-CODE", help="a label, synonym, code, CURIE or IRI")
    parser.add_argument(
        "--release", type=Path, metavar="DIR", help="the release to look in (default: build/)"
    )
    parser.add_argument(
        "--format", choices=("text", "tsv", "json"), default="text", help="the form of the answer"
    )


def run(args: argparse.Namespace) -> int:
    """Print the hits; 1 where there are none, with suggestions on stderr."""
    from milia_onto.edges.locate import find_release, read_bytes
    from milia_onto.publish.lookup import as_text, index_of

    folder = args.release or find_release()
    answer = index_of(read_bytes(folder / "terms.jsonld"), "terms.jsonld").search(args.text.strip())
    if args.format == "json":
        records = [
            hit._asdict() | {"mappings": [m._asdict() for m in hit.mappings]} for hit in answer.hits
        ]
        sys.stdout.write(json.dumps(records, ensure_ascii=False, indent=1) + "\n")
    elif args.format == "tsv":
        sys.stdout.write("\t".join(COLUMNS) + "\n")
        for hit in answer.hits:
            mappings = "|".join(f"{m.code} {m.relation}" for m in hit.mappings)
            cells = (
                hit.id,
                hit.label,
                hit.matched,
                hit.definition,
                "|".join(hit.parents),
                mappings,
            )
            sys.stdout.write("\t".join(cells) + "\n")
    else:
        sys.stdout.write(as_text(answer.hits))
    if answer.hits:
        return 0
    instead = f"; did you mean {', '.join(answer.suggestions)}?" if answer.suggestions else ""
    sys.stderr.write(
        f"milia-onto lookup: nothing is called “{' '.join(args.text.split())}”{instead}\n"
    )
    return 1
