"""What the endpoint answers from: the graphs of a release, or of files."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from milia_onto.edges.query import load
from milia_onto.model.formats import BY_NAME
from milia_onto.model.layout import CONTEXT, NTRIPLES
from milia_onto.model.namespaces import OWN
from milia_onto.publish.lookup import prefixes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pyoxigraph as ox

    from milia_onto.model.formats import Format
    from milia_onto.model.values import Release

    File = tuple[str, bytes, Format]


class Data(NamedTuple):
    """How to load the graphs, what the named ones are called, the prefixes; VoID in Turtle."""

    load: Callable[[], ox.Store]
    named_graphs: tuple[str, ...]
    prefixes: Mapping[str, str]
    void: bytes = b""


def of_release(release: Release) -> Data:
    """The graphs of a release: everything by default, two of its products by name."""
    turtle = BY_NAME["turtle"]
    named = {f"{OWN}{name}": f"milia-{name}.ttl" for name in ("base", "skos")}
    whole: list[File] = [(NTRIPLES, release.files[NTRIPLES], BY_NAME["nt"])]
    products = [(iri, (name, release.files[name], turtle)) for iri, name in named.items()]
    return Data(
        lambda: load(whole, products),
        tuple(named),
        prefixes_of(release.files[CONTEXT]),
        release.files["void.ttl"],
    )


def of_files(
    files: Sequence[File], graphs: Sequence[tuple[str, File]], prefixes: Mapping[str, str]
) -> Data:
    """Files for the default graph, and for named graphs by IRI."""
    return Data(lambda: load(files, graphs), tuple(dict(graphs)), prefixes)
