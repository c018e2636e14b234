"""One small vocabulary, written in every format that `link` reads."""

from __future__ import annotations

import csv
import io
import json

# id, label, exact synonyms, cross-references, obsolete
TERMS = (
    ("EX:1", "Milia", ["Milk spot", "grains de milium"], [], False),
    ("EX:2", "Prickly heat", ["Miliaria"], ["MESH:D008883"], False),
    ("EX:3", "Vulvar milia", [], [], False),
    ("EX:4", "Plaques, milia en", [], [], False),
    ("EX:5", "Colloid milium", [], [], False),
    ("EX:6", "Naevus depigmentosus", [], [], False),
    ("EX:7", "Milia", [], [], True),
    ("EX:8", "Sebaceous cyst", ["Steatoma"], [], False),
    ("EX:9", "Unnamed kind", [], ["UMLS:C0345996"], False),
    ("EX:10", "Newborn erythaema toxicum", [], [], False),
    ("EX:11", "Miliaria", [], [], False),
)
# Subject, predicate and object of all that is proposed for it; MONDO:0006580 is miliaria.
EXPECTED = {
    ("EX:1", "skos:exactMatch", "MILIA:0000001"),
    ("EX:2", "skos:exactMatch", "MONDO:0006580"),
    ("EX:3", "skos:exactMatch", "MILIA:0000019"),
    ("EX:4", "skos:exactMatch", "MILIA:0000006"),
    ("EX:5", "skos:exactMatch", "MILIA:0000204"),
    ("EX:6", "skos:exactMatch", "MILIA:0000712"),
    ("EX:9", "skos:closeMatch", "MILIA:0000001"),
    ("EX:10", "skos:exactMatch", "MILIA:0000218"),
    ("EX:11", "skos:exactMatch", "MONDO:0006580"),
}
EX = "https://example.org/ex/"


def table(form: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t" if form == "tsv" else ",", lineterminator="\n")
    writer.writerow(["id", "label", "synonyms", "xrefs", "obsolete"])
    for id_, label, synonyms, xrefs, obsolete in TERMS:
        writer.writerow([id_, label, "|".join(synonyms), "|".join(xrefs), "ny"[obsolete]])
    return out.getvalue()


def obo() -> str:
    lines = ["format-version: 1.4", f"idspace: EX {EX} example", ""]
    for id_, label, synonyms, xrefs, obsolete in TERMS:
        lines += ["[Term]", f"id: {id_}", f"name: {label}"]
        lines += [f'synonym: "{text}" EXACT []' for text in synonyms]
        lines += [f"xref: {xref}" for xref in xrefs]
        lines += ["is_obsolete: true"] if obsolete else []
        lines.append("")
    return "\n".join([*lines, "[Typedef]", "id: part_of", "name: milia", ""])


def turtle(*, skos: bool) -> str:
    """Scattered: all labels first, then all synonyms, then the rest."""
    label, synonym = ("skos:prefLabel", "skos:altLabel")
    if not skos:
        label, synonym = "rdfs:label", "oboInOwl:hasExactSynonym"
    lines = [
        f"@prefix EX: <{EX}> .",
        "@prefix oboInOwl: <http://www.geneontology.org/formats/oboInOwl#> .",
        "@prefix owl: <http://www.w3.org/2002/07/owl#> .",
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .",
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .",
    ]
    lines += [f"{id_} {label} {json.dumps(text)}@en ." for id_, text, *_ in TERMS]
    lines += [f'{i} {synonym} "{text}" .' for i, _, texts, _, _ in TERMS for text in texts]
    lines += [f'{i} oboInOwl:hasDbXref "{x}" .' for i, _, _, xrefs, _ in TERMS for x in xrefs]
    lines += [f"{i} owl:deprecated true ." for i, _, _, _, obsolete in TERMS if obsolete]
    return "\n".join(lines) + "\n"


def obograph() -> str:
    nodes = [
        {
            "id": EX + id_[3:],
            "lbl": label,
            "type": "CLASS",
            "meta": {
                "synonyms": [{"pred": "hasExactSynonym", "val": text} for text in synonyms],
                "xrefs": [{"val": xref} for xref in xrefs],
                "deprecated": obsolete,
            },
        }
        for id_, label, synonyms, xrefs, obsolete in TERMS
    ]
    nodes.append({"id": f"{EX}p", "lbl": "milia", "type": "PROPERTY"})
    return json.dumps({"graphs": [{"nodes": nodes, "edges": []}]})


def codesystem() -> str:
    """The concepts nested in one another, and the address at the end."""
    concept: list[dict[str, object]] = []
    for id_, label, synonyms, xrefs, obsolete in reversed(TERMS):
        if xrefs and "UMLS" in xrefs[0]:
            synonyms = ["Milium cyst"]  # FHIR has no cross-references: named instead
        concept = [
            {
                "code": id_[3:],
                "display": label,
                "designation": [{"language": "en", "value": text} for text in synonyms],
                "property": [{"code": "inactive", "valueBoolean": obsolete}],
                "concept": concept,
            }
        ]
    return json.dumps({"resourceType": "CodeSystem", "concept": concept, "url": EX.rstrip("/")})


def sssom() -> str:
    lines = ["# curie_map:", f"#   EX: {EX}", "#   OTHER: https://example.org/other/"]
    lines += ["#   UMLS: https://uts.nlm.nih.gov/uts/umls/concept/"]
    lines.append("subject_id\tsubject_label\tpredicate_id\tobject_id\tobject_label")
    for id_, label, synonyms, xrefs, obsolete in TERMS:
        if not obsolete:
            other = xrefs[0] if xrefs else f"OTHER:{id_[3:]}"
            lines.append(f"{id_}\t{label}\tskos:exactMatch\t{other}\t")
    return "\n".join(lines) + "\n"
