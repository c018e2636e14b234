"""The engine with no server around it: no more answers than these can be had from it over HTTP."""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING

import pyoxigraph as ox

from benchmarks.http_clients import Sample
from benchmarks.http_figures import Rates
from milia_onto.publish.sparql_exists import with_exists_ordered

if TYPE_CHECKING:
    import threading
    from collections.abc import Sequence
    from pathlib import Path

JSON = ox.QueryResultsFormat.JSON


def engine_alone(data: Path, queries: Sequence[str], seconds: float) -> Rates:
    """All queries in turn in as many processes as there are processors, each with its store."""
    number = os.cpu_count() or 1
    total = Sample()
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, ProcessPoolExecutor(number, context) as pool:
        ready = manager.Barrier(number)
        work = [pool.submit(_process, data, queries, seconds, ready, n) for n in range(number)]
        for each in work:
            total.add(each.result())
    return Rates.of(total)


def _process(
    data: Path, queries: Sequence[str], seconds: float, ready: threading.Barrier, seed: int
) -> Sample:
    store = ox.Store()
    store.load(path=data, format=ox.RdfFormat.N_TRIPLES)
    texts = [with_exists_ordered(query) for query in queries]
    order = random.Random(seed).sample(texts, len(texts))
    times = []
    # None works while another still loads.
    ready.wait()
    begin = before = time.monotonic()
    while before < begin + seconds:
        for query in order:
            result = store.query(query)
            assert not isinstance(result, ox.QueryTriples)
            result.serialize(format=JSON)
            times.append((now := time.monotonic()) - before)
            before = now
    elapsed = before - begin
    return Sample(times, len(times) / elapsed, Counter(), 0.0, elapsed)
