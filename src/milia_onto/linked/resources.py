"""Every IRI below the base that a release describes, and the document that describes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from milia_onto.linked.index import Index, held
from milia_onto.model import namespaces as ns
from milia_onto.model.layout import MANIFEST
from milia_onto.publish.manifest import stated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from milia_onto.model.values import Release

TRUE = Literal("true", datatype=NamedNode(ns.NAMESPACES["xsd"] + "boolean"))
PRODUCTS = ("base", "skos")
# Path below the base: what kind of thing it is. Parts are described in the document of their whole.
KINDS = (
    (re.compile(r"MILIA_\d{7}"), "term"),
    (re.compile(r"claim/[^/]+"), "claim"),
    (re.compile(r"(claim/[^/]+)/([^/]+)"), "part"),
    (re.compile(r"source/[^/]+"), "source"),
    (re.compile(r"mappings/[^/]+"), "mappings"),
    (re.compile(r"(mappings/[^/]+)/([^/]+)"), "mapping"),
    (re.compile(r"vocab/[^/]+"), "vocab"),
    (re.compile(r"queries/[^/]+"), "query"),
    (re.compile(r"shapes(?:/[^/]+)?"), "shape"),
    (re.compile(r"project"), "project"),
)


class Resource(NamedTuple):
    """A thing with an IRI of ours.

    ``path`` is the IRI below the base, "" for the ontology; ``document`` the path of its RDF
    documents without suffix; ``fragment`` where in the page it is told, "" for its beginning;
    ``replaced_by`` the IRI that stands in for a deprecated one.
    """

    path: str
    kind: str
    label: str
    document: str
    fragment: str = ""
    deprecated: bool = False
    replaced_by: str = ""

    @property
    def iri(self) -> str:
        """The IRI of the thing."""
        return f"{ns.BASE}/{self.path}" if self.path else ns.BASE


def resources(release: Release) -> Mapping[str, Resource]:
    """Every resource that the release describes, by path."""
    return resources_of(release, Index(release))


def resources_of(release: Release, index: Index) -> dict[str, Resource]:
    """The same over an index that is there already."""
    found = {r.path: r for r in _whole(version_of(release), index)}
    subjects = {t.subject for t in index.match(None, ns.RDF_TYPE, None)}
    named = (n.value for n in subjects if isinstance(n, NamedNode))
    for path in sorted(iri[len(ns.OWN) :] for iri in named if iri.startswith(ns.OWN)):
        resource = _resource(path, index)
        if resource:
            found[path] = resource
    return found


def version_of(release: Release) -> str:
    """The version of a release. Raises ContentError where its manifest does not tell."""
    return stated(held(release, MANIFEST), "version")


def _whole(version: str, index: Index) -> Iterator[Resource]:
    """The ontology, its products, and this version of each."""
    label = index.labels.get(ns.BASE, "Milia Ontology")
    yield Resource("", "ontology", label, "milia")
    yield Resource(f"releases/{version}", "version", f"{label} {version}", f"releases/{version}")
    for product in PRODUCTS:
        yield Resource(product, "product", f"{label}, {product}", product)
        path = f"releases/{version}/{product}"
        yield Resource(path, "version", f"{label} {version}, {product}", path)


def _resource(path: str, index: Index) -> Resource | None:
    for pattern, kind in KINDS:
        match = pattern.fullmatch(path)
        if not match:
            continue
        node = NamedNode(ns.OWN + path)
        label = index.labels.get(node.value, path.rsplit("/", 1)[-1])
        is_part = pattern.groups == 2
        whole, fragment = (match[1], match[2]) if is_part else (path, "")
        deprecated = any(index.match(node, ns.OWL_DEPRECATED, TRUE))
        instead = index.objects(node, ns.REPLACED_BY)
        replaced_by = instead[0].value if len(instead) == 1 else ""
        return Resource(path, kind, label, whole, fragment, deprecated, replaced_by)
    return None
