"""Slices of other vocabularies: what they declare, what they know, what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from milia_onto.model import namespaces as ns
from milia_onto.model.values import Place
from milia_onto.stages.imports import Vocabulary, read_slice, read_vocabularies

if TYPE_CHECKING:
    from milia_onto.stages.content import Reader
    from milia_onto.stages.contribution import Contribution
    from milia_onto.stages.imports import Known

HEADER = "id\tlabel\tparents\tobsolete\treplaced_by\tuse\n"
HPO = Vocabulary("HP", "HPO", "2026", "https://hpo.jax.org/", "its own")
WRONG = [
    ("unknown prefix", "XX:1\tAll\t\tn\t\tterm\n", 2, "id", "has no prefix of ontology/prefixes.tsv"),
    ("code of wrong shape", "HP:1\tAll\t\tn\t\tterm\n", 2, "id", r"not shaped as HP identifiers are (\d{7})"),
    ("parent of wrong shape", "HP:0000001\tAll\tHP:0000002|HP:3\tn\t\tterm\n", 2, "parents", "“HP:3” is not shaped"),
    ("successor of wrong shape", "HP:0000001\tAll\t\ty\tHP:3\ttarget\n", 2, "replaced_by", "“HP:3” is not shaped"),
    ("obsolete not y or n", "HP:0000001\tAll\t\tno\t\tterm\n", 2, "obsolete", "“no” is not one of y, n"),
    ("unknown use", "HP:0000001\tAll\t\tn\t\tparent\n", 2, "use", "not one of term, target, both"),
    ("twice", "HP:0000001\tAll\t\tn\t\tterm\nHP:0000001\tAll\t\tn\t\tterm\n", 3, "", "“HP:0000001” was already given in line 2"),
    ("unsorted", "HP:0000002\tB\t\tn\t\tterm\nHP:0000001\tA\t\tn\t\tterm\n", 3, "", "the rows are not sorted"),
    ("obsolete term", "HP:0000001\tAll\t\ty\t\tterm\n", 2, "", "is used as a term but is obsolete or has no label"),
    ("term without label", "HP:0000001\t\t\tn\t\tboth\n", 2, "", "is used as a term but is obsolete or has no label"),
    ("wrong header", "", 1, "", "the header is not as expected"),
]  # fmt: skip


def read(reader: Reader, rows: str) -> tuple[Contribution, dict[str, Known]]:
    return read_slice("hp.tsv", (HEADER + rows).encode(), reader, HPO)


@pytest.mark.parametrize(
    ("rows", "line", "column", "message"), [pytest.param(*rest, id=name) for name, *rest in WRONG]
)
def test_what_is_wrong_is_named_with_file_line_and_column(
    reader: Reader, rows: str, line: int, column: str, message: str
) -> None:
    assert len(WRONG) == 11
    data = (HEADER + rows).encode() if rows else b"id\tlabel\n"
    found, _ = read_slice("hp.tsv", data, reader, HPO)
    (finding,) = found.findings
    assert finding.place == Place("hp.tsv", line, column)
    assert message in finding.message


def test_a_slice_of_nothing_that_is_named_is_wrong(reader: Reader) -> None:
    found, _ = read_slice("x.tsv", f"{HEADER}HP:0000001\tAll\t\tn\t\tterm\n".encode(), reader, None)
    (finding,) = found.findings
    assert finding.place == Place("x.tsv", 2)
    assert "nothing says which vocabulary this is" in finding.message


def test_a_term_is_declared_with_label_parents_and_home(reader: Reader) -> None:
    found, known = read(reader, "HP:0001056\tMilia\tHP:0000001|HP:0000002\tn\t\tboth\n")
    node = NamedNode("http://purl.obolibrary.org/obo/HP_0001056")
    assert found.triples == [
        Triple(node, ns.RDF_TYPE, ns.OWL_CLASS),
        Triple(node, ns.RDFS_LABEL, Literal("Milia", language="en")),
        Triple(node, ns.RDFS_SUBCLASSOF, NamedNode("http://purl.obolibrary.org/obo/HP_0000001")),
        Triple(node, ns.RDFS_SUBCLASSOF, NamedNode("http://purl.obolibrary.org/obo/HP_0000002")),
        Triple(node, ns.RDFS_ISDEFINEDBY, NamedNode("https://hpo.jax.org/")),
    ]
    assert known["HP:0001056"].label == "Milia"


def test_a_target_is_known_and_not_declared(reader: Reader) -> None:
    found, known = read(reader, "HP:0001056\tMilia\t\ty\tHP:0000001\ttarget\n")
    assert found.triples == []
    assert (known["HP:0001056"].obsolete, known["HP:0001056"].replaced_by) == (True, "HP:0000001")


VOCABULARIES = "prefix\ttitle\tversion\thome_page\tlicence\tread_from\n"


def test_vocabularies_are_read_by_prefix() -> None:
    row = "HP\tHPO\t2026\thttps://hpo.jax.org/\tits own\tits repository\n"
    found, findings = read_vocabularies("v.tsv", (VOCABULARIES + row).encode())
    assert not findings
    assert found == {"HP": HPO}


WRONG_VOCABULARIES = [
    ("unsorted", "HP\ta\tb\thttps://c/\td\te\nCL\ta\tb\thttps://c/\td\te\n", 3, "not sorted"),
    ("empty cell", "HP\ta\t\thttps://c/\td\te\n", 2, "the cell is empty"),
    ("home page no address", "HP\ta\tb\tno address\td\te\n", 2, "no address"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "line", "message"),
    [pytest.param(*rest, id=name) for name, *rest in WRONG_VOCABULARIES],
)
def test_a_wrong_vocabulary_row_is_named(rows: str, line: int, message: str) -> None:
    assert len(WRONG_VOCABULARIES) == 3
    _, (finding,) = read_vocabularies("v.tsv", (VOCABULARIES + rows).encode())
    assert finding.place
    assert (finding.place.file, finding.place.line) == ("v.tsv", line)
    assert message in finding.message
