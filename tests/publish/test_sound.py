"""JSON-LD that is valid but not what a release holds is told from it before anybody reads it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from milia_onto.model.errors import ContentError
from milia_onto.publish.claims import ClaimBook
from milia_onto.publish.lookup import index_of, prefixes_of
from milia_onto.publish.sound import check_context, check_document

if TYPE_CHECKING:
    from milia_onto.model.values import Release

FILES = ("terms.jsonld", "milia.jsonld")
CLAIM = {
    "id": "claim:a",
    "type": ["Claim"],
    "subject": "MILIA:1",
    "predicate": "cause",
    "verdict": "v:supported",
    "confidence": "v:low",
    "evidenceType": "ECO:1",
}
TERM = {"id": "MILIA:1", "type": "Class", "label": "milia", "exactMatch": ["HP:1"]}
TEXT_KEYS = (
    "id",
    "object",
    "object_id",
    "object_label",
    *(k for k in CLAIM if k not in {"id", "type"}),
)
LIST_KEYS = ("exactMatch", "broadMatch", "sources", "sourceLine", "supportedBy", "disputedBy")
NO_TEXT: tuple[Any, ...] = (5, None, True, [], ["x"], {})
NO_LIST: tuple[Any, ...] = (5, None, "x", {}, [5], [["x"]], [None], [{}])


def document(*nodes: Any) -> dict[str, Any]:
    return {"@context": {"MILIA": {"@id": "urn:m:", "@prefix": True}}, "@graph": list(nodes)}


@pytest.mark.parametrize("name", FILES)
def test_the_release_is_sound(made: Release, name: str) -> None:
    check_document(json.loads(made.files[name]))
    check_context(json.loads(made.files["context.jsonld"]))


def test_what_is_written_otherwise_is_found() -> None:
    check_document(document(TERM, CLAIM))
    wrong = [{**CLAIM, key: value} for key in TEXT_KEYS for value in NO_TEXT]
    wrong += [{**TERM, key: value} for key in LIST_KEYS for value in NO_LIST]
    wrong += [{**TERM, "subClassOf": value} for value in NO_LIST if value != [{}]]
    wrong += [{**TERM, "type": value} for value in (5, None, [5], {})]
    wrong += [
        {key: CLAIM[key] for key in CLAIM if key != gone}
        for gone in CLAIM
        if gone not in {"id", "type"}
    ]
    assert len(wrong) == 9 * 6 + 6 * 8 + 7 + 4 + 5
    for node in wrong:
        with pytest.raises(TypeError):
            check_document(document(TERM, node))


@pytest.mark.parametrize("kinds", ["Claim", ["Claim"], ["Class", "Claim"]], ids=repr)
def test_what_is_called_a_claim_has_all_of_one(kinds: Any) -> None:
    with pytest.raises(TypeError, match="confidence"):
        check_document(document({"id": "claim:a", "type": kinds}))
    check_document(document({"id": "claim:a", "type": "ClaimSet"}))


@pytest.mark.parametrize("node", [5, None, "x", ["x"]], ids=repr)
def test_what_is_no_node_is_damage(node: Any) -> None:
    with pytest.raises(ContentError, match="damaged"):
        index_of(json.dumps(document(TERM, node)).encode())


@pytest.mark.parametrize("namespace", [5, None, ["urn:m:"]], ids=repr)
def test_a_prefix_of_no_namespace_is_damage(namespace: Any) -> None:
    spoilt = json.dumps({"@context": {"MILIA": {"@id": namespace, "@prefix": True}}}).encode()
    with pytest.raises(ContentError, match="damaged"):
        prefixes_of(spoilt)


# Whatever else stands for a value, searching and telling of it ends well
OTHERS: tuple[Any, ...] = (5, None, [5], {"en": [5, None]}, [[["x"]]], {"@value": {}})


@pytest.mark.parametrize("other", OTHERS, ids=repr)
def test_what_is_sound_is_searched_and_told(other: Any) -> None:
    assert len(OTHERS) == 6
    keys = ("label", "exactSynonym", "definition", "comment", "prefLabel", "singular")
    nodes = [{**TERM, "id": f"MILIA:{key}", key: other} for key in keys]
    index = index_of(json.dumps(document(TERM, CLAIM, *nodes)).encode())
    assert [hit.id for hit in index.search("HP:1").hits] == ["MILIA:1", *(n["id"] for n in nodes)]
    assert index.search("nothing like it").hits == ()
    book = ClaimBook(index)
    assert [statement.id for statement in book.about("MILIA:1")] == ["claim:a"]
    assert (book.sources(), book.predicates()) == ({}, {})
