"""Identifiers of a file as CURIEs: one prefix means one namespace, whatever the order."""

from __future__ import annotations

import time

import pytest

from milia_onto.edges.vocabulary.identifiers import Identifiers
from milia_onto.model.errors import UsageError

SCT, OBO = "http://snomed.info/id/", "http://purl.obolibrary.org/obo/"
# what is declared beside the release, what is read in this order, and how it is written
WRITTEN = {
    "a prefix that looks like ours": (
        {"ns2": "https://a.example/"},
        {"ns2:1": "ns2:1", "https://b.example/1": "ns1:1", "https://c.example/1": "ns3:1"},
    ),
    "another name for a namespace of the release": ({"sct": SCT}, {f"{SCT}7": "SCTID:7"}),
    "the longest namespace": (
        {"a": "https://a.example/", "ab": "https://a.example/b/"},
        {"https://a.example/b/1": "ab:1", "https://a.example/c/1": "a:c/1"},
    ),
    "a namespace inside one of ours": (
        {},
        {"https://a.example/1": "ns1:1", "https://a.example/b/1": "ns2:1"},
    ),
    "a namespace that is an identifier": (
        {"a": "https://a.example/b/"},
        {"https://a.example/b/": "ns1:b/"},
    ),
    "OBO's rule": ({}, {f"{OBO}MP_1": "MP:1", f"{OBO}mp/x#part_of": "ns1:part_of"}),
    "an OBO prefix that means something else": (
        {"MP": "https://a.example/"},
        {f"{OBO}MP_1": "ns1:MP_1", "MP:1": "MP:1"},
    ),
    "an OBO prefix that is ours": (
        {},
        {"https://a.example/1": "ns1:1", f"{OBO}ns1_5": "ns2:ns1_5"},
    ),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_prefix_means_one_namespace(name: str) -> None:
    assert len(WRITTEN) == 8
    declared, read = WRITTEN[name]
    ids = Identifiers({"SCTID": SCT})
    for prefix, namespace in declared.items():
        ids.declare(prefix, namespace)
    assert {text: ids.curie(text, "") for text in read} == read
    for text, curie in read.items():
        ((prefix, namespace),) = ids.namespaces({curie}).items()
        written = namespace + curie.removeprefix(f"{prefix}:")
        assert written == (text if "//" in text else declared[prefix] + "1")


def test_no_curie_of_the_file_means_a_prefix_of_ours() -> None:
    ids = Identifiers({})
    assert ids.curie("https://a.example/1", "") == "ns1:1"
    ids.declare("ns1", "https://b.example/")
    with pytest.raises(UsageError, match="a:2: the prefix ns1 is not declared"):
        ids.curie("ns1:1", "a:2")


def test_to_ask_declares_nothing() -> None:
    ids = Identifiers({"SCTID": SCT})
    asked = {f"{SCT}7": "SCTID:7", "SNOMED:7": "SCTID:7", f"{OBO}MP_1": "MP:1", "https://a.example/1": "https://a.example/1"}  # fmt: skip
    assert {text: ids.xref(text) for text in asked} == asked
    ids.declare("MP", "https://b.example/")
    ids.declare("a", "https://a.example/")
    assert ids.xref("https://a.example/1") == "a:1"
    assert ids.curie("https://b.example/1", "") == "MP:1"


REFERENCES = {
    "L72.1": "ICD10CM:L72.1",
    "ICD10CM:L72.1": "ICD10CM:L72.1",
    f"{SCT}7": "SCTID:7",
    "SNOMEDCT_US:7": "SCTID:7",
    "OTHER:1": "OTHER:1",
    "some comment": "some comment",
    "": "",
}


@pytest.mark.parametrize("text", REFERENCES)
def test_another_term_is_spelt_as_its_own_identifier_is(text: str) -> None:
    assert len(REFERENCES) == 7
    ids = Identifiers({"SCTID": SCT, "ICD10CM": "https://icd.example/"}, bare="ICD10CM")
    assert ids.reference(text) == REFERENCES[text]
    if ids.namespaces({REFERENCES[text]}):
        assert ids.curie(text, "") == REFERENCES[text]


def test_an_undeclared_prefix_for_bare_codes_is_told_with_the_line() -> None:
    with pytest.raises(UsageError, match=r"a\.tsv:2: the prefix WARD is not declared; say --prefix WARD=IRI"):  # fmt: skip
        Identifiers({}, bare="WARD").curie("W1", "a.tsv:2")


@pytest.mark.parametrize("are_declared", [True, False])
def test_many_namespaces_cost_no_more_each_than_few(are_declared: bool) -> None:
    ids = Identifiers({})
    start = time.process_time()
    for number in range(20_000):
        namespace = f"https://e{number}.example/"
        if are_declared:
            ids.declare(f"p{number}", namespace)
        assert ids.curie(f"{namespace}1", "").endswith(f"{number + (not are_declared)}:1")
    # The square took a minute.
    assert time.process_time() - start < 5
