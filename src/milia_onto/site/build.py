"""The site of a release: its data and its pages, and the pages of the versions beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.linked.resources import version_of
from milia_onto.linked.site import Site
from milia_onto.linked.table import RDFXML
from milia_onto.site.pages import Pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from milia_onto.linked.table import Variant
    from milia_onto.model.values import Release


class AllPages:
    """The pages of a release, and of each other version the pages about that version."""

    def __init__(
        self, release: Release, scripts: Mapping[str, bytes], archive: Sequence[Release] = ()
    ) -> None:
        # What is no release is told so before pages are made of it.
        starts = [f"releases/{version_of(one)}" for one in (release, *archive)]
        self._pages = Pages(release, scripts)
        self._other: dict[str, Pages] = {}
        for other, start in zip(archive, starts[1:], strict=True):
            pages = Pages(other, {})
            self._other |= {path: pages for path in pages.paths() if path.startswith(start)}

    def paths(self) -> Iterable[str]:
        """The path of every page and asset."""
        return [*self._other, *self._pages.paths()]

    def render(self, path: str) -> bytes | None:
        """A page or an asset, or None."""
        return self._other.get(path, self._pages).render(path)


def site_of(
    release: Release,
    scripts: Mapping[str, bytes],
    *,
    archive: Sequence[Release] = (),
    default: Variant = RDFXML,
) -> Site:
    """Everything that is served. Raises ContentError where a release cannot be read."""
    return Site(release, AllPages(release, scripts, archive), archive=archive, default=default)
