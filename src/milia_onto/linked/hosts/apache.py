"""The ``.htaccess`` of the site on an Apache server, in any folder of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.linked import table
from milia_onto.linked.hosts import accept, parts, rewrite
from milia_onto.linked.hosts.parts import link, quoted
from milia_onto.linked.hosts.rewrite import condition, rule
from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.linked.site import Site
    from milia_onto.linked.table import Variant

FOLDER = "%{DOCUMENT_ROOT}%{ENV:BASE}"


def htaccess(site: Site) -> str:
    """The file to put beside the documents; needs mod_rewrite, mod_headers and mod_mime."""
    found = accept.candidates(site.default)
    lines = [
        "# Linked data from files. Made by milia-onto site.",
        "Options -Indexes -MultiViews",
        "DirectoryIndex disabled",
        "DirectorySlash Off",
        "FileETag Digest",
        "AddDefaultCharset Off",
        *_types(),
        "ErrorDocument 404 /404.html",
        f"ErrorDocument 406 {quoted(parts.NOT_ACCEPTABLE)}",
        "RewriteEngine On",
        "RewriteOptions AllowNoSlash",
        *_methods(),
        *_folder_types(),
        *_thing(),
        *_document(),
        *_forms(),
        # A folder is nothing by itself, and its name no other name of a thing.
        condition("%{ENV:STEM}", "^$"),
        condition("%{REQUEST_FILENAME}", "-d"),
        rule("R=404", "L"),
        condition("%{ENV:STEM}", "^$"),
        rule("L"),
        *rewrite.asked(found),
        *rewrite.weights(found),
        *rewrite.best(found, {v: [_has(v)] for v in (table.SSSOM, table.SPARQL, table.HTML)}),
        *rewrite.rest_of_query(),
        *rewrite.see_other("%{ENV:BASE}"),
        *_headers(site),
    ]
    return "\n".join(lines) + "\n"


def _types() -> Iterator[str]:
    for suffix, media_type in parts.types():
        yield f"AddType {media_type} .{suffix}"
        if parts.has_charset(media_type):
            yield f"AddCharset utf-8 .{suffix}"


def _methods() -> Iterator[str]:
    yield condition("%{REQUEST_METHOD}", "^OPTIONS$")
    yield rule("R=204", "E=OPTIONS:1", "L")
    yield condition("%{REQUEST_METHOD}", "!^(?:GET|HEAD)$")
    yield rule("R=405", "E=REFUSED:1", "L")


def _folder_types() -> Iterator[str]:
    for ending, media_type in parts.folder_types():
        yield condition("%{REQUEST_URI}", ending)
        yield rule(f"T={media_type}")


def _thing() -> Iterator[str]:
    """Which thing is meant: one that has a document in Turtle, or a part of such."""
    yield condition("%{REQUEST_URI}::$1", r"^(.*?/)(.*)::\2$")
    yield rule("E=BASE:%1", where="^(.*)$")
    for path, target in table.WELL_KNOWN.items():
        name = path.replace(".", r"\.")
        yield rule("R=303", "L", where=f"^{name}$", to=f"%{{ENV:BASE}}{target}")
    yield rule("E=STEM:milia", "E=PAGE:index", where="^$")
    yield condition(f"{FOLDER}$1.ttl", "-f")
    yield rule("E=STEM:$1", "E=PAGE:$1", where="^(.+)$")
    yield condition(f"{FOLDER}$1.ttl", "-f")
    part = f"^({parts.WHOLES})/([^/]+)$"
    yield rule("E=STEM:$1", "E=PAGE:$1", "E=PART:#$2", where=part)


def _document() -> Iterator[str]:
    """Which thing a document is about."""
    yield condition(f"{FOLDER}$1.nt", "-f")
    where = f"^(?!{parts.PLAIN_FILE})(.+?)({parts.SUFFIXES})$"
    yield rule("E=ABOUT:$1", "E=PAGE:$1", "E=THING:/$1", "E=ENDING:$2", where=where)
    where = f"^(?:index|milia)({parts.SUFFIXES})$"
    yield rule("E=ABOUT:milia", "E=PAGE:index", "E=THING:", "E=ENDING:$1", where=where)


def _forms() -> Iterator[str]:
    """Which of the forms that only some have are there."""
    for variant in (table.SSSOM, table.SPARQL, table.HTML):
        stem = "%{ENV:PAGE}" if variant == table.HTML else "%{ENV:STEM}%{ENV:ABOUT}"
        yield condition(f"{FOLDER}{stem}{variant.suffix}", "-f")
        yield rule(f"E={_flag(variant)}:1")


def _flag(variant: Variant) -> str:
    return f"HAS_{variant.suffix.rsplit('.', 1)[-1].upper()}"


def _has(variant: Variant) -> str:
    return condition(f"%{{ENV:{_flag(variant)}}}", "1")


def _headers(site: Site) -> Iterator[str]:
    for name, value in table.ALWAYS.items():
        yield f"Header always set {name} {quoted(value)}"
    engine = f"expr=%{{REQUEST_URI}} =~ m#/{table.ENGINE}$#"
    yield (f"Header always set Content-Security-Policy {quoted(table.ENGINE_CSP)} {quoted(engine)}")
    for name, value in table.PREFLIGHT.items():
        yield f"Header always set {name} {quoted(value)} env=OPTIONS"
    yield f"Header always set Allow {quoted(table.ALLOW)} env=REFUSED"
    yield "Header always set Vary Accept env=STEM"
    yield f"Header set Cache-Control {quoted(table.MOMENT)}"
    for pattern, value in ((parts.NEVER_CHANGES, table.FOREVER), (r"context\.jsonld$", table.DAY)):
        where = f"expr=%{{REQUEST_URI}} =~ m#^.*?/{pattern}# && reqenv('STEM') == ''"
        yield f"Header set Cache-Control {quoted(value)} {quoted(where)}"
    yield f"Header always set Cache-Control {quoted(table.MOMENT)} env=STEM"
    yield 'Header set Content-Location "expr=%{REQUEST_URI}"'
    yield from _links(site)


def _links(site: Site) -> Iterator[str]:
    yield _append(f'<{table.LICENSE}>; rel="license"', "reqenv('STEM') == ''")
    # The ontology's page is called otherwise than its data.
    is_index = "(reqenv('PAGE') == 'index' && reqenv('ENDING') == '.html')"
    yield _append(f'<{ns.BASE}/index.html>; rel="canonical"', is_index)
    canonical = f'<{ns.BASE}/%{{ABOUT}}e%{{ENDING}}e>; rel="canonical"'
    yield _append(canonical, f"reqenv('ABOUT') != '' && ! {is_index}")
    yield _append(f'<{ns.BASE}%{{THING}}e>; rel="describes"', "reqenv('ABOUT') != ''")
    for variant in table.VARIANTS:
        there = "" if variant in table.RDF else f" && reqenv('{_flag(variant)}') == '1'"
        other = f"reqenv('ABOUT') != '' && reqenv('ENDING') != '{variant.suffix}'"
        page = variant == table.HTML
        about, stem = ("PAGE", "PAGE") if page else ("ABOUT", "STEM")
        alternate = link(f"%{{BASE}}e%{{{about}}}e", "alternate", variant)
        yield _append(alternate, other + there)
        described = link(f"%{{BASE}}e%{{{stem}}}e", "describedby", variant)
        yield _append(described, f"reqenv('STEM') != ''{there}", always=True)
    for pattern, name in parts.PROFILED:
        keeps = f"reqenv('ENDING') . ':/' . reqenv('ABOUT') =~ m#{pattern.removeprefix('~')}#"
        others = "" if name != "owl" else " && reqenv('ABOUT') !~ m#(?:^|/)skos$#"
        yield _append(f'<{table.PROFILES[name]}>; rel="profile"', keeps + others)
    for iri, told in parts.version_links(site):
        path = iri.removeprefix(ns.OWN)
        yield _append(told, f"reqenv('ABOUT') == '{path}'")
        yield _append(told, f"reqenv('STEM') == '{path}'", always=True)


def _append(value: str, where: str, *, always: bool = False) -> str:
    """A link where the condition holds, on errors and redirects too if ``always``."""
    table_ = "always append" if always else "append"
    return f"Header {table_} Link {quoted(value)} {quoted(f'expr={where}')}"
