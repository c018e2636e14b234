"""The slots of claims with the values that they take, counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from milia_onto.site.book import VERDICTS
from milia_onto.site.claims import CONFIDENCES
from milia_onto.site.texts import first, ids

if TYPE_CHECKING:
    from milia_onto.site.book import Book

# As claims are read, best first; other values stand by how often they are used.
ORDER = (*VERDICTS, *CONFIDENCES, "strong", "moderate", "weak", "veryWeak")
PREFACE = "Claim value for "


def values(book: Book, slot: str) -> list[tuple[str, int]]:
    """The claim values that a slot takes in this version, and how often."""
    key = slot.partition(":")[2]
    counted = Counter(
        value
        for node in book.nodes.values()
        for value in ids(node.get(key))
        if "vocab:ClaimValue" in ids(book.nodes.get(value, {}).get("type"))
    )
    rank = {f"vocab:{name}": at for at, name in enumerate(ORDER)}
    return sorted(
        counted.items(), key=lambda pair: (rank.get(pair[0], len(rank)), -pair[1], pair[0])
    )


def meaning(book: Book, id_: str) -> str:
    """What a name of the vocabulary means, as a sentence."""
    node = book.nodes[id_]
    text = first(node.get("definition")) or first(node.get("comment"))
    rest = text.removeprefix(PREFACE)
    return rest[:1].upper() + rest[1:]
