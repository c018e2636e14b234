"""What the pages of terms, claims, sources and questions tell, against the release itself."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from milia_onto.model.values import Release
from milia_onto.site import claims
from milia_onto.site.diagram import drawing
from milia_onto.site.pages import Pages
from milia_onto.site.search import letter
from tests.site.reading import read

if TYPE_CHECKING:
    from tests.site.reading import Page

JUSTIFIED = re.compile(r"Why: it follows from (\d+) axiom")


def words(page: Page, tag: str = "main") -> str:
    return " ".join(page.held[tag][0].split())


def test_every_inferred_parent_says_why(pages: Pages, read_pages: dict[str, Page]) -> None:
    inferred = pages.book.manifest["reasoning"]["inferredSubClassOf"]
    assert inferred > 100
    found = [JUSTIFIED.findall(words(page)) for page in read_pages.values()]
    assert sum(map(len, found)) == inferred
    assert all(int(number) >= 1 for numbers in found for number in numbers)


def test_a_term_tells_its_definition_its_place_and_its_logic(read_pages: dict[str, Page]) -> None:
    said = words(read_pages["MILIA_0000043.html"])
    for part in (
        "Milia that appear after the surface of the skin has been ground away by dermabrasion.",
        "A kind of milia following skin-wounding procedure inferred",
        "is the same as milia and (occurs following some dermabrasion)",
        "dermabrasion SubClassOf skin-wounding procedure",
        "HP:0001056",
        "Milia Ontology, version",
    ):
        assert part in said


def test_every_claim_stands_with_its_subject_its_sources_and_its_verdict(
    pages: Pages, read_pages: dict[str, Page]
) -> None:
    book = pages.book
    assert len(book.claims) > 1000
    for claim in book.claims:
        node = book.nodes[claim]
        own = f"claim/{claim.partition(':')[2]}.html"
        for id_ in [node["subject"], *node["sources"]]:
            page = read_pages[pages.places.page(id_)]
            links = {address.rpartition("../")[2] for tag, address in page.links() if tag == "a"}
            assert own in links, (claim, id_)
        assert book.label(node["verdict"]) in words(read_pages[own])


def test_every_mapping_row_stands_with_its_term(pages: Pages, read_pages: dict[str, Page]) -> None:
    rows = [row for found in pages.book.rows_of_set.values() for row in found]
    assert len(rows) > 1000
    for row in rows:
        node = pages.book.nodes[row]
        said = words(read_pages[pages.places.page(node["subject_id"])])
        assert f"{node['object_id']}{node['object_label']}" in said


def test_contradictions_tell_every_dispute(pages: Pages, release: Release) -> None:
    pairs = {
        frozenset((dispute.claim, other))
        for topic in claims.disputes(pages.book)
        for dispute in topic.disputes
        for other in dispute.against
    }
    rows = [line.split("\t") for line in release.files["conflicts.tsv"].decode().splitlines()[1:]]
    assert len(rows) > 400
    assert pairs == {frozenset((f"claim:{row[1]}", f"claim:{row[6]}")) for row in rows}


def test_questions_are_answered_and_can_be_run(pages: Pages, read_pages: dict[str, Page]) -> None:
    from urllib.parse import unquote

    names = pages.book.questions.by_name
    assert len(names) > 130
    for name, question in names.items():
        page = read_pages[f"queries/{name}.html"]
        assert page.held["code"][1] == question.text
        run = [a for tag, a in page.links() if tag == "a" and a.startswith("../sparql.html#query=")]
        assert [unquote(a.partition("#query=")[2]) for a in run] == [question.text]
        assert pages.book.questions.answer(name).total >= 1


def test_the_search_index_leads_to_pages(pages: Pages, rendered: dict[str, bytes]) -> None:
    index = json.loads(rendered["search.json"])
    assert len(index["pages"]) > 700
    assert {page[0] for page in index["pages"]} <= set(rendered)
    assert all(
        page < len(index["pages"]) and kind < len(index["kinds"])
        for _, page, kind, *_ in index["names"]
    )
    found = {(name, index["pages"][page][1]) for name, page, *_ in index["names"]}
    expected = {("milk spots", "milia"), ("ICD10WHO:L72.0", "milia"), ("MILIA:0000001", "milia")}
    assert expected <= found
    assert len(rendered["search.json"]) < 250_000


@pytest.mark.parametrize(
    ("name", "under"),
    [
        ("milia", "M"),
        ("Épithélioma", "E"),
        (" oil", "O"),
        ("稗粒腫", "#"),
        ("5-FU", "#"),
        ("", "#"),
    ],
)
def test_names_are_found_under_their_letter(name: str, under: str) -> None:
    assert letter(name) == under


# Withdrawn terms ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def withdrawn(release: Release) -> Pages:
    """The release with one term withdrawn in favour of another."""
    document: Any = json.loads(release.files["milia.jsonld"])
    for node in document["@graph"]:
        if node["id"] == "MILIA:0000043":
            node.clear()
            node |= {
                "id": "MILIA:0000043",
                "type": "Class",
                "label": "obsolete milia following dermabrasion",
                "deprecated": True,
                "replacedBy": ["MILIA:0000055"],
                "editorNote": {"en": "Merged with the wider term."},
            }
    return Pages(Release({**release.files, "milia.jsonld": json.dumps(document).encode()}), {})


def test_a_withdrawn_term_says_so_and_what_to_use(withdrawn: Pages) -> None:
    page = read(withdrawn.render("MILIA_0000043.html") or b"")
    said = words(page)
    assert "This term was withdrawn." in said
    assert "Use milia following skin-wounding procedure instead." in said
    assert said.count("Merged with the wider term.") == 1
    links = [attributes for tag, attributes in page.elements if tag == "link"]
    assert [a["href"] for a in links if a["rel"] == "successor-version"] == ["MILIA_0000055.html"]


def test_a_withdrawn_term_is_not_in_the_tree(withdrawn: Pages) -> None:
    assert b"obsolete milia following dermabrasion" not in (withdrawn.render("tree.html") or b"")


# Pictures ----------------------------------------------------------------------------------------


def test_the_picture_holds_the_parents_the_kinds_and_what_defines(pages: Pages) -> None:
    drawn = drawing(pages.book, "MILIA:0000043")
    assert drawn is not None
    labels = {pages.book.label(box.id) for box in drawn.boxes if box.id}
    assert labels >= {"milia", "trauma-associated milia", "dermabrasion"}
    assert {edge.style for edge in drawn.edges} == {"inferred", "defines"}


def test_boxes_lie_on_the_sheet_and_never_on_each_other(pages: Pages) -> None:
    count = 0
    for id_ in pages.book.terms:
        drawn = drawing(pages.book, id_)
        if drawn is None:
            continue
        count += 1
        for at, box in enumerate(drawn.boxes):
            assert box.x >= 0
            assert box.y >= 0
            assert box.x + box.width <= drawn.width
            assert box.y + box.height <= drawn.height
            for other in drawn.boxes[at + 1 :]:
                beside = box.x + box.width <= other.x or other.x + other.width <= box.x
                assert beside or box.y + box.height <= other.y or other.y + other.height <= box.y
    assert count > 150


@pytest.mark.parametrize(
    ("node", "told"),
    [
        ({"low": "40", "high": "50", "unit": "%"}, "40 to 50 %"),
        ({"high": "85", "unit": "%"}, "up to 85 %"),
        ({"low": "3", "unit": "mm"}, "at least 3 mm"),
        ({"low": "1", "high": "1", "unit": "wk"}, "1 weeks"),
        (
            {"low": "17.3", "high": "17.3", "unit": "%", "numerator": "437", "denominator": "2530"},
            "17.3 % (437 of 2530)",
        ),
        ({"numerator": "2", "denominator": "6"}, "2 of 6"),
        ({"numerator": "4"}, "4"),
    ],
)
def test_figures_are_written_as_people_write_them(node: dict[str, str], told: str) -> None:
    assert claims.figure(node) == told
