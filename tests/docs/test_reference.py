"""``docs/reference/`` says what the commands, checks, shapes and files say of themselves.

With MILIA_ONTO_REWRITE=1 the generated parts are written anew instead of compared.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from milia_onto.cli.commands import COMMANDS
from milia_onto.stages.checks import read_check
from tests.docs.serving import serves, start_and_stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from milia_onto.model.values import Sources
    from tests.conftest import Result

PROJECT = Path(__file__).resolve().parents[2]
REFERENCE = PROJECT / "docs" / "reference"
REWRITE = os.environ.get("MILIA_ONTO_REWRITE") == "1"
SH = "http://www.w3.org/ns/shacl#"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
COMMENT = NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def compare(page: Path, opening: str, closing: str, wanted: str) -> None:
    """The text between two marker lines is the wanted one, or is made so."""
    text = page.read_text(encoding="utf-8")
    assert text.count(f"{opening}\n") == 1, f"{page.name} has no {opening}: add a section for it"
    before, _, rest = text.partition(f"{opening}\n")
    found, mark, after = rest.partition(f"{closing}\n")
    assert mark, f"{page.name} does not close {opening}"
    if REWRITE and found != wanted:
        page.write_text(f"{before}{opening}\n{wanted}{mark}{after}", encoding="utf-8")
    else:
        assert found == wanted, "run with MILIA_ONTO_REWRITE=1"


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help(command: str, milia_onto: Callable[..., Result], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    answer = milia_onto(*filter(None, [command, "--help"]))
    assert answer.code == 0
    opening = f"<!-- help: {command} -->" if command else "<!-- help -->"
    wanted = f"```text\n{answer.out.strip()}\n```\n"
    compare(REFERENCE / "cli.md", opening, "<!-- /help -->", wanted)


def cli_examples() -> list[str]:
    text = (REFERENCE / "cli.md").read_text(encoding="utf-8")
    return [line for block in SHELL.findall(text) for line in block.splitlines()]


@pytest.mark.parametrize("line", cli_examples())
def test_example_of_a_command(line: str, tmp_path: Path):
    for folder in ("ontology", "shapes", "build"):
        (tmp_path / folder).symlink_to(PROJECT / folder)
    command, *arguments = shlex.split(line, comments=True)
    if arguments[0] == "build":
        (tmp_path / "build").unlink()
    if serves(arguments):
        start_and_stop([Path(sys.executable).parent / command, *arguments], tmp_path)
        return
    expected = re.search(r"# exit (\d)", line)
    done = subprocess.run(
        [Path(sys.executable).parent / command, *arguments],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == int(expected[1] if expected else 0), done.stderr
    assert "Traceback" not in done.stderr


def test_checks(sources: Sources):
    paths = sources.under("shapes/checks", ".rq")
    entries = [check_entry(path, sources.files[path].decode()) for path in paths]
    head = f"## SPARQL checks\n\n{len(entries)} queries in `shapes/checks/`, one a file.\n\n"
    wanted = "\n" + head + "\n".join(entries) + "\n"
    compare(REFERENCE / "checks.md", "<!-- generated: checks -->", "<!-- /generated -->", wanted)


def check_entry(path: str, text: str) -> str:
    check = read_check(path, text)
    lines = [f"### `{check.slug}`\n", f"{check.title}.\n", f"- Severity: {check.severity}"]
    if check.graph != "asserted":
        lines.append(f"- Graph: {check.graph}")
    if check.covers:
        lines.append(f"- Covers: {', '.join(check.covers)}")
    lines += [f"- Why: {check.why}", f"- Fix: {check.fix}"]
    return "\n".join(lines) + "\n"


def test_shapes(sources: Sources):
    paths = [*sources.under("shapes/gate", ".ttl"), *sources.under("shapes/public", ".ttl")]
    parts = ["\n## SHACL shapes\n"]
    for path in paths:
        parts += [f"### `{path}`\n", *shapes_of(sources.files[path])]
    compare(
        REFERENCE / "checks.md",
        "<!-- generated: shapes -->",
        "<!-- /generated -->",
        "\n".join(parts) + "\n",
    )


class Shapes:
    """The triples of a shapes file, asked by subject and predicate."""

    def __init__(self, data: bytes) -> None:
        self.triples = [quad.triple for quad in parse(data, format=RdfFormat.TURTLE)]
        pairs = (re.findall(rb"@prefix ([\w-]+): <([^>]*)>", data)) or []
        self.prefixes = sorted(
            ((namespace.decode(), name.decode()) for name, namespace in pairs), reverse=True
        )

    def values(self, subject: object, predicate: NamedNode) -> list[object]:
        return [t.object for t in self.triples if t.subject == subject and t.predicate == predicate]

    def text(self, subject: object, predicate: NamedNode) -> str:
        return next(
            (v.value for v in self.values(subject, predicate) if isinstance(v, Literal)), ""
        )

    def short(self, term: object) -> str:
        value = str(getattr(term, "value", term))
        for namespace, name in self.prefixes:
            if value.startswith(namespace):
                return f"{name}:{value.removeprefix(namespace)}"
        return value

    def path(self, shape: object) -> str:
        (path,) = self.values(shape, NamedNode(SH + "path"))
        if not isinstance(path, BlankNode):
            return f"`{self.short(path)}`"
        kinds = {t.predicate.value.removeprefix(SH) for t in self.triples if t.subject == path}
        words = {"alternativePath": "one of several", "inversePath": "inverse"}
        return next((words[kind] for kind in kinds if kind in words), "path")


def shapes_of(data: bytes) -> Iterator[str]:
    shapes = Shapes(data)
    nodes = [
        t.subject
        for t in shapes.triples
        if t.predicate == RDF_TYPE and t.object == NamedNode(SH + "NodeShape")
    ]
    assert nodes
    for node in nodes:
        targets = [
            f"{kind} `{shapes.short(value)}`"
            for kind, words in TARGETS.items()
            for value in shapes.values(node, NamedNode(SH + words))
        ]
        yield f"#### `{shapes.short(node)}`\n"
        yield f"{shapes.text(node, COMMENT)} Looks at {', '.join(targets)}.\n"
        yield "| shape | severity | path | what is wrong, and how to mend it | why |"
        yield "|---|---|---|---|---|"
        for part in shapes.values(node, NamedNode(SH + "property")):
            severity = shapes.values(part, NamedNode(SH + "severity"))
            cells = (
                f"`{shapes.short(part)}`",
                shapes.short(severity[0]).removeprefix("sh:").lower(),
                shapes.path(part),
                shapes.text(part, NamedNode(SH + "message")).replace("|", "\\|"),
                shapes.text(part, COMMENT).replace("|", "\\|"),
            )
            yield f"| {' | '.join(cells)} |"
        yield ""


TARGETS = {
    "the node": "targetNode",
    "instances of": "targetClass",
    "subjects of": "targetSubjectsOf",
    "objects of": "targetObjectsOf",
}


def test_every_check_in_code_is_listed():
    text = (REFERENCE / "checks.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([a-z-]+)` \|", text, re.M))
    used = set()
    for path in (PROJECT / "src" / "milia_onto" / "stages").glob("*.py"):
        code = path.read_text(encoding="utf-8")
        used |= set(re.findall(r'(?:Finding|_clash|_profile_finding)\(\s*"([a-z-]+)"', code))
        used |= set(re.findall(r'(?:^CHECK = |say\()"([a-z]+(?:-[a-z]+)+)"(?:$|,)', code, re.M))
    assert len(used) >= 14
    assert used <= listed


def test_modelling_names_checks_that_exist(sources: Sources):
    text = (PROJECT / "docs" / "modelling.md").read_text(encoding="utf-8")
    reference = (REFERENCE / "checks.md").read_text(encoding="utf-8")
    known = set(re.findall(r"^(?:#+ |\| )`([\w:-]+)`", reference, re.M))
    held = re.findall(r"^Held by: (.*?)\.$", text, re.M | re.S)
    assert len(held) == 11
    named = [name for line in held for name in re.findall(r"`([^`]+)`", line)]
    assert len(named) > 80
    assert set(named) <= known


def described() -> list[tuple[str, list[str]]]:
    """The paths that files.md has a section for, each with the columns it lists."""
    text = (REFERENCE / "files.md").read_text(encoding="utf-8")
    sections = re.findall(r"^### `([^`]+)`\n(.*?)(?=^##|\Z)", text, re.M | re.S)
    return [(name, re.findall(r"^\| `(\w+)` \|", body, re.M)) for name, body in sections]


def as_pattern(name: str) -> str:
    return re.sub(r"<[^>]+>", "*", name)


def test_columns():
    seen: set[Path] = set()
    for name, columns in described():
        if not name.endswith((".tsv", ".csv")):
            continue
        files = sorted(set(PROJECT.glob(as_pattern(name))) - seen)
        assert files, f"there is no {name}"
        for file in files:
            lines = file.read_text(encoding="utf-8").splitlines()
            header = next(line for line in lines if not line.startswith("#"))
            assert header.split("\t") == columns, f"{file.relative_to(PROJECT)} has other columns"
        seen.update(files)
    assert len(seen) > 50


def test_no_file_is_left_out():
    text = (REFERENCE / "files.md").read_text(encoding="utf-8")
    names = re.findall(r"`((?:ontology|shapes|build)/[^`]+)`", text)
    covered = {path for name in names for path in PROJECT.glob(as_pattern(name))}
    present = {
        path
        for folder in ("ontology", "shapes", "build")
        for path in (PROJECT / folder).rglob("*")
        if path.is_file()
    }
    assert sorted(str(path.relative_to(PROJECT)) for path in present - covered) == []
