"""The pages of the committed release, read once as a browser would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milia_onto.edges.files import read_release
from milia_onto.site.pages import Pages
from tests.site.reading import Page, read

if TYPE_CHECKING:
    from pathlib import Path

    from milia_onto.model.values import Release


@pytest.fixture(scope="session")
def release(project: Path) -> Release:
    return read_release(project / "build")


@pytest.fixture(scope="session")
def pages(release: Release) -> Pages:
    return Pages(release, {})


@pytest.fixture(scope="session")
def rendered(pages: Pages) -> dict[str, bytes]:
    """Everything that the site makes, by path."""
    found = {path: pages.render(path) for path in pages.paths()}
    return {path: data for path, data in found.items() if data is not None}


@pytest.fixture(scope="session")
def read_pages(rendered: dict[str, bytes]) -> dict[str, Page]:
    return {path: read(data) for path, data in rendered.items() if path.endswith(".html")}
