"""Made-up condition rows, to join with the tables of the release: nobody's, and always the same.

    python -m benchmarks.conditions build/tables/mappings.parquet conditions.parquet

Each row is a diagnosis of a person on a day, coded in ICD-10-CM or SNOMED CT. One row in fifty has
a code that the mappings know, among them those that milia must not be looked for under.
"""

from __future__ import annotations

import argparse
import random
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet as pq

ROWS, SEED = 1_000_000, 20261121
VOCABULARIES = ("ICD10CM", "SCTID")
KNOWN_ONE_IN = 50
PEOPLE_PER_ROW = 0.2
FIRST_DAY, DAYS = date(2016, 1, 1), 3653
BATCH = 100_000
SCHEMA = pa.schema(
    [
        ("person_id", pa.int64()),
        ("vocabulary", pa.string()),
        ("condition_code", pa.string()),
        ("condition_date", pa.date32()),
    ]
)


def known_codes(mappings: Path) -> list[tuple[str, str]]:
    """The codes of the two vocabularies that the mappings speak of, sorted."""
    table = pq.read_table(mappings, columns=["vocabulary", "code"])
    found = zip(table["vocabulary"].to_pylist(), table["code"].to_pylist(), strict=True)
    return sorted({pair for pair in found if pair[0] in VOCABULARIES})


def other_code(draw: random.Random) -> tuple[str, str]:
    """A code that has the form of ICD-10-CM, and is none of the skin (L) or the newborn (P)."""
    letter = draw.choice("ABCDEFGHIJKMNR")
    return "ICD10CM", f"{letter}{int(draw.random() * 100):02}.{int(draw.random() * 10)}"


def write(mappings: Path, out: Path, rows: int = ROWS, seed: int = SEED) -> None:
    """The rows as one Parquet file; the same seed gives the same rows."""
    draw = random.Random(seed)
    known = known_codes(mappings)
    people = max(1, int(rows * PEOPLE_PER_ROW))
    with pq.ParquetWriter(out, SCHEMA, compression="zstd") as writer:
        for start in range(0, rows, BATCH):
            number = min(BATCH, rows - start)
            codes = [
                draw.choice(known) if draw.random() < 1 / KNOWN_ONE_IN else other_code(draw)
                for _ in range(number)
            ]
            columns = {
                "person_id": [int(draw.random() * people) for _ in range(number)],
                "vocabulary": [vocabulary for vocabulary, _ in codes],
                "condition_code": [code for _, code in codes],
                "condition_date": [
                    FIRST_DAY + timedelta(days=int(draw.random() * DAYS)) for _ in range(number)
                ],
            }
            writer.write_table(pa.table(columns, schema=SCHEMA))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mappings", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--seed", type=int, default=SEED)
    arguments = parser.parse_args()
    write(arguments.mappings, arguments.out, arguments.rows, arguments.seed)


if __name__ == "__main__":
    main()
