"""The FHIR server over the release of the sources, with one withdrawn term put in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette

from milia_onto import pipeline
from milia_onto.edges.files import read_sources
from milia_onto.linked.site import Site
from milia_onto.serve import fhir

from .asking import Asker

if TYPE_CHECKING:
    from pathlib import Path

    from milia_onto.model.values import Release

TABLE = "ontology/tables/deprecations.tsv"
WITHDRAWN = (
    "MILIA:0000998\tpearl\tA thing once thought to be a kind of milia.\tberk-bayliss-2008\t"
    "2026-11-01\tIt meant the same as milia.\tMILIA:0000001\n"
)


@pytest.fixture(scope="session")
def released(project: Path) -> Release:
    """A release with a withdrawn term: the real one has none."""
    sources = read_sources(project)
    table = sources.files[TABLE] + WITHDRAWN.encode()
    return pipeline.make(replace(sources, files={**sources.files, TABLE: table}))


@pytest.fixture(scope="session")
def asker(released: Release, tmp_path_factory: pytest.TempPathFactory) -> Asker:
    app = Starlette(routes=fhir.routes(Site(released)))
    return Asker(app, tmp_path_factory.mktemp("answers"))
