"""The names of the folders and files of a project and of a release, once."""

from __future__ import annotations

ONTOLOGY = "ontology"
SHAPES = "shapes"
CHECKS = f"{SHAPES}/checks"
GATE_SHAPES = f"{SHAPES}/gate"
PUBLIC_SHAPES = f"{SHAPES}/public"
PUBLIC_SHAPES_FILE = f"{PUBLIC_SHAPES}/milia.shapes.ttl"
QUERIES = f"{ONTOLOGY}/queries"
LOGO = f"{ONTOLOGY}/logo.svg"
BUILD = "build"
SCRIPTS = "web/dist"
CACHE = ".cache/milia-onto"
SOURCE_FOLDERS = (ONTOLOGY, SHAPES)
# The full graph of a release in its four syntaxes.
TURTLE, JSONLD, RDFXML, NTRIPLES = "milia.ttl", "milia.jsonld", "milia.owl", "milia.nt"
FULL = (TURTLE, JSONLD, RDFXML, NTRIPLES)
# The terms alone, and the context that all JSON-LD of a release shares.
TERMS, CONTEXT = "terms.jsonld", "context.jsonld"
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
# The columns of a mapping set, in order (SSSOM, mapping slots).
MAPPING_COLUMNS = (
    "record_id",
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "confidence",
    "comment",
)
