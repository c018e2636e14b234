"""A release in a folder of its own, the command line as a process there, and bad files."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from milia_onto.edges.files import write_release
from tests.running import command_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from milia_onto.model.values import Release
    from tests.running import Result


@pytest.fixture(scope="session")
def home(made: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a release in ``build/``, never changed by a test."""
    folder = tmp_path_factory.mktemp("home")
    write_release(folder / "build", made.files)
    return folder


@pytest.fixture
def at_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory is the folder with the release."""
    monkeypatch.chdir(home)
    return home


@pytest.fixture
def spawn(home: Path) -> Callable[..., Result]:
    """Run the command line as a process, in the folder with the release."""
    return partial(command_line, folder=home, seconds=60)


def _deep(opening: str, middle: str, closing: str, times: int) -> bytes:
    return (opening * times + middle + closing * times).encode()


def _entities(levels: int) -> bytes:
    """Entities made of ten entities each: a small file that would fill the memory."""
    names = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(levels))
    body = f'<rdf:Description rdf:about="urn:a"><e:p>&e{levels};</e:p></rdf:Description></rdf:RDF>'
    return f'<!DOCTYPE a [<!ENTITY e0 "aaaaaaaaaa">{names}]>{RDF}{body}'.encode()


RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:">'
BAD_FILES: dict[str, tuple[bytes, int]] = {
    "junk.ttl": (b"\x00\x01\xff\xfe" * 50, 1),
    "junk.jsonld": (b"\x00\x01\xff\xfe" * 50, 1),
    "junk.owl": (b"\x00\x01\xff\xfe" * 50, 1),
    "junk.nt": (b"\x00\x01\xff\xfe" * 50, 1),
    "junk.nq": (b"\x00\x01\xff\xfe" * 50, 1),
    "junk.trig": (b"\x00\x01\xff\xfe" * 50, 1),
    "empty.owl": (b"", 1),
    "empty.jsonld": (b"", 1),
    "cut.ttl": (b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> ", 2),
    "cut.jsonld": (b'{"@id": "urn:a",\n "urn:b": ', 2),
    "cut.owl": (f'{RDF}<rdf:Description rdf:about="urn:a">\n<e:p>'.encode(), 2),
    "cut.nt": (b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> .\n", 2),
    "latin-1.ttl": (b'<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> "\xe9" .\n', 2),
    "prefix.ttl": (b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> xx:c .\n", 2),
    "remote.jsonld": (b'{"@context": "http://127.0.0.1:9/c.jsonld", "name": "x"}', 0),
    "deep.jsonld": (_deep('{"urn:a":', "1", "}", 70_000), 1),
    "entities.owl": (_entities(7), 1),
    "mark.nt": (b"\xef\xbb\xbf<urn:a> <urn:b> <urn:c> .\n", 1),
    "mark.ttl": (b"\xef\xbb\xbf<urn:a> <urn:b> <urn:c> .\n", 1),
    "mark.jsonld": (b'\xef\xbb\xbf{"@id": "urn:a", "urn:b": 1}', 1),
    "deep.nt": (_deep("<urn:a> <urn:b> <<( ", "<urn:a> <urn:b> 1", " )>>", 200_000), 1),
    "deep.ttl": (b"# deep\n" + _deep("<urn:a> <urn:b> <<( ", "", " )>>", 20_000), 2),
    "deep.owl": (_deep("<a>\n", "", "</a>\n", 200_000), 10_001),
    "html.ttl": (b"<!DOCTYPE html>\n<html><body>404</body></html>\n", 1),
}


@pytest.fixture(scope="session")
def bad_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``BAD_FILES``."""
    folder = tmp_path_factory.mktemp("bad")
    for name, (data, _) in BAD_FILES.items():
        (folder / name).write_bytes(data)
    return folder


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """``bad_file``: each name of ``BAD_FILES`` with the line that is wrong (0: the whole file)."""
    if "bad_file" in metafunc.fixturenames:
        assert len(BAD_FILES) == 24
        cases = [(name, line) for name, (_, line) in BAD_FILES.items()]
        metafunc.parametrize("bad_file", cases, ids=[name for name, _ in cases])
