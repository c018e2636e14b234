"""The scripts of ``docs/how-to/sparql-endpoint.md`` run, and its figures are those of the code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from milia_onto.serve.asked import MOST_BYTES
from milia_onto.serve.data import of_release
from milia_onto.serve.worker import Limits
from tests.docs.scripts import run
from tests.serve.running import PROJECT, Running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.model.values import Release

PAGE = (PROJECT / "docs" / "how-to" / "sparql-endpoint.md").read_text(encoding="utf-8")
SCRIPTS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
FINDS = ["milia following skin-wounding procedure", "n", "milia"]


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with Running("--release", PROJECT / "build") as running:
        yield running


@pytest.mark.needs("curl")
@pytest.mark.parametrize(("script", "finds"), list(zip(SCRIPTS, FINDS, strict=True)))
def test_a_script_runs(server: Running, script: tuple[str, str], finds: str) -> None:
    assert len(SCRIPTS) == 3
    kind, text = script
    text = text.replace("http://127.0.0.1:8000", server.url)
    assert finds in run(kind, text, PROJECT).out.replace("\r", "")


def test_the_figures_are_those_of_the_code(made: Release) -> None:
    limits = Limits()
    for figure in (
        f"({limits.seconds:g} s;",
        f"more than {limits.memory >> 20} MB were needed",
        f"more than {limits.answer >> 20} MB;",
        f"more than {MOST_BYTES >> 10} KB were sent",
    ):
        assert figure in PAGE
    named = re.findall(r"^\| `(https://w3id.org/milia/\w+)` \|", PAGE, re.MULTILINE)
    assert tuple(named) == of_release(made).named_graphs
