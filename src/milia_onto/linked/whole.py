"""The whole site as files: what ``serve`` answers, laid out for a host, with the host's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.linked.answer import NOT_FOUND_PAGE, bare_page
from milia_onto.linked.hosts import apache, nginx, static, w3id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.linked.site import Site


def whole(site: Site, address: str = "") -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every file. ``address`` is where they will be, if w3id.org shall know."""
    there = set()
    for path in site.paths():
        # Each is asked for once: to keep them would take the memory of the largest ones together.
        document = site.make(path)
        if document is not None:
            there.add(path)
            yield path, document.body
    if NOT_FOUND_PAGE not in there:
        yield NOT_FOUND_PAGE, bare_page("Nothing is here.")
    for path, text in rules(site, address).items():
        yield path, text.encode()


def rules(site: Site, address: str = "") -> dict[str, str]:
    """The rules for every kind of host, by path."""
    found = {
        ".htaccess": apache.htaccess(site),
        # GitHub Pages: serve the files as they are, also those with a dot or a line in front.
        ".nojekyll": "",
        "_headers": static.headers(site),
        "_redirects": static.redirects(site),
        "hosts/nginx-http.conf": nginx.maps(site),
        "hosts/nginx-server.conf": nginx.server(),
    }
    if address:
        found["hosts/w3id.htaccess"] = w3id.htaccess(site, address.rstrip("/"))
    return found
