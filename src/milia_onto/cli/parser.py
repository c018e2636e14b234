"""The parsers of the command line: one for the program, one for each command."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import NoReturn

from milia_onto._version import __version__
from milia_onto.cli.commands import COMMANDS

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


def main_parser() -> argparse.ArgumentParser:
    """The parser of the program itself: the list of commands, --help and --version."""
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
