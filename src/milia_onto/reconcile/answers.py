"""What the service answers beside candidates: manifest, suggestions, values, previews (API 0.2)."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from milia_onto._version import __version__
from milia_onto.publish.lookup import texts
from milia_onto.publish.names import normal
from milia_onto.reconcile.entities import PROPERTIES, short
from milia_onto.reconcile.read import MOST_QUERIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from milia_onto.reconcile.entities import Entities, Entity, Type
    from milia_onto.reconcile.read import Extension

PAGE = 10
PREVIEW = {"width": 420, "height": 300}


def manifest(entities: Entities, base: str) -> dict[str, Any]:
    """The service manifest (4.1); ``base`` is the address of the service."""

    def service(path: str) -> dict[str, str]:
        return {"service_url": base, "service_path": path}

    return {
        "versions": ["0.2"],
        "name": "Milia Ontology",
        "identifierSpace": "https://w3id.org/milia/",
        "schemaSpace": "http://www.w3.org/2002/07/owl#Class",
        "documentation": "https://w3id.org/milia",
        "serviceVersion": __version__,
        "logo": "https://w3id.org/milia/logo.svg",
        "view": {"url": "https://w3id.org/milia/{{id}}"},
        "defaultTypes": [_described(kind) for kind in entities.kinds],
        "batchSize": MOST_QUERIES,
        "preview": {"url": f"{base}/preview?id={{{{id}}}}", **PREVIEW},
        "suggest": {name: service(f"/suggest/{name}") for name in ("entity", "property", "type")},
        "extend": {"propose_properties": service("/properties"), "property_settings": []},
    }


def _described(kind: Type) -> dict[str, str]:
    found = {"id": kind.id, "name": kind.name}
    return {**found, "description": kind.description} if kind.description else found


def _page(
    items: Iterable[tuple[Iterable[str], dict[str, Any]]], prefix: str, cursor: int
) -> dict[str, Any]:
    """Items whose label, then whose other name, then of whose names a word begins so (7.3)."""
    wanted = normal(prefix)
    found = []
    for names, item in items:
        keys = [normal(item["name"]), *map(normal, names)]
        # All identifiers begin alike: they count from their first figure on.
        if any(letter.isdigit() for letter in wanted):
            keys += [normal(item["id"]), normal(item["id"].replace("_", ":", 1))]
        places = [n for n, key in enumerate(keys) if key.startswith(wanted)]
        if places or any(f" {wanted}" in key for key in keys):
            rank = min(places[0], 1) if places else 2
            found.append((rank, len(item["name"]), item["name"], item["id"], item))
    found.sort(key=lambda row: row[:4])
    return {"result": [row[4] for row in found[cursor : cursor + PAGE]]}


def suggest_entities(entities: Entities, prefix: str, cursor: int) -> dict[str, Any]:
    """Terms by the beginning of a name, or of their identifier."""
    return _page((_suggested(e) for e in entities.by_id.values()), prefix, cursor)


def _suggested(entity: Entity) -> tuple[list[str], dict[str, Any]]:
    item = {
        "id": entity.id,
        "name": entity.name,
        "description": entity.description,
        "notable": [{"id": kind.id, "name": kind.name} for kind in entity.types],
    }
    return [name for name, _ in entity.names], item


def suggest_types(entities: Entities, prefix: str, cursor: int) -> dict[str, Any]:
    """Types by the beginning of their name or identifier."""
    kinds = entities.types.values()
    return _page((((), _described(kind)) for kind in kinds), prefix, cursor)


def suggest_properties(_entities: Entities, prefix: str, cursor: int) -> dict[str, Any]:
    """Properties by the beginning of their name or identifier."""
    items = (
        ([key], {"id": key, "name": name, "description": told})
        for key, (name, told) in PROPERTIES.items()
    )
    return _page(items, prefix, cursor)


def propose(entities: Entities, type_: str, limit: int) -> dict[str, Any]:
    """The properties that terms of a type have values for, the most frequent first (8.2)."""
    wanted = short(type_)
    counts = dict.fromkeys(PROPERTIES, 0)
    for entity in entities.by_id.values():
        if not type_ or wanted in {short(curie) for curie in entity.above}:
            for key in counts:
                counts[key] += key in entity.node
    used = sorted((key for key in counts if counts[key]), key=lambda key: -counts[key])[:limit]
    found: dict[str, Any] = {
        "properties": [{"id": key, "name": PROPERTIES[key][0]} for key in used],
        "limit": limit,
    }
    return {**found, "type": type_} if type_ else found


def extended(entities: Entities, asked: Extension) -> dict[str, Any]:
    """The values that were asked for (8.4); what is no entity has none."""
    rows = {}
    for id_ in asked.ids:
        entity = entities.find(id_)
        rows[id_] = {
            key: list(entities.values(entity, key)) if entity else [] for key in asked.properties
        }
    return {
        "meta": [{"id": key, "name": PROPERTIES[key][0]} for key in asked.properties],
        "rows": rows,
    }


def preview(entities: Entities, entity: Entity) -> bytes:
    """A small page about a term (6.2), without script or style."""
    hit = entities.index.hit(entity.id.replace("_", ":", 1), "")
    parts = [f"<h1>{escape(entity.name)}</h1>", f"<p>{escape(entity.description)}</p>"]
    lists = {
        "Kind of": [entities.index.label(p) for p in texts(entity.node.get("subClassOf", ()))],
        "Also called": hit.synonyms,
        "Codes": [f"{m.code} {m.label} ({m.relation})" for m in hit.mappings],
    }
    for title, items in lists.items():
        if items:
            told = "".join(f"<li>{escape(item)}</li>" for item in items)
            parts.append(f"<h2>{title}</h2><ul>{told}</ul>")
    body = "\n".join(parts)
    text = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(entity.name)}</title></head>\n<body>\n{body}\n</body></html>\n"
    )
    return text.encode()
