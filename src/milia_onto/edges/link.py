"""Links a file to a release: reads the release, the false friends and the vocabulary."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from milia_onto.edges.locate import read_bytes
from milia_onto.edges.vocabulary.reading import check, read_vocabulary
from milia_onto.link.friends import read_friends
from milia_onto.link.index import Index
from milia_onto.link.record import NOTHING, Linked
from milia_onto.link.report import in_order
from milia_onto.model.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from milia_onto.edges.vocabulary.identifiers import Identifiers
    from milia_onto.edges.vocabulary.reading import Asked
    from milia_onto.link.match import Matcher
    from milia_onto.link.record import Candidate

FIX = "prove the release with milia-onto verify, and take it again"
STEP = 1 << 17


def read_index(folder: Path, without: Iterable[str] = (), *, imported: bool = False) -> Index:
    """The names, codes and false friends of a release.

    ``without`` names prefixes whose mappings are left out, for measuring; ``imported`` adds the
    terms that the release takes from other vocabularies. Raises ContentError
    where the release is damaged, SurroundingsError where it cannot be read.
    """
    try:
        document = json.loads(read_bytes(folder / "terms.jsonld"))
        rows = [row for path in _mapping_sets(folder) for row in _rows(path)]
        table = files("milia_onto.link").joinpath("false_friends.tsv").read_bytes()
        return Index(document, rows, read_friends(table.decode()), without, imported=imported)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ContentError("the release is damaged", place=str(folder), fix=FIX) from None


def version_of(folder: Path) -> str:
    """The date of a release, which its manifest names."""
    try:
        return str(json.loads(read_bytes(folder / "manifest.json"))["version"])
    except (ValueError, KeyError, TypeError):
        place = str(folder / "manifest.json")
        raise ContentError("the release is damaged", place=place, fix=FIX) from None


def link_file(
    asked: Asked, ids: Identifiers, matcher: Matcher, progress: Callable[[int], None]
) -> Linked:
    """All candidates of a file, and all that were refused.

    ``progress`` is told the number of terms read, now and then. Raises what the readers raise;
    since nothing was written by then, a broken file gives no half output.
    """
    kept: list[Candidate] = []
    refused: list[Candidate] = []
    for number, record in enumerate(read_vocabulary(asked, ids, matcher), 1):
        linked = matcher.link(record)
        if linked is not NOTHING:
            check(record, asked.path, written=True)
        kept += linked.candidates
        refused += linked.refused
        if not number % STEP:
            progress(number)
    return Linked(tuple(in_order(kept)), tuple(in_order(refused)))


def _mapping_sets(folder: Path) -> list[Path]:
    return sorted((folder / "mappings").glob("*.sssom.tsv"))


def _rows(path: Path) -> list[dict[str, Any]]:
    lines = read_bytes(path).decode().split("\n")
    table = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [dict(zip(table[0], row, strict=True)) for row in table[1:]]
