"""Records for those who list ontologies or link to this one, made from the release itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.registry import linksets, listings, metadata, texts
from milia_onto.registry.about import about

if TYPE_CHECKING:
    from milia_onto.model.values import Products

__all__ = ["files"]


def files(products: Products) -> dict[str, bytes]:
    """The files below ``registry/`` of a release, by path."""
    ontology = about(products)
    found = {
        "README.md": texts.readme(ontology),
        "bioregistry.json": listings.bioregistry(ontology),
        "inverse.nt": linksets.inverse_links(products),
        "linksets.ttl": linksets.linksets(products, ontology),
        "metadata.ttl": metadata.metadata(products, ontology),
        "obo-foundry.md": listings.obo_foundry(ontology),
        "prefixes.epm.json": listings.prefix_map(products.prefixes),
        "w3id.md": texts.w3id(ontology),
        "wikidata.txt": listings.wikidata(ontology),
    }
    return {f"registry/{name}": data for name, data in found.items()}
