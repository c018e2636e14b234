"""The SPARQL page in Chromium: with an endpoint, and on a host of files alone."""

from __future__ import annotations

import json
from html import unescape
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from milia_onto.model.namespaces import NAMESPACES
from milia_onto.site.editor import editor_data

if TYPE_CHECKING:
    from collections.abc import Callable

    from milia_onto.model.values import Release
    from tests.web.conftest import Site

EXAMPLE = "kinds-of-eruptive-milia"
PREFIXES = {name: NAMESPACES[name] for name in ("SEPIO", "sssom", "vocab")}
SILENT = ("console", "errors", "violations", "foreign", "failed")


@pytest.fixture(scope="module")
def known(release: Release) -> dict[str, Any]:
    return json.loads(editor_data(release))


@pytest.fixture(scope="module")
def on_server(node: Callable[..., Any], server: str) -> Any:
    return node("editor.mjs", f"{server}/sparql.html", EXAMPLE)


@pytest.fixture(scope="module")
def in_browser(node: Callable[..., Any], plain_host: str) -> Any:
    return node("editor.mjs", f"{plain_host}/sparql.html", EXAMPLE)


@pytest.fixture(params=["on_server", "in_browser"])
def seen(request: pytest.FixtureRequest) -> Any:
    return request.getfixturevalue(request.param)


def shown(term: Any, prefixes: dict[str, str]) -> str:
    """A term as the table writes it."""
    if isinstance(term, ox.NamedNode):
        space = max((s for s in prefixes.values() if term.value.startswith(s)), key=len, default="")
        names = [name for name, start in prefixes.items() if start == space]
        return f"{names[0]}:{term.value[len(space) :]}" if space else term.value
    assert isinstance(term, ox.Literal)
    return f"{term.value} @{term.language}" if term.language else term.value


pytestmark = pytest.mark.needs("node", "chromium", "web")


def test_the_place_where_queries_run_is_chosen_and_told(on_server: Any, in_browser: Any) -> None:
    assert on_server["opened"]["backend"] == "server"
    assert on_server["opened"]["where"] == "Queries run on the server, at /sparql."
    assert in_browser["opened"]["backend"] == "browser"
    assert "in your browser, over milia.nt" in in_browser["opened"]["where"]


def test_every_question_of_the_release_is_listed(seen: Any, known: dict[str, Any]) -> None:
    assert seen["opened"]["examples"] == len(known["examples"]) > 130
    assert seen["filtered"] == 1


def test_an_example_gives_the_rows_of_the_store(
    seen: Any, known: dict[str, Any], store: ox.Store
) -> None:
    (query,) = [example["query"] for example in known["examples"] if example["name"] == EXAMPLE]
    expected = [[shown(term, known["prefixes"]) for term in row] for row in store.query(query)]
    assert seen["ran"]["rows"] == expected
    assert len(expected) == 3
    assert seen["ran"]["said"].startswith("3 rows (")
    assert seen["ran"]["address"] == f"#example={EXAMPLE}"
    assert [link.rsplit("/", 1)[-1] for link in seen["ran"]["links"]] == [
        f"{row[0].replace(':', '_')}.html" for row in expected
    ]


def test_an_answer_is_saved_as_the_store_writes_it(
    seen: Any, known: dict[str, Any], store: ox.Store
) -> None:
    (query,) = [example["query"] for example in known["examples"] if example["name"] == EXAMPLE]
    csv = store.query(query).serialize(format=ox.QueryResultsFormat.CSV)
    results = store.query(query).serialize(format=ox.QueryResultsFormat.JSON)
    assert seen["saved"]["answer.csv"].encode() == csv
    assert json.loads(seen["saved"]["answer.json"]) == json.loads(results)


def test_ask_and_construct_are_answered(seen: Any) -> None:
    assert seen["yes"] == "Yes"
    assert list(ox.parse(seen["graph"].encode(), format=ox.RdfFormat.TURTLE))


def test_the_number_of_a_row_stands_on_one_line(seen: Any) -> None:
    assert seen["broken"] == []


def test_a_phone_shows_the_answer_to_an_example(seen: Any) -> None:
    phone = seen["phone"]
    assert 0 <= phone["top"] < phone["height"]
    assert phone["wide"] <= 0


def test_the_editor_begins_with_the_query_of_the_plain_form(seen: Any, site: Site) -> None:
    page = (site.get("sparql.html") or b"").decode()
    assert seen["opened"]["query"].startswith("PREFIX rdfs: ")
    assert seen["opened"]["query"] in unescape(page)


def test_values_are_never_taken_for_markup_nor_for_scripts(seen: Any) -> None:
    texts = ["<img src=x onerror=alert(1)>", "</script>", "javascript:alert(1)"]
    assert [row[0] for row in seen["hostile"]["rows"]] == texts
    assert seen["hostile"]["markup"] == seen["hostile"]["links"] == 0


def test_completion_follows_void(seen: Any, store: ox.Store) -> None:
    def count(pattern: str) -> str:
        (row,) = store.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}", prefixes=PREFIXES)
        return f"{int(row['n'].value):,}"

    completed = seen["completed"]
    # Verdicts are counted for the class that the query states, SEPIO's assertion.
    verdicts = count("?s a SEPIO:0000001 ; vocab:verdict ?o")
    assert completed["properties"][0] == f"vocab:verdict  verdict ({verdicts})"
    assert completed["classes"] == [
        f"sssom:Mapping  mapping ({count('?s a sssom:Mapping')})",
        f"sssom:MappingSet  mapping set ({count('?s a sssom:MappingSet')})",
    ]
    assert completed["terms"] == ["MILIA:0000200  Epstein pearl"]
    assert completed["query"].endswith("?s rdfs:subClassOf MILIA:0000200")
    assert "PREFIX MILIA: <https://w3id.org/milia/MILIA_>" in completed["query"]


MISSING = "or something is missing before it"
# whether the parser's list is shown: what is told of the first mistake, of the second, how many lists
MISTAKES = {
    True: ("the query cannot end here.", "unexpected “many”.", 1),
    False: (f"unexpected “}}”, {MISSING}", f"unexpected “many”, {MISSING}", 0),
}


def test_a_mistake_is_marked_told_and_gone_to(seen: Any) -> None:
    assert seen["mistake"]["marks"] == 1
    cursor = seen["mistake"]["cursor"]
    assert (cursor["line"], cursor["ch"]) == (1, 8)
    # The server tells it in words of its own; in the browser the engine gives what could stand there.
    told, beyond, lists = MISTAKES[bool(seen["mistake"]["expected"])]
    assert seen["mistake"]["message"] == f"Line 2, column 9: {told}"
    assert seen["beyond"] == f"Line 1, column 29: {beyond}"
    assert len(seen["mistake"]["expected"]) == lists
    assert all("SERVICE" in shown for shown in seen["mistake"]["expected"])


def test_the_keyboard_leaves_the_editor(seen: Any) -> None:
    assert seen["leaves"] is True


def test_nothing_is_refused_complained_of_or_fetched_elsewhere(seen: Any) -> None:
    assert {key: seen[key] for key in SILENT if seen[key]} == {}
    # The browser reports the answer to the wrong query by itself.
    assert [text for text in seen["expected"] if "400" not in text] == []


def test_the_time_limit_ends_the_worker_and_the_next_query_runs(
    node: Callable[..., Any], plain_host: str
) -> None:
    said = node("limit.mjs", f"{plain_host}/sparql.html")
    assert said["limited"] == "Stopped after 1 seconds."
    assert said["stopped"] == "Stopped."
    assert said["after"] == "Yes"


def test_axe_finds_nothing_while_completions_are_open(seen: Any) -> None:
    assert seen["axe"] == []


@pytest.mark.parametrize(
    "scheme", [[], ["--dark"], ["--width", "360"]], ids=["light", "dark", "phone"]
)
def test_axe_finds_nothing(node: Callable[..., Any], server: str, scheme: list[str]) -> None:
    page = f"{server}/sparql.html#example={EXAMPLE}"
    found = node("axe.mjs", *scheme, "--wait", ".sparql-table", page)
    assert found == {"pages": 1, "violations": []}
