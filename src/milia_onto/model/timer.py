"""Seconds spent in each stage of a run."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Timer:
    """Seconds spent in each stage, in order; ``tell`` is told the name of each that is done."""

    def __init__(self, tell: Callable[[str], None] | None = None) -> None:
        self._tell = tell
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        """All time since the last lap belongs to ``stage``."""
        now = time.perf_counter()
        self.seconds[stage] = now - self._last
        self._last = now
        if self._tell:
            self._tell(f"{stage}: done")
