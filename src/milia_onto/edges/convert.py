"""RDF files from one syntax to another, streamed; the output appears whole or not at all."""

from __future__ import annotations

import io
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from milia_onto.edges.locate import standard_input
from milia_onto.edges.wellformed import NEEDS_CONTENT, bounded, check_complete, held_back
from milia_onto.edges.write_whole import spooled, whole
from milia_onto.model.errors import ContentError, SurroundingsError, UsageError
from milia_onto.model.namespaces import NAMESPACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from milia_onto.model.formats import Format

# JSON-LD 1.1 and Notation3 have no syntax for them.
WITHOUT_TRIPLE_TERMS = ("jsonld", "n3")


def _target(out: str | None, stdout: BinaryIO) -> AbstractContextManager[IO[bytes]]:
    return spooled(stdout) if out is None else whole(Path(out))


@contextmanager
def _input(path: str) -> Iterator[IO[bytes]]:
    if path == "-":
        yield standard_input()
        return
    try:
        handle = Path(path).open("rb")  # noqa: SIM115
    except OSError as error:
        fix = "check the path and its rights"
        raise SurroundingsError(f"cannot be read: {error.strerror}", place=path, fix=fix) from None
    with handle:
        yield handle


def convert(
    source: str,
    formats: tuple[Format, Format],
    out: str | None,
    stdout: BinaryIO,
    *,
    base: str | None,
) -> None:
    """Write the graph or dataset of ``source`` from the first of ``formats`` to the second.

    Raises ContentError for input that is not in its syntax, or holds named graphs or RDF 1.2
    triple terms where ``to`` cannot; SurroundingsError where a file cannot be read or written;
    UsageError for a bad base.
    """
    from_, to = formats
    try:
        with _input(source) as handle, _target(out, stdout) as sink, bounded(source):
            if from_.name in NEEDS_CONTENT:
                data = handle.read()
                check_complete(source, data, from_)
                handle = io.BytesIO(data)  # noqa: PLW2901
            else:
                handle = held_back(handle, source, from_)  # noqa: PLW2901
            quads = ox.parse(
                handle, format=ox.RdfFormat.from_media_type(from_.media_type), base_iri=base
            )
            prefixes = {"": NAMESPACES["MILIA"]} | NAMESPACES if to.holds == "graph" else None
            ox.serialize(
                _statements(quads, source, to),
                output=sink,
                format=ox.RdfFormat.from_media_type(to.media_type),
                prefixes=prefixes,
            )
    except SyntaxError as error:
        line = f":{error.lineno}" if error.lineno else ""
        message = f"not {from_.name}: {error.msg}"
        raise ContentError(message, place=f"{source}{line}", fix="correct it there") from None
    except ValueError as error:
        raise UsageError(str(error), place=base or source, fix="give an absolute IRI") from None


def _statements(
    quads: Iterable[ox.Quad], source: str, to: Format
) -> Iterator[ox.Quad] | Iterator[ox.Triple]:
    default = ox.DefaultGraph()
    for quad in quads:
        if to.name in WITHOUT_TRIPLE_TERMS and isinstance(quad.object, ox.Triple):
            message = f"holds the RDF 1.2 triple term <<( {quad.object} )>>, which {to.name} cannot"
            raise ContentError(message, place=source, fix="convert to nquads, trig or turtle")
        if to.holds == "dataset":
            yield quad
            continue
        if quad.graph_name != default:
            message = f"holds the named graph {quad.graph_name}, which {to.name} cannot"
            raise ContentError(message, place=source, fix="convert to nquads, trig or jsonld")
        yield quad.triple
