"""Whatever is sent to the FHIR server, it answers, and never with a 500."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fhir.matrix import BOTH, EVERY, MILIA, OK, PRIMARY, TRAUMA, S

if TYPE_CHECKING:
    from tests.fhir.asking import Asker

WORDS = (
    "resourceType parameter name valueCoding system code valueSet resource compose include "
    "exclude filter property op value concept coding version url"
)
TEXT = st.text(max_size=12)
NAMES = st.sampled_from(WORDS.split()) | TEXT
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from([S, MILIA]) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
PATHS = st.sampled_from([case.path.partition("?")[0] for case in OK]) | TEXT
VALUES = st.sampled_from([S, MILIA, TRAUMA, PRIMARY, EVERY, "true", "5", "-1", ""]) | TEXT
ASKED = ["url", "code", "system", "count", "filter", "_format", "_elements", "_id", "designation"]
PAIRS = st.lists(st.tuples(st.sampled_from(ASKED) | TEXT, VALUES), max_size=4)
MANY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
ANSWERED = {200, 400, 404, 405, 406, 415, 422}


def address(path: str) -> str:
    return quote(path, safe="/$", errors="surrogatepass")


@MANY
@given(release=st.sampled_from(BOTH), path=PATHS, pairs=PAIRS)
def test_no_address_breaks_the_server(
    asker: Asker, release: str, path: str, pairs: list[tuple[str, str]]
) -> None:
    query = urlencode(pairs, errors="surrogatepass")
    asked = f"{address(path)}?{query}"
    status = asker(release, asked).status
    # The base alone leads on to what the server can do.
    assert status in ANSWERED or (status == 303 and not urlsplit(asked).path.strip("/"))


@MANY
@given(release=st.sampled_from(BOTH), path=PATHS, body=JSON)
def test_no_body_breaks_the_server(asker: Asker, release: str, path: str, body: Any) -> None:
    for sent in (
        body,
        {"resourceType": "Parameters", "parameter": body},
        {"resourceType": "Parameters", "parameter": [{"name": "coding", "valueCoding": body}]},
        {"resourceType": "ValueSet", "compose": {"include": [body]}},
        {"resourceType": "ValueSet", "compose": {"include": [{"system": S, "filter": [body]}]}},
        {"resourceType": "ValueSet", "name": body, "compose": {"include": [{"system": S}]}},
    ):
        assert asker(release, address(path), json.dumps(sent)).status in ANSWERED
