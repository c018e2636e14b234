"""Answers kept while the server runs: its data never change."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milia_onto.serve.jobs import Answer, Job

KEPT = 64 * 1024**2
# What an entry costs beside its texts.
ENTRY = 500


class Cache:
    """The answers asked for last, up to a number of bytes."""

    def __init__(self, limit: int = KEPT) -> None:
        self.limit = limit
        self.size = 0
        self._answers: OrderedDict[Job, Answer] = OrderedDict()

    def get(self, job: Job) -> Answer | None:
        """The answer to a job, if it is here."""
        answer = self._answers.get(job)
        if answer is not None:
            self._answers.move_to_end(job)
        return answer

    def put(self, job: Job, answer: Answer) -> None:
        """Keep an answer, unless it would drive out a quarter of the others."""
        cost = _cost(job, answer)
        if cost > self.limit / 4 or job in self._answers:
            return
        self._answers[job] = answer
        self.size += cost
        while self.size > self.limit:
            self.size -= _cost(*self._answers.popitem(last=False))


def _cost(job: Job, answer: Answer) -> int:
    return len(answer.body) + 4 * len(job.query) + ENTRY
