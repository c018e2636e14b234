"""Turn the authored sources into a release; nothing is written unless the gate opens.

Example:
  milia-onto build
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from milia_onto.cli.arguments import seconds

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``build``."""
    parser.add_argument(
        "--project",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="the project's folder (default: this one)",
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="where the release goes (default: build/ of the project)",
    )
    parser.add_argument(
        "--time-limit",
        type=seconds,
        default=300.0,
        metavar="SECONDS",
        help="how long HermiT may take (default: 300)",
    )
    parser.add_argument("--force", action="store_true", help="build even if nothing changed")
    parser.add_argument("--timings", action="store_true", help="say how long each stage took")


def run(args: argparse.Namespace) -> int:
    """Build, and say what happened."""
    import gc

    from milia_onto.cli.findings import render, say
    from milia_onto.cli.progress import progress
    from milia_onto.model.errors import GateClosedError
    from milia_onto.model.timer import Timer
    from milia_onto.pipeline import build

    # Millions of small objects and no circle among them: collecting costs a third of the time.
    gc.disable()
    try:
        with progress() as tell:
            limit, timer = args.time_limit, Timer(tell)
            outcome = build(args.project, args.out, limit=limit, force=args.force, timer=timer)
    except GateClosedError as closed:
        merged = closed.merged
        say(render(closed.blocking, "text", merged.prefixes, merged.labels).rstrip())
        raise
    if args.timings:
        for stage, seconds in outcome.timings.items():
            say(f"{seconds:8.3f} s  {stage}")
    say(outcome.message)
    return 0
