"""A finding on a file of a user names the line that writes what it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milia_onto.edges.read_rdf import read_graph
from milia_onto.model.values import Finding, Place

if TYPE_CHECKING:
    from pathlib import Path

TURTLE = r"""@prefix ex: <http://e/> . @prefix : <http://f/> .
ex:ab ex:p ex:abc .
ex:a ex:p "one, two"@en ;
  ex:p 'one' , <http://e/b.c>, 12 , ex:d.
:a ex:p "the \"one\"" , "12.5" .
"""
XML = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">
<rdf:Description rdf:about="http://e/ab"><e:p>one, two</e:p></rdf:Description>
<rdf:Description rdf:about="http://e/a">
<e:p xml:lang="en">one</e:p>
</rdf:Description></rdf:RDF>
"""
JSON = """{"@context": {"ex": "http://e/"}, "@graph": [
{"@id": "ex:ab", "ex:p": "one, two"},
{"@id": "ex:a",
"ex:p": ["one", {"@id": "http://e/b"}]}]}
"""
A = "http://e/a"
# file, its text, entity, value, line
PLACES = [
    ("x.ttl", TURTLE, A, "", 3),
    ("x.ttl", TURTLE, A, "one", 4),
    ("x.ttl", TURTLE, A, "one, two", 3),
    ("x.ttl", TURTLE, A, "http://e/b.c", 4),
    ("x.ttl", TURTLE, A, "http://e/b", 3),
    ("x.ttl", TURTLE, A, "12", 4),
    ("x.ttl", TURTLE, A, "http://e/d", 4),
    ("x.ttl", TURTLE, A, "http://e/ab", 3),
    ("x.ttl", TURTLE, "http://e/abc", "", 2),
    ("x.ttl", TURTLE, "http://f/a", 'the "one"', 5),
    ("x.ttl", TURTLE, "http://e/nobody", "one", None),
    ("x.ttl", TURTLE, "", "one", None),
    ("x.rdf", XML, A, "", 3),
    ("x.rdf", XML, A, "one", 4),
    ("x.rdf", XML, "http://e/ab", "one, two", 2),
    ("x.jsonld", JSON, A, "", 3),
    ("x.jsonld", JSON, A, "one", 4),
    ("x.jsonld", JSON, A, "http://e/b", 4),
]


@pytest.mark.parametrize(
    ("name", "text", "entity", "value", "line"),
    [pytest.param(*case, id=f"{case[0]} {case[2]} {case[3]}") for case in PLACES],
)
def test_the_place_is_the_line_that_writes_the_whole_word(
    tmp_path: Path, name: str, text: str, entity: str, value: str, line: int | None
) -> None:
    assert len(PLACES) == 18
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    _, lines = read_graph([str(path)])
    finding = Finding("c", "violation", "m", entity=entity, value=value)
    (placed,) = lines.locate([finding])
    assert placed.place == (Place(str(path), line) if line else None)


def test_it_is_the_first_file_that_writes_the_entity(tmp_path: Path) -> None:
    one, two = tmp_path / "one.ttl", tmp_path / "two.ttl"
    one.write_text("<http://e/ab> <http://e/p> 1 .\n", encoding="utf-8")
    two.write_text("\n<http://e/a> <http://e/p> 1 .\n", encoding="utf-8")
    _, lines = read_graph([str(one), str(two)])
    findings = [Finding("c", "violation", "m", entity=iri) for iri in ("http://e/a", "http://e/ab")]
    places = [finding.place for finding in lines.locate(findings)]
    assert places == [Place(str(two), 2), Place(str(one), 1)]
