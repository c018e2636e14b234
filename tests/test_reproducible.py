"""The same sources give the same bytes, wherever and however; a killed build tears nothing."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from milia_onto.edges.files import read_release, write_release
from milia_onto.edges.held import DERIVED
from milia_onto.model.layout import MANIFEST, SUMS
from milia_onto.model.values import Release
from milia_onto.publish.verify import verify
from milia_onto.stages.release import sums

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.alone

BUILD = (sys.executable, "-m", "milia_onto", "build")
# Two machines that differ in all that must not matter.
MACHINES = (
    {
        "folder": "one",
        "umask": 0o022,
        "env": {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C", "LANG": "C"},
    },
    {
        "folder": "zwei Ордер 二/deep",
        "umask": 0o077,
        "env": {
            "PYTHONHASHSEED": "4242",
            "TZ": "Pacific/Kiritimati",
            "LC_ALL": "tr_TR.UTF-8",
            "LANG": "tr_TR.UTF-8",
            "PYTHONUTF8": "0",
        },
    },
)
ON_WRITE = 2


def copy_sources(project: Path, target: Path) -> Path:
    for folder in ("ontology", "shapes"):
        shutil.copytree(project / folder, target / folder)
    return target


def tree(folder: Path) -> dict[str, tuple[int, str]]:
    """Mode and digest of every file and folder below ``folder``."""
    found = {}
    for path in sorted(folder.rglob("*")):
        data = path.read_bytes() if path.is_file() else b""
        name = path.relative_to(folder).as_posix()
        found[name] = (path.stat().st_mode, hashlib.sha256(data).hexdigest())
    return found


def test_two_machines_build_identical_files(project: Path, made: Release, tmp_path: Path) -> None:
    builds = []
    for machine in MACHINES:
        place = copy_sources(project, tmp_path / str(machine["folder"]))
        env = {**os.environ, **machine["env"]}  # type: ignore[dict-item]
        builds.append(
            subprocess.Popen(
                BUILD, cwd=place, env=env, umask=machine["umask"], stderr=subprocess.PIPE
            )
        )
    for process in builds:
        _, err = process.communicate()
        assert process.returncode == 0, err.decode()
    one, two = (tree(tmp_path / str(machine["folder"]) / "build") for machine in MACHINES)
    assert one == two
    files = {name: digest for name, (_, digest) in one.items() if name in made.files}
    assert files == {name: hashlib.sha256(data).hexdigest() for name, data in made.files.items()}


def test_the_committed_release_is_what_the_sources_give(project: Path, made: Release) -> None:
    folder = project / "build"
    assert folder.is_dir(), "there is no build/: run `make build` and commit it"
    committed = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] not in DERIVED
    }
    differing = [
        name
        for name in sorted(set(committed) | set(made.files))
        if committed.get(name) != made.files.get(name)
    ]
    assert not differing, f"build/ is not current ({differing}): run `make build` and commit it"


def older(made: Release) -> Release:
    """Another intact release: one query has one more line, manifest and sums say so."""
    name = "queries/why-here.ttl"
    files = {**made.files, name: made.files[name] + b"# older\n"}
    manifest = json.loads(files[MANIFEST])
    digest = hashlib.sha256(files[name]).hexdigest()
    manifest["files"][name] |= {"bytes": len(files[name]), "sha256": digest}
    files[MANIFEST] = json.dumps(manifest).encode()
    files[SUMS] = sums({path: data for path, data in files.items() if path != SUMS})
    return Release(files)


@pytest.fixture
def place(project: Path, tmp_path: Path) -> Path:
    return copy_sources(project, tmp_path / "project")


def test_a_killed_build_leaves_the_old_release_or_the_new_one(
    place: Path, made: Release, tmp_path: Path
) -> None:
    old = older(made)
    assert verify(old, graphs=False) == []
    chance = random.Random(20261121)
    # One kill while it thinks, the others within the moments in which it writes.
    for kill in range(1 + ON_WRITE):
        write_release(place / "build", old.files)
        process = subprocess.Popen(
            [*BUILD, "--force"], cwd=place, stderr=subprocess.DEVNULL, start_new_session=True
        )
        if kill == 0:
            time.sleep(0.5 + chance.random())
        else:
            wait_for_writing(place, process)
            time.sleep(chance.random() * 0.05)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        found = read_release(place / "build")
        assert found.files in (old.files, made.files), "a mix of two releases"
        assert verify(found, graphs=False) == []
    write_release(place / "build", old.files)
    assert [path.name for path in place.iterdir() if path.name.startswith(".build.new")] == []


def wait_for_writing(place: Path, process: subprocess.Popen[bytes]) -> None:
    """Until the build makes the folder that will take the place of the old one."""
    deadline = time.monotonic() + 120
    left = {path.name for path in place.glob(".build.new-*")}
    while process.poll() is None and time.monotonic() < deadline:
        if {path.name for path in place.glob(".build.new-*")} - left:
            return
        time.sleep(0.001)


def test_a_time_limit_is_exit_code_4_and_writes_nothing(place: Path, made: Release) -> None:
    write_release(place / "build", older(made).files)
    before = tree(place)
    done = subprocess.run(
        [*BUILD, "--time-limit", "0.01"], cwd=place, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (4, "")
    assert "HermiT gave no answer within 0.01 s: consistency is unknown" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(place) == before
