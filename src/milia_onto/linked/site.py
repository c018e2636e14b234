"""All addresses of a site: the things, their documents, the files of each version, the pages."""

from __future__ import annotations

import hashlib
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, Protocol

from milia_onto.linked import table
from milia_onto.linked.describe import Descriptions, variants_of
from milia_onto.model.layout import CONTEXT, MANIFEST, SUMS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from milia_onto.linked.resources import Resource
    from milia_onto.linked.table import Variant
    from milia_onto.model.values import Release

INDEX = "index.html"
# They speak of the files of one version by name; the documents at the top have the same names.
OF_A_VERSION = {MANIFEST, SUMS}
KEPT = 1024


class PageSource(Protocol):
    """The pages for people, and what they need."""

    def paths(self) -> Iterable[str]:
        """The path of every page and every file that pages use."""

    def render(self, path: str) -> bytes | None:
        """The bytes at ``path``, or None where there is nothing."""


class NoPages:
    """A site of data alone."""

    def paths(self) -> Iterable[str]:
        """No path."""
        return ()

    def render(self, path: str) -> bytes | None:  # noqa: ARG002
        """Nothing."""
        return None


class Document(NamedTuple):
    """What is at an address: bytes, their Content-Type, how long they may be kept, their tag.

    ``about`` is the thing the document describes, and ``variant`` its form, where it is about one.
    """

    body: bytes
    content_type: str
    cache: str
    tag: str
    about: Resource | None = None
    variant: Variant | None = None


class Site:
    """The addresses of one release, and of the versions before it where they are given."""

    def __init__(
        self,
        release: Release,
        pages: PageSource | None = None,
        *,
        archive: Sequence[Release] = (),
        default: Variant = table.RDFXML,
    ) -> None:
        self.current = Descriptions(release)
        self.pages = pages or NoPages()
        self.page_paths = frozenset(self.pages.paths())
        self.default = default
        self.things = dict(self.current.resources)
        self.editions = {d.version: d for d in (*map(Descriptions, archive), self.current)}
        for edition in self.editions.values():
            versions = {p: r for p, r in edition.resources.items() if r.kind == "version"}
            self.things |= versions
        self._kept: dict[str, Document] = {}
        self._keeping = Lock()

    def thing(self, path: str) -> Resource | None:
        """The thing whose IRI has the path, or None."""
        return self.things.get(path)

    def variants(self, thing: Resource) -> tuple[Variant, ...]:
        """The forms its document is there in, in the order in which they are preferred."""
        there = [v for v in variants_of(thing.kind) if v != table.HTML or self._has_page(thing)]
        return tuple(sorted(there, key=lambda v: v != self.default))

    def _has_page(self, thing: Resource) -> bool:
        return address(thing, table.HTML) in self.page_paths

    def neighbours(self, thing: Resource) -> tuple[str, str]:
        """The versions before and after a version, by path; "" where there is none."""
        _, version, *product = thing.path.split("/")
        order = sorted(self.editions)
        at = order.index(version)
        around = (order[at - 1] if at else "", order[at + 1] if at + 1 < len(order) else "")
        before, after = ("/".join(["releases", v, *product]) if v else "" for v in around)
        return before, after

    def is_at_hand(self, path: str) -> bool:
        """Whether the answer for the path needs no document to be made first."""
        return path in self._kept or path in self.things

    def warm(self) -> None:
        """Make one document of each form, so that no client waits for what all of them need."""
        term = next((thing for thing in self.things.values() if thing.kind == "term"), None)
        if term:
            for variant in self.variants(term):
                self.document(address(term, variant))

    def document(self, path: str) -> Document | None:
        """What is at the path, or None. The documents made last are kept."""
        found = self._kept.get(path)
        if found is None:
            found = self.make(path)
            if found is not None:
                with self._keeping:
                    self._kept[path] = found
                    while len(self._kept) > KEPT:
                        del self._kept[next(iter(self._kept))]
        return found

    def make(self, path: str) -> Document | None:
        """What is at the path, or None; made for this call and not kept."""
        about = self._about(path)
        if about:
            return about
        file = self._file(path)
        if file is not None:
            return file
        page = self.pages.render(path) if path in self.page_paths else None
        return _document(page, table.content_type(path), table.MOMENT) if page is not None else None

    def _about(self, path: str) -> Document | None:
        """The document about a thing at ``path``."""
        for suffix, variant in table.BY_SUFFIX.items():
            if not path.endswith(suffix):
                continue
            stem = path[: -len(suffix)]
            thing = self.things.get("" if stem == _stem(variant) else stem)
            if thing and not thing.fragment and address(thing, variant) == path:
                return self._written(thing, variant, path)
        return None

    def _written(self, thing: Resource, variant: Variant, path: str) -> Document | None:
        if variant not in self.variants(thing):
            return None
        cache = table.FOREVER if thing.kind == "version" else table.MOMENT
        if variant == table.HTML:
            cache = table.MOMENT
            body = self.pages.render(path) or b""
        else:
            edition = self._edition(thing)
            body = edition.document(thing.path, variant.suffix)
        return _document(body, table.with_charset(variant.media_type), cache, thing, variant)

    def _edition(self, thing: Resource) -> Descriptions:
        if thing.kind == "version":
            return self.editions[thing.path.split("/")[1]]
        return self.current

    def _file(self, path: str) -> Document | None:
        """A file of the release, or of one of the versions under ``releases/``."""
        start, _, rest = path.partition("/")
        version, _, name = rest.partition("/")
        if start == "releases" and version in self.editions:
            body, cache = self.editions[version].release.files.get(name), table.FOREVER
        elif path in OF_A_VERSION:
            return None
        else:
            body = self.current.release.files.get(path)
            cache = table.DAY if path == CONTEXT else table.MOMENT
        return _document(body, table.content_type(path), cache) if body is not None else None

    def paths(self) -> Iterator[str]:
        """The path of everything that is here, each once, in order."""
        found = set(self.page_paths)
        for thing in self.things.values():
            if not thing.fragment:
                found |= {address(thing, variant) for variant in self.variants(thing)}
        found |= self.current.release.files.keys() - OF_A_VERSION
        for version, edition in self.editions.items():
            found |= {f"releases/{version}/{name}" for name in edition.release.files}
        yield from sorted(found)


def _document(
    body: bytes,
    content_type: str,
    cache: str,
    about: Resource | None = None,
    variant: Variant | None = None,
) -> Document:
    # A strong entity tag: the beginning of the SHA-256 of the bytes (RFC 9110, 8.8.3).
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return Document(body, content_type, cache, tag, about, variant)


def address(thing: Resource, variant: Variant) -> str:
    """The path of the document about a thing in one of its forms."""
    if thing.kind == "ontology":
        return _stem(variant) + variant.suffix
    return thing.document + variant.suffix


def _stem(variant: Variant) -> str:
    """What the ontology's own documents are called: it has no name below the base."""
    return INDEX.removesuffix(table.HTML.suffix) if variant == table.HTML else "milia"
