"""What a folder holds: the files that its lists name, and the names of all others.

A release lists its files in its manifest and its sums, a site in a file for that alone. What no
list names was put there by somebody else: it is never read, and never replaced.
"""

from __future__ import annotations

import errno
import json
import os
import re
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from milia_onto.edges.replace import resolved
from milia_onto.model.errors import SurroundingsError, UsageError
from milia_onto.model.layout import FULL, MANIFEST, SUMS
from milia_onto.model.values import Release

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Made from the release by later commands and never part of it.
DERIVED = {"site"}
# Every site has it, and nothing else: by it a folder is known to hold a site.
SITE_LIST = ".milia-onto-site"
SUM = re.compile(r"[0-9a-f]{64}  (.+)")
NOTHING_THERE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}


def read_held(root: int) -> Release | None:
    """The files of the release in the folder opened as ``root``, and the names of the others.

    None where it has neither manifest nor sums. Raises OSError.
    """
    files = _there((MANIFEST, SUMS), root)
    if not files:
        return None
    listed, others = _listed(files), set()
    for path, name, here in _names(root, DERIVED):
        if path in files:
            continue
        data = _content(name, here) if path in listed else None
        if data is None:
            # Names need not be text; what is told of them is.
            others.add(os.fsencode(path).decode("utf-8", "backslashreplace"))
        else:
            files[path] = data
    return Release(dict(sorted(files.items())), frozenset(others))


def refuse_foreign(folder: Path, what: str = "release") -> None:
    """Raise UsageError where a ``release`` or ``site`` in ``folder`` would replace anything else.

    SurroundingsError is raised where that cannot be found out.
    """
    target, where = resolved(folder), str(folder)
    if target in (here := resolved(".")).parents or target == here:
        fix = "go to another folder, or name another with --out"
        raise UsageError("cannot be replaced while you are in it", place=where, fix=fix)
    try:
        if target.exists() and not target.is_dir():
            raise UsageError("is a file, not a folder", place=where, fix="name another --out")
        foreign = _foreign(target, what)
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise SurroundingsError(message, place=where, fix="check its rights") from None
    if foreign is not None:
        message = f"holds {foreign}, which is no file of a {what} of ours"
        fix = "move it away, or name an empty or a new folder with --out"
        raise UsageError(message, place=where, fix=fix)


def _foreign(folder: Path, what: str) -> str | None:
    """The first file in ``folder`` that is not ours; None where all are, or there is none."""
    try:
        root = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        ours, derived = _site(root) if what == "site" else _release(root)
        return next((path for path, _, _ in _names(root, derived) if path not in ours), None)
    finally:
        os.close(root)


def _release(root: int) -> tuple[set[str], set[str]]:
    """What belongs to the release of ours in ``root``: files, and folders derived from them."""
    files = _there((MANIFEST, SUMS), root)
    if not _is_ours(files):
        return set(), set()
    return {MANIFEST, SUMS, *_listed(files)}, DERIVED


def _site(root: int) -> tuple[set[str], set[str]]:
    """What belongs to the site of ours in ``root``, likewise."""
    listed = _content(SITE_LIST, root)
    return (set() if listed is None else {SITE_LIST, *_lines(listed)}), set()


def _is_ours(files: Mapping[str, bytes]) -> bool:
    """Whether manifest or sums tell of our ontology; one may be spoilt, as by a merge."""
    # Not before it is needed: whoever only reads and writes folders has no graph library to load.
    from milia_onto.model.namespaces import BASE

    with suppress(ValueError, KeyError, TypeError, RecursionError):
        if json.loads(files[MANIFEST])["ontology"] == BASE:
            return True
    return {MANIFEST, *FULL} <= _summed(files)


def _summed(files: Mapping[str, bytes]) -> set[str]:
    return {match[1] for line in _lines(files.get(SUMS, b"")) if (match := SUM.fullmatch(line))}


def _listed(files: Mapping[str, bytes]) -> set[str]:
    """The paths that the manifest or the sums name."""
    found = _summed(files)
    with suppress(ValueError, KeyError, TypeError, RecursionError):
        found.update(json.loads(files[MANIFEST])["files"])
    return found


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8", "replace").split("\n")


def _there(names: tuple[str, ...], root: int) -> dict[str, bytes]:
    found = {name: _content(name, root) for name in names}
    return {name: data for name, data in found.items() if data is not None}


def _content(name: str, folder: int) -> bytes | None:
    """The bytes of a regular file, or None for what is none: pipes would have us wait."""
    try:
        if not stat.S_ISREG(os.stat(name, dir_fd=folder).st_mode):
            return None
        with open(os.open(name, os.O_RDONLY, dir_fd=folder), "rb") as handle:  # noqa: PTH123
            return handle.read()
    except OSError as error:
        if error.errno in NOTHING_THERE:
            return None
        raise


def _names(root: int, derived: set[str]) -> Iterator[tuple[str, str, int]]:
    """All that is no folder below ``root``: its path, its name, and the folder it is in.

    The folders ``derived``, and what helps to replace them (``.site.lock``), are passed over.
    """
    for above, below, names, here in os.fwalk(".", dir_fd=root, onerror=_tell):
        if above == ".":
            for inside in (below, names):
                inside[:] = [name for name in inside if not _is_derived(name, derived)]
        below.sort()
        for name in sorted([*names, *(each for each in below if _is_link(each, here))]):
            yield Path(above, name).as_posix(), name, here


def _tell(error: OSError) -> None:
    if error.errno not in NOTHING_THERE:
        raise error


def _is_derived(name: str, derived: set[str]) -> bool:
    return name in derived or any(name.startswith(f".{each}.") for each in derived)


def _is_link(name: str, folder: int) -> bool:
    return stat.S_ISLNK(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
