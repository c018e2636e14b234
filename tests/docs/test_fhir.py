"""The commands of ``docs/how-to/fhir.md`` run, and find what they look for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milia_onto.fhir.outcome import TYPES
from milia_onto.fhir.valuesets import KINDS
from milia_onto.serve.asked import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.model.values import Release

PROJECT = Path(__file__).resolve().parents[2]
PAGE = (PROJECT / "docs" / "how-to" / "fhir.md").read_text(encoding="utf-8")
MARKED = re.compile(r"^<!-- try: (\w+) -->\n```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SCRIPTS = dict(MARKED.findall(PAGE))
FINDS = {
    "lookup": "traumatic milia",
    "subsumes": '"valueCode": "subsumes"',
    "expand": "milia following lichen sclerosus",
    "posted": "milia following sunburn",
    "validate": "is not in the value set",
    "translate": '"valueCode": "wider"',
    "reverse": '"code": "MILIA_0000001"',
    "r5": "source-is-narrower-than-target",
}


@pytest.fixture(scope="module")
def server(made: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("release")
    for path, data in made.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    command = [sys.executable, "-m", "milia_onto", "serve", "--port", "0", "--release", folder]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        yield process.stderr.readline().rpartition(" at ")[2].strip().rstrip("/")
        process.terminate()


def test_every_command_for_our_server_is_tried() -> None:
    assert list(SCRIPTS) == list(FINDS)
    assert PAGE.count("```sh") == len(SCRIPTS) + 1


@pytest.mark.needs("curl")
@pytest.mark.parametrize("name", FINDS)
def test_command(server: str, name: str) -> None:
    script = SCRIPTS[name].replace("http://127.0.0.1:8000", server)
    done = subprocess.run(
        ["sh", "-ec", script],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "no_proxy": "*"},
    )
    assert done.returncode == 0, done.stderr
    assert FINDS[name] in done.stdout


def test_the_figures_are_those_of_the_code() -> None:
    assert f"more than {MOST_BYTES >> 10} KB were sent" in PAGE
    told = set(map(int, re.findall(r"\b4\d\d\b", PAGE.partition("| status |")[2])))
    assert told == TYPES.keys() - {403}
    named = set(re.findall(r"`(milia-[a-z-]+)`", PAGE.partition("## Put it")[0]))
    assert named - {"milia-all", "milia-icd10who", "milia-snomedct"} <= set(KINDS)
