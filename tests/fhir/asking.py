"""A client of the FHIR server, in this process, that has every answer validated."""

from __future__ import annotations

import asyncio
import json
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.applications import Starlette

Resource = dict[str, Any]
MODULES = {"r4": "fhir.resources.R4B", "r5": "fhir.resources"}
ACCEPT = {"r4": "application/fhir+json", "r5": "application/fhir+json; fhirVersion=5.0"}


@cache
def model(release: str, kind: str) -> Any:
    return getattr(import_module(f"{MODULES[release]}.{kind.lower()}"), kind)


def validate(resource: Resource, release: str) -> None:
    """By the classes of fhir.resources (R4B has the terminology of R4)."""
    model(release, resource["resourceType"]).model_validate_json(json.dumps(resource))


class Answer:
    """Status, headers and the resource that came back."""

    def __init__(self, status: int, headers: Any, text: str) -> None:
        self.status = status
        self.headers = headers
        self.resource: Resource = json.loads(text) if text else {}

    def __getitem__(self, name: str) -> Any:
        """The value of a parameter of the answer."""
        return next(value_of(part) for part in self.resource["parameter"] if part["name"] == name)

    def all(self, name: str) -> list[dict[str, Any]]:
        """The parts of every parameter of this name."""
        return [
            {each["name"]: value_of(each) for each in part["part"]}
            for part in self.resource.get("parameter", ())
            if part["name"] == name
        ]

    @property
    def codes(self) -> list[str]:
        """The codes of an expansion."""
        return [each["code"] for each in self.resource["expansion"].get("contains", ())]

    @property
    def text(self) -> str:
        """What an OperationOutcome says."""
        return str(self.resource["issue"][0]["diagnostics"])


def value_of(part: Resource) -> Any:
    return next((v for k, v in part.items() if k.startswith("value") or k == "resource"), None)


class Asker:
    """Asks, and keeps every answer for the reference validator."""

    def __init__(self, app: Starlette, folder: Path) -> None:
        self.app = app
        self.folder = folder
        self.kept: dict[str, list[Path]] = {"r4": [], "r5": []}

    def __call__(
        self, release: str, path: str, body: Any = None, *, method: str = "", **headers: str
    ) -> Answer:
        headers = {
            "accept": ACCEPT[release],
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }
        content = None
        if body is not None:
            content = body if isinstance(body, str | bytes) else json.dumps(body)
            headers.setdefault("content-type", "application/fhir+json")
        method = method or ("GET" if body is None else "POST")
        found = asyncio.run(self._send(method, f"/fhir/{path}", content, headers))
        answer = Answer(found.status_code, found.headers, found.text)
        if found.text:
            assert found.headers["content-type"].startswith("application/fhir+json; fhirVersion=")
            validate(answer.resource, release)
            file = self.folder / f"{release}-{len(self.kept[release])}.json"
            file.write_text(found.text, encoding="utf-8")
            self.kept[release].append(file)
        return answer

    async def _send(
        self, method: str, path: str, content: str | bytes | None, headers: dict[str, str]
    ) -> httpx.Response:
        # An exception in the server is raised here: a crash never looks like an answer.
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://milia") as client:
            return await client.request(method, path, content=content, headers=headers)


def posted(**values: Any) -> Resource:
    """A Parameters resource; what a value is says which value[x] carries it."""
    return {
        "resourceType": "Parameters",
        "parameter": [{"name": name, member(value): value} for name, value in values.items()],
    }


def member(value: Any) -> str:
    if isinstance(value, bool):
        return "valueBoolean"
    if isinstance(value, int):
        return "valueInteger"
    if isinstance(value, str):
        return "valueString"
    if "resourceType" in value:
        return "resource"
    return "valueCodeableConcept" if "coding" in value else "valueCoding"
