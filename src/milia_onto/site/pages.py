"""All pages of a release, each made when it is asked for."""

from __future__ import annotations

import pkgutil
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, Undefined
from jinja2.utils import missing

from milia_onto.model import namespaces as ns
from milia_onto.model.values import Release
from milia_onto.site import claims, schema_org, sources, vocabulary
from milia_onto.site.book import Book
from milia_onto.site.editor import EDITOR_DATA, editor_data
from milia_onto.site.links import IMPORTED, RDF, Links, Places, breakable
from milia_onto.site.listings import LISTINGS, PRODUCTS
from milia_onto.site.search import index
from milia_onto.site.texts import first, ids, texts
from milia_onto.site.views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SEARCH_INDEX = "search.json"
ASSETS = "assets/"
OWN_ASSETS = ("site.css",)
NAVIGATION = (
    ("tree.html", "Tree"),
    ("claims.html", "Claims"),
    ("contradictions.html", "Contradictions"),
    ("sources.html", "Sources"),
    ("mappings.html", "Mappings"),
    ("questions.html", "Questions"),
    ("sparql.html", "SPARQL"),
)


class Absent(Undefined):
    """A key that a node of the release need not have; a misspelt variable is an error."""

    def __init__(
        self, hint: str | None = None, obj: Any = missing, *more: Any, **named: Any
    ) -> None:
        super().__init__(hint, obj, *more, **named)
        if obj is missing:
            self._fail_with_undefined_error()


class Pages:
    """The pages of a release by path, with what they need beside the files of the release.

    ``scripts`` are the files of ``assets/`` that need Node to be made, by their name there; the
    pages are whole without them. Raises ContentError where the release cannot be read.
    """

    def __init__(self, release: Release, scripts: Mapping[str, bytes]) -> None:
        self.book = Book(release)
        self.places = Places(self.book)
        self._scripts = {ASSETS + name: data for name, data in scripts.items()}
        self.routes = self._pages()
        """The template and the subject of each page."""
        self._templates = Environment(
            loader=PackageLoader("milia_onto.site"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=Absent,
        )
        self._templates.globals |= {
            "book": self.book,
            "navigation": NAVIGATION,
            "scripts": frozenset(scripts),
            "version_page": f"releases/{self.book.version}.html",
            "first": first,
            "ids": ids,
            "texts": texts,
            "figure": claims.figure,
            "breakable": breakable,
            "kind_of_source": sources.kind,
            "meaning": vocabulary.meaning,
            "tier_of": sources.tier,
            "tiers": sources.TIERS,
        }

    def paths(self) -> Iterable[str]:
        """Everything that ``render`` makes."""
        own = [ASSETS + name for name in OWN_ASSETS]
        more = [EDITOR_DATA, *self._scripts] if self._scripts else []
        return [*self.routes, SEARCH_INDEX, *own, *more]

    def render(self, path: str) -> bytes | None:
        """A page, the search index or an asset; None where there is no such path."""
        if path in self.routes:
            return self._page(path)
        if path == SEARCH_INDEX:
            return index(self.book, self.places)
        if path == EDITOR_DATA and self._scripts:
            return editor_data(Release(self.book.files))
        if path.removeprefix(ASSETS) in OWN_ASSETS and path.startswith(ASSETS):
            return pkgutil.get_data("milia_onto.site", path)
        return self._scripts.get(path)

    def _page(self, path: str) -> bytes:
        name, key = self.routes[path]
        links = Links(self.book, self.places, path)
        values = VIEWS[name](self.book, links, key)
        values |= {
            "links": links,
            "url": links.url,
            "ref": links.ref,
            "out": links.out,
            "canonical": ns.OWN + ("" if path == "index.html" else path),
            "alternates": self.alternates(path),
            "describes": values.get("iri", ns.BASE if path == "index.html" else ""),
            "data": schema_org.block(values["schema"]),
        }
        return self._templates.get_template(f"{name}.html").render(values).encode()

    def _pages(self) -> dict[str, tuple[str, str]]:
        book = self.book
        found: dict[str, tuple[str, str]] = {f"{name}.html": (name, "") for name in LISTINGS}
        templates = {
            "claim": "claim",
            "source": "source",
            "mappings": "mapping_set",
            "vocab": "vocabulary",
        }
        for path, id_ in self.places.pages().items():
            prefix = id_.partition(":")[0]
            found[path] = (templates.get(prefix, "term"), id_)
        found["index.html"] = ("index", "")
        if "project.html" in found:
            found["project.html"] = ("project", f"{ns.BASE}/project")
        found |= {f"queries/{name}.html": ("question", name) for name in book.questions.by_name}
        found |= {f"shapes/{name}.html": ("shape", name) for name in book.shapes.by_name}
        found |= {f"shapes/{name}.html": ("check", name) for name in book.shapes.checks}
        release = f"releases/{book.version}"
        found[f"{release}.html"] = ("version", "")
        for part in filter(None, PRODUCTS):
            found[f"{part}.html"] = ("product", part)
            found[f"{release}/{part}.html"] = ("product", f"{release}/{part}")
        return found

    def alternates(self, path: str) -> list[tuple[str, str, str]]:
        """The other forms of what a page tells: address, media type, name of the form."""
        if path == "contradictions.html":
            return [("conflicts.tsv", "text/tab-separated-values", "TSV")]
        stem = "milia" if path == "index.html" else path.removesuffix(".html")
        known = stem in {"milia", "shapes"} or path not in {f"{name}.html" for name in LISTINGS}
        if not known or path.startswith(IMPORTED):
            return []
        found = [(stem + suffix, media, name) for suffix, name, media in RDF]
        if path.startswith("mappings/"):
            found.append((f"{stem}.sssom.tsv", "text/tab-separated-values", "SSSOM"))
        if path.startswith("queries/"):
            found.append((f"{stem}.rq", "application/sparql-query", "SPARQL"))
        return found
