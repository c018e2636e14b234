"""The authored files that a release holds as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.model import layout
from milia_onto.model.errors import ContentError
from milia_onto.stages import merge

if TYPE_CHECKING:
    from milia_onto.model.values import Sources


def attachments(sources: Sources) -> dict[str, bytes]:
    """What is shipped as it was authored, by path. Raises ContentError where a file is missing."""
    shipped = {
        "milia.shapes.ttl": layout.PUBLIC_SHAPES_FILE,
        "logo.svg": layout.LOGO,
    }
    for path in sources.under(merge.MAPPINGS, ".sssom.tsv"):
        shipped[f"mappings/{path.rsplit('/', 1)[1]}"] = path
    for path in sources.under(layout.QUERIES, ".ttl"):
        shipped[f"queries/{path.rsplit('/', 1)[1]}"] = path
    missing = next((path for path in shipped.values() if path not in sources.files), None)
    if missing:
        raise ContentError("the file is missing", place=missing, fix="restore it")
    return {target: sources.files[path] for target, path in shipped.items()}
