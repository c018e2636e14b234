"""Rules for hosts of files alone: ``_redirects`` and ``_headers``, as Netlify and others read them.

Such a host cannot look at Accept, and shows ``a.html`` at ``a``: a thing's own address is its page,
which names the other forms; clients that come by way of w3id.org are sent to the right one there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.linked import table
from milia_onto.linked.hosts import parts
from milia_onto.linked.site import address
from milia_onto.model.formats import FOLDER_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.linked.site import Site

WHOLES = ("claim", "mappings")


def redirects(site: Site) -> str:
    """``_redirects``: from each thing without a page to its document, from a part to its whole.

    None leads to the page of a thing. Some hosts send who asks for ``a.html`` back to ``a``, and
    the two would go on for ever.
    """
    return "".join(f"{source} {target} 303\n" for source, target in _redirects(site))


def _redirects(site: Site) -> Iterator[tuple[str, str]]:
    for path, target in table.WELL_KNOWN.items():
        yield f"/{path}", f"/{target}"
    things = [t for t in site.things.values() if t.path and not t.fragment]
    for thing in sorted(things, key=lambda t: t.path):
        forms = site.variants(thing)
        if table.HTML not in forms:
            yield f"/{thing.path}", f"/{address(thing, forms[0])}"
    # Last: after one with a placeholder some hosts take no more than a hundred.
    for whole in WHOLES:
        yield f"/{whole}/:whole/:part", f"/{whole}/:whole.html#:part"


def headers(site: Site) -> str:
    """``_headers``: by path, what is sent with it."""
    licence = f'<{table.LICENSE}>; rel="license"'
    everywhere = {**table.ALWAYS, "Cache-Control": table.MOMENT, "Link": licence}
    lines = list(_block("/*", everywhere))
    # What a folder says of such a file would be sent beside what is said here; hosts know JSON.
    left_out = {suffix.removeprefix(".") for _, suffix in FOLDER_TYPES}
    for suffix, media_type in parts.types():
        if suffix not in left_out:
            lines += _block(f"/*.{suffix}", {"Content-Type": table.with_charset(media_type)})
    lines += _block("/releases/*", {"Cache-Control": table.FOREVER})
    for thing in site.things.values():
        if thing.kind == "version":
            # The page, at both of its addresses.
            for page in (thing.path, address(thing, table.HTML)):
                lines += _block(f"/{page}", {"Cache-Control": table.MOMENT})
            for (folder, _), media_type in FOLDER_TYPES.items():
                lines += _block(f"/{thing.path}/{folder}/*", {"Content-Type": media_type})
    lines += _block("/context.jsonld", {"Cache-Control": table.DAY})
    lines += _block(f"/{table.ENGINE}", {"Content-Security-Policy": table.ENGINE_CSP})
    return "\n".join(lines) + "\n"


def _block(path: str, sent: dict[str, str]) -> Iterator[str]:
    yield path
    # A rule that is stated later replaces the header, which these hosts would else send twice.
    for name, value in sent.items():
        if path != "/*" and name in {"Cache-Control", "Content-Security-Policy"}:
            yield f"  ! {name}"
        yield f"  {name}: {value}"
