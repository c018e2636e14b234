"""What others call a vocabulary is read as the release writes it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from milia_onto.edges.mapping_files import read_table
from milia_onto.fhir.systems import coding
from milia_onto.link.xrefs import canonical
from milia_onto.model.vocabularies import BY_SYSTEM, VOCABULARIES
from milia_onto.stages.prefix_table import read_prefixes

if TYPE_CHECKING:
    from pathlib import Path

    from milia_onto.model.prefixes import Prefixes
    from milia_onto.model.values import Sources


@pytest.fixture(scope="module")
def prefixes(sources: Sources) -> Prefixes:
    return read_prefixes("p.tsv", sources.files["ontology/prefixes.tsv"])[0]


@pytest.mark.parametrize("prefix", VOCABULARIES)
def test_every_spelling_is_that_of_the_release(prefix: str, prefixes: Prefixes) -> None:
    assert prefix in prefixes.by_name
    spellings = (prefix, *VOCABULARIES[prefix].spellings, *VOCABULARIES[prefix].loose)
    for spelling in (*spellings, *map(str.lower, spellings), *map(str.upper, spellings)):
        assert canonical(f"{spelling}:1") == f"{prefix}:1"


# Also without the slash at the end that some write.
ADDRESSES = [*BY_SYSTEM, *(f"{address}/" for address in BY_SYSTEM)]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_code_system_is_known_by_its_address(
    address: str, tmp_path: Path, prefixes: Prefixes
) -> None:
    assert len(ADDRESSES) == 2 * 12
    prefix = BY_SYSTEM[address.rstrip("/")]
    system, code = coding(f"{prefixes.by_name[prefix].namespace}1", prefixes)
    if not VOCABULARIES[prefix].systems:
        assert system == address.rstrip("/")
    document = {"resourceType": "CodeSystem", "url": address, "concept": [{"code": code}]}
    path = tmp_path / "codes.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert [entry.id for entry in read_table(path).entries] == [f"{prefix}:1"]
