"""Links CSV and TSV on Apache Spark: the same rows as in one process, from many.

Every worker gets this package and the index, and links the lines of its partitions. What it finds
wrong comes back as a row, so that the first error of the file is told as in one process. A row is
a line: a quoted cell of CSV must not hold line ends here.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import zipfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from milia_onto.edges.vocabulary.detect import format_of
from milia_onto.edges.vocabulary.reading import check
from milia_onto.edges.vocabulary.source import LINE_LIMIT, lines, malformed
from milia_onto.edges.vocabulary.tabular import layout_of, separator_of, split
from milia_onto.link.record import NOTHING, Linked
from milia_onto.link.report import in_order
from milia_onto.model.errors import ContentError, MiliaError, SurroundingsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyspark import Broadcast

    from milia_onto.edges.vocabulary.identifiers import Identifiers
    from milia_onto.edges.vocabulary.reading import Asked
    from milia_onto.edges.vocabulary.tabular import Layout
    from milia_onto.link.match import Matcher
    from milia_onto.link.record import Candidate, Record

Told = tuple[str, Any]
REPLACEMENT = "\ufffd"


def link_on_spark(asked: Asked, ids: Identifiers, matcher: Matcher, master: str) -> Linked:
    """All candidates of a table, and all that were refused.

    Raises SurroundingsError where Spark is not installed or fails, UsageError where the file is
    no table, and what the reader of tables raises.
    """
    form = asked.form or format_of(asked.path)
    if form not in {"csv", "tsv"}:
        fix = "link it with --engine local, which needs no more memory for a larger file"
        raise UsageError(f"Spark links CSV and TSV, not {form}", place=str(asked.path), fix=fix)
    header = next(iter(lines(asked.path)), (1, ""))[1]
    separator = separator_of(header, form)
    layout = layout_of(split(header, separator, asked.path, 1), asked.columns, asked.path)
    task = Task(asked.path, separator, layout, ids, matcher)
    kept, refused = _collected(_told(asked.path, task, master))
    return Linked(tuple(in_order(kept)), tuple(in_order(refused)))


class Task:
    """What a worker does with the lines of a partition; sent to it as a whole."""

    def __init__(
        self, path: Path, separator: str, layout: Layout, ids: Identifiers, matcher: Matcher
    ) -> None:
        self.path, self.separator, self.layout = path, separator, layout
        self.ids, self.matcher = ids, matcher

    def run(self, numbered: Iterable[tuple[str, int]]) -> Iterator[Told]:
        """Candidates and refusals of lines with their numbers from 0; at an error, that."""
        for text, before in numbered:
            number = before + 1
            if number == 1 or not text:
                continue
            try:
                record = self._record(text, number)
                linked = self.matcher.link(record)
                check(record, self.path, written=linked is not NOTHING)
            except MiliaError as error:
                yield "error", (number, type(error).__name__, error.message, error.place, error.fix)
                return
            yield from (("kept", candidate) for candidate in linked.candidates)
            yield from (("refused", candidate) for candidate in linked.refused)

    def _record(self, text: str, number: int) -> Record:
        if len(text) > LINE_LIMIT:
            message = f"the line is longer than {LINE_LIMIT} bytes"
            raise malformed(self.path, number, message, "is this the right file?")
        if REPLACEMENT in text or "\0" in text:
            raise malformed(self.path, number, "not UTF-8 text", "save it as UTF-8")
        cells = split(text, self.separator, self.path, number)
        return self.layout.record(cells, self.ids, self.path, number)


def _collected(told: Iterable[Told]) -> tuple[list[Candidate], list[Candidate]]:
    rows: dict[str, list[Any]] = {"kept": [], "refused": [], "error": []}
    for kind, row in told:
        rows[kind].append(row)
    if rows["error"]:
        _, name, message, place, fix = min(rows["error"])
        kinds = {kind.__name__: kind for kind in (UsageError, ContentError)}
        raise kinds.get(name, SurroundingsError)(message, place=place, fix=fix)
    return rows["kept"], rows["refused"]


def _told(path: Path, task: Task, master: str) -> list[Told]:
    try:
        from py4j.protocol import Py4JError  # type: ignore[import-untyped]
        from pyspark import SparkConf, SparkContext
        from pyspark.errors import PySparkException
    except ImportError:
        fix = "pip install 'milia-onto[spark]'"
        raise SurroundingsError("Apache Spark is not installed", fix=fix) from None
    # The workers run what we run; a driver of another Python is refused by Spark.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    conf = SparkConf().setMaster(master).setAppName("milia-onto link")
    conf.set("spark.ui.enabled", "false").set("spark.ui.showConsoleProgress", "false")
    try:
        context = SparkContext(conf=conf)
    except (PySparkException, Py4JError, OSError) as error:
        raise _failed(error, master) from None
    try:
        context.setLogLevel("OFF")
        with tempfile.TemporaryDirectory() as folder:
            package = Path(folder, "milia_onto.zip")
            package.write_bytes(_package())
            context.addPyFile(str(package))
            shared = context.broadcast(task)
            numbered = context.textFile(path.resolve().as_uri()).zipWithIndex()
            return list(numbered.mapPartitions(partial(_run, shared)).collect())
    except (PySparkException, Py4JError, OSError) as error:
        raise _failed(error, master) from None
    finally:
        context.stop()


def _run(shared: Broadcast[Task], part: Iterable[tuple[str, int]]) -> Iterator[Told]:
    return shared.value.run(part)


def _failed(error: Exception, master: str) -> SurroundingsError:
    first = next(iter(str(error).strip().splitlines()), type(error).__name__)
    message = f"Spark failed: {first[:200]}"
    return SurroundingsError(message, place=master, fix="is the master there, and Java 17?")


def _package() -> bytes:
    """This package as a zip, for workers that have not got it installed."""
    root = Path(__file__).resolve().parent.parent
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted([*root.rglob("*.py"), *root.rglob("*.tsv")]):
            archive.write(path, path.relative_to(root.parent).as_posix())
    return packed.getvalue()
