"""A project whose ontology is N times as large, and whose gate still opens.

Every own class is copied with its axioms, texts, synonyms, labels, mapping rows and claims: the ids
are shifted, the texts get “copy k”. Foreign terms, own properties, sources and the three roots that
the shapes name are shared by all copies. A foreign term below an own class is below its copies too.
"""

from __future__ import annotations

import argparse
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

STEP = 10_000
SHARED = {28, 203, 211, *range(900, 1000)}
OWN_ID = re.compile(r"\bMILIA([:_])(\d{7})")
CLAIM_ID = re.compile(r"(?<=[a-z])(?=\d*-\d{3}\b)")
LABEL = re.compile(r'^( +(?:rdfs:label|MILIA:000091[01]) ".*?)("@en ;.*)$', re.M)
DEFINITION = re.compile(r'^( +IAO:0000115 ".*)(\."@en ;.*)$', re.M)
PLACED = re.compile(r"^ +rdfs:subClassOf MILIA:.*\n", re.M)
BLOCK = re.compile(r"^(?=\S)", re.M)
CLAIM = re.compile(r"(?<=\bclaim[:/])[a-z]")
BLANK = re.compile(r"_:\w+")
OWN_IRI = re.compile(r"<https://w3id\.org/milia/(?:MILIA_(\d+)|claim/|mappings/.*/)")
OWN_NODE = re.compile(r'\s*"id": "(?:MILIA:(\d+)|claim:|https://w3id\.org/milia/mappings/.*/)')
ANNOTATED = "<http://www.w3.org/2002/07/owl#annotatedSource>"
BETWEEN_NODES = "\n  },\n  {\n"
RANGE = "0010000\t9999999\tbenchmark\tCopies of all terms\n"


def _shifted(text: str, copy: int) -> str:
    def shift(match: re.Match[str]) -> str:
        number = int(match[2])
        moved = number if number in SHARED else number + STEP * copy
        return f"MILIA{match[1]}{moved:07}"

    return OWN_ID.sub(shift, text)


def _module(text: str, copy: int) -> str:
    """The blocks of a module's own classes, and where it places foreign ones, as a copy."""
    blocks = []
    for block in BLOCK.split(text):
        subject = block.split(maxsplit=1)[0] if block.strip() else ""
        if subject.startswith("MILIA:") and int(subject[6:]) not in SHARED:
            renamed = LABEL.sub(rf"\1 copy {copy}\2", block)
            blocks.append(DEFINITION.sub(rf"\1, copy {copy}\2", renamed))
        elif not subject.startswith("MILIA:") and (placed := PLACED.findall(block)):
            blocks.append(f"{subject}\n{''.join(placed)}    .\n\n")
    return _shifted("".join(blocks), copy)


def _synonym(row: list[str], copy: int) -> None:
    row[2] += f" {copy}"


def _label(row: list[str], copy: int) -> None:
    row[3] += f" {copy}"


def _mapping(row: list[str], copy: int) -> None:
    # Two terms cannot match one code exactly.
    row[2] += f" copy {copy}"
    row[3] = row[3].replace("exactMatch", "closeMatch")


def _claim(row: list[str], copy: int) -> None:
    for column in (0, 12, 13):
        row[column] = _other_claims(row[column], copy)


def _quantity(row: list[str], copy: int) -> None:
    row[0] = _other_claims(row[0], copy)


def _other_claims(cell: str, copy: int) -> str:
    return CLAIM_ID.sub(_letters(copy), cell)


def _letters(copy: int) -> str:
    """Claim ids are letters, then digits: the copy is told by two more letters."""
    return chr(ord("a") + copy // 26) + chr(ord("a") + copy % 26)


def _lines(path: Path) -> list[str]:
    """The lines of a text; a cell or a literal may hold the other separators of Unicode."""
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def _grow_table(
    path: Path, copies: Sequence[int], change: Callable[[list[str], int], None], *key: int
) -> None:
    """Add the copies of the rows of a table, sorted by the columns ``key``."""
    lines = _lines(path)
    head = next(n for n, line in enumerate(lines) if not line.startswith("#")) + 1
    rows = [line for line in lines[head:] if line]
    every = [row.split("\t") for row in rows]
    for copy in copies:
        for row in rows:
            cells = _shifted(row, copy).split("\t")
            if change in {_claim, _quantity} or cells != row.split("\t"):
                change(cells, copy)
                every.append(cells)
    every.sort(key=lambda cells: [cells[column] for column in key])
    text = "\n".join([*lines[:head], *("\t".join(cells) for cells in every)])
    path.write_text(text + "\n", encoding="utf-8")


def blow_up(project: Path, target: Path, times: int) -> None:
    """Write the project in ``project``, ``times`` as large, to ``target``."""
    for folder in ("ontology", "shapes"):
        shutil.copytree(project / folder, target / folder)
    copies = range(1, times)
    if not copies:
        return
    home = target / "ontology"
    ranges = home / "tables/id-ranges.tsv"
    ranges.write_text(ranges.read_text(encoding="utf-8") + RANGE, encoding="utf-8")
    for path in (home / "modules").glob("*.ttl"):
        text = path.read_text(encoding="utf-8").rstrip("\n")
        more = "".join(_module(text, copy) for copy in copies)
        path.write_text(f"{text}\n\n{more}", encoding="utf-8")
    _grow_table(home / "tables/synonyms.tsv", copies, _synonym, 0)
    _grow_table(home / "tables/labels.tsv", copies, _label, 0, 1)
    for path in (home / "mappings").glob("*.sssom.tsv"):
        _grow_table(path, copies, _mapping, 1, 5)
    for path in (home / "claims").glob("*.tsv"):
        if path.name.startswith("quantities"):
            _grow_table(path, copies, _quantity, 0)
        elif not path.name.startswith(("predicates", "claimless", "seed-texts")):
            _grow_table(path, copies, _claim, 0)


def blow_up_release(release: Path, target: Path, times: int) -> None:
    """Write a release of which pages can be made, ``times`` as large, to ``target``.

    Its own terms, claims and mappings are copied in JSON-LD and N-Triples, the two files that the
    pages are made of, without a build: one so large would not fit into memory.
    """
    shutil.copytree(release, target)
    nodes = (target / "milia.jsonld").read_text(encoding="utf-8").split(BETWEEN_NODES)
    own = [node for node in nodes[1:-1] if _is_copied(OWN_NODE.match(node))]
    last = nodes.pop()
    for copy in range(1, times):
        nodes += [_as_copy(node, copy) for node in own]
    (target / "milia.jsonld").write_text(BETWEEN_NODES.join([*nodes, last]), encoding="utf-8")
    lines = _lines(target / "milia.nt")
    own = _owned(lines)
    for copy in range(1, times):
        lines += [_as_copy(line, copy) for line in own]
    lines.sort()
    (target / "milia.nt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _is_copied(match: re.Match[str] | None) -> bool:
    return match is not None and (match[1] is None or int(match[1]) not in SHARED)


def _as_copy(text: str, copy: int) -> str:
    letters = _letters(copy)
    text = CLAIM.sub(rf"\g<0>{letters}", _shifted(text, copy))
    return BLANK.sub(rf"\g<0>{letters}", text)


def _owned(lines: Sequence[str]) -> list[str]:
    """The statements of own nodes, and of the blank nodes below them or that annotate them."""
    triples = [line.split(" ", 2) for line in lines]
    below: dict[str, list[str]] = {}
    owned = {s for s, _, _ in triples if _is_copied(OWN_IRI.match(s))}
    for subject, predicate, value in triples:
        if predicate == ANNOTATED and _is_copied(OWN_IRI.match(value)):
            owned.add(subject)
        if value.startswith("_:"):
            below.setdefault(subject, []).append(value.removesuffix(" ."))
    waiting = list(owned)
    while waiting:
        for node in below.get(waiting.pop(), ()):
            if node not in owned:
                owned.add(node)
                waiting.append(node)
    return [line for line, (subject, _, _) in zip(lines, triples, strict=True) if subject in owned]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", type=Path, help="the folder to write")
    parser.add_argument("times", type=int, help="how many times as large")
    parser.add_argument("--project", type=Path, default=Path(), help="the project to copy")
    args = parser.parse_args()
    blow_up(args.project, args.target, args.times)


if __name__ == "__main__":
    main()
