"""What a stranger may rely on: the release loads, it says what is true, and wrong sources are refused."""

from __future__ import annotations

import json
import re
import socket
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from milia_onto.stages.canonical import digest as canonical

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from milia_onto.model.values import Release
    from tests.conftest import Result

MILIA = "https://w3id.org/milia/MILIA_"
PREFIXES = {
    "MILIA": MILIA,
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "oio": "http://www.geneontology.org/formats/oboInOwl#",
}
KINDS = "ontology/modules/kinds.ttl"


def store(data: bytes) -> ox.Store:
    found = ox.Store()
    found.bulk_load(data, format=ox.RdfFormat.TURTLE)
    return found


@pytest.fixture(scope="module")
def full(made: Release) -> ox.Store:
    return store(made.files["milia.ttl"])


@pytest.fixture(scope="module")
def base(made: Release) -> ox.Store:
    return store(made.files["milia-base.ttl"])


def select(graph: ox.Store, query: str) -> set[str]:
    """The values of a query's only variable."""
    found = graph.query(query, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return {row[0].value for row in found}


def ask(graph: ox.Store, pattern: str) -> bool:
    return bool(graph.query(f"ASK {{ {pattern} }}", prefixes=PREFIXES))


# Acceptance 2 ------------------------------------------------------------------------------------


def test_turtle_and_json_ld_hold_the_same_graph(made: Release) -> None:
    """In pyoxigraph; rdflib loads them in tests/serialise."""
    forms = {"milia.ttl": ox.RdfFormat.TURTLE, "milia.jsonld": ox.RdfFormat.JSON_LD}
    stores = []
    for name, form in forms.items():
        found = ox.Store()
        found.bulk_load(made.files[name], format=form)
        stores.append(found)
    one, two = ({quad.triple for quad in found} for found in stores)
    triples = json.loads(made.files["manifest.json"])["graph"]["triples"]
    assert len(one) == len(two) == triples
    assert canonical(one) == canonical(two)


def test_l72_0_is_reached_from_milia_by_broad_match(full: ox.Store) -> None:
    codes = select(full, "SELECT ?code { MILIA:0000001 skos:broadMatch ?code }")
    assert {code.rsplit("/", 2)[-2] + code.rsplit("/", 1)[-1] for code in codes if "L72.0" in code}
    assert len([code for code in codes if code.endswith("/L72.0")]) == 2, "ICD-10 and ICD-10-CM"


def test_l72_0_is_reached_from_nothing_by_exact_match(full: ox.Store) -> None:
    reached = 'FILTER(REGEX(STR(?code), "ICD|icd") && REGEX(STR(?code), "L72[.]?0"))'
    assert ask(full, f"?term skos:broadMatch ?code {reached}")
    assert not ask(full, f"?term skos:exactMatch ?code {reached}")
    exact = "?m sssom:predicate_id skos:exactMatch ; sssom:object_id ?code "
    assert not ask(full, exact + reached)


def test_what_must_not_be_mapped_is_not(full: ox.Store) -> None:
    pearl = select(full, 'SELECT ?t { ?t rdfs:label "Epstein pearl"@en }')
    assert len(pearl) == 1
    assert not ask(full, f"<{pearl.pop()}> ?m ?c FILTER(STRENDS(STR(?c), '/L72.0') && STRENDS(STR(?m), 'Match'))")  # fmt: skip
    for code in ("L57.8", "L74.0", "L74.1", "L74.2", "L74.3"):
        wrong = (
            f"MILIA:0000001 ?m ?c FILTER(STRENDS(STR(?c), '/{code}') && STRENDS(STR(?m), 'Match'))"
        )
        assert not ask(full, wrong), code


# Acceptance 3 ------------------------------------------------------------------------------------

TRAUMA, DISEASE, MEDICATION, SECONDARY, PRIMARY = (
    "MILIA:0000013",
    "MILIA:0000011",
    "MILIA:0000012",
    "MILIA:0000003",
    "MILIA:0000002",
)
PLACED = [
    ("milia following dermabrasion", TRAUMA),
    ("milia following dermabrasion", SECONDARY),
    ("milia following tattooing", TRAUMA),
    ("milia following tattooing", SECONDARY),
    ("milia following burn", TRAUMA),
    ("milia following burn", SECONDARY),
    ("milia following bullous pemphigoid", DISEASE),
    ("milia following bullous pemphigoid", SECONDARY),
    ("milia following topical fluorouracil use", MEDICATION),
    ("milia following topical fluorouracil use", SECONDARY),
]


@pytest.mark.parametrize(("label", "above"), PLACED)
def test_a_kind_is_placed_by_inference(
    full: ox.Store, base: ox.Store, label: str, above: str
) -> None:
    assert len(PLACED) == 10
    placed = f'?kind rdfs:label "{label}"@en ; rdfs:subClassOf+ {above}'
    assert ask(full, placed)
    assert ask(base, f'?kind rdfs:label "{label}"@en'), "the kind is an own term"
    assert not ask(base, placed), "nobody asserts the placement"
    step = f'?kind rdfs:label "{label}"@en ; rdfs:subClassOf ?up . ?up rdfs:subClassOf* {above} .'
    marked = "?axiom owl:annotatedSource ?kind ; owl:annotatedTarget ?up ; oio:is_inferred true"
    assert ask(full, f"{step} {marked}")


def test_no_placement_under_the_three_groups_is_asserted(full: ox.Store, base: ox.Store) -> None:
    for group, least in ((TRAUMA, 10), (DISEASE, 20), (MEDICATION, 10)):
        query = f"SELECT ?kind {{ ?kind rdfs:subClassOf+ {group} }}"
        assert select(base, query) == set()
        assert len(select(full, query)) >= least


def test_milia_en_plaque_is_not_primary(full: ox.Store) -> None:
    assert ask(full, 'MILIA:0000006 rdfs:label "milia en plaque"@en')
    assert not ask(full, f"MILIA:0000006 rdfs:subClassOf+ {PRIMARY}")
    assert not ask(full, f"MILIA:0000006 rdfs:subClassOf+ {SECONDARY}")
    assert ask(full, f"MILIA:0000022 rdfs:subClassOf+ MILIA:0000006 , {PRIMARY}")
    assert ask(full, f"MILIA:0000024 rdfs:subClassOf+ MILIA:0000006 , {SECONDARY}")


def test_inherited_blistering_disease_gives_secondary_milia(full: ox.Store) -> None:
    kind = '?kind rdfs:label "milia following dystrophic epidermolysis bullosa"@en'
    assert ask(full, f"{kind} ; rdfs:subClassOf+ {DISEASE} , {SECONDARY}")
    assert not ask(full, f"{kind} ; rdfs:subClassOf+ {PRIMARY}")


# Acceptance 4: copies of the project, spoilt in one way each -------------------------------------

ICD = "ontology/mappings/icd10who.sssom.tsv"
HP = "ontology/mappings/hp.sssom.tsv"
DEFINITION = (
    '    IAO:0000115 "Milia that arise of themselves, not as a sequel of a disease, an injury or '
    'the use of a medication."@en ;\n'
)
CLASH = """
MILIA:0000990
    a owl:Class ;
    rdfs:label "impossible milia"@en ;
    MILIA:0000910 "impossible milium"@en ;
    MILIA:0000911 "impossible milia"@en ;
    IAO:0000115 "Milia that cannot be."@en ;
    IAO:0000119 source:berk-bayliss-2008 ;
    owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( MILIA:0000002 [ a owl:Restriction ; owl:onProperty MILIA:0000900 ; owl:someValuesFrom MILIA:0000320 ] ) ] ;
    .
"""
INDIVIDUAL = """
<https://w3id.org/milia/source/case>
    a owl:NamedIndividual , MILIA:0000002 , MILIA:0000003 ;
    rdfs:label "case"@en ;
    .
"""
CIRCLE = """
MILIA:0000990
    a owl:Class ;
    rdfs:label "circular milia"@en ;
    rdfs:subClassOf _:circle ;
    .

_:circle a owl:Class ; owl:complementOf _:round .
_:round a owl:Class ; owl:complementOf _:circle .
"""
AGAIN = """
MILIA:0000002
    a owl:Class ;
    rdfs:subClassOf MILIA:0000001 ;
    .
"""
# Spoils by the run that must refuse them: one run reports everything. Each is a name, a file, old
# text ("" appends), new text, what its finding must say, and the file and text of its line.
Spoil = tuple[str, str, str, str, list[str], str, str]
SPOILT: dict[str, list[Spoil]] = {
    "tables": [
        ("code broken", ICD, "ICD10WHO:L72.0\tEpidermal", "ICD10WHO:72.L\tEpidermal", ["“ICD10WHO:72.L” is not shaped as"], ICD, "ICD10WHO:72.L"),
        ("mapping to an obsolete id", HP, "HP:0001056\tMilia\t", "HP:0008000\tMilia\t", ["HP:0008000 is obsolete"], HP, "HP:0008000"),
        ("mapping to an unknown id", HP, "HP:0200040\tEpidermoid cyst\t", "HP:9999999\tEpidermoid cyst\t", ["HP:9999999 is not known"], HP, "HP:9999999"),
        ("duplicate id", KINDS, "", AGAIN, ["MILIA:0000002 is described in two places"], KINDS, "MILIA:0000002"),
    ],
    "texts": [
        ("definition removed", KINDS, DEFINITION, "", ["MILIA:0000002", "definition"], KINDS, "MILIA:0000002"),
        ("Cyrillic letter in a label", KINDS, '"congenital milia"@en ;', '"congenital mili\u0430"@en ;', ["letter of another script", "homoglyph"], KINDS, "congenital mili\u0430"),
        ("two equal labels", KINDS, 'rdfs:label "nodular grouped milia"@en', 'rdfs:label "milia"@en', ["Two terms share a label", "MILIA:0000007"], KINDS, 'rdfs:label "milia"@en'),
    ],
    "unsatisfiable class": [
        ("unsatisfiable class", KINDS, "", CLASH, ["“impossible milia” is unsatisfiable", "primary milia", "secondary milia", f"({KINDS}:"], KINDS, "MILIA:0000990"),
    ],
    "inconsistent ontology": [
        ("inconsistent ontology", KINDS, "", INDIVIDUAL, ["the ontology is inconsistent", "case", "primary milia", f"({KINDS}:"], "", ""),
    ],
    "circular blank node": [
        ("circular blank node", KINDS, "", CIRCLE, ["is not part of any axiom", "MILIA:0000990 “circular milia”"], KINDS, "MILIA:0000990"),
    ],
    "broken prefix table": [
        ("broken prefix table", "ontology/prefixes.tsv", "prefix\tnamespace", "name\tnamespace", ["the header is not as expected"], "ontology/prefixes.tsv", "name\tnamespace"),
    ],
}  # fmt: skip
SPOILS = 11


@pytest.fixture
def obsolete_hp(sources: object) -> str:
    """An obsolete HPO identifier that the pinned slice knows."""
    lines = getattr(sources, "files")["ontology/imports/hp.tsv"].decode().splitlines()[1:]  # noqa: B009
    return next(cells[0] for cells in (line.split("\t") for line in lines) if cells[3] == "y")


@pytest.mark.parametrize("run", SPOILT)
def test_spoilt_sources_are_refused_with_culprit_file_and_line(
    milia_onto: Callable[..., Result], copy_of_project: Path, obsolete_hp: str, run: str
) -> None:
    assert sum(map(len, SPOILT.values())) == SPOILS

    def real(text: str) -> str:
        # The slice decides which identifiers are obsolete; the case only needs one of them.
        return text.replace("HP:0008000", obsolete_hp)

    for _, path, old, new, *_ in SPOILT[run]:
        spoil(copy_of_project / path, old, real(new))
    result = milia_onto("validate", "--project", copy_of_project)
    assert result.code == 1
    assert "Traceback" not in result.err
    entries = re.split(r"\n(?! )", result.out + result.err)
    for name, _, _, _, said, file, text in SPOILT[run]:
        said_here = [real(part) for part in said]
        told = [entry for entry in entries if said_here[0] in entry and "violation: " in entry]
        assert told, f"{name}: nothing says {said_here[0]}"
        assert [part for part in said_here if not any(part in e for e in told)] == [], name
        if file:
            lines = (copy_of_project / file).read_text(encoding="utf-8").splitlines()
            places = [f"{file}:{n}" for n, line in enumerate(lines, 1) if real(text) in line]
            starts = [re.escape(place) + r"\b" for place in places]
            assert any(re.match("|".join(starts), entry) for entry in told), (name, places, told)


def spoil(path: Path, old: str, new: str) -> str:
    text = path.read_text(encoding="utf-8")
    if old:
        assert old in text, f"{path} has no {old!r}"
        text = text.replace(old, new, 1)
    else:
        text += new
    path.write_text(text, encoding="utf-8")
    return text


def test_an_import_is_never_fetched(
    milia_onto: Callable[..., Result], copy_of_project: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/other"
        version = "    owl:versionInfo"
        spoil(
            copy_of_project / "ontology/milia.ttl",
            version,
            f"    owl:imports <{address}> ;\n{version}",
        )
        result = milia_onto("validate", "--project", copy_of_project)
        assert result.code == 1
        assert "ontology/milia.ttl:" in result.out
        assert "Remove owl:imports" in result.out
        server.setblocking(False)
        with pytest.raises(BlockingIOError):
            server.accept()
