"""What the clients saw, as figures and tables; nothing here asks anybody."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import geometric_mean
from typing import TYPE_CHECKING

from benchmarks.tables import figure, markdown, ratio

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Sequence

    from benchmarks.http_clients import Reply, Sample

OURS, CACHED = "ours", "ours, cached"
BARE, FUSEKI, VIRTUOSO = "bare", "Fuseki", "Virtuoso"
SAME_TEXT = "Virtuoso, same text"
ENGINE = "the engine, no server"
WORST = 10


def percentile(times: Sequence[float], share: float) -> float:
    """The least time that ``share`` of all times do not exceed (nearest rank)."""
    return sorted(times)[max(0, math.ceil(share * len(times)) - 1)]


def rows_of(reply: Reply) -> str:
    """How many solutions an answer in SPARQL 1.1 JSON has, its boolean, or why there are none."""
    if reply.status != 200:
        return f"status {reply.status}"
    try:
        answer = json.loads(reply.body)
        return str(answer["boolean"]) if "boolean" in answer else str(_solutions(answer))
    except (ValueError, LookupError, TypeError) as error:
        return f"no results in JSON: {type(error).__name__}"


def _solutions(answer: dict[str, dict[str, list[object]]]) -> int:
    return len(answer["results"]["bindings"])


@dataclass(frozen=True, slots=True)
class Rates:
    """Answers a second, p50 and p99 in seconds, how many answers, what failed, clients' CPU."""

    rate: float
    p50: float
    p99: float
    answers: int
    failed: Counter[str]
    clients: float

    @classmethod
    def of(cls, sample: Sample) -> Rates:
        """The figures of a sample; ``clients`` in processors."""
        times = sample.times
        halves = percentile(times, 0.5), percentile(times, 0.99)
        clients = sample.busy / sample.elapsed
        return cls(sample.rate, *halves, len(times), sample.failed, clients)

    def cells(self) -> list[str]:
        """For a table: answers a second, p50 and p99 in milliseconds."""
        return [figure(self.rate), figure(1000 * self.p50), figure(1000 * self.p99)]


def errors(rates: Rates) -> str:
    """What failed, for a table."""
    return ", ".join(f"{count} of {what}" for what, count in sorted(rates.failed.items())) or "0"


# A query, then the name of a server (and how it was asked), then what was found.
PerQuery = Mapping[str, Mapping[str, Rates]]
Rows = Mapping[str, Mapping[str, str]]


def whole_set(mix: Mapping[str, Rates]) -> str:
    """The table of all queries asked in turn."""
    head = ["", "answers/s", "p50, ms", "p99, ms", "Fuseki = 1", "answers", "errors", "clients"]
    base = mix[FUSEKI].rate if FUSEKI in mix else 0.0
    return markdown(
        head,
        (
            [name, *r.cells(), ratio(r.rate, base), str(r.answers), errors(r), figure(r.clients)]
            for name, r in mix.items()
        ),
    )


def ratios(each: PerQuery, other: str) -> dict[str, float]:
    """The rate of ours, uncached, to that of another server, where neither failed."""
    return {
        name: row[OURS].rate / row[other].rate
        for name, row in each.items()
        if other in row and not row[OURS].failed and not row[other].failed
    }


def against(each: PerQuery, other: str) -> str:
    """How ours, uncached, stands beside another server, query by query, in a few lines."""
    found = sorted((r, name) for name, r in ratios(each, other).items())
    if not found:
        return f"No query that both ours and {other} answered.\n"
    mean = figure(geometric_mean(r for r, _ in found))
    slower = [pair for pair in found if pair[0] < 1]
    higher = sorted(name for _, name in found if each[name][OURS].p99 > each[name][other].p99)
    return (
        f"- {OURS} / {other}, answers a second: geometric mean {mean} over {len(found)} queries\n"
        f"- slower than {other}: {len(slower)}{_named(slower)}\n"
        f"- the least ratios: {_named(found[:WORST]).strip(' ()')}\n"
        f"- p99 above that of {other}: {len(higher)}{_listed(higher)}\n"
    )


def isolation(hop: Mapping[str, Rates], mix: Mapping[str, Rates]) -> str:
    """What ours costs beside the bare server, on a query that is nothing and on all of them."""
    single = markdown(
        ["`ASK {}`, one client", "answers/s", "p50, ms", "p99, ms"],
        ([name, *rates.cells()] for name, rates in hop.items()),
    )
    more = figure(1000 * (hop[OURS].p50 - hop[BARE].p50))
    lines = [f"to read the tokens, to a worker and back: {more} ms (median, less that of {BARE})"]
    mine = mix[OURS]
    for name in (name for name in mix if name.startswith(BARE)):
        shares = ", ".join(
            f"{what} {ratio(value, other)}"
            for what, value, other in (
                ("answers/s", mine.rate, mix[name].rate),
                ("p50", mine.p50, mix[name].p50),
                ("p99", mine.p99, mix[name].p99),
            )
        )
        lines.append(f"{OURS} / {name}, all queries in turn, uncached: {shares}")
    return "\n".join([single, *(f"- {line}" for line in lines), ""])


def _named(found: Iterable[tuple[float, str]]) -> str:
    return _listed([f"{name} {figure(r)}" for r, name in found])


def _listed(names: Sequence[str]) -> str:
    return f" ({', '.join(names)})" if names else ""


def differing(rows: Rows) -> str:
    """A table of the queries whose answers have not equally many rows everywhere, or a sentence."""
    servers = list(dict.fromkeys(server for found in rows.values() for server in found))
    unlike = {name: found for name, found in rows.items() if len(set(found.values())) > 1}
    told = f"Equally many rows on all servers: {len(rows) - len(unlike)} of {len(rows)} queries"
    if not unlike:
        return f"{told}.\n"
    body = ([name, *(found.get(s, "") for s in servers)] for name, found in unlike.items())
    return f"{told}; the others:\n\n{markdown(['rows', *servers], body)}"


def every_query(each: PerQuery, rows: Rows) -> str:
    """The table of each query, the one that does worst beside Fuseki first."""
    stands = ratios(each, FUSEKI)
    ways = list(dict.fromkeys(way for row in each.values() for way in row))
    body = (
        [
            name,
            rows[name][OURS],
            *(_cell(each[name][way]) for way in ways),
            figure(stands[name]) if name in stands else "",
        ]
        for name in sorted(each, key=lambda name: (stands.get(name, 0.0), name))
    )
    return markdown(["query", "rows", *ways, f"{OURS} / {FUSEKI}"], body)


def _cell(rates: Rates) -> str:
    return errors(rates) if rates.failed else " · ".join(rates.cells())
