"""Links a file to a release: reads the release, the false friends and the vocabulary."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING

from milia_onto.edges.locate import mapping_rows, read_bytes
from milia_onto.edges.vocabulary.reading import check, read_vocabulary
from milia_onto.link.friends import read_friends
from milia_onto.link.index import Index
from milia_onto.link.record import NOTHING, Linked
from milia_onto.link.report import in_order
from milia_onto.model.errors import damaged
from milia_onto.model.layout import MANIFEST, TERMS
from milia_onto.publish.manifest import stated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from milia_onto.edges.vocabulary.identifiers import Identifiers
    from milia_onto.edges.vocabulary.reading import Asked
    from milia_onto.link.match import Matcher
    from milia_onto.link.record import Candidate

STEP = 1 << 17


def read_index(folder: Path, without: Iterable[str] = (), *, imported: bool = False) -> Index:
    """The names, codes and false friends of a release.

    ``without`` names prefixes whose mappings are left out, for measuring; ``imported`` adds the
    terms that the release takes from other vocabularies. Raises ContentError
    where the release is damaged, SurroundingsError where it cannot be read.
    """
    try:
        document = json.loads(read_bytes(folder / TERMS))
        rows = mapping_rows(folder)
        table = files("milia_onto.link").joinpath("false_friends.tsv").read_bytes()
        return Index(document, rows, read_friends(table.decode()), without, imported=imported)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise damaged(str(folder), "the release is damaged") from None


def version_of(folder: Path) -> str:
    """The date of a release, which its manifest names. Raises ContentError where it does not."""
    manifest = folder / MANIFEST
    return stated(read_bytes(manifest), "version", str(manifest))


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
