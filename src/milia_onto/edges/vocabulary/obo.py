"""OBO flat files, format 1.2 and 1.4: the ``[Term]`` stanzas."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from milia_onto.edges.vocabulary.identifiers import OBO
from milia_onto.edges.vocabulary.source import lines, malformed
from milia_onto.link.record import Name, Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from milia_onto.edges.vocabulary.identifiers import Identifiers

TAG = re.compile(r"([\w-]+):\s*(.*)")
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"\s*(\w*)')
ESCAPE = re.compile(r"\\(.)")
SCOPES = {"EXACT": "exact", "BROAD": "broad", "NARROW": "narrow", "RELATED": "related"}
# The tags that name other terms; behind an identifier may stand a comment.
OTHERS = ("replaced_by", "consider", "alt_id", "is_a")
Stanza = list[tuple[int, str, str]]


def read_obo(path: Path, ids: Identifiers) -> Iterator[Record]:
    """The terms of an OBO file. Raises ContentError where a line is not OBO."""
    stanza: Stanza = []
    kind, start = "header", 1
    for number, text in lines(path):
        line = text.strip()
        if line.startswith("["):
            if not re.fullmatch(r"\[\w+\]", line):
                raise malformed(path, number, "not OBO: a stanza begins with [Term]")
            yield from _finished(kind, stanza, ids, path, start)
            kind, stanza, start = line[1:-1], [], number
        elif line and not line.startswith("!"):
            tag = TAG.match(line)
            if not tag:
                raise malformed(path, number, "not OBO: a line is “tag: value”")
            if kind == "header" and tag[1] == "idspace":
                name, _, rest = tag[2].partition(" ")
                ids.declare(name, rest.split(" ")[0])
            stanza.append((number, tag[1], tag[2]))
    yield from _finished(kind, stanza, ids, path, start)


def _finished(
    kind: str, stanza: Stanza, ids: Identifiers, path: Path, start: int
) -> Iterator[Record]:
    if kind != "Term":
        return
    id_ = next((value for _, tag, value in stanza if tag == "id"), "")
    if not id_:
        raise malformed(path, start, "not OBO: a [Term] without id")
    names: list[Name] = []
    said: dict[str, list[str]] = defaultdict(list)
    for number, tag, value in stanza:
        if tag == "name":
            names.insert(0, Name(_plain(value), "label"))
        elif tag == "synonym":
            quoted = QUOTED.match(value)
            if not quoted:
                raise malformed(path, number, "not OBO: the synonym is not quoted")
            names.append(Name(_plain(quoted[1]), SCOPES.get(quoted[2], "related")))
        else:
            said[tag].append(value)
    place = f"{path}:{start}"
    prefix = id_.partition(":")[0]
    if re.fullmatch(r"\w+", prefix):  # without an idspace, OBO's own address (OBO 1.4, 5.9.2)
        ids.declare(prefix, f"{OBO}{prefix}_")
    definition = QUOTED.match(next(iter(said["def"]), ""))
    curie = ids.curie(id_.split(" ")[0], place)
    replaced, consider, merged, parents = (
        tuple(ids.reference(value.split(" ")[0]) for value in said[tag] if value) for tag in OTHERS
    )
    yield Record(
        curie,
        tuple(names),
        tuple(ids.xref(xref.split(" ")[0]) for xref in said["xref"]),
        next(iter(said["is_obsolete"]), "").startswith("true"),
        replaced,
        _plain(definition[1]) if definition else "",
        start,
        consider,
        merged,
        parents,
    )


def _plain(text: str) -> str:
    return ESCAPE.sub(r"\1", text).strip()
