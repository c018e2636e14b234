"""The pages that list or offer: start page, lists, products, versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from milia_onto.model import namespaces as ns
from milia_onto.site import claims as told
from milia_onto.site import schema_org as schema
from milia_onto.site import search, sources, tree, vocabulary
from milia_onto.site.texts import first

if TYPE_CHECKING:
    from collections.abc import Callable

    from milia_onto.site.book import Book
    from milia_onto.site.links import Links

View: TypeAlias = "Callable[[Book, Links, str], dict[str, Any]]"

PRODUCTS = {
    "": (
        "The full ontology",
        "Everything: own and imported terms, inferred placements, mappings and claims.",
        "milia",
    ),
    "base": (
        "The base ontology",
        "The own asserted axioms alone, for those who import and reason for themselves.",
        "milia-base",
    ),
    "skos": (
        "The thesaurus",
        "The same terms as SKOS concepts, for tools that do not read OWL.",
        "milia-skos",
    ),
}


FOLDERS = {
    "": "The whole graph in four syntaxes, the other products, and what describes the release.",
    "mappings": "Mappings to other medical vocabularies in SSSOM, a set for each.",
    "fhir": "FHIR terminology for R4 and R5: code system, value sets, concept maps, a bundle.",
    "omop": "Vocabulary tables of the OMOP Common Data Model 5.4.",
    "tables": "The release as Parquet tables, with a data dictionary.",
    "triples": "The graph as N-Triples by kind of statement, for engines that do not know RDF.",
    "queries": "The questions with their queries, each an executable of SHACL.",
    "registry": "Records for registries, a prefix map, link sets in both directions.",
}


def folders(book: Book) -> list[tuple[str, str, list[str]]]:
    """The folders of a version, each with what it holds and its files; the root comes first."""
    found: dict[str, list[str]] = {name: [] for name in FOLDERS}
    for path in sorted(book.manifest["files"]):
        found.setdefault(path.rpartition("/")[0].partition("/")[0], []).append(path)
    return [(name, FOLDERS.get(name, ""), files) for name, files in found.items() if files]


def product(book: Book, _links: Links, name: str) -> dict[str, Any]:
    """A product of the current release: base or skos."""
    title, text, stem = PRODUCTS[name.rpartition("/")[2]]
    files = sorted(path for path in book.manifest["files"] if path.startswith(f"{stem}."))
    iri = f"{ns.OWN}{name}"
    return {
        "title": title,
        "text": text,
        "part": name.rpartition("/")[2],
        "iri": iri,
        "files": files,
        "schema": schema.dataset(book, iri, title, text, files),
    }


def version(book: Book, _links: Links, _name: str) -> dict[str, Any]:
    """A version with all its files."""
    iri = str(book.manifest["versionIRI"])
    files = sorted(book.manifest["files"])
    text = first(book.ontology.get("description"))
    name = f"{first(book.ontology.get('label'))}, version {book.version}"
    return {
        "title": f"Downloads of version {book.version}",
        "iri": iri,
        "files": files,
        "folders": folders(book),
        "products": [(part, *PRODUCTS[part]) for part in PRODUCTS],
        "schema": schema.dataset(book, iri, name, text, files),
    }


def start(book: Book, _links: Links, _name: str) -> dict[str, Any]:
    """The start page."""
    header = book.ontology
    name, text = first(header.get("title")), first(header.get("description"))
    files = [path for path in book.manifest["files"] if "/" not in path]
    return {
        "title": name,
        "root": book.nodes.get(tree.ROOT),
        "root_id": tree.ROOT,
        "kinds": book.children.get(tree.ROOT, []),
        "all_kinds": len(tree.descendants(book, tree.ROOT)),
        "text": text,
        "folders": {name for name, _, _ in folders(book)},
        "disputes": sum(1 for id_ in book.claims if book.nodes[id_].get("disputedBy")),
        "schema": schema.dataset(book, str(header["id"]), name, text, files),
    }


def listing(title: str, **more: Callable[[Book], Any]) -> View:
    """A page that lists: its title, and what else its template needs."""

    def view(book: Book, links: Links, _name: str) -> dict[str, Any]:
        values = {key: make(book) for key, make in more.items()}
        return {"title": title, **values, "schema": schema.page(book, title, links.page)}

    return view


LISTINGS: dict[str, View] = {
    "tree": listing("The tree", forest=tree.forest, opened=tree.opened),
    "search": listing("Search", alphabet=search.alphabet),
    "sparql": listing("Ask in SPARQL"),
    "contradictions": listing("Contradictions", themes=told.disputes),
    "claims": listing(
        "Claims",
        themes=lambda book: told.themes(book, book.claims),
        key=lambda book: {one: vocabulary.values(book, f"vocab:{one}") for one in told.JUDGED},
    ),
    "sources": listing("Sources", kinds=sources.by_kind),
    "mappings": listing("Mappings"),
    "questions": listing("Questions"),
    "vocab": listing("Vocabulary of claims"),
    "shapes": listing("Shapes and checks"),
    "404": listing("Not found"),
}
