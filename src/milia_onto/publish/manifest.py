"""What the manifest of a release states of it; only the standard library."""

from __future__ import annotations

import json

from milia_onto.model.errors import damaged
from milia_onto.model.layout import MANIFEST


def stated(data: bytes, key: str, place: str = MANIFEST) -> str:
    """The text under a key of a ``manifest.json``, such as ``version`` or ``versionIRI``.

    Raises ContentError where the file is damaged or has no text there.
    """
    try:
        value = json.loads(data)[key]
    except (ValueError, KeyError, TypeError, IndexError, RecursionError):
        value = None
    if not isinstance(value, str):
        raise damaged(place, f"the file is damaged: it states no {key}")
    return value
