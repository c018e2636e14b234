"""Prove a release intact, complete and the one it says it is.

Every file is there and no other, each has the digest of the manifest, the four full files hold
the same graph, and all of them state the same version.

Example:
  milia-onto verify build
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``verify``."""
    parser.add_argument(
        "folder", nargs="?", type=Path, metavar="DIR", help="the release (default: build/)"
    )
    parser.add_argument(
        "--format", choices=("text", "tsv", "json"), default="text", help="the form of the findings"
    )


def run(args: argparse.Namespace) -> int:
    """Print the findings; 1 where there are any."""
    from milia_onto.cli.findings import render, say
    from milia_onto.edges.files import read_release
    from milia_onto.edges.locate import find_release
    from milia_onto.publish.verify import verify

    folder = args.folder or find_release()
    release = read_release(folder)
    findings = verify(release)
    sys.stdout.write(render(findings, args.format))
    if findings:
        say(f"{folder}: {len(findings)} things are wrong with this release")
        return 1
    say(f"{folder}: intact, {len(release.files)} files")
    return 0
