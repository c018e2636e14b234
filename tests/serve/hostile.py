"""Queries meant to hurt: each kind in any size, drawn by a seed."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
UP = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"


class Hostile(NamedTuple):
    """A query and what kind of harm it tries."""

    kind: str
    query: str


def _nested(opening: str, middle: str, closing: str, times: int) -> str:
    return opening * times + middle + closing * times


def braces(n: int) -> str:
    return "SELECT * WHERE " + _nested("{", "", "}", n)


def unclosed(n: int) -> str:
    return "SELECT * WHERE " + "{" * n


def parentheses(n: int) -> str:
    return f"ASK {{ FILTER({_nested('(', '1', ')', n)}) }}"


def lists(n: int) -> str:
    return f"ASK {{ ?s ?p {_nested('(', '', ')', n)} }}"


def blank_nodes(n: int) -> str:
    return f"ASK {{ ?s ?p {_nested('[ ?p ', '1', ']', min(n, 190))} }}"


def sub_selects(n: int) -> str:
    return "SELECT * " + _nested("{ SELECT * ", "{ ?s ?p ?o }", "}", min(n, 190))


def optionals(n: int) -> str:
    return "SELECT * " + _nested("{ ?s ?p ?o OPTIONAL ", "{ ?s ?p ?o }", "}", min(n, 90))


def negations(n: int) -> str:
    return f"ASK {{ FILTER({'!' * n}true) }}"


def sums(n: int) -> str:
    return f"SELECT (1{'+1' * n} AS ?x) {{}}"


def conjunctions(n: int) -> str:
    return f"ASK {{ FILTER({'&&'.join(['true'] * n)}) }}"


def long_paths(n: int) -> str:
    return f"ASK {{ ?a {'/'.join([UP] * n)} ?b }}"


def unions(n: int) -> str:
    return f"SELECT * {{ {' UNION '.join(['{ ?s ?p ?o }'] * min(n, 10_000))} }}"


def products(n: int) -> str:
    patterns = " . ".join(f"?a{i} ?b{i} ?c{i}" for i in range(2 + n % 4))
    return f"SELECT (COUNT(*) AS ?n) {{ {patterns} }}"


def sorted_products(n: int) -> str:
    return f"SELECT * {{ ?a ?b ?c . ?d ?e ?f }} ORDER BY {'?f ?a ?c'[: 2 + 3 * (n % 3)]}"


def distinct_products(n: int) -> str:
    return f"SELECT DISTINCT ?a ?f {{ ?a ?b ?c . ?d ?e ?f }} OFFSET {n}"


def joined_text(n: int) -> str:
    return f'SELECT (GROUP_CONCAT(?c; SEPARATOR="{n}") AS ?x) {{ ?a ?b ?c . ?d ?e ?f }}'


def every_path(n: int) -> str:
    return f"SELECT (COUNT(*) AS ?n) {{ ?a (!<urn:{n}>|^!<urn:x>)* ?b }}"


def stars_of_stars(n: int) -> str:
    return f"SELECT (COUNT(*) AS ?n) {{ ?a {_nested('(', '!<urn:x>', ')*', 2 + n % 20)} ?b . ?b ?c ?d }}"


def doubling(n: int) -> str:
    binds = " ".join(f"BIND(CONCAT(?a{i}, ?a{i}) AS ?a{i + 1})" for i in range(25 + n % 40))
    return f'SELECT * {{ BIND("0123456789" AS ?a0) {binds} }}'


def replacing(n: int) -> str:
    text = '"aaaaaaaaaaaaaaaa"'
    for _ in range(3 + n % 6):
        text = f'REPLACE({text}, "a", "{"a" * 60}")'
    return f"SELECT ({text} AS ?x) {{}}"


def repeated_groups(n: int) -> str:
    pattern = _nested("(", "a{1,90}", "){1,90}", 1 + n % 4)
    return f'SELECT * {{ ?s {LABEL} ?l FILTER(REGEX(?l, "{pattern}$")) }}'


def long_alternatives(n: int) -> str:
    pattern = "|".join(f"(x{i}|.*y{i}.*)*" for i in range(n % 3000))
    return f'SELECT * {{ ?s ?p ?l FILTER(REGEX(STR(?l), "{pattern}")) }}'


def values(n: int) -> str:
    rows = " ".join(f'"v{i}"' for i in range(min(n, 2500)))
    blocks = " ".join(f"VALUES ?x{i} {{ {rows} }}" for i in range(4))
    return f"SELECT (COUNT(*) AS ?n) {{ {blocks} }}"


def binds(n: int) -> str:
    chain = " ".join(f"BIND(?x{i} + 1 AS ?x{i + 1})" for i in range(min(n, 5000)))
    return f"SELECT * {{ ?s ?p ?o BIND(1 AS ?x0) {chain} }}"


def constructs(n: int) -> str:
    template = " ".join(f"?a <urn:p{i}> ?f ." for i in range(1 + n % 50))
    return f"CONSTRUCT {{ {template} }} {{ ?a ?b ?c . ?d ?e ?f }}"


def describes(n: int) -> str:
    return f"DESCRIBE * {{ ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(STR(?f)) > {n % 5}) }}"


def exists(n: int) -> str:
    inner = _nested("FILTER NOT EXISTS { ?s ?p ?x ", "", "}", 1 + n % 30)
    return f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o . ?a ?b ?c {inner} }}"


def services(n: int) -> str:
    ways = (
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "PREFIX x: <http://127.0.0.1:9/> SELECT * { SERVICEx:y { ?s ?p ?o } }",
        "PREFIX SERVICEx: <urn:a> PREFIX x: <http://127.0.0.1:9/> ASK { SERVICEx:y { ?s ?p ?o } }",
        "PREFIX x: <http://127.0.0.1:9/> ASK { ?s ?p trueSERVICESILENT x:y { ?s ?p ?o } }",
        "PREFIX x: <http://127.0.0.1:9/> ASK { FILTER(?a<?b)SERVICEx:y#>\n{ ?s ?p ?o } }",
        "LOAD <http://127.0.0.1:9/x>",
        "SELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }",
        "DROP ALL",
    )
    return ways[n % len(ways)]


def broken(n: int) -> str:
    ways = ('ASK { ?s ?p "', '\\"""\n' * n, "'" * n, "<" * n, "a." * n, "#" * n, "?" * n, "\0" * n)
    return ways[n % len(ways)]


KINDS: tuple[Callable[[int], str], ...] = (
    braces, unclosed, parentheses, lists, blank_nodes, sub_selects, optionals, negations, sums,
    conjunctions, long_paths, unions, products, sorted_products, distinct_products, joined_text,
    every_path, stars_of_stars, doubling, replacing, repeated_groups, long_alternatives, values,
    binds, constructs, describes, exists, services, broken,
)  # fmt: skip


def hostile(number: int, seed: int = 0) -> Iterator[Hostile]:
    """So many queries, the kinds in turn, their sizes by chance."""
    chance = random.Random(seed)
    for turn in range(number):
        kind = KINDS[turn % len(KINDS)]
        yield Hostile(kind.__name__, kind(int(10 ** chance.uniform(0, 4.3))))
