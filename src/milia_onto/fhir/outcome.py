"""Errors as OperationOutcome (FHIR R5, 2.5; HTTP statuses of the RESTful API, 3.2.0)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milia_onto.fhir.publication import Resource

# The issue type that goes with a status where nothing says it better.
TYPES = {
    400: "invalid",
    403: "forbidden",
    404: "not-found",
    405: "not-supported",
    406: "not-supported",
    413: "too-long",
    414: "too-long",
    415: "not-supported",
    422: "not-supported",
}


class OutcomeError(Exception):
    """A request that is not answered: its HTTP status, what is wrong, the type of the issue."""

    def __init__(self, status: int, text: str, issue: str = "") -> None:
        super().__init__(text)
        self.status = status
        self.text = text
        self.issue = issue or TYPES.get(status, "processing")

    @property
    def resource(self) -> Resource:
        """The OperationOutcome."""
        return outcome("error", self.issue, self.text)


def outcome(severity: str, issue: str, text: str) -> Resource:
    """An OperationOutcome of one issue."""
    details = {"text": text}
    return {
        "resourceType": "OperationOutcome",
        "issue": [
            {"severity": severity, "code": issue, "details": details, "diagnostics": text},
        ],
    }
