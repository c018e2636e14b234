"""Gilda on the same names: run by the Python of an environment that has gilda, not by ours.

``python linking_gilda.py NAMES TABLE OUT``: NAMES has our terms (term, text, scope), TABLE is an
authority's. Every name of every row is grounded; the best of a row is written where its score is
at least 0.7, as ours must be.
"""

from __future__ import annotations

import csv
import gzip
import sys
from pathlib import Path

from gilda.grounder import Grounder
from gilda.process import normalize
from gilda.term import Term

LEAST = 0.7


def main(names: str, table: str, out: str) -> None:
    with Path(names).open(encoding="utf-8") as stream:
        known = [
            Term(normalize(text), text, "MILIA", term, text, status, "release")
            for term, text, status in csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]
    grounder = Grounder(known)
    with gzip.open(table, "rt", encoding="utf-8") as stream, Path(out).open("w") as found:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["obsolete"] == "y":
                continue
            best: dict[str, float] = {}
            for text in filter(None, [row["label"], *row["synonyms"].split("|")]):
                for match in grounder.ground(text):
                    best[match.term.id] = max(match.score, best.get(match.term.id, 0))
            top = max(best.values(), default=0)
            for term, score in sorted(best.items()):
                if score >= LEAST and score >= top - 0.05:
                    found.write(f"{row['id']}\t{term}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
