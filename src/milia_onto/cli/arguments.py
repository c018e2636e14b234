"""Types of command-line arguments that several commands share."""

from __future__ import annotations

import argparse
import math


def seconds(text: str) -> float:
    """A time limit: a positive, finite number of seconds."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"“{text}” is not a positive number of seconds")
    return value


def port(text: str) -> int:
    """A port: 0 to 65535."""
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"“{text}” is not a port, 0 to 65535")
    return int(text)
