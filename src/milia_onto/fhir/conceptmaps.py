"""The ConceptMaps: one a mapping set, in the words of R4 and in those of R5.

The direction is read from source to target: our ``skos:broadMatch`` says that the target is the
wider one, which R4 calls ``wider`` and R5 ``source-is-narrower-than-target``.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from milia_onto.fhir.publication import COPYRIGHT, EVERYTHING, ROOT, SYSTEM
from milia_onto.fhir.systems import coding
from milia_onto.model import namespaces as ns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from milia_onto.concepts.read import Concept, Concepts, Match
    from milia_onto.fhir.publication import Publication, Resource
    from milia_onto.model.prefixes import Prefixes

    Rows = Mapping[str, Mapping[str, list[tuple[str, Match]]]]

EQUIVALENCE = {
    "exactMatch": "equivalent",
    "closeMatch": "relatedto",
    "broadMatch": "wider",
    "narrowMatch": "narrower",
    "relatedMatch": "relatedto",
}
RELATIONSHIP = {
    "exactMatch": "equivalent",
    "closeMatch": "related-to",
    "broadMatch": "source-is-narrower-than-target",
    "narrowMatch": "source-is-broader-than-target",
    "relatedMatch": "related-to",
}
# A negative row keeps two concepts apart; no machine may translate by it.
APART = {"r4": "disjoint", "r5": "not-related-to"}
SEMAPV = "https://w3id.org/semapv/vocab/"
CONFIDENCE = {
    "code": "confidence",
    "uri": f"{ns.NAMESPACES['sssom']}confidence",
    "description": "How sure the mapping is, from 0 to 1",
    "type": "decimal",
}


def concept_maps(
    concepts: Concepts,
    about: Publication,
    prefixes: Prefixes,
    titles: Mapping[str, str],
    release: str,
) -> Iterator[Resource]:
    """One map a mapping set in the words of ``release``; ``titles`` by the name of the set."""
    targets = sorted({m.target for c in concepts.by_code.values() for m in c.matches})
    for target in targets:
        id_ = f"milia-{target}"
        url = f"{ROOT}ConceptMap/{id_}"
        title = titles.get(target, id_)
        scope = "sourceUri" if release == "r4" else "sourceScopeUri"
        found = {
            **about.common("ConceptMap", id_, url, title),
            "description": f"{title}. From the SSSOM mapping set {ns.MAPPINGS}{target}.",
            "copyright": COPYRIGHT,
            **({"property": [CONFIDENCE]} if release == "r5" else {}),
            scope: EVERYTHING,
            "group": list(_groups(concepts, about, prefixes, target, release)),
        }
        yield found


def _groups(
    concepts: Concepts, about: Publication, prefixes: Prefixes, target: str, release: str
) -> Iterator[Resource]:
    rows: dict[str, list[tuple[Concept, str, Match]]] = defaultdict(list)
    for concept in concepts.by_code.values():
        for match in concept.matches:
            if match.target == target:
                system, code = coding(match.object, prefixes)
                rows[system].append((concept, code, match))
    # R4 has a member of its own for the version, R5 puts it behind the address.
    source: Resource = {"source": SYSTEM, "sourceVersion": about.version}
    if release == "r5":
        source = {"source": f"{SYSTEM}|{about.version}"}
    for system, found in sorted(rows.items()):
        elements: dict[str, Resource] = {}
        for concept, code, match in found:
            element = {"code": concept.code, "display": concept.label, "target": []}
            elements.setdefault(concept.code, element)
            elements[concept.code]["target"].append(_target(code, match, release))
        yield {**source, "target": system, "element": list(elements.values())}


def _target(code: str, match: Match, release: str) -> Resource:
    found: Resource = {"code": code}
    if match.object_label:
        found["display"] = match.object_label
    if release == "r4":
        found["equivalence"] = APART["r4"] if match.negated else EQUIVALENCE[match.match]
    else:
        found["relationship"] = APART["r5"] if match.negated else RELATIONSHIP[match.match]
    found["comment"] = _comment(match)
    if release == "r5" and match.confidence:
        number = float(match.confidence)
        found["property"] = [{"code": "confidence", "valueDecimal": number}]
    return found


def _comment(match: Match) -> str:
    """What SSSOM says beyond the code; a narrower match must have a comment (cmd-1)."""
    denied = "not " if match.negated else ""
    said = f"{denied}skos:{match.match}, {match.justification.removeprefix(SEMAPV)}"
    sure = f", confidence {match.confidence}" if match.confidence else ""
    return f"{match.comment} ({said}{sure})".lstrip()
