"""The addresses of a site."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from milia_onto.linked import site as module
from milia_onto.linked.site import Document, address
from milia_onto.site.build import site_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from milia_onto.model.values import Release


def test_one_document_of_each_form_is_made_beforehand(small_release: Release) -> None:
    site = site_of(small_release, {})
    term = next(thing for thing in site.things.values() if thing.kind == "term")
    forms = [address(term, variant) for variant in site.variants(term)]
    assert len(forms) >= 4
    assert not any(map(site.is_at_hand, forms))
    site.warm()
    assert all(map(site.is_at_hand, forms))


class Slow(dict[str, Document]):
    """What has been kept, where another thread always comes in between two steps."""

    def __iter__(self) -> Iterator[str]:
        found = super().__iter__()
        time.sleep(0.002)
        return found

    def __setitem__(self, path: str, found: Document) -> None:
        time.sleep(0.002)
        super().__setitem__(path, found)


def test_threads_may_ask_for_more_documents_than_are_kept(
    small_release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT", 2)
    site = site_of(small_release, {})
    monkeypatch.setattr(site, "_kept", Slow())
    paths = [path for path in site.paths() if path.endswith(".nt")][:8] * 8
    assert len(set(paths)) == 8
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(site.document, paths))
    assert [one.body for one in found if one] == [site.make(path).body for path in paths]  # type: ignore[union-attr]
    assert sum(map(site.is_at_hand, set(paths))) == 2
