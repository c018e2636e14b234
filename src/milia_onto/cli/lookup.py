"""Find terms by label, synonym, code or identifier.

A code of ICD-10 or another vocabulary finds the terms mapped to it, and says whether the code is
broader, narrower or the same. Of a code that must not be used for a term it says why.

Examples:
  milia-onto lookup L72.0
  milia-onto lookup "milk spots"
  milia-onto lookup MILIA:0000006 --format json
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from milia_onto.cli.records import as_json, as_tsv
from milia_onto.model.layout import TERMS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from milia_onto.publish.lookup import Hit, Index

COLUMNS = ("id", "label", "matched", "definition", "parents", "mappings")
KINDS_SHOWN = 8


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
    """Print the hits; 1 where there are none, with what is known of that on stderr.

    Raises UsageError where nothing was asked for.
    """
    from milia_onto.edges.locate import find_release, read_bytes
    from milia_onto.model.errors import UsageError
    from milia_onto.publish.lookup import index_of
    from milia_onto.publish.names import plain

    if not plain(args.text):
        raise UsageError("nothing to look up", fix="say a label, a code or an identifier")
    folder = args.release or find_release()
    index = index_of(read_bytes(folder / TERMS), TERMS)
    answer = index.search(args.text.strip())
    if args.format == "json":
        records = [
            hit._asdict() | {"mappings": [m._asdict() for m in hit.mappings]} for hit in answer.hits
        ]
        sys.stdout.write(as_json(records))
    elif args.format == "tsv":
        sys.stdout.write(as_tsv(COLUMNS, map(_flat, answer.hits)))
    else:
        sys.stdout.write(_cards(answer.hits))
    if answer.hits:
        return 0
    sys.stderr.write(
        "".join(f"milia-onto lookup: {line}\n" for line in _why_not(args.text, index, folder))
    )
    return 1


def _flat(hit: Hit) -> dict[str, str]:
    mappings = "|".join(f"{m.code} {m.relation}" for m in hit.mappings)
    return {
        "id": hit.id,
        "label": hit.label,
        "matched": hit.matched,
        "definition": hit.definition,
        "parents": "|".join(hit.parents),
        "mappings": mappings,
    }


def _why_not(text: str, index: Index, folder: Path) -> list[str]:
    """Why nothing was found: the code is kept apart, or nothing is called so."""
    from milia_onto.edges.locate import mapping_rows
    from milia_onto.publish.apart import apart
    from milia_onto.publish.names import plain

    refused = list(apart(mapping_rows(folder), index.wanted(plain(text))))
    if refused:
        return [
            f"{r.code} “{r.code_label}” is not {r.term_label} ({r.term}): {r.why}" for r in refused
        ]
    suggestions = index.suggest(plain(text))
    instead = f"; did you mean {', '.join(suggestions)}?" if suggestions else ""
    return [f"nothing is called “{' '.join(text.split())}”{instead}"]


def _cards(hits: Sequence[Hit]) -> str:
    """Hits for a person: a card each, and one line for a kind of which the same is true."""
    cards = []
    below: dict[str, list[Hit]] = {hit.id: [] for hit in hits}
    for hit in hits:
        for lead in hits:
            if lead.matched == hit.matched and any(p.split(" ")[0] == lead.id for p in hit.parents):
                below[lead.id].append(hit)
    kinds = {hit.id for held in below.values() for hit in held}
    for hit in hits:
        if hit.id not in kinds:
            cards.append(_card(hit) + _kinds(_all_below(hit, below)))
    return "\n".join(cards)


def _all_below(hit: Hit, below: dict[str, list[Hit]]) -> list[Hit]:
    found: dict[str, Hit] = {}
    waiting = [hit]
    while waiting:
        held = below[waiting.pop().id]
        waiting += [kind for kind in held if kind.id not in found]
        found |= {kind.id: kind for kind in held}
    return [found[id_] for id_ in below if id_ in found]


def _kinds(kinds: Sequence[Hit]) -> str:
    if not kinds:
        return ""
    lines = [f"  found in the same way, {len(kinds)} kinds of it:"]
    lines += [f"    {kind.id}  {kind.label}" for kind in kinds[:KINDS_SHOWN]]
    if len(kinds) > KINDS_SHOWN:
        lines.append(f"    and {len(kinds) - KINDS_SHOWN} more: --format tsv lists them all")
    return "\n".join(lines) + "\n"


def _card(hit: Hit) -> str:
    lines = [f"{hit.id}  {hit.label}", f"  found by: {hit.matched}"]
    lines += [f"  definition: {hit.definition}"] if hit.definition else []
    lines += [f"  kind of: {', '.join(hit.parents)}"] if hit.parents else []
    lines += [f"  also called: {', '.join(hit.synonyms)}"] if hit.synonyms else []
    for mapping in hit.mappings:
        name = f"{mapping.code} “{mapping.label}”" if mapping.label else mapping.code
        lines.append(f"  {name} {mapping.relation}")
    return "\n".join(lines) + "\n"
