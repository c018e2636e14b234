"""Types of command-line arguments that several commands share."""

from __future__ import annotations

import argparse
import math
from typing import Any, NoReturn

# 23 days: what the system waits for is counted in milliseconds, by 31 bits.
LONGEST = 2_000_000.0


def seconds(text: str) -> float:
    """A time limit: a positive, finite number of seconds; a longer one than 23 days is none."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"“{text}” is not a positive number of seconds")
    return min(value, LONGEST)


def port(text: str) -> int:
    """A port: 0 to 65535."""
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"“{text}” is not a port, 0 to 65535")
    return int(text)


class _Refuse(argparse.Action):
    """Ends the call without repeating what was given."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any, **__: Any) -> NoReturn:
        parser.error(
            f"{self.option_strings[0]} is not taken: the list of processes would show the secret; "
            "set MILIA_ONTO_PASSWORD or MILIA_ONTO_TOKEN, or write a netrc line"
        )


def add_secret_traps(parser: argparse.ArgumentParser) -> None:
    """Refuse secrets among the arguments by a line that does not repeat them."""
    for name in ("--password", "--token"):
        parser.add_argument(name, action=_Refuse, help=argparse.SUPPRESS)
