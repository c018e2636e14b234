"""The addresses of a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.linked.site import address
from milia_onto.site.build import site_of

if TYPE_CHECKING:
    from milia_onto.model.values import Release


def test_one_document_of_each_form_is_made_beforehand(small_release: Release) -> None:
    site = site_of(small_release, {})
    term = next(thing for thing in site.things.values() if thing.kind == "term")
    forms = [address(term, variant) for variant in site.variants(term)]
    assert len(forms) >= 4
    assert not any(map(site.is_at_hand, forms))
    site.warm()
    assert all(map(site.is_at_hand, forms))
