"""Each SPARQL check: silent on its good example, loud on its bad one, and in the gate's hands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from milia_onto.model import namespaces as ns
from milia_onto.model.errors import ContentError, GateClosedError
from milia_onto.model.prefixes import Prefixes
from milia_onto.model.values import SEVERITIES, Places, Reasoned, Verdict
from milia_onto.owl.reader import read_axioms
from milia_onto.owl.taxonomy import Taxonomy
from milia_onto.stages import canonical, gate
from milia_onto.stages.checks import Check, read_check, read_checks, run_check, verify
from milia_onto.stages.merge import merge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milia_onto.model.values import Merged, Release, Sources

DATA = Path(__file__).resolve().parent.parent / "data" / "checks"
SLUGS = sorted(path.name for path in DATA.iterdir())
CHECKS = 117
Row = tuple[str, str, str]

# Bad examples that speak of what is absent need it taken out of the real graph first. All other
# bad examples only replace what the real graph says of the terms they describe.
TAKEN_OUT = {
    "header-absent": [(None, ns.RDF_TYPE, ns.OWL_ONTOLOGY)],
    "mapping-without-record": [(None, ns.named("sssom:subject_id"), None)],
    "no-disjointness": [
        (None, ns.named("owl:disjointWith"), None),
        (None, ns.RDF_TYPE, ns.named("owl:AllDisjointClasses")),
    ],
}


@pytest.fixture(scope="module")
def merged(sources: Sources) -> Merged:
    return merge(sources)


@pytest.fixture(scope="module")
def checks(sources: Sources) -> dict[str, Check]:
    return {check.slug: check for check in read_checks(sources.files)}


@pytest.fixture(scope="module")
def real(made: Release) -> ox.Store:
    """The graph that the gate judged, without the reasoner's verdict."""
    store = ox.Store()
    store.bulk_load(made.files["milia.nt"], format=ox.RdfFormat.N_TRIPLES)
    return store


def example(slug: str, name: str) -> list[ox.Triple]:
    data = (DATA / slug / name).read_bytes()
    quads = ox.parse(data, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    return [quad.triple for quad in quads]


def store_of(triples: list[ox.Triple]) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in triples)
    return store


def expected_rows(slug: str, prefixes: Prefixes) -> list[Row]:
    """The rows of fail.tsv: cells are written as in Turtle and compared by value."""
    header, *lines = (DATA / slug / "fail.tsv").read_text(encoding="utf-8").splitlines()
    assert header == "entity\tproperty\tvalue"
    declared = "".join(f"@prefix {row.name}: <{row.namespace}> .\n" for row in prefixes.rows)

    def value(cell: str) -> str:
        if not cell:
            return ""
        (quad,) = ox.parse(f"{declared}<urn:s> <urn:p> {cell} .", format=ox.RdfFormat.TURTLE)
        return str(quad.object.value)  # type: ignore[union-attr]

    rows = [tuple(value(cell) for cell in line.split("\t")) for line in lines]
    assert rows, "an example that must fail needs a row"
    assert all(len(row) == 3 for row in rows)
    return sorted(rows)  # type: ignore[arg-type]


def test_every_check_has_its_examples_and_every_example_its_check(
    checks: dict[str, Check],
) -> None:
    assert sorted(checks) == SLUGS
    assert len(SLUGS) == CHECKS
    for slug in SLUGS:
        names = sorted(path.name for path in (DATA / slug).iterdir())
        assert names == ["fail.tsv", "fail.ttl", "pass.ttl"], slug


@pytest.mark.parametrize("slug", SLUGS)
def test_the_good_example_gives_no_row(slug: str, checks: dict[str, Check], merged: Merged) -> None:
    good = example(slug, "pass.ttl")
    assert good
    assert run_check(store_of(good), checks[slug], merged.prefixes) == []


@pytest.mark.parametrize("slug", SLUGS)
def test_the_bad_example_gives_exactly_its_rows(
    slug: str, checks: dict[str, Check], merged: Merged
) -> None:
    found = run_check(store_of(example(slug, "fail.ttl")), checks[slug], merged.prefixes)
    assert found == expected_rows(slug, merged.prefixes)


@pytest.mark.parametrize("slug", SLUGS)
def test_the_real_ontology_with_the_bad_example_is_judged_by_its_severity(
    slug: str, checks: dict[str, Check], merged: Merged, real: ox.Store
) -> None:
    check = checks[slug]
    with spoilt(real, slug):
        findings = verify(real, [check], merged.prefixes, merged.places)
    found = {(f.entity, f.property, f.value) for f in findings}
    culprits = {entity for entity, *_ in expected_rows(slug, merged.prefixes)}
    named = [f for f in findings if f.entity in culprits]
    assert named, f"{slug} does not name {culprits}, only {found}"
    reasoned = Reasoned(
        merged, read_axioms([]), Taxonomy({}, frozenset()), (), (), Verdict("", True, (), {}), ()
    )
    waivers = b"finding\tentity\towner\treason\tlast_day\n"
    if check.severity == "violation":
        with pytest.raises(GateClosedError) as closed:
            gate.decide(reasoned, named, waivers)
        assert {f.entity for f in closed.value.findings} <= culprits
    else:
        assert gate.decide(reasoned, named, waivers).reasoned is reasoned
        assert {f.severity for f in named} == {check.severity}


class spoilt:  # noqa: N801
    """The store with a bad example in it, and without what that example replaces."""

    def __init__(self, store: ox.Store, slug: str) -> None:
        self.store = store
        bad = example(slug, "fail.ttl")
        subjects = {t.subject for t in bad if isinstance(t.subject, ox.NamedNode)}
        patterns: list[tuple[object, object, object]] = [(s, None, None) for s in subjects]
        patterns += TAKEN_OUT.get(slug, [])
        out = {q for pattern in patterns for q in store.quads_for_pattern(*pattern)}  # type: ignore[arg-type]
        new = {ox.Quad(*t) for t in bad}
        self.out, self.new = out - new, {q for q in new - out if q not in store}

    def __enter__(self) -> None:
        for quad in self.out:
            self.store.remove(quad)
        self.store.extend(self.new)

    def __exit__(self, *_: object) -> None:
        for quad in self.new:
            self.store.remove(quad)
        self.store.extend(self.out)


def test_the_real_ontology_breaks_no_check(
    real: ox.Store, checks: dict[str, Check], merged: Merged
) -> None:
    findings = verify(real, checks.values(), merged.prefixes, merged.places)
    assert [f for f in findings if f.severity == "violation"] == []


def test_spoiling_leaves_the_graph_as_it_was(real: ox.Store) -> None:
    before = canonical.digest(quad.triple for quad in real)
    with spoilt(real, "duplicate-label"):
        assert canonical.digest(quad.triple for quad in real) != before
    assert canonical.digest(quad.triple for quad in real) == before


def test_a_finding_tells_what_where_why_and_how_to_mend_it(
    checks: dict[str, Check], merged: Merged, real: ox.Store
) -> None:
    with spoilt(real, "duplicate-label"):
        finding, *_ = verify(real, [checks["duplicate-label"]], merged.prefixes, merged.places)
    assert finding.message == checks["duplicate-label"].title
    assert finding.why
    assert finding.fix
    assert finding.place
    assert finding.place.file.startswith("ontology/")
    assert finding.place.line


# Rules of public checklists and how many of them the checks must say they cover.
ROBOT = [
    "annotation_whitespace",
    "deprecated_boolean_datatype",
    "deprecated_class_reference",
    "deprecated_property_reference",
    "duplicate_definition",
    "duplicate_exact_synonym",
    "duplicate_label",
    "duplicate_label_synonym",
    "duplicate_scoped_synonym",
    "equivalent_class_axiom_no_genus",
    "equivalent_pair",
    "illegal_use_of_built_in_vocabulary",
    "invalid_entity_uri",
    "invalid_xref",
    "label_formatting",
    "label_whitespace",
    "lowercase_definition",
    "missing_definition",
    "missing_label",
    "missing_obsolete_label",
    "missing_ontology_description",
    "missing_ontology_license",
    "missing_ontology_title",
    "missing_subset_declaration",
    "missing_superclass",
    "missing_synonymtype_declaration",
    "misused_obsolete_label",
    "misused_replaced_by",
    "multiple_definitions",
    "multiple_equivalent_class_definitions",
    "multiple_equivalent_classes",
    "multiple_labels",
]


def test_every_rule_of_the_robot_report_is_covered(checks: dict[str, Check]) -> None:
    assert len(ROBOT) == 32
    covered = {rule for check in checks.values() for rule in check.covers}
    assert [rule for rule in ROBOT if f"robot:{rule}" not in covered] == []


GOOD = """# title: T
# severity: warning
# covers: a:1 b:2
# why: W
# fix: F
SELECT ?entity ?property ?value WHERE { ?entity ?property ?value }
"""
PATH = "shapes/checks/x.rq"


def test_the_header_of_a_check_is_read() -> None:
    check = read_check(PATH, GOOD)
    assert (check.slug, check.title, check.severity) == ("x", "T", "warning")
    assert (check.covers, check.why, check.fix) == (("a:1", "b:2"), "W", "F")


def test_a_line_of_the_header_ends_at_a_line_feed_alone() -> None:
    check = read_check(PATH, GOOD.replace("# why: W", "# why: W\u2028w\x85x"))
    assert (check.why, check.fix) == ("W\u2028w\x85x", "F")


FIELDS = ("title", "severity", "covers", "why", "fix")


@pytest.mark.parametrize("field", FIELDS)
def test_a_missing_header_line_is_named_with_the_file(field: str) -> None:
    assert len(FIELDS) == 5
    text = "".join(line for line in GOOD.splitlines(True) if not line.startswith(f"# {field}:"))
    with pytest.raises(ContentError, match=f"no “# {field}:” line") as stopped:
        read_check(PATH, text)
    assert stopped.value.place == PATH


def test_an_unknown_severity_is_named_with_the_file() -> None:
    assert len(SEVERITIES) == 3
    with pytest.raises(ContentError, match="unknown severity “fatal”") as stopped:
        read_check(PATH, GOOD.replace("warning", "fatal"))
    assert stopped.value.place == PATH


def test_no_checks_at_all_is_an_error_and_no_pass() -> None:
    with pytest.raises(ContentError, match="no checks found"):
        read_checks({"shapes/checks/README.md": b""})


def test_a_check_that_is_not_utf_8_is_named() -> None:
    with pytest.raises(ContentError, match="UTF-8") as stopped:
        read_checks({PATH: GOOD.replace("W", "é").encode("latin-1")})
    assert stopped.value.place == PATH


BROKEN = [
    ("not SPARQL", "SELEKT ?entity ?property ?value {}", "not SPARQL"),
    ("unknown prefix", "SELECT ?entity ?property ?value { ?entity xx:y ?value }", "not SPARQL"),
    ("other variables", "SELECT ?entity ?value { ?entity ?p ?value }", "does not select"),
    ("other order", "SELECT ?value ?property ?entity { ?entity ?property ?value }", "does not select"),
    ("ask", "ASK { ?entity ?property ?value }", "does not select"),
    ("construct", "CONSTRUCT WHERE { ?entity ?property ?value }", "does not select"),
    ("update", "DELETE WHERE { ?entity ?property ?value }", "not SPARQL"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "message"), [pytest.param(*rest, id=name) for name, *rest in BROKEN]
)
def test_a_broken_query_is_named_with_its_file(query: str, message: str) -> None:
    assert len(BROKEN) == 7
    check = read_check(PATH, GOOD.rsplit("\n", 2)[0] + "\n" + query)
    with pytest.raises(ContentError, match=message) as stopped:
        run_check(ox.Store(), check, Prefixes(()))
    assert stopped.value.place == PATH


def test_unbound_variables_and_blank_nodes_give_texts() -> None:
    query = "SELECT ?entity ?property ?value { ?entity ?property ?o }"
    check = read_check(PATH, GOOD.rsplit("\n", 2)[0] + "\n" + query)
    store = store_of([ox.Triple(ox.BlankNode("b"), ns.RDFS_LABEL, ox.Literal("x"))])
    ((entity, prop, value),) = verify_rows(store, check)
    assert entity == "b"
    assert prop == ns.RDFS_LABEL.value
    assert value == ""


def verify_rows(store: ox.Store, check: Check) -> Iterator[Row]:
    for finding in verify(store, [check], Prefixes(()), Places()):
        yield finding.entity, finding.property, finding.value
