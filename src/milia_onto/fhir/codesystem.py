"""The CodeSystem: every own class, its names as designations, its place as ``parent``.

FHIR R4 and R5, CodeSystem: what is used here is the same in both. A class may have several
parents, so the hierarchy stands in properties and not in nested concepts (R5, 4.8.10).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milia_onto.concepts.read import SAME
from milia_onto.fhir.publication import COPYRIGHT, EVERYTHING, SYSTEM
from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from milia_onto.concepts.read import Concept, Concepts, Name
    from milia_onto.fhir.publication import Publication, Resource

STANDARD = "http://hl7.org/fhir/concept-properties#"
PROPERTIES = (
    ("parent", f"{STANDARD}parent", "A kind directly above this one", "code"),
    ("child", f"{STANDARD}child", "A kind directly below this one", "code"),
    ("inactive", f"{STANDARD}inactive", "Withdrawn: not to be used for new data", "boolean"),
    ("status", f"{STANDARD}status", "active or deprecated", "code"),
    ("deprecationDate", f"{STANDARD}deprecationDate", "Since when withdrawn", "dateTime"),
    ("replacedBy", ns.REPLACED_BY.value, "What to use instead of a withdrawn code", "code"),
    ("definitionSource", ns.DEFINITION_SOURCE.value, "What the definition rests on", "string"),
)
SYNONYM = {
    "system": "http://snomed.info/sct",
    "code": "900000000000013009",
    "display": "Synonym",
}
PREFERRED = {
    "system": "http://terminology.hl7.org/CodeSystem/hl7TermMaintInfra",
    "code": "preferredForLanguage",
    "display": "Preferred For Language",
}
# Names that do not stand for the very same thing must not be taken for synonyms.
OTHER_USES = {
    "broad": (ns.NAMESPACES["oboInOwl"], "hasBroadSynonym"),
    "narrow": (ns.NAMESPACES["oboInOwl"], "hasNarrowSynonym"),
    "related": (ns.NAMESPACES["oboInOwl"], "hasRelatedSynonym"),
    "hidden": (ns.NAMESPACES["skos"], "hiddenLabel"),
}


def code_system(concepts: Concepts, about: Publication) -> Resource:
    """The CodeSystem of all own classes."""
    below: dict[str, list[str]] = {code: [] for code in concepts.by_code}
    above = {code: concepts.parents(code) for code in concepts.by_code}
    for code, parents in above.items():
        for parent in parents:
            below[parent].append(code)
    return {
        **about.common("CodeSystem", "milia", SYSTEM, about.title),
        "description": about.description,
        "copyright": COPYRIGHT,
        "caseSensitive": True,
        "valueSet": EVERYTHING,
        "hierarchyMeaning": "is-a",
        "compositional": False,
        "versionNeeded": False,
        "content": "complete",
        "count": len(concepts.by_code),
        "property": [
            {"code": code, "uri": uri, "description": text, "type": kind}
            for code, uri, text, kind in PROPERTIES
        ],
        "concept": [
            _concept(concept, above[code], below[code])
            for code, concept in concepts.by_code.items()
        ],
    }


def _concept(concept: Concept, parents: tuple[str, ...], children: list[str]) -> Resource:
    found: Resource = {"code": concept.code, "display": concept.label}
    if concept.definition:
        found["definition"] = concept.definition
    shown = [name for name in concept.names if not _is_display(name, concept)]
    if shown:
        found["designation"] = [_designation(name) for name in shown]
    found["property"] = [
        *({"code": "parent", "valueCode": code} for code in parents),
        *({"code": "child", "valueCode": code} for code in children),
        *_standing(concept),
        *({"code": "definitionSource", "valueString": iri} for iri in concept.sources),
    ]
    return found


def _is_display(name: Name, concept: Concept) -> bool:
    return (name.text, name.language) == (concept.label, "en")


def _standing(concept: Concept) -> list[Resource]:
    status = "deprecated" if concept.deprecated else "active"
    found: list[Resource] = [{"code": "status", "valueCode": status}]
    if concept.deprecated:
        found.append({"code": "inactive", "valueBoolean": True})
        if concept.withdrawn:
            found.append({"code": "deprecationDate", "valueDateTime": concept.withdrawn})
    found += ({"code": "replacedBy", "valueCode": code} for code in concept.replaced_by)
    return found


def _designation(name: Name) -> Resource:
    if name.kind == "preferred":
        use = PREFERRED
    elif name.kind in SAME:
        use = SYNONYM
    else:
        use = dict(zip(("system", "code"), OTHER_USES[name.kind], strict=True))
    return {"language": name.language, "use": use, "value": name.text}
