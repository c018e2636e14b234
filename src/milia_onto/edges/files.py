"""Reads sources and releases; writes releases and sites, each as a whole."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from milia_onto.edges.held import SITE_LIST, read_held
from milia_onto.edges.locate import read_bytes
from milia_onto.edges.replace import replace, resolved, restore_unless_written
from milia_onto.model import layout
from milia_onto.model.errors import SurroundingsError, UsageError
from milia_onto.model.values import Sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from milia_onto.model.values import Release

READ_ATTEMPTS = 100


def read_sources(project: str | Path) -> Sources:
    """Every authored file of a project. Raises UsageError where the folder is no project.

    SurroundingsError is raised for what cannot be read, be it a pipe or a link to nothing.
    """
    project = Path(project)
    try:
        return _read_sources(project)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        place = str(error.filename or project)
        raise SurroundingsError(message, place=place, fix="check its rights") from None


def _read_sources(project: Path) -> Sources:
    for folder in layout.SOURCE_FOLDERS:
        if not (project / folder).is_dir():
            fix = "name the project's folder with --project"
            raise UsageError(f"has no folder {folder}/", place=str(project), fix=fix)
    files = {}
    for folder in layout.SOURCE_FOLDERS:
        for path in sorted(_below(project / folder)):
            if path.exists() and not path.is_file():
                fix = "move it out of the project"
                raise SurroundingsError("is no regular file", place=str(path), fix=fix)
            files[path.relative_to(project).as_posix()] = read_bytes(path)
    return Sources(files)


def _below(folder: Path) -> Iterator[Path]:
    """All that is no folder below ``folder``, but for hidden files. Raises OSError."""

    def fail(error: OSError) -> None:
        raise error

    for above, _, names in os.walk(folder, onerror=fail):
        yield from (Path(above, name) for name in names if not name.startswith("."))


def read_release(folder: str | Path) -> Release:
    """The files of a release, and the names of what else is in its folder.

    All files come from the one folder that had the name from the first to the last read, so a
    build that replaces it meanwhile cannot mix two releases: then reading starts again. Raises
    SurroundingsError where no release is there, or it cannot be read.
    """
    target = resolved(folder)
    for _ in range(READ_ATTEMPTS):
        try:
            restore_unless_written(target)
            found, is_current = _read_folder(target)
        except FileNotFoundError:
            continue
        except OSError as error:
            fix = "check the path and its rights"
            message = f"cannot be read: {error.strerror}"
            raise SurroundingsError(message, place=str(folder), fix=fix) from None
        if found is not None and is_current:
            return found
        if is_current:
            break
    raise SurroundingsError("no release is there", place=str(folder), fix="run `make build`")


def _read_folder(folder: Path) -> tuple[Release | None, bool]:
    """The release in ``folder``, if there is one; whether the folder still has its name."""
    root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        found = read_held(root)
        return found, os.path.samestat(os.fstat(root), folder.stat())
    finally:
        os.close(root)


def write_release(folder: str | Path, files: Mapping[str, bytes]) -> None:
    """Replace the release in ``folder`` as a whole: a reader sees the old one or the new one.

    The files are written into a sibling folder, flushed to the disk, and the two folders change
    names in one step. Raises SurroundingsError where the disk does not let us.
    """
    replace(folder, files.items(), "release", flush=True)


def write_site(folder: str | Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Replace the site in ``folder`` likewise, each file as it comes; a list of them is added.

    It is not flushed: what a power cut takes is made again from the release.
    """
    replace(folder, _listed(files), "site", flush=False)


def _listed(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    names = []
    for name, data in files:
        names.append(name)
        yield name, data
    yield SITE_LIST, "".join(f"{name}\n" for name in sorted(names)).encode()


def read_stamp(project: Path, name: str) -> str:
    """A stamp of the cache, or "" where there is none."""
    path = project / layout.CACHE / name
    return path.read_text() if path.is_file() else ""


def write_stamp(project: Path, name: str, text: str) -> None:
    """Keep a stamp in the cache; a cache that cannot be written is no error."""
    path = project / layout.CACHE / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    except OSError:
        return


def package_files() -> dict[str, bytes]:
    """The publisher's own code, by path: part of what a release depends on."""
    package = Path(__file__).resolve().parent.parent
    return {
        path.relative_to(package).as_posix(): path.read_bytes()
        for path in sorted(package.rglob("*.py"))
    }
