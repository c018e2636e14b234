"""The command line: arguments in, streams and an exit code out.

Results go to stdout, everything said to a person to stderr. Exit codes: 0 good · 1 the content
has blocking findings · 2 called wrongly · 3 the surroundings failed · 4 cut by a limit.
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from milia_onto._version import __version__
from milia_onto.model.errors import MiliaError

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "build": "turn the authored sources into a release",
    "validate": "check the sources, or any RDF file against the public shapes",
    "query": "ask the release a SPARQL query, without a server",
    "lookup": "find terms by label, synonym, code or identifier",
    "explain": "say why: the axioms that entail it, or the claims behind it",
    "convert": "turn any RDF syntax into any other",
    "verify": "prove a release intact, complete and the one it says it is",
}
EPILOG = """commands:
{commands}

Each command tells more with --help. Exit codes: 0 good, 1 the content has blocking findings,
2 called wrongly, 3 the surroundings failed, 4 cut by a time or memory limit.

example:
  milia-onto lookup L72.0
"""


class _Parser(argparse.ArgumentParser):
    """One line for a wrong call, and where to find help."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")


def _main_parser() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {name:10} {what}" for name, what in COMMANDS.items())
    parser = _Parser(
        prog="milia-onto",
        description="Publish and use the Milia Ontology.",
        epilog=EPILOG.format(commands=listed),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="milia-onto [--help] [--version] COMMAND …",
    )
    parser.add_argument("--version", action="version", version=f"milia-onto {__version__}")
    parser.add_argument("command", metavar="COMMAND", choices=COMMANDS, help=argparse.SUPPRESS)
    return parser


def command_parser(name: str) -> argparse.ArgumentParser:
    """The parser of one command; only that command's module is imported."""
    module = import_module(f"milia_onto.cli.{name}")
    parser = _Parser(
        prog=f"milia-onto {name}",
        description=module.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add_arguments(parser)
    return parser


def run(argv: Sequence[str]) -> int:
    """Run one command and return its exit code; no error of ours leaves as a traceback."""
    name = next(iter(argv), "")
    if name not in COMMANDS:
        _main_parser().parse_args(argv)
    args = command_parser(name).parse_args(argv[1:])
    try:
        code: int = import_module(f"milia_onto.cli.{name}").run(args)
        sys.stdout.flush()
    except MiliaError as error:
        sys.stderr.write(f"milia-onto {name}: {error}\n")
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output left (`| head`); what it did not want is no failure.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except MemoryError:
        sys.stderr.write(f"milia-onto {name}: out of memory; the result is unknown\n")
        return 4
    # A fault of ours must not reach a user as a traceback, nor pass for a finding.
    except Exception as error:
        what = " ".join(f"{type(error).__name__}: {error}".split())
        sys.stderr.write(f"milia-onto {name}: a fault of this program, please report it: {what}\n")
        return 3
    except KeyboardInterrupt:
        sys.stderr.write(f"milia-onto {name}: interrupted\n")
        return 4
    return code


def main() -> NoReturn:
    """The ``milia-onto`` command."""
    sys.exit(run(sys.argv[1:]))
