"""What is blown up holds every row and statement whole, whatever signs its texts hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from benchmarks.blow_up import blow_up, blow_up_release

if TYPE_CHECKING:
    from pathlib import Path

# None of them ends a line of a table or of N-Triples; Python's splitlines takes them all for that.
TEXT = "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg"
HEAD = "id\tproperty\ttext"
ID_RANGES = "from\tto\towner\tuse\n"


def test_rows_of_a_table_stay_whole(tmp_path: Path) -> None:
    project, target = tmp_path / "project", tmp_path / "target"
    for folder in ("ontology/modules", "ontology/tables", "shapes"):
        (project / folder).mkdir(parents=True)
    tables = project / "ontology/tables"
    (tables / "id-ranges.tsv").write_text(ID_RANGES, encoding="utf-8")
    (tables / "labels.tsv").write_text("id\ta\tb\tlabel\n", encoding="utf-8")
    (tables / "synonyms.tsv").write_text(f"{HEAD}\nMILIA:0000001\tp\t{TEXT}\n", encoding="utf-8")
    blow_up(project, target, 2)
    grown = (target / "ontology/tables/synonyms.tsv").read_bytes().decode()
    assert grown == f"{HEAD}\nMILIA:0000001\tp\t{TEXT}\nMILIA:0010001\tp\t{TEXT} 1\n"


def test_statements_of_a_release_stay_whole(tmp_path: Path) -> None:
    release, target = tmp_path / "release", tmp_path / "target"
    release.mkdir()
    (release / "milia.jsonld").write_text('{\n  "id": "x"\n}\n', encoding="utf-8")
    line = f'<https://w3id.org/milia/MILIA_0000001> <urn:p> "{TEXT}" .\n'
    (release / "milia.nt").write_text(line, encoding="utf-8")
    blow_up_release(release, target, 2)
    grown = ox.parse(path=target / "milia.nt", format=ox.RdfFormat.N_TRIPLES)
    assert [(quad.subject.value[-7:], quad.object.value) for quad in grown] == [
        ("0000001", TEXT),
        ("0010001", TEXT),
    ]
