"""Media types: the server names the types that the rules of the other hosts are made from."""

from __future__ import annotations

import pytest

from milia_onto.linked.table import SUFFIX_TYPES, content_type, with_charset


@pytest.mark.parametrize("suffix", SUFFIX_TYPES, ids=ascii)
def test_a_suffix_has_one_type(suffix: str) -> None:
    for path in (f"a{suffix}", f"below/a{suffix}"):
        assert content_type(path) == with_charset(SUFFIX_TYPES[suffix])


TYPES = {
    "sitemap.xml": "application/xml",
    "milia.owl": "application/rdf+xml",
    "fhir/CodeSystem-milia.json": "application/fhir+json",
    "2026-11-21/fhir/a.json": "application/fhir+json",
    "fhir/readme.md": "text/markdown; charset=utf-8",
    "a.fhir.json": "application/json",
    "LICENSE": "text/plain; charset=utf-8",
    "a.unknown": "application/octet-stream",
}


@pytest.mark.parametrize("path", TYPES)
def test_a_file_has_the_type_of_its_folder_or_suffix(path: str) -> None:
    assert len(TYPES) == 8
    assert content_type(path) == TYPES[path]
