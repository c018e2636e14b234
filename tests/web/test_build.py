"""What the build of the scripts gives, and what the lock says."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milia_onto.edges import locate
from milia_onto.site.editor import EDITOR_DATA, editor_data

if TYPE_CHECKING:
    from milia_onto.model.values import Release

WEB = Path(__file__).resolve().parents[2] / "web"
BUILT = {
    "engine.js",
    "licenses.txt",
    "oxigraph.wasm",
    "search.css",
    "search.js",
    "sparql.css",
    "sparql.js",
}


@pytest.mark.needs("node", "web")
def test_the_same_sources_give_the_same_bytes(scripts: dict[str, bytes], tmp_path: Path) -> None:
    subprocess.run(["node", WEB / "build.mjs", tmp_path], check=True, cwd=tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == scripts
    assert set(scripts) == BUILT


@pytest.mark.needs("node", "web")
def test_every_bundled_package_is_named_with_its_licence(scripts: dict[str, bytes]) -> None:
    text = scripts["licenses.txt"].decode()
    named = dict(re.findall(r"^-{80}\n\n(\S+) [\d.]+ \(([^)]+)\)$", text, re.MULTILINE))
    assert {"@zazuko/yasqe", "codemirror", "lodash-es", "minisearch", "oxigraph"} <= set(named)
    assert set(named.values()) <= {"MIT", "ISC", "BSD-3-Clause", "Apache-2.0"}
    assert text.count("Copyright") >= len(named)


@pytest.mark.needs("node", "web")
def test_a_licence_that_does_not_fit_stops_the_build(tmp_path: Path) -> None:
    for name, licence in {"good": "(GPL-3.0 OR MIT)", "bad": "GPL-3.0"}.items():
        folder = tmp_path / "node_modules" / name
        folder.mkdir(parents=True)
        about = {"name": name, "version": "1", "license": licence, "author": "Ann"}
        folder.joinpath("package.json").write_text(json.dumps(about))
    source = (
        f"import {{ licences }} from {json.dumps((WEB / 'licences.mjs').as_uri())};"
        f"console.log(await licences({json.dumps(str(tmp_path))}, [process.argv[1]]));"
    )
    command = ["node", "--input-type=module", "--eval", source, "--"]
    good, bad = (
        subprocess.run(
            [*command, f"node_modules/{name}/x.js"], check=False, capture_output=True, text=True
        )
        for name in ("good", "bad")
    )
    assert "good 1 (MIT)\n\nCopyright (c) Ann\n" in good.stdout
    assert bad.returncode != 0
    assert 'bad: licence "GPL-3.0" is not known to fit Apache-2.0' in bad.stderr


def test_the_lock_names_no_registry_and_proves_every_package() -> None:
    lock = json.loads((WEB / "package-lock.json").read_text())
    packages = {path: about for path, about in lock["packages"].items() if path}
    assert len(packages) > 100
    assert [path for path, about in packages.items() if "resolved" in about] == []
    assert [path for path, about in packages.items() if "integrity" not in about] == []


def test_the_scripts_are_found_where_they_were_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "src" / "milia_onto" / "edges" / "locate.py"
    monkeypatch.setattr(locate, "__file__", str(module))
    assert locate.find_scripts() == {}
    in_checkout = tmp_path / "web" / "dist"
    in_checkout.mkdir(parents=True)
    (in_checkout / "search.js").write_bytes(b"1")
    assert locate.find_scripts() == {"search.js": b"1"}
    in_package = tmp_path / "src" / "milia_onto" / "scripts"
    in_package.mkdir(parents=True)
    (in_package / "search.js").write_bytes(b"2")
    assert locate.find_scripts() == {"search.js": b"2"}


def test_the_editor_knows_what_the_release_says(release: Release) -> None:
    known = json.loads(editor_data(release))
    assert EDITOR_DATA == "assets/editor.json"
    assert known["prefixes"]["MILIA"] == known["base"] + "MILIA_"
    assert len(known["examples"]) == sum(path.startswith("queries/") for path in release.files)
    assert all(all(example.values()) for example in known["examples"])
    counted = {iri: (count, used) for iri, _, count, used in known["classes"]}
    assertions, used = counted["http://purl.obolibrary.org/obo/SEPIO_0000001"]
    lines = release.files["milia.nt"].decode().splitlines()
    verdict, label = (
        "https://w3id.org/milia/vocab/verdict",
        "http://www.w3.org/2000/01/rdf-schema#label",
    )
    assert assertions == used[verdict] == sum(f" <{verdict}> " in line for line in lines) > 1000
    properties = {iri: count for iri, _, count in known["properties"]}
    assert properties[label] == sum(f" <{label}> " in line for line in lines)
    assert ["https://w3id.org/milia/MILIA_0000200", "Epstein pearl"] in known["terms"]
    assert editor_data(release) == editor_data(release)
