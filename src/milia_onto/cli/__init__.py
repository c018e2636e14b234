"""The command line: arguments in, streams and an exit code out.

Results go to stdout, everything said to a person to stderr. Exit codes: 0 good · 1 the content
has blocking findings · 2 called wrongly · 3 the surroundings failed · 4 cut by a limit.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

from milia_onto._version import __version__
from milia_onto.cli.commands import COMMANDS
from milia_onto.cli.streams import prepare
from milia_onto.model.errors import MiliaError

# Type checkers take this for true; importing `typing` would double the start-up of --version.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

INTERRUPTED = 4


def run(argv: Sequence[str]) -> int:
    """Run one command and return its exit code; no error of ours leaves as a traceback."""
    name = next(iter(argv), "")
    told, code = "", 0
    try:
        code = _run(name, argv)
        sys.stdout.flush()
    except MiliaError as error:
        told, code = str(error), error.exit_code
    except BrokenPipeError:
        # The reader of our output left (`| head`); what it did not want is no failure.
        _discard_output()
    except OSError as error:
        # The system names the files that we open; standard output has no name.
        told, code = f"{error.filename or 'cannot write the result'}: {error.strerror or error}", 3
        if not error.filename:
            _discard_output()
    except MemoryError:
        told, code = "out of memory; the result is unknown", 4
    except KeyboardInterrupt:
        told, code = "interrupted", INTERRUPTED
    # A fault of ours must not reach a user as a traceback, nor pass for a finding.
    except Exception as error:
        told, code = f"a fault of this program, please report it: {_one_line(error)}", 3
    if told:
        command = f"milia-onto {name}" if name in COMMANDS else "milia-onto"
        sys.stderr.write(f"{command}: {told}\n")
    return code


def _run(name: str, argv: Sequence[str]) -> int:
    # Answered before argparse is imported: scripts ask for it at every start.
    if list(argv) == ["--version"]:
        sys.stdout.write(f"milia-onto {__version__}\n")
        return 0
    from milia_onto.cli.parser import command_parser, main_parser

    try:
        if name not in COMMANDS:
            main_parser().parse_args(argv)
        args = command_parser(name).parse_args(argv[1:])
    except SystemExit as stop:
        # argparse leaves so, with a help text not yet written or a line for a wrong call.
        return int(stop.code or 0)
    return int(import_module(f"milia_onto.cli.{name}").run(args))


def _discard_output() -> None:
    """Send what is left of the result nowhere: at its end Python would try to write it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _one_line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())


def main() -> NoReturn:
    """The ``milia-onto`` command."""
    try:
        prepare()
        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.exit(code)
