"""The rules for nginx: maps that negotiate, and what a server block does with them.

``$milia_is`` is ``thing`` or ``document``, else empty; ``$milia_stem`` the path of its RDF
documents without suffix, ``$milia_page`` of its page; ``$milia_ending`` a document's suffix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.linked import table
from milia_onto.linked.answer import MEDIA_TYPE
from milia_onto.linked.hosts import accept, parts
from milia_onto.linked.hosts.parts import link, quoted
from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from milia_onto.linked.hosts.accept import Candidate
    from milia_onto.linked.site import Site

# Forms that only some things have: whether they do is found out by looking for the file.
SOME = {table.SSSOM: "sssom", table.SPARQL: "rq", table.HTML: "html"}


def maps(site: Site) -> str:
    """The file to include in the ``http`` block."""
    found = accept.candidates(site.default)
    lines = [
        "# Linked data from files: include this in the http block, and nginx-server.conf in the",
        "# server block, which says root and listen. Made by milia-onto site.",
        "map_hash_bucket_size 512;",
        "variables_hash_max_size 4096;",
        *_asked(found),
        *_weights(found),
        *_best(found),
        *_target(),
        *_links(site),
        *_other_headers(),
    ]
    return "\n".join(lines) + "\n"


def _map(source: str, name: str, entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f'map "{source}" $milia_{name} {{'
    for pattern, value in entries:
        key = "default" if pattern == "default" else quoted(pattern)
        yield f"    {key} {quoted(value)};"
    yield "}"


def _asked(found: Sequence[Candidate]) -> Iterator[str]:
    """What is asked for: the query's word beats the header's."""
    known = [(f"~*^{accept.in_query(c.media_type)}$", c.media_type) for c in found]
    entries = [("", "$http_accept"), *known, ("default", "none/none")]
    yield from _map(f"$arg_{MEDIA_TYPE}", "asked", entries)


def _weights(found: Sequence[Candidate]) -> Iterator[str]:
    """The key of each type: its own range, else that of its family, else that of all."""
    said = [(f"~*{accept.WELL_FORMED}", "0000:1"), ("default", "1000:1")]
    yield from _weight("*/*", "any", said, 1)
    for family in accept.families(found):
        yield from _weight(f"{family}/*", f"family_{family}", [("default", "$milia_raw_any")], 2)
    for candidate in found:
        fallback = [("default", f"$milia_raw_family_{candidate.family}")]
        yield from _weight(candidate.media_type, candidate.name, fallback, 3)
        there = _there(candidate.variant)
        group = f"key_{candidate.name}"
        cut = rf"~^1/(?<{group}>[0-9]{{4}})[0-9]*:(?<{group}_s>[123])$"
        entries = [(cut, f"${group}${group}_s"), ("default", "00000")]
        yield from _map(f"{there}/$milia_raw_{candidate.name}", group, entries)


def _weight(
    media_type: str, name: str, fallback: Sequence[tuple[str, str]], closeness: int
) -> Iterator[str]:
    group = f"w_{name}"
    entries = [
        (f"~*{accept.weighted(media_type, group)}", f"${{{group}_i}}${{{group}_f}}000:{closeness}"),
        (f"~*{accept.bare(media_type)}", f"1000:{closeness}"),
        *fallback,
    ]
    yield from _map("$milia_asked", f"raw_{name}", entries)


def _there(variant: table.Variant) -> str:
    return f"$milia_has_{SOME[variant]}" if variant in SOME else "1"


def _best(found: Sequence[Candidate]) -> Iterator[str]:
    """The highest key, the first of equals; then the suffix it stands for."""
    before = accept.NOBODY
    for candidate in found:
        higher = rf"~(?={accept.BEATS})[^|]*\|(?<win_{candidate.name}>.*)$"
        entries = [(higher, f"$win_{candidate.name}"), ("default", before)]
        here = f"$milia_key_{candidate.name}={candidate.variant.suffix}"
        yield from _map(f"{before}|{here}", f"best_{candidate.name}", entries)
        before = f"$milia_best_{candidate.name}"
    entries = [("~^0000", ""), (r"~^[0-9]*=(?<milia_chosen>.*)$", "$milia_chosen")]
    yield from _map(before, "suffix", entries)


def _target() -> Iterator[str]:
    """Where a thing leads: the document, what is left of the query, the place in a page."""
    yield from _map("$milia_stem", "page", [("/milia", "/index"), ("default", "$milia_stem")])
    entries = [("", ""), (rf"~^{MEDIA_TYPE}=[^&]*$", "")]
    for number, (pattern, groups) in enumerate(parts.REST):
        names = [f"rest{number}{letter}" for letter in "ab"[:groups]]
        for name in names:
            pattern = pattern.replace("(.+)", f"(?<{name}>.+)", 1)  # noqa: PLW2901
        entries.append((f"~{pattern}", "?" + "&".join(f"${name}" for name in names)))
    yield from _map("$args", "rest", [*entries, ("default", "?$args")])
    goals = [
        (table.HTML.suffix, "$milia_page.html$milia_rest$milia_fragment"),
        ("default", "$milia_stem$milia_suffix$milia_rest"),
    ]
    yield from _map("$milia_suffix", "target", goals)
    answers = [("thing:", "406"), ("~^thing:", "303"), ("default", "")]
    yield from _map("$milia_is:$milia_suffix", "status", answers)


def _links(site: Site) -> Iterator[str]:
    for variant in table.VARIANTS:
        stem = "$milia_page" if variant == table.HTML else "$milia_stem"
        entries = [
            ("~^thing:.*:1$", link(stem, "describedby", variant) + ", "),
            (f"~^document:{variant.suffix}:", ""),
            ("~^document:.*:1$", link(stem, "alternate", variant) + ", "),
            ("default", ""),
        ]
        source = f"$milia_is:$milia_ending:{_there(variant)}"
        yield from _map(source, f"form_{_short(variant)}", entries)
    yield from _map(
        "$milia_stem", "iri", [("/milia", ns.BASE), ("default", f"{ns.BASE}$milia_stem")]
    )
    others = [(iri, f"{told}, ") for iri, told in parts.version_links(site)]
    yield from _map("$milia_iri", "versions", [*others, ("default", "")])
    kept = [
        (pattern, f'<{table.PROFILES[name]}>; rel="profile", ') for pattern, name in parts.PROFILED
    ]
    yield from _map("$milia_ending:$milia_stem", "profile", [*kept, ("default", "")])
    forms = "".join(f"$milia_form_{_short(v)}" for v in table.VARIANTS)
    first = f'<{ns.BASE}$uri>; rel="canonical", <$milia_iri>; rel="describes", '
    license_ = f'<{table.LICENSE}>; rel="license"'
    entries = [
        ("thing", f"{forms}$milia_versions{license_}"),
        ("document", f"{first}{forms}$milia_profile$milia_versions{license_}"),
        ("default", license_),
    ]
    yield from _map("$milia_is", "link", entries)


def _short(variant: table.Variant) -> str:
    return variant.suffix.rsplit(".", 1)[-1]


def _other_headers() -> Iterator[str]:
    yield from _map("$milia_is", "vary", [("thing", "Accept"), ("default", "")])
    kept = [(f"~^/{parts.NEVER_CHANGES}", table.FOREVER), ("/context.jsonld", table.DAY)]
    yield from _map("$uri", "cache", [*kept, ("default", table.MOMENT)])
    policies = [(f"/{table.ENGINE}", table.ENGINE_CSP), ("default", table.CSP)]
    yield from _map("$uri", "policy", policies)
    read = ("~^(?:GET|HEAD)$", "")
    yield from _map("$request_method", "allow", [read, ("default", table.ALLOW)])
    here = [("~^(?:GET|HEAD):(?!thing)", "$uri"), ("default", "")]
    yield from _map("$request_method:$milia_is", "location", here)
    for name, value in table.PREFLIGHT.items():
        if name != "Allow":
            entries = [("OPTIONS", value), ("default", "")]
            yield from _map("$request_method", _variable(name), entries)


def server() -> str:
    """The file to include in the ``server`` block."""
    preflight = [name for name in table.PREFLIGHT if name != "Allow"]
    told = {t for _, t in parts.types() if parts.has_charset(t)} - {table.HTML.media_type}
    lines = [
        "# What the server block of the linked data does; see nginx-http.conf.",
        "absolute_redirect off;",
        "etag on;",
        "charset utf-8;",
        f"charset_types {' '.join(sorted(told))};",
        "types {",
        *(f"    {media_type} {suffix};" for suffix, media_type in parts.types()),
        "}",
        "default_type text/plain;",
        *(
            f"add_header {name} {_value(name, value)} always;"
            for name, value in table.ALWAYS.items()
        ),
        "add_header Vary $milia_vary always;",
        "add_header Link $milia_link always;",
        "add_header Allow $milia_allow always;",
        "add_header Cache-Control $milia_cache;",
        "add_header Content-Location $milia_location;",
        *(f"add_header {name} $milia_{_variable(name)} always;" for name in preflight),
        *_rewrites(),
        *(
            f"location ~ {quoted(ending)} {{ types {{ }} default_type {media_type}; }}"
            for ending, media_type in parts.folder_types()
        ),
        "error_page 404 /404.html;",
    ]
    return "\n".join(lines) + "\n"


def _value(name: str, value: str) -> str:
    return "$milia_policy" if name == "Content-Security-Policy" else quoted(value)


def _variable(header: str) -> str:
    return header.lower().replace("-", "_")


def _rewrites() -> Iterator[str]:
    empty = ("is", "stem", "ending", "fragment", "whole", "about")
    yield from (f'set $milia_{name} "";' for name in empty)
    yield from (f'set $milia_has_{name} "";' for name in SOME.values())
    yield "if ($request_method = OPTIONS) { return 204; }"
    read = table.ALLOW.replace(", ", "|")
    yield f'if ($request_method !~ "^(?:{read})$") {{ return 405; }}'
    # A thing is what has a document in Turtle; a part of it is told there too.
    yield "if (-f $document_root$uri.ttl) { set $milia_is thing; set $milia_stem $uri; }"
    yield "if ($uri = /) { set $milia_is thing; set $milia_stem /milia; }"
    part = rf"(?<milia_of>/{parts.WHOLES})/(?<milia_part>[^/]+)"
    yield f'if ($uri ~ "^{part}$") {{ set $milia_whole $milia_of; }}'
    yield "if (-f $document_root$milia_whole.ttl) {"
    yield "    set $milia_is thing; set $milia_stem $milia_whole;"
    yield '    set $milia_fragment "#$milia_part";'
    yield "}"
    name = f"(?<milia_name>.+?)(?<milia_end>{parts.SUFFIXES})"
    yield f'if ($uri ~ "^/(?!{parts.PLAIN_FILE}){name}$") {{'
    yield "    set $milia_about /$milia_name; set $milia_ending $milia_end;"
    yield "}"
    yield "if ($uri = /index.html) { set $milia_about /milia; }"
    yield "if (-f $document_root$milia_about.nt) {"
    yield "    set $milia_is document; set $milia_stem $milia_about;"
    yield "}"
    for variant, form in SOME.items():
        stem = "$milia_page" if variant == table.HTML else "$milia_stem"
        yield f"if (-f $document_root{stem}{variant.suffix}) {{ set $milia_has_{form} 1; }}"
    for path, target in table.WELL_KNOWN.items():
        yield f"if ($uri = /{path}) {{ return 303 /{target}$is_args$args; }}"
    yield "if ($milia_status = 303) { return 303 $milia_target; }"
    yield f"if ($milia_status = 406) {{ return 406 {quoted(parts.NOT_ACCEPTABLE)}; }}"
    # A folder is nothing by itself, and its name no other name of a thing.
    yield "if (-d $document_root$uri) { return 404; }"
