"""The request matrix: W3C vocabulary recipes M1 to R6, E, H, and the extensions X1 to X15.

Every case names the hosts on which it must hold. Where a host cannot, the reason is stated.
``answer`` is the function in process, ``serve`` the command, ``apache`` and ``nginx`` the real
servers over the static site, ``static`` a host of files alone, ``cloudflare`` a real one of them,
``w3id`` a real Apache with the rules for w3id.org in front of such a host.
"""

from __future__ import annotations

from typing import NamedTuple

HOSTS = ("answer", "serve", "apache", "nginx", "w3id", "static", "cloudflare")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
RDFXML, TURTLE, JSONLD, NT = (
    "application/rdf+xml",
    "text/turtle",
    "application/ld+json",
    "application/n-triples",
)
HTML, XHTML = "text/html", "application/xhtml+xml"
ROOT = "https://w3id.org/milia"
VERSION, BEFORE, AFTER = "releases/2026-11-21", "releases/2025-02-03", "releases/2027-04-05"

NO_ACCEPT = "a host of files cannot look at Accept; w3id.org does so in front of it"
NO_DOCUMENT = "w3id.org holds no documents; it sends the client on to the host"
NO_LINKS = "a host of files sends the same headers with all files; pages and RDF name the forms"
NO_LIST = "w3id.org knows no list of things; the host answers"
NO_PROFILE = "profiles other than by suffix are negotiated by serve alone"
LONG, SHORT = "it keeps .html in addresses", "it drops .html from addresses"
NO_QUERY = "a host of files cannot look at the query"
PARTS = "a host knows of the document of the whole, not of what is told in it"

NOT_APPLICABLE = {
    "R1": "minimal recipe for hash vocabularies; ours is a slash vocabulary",
    "R2": "minimal recipe for slash vocabularies; ours has a document a term, as R5 and R6",
    "R3": "extended recipe for hash vocabularies",
    "PURL": "a 302 of a PURL server in front: w3id.org answers 303 itself, as tested",
}


class Case(NamedTuple):
    """A request and what must come back.

    ``location`` of a redirect, ``links`` as (relation, target), ``headers`` as (name, pattern) that
    must be found in it, ``absent`` headers; ``without`` says why a host is left out.
    """

    id: str
    path: str
    accept: str | None = None
    status: int = 303
    location: str = ""
    type: str = ""
    links: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    absent: tuple[str, ...] = ()
    method: str = "GET"
    without: tuple[tuple[str, str], ...] = ()

    @property
    def hosts(self) -> tuple[str, ...]:
        """Where it must hold; what a host of files alone cannot, Cloudflare Pages cannot either."""
        left_out = {host for host, _ in self.without}
        if dict(self.without).get("static", LONG) != LONG:
            left_out.add("cloudflare")
        return tuple(h for h in HOSTS if h not in left_out)


def thing(id_: str, path: str, accept: str | None, location: str, **more: object) -> Case:
    """A thing that leads to a document; the answer depends on Accept and says so."""
    headers = (("Vary", r"(?i)\baccept\b"), *more.pop("headers", ()))  # type: ignore[misc]
    without = (("static", NO_ACCEPT), *more.pop("without", ()))  # type: ignore[misc]
    return Case(id_, path, accept, 303, location, headers=headers, without=without, **more)  # type: ignore[arg-type]


def refused(id_: str, path: str, accept: str | None, **more: object) -> Case:
    """A thing with no form that is acceptable."""
    without = (("static", NO_ACCEPT), *more.pop("without", ()))  # type: ignore[misc]
    headers = (("Vary", r"(?i)\baccept\b"),)
    return Case(id_, path, accept, 406, headers=headers, without=without, **more)  # type: ignore[arg-type]


def document(id_: str, path: str, type_: str, **more: object) -> Case:
    """A document, which is the same whatever is asked for."""
    without = (("w3id", NO_DOCUMENT), *more.pop("without", ()))  # type: ignore[misc]
    if path.endswith(".html"):
        without += (("cloudflare", SHORT),)
    return Case(id_, path, more.pop("accept", None), 200, type=type_, without=without, **more)  # type: ignore[arg-type]


KINDS = (
    "MILIA_0000004",
    "MILIA_0000910",
    "claim/s000-041",
    "source/seed-003",
    "mappings/hp",
    "vocab/verdict",
    "queries/eyelid-kinds",
    "shapes",
    "shapes/ExtensionTerm",
    "project",
    "base",
    "skos",
    VERSION,
    f"{VERSION}/base",
    f"{VERSION}/skos",
)
RECIPES = (
    thing("M1", "/", None, "/milia.owl"),
    *(thing("M1", f"/{path}", None, f"/{path}.owl") for path in KINDS),
    *(thing("M2", f"/{path}", "*/*", f"/{path}.owl") for path in KINDS),
    thing("R4a", "/", HTML, "/index.html"),
    thing("R4b", "/", RDFXML, "/milia.owl"),
    thing("R4c", "/", None, "/milia.owl"),
    thing("R4d", "/claim/s000-041/evidence-3", HTML, "/claim/s000-041.html#evidence-3"),
    thing(
        "R4d", "/mappings/hp/MILIA_0000001_0001056", HTML, "/mappings/hp.html#MILIA_0000001_0001056"
    ),
    thing("R4e", "/claim/s000-041/quantity-1", RDFXML, "/claim/s000-041.owl"),
    thing("R4f", "/claim/s000-041/quantity-1", None, "/claim/s000-041.owl"),
    thing("R4f", "/mappings/hp/MILIA_0000001_0001056", None, "/mappings/hp.owl"),
    thing("R5a", "/", BROWSER, "/index.html"),
    thing("R5b", "/MILIA_0000004", BROWSER, "/MILIA_0000004.html"),
    thing("R5c", "/MILIA_0000004", RDFXML, "/MILIA_0000004.owl"),
    thing("R6", "/MILIA_0000004", TURTLE, "/MILIA_0000004.ttl"),
    *(thing("E1", f"/{path}", BROWSER, f"/{path}.html") for path in KINDS),
    thing("E2", f"/{VERSION}", RDFXML, f"/{VERSION}.owl"),
    thing("E2", f"/{BEFORE}", RDFXML, f"/{BEFORE}.owl"),
    thing("H1", "/MILIA_0000004", XHTML, "/MILIA_0000004.html"),
    thing("H1", "/", f"{XHTML};q=0.9", "/index.html"),
    thing("H2", "/MILIA_0000004", f"{RDFXML}, {HTML}", "/MILIA_0000004.owl"),
    thing("CFG", "/mappings/hp", TURTLE, "/mappings/hp.ttl"),
    Case("CFG", "/claim", status=404, without=(("w3id", NO_LIST),)),
    Case("CFG", "/claim/", status=404, without=(("w3id", NO_LIST),)),
    Case(
        "CFG",
        "/MILIA_0000004/",
        status=404,
        without=(("w3id", NO_LIST), ("cloudflare", "it drops the slash")),
    ),
    Case("CFG", "/MILIA_0000004.en", status=404, without=(("w3id", NO_LIST),)),
)
T = "/MILIA_0000004"
CHOICES = (
    (TURTLE, ".ttl"),
    (JSONLD, ".jsonld"),
    (NT, ".nt"),
    ("TEXT/TURTLE", ".ttl"),
    (f"{HTML};q=0.4, {TURTLE};q=0.5", ".ttl"),
    (f"{HTML};q=0.5, {TURTLE};q=0.40", ".html"),
    (f"{HTML};q=0.50,{TURTLE};q=0.5", ".ttl"),
    (f"{TURTLE};q=0.001, image/png", ".ttl"),
    (f"{TURTLE};q=0.123, {JSONLD};q=0.124", ".jsonld"),
    (f"{TURTLE};q=1.000, {JSONLD}", ".ttl"),
    (f"{RDFXML};q=0, */*;q=0.1", ".ttl"),
    ("text/*", ".ttl"),
    (f"text/*;q=0.3, {TURTLE};q=0", ".html"),
    (f"application/*;q=0.9, {JSONLD};q=0.2, {RDFXML};q=0.1", ".nt"),
    (f"*/*;q=0.1, {HTML}", ".html"),
    (f"{HTML}, */*", ".html"),
    ("application/json, text/plain, */*", ".jsonld"),
    (f"{TURTLE};charset=utf-8", ".ttl"),
    (f'{TURTLE}; charset="utf-8"; q=0.7, {HTML};q=0.6', ".ttl"),
    (f'{JSONLD};profile="http://www.w3.org/ns/json-ld#compacted"', ".jsonld"),
    (f'{JSONLD};profile="http://www.w3.org/ns/json-ld#expanded", {TURTLE};q=0.1', ".ttl"),
    (f"{TURTLE} ; q=0.5\t, {HTML} ;q=0.4", ".ttl"),
    (f"image/png, {TURTLE};q=0.1", ".ttl"),
    ("garbage", ".owl"),
    (f"x{TURTLE}, {HTML};q=0.1", ".html"),
)
REFUSED = ("image/png", f"{TURTLE};q=0", "*/*;q=0", f"{TURTLE};charset=latin1", "text/csv", "x/*")
ALTERNATES = (
    ("alternate", f"{T}.owl"),
    ("alternate", f"{T}.jsonld"),
    ("alternate", f"{T}.nt"),
    ("alternate", f"{T}.html"),
)
DESCRIBED = tuple(("describedby", f"{T}{s}") for s in (".owl", ".ttl", ".jsonld", ".nt", ".html"))
EXTENSIONS = (
    *(thing("X1", T, accept, f"{T}{suffix}") for accept, suffix in CHOICES),
    *(refused("X1", T, accept) for accept in REFUSED),
    thing("X2", T, "application/n-quads", f"{T}.nt"),
    thing("X2", T, "application/trig", f"{T}.ttl"),
    thing("X2", T, "text/n3", f"{T}.ttl"),
    thing("X2", T, "application/json", f"{T}.jsonld"),
    thing("X2", "/mappings/hp", "text/tab-separated-values", "/mappings/hp.sssom.tsv"),
    thing("X2", "/queries/eyelid-kinds", "application/sparql-query", "/queries/eyelid-kinds.rq"),
    refused("X2", T, "application/sparql-query"),
    document("X2", f"{T}.html", "text/html; charset=utf-8"),
    document("X2", f"{T}.ttl", "text/turtle; charset=utf-8"),
    document("X2", f"{T}.jsonld", JSONLD),
    document("X2", f"{T}.owl", RDFXML),
    document("X2", f"{T}.nt", NT),
    document("X2", "/mappings/hp.sssom.tsv", "text/tab-separated-values; charset=utf-8"),
    document("X2", f"/{VERSION}/fhir/CodeSystem-milia.json", "application/fhir+json"),
    document("X2", f"/{VERSION}/manifest.json", "application/json"),
    document("X2", "/queries/eyelid-kinds.rq", "application/sparql-query; charset=utf-8"),
    document("X3", f"{T}.ttl", "text/turtle; charset=utf-8", absent=("Vary",)),
    refused("X3", "/", "image/png"),
    document("X4", f"{T}.ttl", "text/turtle; charset=utf-8", without=(("static", NO_LINKS),),
             headers=(("Content-Location", rf"^{T}\.ttl$"),),
             links=(*ALTERNATES, ("describes", f"{ROOT}{T}"), ("canonical", f"{ROOT}{T}.ttl"),
                    ("license", "https://creativecommons.org/licenses/by/4.0/"),
                    ("profile", "http://www.w3.org/ns/owl-profile/EL"))),
    document("X4", "/index.html", "text/html; charset=utf-8", without=(("static", NO_LINKS),),
             links=(("alternate", "/milia.ttl"), ("describes", ROOT), ("canonical", f"{ROOT}/index.html"))),
    document("X4", "/milia.owl", RDFXML, without=(("static", NO_LINKS),),
             links=(("alternate", "/index.html"), ("alternate", "/milia.nt"), ("describes", ROOT),
                    ("canonical", f"{ROOT}/milia.owl"), ("profile", "http://www.w3.org/ns/owl-profile/EL"))),
    document("X4", "/mappings/hp.sssom.tsv", "text/tab-separated-values; charset=utf-8",
             without=(("static", NO_LINKS),),
             links=(("describes", f"{ROOT}/mappings/hp"), ("alternate", "/mappings/hp.ttl"),
                    ("profile", "https://w3id.org/sssom/"))),
    document("X4", "/skos.ttl", "text/turtle; charset=utf-8", without=(("static", NO_LINKS),),
             links=(("profile", "http://www.w3.org/2004/02/skos/core"), ("describes", f"{ROOT}/skos"))),
    document("X4", "/tree.html", "text/html; charset=utf-8",
             links=(("license", "https://creativecommons.org/licenses/by/4.0/"),)),
    thing("X4", T, TURTLE, f"{T}.ttl", links=DESCRIBED, without=(("w3id", "the documents are the host's to tell"),)),
    *(
        document("X5", f"/{VERSION}{suffix}", type_, without=(("static", NO_LINKS),),
                 links=(("latest-version", ROOT), ("predecessor-version", f"{ROOT}/{BEFORE}"),
                        ("successor-version", f"{ROOT}/{AFTER}")))
        for suffix, type_ in ((".ttl", "text/turtle; charset=utf-8"), (".owl", RDFXML))
    ),
    document("X5", f"/{VERSION}/skos.nt", NT, without=(("static", NO_LINKS),),
             links=(("latest-version", f"{ROOT}/skos"), ("predecessor-version", f"{ROOT}/{BEFORE}/skos"))),
    thing("X5", f"/{VERSION}", TURTLE, f"/{VERSION}.ttl", without=(("w3id", "the versions are the host's to tell"),),
          links=(("latest-version", ROOT), ("predecessor-version", f"{ROOT}/{BEFORE}"))),
    refused("X6", T, "image/png", links=DESCRIBED, without=(("w3id", "the documents are the host's to tell"),)),
    Case("X6", "/MILIA_9999999", status=404, without=(("w3id", NO_LIST),)),
    Case("X6", "/claim/nobody", TURTLE, status=404, without=(("w3id", NO_LIST),)),
    Case("X6", "/nowhere/at/all", BROWSER, status=404, without=(("w3id", NO_LIST),)),
    Case("X6", "/MILIA_9999999.ttl", status=404, without=(("w3id", NO_LIST),)),
    Case("X6", "/releases/1999-01-01", status=404, without=(("w3id", NO_LIST),)),
    Case("X6", "/claim/s000-041/evidence-999", status=404,
         without=tuple((h, PARTS) for h in ("apache", "nginx", "w3id", "static"))),
    thing("X6", "/MILIA_0099998", TURTLE, "/MILIA_0099998.ttl",
          links=(("successor-version", f"{ROOT}/MILIA_0000001"),),
          without=(("w3id", "what replaces a term is the host's to tell"),)),
    document("X6", "/MILIA_0099998.ttl", "text/turtle; charset=utf-8", without=(("static", NO_LINKS),),
             links=(("successor-version", f"{ROOT}/MILIA_0000001"),)),
    thing("X7", T, TURTLE, f"{T}.ttl", method="HEAD"),
    document("X7", f"{T}.ttl", "text/turtle; charset=utf-8", method="HEAD",
             headers=(("Access-Control-Allow-Origin", r"^\*$"), ("Access-Control-Expose-Headers", "Link, Location"))),
    Case("X7", T, method="OPTIONS", status=204,
         headers=(("Access-Control-Allow-Origin", r"^\*$"), ("Access-Control-Allow-Methods", "GET"),
                  ("Access-Control-Allow-Headers", "Accept"), ("Allow", "GET, HEAD, OPTIONS")),
         without=(("static", "what OPTIONS answers is the host's to say"), ("w3id", "likewise"))),
    Case("X7", T, method="PUT", status=405, headers=(("Allow", "GET"),),
         without=(("static", "what PUT answers is the host's to say"), ("w3id", "likewise"))),
    thing("X7", T, TURTLE, f"{T}.ttl", headers=(("Access-Control-Allow-Origin", r"^\*$"),)),
    document("X8", f"{T}.ttl", "text/turtle; charset=utf-8",
             headers=(("ETag", '^"[^"]+"$'), ("Cache-Control", "max-age=300"))),
    document("X8", f"/{VERSION}.ttl", "text/turtle; charset=utf-8",
             headers=(("ETag", '^"[^"]+"$'), ("Cache-Control", "max-age=31536000, immutable"))),
    document("X8", f"/{VERSION}/milia-base.ttl", "text/turtle; charset=utf-8",
             headers=(("Cache-Control", "max-age=31536000, immutable"),)),
    document("X8", f"/{VERSION}.html", "text/html; charset=utf-8", headers=(("Cache-Control", "max-age=300"),)),
    thing("X8", f"/{VERSION}/base", TURTLE, f"/{VERSION}/base.ttl", headers=(("Cache-Control", "max-age=300"),),
          without=(("w3id", "what may be kept is the host's to say"),)),
    thing("X9", f"{T}?a=b&c=d", TURTLE, f"{T}.ttl?a=b&c=d"),
    thing("X9", "/claim/s000-041/evidence-3?a=b", HTML, "/claim/s000-041.html?a=b#evidence-3"),
    thing("X9", "/?a=%20b", TURTLE, "/milia.ttl?a=%20b"),
    document("X10", f"{T}.ttl", "text/turtle; charset=utf-8", accept=HTML),
    document("X10", f"{T}.jsonld", JSONLD, accept="image/png"),
    thing("X10", f"{T}?_mediatype=text/turtle", HTML, f"{T}.ttl"),
    thing("X10", f"{T}?_mediatype=text%2Fturtle", HTML, f"{T}.ttl"),
    thing("X10", f"{T}?_mediatype=application/ld+json", HTML, f"{T}.jsonld"),
    thing("X10", f"{T}?_mediatype=application%2Fld%2Bjson&a=b", HTML, f"{T}.jsonld?a=b"),
    thing("X10", f"{T}?a=b&_mediatype=text/html", TURTLE, f"{T}.html?a=b"),
    thing("X10", f"{T}?a=b&_mediatype=text/html&c=d", TURTLE, f"{T}.html?a=b&c=d"),
    refused("X10", f"{T}?_mediatype=image/png", HTML),
    refused("X10", f"{T}?_mediatype=nonsense", HTML),
    *(
        thing("X10", path, TURTLE, location, without=tuple((h, NO_PROFILE) for h in ("apache", "nginx", "w3id")))
        for path, location in (
            ("/?_profile=skos", "/skos.ttl"),
            (f"/{VERSION}?_profile=http://www.w3.org/2004/02/skos/core", f"/{VERSION}/skos.ttl"),
            ("/?_profile=owl", "/milia.ttl"),
            (f"{T}?_profile=http%3A%2F%2Fwww.w3.org%2Fns%2Fowl-profile%2FEL", f"{T}.ttl"),
        )
    ),
    *(
        refused("X10", path, TURTLE, without=tuple((h, NO_PROFILE) for h in ("apache", "nginx", "w3id")))
        for path in ("/?_profile=nonsense", f"{T}?_profile=skos", "/mappings/hp?_profile=sssom")
    ),
    thing("X11", T, "*/*", f"{T}.owl"),
    thing("X11", T, BROWSER, f"{T}.html"),
    document("X13", "/context.jsonld", JSONLD,
             headers=(("Access-Control-Allow-Origin", r"^\*$"), ("Cache-Control", "max-age=86400"))),
    *(
        thing("X14", f"/{path}", accept, f"/{path}{suffix}")
        for path in ("base", "skos", VERSION, f"{VERSION}/base", f"{VERSION}/skos", BEFORE)
        for accept, suffix in ((BROWSER, ".html"), (TURTLE, ".ttl"), (JSONLD, ".jsonld"), (NT, ".nt"))
    ),
    Case("X14", "/.well-known/void", status=303, location="/void.ttl", without=(("w3id", "below its own folder w3id.org has none"),)),
)  # fmt: skip
NOT_STATIC = tuple((h, "it can look at Accept") for h in HOSTS if h not in {"static", "cloudflare"})
STATIC = (
    Case("X15", f"{T}", TURTLE, 200, type="text/html; charset=utf-8", headers=(("Cache-Control", "=300$"),),
         without=NOT_STATIC),
    Case("X15", f"/{VERSION}", TURTLE, 200, type="text/html; charset=utf-8",
         headers=(("Cache-Control", "=300$"),), without=NOT_STATIC),
    Case("X15", f"{T}.html", None, 200, type="text/html; charset=utf-8",
         without=(*NOT_STATIC, ("cloudflare", SHORT))),
    Case("X15", f"{T}.html", None, 308, T, without=(*NOT_STATIC, ("static", LONG))),
    Case("X15", "/claim/s000-041/evidence-3", None, 303, "/claim/s000-041.html#evidence-3",
         without=NOT_STATIC),
    Case("X15", "/.well-known/void", None, 303, "/void.ttl", without=NOT_STATIC),
    Case("X15", "/", TURTLE, 200, type="text/html; charset=utf-8", without=NOT_STATIC),
)  # fmt: skip
CASES = (*RECIPES, *EXTENSIONS, *STATIC)
# Held by tests of their own over the cases: X12 follows every redirect.
ELSEWHERE = {"X12"}
ALL_IDS = {
    "M1", "M2", "R1", "R2", "R3", "R4a", "R4b", "R4c", "R4d", "R4e", "R4f", "R5a", "R5b", "R5c",
    "R6", "E1", "E2", "H1", "H2", "PURL", "CFG", *(f"X{n}" for n in range(1, 16)),
}  # fmt: skip
