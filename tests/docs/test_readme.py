"""What the README and the other pages tell people to run works, and what they point to exists."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.serving import serves, start_and_stop
from tests.load.fake_store import FakeStore, running

PROJECT = Path(__file__).resolve().parents[2]
PAGES = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted(PROJECT.glob("docs/**/*.md"))]
COMMANDS_IN_README = 16
SERVERS_IN_README = 1
# Where the README has a store of the reader's own.
STORE = "http://127.0.0.1:3030/ds"
OF_A_STORE = 2
PYTHON_IN_README = 1
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PATH = re.compile(r"^(?:ontology|shapes|build|docs|src|tests|requirements|benchmarks)/\S*$")


def blocks(page: Path, language: str) -> list[str]:
    pattern = rf"^```{language}\n(.*?)^```$"
    return re.findall(pattern, page.read_text(encoding="utf-8"), re.M | re.S)


def prose(page: Path) -> str:
    """The text of a page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)


def readme_commands() -> list[str]:
    lines = [line for block in blocks(PAGES[0], "sh") for line in block.splitlines()]
    return [line for line in lines if line.startswith(".venv/bin/milia-onto ")]


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=PROJECT, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_commands_of_the_readme_are_found():
    assert len(readme_commands()) == COMMANDS_IN_README


def called(line: str) -> list[str]:
    program, *arguments = shlex.split(line, comments=True)
    return [str(Path(sys.executable).parent / Path(program).name), *arguments]


@pytest.mark.parametrize(
    "line",
    [line for line in readme_commands() if STORE not in line and not serves(called(line)[1:])],
)
def test_command_of_the_readme(line: str):
    _, *arguments = command = called(line)
    done = run(command)
    assert done.returncode == 0, done.stderr
    assert done.stdout or done.stderr or "--out" in arguments


def test_commands_of_the_readme_for_a_store():
    lines = [line for line in readme_commands() if STORE in line]
    assert len(lines) == OF_A_STORE
    with running(FakeStore()) as address:
        told = [run(called(line.replace(STORE, address))) for line in lines]
    assert [done.returncode for done in told] == [0, 0], told
    assert "triples" in told[0].stdout
    assert "milia en plaque" in told[1].stdout


def test_server_of_the_readme():
    found = [command for line in readme_commands() if serves((command := called(line))[1:])]
    assert len(found) == SERVERS_IN_README
    for command in found:
        start_and_stop(command, PROJECT)


def test_python_of_the_readme():
    scripts = blocks(PAGES[0], "python")
    assert len(scripts) == PYTHON_IN_README
    for script in scripts:
        done = run([sys.executable, "-c", script])
        assert done.returncode == 0, done.stderr
        assert done.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_links_lead_somewhere(page: Path):
    for target in LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = page.parent / name if name else page
        assert file.exists(), f"{target} is not there"
        if anchor:
            assert anchor in anchors(file), f"{target} has no such heading"


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", prose(page), re.M)
    plain = (re.sub(r"[^\w -]", "", heading.lower()) for heading in headings)
    return {heading.replace(" ", "-") for heading in plain}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_paths_exist(page: Path):
    for name in re.findall(r"`([^`\n]+)`", prose(page)):
        if not PATH.match(name):
            continue
        pattern = re.sub(r"<[^>]+>", "*", name).rstrip("/")
        assert any(PROJECT.glob(pattern)), f"{name} is not there"


def test_every_page_is_in_the_index():
    index = PROJECT / "docs" / "index.md"
    linked = {(index.parent / target).resolve() for target in LINK.findall(prose(index))}
    assert [str(page) for page in PAGES if page not in {*linked, index}] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_nothing_of_this_machine_is_named(page: Path):
    text = page.read_text(encoding="utf-8")
    assert str(PROJECT) not in text
    assert "/home/" not in text
