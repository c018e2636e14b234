"""The texts in a JSON-LD value, with their languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

DEFAULT_LANGUAGE = "en"


class Text(NamedTuple):
    """A text and the tag of its language, or "" where it has none."""

    text: str
    language: str


def texts(value: Any, language: str = DEFAULT_LANGUAGE) -> Iterator[Text]:
    """Every text in a string, an array, a language map or a value object (JSON-LD 1.1, 4.2)."""
    if isinstance(value, str):
        yield from [Text(value, language)] if value else []
    elif isinstance(value, list):
        for part in value:
            yield from texts(part, language)
    elif isinstance(value, dict) and "@value" in value:
        yield Text(str(value["@value"]), value.get("@language", ""))
    elif isinstance(value, dict):
        for tag, part in value.items():
            if not tag.startswith("@") and tag != "id":
                yield from texts(part, tag)


def first(value: Any) -> str:
    """The first text of a value, or ""."""
    return next((found.text for found in texts(value)), "")


def ids(value: Any) -> list[str]:
    """The ids in a value: strings, and objects that are no more than an ``id``."""
    if value is None:
        return []
    if isinstance(value, dict):
        return [value["id"]] if isinstance(value.get("id"), str) else []
    if isinstance(value, str):
        return [value]
    return [one for part in value for one in ids(part)]
