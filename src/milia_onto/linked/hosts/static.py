"""Rules for hosts of files alone: ``_redirects`` and ``_headers``, as Netlify and others read them.

Such a host cannot look at Accept: a thing leads to its page, which names the other forms; clients
that come by way of w3id.org are sent to the right one there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.linked import table
from milia_onto.linked.hosts import parts
from milia_onto.linked.site import address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.linked.site import Site

# A host may take no more rules than some thousands: what matters most comes first.
ORDER = ("version", "product", "term", "vocab", "mappings", "source", "shape", "query", "claim")


def redirects(site: Site) -> str:
    """``_redirects``: from each thing to its page."""
    return "".join(f"{source} {target} 303\n" for source, target in _redirects(site))


def _redirects(site: Site) -> Iterator[tuple[str, str]]:
    for path, target in table.WELL_KNOWN.items():
        yield f"/{path}", f"/{target}"
    for whole in ("claim", "mappings"):
        yield f"/{whole}/:whole/:part", f"/{whole}/:whole.html#:part"
    rank = {kind: n for n, kind in enumerate(ORDER)}
    things = [t for t in site.things.values() if t.path and not t.fragment]
    for thing in sorted(things, key=lambda t: (rank.get(t.kind, 0), t.path)):
        forms = site.variants(thing)
        form = table.HTML if table.HTML in forms else forms[0]
        yield f"/{thing.path}", f"/{address(thing, form)}"


def headers(site: Site) -> str:
    """``_headers``: by path, what is sent with it."""
    licence = f'<{table.LICENSE}>; rel="license"'
    everywhere = {**table.ALWAYS, "Cache-Control": table.MOMENT, "Link": licence}
    lines = list(_block("/*", everywhere))
    for suffix, media_type in parts.types():
        lines += _block(f"/*.{suffix}", {"Content-Type": table.with_charset(media_type)})
    lines += _block("/releases/*", {"Cache-Control": table.FOREVER})
    for thing in site.things.values():
        if thing.kind == "version":
            page = f"/{address(thing, table.HTML)}"
            lines += _block(page, {"Cache-Control": table.MOMENT})
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
