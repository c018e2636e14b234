"""VoID and DCAT: what the release holds and what can be downloaded, as data.

VoID (W3C Interest Group Note, 2011): statistics and partitions; DCAT 3: dataset, version,
distributions with media type, size and checksum.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from milia_onto.model import namespaces as ns
from milia_onto.model.formats import media_type_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from milia_onto.model.values import Products

INTEGER = NamedNode(ns.NAMESPACES["xsd"] + "integer")
MEDIA = "https://www.iana.org/assignments/media-types/"
COPIED = (
    "dcterms:title",
    "dcterms:description",
    "dcterms:license",
    "dcterms:creator",
    "dcterms:publisher",
    "dcterms:created",
    "dcterms:issued",
    "dcterms:modified",
    "dcterms:bibliographicCitation",
)


def media_type(path: str) -> str:
    """The media type of a release file. Raises ValueError where its suffix has none."""
    kind = media_type_of(path)
    if kind is None:
        raise ValueError(f"{path}: the suffix has no media type in model.formats")
    return kind


def _count(number: int) -> Literal:
    return Literal(str(number), datatype=INTEGER)


def description(products: Products, files: Mapping[str, bytes]) -> list[Triple]:
    """The dataset with its statistics, partitions, link sets and one distribution a file."""
    dataset = NamedNode(products.header.version_iri)
    whole = NamedNode(products.header.iri)
    triples = [
        Triple(dataset, ns.RDF_TYPE, ns.named("void:Dataset")),
        Triple(dataset, ns.RDF_TYPE, ns.named("dcat:Dataset")),
        Triple(dataset, ns.named("dcterms:isVersionOf"), whole),
        Triple(dataset, ns.named("dcat:version"), Literal(products.header.version)),
        Triple(dataset, ns.named("void:uriSpace"), Literal(ns.OWN)),
        Triple(dataset, ns.named("void:triples"), _count(len(products.full))),
    ]
    wanted = {ns.named(curie) for curie in COPIED}
    triples += [
        Triple(dataset, t.predicate, t.object)
        for t in products.full
        if t.subject == whole and t.predicate in wanted
    ]
    triples += _partitions(dataset, products)
    triples += _link_sets(dataset, products)
    for path, data in sorted(files.items()):
        triples += _distribution(dataset, path, data)
    return triples


def _partitions(dataset: NamedNode, products: Products) -> Iterable[Triple]:
    types: dict[object, list[NamedNode]] = defaultdict(list)
    instances: Counter[NamedNode] = Counter()
    uses: Counter[NamedNode] = Counter()
    by_class: dict[NamedNode, Counter[NamedNode]] = defaultdict(Counter)
    for triple in products.full:
        uses[triple.predicate] += 1
        if triple.predicate == ns.RDF_TYPE and isinstance(triple.object, NamedNode):
            types[triple.subject].append(triple.object)
            instances[triple.object] += 1
    for triple in products.full:
        for cls in types[triple.subject]:
            by_class[cls][triple.predicate] += 1
    subjects = {triple.subject for triple in products.full}
    yield Triple(dataset, ns.named("void:distinctSubjects"), _count(len(subjects)))
    yield Triple(dataset, ns.named("void:properties"), _count(len(uses)))
    yield Triple(dataset, ns.named("void:classes"), _count(len(instances)))
    for predicate, number in sorted(uses.items(), key=lambda item: item[0].value):
        yield from _property_partition(dataset, predicate, number)
    for cls, number in sorted(instances.items(), key=lambda item: item[0].value):
        node = BlankNode()
        yield Triple(dataset, ns.named("void:classPartition"), node)
        yield Triple(node, ns.named("void:class"), cls)
        yield Triple(node, ns.named("void:entities"), _count(number))
        for predicate, used in sorted(by_class[cls].items(), key=lambda item: item[0].value):
            yield from _property_partition(node, predicate, used)


def _property_partition(
    owner: NamedNode | BlankNode, predicate: NamedNode, number: int
) -> Iterable[Triple]:
    node = BlankNode()
    yield Triple(owner, ns.named("void:propertyPartition"), node)
    yield Triple(node, ns.named("void:property"), predicate)
    yield Triple(node, ns.named("void:triples"), _count(number))


def _link_sets(dataset: NamedNode, products: Products) -> Iterable[Triple]:
    """A VoID link set for each pair of SKOS match and target vocabulary."""
    matches: Counter[tuple[str, str, NamedNode]] = Counter()
    for triple in products.full:
        if triple.predicate.value.endswith("Match") and isinstance(triple.object, NamedNode):
            parts = products.prefixes.split(triple.object.value)
            if parts:
                namespace = products.prefixes.by_name[parts[0]].namespace
                matches[parts[0], namespace, triple.predicate] += 1
    for (_, namespace, predicate), number in sorted(
        matches.items(), key=lambda item: (item[0][0], item[0][2].value)
    ):
        node, target = BlankNode(), BlankNode()
        yield Triple(dataset, ns.named("void:subset"), node)
        yield Triple(node, ns.RDF_TYPE, ns.named("void:Linkset"))
        yield Triple(node, ns.named("void:subjectsTarget"), dataset)
        yield Triple(node, ns.named("void:objectsTarget"), target)
        yield Triple(target, ns.named("void:uriSpace"), Literal(namespace))
        yield Triple(node, ns.named("void:linkPredicate"), predicate)
        yield Triple(node, ns.named("void:triples"), _count(number))


def _distribution(dataset: NamedNode, path: str, data: bytes) -> Iterable[Triple]:
    address = NamedNode(f"{dataset.value}/{path}")
    checksum = BlankNode()
    digest = Literal(hashlib.sha256(data).hexdigest())
    yield Triple(dataset, ns.named("dcat:distribution"), address)
    yield Triple(address, ns.RDF_TYPE, ns.named("dcat:Distribution"))
    yield Triple(address, ns.named("dcterms:title"), Literal(path))
    yield Triple(address, ns.named("dcat:downloadURL"), address)
    yield Triple(address, ns.named("dcat:mediaType"), NamedNode(MEDIA + media_type(path)))
    yield Triple(address, ns.named("dcat:byteSize"), _count(len(data)))
    yield Triple(address, ns.named("spdx:checksum"), checksum)
    yield Triple(checksum, ns.named("spdx:algorithm"), ns.named("spdx:checksumAlgorithm_sha256"))
    yield Triple(checksum, ns.named("spdx:checksumValue"), digest)
