"""``query``: SPARQL over the release; nothing a query says can hurt."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Result

pytestmark = pytest.mark.usefixtures("at_home")
SELECT = "SELECT ?label WHERE { MILIA:0000001 rdfs:label ?label }"
CONSTRUCT = "CONSTRUCT WHERE { MILIA:0000001 rdfs:label ?label }"
DESCRIBE = "DESCRIBE MILIA:0000001"


def test_the_prefixes_of_the_release_are_known(milia_onto: Callable[..., Result]) -> None:
    result = milia_onto("query", SELECT)
    assert (result.code, result.err) == (0, "")
    assert result.out == "label\n-----\nmilia\n(1 row)\n"


def test_a_table_shows_curies_and_counts_its_rows(milia_onto: Callable[..., Result]) -> None:
    query = "SELECT ?t ?l WHERE { VALUES ?t { MILIA:0000001 MILIA:0000002 } ?t rdfs:label ?l } ORDER BY ?t"
    lines = milia_onto("query", query).out.splitlines()
    assert lines == [
        "t              l",
        "-------------  -------------",
        "MILIA:0000001  milia",
        "MILIA:0000002  primary milia",
        "(2 rows)",
    ]


def test_no_solution_is_an_answer(milia_onto: Callable[..., Result]) -> None:
    result = milia_onto("query", "SELECT ?x WHERE { ?x a <urn:nothing> }")
    assert (result.code, result.out) == (0, "x\n-\n(0 rows)\n")


def test_unbound_cells_stay_empty(milia_onto: Callable[..., Result]) -> None:
    query = "SELECT ?x ?y WHERE { BIND(1 AS ?x) }"
    assert milia_onto("query", query).out.splitlines()[2].strip() == "1"


@pytest.mark.parametrize(("query", "answer"), [("ASK { ?s ?p ?o }", "yes\n"), ("ASK { ?s <urn:x> ?o }", "no\n")])  # fmt: skip
def test_a_question_is_answered_yes_or_no(
    milia_onto: Callable[..., Result], query: str, answer: str
) -> None:
    assert milia_onto("query", query).out == answer


def test_solutions_as_csv(milia_onto: Callable[..., Result]) -> None:
    out = milia_onto("query", SELECT, "--format", "csv").out
    assert list(csv.reader(io.StringIO(out))) == [["label"], ["milia"]]


def test_solutions_as_tsv(milia_onto: Callable[..., Result]) -> None:
    assert milia_onto("query", SELECT, "--format", "tsv").out == '?label\n"milia"@en\n'


def test_solutions_as_json(milia_onto: Callable[..., Result]) -> None:
    found = json.loads(milia_onto("query", SELECT, "--format", "json").out)
    assert found["results"]["bindings"] == [
        {"label": {"type": "literal", "value": "milia", "xml:lang": "en"}}
    ]


def test_solutions_as_xml(milia_onto: Callable[..., Result]) -> None:
    root = ET.fromstring(milia_onto("query", SELECT, "--format", "xml").out)
    assert "".join(root.itertext()).strip() == "milia"


FORMS = {
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE], ids=["construct", "describe"])
@pytest.mark.parametrize("form", FORMS)
def test_a_graph_in_every_form(milia_onto: Callable[..., Result], form: str, query: str) -> None:
    assert len(FORMS) == 4
    out = milia_onto("query", query, "--format", form).out
    found = {str(quad.triple) for quad in ox.parse(out.encode(), format=FORMS[form])}
    assert any('"milia"@en' in triple for triple in found)


def test_a_graph_is_turtle_where_nothing_is_said(milia_onto: Callable[..., Result]) -> None:
    assert "MILIA:0000001 rdfs:label" in milia_onto("query", CONSTRUCT).out


def test_a_query_may_come_from_a_file(milia_onto: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text(f"# a question\n{SELECT}\n")
    assert "milia" in milia_onto("query", tmp_path / "q.rq").out


def test_a_query_may_come_from_standard_input(spawn: Callable[..., Result]) -> None:
    assert "milia" in spawn("query", "-", stdin=SELECT.encode()).out


STORED = """@prefix sh: <http://www.w3.org/ns/shacl#> .
<urn:q> a sh:SPARQLExecutable ; sh:{form} \"\"\"{text}\"\"\" ; sh:prefixes <urn:o> .
<urn:o> sh:declare [ sh:prefix "mine" ; sh:namespace "https://w3id.org/milia/MILIA_"^^<urn:x> ] .
"""
FORMS_OF_QUERY = [
    ("select", "SELECT ?label WHERE { mine:0000001 rdfs:label ?label }", "label\n-----\nmilia\n(1 row)"),
    ("ask", "ASK { mine:0000001 rdfs:label 'milia'@en }", "yes"),
    ("construct", "CONSTRUCT WHERE { mine:0000001 rdfs:label ?label }", 'rdfs:label "milia"@en'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "text", "answer"), [pytest.param(*case, id=case[0]) for case in FORMS_OF_QUERY]
)
def test_a_stored_query_is_asked_with_its_prefixes(
    milia_onto: Callable[..., Result], tmp_path: Path, form: str, text: str, answer: str
) -> None:
    assert len(FORMS_OF_QUERY) == 3
    (tmp_path / "q.ttl").write_text(STORED.format(form=form, text=text))
    result = milia_onto("query", tmp_path / "q.ttl")
    assert (result.code, result.err) == (0, "")
    assert answer in result.out


def test_a_query_of_the_release_is_asked_by_file_or_name(milia_onto: Callable[..., Result]) -> None:
    result = milia_onto("query", "build/queries/two-top-kinds.ttl")
    assert (result.code, result.err) == (0, "")
    assert "primary milia" in result.out
    assert milia_onto("query", "two-top-kinds") == result


def test_every_query_of_the_release_is_listed_and_answers_to_its_name(
    milia_onto: Callable[..., Result], at_home: Path
) -> None:
    out = milia_onto("query", "--list", "--format", "csv").out
    listed = {row["name"]: row["question"] for row in csv.DictReader(io.StringIO(out))}
    assert set(listed) == {path.stem for path in (at_home / "build" / "queries").iterdir()}
    assert all(question.endswith("?") for question in listed.values())
    assert milia_onto("query", "--list").out.endswith(f"({len(listed)} rows)\n")


NO_STORED_QUERY = [
    ("a file without", "build/milia-skos.ttl", 1, "build/milia-skos.ttl: holds no query"),
    ("no such file", "build/queries/none.ttl", 3, "build/queries/none.ttl: cannot be read"),
    ("a part of a name", "top-kinds", 2, "no query is called “top-kinds”; did you mean two-top-kinds?"),
    ("like no name", "zzz", 2, "no query is called “zzz”; list them with --list"),
    ("nothing", None, 2, "nothing to ask; say a query"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "code", "message"), [pytest.param(*rest, id=name) for name, *rest in NO_STORED_QUERY]
)
def test_what_holds_or_names_no_query_is_said_so(
    milia_onto: Callable[..., Result], asked: str | None, code: int, message: str
) -> None:
    assert len(NO_STORED_QUERY) == 5
    result = milia_onto("query", *([asked] if asked else []))
    assert (result.code, result.out) == (code, "")
    assert message in result.err
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    ("query", "form", "other", "message"),
    [
        ('CONSTRUCT { <urn:a> <urn:1> "a" } {}', "rdfxml", "nt", "the IRI of a property in it"),
        ('SELECT ("\\u0001" AS ?x) {}', "xml", "csv", "a text in it has a character"),
    ],
)
def test_what_xml_cannot_say_is_refused(
    milia_onto: Callable[..., Result], query: str, form: str, other: str, message: str
) -> None:
    result = milia_onto("query", query, "--format", form)
    assert (result.code, result.out) == (2, "")
    assert f"the result cannot be written as XML: {message}" in result.err
    assert result.err.endswith("; use another --format\n")
    assert milia_onto("query", query, "--format", other).code == 0


def test_a_file_of_two_queries_and_a_list_with_a_query_are_refused(
    milia_onto: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "q.ttl").write_text(STORED.format(form="ask", text="ASK {}' , 'ASK {}").replace('"""', "'"))  # fmt: skip
    result = milia_onto("query", tmp_path / "q.ttl")
    assert (result.code, result.out) == (1, "")
    assert "q.ttl: holds 2 queries" in result.err
    result = milia_onto("query", "--list", "ASK {}")
    assert (result.code, result.out) == (2, "")
    assert "--list takes no query" in result.err


# SELECT * names its columns as they first appear: name, query, the columns
COLUMNS = [
    ("all", "SELECT * { ?z a ?y . BIND(1 AS ?m) ?z rdfs:label ?b }", "z y m b"),
    ("distinct, in small letters", "select distinct * { $z a ?a }", "z a"),
    ("a comment before the star", "SELECT # all of ?a\n* { ?z a ?a }", "z a"),
    ("hidden in a subquery", "SELECT * { ?z a ?y { SELECT ?x { ?a ?x ?b } LIMIT 1 } }", "z y x"),
    ("a star within", "SELECT ?a ?z { { SELECT * { ?z a ?a } LIMIT 1 } }", "a z"),
    ("a star that multiplies", "SELECT ((2 * 3) AS ?z) ?a { BIND(1 AS ?a) }", "z a"),
    ("values at the end", "SELECT * { ?z a ?y } VALUES ?b { 1 }", "z y b"),
]


@pytest.mark.parametrize(
    ("query", "columns"), [pytest.param(*rest, id=name) for name, *rest in COLUMNS]
)
@pytest.mark.parametrize("form", ["table", "csv"])
def test_columns_come_in_the_order_of_the_query(
    milia_onto: Callable[..., Result], query: str, columns: str, form: str
) -> None:
    assert len(COLUMNS) == 7
    result = milia_onto("query", query, "--format", form)
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines()[0].replace(",", " ").split() == columns.split()


def test_other_data_may_be_asked(milia_onto: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text('<urn:a> <urn:p> "one" .')
    (tmp_path / "b.jsonld").write_text('{"@id": "urn:b", "urn:p": "two"}')
    query = "SELECT ?o WHERE { ?s <urn:p> ?o } ORDER BY ?o"
    data = ["--data", tmp_path / "a.ttl", tmp_path / "b.jsonld"]
    assert milia_onto("query", query, *data, "--format", "csv").out.split() == ["o", "one", "two"]
    again = ["--data", tmp_path / "a.ttl", "--data", tmp_path / "b.jsonld"]
    assert milia_onto("query", query, *again, "--format", "csv").out.split() == ["o", "one", "two"]


# Refused as called wrongly: name, query, what the message says
REFUSED = [
    ("empty", "", "no SELECT, ASK, CONSTRUCT or DESCRIBE"),
    ("a sentence", "what is milia?", "no SELECT, ASK, CONSTRUCT or DESCRIBE"),
    ("syntax", "SELECT ?x WHERE { ?x ", "1:22: the query ends too early; ask a SPARQL 1.1 query"),
    ("FROM", "SELECT * FROM <http://127.0.0.1:9/g> { ?s ?p ?o }", "there is no graph http://127.0.0.1:9/g here, and none is fetched from elsewhere; leave out FROM"),
    ("FROM NAMED", "ASK FROM NAMED MILIA:0000001 { GRAPH ?g { ?s ?p ?o } }", "there is no graph https://w3id.org/milia/MILIA_0000001 here"),
    ("unknown prefix", "SELECT ?x WHERE { ?x nowhere:a ?y }", ""),
    ("SERVICE", "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is not allowed"),
    ("service in small letters", "select * where { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE is not allowed"),
    ("SERVICE of a variable", "SELECT * { BIND(<http://127.0.0.1:9/> AS ?e) SERVICE ?e { ?s ?p ?o } }", "SERVICE is not allowed"),
    ("INSERT", "INSERT DATA { <urn:a> <urn:b> <urn:c> }", "INSERT is an update"),
    ("DELETE", "DELETE WHERE { ?s ?p ?o }", "DELETE is an update"),
    ("LOAD", "LOAD <http://127.0.0.1:9/x>", "LOAD is an update"),
    ("CLEAR", "CLEAR ALL", "CLEAR is an update"),
    ("DROP", "DROP ALL", "DROP is an update"),
    ("CREATE", "CREATE GRAPH <urn:g>", "CREATE is an update"),
    ("update after prefixes", "PREFIX a: <urn:a> DELETE WHERE { ?s ?p ?o }", "DELETE is an update"),
    ("update after a query", "ASK {} ; DELETE WHERE { ?s ?p ?o }", ""),
    ("nested braces", "SELECT * WHERE " + "{" * 2500 + "}" * 2500, "nests deeper"),
    ("nested parentheses", "ASK { FILTER(" + "(" * 2500 + "1" + ")" * 2500 + ") }", "nests deeper"),
    ("nested lists", "ASK { ?s ?p " + "(" * 2500 + ")" * 2500 + " }", "nests deeper"),
    ("open braces", "SELECT * WHERE " + "{" * 5000, "nests deeper"),
    ("graph as csv", "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", "a graph cannot be written as csv"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "message"), [pytest.param(*rest, id=name) for name, *rest in REFUSED]
)
def test_what_is_no_question_is_refused(
    spawn: Callable[..., Result], query: str, message: str
) -> None:
    assert len(REFUSED) == 22
    result = spawn("query", query, "--format", "csv")
    assert (result.code, result.out) == (2, "")
    assert message in result.err
    assert result.err.count("\n") == 1


def test_solutions_cannot_be_a_graph(milia_onto: Callable[..., Result]) -> None:
    result = milia_onto("query", SELECT, "--format", "nt")
    assert result.code == 2
    assert "solutions cannot be written as nt" in result.err


# Words that matter nowhere: name, query
HARMLESS = [
    ("service in a text", 'ASK { BIND("SERVICE <http://x/> {" AS ?x) }'),
    ("service in a long text", 'ASK { BIND("""SERVICE "quoted" { """ AS ?x) }'),
    ("service in a comment", "# SERVICE { {\nASK {}"),
    ("service in an IRI", "ASK { OPTIONAL { ?s <http://x/SERVICE> ?o } }"),
    ("service as a variable", "ASK { BIND(1 AS ?service) }"),
    ("insert as a variable", "SELECT ?INSERT WHERE { BIND(1 AS ?INSERT) }"),
    ("service as a name", "PREFIX e: <urn:e:> ASK { OPTIONAL { ?s e:SERVICE ?o } }"),
    ("service as a prefix", "PREFIX service: <urn:e:> ASK { OPTIONAL { ?s service:a ?o } }"),
    ("braces in a text", 'ASK { BIND("' + "{" * 5000 + '" AS ?x) }'),
    ("half a hundred levels", "ASK " + "{" * 50 + "}" * 50),
]


@pytest.mark.parametrize("query", [pytest.param(query, id=name) for name, query in HARMLESS])
def test_words_inside_texts_names_and_comments_are_not_keywords(
    spawn: Callable[..., Result], query: str
) -> None:
    assert len(HARMLESS) == 10
    result = spawn("query", query)
    assert (result.code, result.err) == (0, "")


# What would take for ever, fill the memory or overflow the stack: exit code 4, in good time
HOSTILE = [
    ("endless", "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"),
    ("endless path", "SELECT (COUNT(*) AS ?n) WHERE { ?a (!<urn:x>|^!<urn:x>)* ?b . ?c ?d ?e . ?f ?g ?h }"),
]  # fmt: skip


@pytest.mark.parametrize("query", [pytest.param(query, id=name) for name, query in HOSTILE])
def test_an_endless_query_is_cut(spawn: Callable[..., Result], query: str) -> None:
    assert len(HOSTILE) == 2
    result = spawn("query", query, "--time-limit", "1", seconds=20)
    assert (result.code, result.out) == (4, "")
    assert "no answer within 1 s" in result.err
    assert result.err.count("\n") == 1


def test_a_query_that_kills_the_engine_is_exit_code_4(spawn: Callable[..., Result]) -> None:
    query = "ASK { FILTER(" + "!" * 1_000_000 + "true) }"
    result = spawn("query", "-", stdin=query.encode())
    assert (result.code, result.out) == (4, "")
    assert "the query engine died" in result.err
    assert "Traceback" not in result.err


def isolate(work: str, limit_in_gigabytes: float) -> subprocess.CompletedProcess[str]:
    """A process that does ``work``, the body of a function that gives bytes, isolated."""
    code = f"""
import milia_onto.edges.isolated as edge, socket, pyoxigraph as ox
edge.MEMORY_LIMIT = int({limit_in_gigabytes} * edge.GIGABYTE)
def work():
    {work}
try:
    print(edge.isolated(work, 30))
except Exception as error:
    print(type(error).__name__, error)
"""
    call = [sys.executable, "-c", code]
    return subprocess.run(call, capture_output=True, text=True, timeout=60, check=False)


# What ends the child: name, work, the one line
FATAL = [
    ("Python's memory", "return b'x' * 2**31", "LimitError the query ran out of memory"),
    ("Rust's memory", "ox.Store().bulk_load(b''.join(b'<urn:%d> <urn:p> <urn:%d> .\\n' % (n, n) for n in range(2_000_000)), ox.RdfFormat.N_TRIPLES)", "LimitError the query ran out of memory"),
    ("an exception that is no error", "raise KeyboardInterrupt", "LimitError the query engine died (1)"),
    ("a socket", "socket.socket()", "UsageError [Errno 24] Too many open files"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("work", "message"), [pytest.param(*rest, id=name) for name, *rest in FATAL]
)
def test_what_a_dying_query_says_never_reaches_the_terminal(work: str, message: str) -> None:
    assert len(FATAL) == 4
    done = isolate(work, 0.5)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(message)
    assert done.stdout.count("\n") == 1


def test_bad_data_is_named_with_its_line(
    spawn: Callable[..., Result], bad_files: Path, bad_file: tuple[str, int]
) -> None:
    name, line = bad_file
    result = spawn("query", "ASK {}", "--data", bad_files / name)
    assert (result.code, result.out) == (1, "")
    assert result.err.count("\n") == 1
    assert f"{name}:{line}: " in result.err or f"{name}: " in result.err


def test_missing_files_and_folders_are_exit_code_3(
    spawn: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "folder.ttl").mkdir()
    (tmp_path / "folder.rq").mkdir()
    for call in (
        ["query", tmp_path / "none.rq"],
        ["query", tmp_path / "folder.rq"],
        ["query", "ASK {}", "--data", tmp_path / "none.ttl"],
        ["query", "ASK {}", "--data", tmp_path / "folder.ttl"],
    ):
        result = spawn(*call)
        assert (result.code, result.out) == (3, "")
        assert str(call[-1]) in result.err


def test_a_query_file_that_is_no_text_is_named(
    spawn: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "q.rq").write_bytes(b"\xff\xfe\x00")
    result = spawn("query", tmp_path / "q.rq")
    assert result.code == 1
    assert f"{tmp_path / 'q.rq'}: is not UTF-8 text" in result.err


def test_python_may_ask_too(made: object) -> None:
    from milia_onto import UsageError, ask

    assert ask(made, SELECT) == [{"label": "milia"}]  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="an update"):
        ask(made, "DELETE WHERE { ?s ?p ?o }")  # type: ignore[arg-type]
    for form, query in (
        ("CONSTRUCT", CONSTRUCT),
        ("ASK", "ASK {}"),
        ("DESCRIBE", "DESCRIBE <urn:a>"),
    ):
        with pytest.raises(UsageError, match=f"^{form} gives no solutions; ask a SELECT query$"):
            ask(made, query)  # type: ignore[arg-type]


QUERY_FILES = {
    "cut.rq": (b"ASK {\n", "2:1: the query ends too early"),
    "undeclared.sparql": (b"\n ASK { ?a a x:b }", "2:13: the prefix x: is not declared"),
    "stored.ttl": (
        b'<urn:q> <http://www.w3.org/ns/shacl#ask> "ASK" .',
        "1:4: the query ends too early",
    ),
}


@pytest.mark.parametrize("name", QUERY_FILES)
def test_an_error_in_a_query_names_its_file(
    spawn: Callable[..., Result], tmp_path: Path, name: str
) -> None:
    assert len(QUERY_FILES) == 3
    data, told = QUERY_FILES[name]
    (tmp_path / name).write_bytes(data)
    result = spawn("query", tmp_path / name)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"milia-onto query: {tmp_path / name}: {told}")
    assert result.err.count("\n") == 1


def test_a_query_file_may_start_with_a_byte_order_mark(
    spawn: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "mark.rq").write_bytes(b"\xef\xbb\xbfASK {}")
    assert spawn("query", tmp_path / "mark.rq") == (0, "yes\n", "")


def test_a_terminal_is_shown_control_characters_and_a_program_gets_them(
    spawn: Callable[..., Result],
) -> None:
    query = r'SELECT ?a { VALUES ?a { "\u001B]0;x\u0007\u009B" } }'
    assert "\n\\x1b]0;x\\x07\\x9b\n" in spawn("query", query).out
    assert spawn("query", query, "--format", "tsv").out == '?a\n"\x1b]0;x\x07\x9b"\n'
    told = spawn("lookup", "\x1b[31mred").err
    assert told.startswith(r"milia-onto lookup: nothing is called “\x1b[31mred”")
