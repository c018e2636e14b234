"""How deep an RDF text nests, told before a parser sees it.

Triple terms (RDF 1.2 Concepts, 3.1) may hold triple terms. The parser, and whatever walks its
triples, calls itself for each: some thousand levels overflow the stack and kill the process.
"""

from __future__ import annotations

import io
import re
from typing import IO, TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_TERMS = 200
# Each level costs the parser of RDF/XML what all levels above it cost. A list may be nested.
MOST_ELEMENTS = 10_000
CHUNK = 1 << 20
# All that is neither << nor >>; each alternative gives nothing back, so work grows with length.
OTHER = re.compile(
    rb"""(?:[^"'<>#]++
        |\"\"\"(?:"{0,2}(?:[^"\\]|\\.))*+\"\"\"|'''(?:'{0,2}(?:[^'\\]|\\.))*+'''
        |"(?!")(?:[^"\\\n\r]|\\.)++"|'(?!')(?:[^'\\\n\r]|\\.)++'|""(?=[^"])|''(?=[^'])
        |<[^<>"{}|^`\x00-\x20]*+>
        |\#[^\n\r]*+[\n\r])*+""",
    re.VERBOSE | re.DOTALL,
)
# A text in one pair of marks that its line ends, or what begins like an IRI or >> and is neither.
BROKEN = re.compile(
    rb"""(?:"(?!")|'(?!'))(?:[^\\\n\r]|\\.)*+[\n\r]|<[^<>"{}|^`\x00-\x20]*+[^>]|>[^>]""", re.DOTALL
)


class TooDeepError(Exception):
    """A text that nests too deep: what nests, and the line in which it does."""

    def __init__(self, what: str, most: int, line: int) -> None:
        super().__init__(f"{what} nest deeper than {most} levels")
        self.line = line


def check(data: bytes, syntax: str) -> None:
    """Raise TooDeepError where ``data`` nests too deep; ``syntax`` is a name of ``model.formats``.

    ExpatError is raised where RDF/XML is not well-formed.
    """
    if syntax == "rdfxml":
        parser = expat.ParserCreate()
        Levels(parser)
        parser.Parse(data, True)
    elif syntax != "jsonld" and b"<<" in data:
        stream = Bounded(io.BytesIO(data), syntax)
        while stream.read(len(data)):
            pass


class Bounded:
    """A stream of Turtle, TriG, N3, N-Triples or N-Quads in which triple terms nest little."""

    def __init__(self, stream: IO[bytes], syntax: str) -> None:
        """``syntax`` is a name of ``model.formats``."""
        self._stream = stream
        # In these no text in quotes goes over the end of a line.
        self._by_line = syntax in {"nt", "nquads"}
        self._held = self._ready = b""
        self._given = self._depth = 0
        self._line = 1
        self._ended = False

    def read(self, size: int = CHUNK) -> bytes:
        """The next bytes, at most ``size``. Raises TooDeepError."""
        while self._given >= len(self._ready) and not self._ended:
            self._fill()
        data = self._ready[self._given : self._given + size]
        self._given += len(data)
        return data

    def _fill(self) -> None:
        # As much again as is held: a text of any length is then gone over a few times, no more.
        data, wanted = self._held, max(CHUNK, 2 * len(self._held))
        while len(data) < wanted and not self._ended:
            more = self._stream.read(wanted - len(data))
            self._ended = not more
            data += more
        end = self._scan(data)
        self._ready, self._held, self._given = data[:end], data[end:], 0
        self._line += self._ready.count(b"\n")

    def _scan(self, data: bytes) -> int:
        """Count the levels in ``data``; where what may go on in later data begins."""
        at = 0
        if self._by_line and b"<<" not in data and (end := data.rfind(b"\n") + 1):
            self._depth = 0
            return end
        while (match := OTHER.match(data, at)) and (at := match.end()) < len(data):
            mark = data[at : at + 2]
            if mark == b"<<":
                self._depth += 1
                if self._depth > MOST_TERMS:
                    line = self._line + data.count(b"\n", 0, at)
                    raise TooDeepError("triple terms", MOST_TERMS, line)
            elif mark == b">>":
                self._depth = max(self._depth - 1, 0)
            elif not BROKEN.match(data, at):
                return len(data) if self._ended else at
            at += 2 if mark in {b"<<", b">>"} else 1
        return len(data)


class Levels:
    """Watches the elements that a parser of XML meets."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        """Make ``parser`` raise TooDeepError where elements nest deep, or triple terms do."""
        self._parser = parser
        self._terms: list[bool] = []
        self._deep = 0
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end

    def _start(self, _: str, attributes: Mapping[str, str]) -> None:
        is_term = "Triple" in attributes.values()
        self._terms.append(is_term)
        self._deep += is_term
        for what, found, most in (
            ("elements", len(self._terms), MOST_ELEMENTS),
            ("triple terms", self._deep, MOST_TERMS),
        ):
            if found > most:
                raise TooDeepError(what, most, self._parser.CurrentLineNumber)

    def _end(self, _: str) -> None:
        self._deep -= self._terms.pop()
