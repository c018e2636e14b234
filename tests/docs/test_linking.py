"""The scripts of the pages on mappings, reconciliation and registries run, and find what they say."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milia_onto.mappings.model import STATES
from milia_onto.reconcile import read
from milia_onto.serve.asked import MOST_BYTES
from tests.docs.scripts import run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.model.values import Release

PROJECT = Path(__file__).resolve().parents[2]
HOW_TO = PROJECT / "docs" / "how-to"
MARKED = re.compile(r"^<!-- try: ([\w-]+) -->\n```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = ("mappings-check", "reconcile", "link-to-us")
TEXTS = {name: (HOW_TO / f"{name}.md").read_text(encoding="utf-8") for name in PAGES}
SCRIPTS = {
    (page, name): (kind, text)
    for page, content in TEXTS.items()
    for name, kind, text in MARKED.findall(content)
}


def output(kind: str, text: str, folder: Path) -> str:
    done = run(kind, text, folder)
    return done.out + done.err


def test_every_script_is_tried() -> None:
    assert len(SCRIPTS) == 9
    scripts = sum(text.count("\n```sh\n") + text.count("\n```python\n") for text in TEXTS.values())
    # One needs the authorities' tables, which are not ours to publish.
    assert scripts == len(SCRIPTS) + 1


def test_mappings_are_checked_as_the_page_says(tmp_path: Path) -> None:
    assert "1 sets can be read, 2 mappings" in output(*SCRIPTS["mappings-check", "files"], tmp_path)
    told = output(*SCRIPTS["mappings-check", "check"], tmp_path)
    assert "HP:0009999 “Whitehead” is obsolete, with a replacement" in told
    assert "skos:closeMatch\t\tHP:0025250\tClosed comedo" in told


def test_the_page_lists_every_state_and_finding() -> None:
    listed = set(re.findall(r"^\| `([a-z-]+)` \|", TEXTS["mappings-check"], re.MULTILINE))
    code = "".join(
        (PROJECT / "src" / "milia_onto" / "mappings" / f"{name}.py").read_text(encoding="utf-8")
        for name in ("compare", "triangles")
    )
    checks = set(re.findall(r'"(mapping-[a-z-]+|tables-disagree)"', code))
    assert len(checks) == 7
    assert listed == set(STATES) | checks


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    command = [sys.executable, "-m", "milia_onto", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        said = server.stderr.readline()
        assert said.startswith("serving ")
        # Nobody may wait for a full pipe.
        threading.Thread(target=server.stderr.read, daemon=True).start()
        yield said.rsplit(" ", 1)[1].strip().rstrip("/")
        server.terminate()


@pytest.mark.needs("curl")
@pytest.mark.parametrize(
    ("name", "finds"),
    [
        ("query", ['"match": true', '"name": "milia en plaque"']),
        ("suggest", ['"name": "colloid milium"']),
        ("extend", ['"str": "ICD10WHO:L72.0"', '"id": "MILIA_0000001"']),
    ],
)
def test_the_service_answers_as_the_page_says(
    address: str, name: str, finds: list[str], tmp_path: Path
) -> None:
    kind, text = SCRIPTS["reconcile", name]
    told = output(kind, text.replace("http://127.0.0.1:8000", address), tmp_path)
    for wanted in finds:
        assert wanted in told


def test_the_figures_are_those_of_the_code() -> None:
    page = " ".join(TEXTS["reconcile"].split())
    batch = f"A batch may hold {read.MOST_QUERIES} queries and {read.MOST_IN_BATCH} properties"
    assert f"{batch}, a query {read.MOST_LETTERS} letters" in page
    assert f"a request {MOST_BYTES >> 10} KB, an answer {read.MOST_CANDIDATES} candidates" in page
    assert f"{read.MOST_IDS} identifiers and {read.MOST_PROPERTIES} properties" in page


@pytest.fixture(scope="module")
def folder(made: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the release of these sources."""
    found = tmp_path_factory.mktemp("release")
    for path, data in made.files.items():
        target = found / "build" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return found


@pytest.mark.parametrize(
    ("name", "finds"),
    [
        ("lookup", ["MILIA:0000006"]),
        ("inverse", ["core#exactMatch> <https://w3id.org/milia/MILIA_0000001>"]),
        ("prefixes", ["https://w3id.org/milia/MILIA_0000001", "ORPHA:113"]),
        ("w3id", ["# Milia Ontology"]),
    ],
)
def test_linking_works_as_the_page_says(name: str, finds: list[str], folder: Path) -> None:
    told = output(*SCRIPTS["link-to-us", name], folder)
    for wanted in finds:
        assert wanted in told
    shutil.rmtree(folder / "site", ignore_errors=True)


def test_what_the_page_proposes_is_what_the_mappings_say(made: Release) -> None:
    mondo = made.files["mappings/mondo.sssom.tsv"].decode()
    row = next(x for x in mondo.splitlines() if "MILIA_0000008_0008001\t" in x).split("\t")
    assert (row[3], row[4]) == ("skos:narrowMatch", "")
    hpo = made.files["mappings/hp.sssom.tsv"].decode()
    assert re.search(r"\tMILIA:0000001\tmilia\tskos:exactMatch\t\tHP:0001056\t", hpo)
    icd = made.files["mappings/icd11.sssom.tsv"].decode()
    assert re.search(r"\tMILIA:0000001\tmilia\tskos:exactMatch\t\tICD11F:1924428447\t", icd)
    assert re.search(
        r"\tMILIA:0000200\tEpstein pearl\tskos:exactMatch\tNot\tICD11F:1924428447\t", icd
    )
