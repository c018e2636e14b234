"""The standard streams: closed, full or in another encoding, and Ctrl-C."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

# A shell closes and redirects as users do; the program is its first argument.
START = 'exec "$0" -m milia_onto'


def at_shell(home: Path, call: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["sh", "-c", f"{START} {call}", sys.executable],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=home,
        env={**os.environ, **env},
        timeout=60,
        check=False,
    )


# A call, and its exit code when standard error is there
CALLS = {
    "lookup milia": 0,
    "lookup 'no such thing'": 1,
    "--fly": 2,
    "convert nosuch.ttl": 3,
    "query 'ASK {}'": 0,
    "mappings check": 0,
}
GONE = ("2>&-", "2>/dev/full")


@pytest.mark.parametrize("gone", GONE)
@pytest.mark.parametrize("call", CALLS)
def test_who_does_not_hear_us_gets_the_same_result(home: Path, call: str, gone: str) -> None:
    assert (len(CALLS), len(GONE)) == (6, 2)
    heard, unheard = at_shell(home, call), at_shell(home, f"{call} {gone}")
    assert (heard.returncode, bool(heard.stderr)) == (CALLS[call], CALLS[call] > 0 or "map" in call)
    assert (unheard.returncode, unheard.stdout, unheard.stderr) == (CALLS[call], heard.stdout, b"")


RESULTS = ("--version", "--help", "lookup milia", "query 'ASK {}'", "convert build/void.ttl")


@pytest.mark.parametrize("call", RESULTS)
def test_a_result_that_cannot_be_written_is_exit_code_3(home: Path, call: str) -> None:
    assert len(RESULTS) == 5
    done = at_shell(home, f"{call} >&-")
    name = "" if call.startswith("--") else f" {call.split(maxsplit=1)[0]}"
    told = f"milia-onto{name}: cannot write the result: Bad file descriptor\n"
    assert (done.returncode, done.stderr.decode()) == (3, told)


def test_no_file_takes_the_place_of_a_closed_stream(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.nt"
    done = at_shell(home, f"convert build/void.ttl --out {out} <&- >&- 2>&-")
    assert (done.returncode, out.read_bytes()[:1]) == (0, b"<")


@pytest.mark.parametrize("call", ["query -", "convert - --from nt"])
def test_a_closed_standard_input_is_said_so(home: Path, call: str) -> None:
    done = at_shell(home, f"{call} <&-")
    assert (done.returncode, done.stdout) == (3, b"")
    told = f"milia-onto {call.split(maxsplit=1)[0]}: standard input: cannot be read: it is closed; "
    assert done.stderr.decode().startswith(told)


LOCALES = (
    {"PYTHONIOENCODING": "ascii"},
    {"PYTHONIOENCODING": "utf-16"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
)


@pytest.mark.parametrize("locale", LOCALES, ids=str)
def test_what_is_written_is_utf_8_whatever_the_locale(home: Path, locale: dict[str, str]) -> None:
    assert len(LOCALES) == 3
    assert "COMMAND …" in at_shell(home, "--help", **locale).stdout.decode()
    hits = json.loads(at_shell(home, "lookup milia --format json", **locale).stdout.decode())
    assert any("“" in parent for hit in hits for parent in hit["parents"])
    said = at_shell(home, "lookup nothing-like-it", **locale).stderr.decode()
    assert said.startswith("milia-onto lookup: nothing is called “nothing-like-it”")


def test_a_name_that_is_no_text_is_told(home: Path) -> None:
    done = at_shell(home, "convert $(printf 'a\\351.nt')")
    told = "milia-onto convert: a\\udce9.nt: cannot be read: No such file or directory; "
    assert (done.returncode, done.stderr.decode().startswith(told)) == (3, True)


STOPPED = """
import sys
import milia_onto.cli
def stop(*_): raise KeyboardInterrupt
milia_onto.cli.{where} = stop
sys.argv[1:] = ["--version"]
milia_onto.cli.main()
"""


@pytest.mark.parametrize("where", ["prepare", "run", "_run"])
def test_an_interrupt_at_the_start_is_no_traceback(where: str) -> None:
    script = STOPPED.replace("{where}", where)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    told = b"milia-onto: interrupted\n" if where == "_run" else b""
    assert (done.returncode, done.stderr) == (4, told)
