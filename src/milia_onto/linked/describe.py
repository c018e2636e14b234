"""The RDF documents of a release, made when they are asked for."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Triple

from milia_onto.linked import table
from milia_onto.linked.bounded import bounded, names
from milia_onto.linked.index import Index, held, parsed
from milia_onto.linked.resources import PRODUCTS, resources_of, version_of
from milia_onto.model import namespaces as ns
from milia_onto.model.layout import CONTEXT, NTRIPLES
from milia_onto.model.prefixes import Prefixes, prefixes_from_rows
from milia_onto.publish.lookup import prefixes_of
from milia_onto.serialise.jsonld import compact_document
from milia_onto.serialise.ntriples import ntriples
from milia_onto.serialise.rdfxml import rdfxml
from milia_onto.serialise.tree import Forest, Node, grow
from milia_onto.serialise.turtle import turtle

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from milia_onto.linked.resources import Resource
    from milia_onto.model.values import Release

MEDIA = "https://www.iana.org/assignments/media-types/"
VOID = "void.ttl"
# What is described by a graph of the release as a whole.
WHOLE = {"ontology", "product", "version"}
FOAF = "http://xmlns.com/foaf/0.1/"
SELECT, ASK, CONSTRUCT, DESCRIBE = (
    ns.named(f"sh:{form}") for form in ("select", "ask", "construct", "describe")
)


class Descriptions:
    """All documents about the things of one release. Built once; documents are made on demand."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self.version = version_of(release)
        self.version_iri = NamedNode(f"{ns.BASE}/releases/{self.version}")
        self.index = Index(release)
        self.resources = resources_of(release, self.index)
        rows = prefixes_of(held(release, CONTEXT)).items()
        self.prefixes = prefixes_from_rows((name, space, "", "") for name, space in rows)
        # The forms of one document are often asked for one after the other.
        self.graph = lru_cache(2)(self._graph)
        self._forest = lru_cache(1)(self._grown)

    def _graph(self, path: str) -> tuple[Triple, ...]:
        """The description of the resource at ``path``, sorted; the whole graph for a product.

        That of a version speaks of the version as well. Raises KeyError where there is no such
        resource.
        """
        resource = self.resources[path]
        if resource.kind in WHOLE:
            whole_graph = parsed(self.release, self._product(path))
            if resource.kind != "version":
                return whole_graph
            used = {t.predicate for t in whole_graph}
            # Who asks for the version in another profile is led to the product of it.
            about = dict.fromkeys((path, "/".join(path.split("/")[:2])))
            told = [t for each in about for t in self._version(self.resources[each], used)]
            return (*whole_graph, *told)
        whole = self.resources[resource.document]
        found = bounded(self.index, whole) | set(self._documents(whole))
        return tuple(sorted(found | set(names(self.index, found)), key=str))

    def document(self, path: str, suffix: str) -> bytes:
        """The document about the resource at ``path`` in the syntax of ``suffix``.

        Raises KeyError where the table has no such document.
        """
        resource = self.resources[path]
        variant = table.BY_SUFFIX[suffix]
        if variant == table.SSSOM:
            return self.release.files[f"{resource.document}{suffix}"]
        if variant == table.SPARQL:
            return self.query_text(path)
        if resource.kind in WHOLE:
            return self._whole(path, variant)
        return self._serialised(resource, variant)

    def query_text(self, path: str) -> bytes:
        """The text of a query, as an endpoint takes it. Raises KeyError where there is none."""
        node = NamedNode(self.resources[path].iri)
        for predicate in (SELECT, ASK, CONSTRUCT, DESCRIBE):
            for triple in self.index.match(node, predicate, None):
                return f"{str(getattr(triple.object, 'value', '')).rstrip()}\n".encode()
        raise KeyError(path)

    def _product(self, path: str) -> str:
        """The release file that holds the graph of the ontology, a product or a version."""
        product = path.rsplit("/", 1)[-1]
        return f"milia-{product}.ttl" if product in PRODUCTS else NTRIPLES

    def _whole(self, path: str, variant: table.Variant) -> bytes:
        resource = self.resources[path]
        stem = self._product(path).rsplit(".", 1)[0]
        published = self.release.files.get(f"{stem}{variant.suffix}")
        # No file of a release names the version as a thing of its own; the files themselves are
        # below the version, byte for byte.
        if published is not None and resource.kind != "version":
            return published
        return self._serialised(resource, variant)

    def _version(self, resource: Resource, used: Container[NamedNode]) -> Iterator[Triple]:
        """What is said of a version, with properties that its graph has: it keeps its profile."""
        thing = NamedNode(resource.iri)
        said = {
            Triple(thing, ns.RDFS_LABEL, Literal(resource.label, language="en")),
            Triple(thing, ns.named("owl:versionInfo"), Literal(self.version)),
            Triple(thing, ns.named("dcterms:license"), NamedNode(table.LICENSE)),
        }
        if VOID in self.release.files:
            said |= {t for t in parsed(self.release, VOID) if t.subject == thing}
            where = NamedNode(f"{self.version_iri.value}/{VOID}")
            yield Triple(thing, ns.named("rdfs:seeAlso"), where)
        yield from sorted(
            (t for t in said if t.predicate in used and t.predicate != ns.RDF_TYPE), key=str
        )

    def _grown(self, path: str) -> Forest:
        return _in_order(grow(self.graph(path)), self.resources[path].iri)

    def _serialised(self, resource: Resource, variant: table.Variant) -> bytes:
        if variant == table.NTRIPLES:
            return ntriples(self.graph(resource.path))
        if variant == table.RDFXML:
            triples = self.graph(resource.path)
            return rdfxml(triples, self._used(triples))
        # The tree of a whole graph is too large to be held for a form that may never be asked for.
        grown = self._grown if resource.kind in WHOLE else self._forest
        forest = grown(resource.path)
        if variant == table.JSONLD:
            return compact_document(forest, self.prefixes)
        title = f"{resource.label}: {resource.iri}, Milia Ontology {self.version}, CC BY 4.0"
        return turtle(forest, self.prefixes, self.index.labels, " ".join(title.split()))

    def _used(self, triples: Iterable[Triple]) -> Prefixes:
        """The prefixes that RDF/XML can write names with: those of properties and classes."""
        named = {t.predicate.value for t in triples}
        named |= {
            t.object.value
            for t in triples
            if t.predicate == ns.RDF_TYPE and isinstance(t.object, NamedNode)
        }
        used = {parts[0] for iri in named if (parts := self.prefixes.split(iri))}
        return Prefixes(tuple(row for row in self.prefixes.rows if row.name in used))

    def _documents(self, resource: Resource) -> Iterator[Triple]:
        """What the documents about a resource say of themselves, the same in each of them."""
        thing = NamedNode(resource.iri)
        for variant in variants_of(resource.kind):
            document = NamedNode(f"{ns.OWN}{resource.document}{variant.suffix}")
            yield Triple(document, ns.RDF_TYPE, NamedNode(f"{FOAF}Document"))
            yield Triple(document, NamedNode(f"{FOAF}primaryTopic"), thing)
            media_type = NamedNode(MEDIA + variant.media_type)
            yield Triple(document, ns.named("dcterms:format"), media_type)
            yield Triple(document, ns.named("dcterms:license"), NamedNode(table.LICENSE))
            yield Triple(document, ns.named("dcterms:isPartOf"), self.version_iri)
        label = Literal(f"Milia Ontology {self.version}", language="en")
        yield Triple(self.version_iri, ns.RDFS_LABEL, label)


def variants_of(kind: str) -> tuple[table.Variant, ...]:
    """The forms in which a resource of the kind has documents, in the order of the table."""
    extra = table.EXTRA.get(kind)
    return tuple(v for v in table.VARIANTS if v in table.RDF or v in {table.HTML, extra})


def _in_order(forest: Forest, iri: str) -> Forest:
    """The thing itself first, then what is its own, then all others, at last what is only named."""

    def rank(node: Node) -> tuple[bool, bool, bool]:
        name = node.name.value if node.name else ""
        only_named = all(p in {ns.RDF_TYPE, ns.RDFS_LABEL} for p, _ in node.pairs)
        return name != iri, only_named, not name.startswith(f"{iri}/")

    return Forest(sorted(forest.named, key=rank), forest.loose)
