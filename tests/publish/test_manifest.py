"""What a manifest states is read, and a manifest that states nothing is named."""

from __future__ import annotations

import pytest

from milia_onto.model.errors import ContentError
from milia_onto.publish.manifest import stated

DAMAGED = (b"", b"{", b"\xff", b"[]", b"5", b"null", b"{}", b'{"version": 5}', b"[" * 100_000)


def test_a_text_is_read() -> None:
    assert stated(b'{"version": "2026-11-21"}', "version") == "2026-11-21"


@pytest.mark.parametrize("data", DAMAGED, ids=lambda data: repr(data[:16]))
def test_a_damaged_one_is_named(data: bytes) -> None:
    assert len(DAMAGED) == 9
    with pytest.raises(ContentError, match="the file is damaged: it states no version") as caught:
        stated(data, "version", "r/manifest.json")
    assert caught.value.place == "r/manifest.json"
