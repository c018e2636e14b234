"""HTTP semantics of the site, without a socket: a request in, a response out (RFC 9110)."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from milia_onto.linked import links, table
from milia_onto.linked.negotiate import choose, ranges
from milia_onto.linked.problem import MEDIA_TYPE as PROBLEM
from milia_onto.linked.problem import is_known, is_other, problem
from milia_onto.linked.site import address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milia_onto.linked.resources import Resource
    from milia_onto.linked.site import Document, Site
    from milia_onto.linked.table import Variant

NOT_FOUND_PAGE = "404.html"
MEDIA_TYPE, PROFILE = "_mediatype", "_profile"
# The fields of a request that an answer depends on.
FIELDS = ("accept", "if-match", "if-none-match")


class Request(NamedTuple):
    """A request: path decoded, query as it was sent, FIELDS of the header by name."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]


class Response(NamedTuple):
    """A response: status, headers in order, body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


def answer(request: Request, site: Site) -> Response:
    """What the site answers. Never raises, whatever the request holds."""
    if request.method == "OPTIONS":
        return _response(204, table.PREFLIGHT, b"")
    if request.method not in {"GET", "HEAD"}:
        found = _problem(405, "the site can only be read")
        return found._replace(headers=(("Allow", table.ALLOW), *found.headers))
    found = _get(request, site)
    return found._replace(body=b"") if request.method == "HEAD" else found


def _get(request: Request, site: Site) -> Response:
    path = request.path.removeprefix("/")
    thing = site.thing(path)
    if thing:
        return _see_other(request, thing, site)
    if path in table.WELL_KNOWN:
        return _redirect(f"/{table.WELL_KNOWN[path]}", request.query, {})
    document = site.document(path)
    if document is None:
        return _not_found(request, site)
    return _document(request, path, document, site)


def _see_other(request: Request, thing: Resource, site: Site) -> Response:
    """303 from a thing to the document that describes it (RFC 9110, 15.4.4), or 406."""
    wanted, query = _overrides(request.query)
    thing, refused = _profiled(thing, wanted, site)
    variants = site.variants(thing)
    if wanted.get(PROFILE) == "sssom":
        variants = tuple(v for v in variants if v == table.SSSOM)
    accept = wanted.get(MEDIA_TYPE, request.headers.get("accept"))
    # Of a header what is no media type is passed over; the query has been told one.
    refused_type = MEDIA_TYPE in wanted and not any(ranges(wanted[MEDIA_TYPE]))
    is_there = variants and not refused and not refused_type
    variant = _chosen(accept, variants) if is_there else None
    headers = {"Vary": "Accept", "Link": links.of_thing(thing, site)}
    if variant is None:
        what = "no such profile" if refused else "no such media type"
        return _not_acceptable(what, thing, site, headers)
    fragment = f"#{thing.fragment}" if thing.fragment and variant == table.HTML else ""
    return _redirect(f"/{address(thing, variant)}", query, headers, fragment)


def _overrides(query: str) -> tuple[dict[str, str], str]:
    """What the query says of the form (DX-CONNEGP, 7), and the query without that."""
    wanted, rest = {}, []
    for part in query.split("&"):
        name, _, value = part.partition("=")
        if name in {MEDIA_TYPE, PROFILE} and value:
            # A plus sign is part of a media type here and no blank, as forms would have it.
            wanted[name] = unquote(value).replace(" ", "+")
        else:
            rest.append(part)
    return wanted, "&".join(rest)


def _profiled(thing: Resource, wanted: Mapping[str, str], site: Site) -> tuple[Resource, bool]:
    """The thing in the profile that was asked for, by name or IRI; True where there is none."""
    asked = wanted.get(PROFILE)
    if asked is None:
        return thing, False
    name = next((n for n, iri in table.PROFILES.items() if asked in {n, iri}), "")
    if name == "skos" and thing.kind in {"ontology", "version"}:
        stem = "" if thing.kind == "ontology" else f"{'/'.join(thing.path.split('/')[:2])}/"
        return site.things[f"{stem}skos"], False
    kept = {links.profile_of(thing, variant) for variant in site.variants(thing)}
    return thing, not name or name not in kept


def _chosen(accept: str | None, variants: tuple[Variant, ...]) -> Variant | None:
    """The form to answer with; types that only also ask for a form come after all others."""
    by_type = {variant.media_type: variant for variant in variants}
    for variant in variants:
        by_type |= dict.fromkeys((t for t in variant.also if t not in by_type), variant)
    media_type = choose(accept, tuple(by_type), variants[0].media_type)
    return by_type[media_type] if media_type else None


def _document(request: Request, path: str, document: Document, site: Site) -> Response:
    headers = {
        "Content-Type": document.content_type,
        "Cache-Control": document.cache,
        "Content-Location": f"/{path}",
        "ETag": document.tag,
        "Link": links.of_document(document, site),
        **({"Content-Security-Policy": table.ENGINE_CSP} if path == table.ENGINE else {}),
    }
    # If-Match comes first (RFC 9110, 13.2.2).
    if is_other(request.headers.get("if-match"), document.tag):
        return _problem(412, f"the entity tag of /{path} is {document.tag}")
    if is_known(request.headers.get("if-none-match"), document.tag):
        del headers["Content-Type"]
        return _response(304, headers, b"")
    return _response(200, headers, document.body)


def _redirect(path: str, query: str, headers: Mapping[str, str], fragment: str = "") -> Response:
    location = f"{path}?{query}{fragment}" if query else f"{path}{fragment}"
    body = f"See {location}\n".encode()
    found = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": table.MOMENT}
    return _response(303, {"Location": location, **found, **headers}, body)


def _not_acceptable(what: str, thing: Resource, site: Site, headers: Mapping[str, str]) -> Response:
    """406 with the forms that are there (RFC 9110, 15.5.7)."""
    there = [{"type": v.media_type, "href": f"/{address(thing, v)}"} for v in site.variants(thing)]
    detail = f"{thing.iri} has {what}; see variants for what there is"
    return _problem(406, detail, headers, variants=there)


def _not_found(request: Request, site: Site) -> Response:
    accept = request.headers.get("accept")
    headers = {"Vary": "Accept"}
    if choose(accept, (PROBLEM, table.HTML.media_type), PROBLEM) != table.HTML.media_type:
        return _problem(404, f"nothing is at {request.path}", headers)
    page = site.document(NOT_FOUND_PAGE)
    body = page.body if page else bare_page(f"Nothing is at {request.path}.")
    found = {"Content-Type": "text/html; charset=utf-8", **headers}
    return _response(404, found, body)


def bare_page(told: str) -> bytes:
    """A page that says that something is not there."""
    page = f"<!doctype html><html lang=en><title>Not found</title><p>{escape(told)}\n"
    return page.encode("utf-8", "replace")


def _problem(
    status: int, detail: str, headers: Mapping[str, str] | None = None, **more: object
) -> Response:
    body = problem(status, detail, **more)
    return _response(status, {"Content-Type": PROBLEM, **(headers or {})}, body)


def _response(status: int, headers: Mapping[str, str], body: bytes) -> Response:
    length = {} if status in {204, 304} else {"Content-Length": str(len(body))}
    return Response(status, tuple({**table.ALWAYS, **headers, **length}.items()), body)
