"""What helps a reader on: contents of a page, names of sources, the key to claims, downloads."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from milia_onto.site import search, terms
from milia_onto.site.links import breakable

if TYPE_CHECKING:
    from milia_onto.model.values import Release
    from milia_onto.site.pages import Pages
    from tests.site.reading import Page


def test_the_contents_of_a_term_name_all_that_stands_on_it(read_pages: dict[str, Page]) -> None:
    seen = 0
    for path, page in read_pages.items():
        navigated = [
            a for tag, a in page.elements if tag == "nav" and a.get("aria-label") == "On this page"
        ]
        if not navigated:
            continue
        seen += 1
        sections = [a["id"] for tag, a in page.elements if tag == "section" and "id" in a]
        links = [address[1:] for tag, address in page.links() if tag == "a" and address[0] == "#"]
        listed = [anchor for anchor in links if anchor != "main"]
        assert listed == sections * 2, path  # Beside the text, and above it on a narrow screen.
    assert seen > 20


def test_no_source_is_called_like_a_term_and_founding_pages_say_what_they_are(
    pages: Pages,
) -> None:
    book = pages.book
    short = book.short_names
    assert len(set(short.values())) == len(short) > 150
    assert not {name.casefold() for name in short.values()} & {
        book.label(id_).casefold() for id_ in book.classes
    }
    founding = [id_ for id_ in book.sources if book.nodes[id_]["tier"] == "S"]
    assert len(founding) == 5
    assert [id_ for id_ in founding if short[id_] != book.label(id_)] == []


def test_the_key_to_claims_counts_every_value(
    pages: Pages, release: Release, read_pages: dict[str, Page]
) -> None:
    graph = release.files["milia.nt"].decode()
    for slot in ("verdict", "confidence", "strength", "design"):
        pattern = rf"vocab/{slot}> <https://w3id.org/milia/vocab/(\w+)> \."
        counted = re.findall(pattern, graph)
        said = read_pages[f"vocab/{slot}.html"].held["main"][0]
        assert set(counted)
        for value in set(counted):
            number = f"{counted.count(value):,} in this version"
            label = re.escape(pages.book.label(f"vocab:{value}"))
            assert re.search(rf"{label}[^0-9]*{number}", said), value


def test_every_file_of_the_version_stands_in_its_folder(
    pages: Pages, read_pages: dict[str, Page]
) -> None:
    from milia_onto.site.listings import FOLDERS, folders

    listed = folders(pages.book)
    assert [name for name, _, _ in listed] == list(FOLDERS)
    assert sorted(path for _, _, paths in listed for path in paths) == sorted(
        pages.book.manifest["files"]
    )
    version = f"releases/{pages.book.version}"
    page = read_pages[f"{version}.html"]
    links = {address for tag, address in page.links() if tag == "a"}
    assert {f"../{version}/{path}" for path in pages.book.manifest["files"]} <= links


def test_the_search_index_tells_how_a_code_relates(
    pages: Pages, rendered: dict[str, bytes]
) -> None:
    index = json.loads(rendered["search.json"])
    told = {
        (index["pages"][page][2], name, index["kinds"][kind], *why)
        for name, page, kind, *why in index["names"]
    }
    rows = [pages.book.nodes[row] for found in pages.book.rows_about.values() for row in found]
    assert len(rows) > 1000
    for row in rows:
        if "predicate_modifier" in row:
            kind = [search.APART, row["comment"]["en"]]
        else:
            kind = [search.CODES[row["predicate_id"].partition(":")[2]]]
        assert (row["subject_id"], row["object_id"], *kind) in told


def test_words_of_the_model_stand_apart_from_medicine(pages: Pages) -> None:
    alphabet = search.alphabet(pages.book)
    apart = {entry.id for entry in alphabet.pop(search.MODEL)}
    assert {"ECO:0000033", "HP:0000006"} <= apart
    letters = {entry.id for entries in alphabet.values() for entry in entries}
    assert not apart & letters
    assert {id_ for id_ in letters if id_.startswith(("ECO:", "SEPIO:"))} == set()
    assert letters | apart == {entry.id for entry in search.entries(pages.book)}


def test_an_iri_goes_on_in_the_next_line_between_its_parts() -> None:
    told = breakable("https://w3id.org/milia/MILIA_0000001")
    assert told == "https://w3id.org/<wbr>milia/<wbr>MILIA_0000001"
    assert breakable("<b>/x") == "&lt;b&gt;/<wbr>x"


def test_how_a_mapping_was_arrived_at_is_told_in_words(pages: Pages) -> None:
    names = {
        row["mapping_justification"] for row in pages.book.nodes.values() if "object_id" in row
    }
    told = {terms.justified({"mapping_justification": name}) for name in names}
    assert told == {"curated by hand", "matched by name"}
    unknown = {"mapping_justification": "semapv:LogicalReasoning", "mapping_confidence": "0.5"}
    assert terms.justified(unknown) == "logical reasoning, confidence 0.5"
